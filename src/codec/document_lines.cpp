#include "codec/document_lines.hpp"
#include "codec/text.hpp"
#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace kpuhub::codec {

namespace {

using Json = nlohmann::json;

constexpr std::array<char const*, 3> format_names { "text", "csv", "xlsx" };

std::string dump(Json const& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n"; }

bool clean_text(std::string const& text, Limits const& limits)
{
    return text.size() <= limits.cell_bytes * 4 && is_utf8(text) && std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\t'; });
}

class LineReader {
public:
    explicit LineReader(Limits const& limits) : m_limits(limits) {}

    /// False when the line is none of ours.
    bool take(Json const& json)
    {
        if (m_ended || !json.is_object() || json.size() != 1)
            return false;
        auto const& key = json.begin().key();
        auto const& value = json.begin().value();
        if (key == "format")
            return format(value);
        if (!m_started)
            return false;
        if (key == "page" && value.is_string())
            return page(value.get<std::string>());
        if (m_document.pages.empty())
            return key == "end" && (m_ended = true);
        if (key == "line" && value.is_string())
            return line(value.get<std::string>());
        if (key == "cell")
            return cell(value);
        return key == "end" && (m_ended = true);
    }

    Document take_document() { return std::move(m_document); }
    [[nodiscard]] bool ended() const { return m_ended; }

private:
    bool format(Json const& value)
    {
        auto const found = std::ranges::find_if(format_names, [&](auto* name) { return value == name; });
        if (m_started || found == format_names.end())
            return false;
        m_started = true;
        m_document.format = static_cast<Format>(found - format_names.begin());
        return true;
    }

    bool page(std::string name)
    {
        if (!clean_text(name, m_limits) || m_document.pages.size() > 1000)
            return false;
        m_document.pages.push_back({ std::move(name), {}, {} });
        return true;
    }

    bool line(std::string text)
    {
        if (!clean_text(text, m_limits) || ++m_lines > m_limits.lines)
            return false;
        m_document.pages.back().lines.push_back(std::move(text));
        return true;
    }

    bool cell(Json const& value)
    {
        if (!value.is_array() || value.size() != 5 || !value[4].is_string() || ++m_cells > m_limits.cells)
            return false;
        std::array<int, 4> numbers {};
        for (std::size_t i = 0; i < 4; ++i) {
            if (!value[i].is_number_integer())
                return false;
            auto const number = value[i].get<std::int64_t>();
            if (number < 1 || number > 2'000'000)
                return false;
            numbers.at(i) = static_cast<int>(number);
        }
        auto text = value[4].get<std::string>();
        if (!clean_text(text, m_limits) || static_cast<std::size_t>(numbers[1]) > m_limits.columns)
            return false;
        m_document.pages.back().cells.push_back({ numbers[0], numbers[1], numbers[2], numbers[3], std::move(text) });
        return true;
    }

    Limits const& m_limits;
    Document m_document;
    bool m_started = false;
    bool m_ended = false;
    std::size_t m_lines = 0;
    std::size_t m_cells = 0;
};

Result<Document> unreadable() { return invalid("codec.unreadable"); }

bool own_key(std::string const& key)
{
    return key.size() < 60 && key.starts_with("codec.") && std::ranges::all_of(key, [](char c) { return (c >= 'a' && c <= 'z') || c == '_' || c == '.'; });
}

}

std::string to_lines(Result<Document> const& result)
{
    if (!result)
        return dump({ { "fault", { result.error().message_key, result.error().argument } } });
    std::string out = dump({ { "format", format_names.at(static_cast<std::size_t>(result->format)) } });
    for (auto const& page : result->pages) {
        out += dump({ { "page", page.name } });
        for (auto const& line : page.lines)
            out += dump({ { "line", line } });
        for (auto const& cell : page.cells)
            out += dump({ { "cell", { cell.row, cell.column, cell.row_span, cell.column_span, cell.text } } });
    }
    return out + dump({ { "end", true } });
}

Result<Document> from_lines(std::string_view bytes, Limits const& limits)
{
    LineReader reader { limits };
    while (!bytes.empty()) {
        auto const end = bytes.find('\n');
        if (end == std::string_view::npos)
            return unreadable();
        auto const json = Json::parse(bytes.substr(0, end), nullptr, false);
        bytes.remove_prefix(end + 1);
        if (json.is_discarded())
            return unreadable();
        if (auto const fault = json.is_object() ? json.find("fault") : json.end(); json.is_object() && fault != json.end()) {
            bool const ours = fault->is_array() && fault->size() == 2 && (*fault)[0].is_string() && (*fault)[1].is_string() && own_key((*fault)[0].get<std::string>());
            if (!ours || (*fault)[1].get<std::string>().size() > 100)
                return unreadable();
            return invalid_because((*fault)[0].get<std::string>(), (*fault)[1].get<std::string>());
        }
        if (!reader.take(json))
            return unreadable();
    }
    if (!reader.ended())
        return unreadable();
    return reader.take_document();
}

}
