#include "codec/document_lines.hpp"
#include "codec/text.hpp"
#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <optional>

namespace kpuhub::codec {

namespace {

using Json = nlohmann::json;

constexpr std::array<char const*, 6> format_names { "text", "csv", "xlsx", "docx", "pdf", "picture" };

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
        if (key == "page")
            return page(value);
        if (m_document.pages.empty())
            return key == "end" && (m_ended = true);
        if (key == "line" && value.is_string())
            return line(value.get<std::string>());
        if (key == "line_at" && value.is_array() && value.size() == 2 && value[0].is_number_integer() && value[0] >= 0 && value[0] <= 2'000'000 && value[1].is_string()) {
            m_document.pages.back().line_rows.push_back(value[0].get<int>());
            return m_document.pages.back().line_rows.size() == m_document.pages.back().lines.size() + 1 && line(value[1].get<std::string>());
        }
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

    bool page(Json const& value)
    {
        auto const size = integers<2>(value, 0, 20'000);
        if (!size || !value[2].is_string() || m_document.pages.size() > 1000)
            return false;
        auto name = value[2].get<std::string>();
        if (!clean_text(name, m_limits))
            return false;
        m_document.pages.push_back({ std::move(name), {}, {}, (*size)[0], (*size)[1], {} });
        return true;
    }

    bool line(std::string text)
    {
        if (!clean_text(text, m_limits) || ++m_lines > m_limits.lines)
            return false;
        m_document.pages.back().lines.push_back(std::move(text));
        return true;
    }

    /// [row, column, row span, column span, text] and, on paper, the box and the confidence.
    bool cell(Json const& value)
    {
        auto const place = integers<4>(value, 1, 2'000'000, 5);
        if (!place || !value[4].is_string() || ++m_cells > m_limits.cells)
            return false;
        auto text = value[4].get<std::string>();
        if (!clean_text(text, m_limits) || static_cast<std::size_t>((*place)[1]) > m_limits.columns)
            return false;
        Cell made { (*place)[0], (*place)[1], (*place)[2], (*place)[3], std::move(text) };
        if (value.size() > 5) {
            auto const box = value.size() == 7 ? integers<4>(value[5], 0, 10'000, 4) : std::nullopt;
            if (!box || !value[6].is_number_integer() || value[6] < -1 || value[6] > 100)
                return false;
            made.box = { (*box)[0], (*box)[1], (*box)[2], (*box)[3] };
            made.confidence = value[6].get<int>();
        }
        m_document.pages.back().cells.push_back(std::move(made));
        return true;
    }

    /// The first `count` items of an array of at least `least_size`, when all of them are integers within the range.
    template<std::size_t count>
    static std::optional<std::array<int, count>> integers(Json const& value, int least, int most, std::size_t least_size = count + 1)
    {
        if (!value.is_array() || value.size() < least_size)
            return std::nullopt;
        std::array<int, count> numbers {};
        for (std::size_t i = 0; i < count; ++i) {
            if (!value[i].is_number_integer() || value[i] < least || value[i] > most)
                return std::nullopt;
            numbers.at(i) = value[i].get<int>();
        }
        return numbers;
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

std::string cell_line(Cell const& cell)
{
    Json line { cell.row, cell.column, cell.row_span, cell.column_span, cell.text };
    if (cell.box != Box {} || cell.confidence >= 0) {
        line.push_back({ cell.box.left, cell.box.top, cell.box.right, cell.box.bottom });
        line.push_back(cell.confidence);
    }
    return dump({ { "cell", std::move(line) } });
}

}

std::string to_lines(Result<Document> const& result)
{
    if (!result)
        return dump({ { "fault", { result.error().message_key, result.error().argument } } });
    std::string out = dump({ { "format", format_names.at(static_cast<std::size_t>(result->format)) } });
    for (auto const& page : result->pages) {
        out += dump({ { "page", { page.width, page.height, page.name } } });
        for (std::size_t i = 0; i < page.lines.size(); ++i)
            out += i < page.line_rows.size() ? dump({ { "line_at", { page.line_rows[i], page.lines[i] } } }) : dump({ { "line", page.lines[i] } });
        for (auto const& cell : page.cells)
            out += cell_line(cell);
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
