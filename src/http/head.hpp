#pragma once
#include "http/limits.hpp"
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace kpuhub::http {

/// The head of a request as sent: request line and fields, nothing decoded.
struct Head {
    std::string method;
    std::string target;
    int minor_version = 1;                      ///< HTTP/1.0 or HTTP/1.1
    std::map<std::string, std::string, std::less<>> fields;     ///< names in lower case; repeated ones joined by ", "
    std::optional<std::int64_t> content_length;
    bool chunked = false;

    [[nodiscard]] std::string_view field(std::string_view name) const;
    [[nodiscard]] bool has_body() const { return chunked || content_length.value_or(0) > 0; }
    [[nodiscard]] bool keeps_alive() const;
};

/// Why a head is refused: the status, and a reason for the log without any value from the client.
struct Refusal {
    int status = 400;
    std::string_view reason;
};

/// Where the head ends in what has arrived: the position after the empty line; nothing while it has not come.
/// A refusal as soon as it can never become a head (a bare LF, too long).
std::variant<std::monostate, std::size_t, Refusal> find_head_end(std::string_view arrived, Limits const&);

/// Reads a whole head, strictly (RFC 9112, 2.2, 3, 5.1, 6.3): refused with 400 are a bare CR or LF, folded lines, a
/// blank before the colon, no Host or two, Content-Length with Transfer-Encoding, two Content-Lengths, any coding
/// other than chunked; 414 and 431 for what is too long; 505 for other versions. The servers in front may understand
/// such a head in another way than we do (request smuggling).
std::variant<Head, Refusal> read_head(std::string_view head, Limits const&);

}
