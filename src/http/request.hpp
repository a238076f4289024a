#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kpuhub::http {

/// HEAD is answered as GET without a body. There is no method override.
enum class Method { Get, Post };

/// A file that came with a form, already on disk in a private folder that is removed after the request.
struct Upload {
    std::string field;
    std::string file_name;      ///< as sent, control signs and folders removed; never used as a path
    std::string stored_at;      ///< temporary file
    std::int64_t bytes = 0;
};

/// Fields of a form or of a query string, in the order sent, decoded, valid UTF-8 without control signs
/// other than tab and line ends (the reader refuses others with 400).
class Fields {
public:
    void add(std::string name, std::string value) { m_fields.emplace_back(std::move(name), std::move(value)); }
    [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
    /// The first value, blanks at both ends removed; empty when there is none.
    [[nodiscard]] std::string text(std::string_view name) const;
    [[nodiscard]] std::optional<std::int64_t> integer(std::string_view name) const;
    [[nodiscard]] std::vector<std::string> all(std::string_view name) const;
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> const& pairs() const { return m_fields; }

private:
    std::vector<std::pair<std::string, std::string>> m_fields;
};

/// What a handler gets: plain values, no socket. A test makes one by hand.
struct Request {
    Method method = Method::Get;
    bool head = false;
    std::string path;                                   ///< decoded, without ".json" and query
    std::map<std::string, std::string, std::less<>> parameters;  ///< from the pattern: {unit} -> "1571"
    Fields query;
    Fields form;                                        ///< POST: urlencoded, multipart or JSON object
    std::vector<Upload> uploads;
    std::string body;                                   ///< raw body, only of routes that ask for it
    std::map<std::string, std::string, std::less<>> headers;     ///< names in lower case
    std::map<std::string, std::string, std::less<>> cookies;
    std::string client_network;                         ///< "203.0.113.0/24", "2001:db8::/48": limits and log
    bool secure = false;                                ///< came over TLS (own or trusted proxy)
    bool wants_json = false;                            ///< Accept: application/json or ".json"
    std::string language = "id";                        ///< "id" or "en": cookie "kpuhub-language", otherwise Indonesian
    std::string id;                                     ///< stands in the log and on a 500 page; empty on traceless routes

    [[nodiscard]] std::string_view header(std::string_view name) const;
    [[nodiscard]] std::string const& parameter(std::string_view name) const;    ///< empty when there is none
};

}
