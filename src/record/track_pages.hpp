#pragma once
#include "http/request.hpp"
#include "http/response.hpp"
#include <string>

namespace kpuhub::record {

/// Keeps the tracking code in the browser for half an hour, for /track alone; an empty code is forgotten.
void keep_code(http::Response&, http::Request const&, std::string const& code);

}
