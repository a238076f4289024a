#include "codec/docx_body.hpp"
#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <numeric>
#include <utility>

namespace kpuhub::codec {

static constexpr double twips_of_mm = 1440 / 25.4;
static constexpr double emu_of_mm = 36000;

int twips(double mm) { return static_cast<int>(std::lround(mm * twips_of_mm)); }

std::string xml_text(std::string_view text)
{
    std::string allowed;
    std::ranges::copy_if(text, std::back_inserter(allowed), [](char sign) { return static_cast<unsigned char>(sign) >= 0x20 || sign == '\t' || sign == '\n'; });
    return allowed;
}

pugi::xml_node put_value(pugi::xml_node parent, char const* name, std::string const& value)
{
    auto node = parent.append_child(name);
    node.append_attribute("w:val").set_value(value.c_str());
    return node;
}

static void put_width(pugi::xml_node parent, char const* name, int width)
{
    auto node = parent.append_child(name);
    node.append_attribute("w:w").set_value(width);
    node.append_attribute("w:type").set_value("dxa");
}

static void put_spacing(pugi::xml_node properties, double after_mm)
{
    properties.append_child("w:spacing").append_attribute("w:after").set_value(twips(after_mm));
}

static void put_indent(pugi::xml_node properties, int left, int hanging = 0)
{
    auto indent = properties.append_child("w:ind");
    indent.append_attribute("w:left").set_value(left);
    if (hanging > 0)
        indent.append_attribute("w:hanging").set_value(hanging);
}

static void put_align(pugi::xml_node properties, Align align)
{
    constexpr std::array<char const*, 4> names { "left", "center", "right", "both" };
    if (align != Align::Left)
        put_value(properties, "w:jc", names.at(static_cast<std::size_t>(align)));
}

void DocxBody::runs(pugi::xml_node paragraph, std::string const& text, TextLook const& look)
{
    auto run = paragraph.append_child("w:r");
    if (look.bold || look.italic || look.underlined || look.points > 0) {
        auto properties = run.append_child("w:rPr");
        if (look.bold)
            properties.append_child("w:b");
        if (look.italic)
            properties.append_child("w:i");
        if (look.points > 0)
            put_value(properties, "w:sz", std::to_string(std::lround(look.points * 2)));
        if (look.underlined)
            put_value(properties, "w:u", "single");
    }
    auto const allowed = xml_text(text);
    for (std::size_t at = 0; at <= allowed.size();) {
        auto const end = std::min(allowed.find_first_of("\n\t", at), allowed.size());
        auto words = run.append_child("w:t");
        words.append_attribute("xml:space").set_value("preserve");
        words.text().set(allowed.substr(at, end - at).c_str());
        if (end < allowed.size())
            run.append_child(allowed[end] == '\n' ? "w:br" : "w:tab");
        at = end + 1;
    }
}

pugi::xml_node DocxBody::paragraph(pugi::xml_node parent, std::string const& text, TextLook const& look, double after_mm)
{
    auto made = parent.append_child("w:p");
    auto properties = made.append_child("w:pPr");
    put_spacing(properties, after_mm);
    put_align(properties, look.align);
    if (!text.empty())
        runs(made, text, look);
    return made;
}

void DocxBody::leave_table()
{
    if (std::exchange(m_after_table, false)) {
        auto between = m_body.append_child("w:p");
        auto properties = between.append_child("w:pPr");
        auto spacing = properties.append_child("w:spacing");
        spacing.append_attribute("w:after").set_value(0);
        spacing.append_attribute("w:line").set_value(20);
        spacing.append_attribute("w:lineRule").set_value("exact");
    }
}

void DocxBody::operator()(Paragraph const& block)
{
    m_after_table = false;
    auto made = m_body.append_child("w:p");
    auto properties = made.append_child("w:pPr");
    if (block.keep_with_next)
        properties.append_child("w:keepNext");
    put_spacing(properties, block.after_mm);
    if (block.indent_mm > 0)
        put_indent(properties, twips(block.indent_mm));
    put_align(properties, block.look.align);
    runs(made, block.text, block.look);
}

void DocxBody::item(pugi::xml_node parent, ListItem const& one, int indent, int hanging)
{
    auto made = parent.append_child("w:p");
    auto properties = made.append_child("w:pPr");
    put_spacing(properties, 1);
    put_indent(properties, indent + hanging, hanging);
    put_align(properties, Align::Justified);
    runs(made, one.label + "\t" + one.text, {});
    for (auto const& below : one.items)
        item(parent, below, indent + hanging, hanging);
}

void DocxBody::operator()(List const& block)
{
    m_after_table = false;
    for (auto const& each : block.items)
        item(m_body, each, twips(block.indent_mm), twips(block.label_mm));
}

pugi::xml_node DocxBody::open_table(std::vector<int> const& widths, bool lined, int indent)
{
    leave_table();
    m_after_table = true;
    auto table = m_body.append_child("w:tbl");
    auto properties = table.append_child("w:tblPr");
    put_width(properties, "w:tblW", std::accumulate(widths.begin(), widths.end(), 0));
    if (indent > 0)
        put_width(properties, "w:tblInd", indent);
    if (lined) {
        auto borders = properties.append_child("w:tblBorders");
        for (auto const* side : { "w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV" }) {
            auto border = put_value(borders, side, "single");
            border.append_attribute("w:sz").set_value(4);
            border.append_attribute("w:space").set_value(0);
            border.append_attribute("w:color").set_value("000000");
        }
    }
    properties.append_child("w:tblLayout").append_attribute("w:type").set_value("fixed");
    auto margins = properties.append_child("w:tblCellMar");
    put_width(margins, "w:left", lined ? 57 : 0);
    put_width(margins, "w:right", 57);
    auto grid = table.append_child("w:tblGrid");
    for (int width : widths)
        grid.append_child("w:gridCol").append_attribute("w:w").set_value(width);
    return table;
}

pugi::xml_node DocxBody::cell(pugi::xml_node row, int width, int columns)
{
    auto made = row.append_child("w:tc");
    auto properties = made.append_child("w:tcPr");
    put_width(properties, "w:tcW", width);
    if (columns > 1)
        put_value(properties, "w:gridSpan", std::to_string(columns));
    return made;
}

void DocxBody::operator()(LabelRows const& block)
{
    auto const label = twips(block.label_mm);
    auto const colon = twips(5);
    auto const text = twips(m_width_mm - block.indent_mm) - label - colon;
    auto table = open_table({ label, colon, text }, false, twips(block.indent_mm));
    for (auto const& each : block.rows) {
        auto row = table.append_child("w:tr");
        TextLook name;
        name.bold = each.bold_label;
        paragraph(cell(row, label), each.label, name);
        paragraph(cell(row, colon), ":", {});
        auto content = cell(row, text);
        auto look = each.look;
        if (look.align == Align::Left)
            look.align = Align::Justified;
        if (!each.text.empty() || each.items.empty())
            paragraph(content, each.text, look, each.items.empty() ? block.after_mm : 1);
        for (auto const& one : each.items)
            item(content, one, 0, twips(8));
    }
}

namespace {

/// The places of a table: which cell lies where, and whether it begins there.
class Places {
public:
    Places(Table const& table, int rows, int columns) : m_columns(columns), m_at(static_cast<std::size_t>(rows * columns), nullptr)
    {
        for (auto const& cell : table.cells)
            for (int row = cell.row; row < std::min(cell.row + cell.rows, rows); ++row)
                for (int column = cell.column; column < std::min(cell.column + cell.columns, columns); ++column)
                    if (auto& place = m_at.at(static_cast<std::size_t>(row * columns + column)); place == nullptr)
                        place = &cell;
    }
    [[nodiscard]] TableCell const* at(int row, int column) const { return m_at.at(static_cast<std::size_t>(row * m_columns + column)); }
    /// How many places of the row belong to the same cell, from the column on.
    [[nodiscard]] int reach(int row, int column) const
    {
        int end = column + 1;
        while (at(row, column) != nullptr && end < m_columns && at(row, end) == at(row, column))
            ++end;
        return end - column;
    }

private:
    int m_columns;
    std::vector<TableCell const*> m_at;
};

std::vector<int> scaled(std::vector<double> const& widths, double whole_mm)
{
    auto const sum = std::accumulate(widths.begin(), widths.end(), 0.0);
    std::vector<int> made;
    for (double width : widths)
        made.push_back(twips(sum > 0 ? width * whole_mm / sum : 0));
    return made;
}

}

void DocxBody::operator()(Table const& block)
{
    auto const columns = static_cast<int>(block.widths_mm.size());
    int rows = 0;
    for (auto const& each : block.cells)
        rows = std::max(rows, each.row + each.rows);
    auto const widths = scaled(block.widths_mm, m_width_mm);
    auto table = open_table(widths, block.lined);
    Places const places(block, rows, columns);
    for (int number = 0; number < rows; ++number) {
        auto row = table.append_child("w:tr");
        auto properties = row.append_child("w:trPr");
        properties.append_child("w:cantSplit");
        if (number < block.heading_rows)
            properties.append_child("w:tblHeader");
        for (int column = 0; column < columns;) {
            auto const* here = places.at(number, column);
            auto const reach = places.reach(number, column);
            auto made = cell(row, std::accumulate(widths.begin() + column, widths.begin() + column + reach, 0), reach);
            auto about = made.child("w:tcPr");
            bool const begins = here == nullptr || here->row == number;
            if (here != nullptr && here->rows > 1)
                begins ? put_value(about, "w:vMerge", "restart") : about.append_child("w:vMerge");
            if (here != nullptr && here->shaded) {
                auto shade = put_value(about, "w:shd", "clear");
                shade.append_attribute("w:color").set_value("auto");
                shade.append_attribute("w:fill").set_value("E6E6E6");
            }
            if (number < block.heading_rows)
                put_value(about, "w:vAlign", "center");
            auto look = here == nullptr ? TextLook {} : here->look;
            if (look.points <= 0)
                look.points = block.points;
            paragraph(made, begins && here != nullptr ? here->text : "", look);
            column += reach;
        }
    }
}

void DocxBody::picture(pugi::xml_node paragraph, QrCode const& code)
{
    m_qr_texts.push_back(code.text);
    auto const number = std::to_string(m_qr_texts.size());
    auto const side = std::to_string(std::lround(code.size_mm * emu_of_mm));
    auto line = paragraph.append_child("w:r").append_child("w:drawing").append_child("wp:inline");
    auto const extent = [&](pugi::xml_node node) {
        node.append_attribute("cx").set_value(side.c_str());
        node.append_attribute("cy").set_value(side.c_str());
    };
    extent(line.append_child("wp:extent"));
    auto about = line.append_child("wp:docPr");
    about.append_attribute("id").set_value(number.c_str());
    about.append_attribute("name").set_value(("QR " + number).c_str());
    about.append_attribute("descr").set_value(xml_text(code.text).c_str());
    auto graphic = line.append_child("a:graphic").append_child("a:graphicData");
    graphic.append_attribute("uri").set_value("http://schemas.openxmlformats.org/drawingml/2006/picture");
    auto shown = graphic.append_child("pic:pic");
    auto names = shown.append_child("pic:nvPicPr");
    auto name = names.append_child("pic:cNvPr");
    name.append_attribute("id").set_value(number.c_str());
    name.append_attribute("name").set_value(("qr" + number + ".png").c_str());
    names.append_child("pic:cNvPicPr");
    auto fill = shown.append_child("pic:blipFill");
    fill.append_child("a:blip").append_attribute("r:embed").set_value(("rIdQr" + number).c_str());
    fill.append_child("a:stretch").append_child("a:fillRect");
    auto shape = shown.append_child("pic:spPr");
    auto place = shape.append_child("a:xfrm");
    auto offset = place.append_child("a:off");
    offset.append_attribute("x").set_value("0");
    offset.append_attribute("y").set_value("0");
    extent(place.append_child("a:ext"));
    shape.append_child("a:prstGeom").append_attribute("prst").set_value("rect");
}

void DocxBody::sign_cell(pugi::xml_node cell, SignatureColumn const& column)
{
    TextLook look;
    look.align = column.align;
    for (auto const& line : column.above)
        paragraph(cell, line, look);
    if (column.qr) {
        auto holds = paragraph(cell, "", look, 1);
        picture(holds, *column.qr);
        TextLook small = look;
        small.points = 7;
        for (auto const& line : column.qr->caption)
            paragraph(cell, line, small);
    } else {
        auto const half = column.mark.empty() ? column.space_mm : (column.space_mm - 5) / 2;
        paragraph(cell, "", look, std::max(half - 5, 0.0));
        if (!column.mark.empty())
            paragraph(cell, column.mark, look, std::max(half - 5, 0.0));
    }
    auto name = look;
    name.bold = true;
    name.underlined = column.name_underlined;
    paragraph(cell, column.name, name);
    for (auto const& line : column.below)
        paragraph(cell, line, look);
}

void DocxBody::operator()(SignatureBlock const& block)
{
    std::vector<int> const widths(block.columns.size(), twips(m_width_mm / static_cast<double>(std::max<std::size_t>(block.columns.size(), 1))));
    auto table = open_table(widths, false);
    auto row = table.append_child("w:tr");
    row.append_child("w:trPr").append_child("w:cantSplit");
    for (std::size_t i = 0; i < block.columns.size(); ++i)
        sign_cell(cell(row, widths[i]), block.columns[i]);
}

void DocxBody::operator()(QrCode const& code)
{
    m_after_table = false;
    auto made = paragraph(m_body, "", {}, 1);
    picture(made, code);
    TextLook small;
    small.points = 7;
    for (auto const& line : code.caption)
        paragraph(m_body, line, small);
}

void DocxBody::operator()(Rule const& rule)
{
    m_after_table = false;
    auto made = m_body.append_child("w:p");
    auto properties = made.append_child("w:pPr");
    auto border = put_value(properties.append_child("w:pBdr"), "w:bottom", rule.twofold ? "thickThinSmallGap" : "single");
    border.append_attribute("w:sz").set_value(rule.twofold ? 18 : 6);
    border.append_attribute("w:space").set_value(1);
    border.append_attribute("w:color").set_value("000000");
    put_spacing(properties, 2);
}

void DocxBody::operator()(PageBreak const&)
{
    m_after_table = false;
    m_body.append_child("w:p").append_child("w:r").append_child("w:br").append_attribute("w:type").set_value("page");
}

}
