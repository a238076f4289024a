#include "codec/docx.hpp"
#include "codec/docx_text.hpp"
#include "codec/fill_marks.hpp"
#include "codec/office_xml.hpp"
#include "codec/zip_file.hpp"
#include <algorithm>
#include <charconv>
#include <pugixml.hpp>

namespace kpuhub::codec {

namespace {

/// Narrower grid columns come from edges that miss each other, not from columns (twentieths of a point; 1.7 mm).
constexpr int narrowest = 96;

int number(std::string_view text, int otherwise)
{
    int value = otherwise;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

class Reader {
public:
    Reader(Numbering& numbering, Limits const& limits) : m_words(numbering), m_limits(limits) {}

    Result<void> blocks(pugi::xml_node parent, int depth)
    {
        if (depth <= 0)
            return invalid("codec.office_broken");
        for (auto const item : parent.children()) {
            auto const name = local_name(item.name());
            if (name == "p")
                TRY_VOID(paragraph(item, depth));
            else if (name == "tbl")
                TRY_VOID(table(item, depth));
            else if (name == "sdt")
                TRY_VOID(blocks(child_named(item, "sdtContent"), depth - 1));
            else if (name == "AlternateContent") {
                auto const choice = child_named(item, "Choice");
                TRY_VOID(blocks(choice ? choice : child_named(item, "Fallback"), depth - 1));
            } else if (!is_deleted(name) && !name.ends_with("Pr"))
                TRY_VOID(blocks(item, depth - 1));
        }
        return {};
    }

    Document document { Format::Docx, {} };

private:
    Page& page_for_lines()
    {
        if (document.pages.empty() || !document.pages.back().cells.empty())
            document.pages.emplace_back();
        return document.pages.back();
    }

    Result<void> line(std::string_view text)
    {
        auto& page = page_for_lines();
        bool const blank = text.find_first_not_of(' ') == std::string_view::npos;
        if (blank && (page.lines.empty() || page.lines.back().empty()))
            return {};
        if (++m_lines > m_limits.lines || text.size() > m_limits.cell_bytes)
            return too_many();
        page.lines.emplace_back(blank ? std::string_view {} : text);
        return {};
    }

    Result<void> paragraph(pugi::xml_node node, int depth)
    {
        auto const read = m_words.read(node);
        std::size_t start = 0;
        for (;;) {
            auto const end = read.text.find(line_separator, start);
            TRY_VOID(line(std::string_view { read.text }.substr(start, end - start)));
            if (end == std::string::npos)
                break;
            start = end + line_separator.size();
        }
        for (auto const box : read.boxes)
            TRY_VOID(blocks(box, depth - 1));
        return {};
    }

    [[nodiscard]] Failure too_many() const { return invalid_because("codec.too_many_lines", std::to_string(m_limits.rows)); }

    /// All text of a cell, its inner tables row by row.
    Result<std::string> cell_text(pugi::xml_node parent, int depth)
    {
        if (depth <= 0)
            return invalid("codec.office_broken");
        std::string text;
        auto const add = [&](std::string_view more) {
            if (!text.empty() && !more.empty())
                text += line_separator;
            text += more;
        };
        for (auto const item : parent.children()) {
            auto const name = local_name(item.name());
            if (name == "p") {
                auto const read = m_words.read(item);
                add(read.text.find_first_not_of(' ') == std::string::npos ? std::string_view {} : std::string_view { read.text });
                for (auto const box : read.boxes)
                    add(TRY(cell_text(box, depth - 1)));
            } else if (name == "sdt")
                add(TRY(cell_text(child_named(item, "sdtContent"), depth - 1)));
            else if (!is_deleted(name) && !name.ends_with("Pr"))
                add(TRY(cell_text(item, depth - 1)));
            if (text.size() > m_limits.cell_bytes)
                return too_many();
        }
        return text;
    }

    /// Rows or cells below a node, through content controls and inserted rows.
    void gather(pugi::xml_node parent, std::string_view wanted, std::vector<pugi::xml_node>& found, int depth) const
    {
        for (auto const item : parent.children()) {
            auto const name = local_name(item.name());
            if (name == wanted)
                found.push_back(item);
            else if (depth > 0 && (name == "sdt" || name == "sdtContent" || name == "ins" || name == "moveTo" || name == "customXml" || name == "smartTag"))
                gather(item, wanted, found, depth - 1);
        }
    }

    std::vector<pugi::xml_node> below(pugi::xml_node parent, std::string_view wanted) const
    {
        std::vector<pugi::xml_node> found;
        gather(parent, wanted, found, 8);
        return found;
    }

    /// A table of one or two columns that holds a real table only lays out the page.
    bool lays_out(std::vector<pugi::xml_node> const& rows) const
    {
        for (auto const row : rows) {
            auto const cells = below(row, "tc");
            if (cells.size() > 2)
                return false;
            for (auto const cell : cells)
                for (auto const inner : below(cell, "tbl"))
                    for (auto const inner_row : below(inner, "tr"))
                        if (below(inner_row, "tc").size() >= 4)
                            return true;
        }
        return false;
    }

    Result<void> table(pugi::xml_node node, int depth)
    {
        auto const rows = below(node, "tr");
        if (lays_out(rows)) {
            for (auto const row : rows)
                for (auto const cell : below(row, "tc"))
                    TRY_VOID(blocks(cell, depth - 1));
            return {};
        }
        if (document.pages.empty() || !document.pages.back().cells.empty())
            document.pages.emplace_back();
        columns(child_named(node, "tblGrid"));
        m_open.clear();
        int number = 0;
        for (auto const row : rows) {
            if (child_named(child_named(row, "trPr"), "del"))
                continue;
            if (static_cast<std::size_t>(++number) > m_limits.rows)
                return too_many();
            TRY_VOID(table_row(row, number, depth));
        }
        if (document.pages.back().cells.empty() && document.pages.back().lines.empty())
            document.pages.pop_back();
        return {};
    }

    void columns(pugi::xml_node grid)
    {
        m_columns.clear();
        int column = 0;
        for (auto const item : grid.children()) {
            int const width = number(attribute_named(item, "w"), 0);
            bool const narrow = width > 0 && width < narrowest && column > 0;
            m_columns.push_back(narrow ? column : ++column);
            if (m_columns.size() > m_limits.columns)
                break;
        }
    }

    /// The column, counted from 1, of a place in the grid, counted from 0.
    [[nodiscard]] int column_at(std::size_t place) const
    {
        if (place < m_columns.size())
            return m_columns[place];
        int const last = m_columns.empty() ? 0 : m_columns.back();
        return last + static_cast<int>(place - m_columns.size()) + 1;
    }

    Result<void> table_row(pugi::xml_node row, int number_of_row, int depth)
    {
        auto const properties = child_named(row, "trPr");
        auto place = static_cast<std::size_t>(std::max(0, number(attribute_named(child_named(properties, "gridBefore"), "val"), 0)));
        std::vector<Cell> cells;
        std::vector<std::string> fills;
        for (auto const node : below(row, "tc")) {
            auto const cell_properties = child_named(node, "tcPr");
            auto const wide = static_cast<std::size_t>(std::max(1, number(attribute_named(child_named(cell_properties, "gridSpan"), "val"), 1)));
            if (place + wide > 4 * m_limits.columns)
                return too_many();
            int const first = column_at(place);
            int const end = std::max(first + 1, column_at(place + wide));
            place += wide;
            auto text = child_named(cell_properties, "cellDel") ? std::string {} : TRY(cell_text(node, depth - 1));
            auto const merge = child_named(cell_properties, "vMerge");
            if (merge && attribute_named(merge, "val") != "restart" && merged(first, number_of_row, text))
                continue;
            m_open.erase(first);
            cells.push_back({ number_of_row, first, 1, end - first, std::move(text) });
            fills.push_back(colour(attribute_named(child_named(cell_properties, "shd"), "fill")));
            if (merge)
                m_merging.push_back(first);
        }
        return keep(std::move(cells), fills);
    }

    /// Whether the cell goes on with the one above.
    bool merged(int column, int row, std::string const& text)
    {
        auto const open = m_open.find(column);
        if (open == m_open.end())
            return false;
        auto& above = document.pages.back().cells[open->second];
        above.row_span = row - above.row + 1;
        if (!text.empty() && above.text.size() + text.size() < m_limits.cell_bytes)
            above.text += (above.text.empty() ? "" : std::string { line_separator }) + text;
        return true;
    }

    Result<void> keep(std::vector<Cell> cells, std::vector<std::string> const& fills)
    {
        mark_fills(cells, fills);
        auto& kept = document.pages.back().cells;
        for (auto& cell : cells) {
            if (cell.text.empty())
                continue;
            if (++m_cells > m_limits.cells || static_cast<std::size_t>(cell.column + cell.column_span) > m_limits.columns + 1)
                return too_many();
            if (std::ranges::find(m_merging, cell.column) != m_merging.end())
                m_open[cell.column] = kept.size();
            kept.push_back(std::move(cell));
        }
        m_merging.clear();
        return {};
    }

    static std::string colour(std::string_view fill) { return fill == "auto" || fill == "FFFFFF" || fill == "ffffff" ? std::string {} : std::string { fill }; }

    WordText m_words;
    Limits const& m_limits;
    std::vector<int> m_columns;                     ///< of the table being read, by place in its grid
    std::map<int, std::size_t> m_open;              ///< merged cells that may go on, by column
    std::vector<int> m_merging;
    std::size_t m_lines = 0;
    std::size_t m_cells = 0;
};

Result<void> read_part(ZipFile& zip, std::map<std::string, Relation> const& relations, std::string_view type, pugi::xml_document& xml)
{
    for (auto const& [id, relation] : relations)
        if (relation.type == type && zip.has(relation.path))
            return parse_xml(xml, TRY(zip.read(relation.path)));
    return {};
}

}

Result<Document> read_docx(std::string_view bytes, Limits const& limits)
{
    auto zip = TRY(ZipFile::open(bytes, limits));
    auto const path = TRY(main_part(zip));
    auto const relations = TRY(read_relations(zip, path));
    Numbering numbering;
    pugi::xml_document numbers;
    TRY_VOID(read_part(zip, relations, "numbering", numbers));
    numbering.read_numbering(numbers.document_element());
    pugi::xml_document styles;
    TRY_VOID(read_part(zip, relations, "styles", styles));
    numbering.read_styles(styles.document_element());
    pugi::xml_document xml;
    TRY_VOID(parse_xml(xml, TRY(zip.read(path))));
    auto const body = child_named(xml.document_element(), "body");
    if (!body)
        return invalid("codec.office_broken");
    Reader reader { numbering, limits };
    TRY_VOID(reader.blocks(body, deepest));
    auto const empty = [](Page const& page) { return std::ranges::all_of(page.lines, &std::string::empty) && std::ranges::all_of(page.cells, [](auto& cell) { return cell.text.empty(); }); };
    if (std::ranges::all_of(reader.document.pages, empty))
        return invalid("codec.empty");
    return std::move(reader.document);
}

}
