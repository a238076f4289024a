#include "decree/linear_cells.hpp"
#include <algorithm>
#include <map>
#include <regex>
#include <set>

namespace kpuhub::decree {

namespace {

/// A line, or one of the two cells that were glued together on it.
struct Piece {
    std::string text;
    Source source;
    bool last = false;         ///< the line ends its cell (its column's padding is missing)
    bool starts = false;       ///< begins a cell for certain
    int page = 0;
    bool wide = false;
};

bool upper(char c) { return c >= 'A' && c <= 'Z'; }
bool lower(char c) { return c >= 'a' && c <= 'z'; }

/// "HarmonisasiPenataan": two cells met on one line.
std::size_t glued_words(std::string_view text)
{
    if (text.find(' ') != std::string_view::npos)
        return 0;
    for (std::size_t i = 5; i + 5 <= text.size(); ++i)
        if (lower(text[i - 1]) && upper(text[i]) && lower(text[i + 1]))
            return i;
    return 0;
}

/// "Pengembangan a. Identifikasi": an activity and its first sub-activity.
std::size_t glued_first_item(std::string const& text)
{
    static std::regex const item { R"(^[A-Z][^.;]{3,28} (a\. [A-Z]))" };
    std::smatch match;
    return std::regex_search(text, match, item) ? static_cast<std::size_t>(match.position(1)) : 0;
}

/// "b. Penanganan gratifikasi; Tersedianya laporan": a sub-activity and its indicator.
std::size_t glued_indicator(std::string_view text)
{
    if (marker(text).way == Numbering::None)
        return 0;
    auto const at = text.find("; ");
    return at != std::string_view::npos && at + 2 < text.size() && upper(text[at + 2]) ? at + 2 : 0;
}

/// "Evaluasi Evaluasi Struktur": the same word ends one cell and begins the next.
std::size_t glued_repeat(std::string_view text)
{
    auto const space = text.find(' ');
    if (space == std::string_view::npos || space < 4 || !upper(text[0]))
        return 0;
    return text.substr(space + 1).starts_with(text.substr(0, space + 1)) ? space + 1 : 0;
}

std::size_t glue(std::string const& text)
{
    for (auto const at : { glued_words(text), glued_first_item(text), glued_indicator(text), glued_repeat(text) })
        if (at != 0)
            return at;
    return 0;
}

std::vector<Piece> pieces_of(std::span<SourceRow const> rows, Shape const& shape, std::vector<SourceRow>& outside)
{
    std::size_t padded = 0;
    for (auto const& row : rows)
        padded += row.raw.ends_with(' ') ? 1 : 0;
    bool const padding = padded * 10 > rows.size() * 3 && padded < rows.size();
    std::vector<Piece> pieces;
    int page = 0;
    bool after_header = true;
    for (auto const& row : rows) {
        auto const text = row.joined();
        if (is_month_line(text, shape))
            ++page;
        bool const alone = text.size() == 1 && text[0] >= '1' && text[0] <= '9';
        if (is_header_line(text, shape) && !alone) {
            after_header = true;
            continue;
        }
        bool const title = text.size() > 20 && std::ranges::none_of(text, lower);
        if (title) {
            outside.push_back(row);
            after_header = true;
            continue;
        }
        bool const last = padding ? !row.raw.ends_with(' ') : ends_sentence(text);
        auto const cut = glue(text);
        if (cut != 0)
            pieces.push_back({ trimmed(text.substr(0, cut)), row.source, true, after_header, page });
        pieces.push_back({ trimmed(text.substr(cut)), row.source, last, cut != 0 || after_header, page });
        after_header = false;
    }
    return pieces;
}

std::size_t narrow_limit(std::vector<Piece>& pieces)
{
    std::vector<std::size_t> lengths;
    for (auto const& piece : pieces)
        lengths.push_back(piece.text.size());
    if (lengths.empty())
        return 0;
    std::ranges::sort(lengths);
    auto const limit = lengths[lengths.size() * 9 / 10] * 6 / 10;
    for (auto& piece : pieces)
        piece.wide = piece.text.size() > limit && piece.text.find(' ') != std::string::npos;   // one long word cannot be broken
    return limit;
}

class CellMaker {
public:
    CellMaker(std::vector<Piece> const& pieces, Shape const& shape) : m_shape(shape)
    {
        for (auto const& piece : pieces)
            take(piece);
        finish();
        settle_kinds();
    }
    std::vector<LinearCell> cells;

private:
    void take(Piece const& piece)
    {
        if (piece.text.size() == 1 && piece.text[0] >= '1' && piece.text[0] <= '9') {
            number_alone(piece);
            return;
        }
        auto const mark = marker(piece.text);
        bool const area = mark.way == Numbering::Plain && mark.printed.size() == mark.length - 1 && !piece.wide && mark.rank <= 8
            && (!m_open || m_ended || piece.starts || !m_wide);
        bool const item = mark.way == Numbering::Dash || (mark.way != Numbering::None && mark.length > mark.printed.size() + 1);
        if (m_open && (piece.starts || area || item || m_ended || widens(piece) || area_full(piece)))
            finish();
        if (!m_open) {
            m_open = true;
            m_cell = {};
            m_cell.page = piece.page;
            m_cell.mark = area || item ? mark : Marker {};
            m_cell.kind = area ? LinearKind::Area : LinearKind::Text;
            m_wide = false;
        }
        m_cell.text += (m_cell.text.empty() ? "" : " ") + piece.text;
        if (m_cell.lines.empty() || m_cell.lines.back() != piece.source)
            m_cell.lines.push_back(piece.source);
        m_wide = m_wide || piece.wide;
        m_ended = piece.last;
    }

    /// A narrow cell (activity, area) is followed by a wide line that begins a sentence.
    [[nodiscard]] bool widens(Piece const& piece) const
    {
        return !m_wide && piece.wide && upper(piece.text[0]) && (m_cell.mark.way == Numbering::None || m_cell.kind == LinearKind::Area);
    }

    [[nodiscard]] bool area_full(Piece const& piece) const
    {
        if (m_cell.kind != LinearKind::Area || !upper(piece.text[0]) || m_cell.text.ends_with('/') || m_cell.text.ends_with('-'))
            return false;
        auto const name = m_cell.text.substr(m_cell.mark.length);
        auto const now = m_shape.area_named(name).second;
        return now >= 0.9 && m_shape.area_named(name + " " + piece.text).second < now;
    }

    /// The number of an area may stand behind its name.
    void number_alone(Piece const& piece)
    {
        finish();
        if (cells.empty() || cells.back().kind != LinearKind::Activity || cells.back().page != piece.page)
            return;
        auto& cell = cells.back();
        cell.kind = LinearKind::Area;
        cell.mark = { Numbering::Plain, piece.text[0] - '0', piece.text, 0 };
        cell.lines.push_back(piece.source);
    }

    void finish()
    {
        if (!m_open)
            return;
        m_open = false;
        m_ended = false;
        if (m_cell.kind != LinearKind::Area) {
            bool const narrow = !m_wide && !ends_sentence(m_cell.text);
            if (m_cell.mark.way != Numbering::None && !(narrow && m_cell.mark.way == Numbering::Plain))
                m_cell.kind = LinearKind::Item;
            else
                m_cell.kind = narrow && !starts_lower(m_cell.text) ? LinearKind::Activity : LinearKind::Text;
        }
        cells.push_back(std::move(m_cell));
    }

    /// The commonest numbering is that of the sub-activities; lists numbered in another way are indicators.
    void settle_kinds()
    {
        std::map<Numbering, int> count;
        for (auto const& cell : cells)
            if (cell.kind == LinearKind::Item && cell.mark.way != Numbering::Dash)
                ++count[cell.mark.way];
        Numbering main = Numbering::None;
        int most = 0;
        for (auto const& [way, number] : count)
            if (number > most) {
                most = number;
                main = way;
            }
        for (auto& cell : cells)
            if (cell.kind == LinearKind::Item && cell.mark.way == main)
                cell.kind = LinearKind::Subactivity;
    }

    Shape const& m_shape;
    LinearCell m_cell;
    bool m_open = false;
    bool m_wide = false;
    bool m_ended = false;
};

}

bool is_month_line(std::string_view text, Shape const& shape)
{
    int month = 0;
    for (auto const& word : split(plain(text), ' '))
        if (shape.month_of(word) == month + 1 && word.find_first_of("0123456789") == std::string::npos)
            ++month;
    return month >= 10;
}

bool is_header_line(std::string_view text, Shape const& shape)
{
    std::set<std::string> words { "ketsub" };
    for (auto const& [column, names] : shape.columns)
        for (auto const& known : names)
            for (auto& word : split(known, ' '))
                words.insert(word);
    bool const no_small = std::ranges::none_of(text, lower);
    auto const found = split(plain(text), ' ');
    return std::ranges::all_of(found, [&](auto& word) {
        bool const number = word.find_first_not_of("0123456789") == std::string::npos && word.size() <= 2;
        return number || shape.month_of(word) != 0 || (no_small && words.contains(word));
    });
}

std::vector<LinearCell> linear_cells(std::span<SourceRow const> rows, Shape const& shape, std::vector<SourceRow>& outside)
{
    auto pieces = pieces_of(rows, shape, outside);
    if (narrow_limit(pieces) == 0)
        return {};
    return CellMaker { pieces, shape }.cells;
}

}
