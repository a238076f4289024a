#include "http/head.hpp"
#include <algorithm>
#include <charconv>

namespace kpuhub::http {

namespace {

bool token_sign(char sign)
{
    return (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z') || (sign >= '0' && sign <= '9')
        || (sign != '\0' && std::string_view("!#$%&'*+-.^_`|~").find(sign) != std::string_view::npos);
}

bool is_token(std::string_view text) { return !text.empty() && std::ranges::all_of(text, token_sign); }

char lower(char sign) { return sign >= 'A' && sign <= 'Z' ? static_cast<char>(sign + 32) : sign; }

std::string lowered(std::string_view text)
{
    std::string answer { text };
    std::ranges::transform(answer, answer.begin(), lower);
    return answer;
}

std::string_view without_blanks(std::string_view text)
{
    auto begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

std::optional<Refusal> read_request_line(std::string_view line, Head& head, Limits const& limits)
{
    auto first = line.find(' ');
    auto last = line.rfind(' ');
    if (first == std::string_view::npos || first == last)
        return Refusal { 400, "request line" };
    head.method = line.substr(0, first);
    head.target = line.substr(first + 1, last - first - 1);
    auto version = line.substr(last + 1);
    if (!is_token(head.method))
        return Refusal { 400, "method" };
    if (head.target.size() > limits.target_bytes)
        return Refusal { 414, "target too long" };
    if (head.target.front() != '/'
        || !std::ranges::all_of(head.target, [](unsigned char sign) { return sign > ' ' && sign < 0x7F; }))
        return Refusal { 400, "target" };
    if (version != "HTTP/1.1" && version != "HTTP/1.0")
        return Refusal { version.starts_with("HTTP/") ? 505 : 400, "version" };
    head.minor_version = version.back() - '0';
    return std::nullopt;
}

std::optional<Refusal> read_field(std::string_view line, Head& head)
{
    if (line.front() == ' ' || line.front() == '\t')
        return Refusal { 400, "folded line" };
    auto colon = line.find(':');
    if (colon == std::string_view::npos || !is_token(line.substr(0, colon)))
        return Refusal { 400, "field name" };
    auto value = without_blanks(line.substr(colon + 1));
    for (unsigned char sign : value)
        if ((sign < ' ' && sign != '\t') || sign == 0x7F)
            return Refusal { 400, "field value" };
    auto name = lowered(line.substr(0, colon));
    auto [place, is_new] = head.fields.emplace(name, value);
    if (is_new)
        return std::nullopt;
    if (name == "host" || name == "content-length" || name == "transfer-encoding" || name == "content-type")
        return Refusal { 400, "repeated field" };
    place->second += name == "cookie" ? "; " : ", ";
    place->second += value;
    return std::nullopt;
}

std::optional<Refusal> read_framing(Head& head)
{
    auto length = head.fields.find("content-length");
    auto coding = head.fields.find("transfer-encoding");
    if (!head.fields.contains("host") || head.field("host").empty())
        return Refusal { 400, "no host" };
    if (coding != head.fields.end()) {
        if (length != head.fields.end() || head.minor_version == 0 || lowered(coding->second) != "chunked")
            return Refusal { 400, "transfer coding" };
        head.chunked = true;
    }
    if (length != head.fields.end()) {
        auto const& text = length->second;
        std::int64_t number = 0;
        auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (error != std::errc {} || end != text.data() + text.size() || text.front() == '-')
            return Refusal { 400, "content length" };
        head.content_length = number;
    }
    return std::nullopt;
}

}

std::string_view Head::field(std::string_view name) const
{
    auto found = fields.find(name);
    return found == fields.end() ? std::string_view {} : std::string_view { found->second };
}

bool Head::keeps_alive() const
{
    auto connection = lowered(field("connection"));
    if (connection.find("close") != std::string::npos)
        return false;
    return minor_version == 1 || connection.find("keep-alive") != std::string::npos;
}

std::variant<std::monostate, std::size_t, Refusal> find_head_end(std::string_view arrived, Limits const& limits)
{
    for (std::size_t at = 0; (at = arrived.find('\n', at)) != std::string_view::npos; ++at) {
        if (at == 0 || arrived[at - 1] != '\r')
            return Refusal { 400, "bare line feed" };
        if (at == 1 || (at >= 3 && arrived[at - 2] == '\n'))
            return at + 1;
    }
    if (arrived.size() > limits.header_bytes)
        return arrived.find('\n') == std::string_view::npos ? Refusal { 414, "target too long" }
                                                            : Refusal { 431, "head too long" };
    return std::monostate {};
}

std::variant<Head, Refusal> read_head(std::string_view text, Limits const& limits)
{
    Head head;
    if (text.size() > limits.header_bytes)
        return Refusal { 431, "head too long" };
    std::size_t lines = 0;
    while (!text.empty()) {
        auto end = text.find("\r\n");
        if (end == std::string_view::npos)
            return Refusal { 400, "line end" };
        auto line = text.substr(0, end);
        text.remove_prefix(end + 2);
        if (line.find('\r') != std::string_view::npos || line.find('\n') != std::string_view::npos)
            return Refusal { 400, "line end" };
        if (line.empty())
            break;
        auto refusal = lines == 0 ? read_request_line(line, head, limits) : read_field(line, head);
        if (refusal)
            return *refusal;
        if (lines++ > limits.header_fields)
            return Refusal { 431, "too many fields" };
    }
    if (lines == 0 || !text.empty())
        return Refusal { 400, "request line" };
    if (auto refusal = read_framing(head))
        return *refusal;
    return head;
}

}
