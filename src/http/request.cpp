#include "http/request.hpp"
#include <charconv>

namespace kpuhub::http {

std::optional<std::string_view> Fields::find(std::string_view name) const
{
    for (auto const& [each, value] : m_fields)
        if (each == name)
            return value;
    return std::nullopt;
}

std::string Fields::text(std::string_view name) const
{
    auto value = find(name).value_or("");
    auto begin = value.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos)
        return {};
    return std::string(value.substr(begin, value.find_last_not_of(" \t\r\n") - begin + 1));
}

std::optional<std::int64_t> Fields::integer(std::string_view name) const
{
    auto value = text(name);
    std::int64_t number = 0;
    auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (error != std::errc {} || end != value.data() + value.size())
        return std::nullopt;
    return number;
}

std::vector<std::string> Fields::all(std::string_view name) const
{
    std::vector<std::string> values;
    for (auto const& [each, value] : m_fields)
        if (each == name)
            values.push_back(value);
    return values;
}

std::string_view Request::header(std::string_view name) const
{
    auto found = headers.find(name);
    return found == headers.end() ? std::string_view {} : std::string_view { found->second };
}

std::string const& Request::parameter(std::string_view name) const
{
    static std::string const none;
    auto found = parameters.find(name);
    return found == parameters.end() ? none : found->second;
}

}
