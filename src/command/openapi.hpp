#pragma once
#include "http/router.hpp"
#include <string>

namespace kpuhub::command {

/// The description of what the program gives as JSON (OpenAPI 3.1), made from the routes and the models that they name.
std::string openapi(http::Router const&);

/// GET /openapi.json, for everybody. The router outlives the route.
void add_openapi(http::Router&);

}
