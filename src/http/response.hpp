#pragma once
#include "core/result.hpp"
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kpuhub::http {

struct Response {
    int status = 200;
    std::vector<std::pair<std::string, std::string>> headers;   ///< the security headers are added by the server
    std::string body;
    std::string file;               ///< when set: this file is sent instead of the body, in pieces
    bool remove_file = false;       ///< and removed afterwards

    Response& with(std::string name, std::string value)
    {
        headers.emplace_back(std::move(name), std::move(value));
        return *this;
    }
    [[nodiscard]] std::string header(std::string_view name) const;   ///< the name in any case; empty when there is none
};

Response see_other(std::string location);                       ///< 303
Response text(int status, std::string body);
Response html(int status, std::string body);
Response json(int status, std::string body);

/// The status of a kind of fault: Invalid 422, Forbidden 403, NotFound 404, Conflict 409, Unavailable 503, Broken 500.
int status_of(FaultKind);

}
