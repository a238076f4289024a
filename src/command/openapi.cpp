#include "command/openapi.hpp"
#include <nlohmann/json.hpp>

namespace kpuhub::command {

using Json = nlohmann::ordered_json;

static Json parameters_of(std::string const& pattern)
{
    auto parameters = Json::array();
    for (auto at = pattern.find('{'); at != std::string::npos; at = pattern.find('{', at + 1))
        parameters.push_back({ { "name", pattern.substr(at + 1, pattern.find('}', at) - at - 1) }, { "in", "path" }, { "required", true },
            { "schema", { { "type", "string" } } } });
    return parameters;
}

std::string openapi(http::Router const& router)
{
    auto paths = Json::object();
    for (auto const& route : router.routes()) {
        if (route.schema == nullptr)
            continue;
        Json operation { { "parameters", parameters_of(route.pattern) }, { "x-permission", route.permission } };
        operation["responses"]["200"] = { { "description", "OK" }, { "content", { { "application/json", { { "schema", Json::parse(route.schema()) } } } } } };
        operation["responses"]["default"] = { { "description", "RFC 9457" }, { "content", { { "application/problem+json", { { "schema", { { "type", "object" } } } } } } } };
        paths[route.pattern]["get"] = std::move(operation);
    }
    Json document { { "openapi", "3.1.0" }, { "info", { { "title", "KPU HUB" }, { "version", KPUHUB_VERSION } } }, { "paths", std::move(paths) } };
    return document.dump();
}

void add_openapi(http::Router& router)
{
    router.add({ http::Method::Get, "/openapi.json", "public", [&router](http::Request&) {
                    auto answer = http::json(200, openapi(router));
                    answer.with("Cache-Control", "public, max-age=60");
                    return answer;
                } });
}

}
