#include "codec/paper_html.hpp"
#include "core/embedded.hpp"
#include "text/escape.hpp"
#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <numeric>

namespace kpuhub::codec {

namespace {

std::string lines_of(std::string_view text)
{
    auto const escaped = text::escaped_html(text);
    std::string lines;
    for (char sign : escaped)
        lines += sign == '\n' ? std::string { "<br>" } : std::string(1, sign);
    return lines;
}

std::string_view name_of(Align align)
{
    constexpr std::array<std::string_view, 4> names { "l", "c", "r", "j" };
    return names.at(static_cast<std::size_t>(align));
}

std::string classes(TextLook const& look)
{
    return std::string { name_of(look.align) } + (look.bold ? " b" : "") + (look.italic ? " i" : "") + (look.underlined ? " u" : "");
}

std::string points_of(double points) { return points > 0 ? fmt::format("font-size:{:.1f}pt;", points) : std::string {}; }

/// One section's blocks as HTML.
class Writer {
public:
    explicit Writer(PaperHtml& made) : m_made(made), m_out(made.html) {}

    void operator()(Paragraph const& paragraph)
    {
        m_out += fmt::format(R"(<p class="{}{}" style="margin:0 0 {:.1f}mm {:.1f}mm;{}">{}</p>)", classes(paragraph.look), paragraph.keep_with_next ? " keep" : "",
            paragraph.after_mm, paragraph.indent_mm, points_of(paragraph.look.points), lines_of(paragraph.text));
    }

    void operator()(List const& list)
    {
        m_out += fmt::format(R"(<table class="list" style="margin-left:{0:.1f}mm"><colgroup><col style="width:{1:.1f}mm"><col></colgroup><tbody>)", list.indent_mm, list.label_mm);
        for (auto const& item : list.items)
            m_out += "<tr><td>" + lines_of(item.label) + R"(</td><td class="last">)" + lines_of(item.text) + nested(item) + "</td></tr>";
        m_out += "</tbody></table>";
    }

    void operator()(LabelRows const& block)
    {
        m_out += fmt::format(R"(<table class="label" style="margin-left:{:.1f}mm"><colgroup><col style="width:{:.1f}mm"><col style="width:5mm"><col style="width:9mm"><col></colgroup><tbody>)",
            block.indent_mm, block.label_mm);
        for (auto const& row : block.rows)
            label_row(row, block.after_mm);
        m_out += "</tbody></table>";
    }

    void operator()(Table const& table)
    {
        auto const all = std::accumulate(table.widths_mm.begin(), table.widths_mm.end(), 0.0);
        m_out += fmt::format(R"(<table class="{}" style="{}"><colgroup>)", table.lined ? "lined" : "plain", points_of(table.points));
        for (double width : table.widths_mm)
            m_out += fmt::format(R"(<col style="width:{:.3f}%">)", all > 0 ? width * 100 / all : 0);
        m_out += "</colgroup>";
        int rows = 0;
        for (auto const& cell : table.cells)
            rows = std::max(rows, cell.row + cell.rows);
        table_rows(table, 0, std::min(table.heading_rows, rows), true);
        table_rows(table, std::min(table.heading_rows, rows), rows, false);
        m_out += "</table>";
        ++m_tables;
    }

    void operator()(SignatureBlock const& block)
    {
        m_out += R"(<table class="sign"><tbody>)";
        sign_row(block, [](SignatureColumn const& column) { return stacked(column.above); });
        m_out += "<tr>";
        for (auto const& column : block.columns)
            m_out += fmt::format(R"(<td class="{}"><div class="space" style="height:{:.1f}mm">{}{}</div></td>)", name_of(column.align),
                std::max(column.space_mm, column.qr ? column.qr->size_mm + 2 : 0), column.qr ? qr(*column.qr) : "",
                column.mark.empty() ? "" : fmt::format(R"(<div style="padding-top:{:.1f}mm">{}</div>)", column.space_mm / 2 - 3, lines_of(column.mark)));
        m_out += "</tr>";
        sign_row(block, [](SignatureColumn const& column) {
            return (column.name.empty() ? "" : fmt::format(R"(<p class="b{}">{}</p>)", column.name_underlined ? " u" : "", lines_of(column.name))) + stacked(column.below);
        });
        m_out += "</tbody></table>";
    }

    void operator()(QrCode const& code) { m_out += qr(code); }
    void operator()(Rule const& rule) { m_out += rule.twofold ? R"(<div class="twofold"></div>)" : R"(<div class="thin"></div>)"; }
    void operator()(PageBreak const&) { m_out += R"(<div class="page"></div>)"; }

private:
    static std::string nested(ListItem const& item)
    {
        if (item.items.empty())
            return {};
        std::string out = R"(<table class="list"><colgroup><col style="width:8mm"><col></colgroup><tbody>)";
        for (auto const& each : item.items)
            out += "<tr><td>" + lines_of(each.label) + R"(</td><td class="last">)" + lines_of(each.text) + nested(each) + "</td></tr>";
        return out + "</tbody></table>";
    }

    void label_row(LabelRow const& row, double after_mm)
    {
        auto const start = fmt::format(R"(<td class="{}">{}</td><td>:</td>)", row.bold_label ? "b" : "", lines_of(row.label));
        bool const both = !row.text.empty() || row.items.empty();
        auto const below = [&](bool last) { return last ? fmt::format("padding-bottom:{:.1f}mm;", after_mm) : std::string {}; };
        if (both)
            m_out += fmt::format(R"(<tr>{}<td colspan="2" class="last {}" style="{}{}">{}</td></tr>)", start, classes(row.look).substr(row.look.align == Align::Left ? 1 : 0), below(row.items.empty()),
                points_of(row.look.points), lines_of(row.text));
        for (std::size_t i = 0; i < row.items.size(); ++i)
            m_out += fmt::format(R"(<tr>{}<td>{}</td><td class="last" style="{}">{}{}</td></tr>)", i == 0 && !both ? start : "<td></td><td></td>",
                lines_of(row.items[i].label), below(i + 1 == row.items.size()), lines_of(row.items[i].text), nested(row.items[i]));
    }

    void table_rows(Table const& table, int first, int last, bool heading)
    {
        if (first == last)
            return;
        std::vector<TableCell const*> cells;
        for (auto const& cell : table.cells)
            if (cell.row >= first && cell.row < last)
                cells.push_back(&cell);
        std::ranges::stable_sort(cells, [](auto const* one, auto const* two) { return std::pair { one->row, one->column } < std::pair { two->row, two->column }; });
        auto const columns = static_cast<int>(table.widths_mm.size());
        std::vector<int> covered(table.widths_mm.size(), 0);        // how many rows of each column are still taken from above
        std::size_t next = 0;
        m_out += heading ? "<thead>" : "<tbody>";
        for (int row = first; row < last; ++row) {
            m_out += heading ? std::string { "<tr>" } : fmt::format(R"(<tr id="t{}-{}"{}>)", m_tables, row, is_title(cells, row, columns) ? R"( class="title")" : "");
            for (int column = 0; column < columns;) {
                if (covered.at(static_cast<std::size_t>(column)) > 0) {
                    --covered[static_cast<std::size_t>(column++)];
                    continue;
                }
                bool const here = next < cells.size() && cells[next]->row == row && cells[next]->column == column;
                TableCell const empty { row, column };
                auto const& cell = here ? *cells[next++] : empty;
                auto const wide = std::clamp(cell.columns, 1, columns - column);
                auto const tall = std::clamp(cell.rows, 1, last - row);
                table_cell(cell, tall, wide, heading);
                for (int each = 0; each < wide; ++each)
                    covered[static_cast<std::size_t>(column + each)] = tall - 1;
                column += wide;
            }
            while (next < cells.size() && cells[next]->row == row)
                ++next;             // stands where another cell lies
            m_out += "</tr>";
        }
        m_out += heading ? "</thead>" : "</tbody>";
    }

    /// One cell across the table (a number may stand before it): the name of the rows below, never last on a page.
    static bool is_title(std::vector<TableCell const*> const& cells, int row, int columns)
    {
        constexpr int fewest = 3;
        return columns >= fewest && std::ranges::any_of(cells, [&](auto const* cell) { return cell->row == row && cell->columns >= columns - 1; });
    }

    void table_cell(TableCell const& cell, int rows, int columns, bool heading)
    {
        m_out += fmt::format(R"(<{0} class="{1}{2}"{3}{4}{5}>{6}</{0}>)", heading ? "th" : "td", classes(cell.look), cell.shaded ? " shaded" : "",
            rows > 1 ? fmt::format(R"( rowspan="{}")", rows) : "", columns > 1 ? fmt::format(R"( colspan="{}")", columns) : "",
            cell.look.points > 0 ? " style=\"" + points_of(cell.look.points) + "\"" : "", lines_of(cell.text));
    }

    static std::string stacked(std::vector<std::string> const& lines)
    {
        std::string out;
        for (auto const& line : lines)
            out += "<p>" + (line.empty() ? "&#160;" : lines_of(line)) + "</p>";
        return out;
    }

    template<typename Content>
    void sign_row(SignatureBlock const& block, Content const& content)
    {
        m_out += "<tr>";
        for (auto const& column : block.columns)
            m_out += fmt::format(R"(<td class="{}">{}</td>)", name_of(column.align), content(column));
        m_out += "</tr>";
    }

    std::string qr(QrCode const& code)
    {
        auto const number = m_made.qr_texts.size();
        m_made.qr_texts.push_back(code.text);
        auto const picture = fmt::format(R"(<img src="paper:qr-{0}" alt="QR" style="width:{1:.1f}mm;height:{1:.1f}mm">)", number, code.size_mm);
        if (code.caption.empty())
            return R"(<div class="qr">)" + picture + "</div>";
        std::string lines;
        for (auto const& line : code.caption)
            lines += "<p>" + lines_of(line) + "</p>";
        return fmt::format(R"(<table class="qr"><colgroup><col style="width:{:.1f}mm"><col></colgroup><tbody><tr><td>{}</td><td class="caption" style="vertical-align:middle">{}</td></tr></tbody></table>)",
            code.size_mm + 2, picture, lines);
    }

    PaperHtml& m_made;
    std::string& m_out;
    int m_tables = 0;
};

std::string page_rule(Paper const& paper, Section const& section, std::size_t number)
{
    bool const across = section.orientation == Orientation::Landscape;
    double const width = paper.size == PaperSize::A4 ? 210 : 215;
    double const height = paper.size == PaperSize::A4 ? 297 : 330;
    auto const box = section.numbers == PageNumbers::BottomCentre ? "@bottom-center" : "@top-center";
    auto rule = fmt::format("@page s{0}{{size:{1:.0f}mm {2:.0f}mm;margin:{3:.1f}mm {4:.1f}mm {5:.1f}mm {3:.1f}mm;", number, across ? height : width, across ? width : height, section.margin_mm,
        section.margin_mm * 0.8, std::max(section.margin_mm * 0.8, 15.0));
    // WeasyPrint 57 knows no first page of a section: a running element that is left out where it begins does the same.
    if (section.numbers != PageNumbers::None)
        rule += fmt::format("{}{{content:element(number{} {})}}", box, number, section.number_first_page ? "first" : "first-except");
    rule += fmt::format("@top-left{{content:element(stamp{0})}}@top-right{{content:element(header{0})}}@bottom-left{{content:element(footer{0});vertical-align:top;padding-top:2mm;width:100%}}}}", number);
    for (auto const* part : { "stamp", "header", "footer", "number" })
        rule += fmt::format(".{0}{1}{{position:running({0}{1})}}", part, number);
    rule += fmt::format(".s{0}{{page:s{0}}}\n", number);
    return rule;
}

}

PaperHtml paper_html(Paper const& paper)
{
    PaperHtml made;
    made.html = R"(<!DOCTYPE html><html lang="id"><head><meta charset="utf-8"><title>)" + text::escaped_html(paper.title) + "</title></head><body>";
    Writer writer { made };
    for (std::size_t i = 0; i < paper.sections.size(); ++i) {
        made.css += page_rule(paper, paper.sections[i], i);
        made.html += fmt::format(R"(<section class="s{0}"><div class="number{0} number"></div><div class="stamp{0}">{1}</div><div class="header{0} header">{2}</div><div class="footer{0}">{3}</div>)", i,
            paper.stamp.empty() ? "" : R"(<span class="stamp">)" + lines_of(paper.stamp) + "</span>", lines_of(paper.sections[i].header),
            paper.footer.empty() ? "" : R"(<div class="footer">)" + lines_of(paper.footer) + "</div>");
        for (auto const& block : paper.sections[i].blocks)
            std::visit(writer, block);
        made.html += "</section>";
    }
    made.html += "</body></html>";
    made.css += fmt::format("html{{font-size:{:.1f}pt}}", paper.points);
    made.css += embedded_file("web/paper/paper.css");
    return made;
}

}
