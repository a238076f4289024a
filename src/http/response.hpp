#pragma once
#include "core/result.hpp"
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kpuhub::http {

/// A body that is made while it is sent: the next piece is asked for when the last one has left, by whichever worker is free then. A slow
/// reader holds no worker, and a body of any length takes the memory of one piece.
class BodyStream {
public:
    virtual ~BodyStream() = default;
    /// The next piece; empty: the body is whole. A fault ends the connection without the end of the body, so that the reader knows that
    /// it is not whole. Never called by two threads at once.
    virtual Result<std::string> next() = 0;
    /// Fields behind a whole body (HTTP/1.1 trailer); their names stand in the header "Trailer" of the answer.
    [[nodiscard]] virtual std::vector<std::pair<std::string, std::string>> trailer() const { return {}; }
};

struct Response {
    int status = 200;
    std::vector<std::pair<std::string, std::string>> headers;   ///< the security headers are added by the server
    std::string body;
    std::string file;               ///< when set: this file is sent instead of the body, in pieces
    std::shared_ptr<BodyStream> stream {};  ///< when set: what follows the body, in chunks

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
