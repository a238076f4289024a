#include "codec/xlsx.hpp"
#include "codec/fill_marks.hpp"
#include "codec/office_xml.hpp"
#include "codec/zip_file.hpp"
#include "time/date.hpp"
#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <map>
#include <pugixml.hpp>
#include <set>

namespace kpuhub::codec {

namespace {

/// The words of a string item: its own text or those of its runs, without the phonetic ones.
std::string words_of(pugi::xml_node item)
{
    std::string text;
    for (auto const part : item.children()) {
        auto const name = local_name(part.name());
        if (name == "t")
            text += part.child_value();
        else if (name == "r")
            text += symbols(attribute_named(child_named(child_named(part, "rPr"), "rFont"), "val"), child_named(part, "t").child_value());
    }
    return printable_lines(text);
}

/// What a cell style says about the meaning of its cells.
struct Style {
    bool date = false;
    bool percent = false;
    std::string font {};
    std::string fill {};   ///< empty = none or white
};
using Styles = std::vector<Style>;

bool date_format(int id, std::map<int, std::string> const& own)
{
    if ((id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58))
        return true;
    auto const found = own.find(id);
    if (found == own.end())
        return false;
    bool quoted = false;
    bool bracket = false;
    for (char const c : found->second) {
        if (c == '"')
            quoted = !quoted;
        else if (c == '[' || c == ']')
            bracket = c == '[';
        else if (!quoted && !bracket && (c == 'y' || c == 'Y' || c == 'd' || c == 'D'))
            return true;
    }
    return false;
}

bool percent_format(int id, std::map<int, std::string> const& own)
{
    auto const found = own.find(id);
    return id == 9 || id == 10 || (found != own.end() && found->second.find('%') != std::string::npos);
}

std::string fill_of(pugi::xml_node fill)
{
    auto const pattern = child_named(fill, "patternFill");
    if (std::string_view { pattern.attribute("patternType").value() } != "solid")
        return {};
    std::string colour;
    for (auto const part : child_named(pattern, "fgColor").attributes())
        colour += std::string { part.name() } + part.value() + ' ';
    // White as a colour, as the first colour of the theme, and of the old palette.
    bool const white = colour.ends_with("FFFFFF ") || colour.ends_with("ffffff ") || colour == "theme0 " || colour == "indexed9 " || colour == "indexed1 ";
    return white ? std::string {} : colour;
}

Result<Styles> read_styles(ZipFile& zip, std::string const& path)
{
    Styles styles;
    if (!zip.has(path))
        return styles;
    pugi::xml_document xml;
    TRY_VOID(parse_xml(xml, TRY(zip.read(path))));
    auto const root = xml.document_element();
    std::map<int, std::string> own;
    for (auto const format : child_named(root, "numFmts").children())
        own[format.attribute("numFmtId").as_int()] = format.attribute("formatCode").value();
    std::vector<std::string> fonts;
    for (auto const font : child_named(root, "fonts").children())
        fonts.emplace_back(attribute_named(child_named(font, "name"), "val"));
    std::vector<std::string> fills;
    for (auto const fill : child_named(root, "fills").children())
        fills.push_back(fill_of(fill));
    for (auto const node : child_named(root, "cellXfs").children()) {
        int const format = node.attribute("numFmtId").as_int();
        Style style { date_format(format, own), percent_format(format, own) };
        if (auto const font = node.attribute("fontId").as_uint(); font < fonts.size())
            style.font = fonts[font];
        if (auto const fill = node.attribute("fillId").as_uint(); fill < fills.size())
            style.fill = fills[fill];
        styles.push_back(std::move(style));
    }
    return styles;
}

Result<std::vector<std::string>> read_shared(ZipFile& zip, std::string const& path, Limits const& limits)
{
    std::vector<std::string> strings;
    if (!zip.has(path))
        return strings;
    pugi::xml_document xml;
    TRY_VOID(parse_xml(xml, TRY(zip.read(path))));
    for (auto const item : xml.document_element().children()) {
        strings.push_back(words_of(item).substr(0, limits.cell_bytes));
        if (strings.size() > limits.cells)
            return invalid_because("codec.too_many_lines", std::to_string(limits.cells));
    }
    return strings;
}

std::string iso_date(double serial, bool from_1904)
{
    auto const base = from_1904 ? time::Date::of(1904, 1, 1) : time::Date::of(1899, 12, 30);
    return base.plus(std::chrono::days { static_cast<int>(std::floor(serial)) }).iso();
}

/// "AB12" as column 28, row 12; zeros when it is no address.
std::pair<int, int> address(std::string_view text)
{
    int column = 0;
    std::size_t i = 0;
    for (; i < text.size() && text[i] >= 'A' && text[i] <= 'Z' && i < 3; ++i)
        column = column * 26 + (text[i] - 'A' + 1);
    int row = 0;
    auto const [end, error] = std::from_chars(text.data() + i, text.data() + text.size(), row);
    if (error != std::errc {} || end != text.data() + text.size() || row < 1 || column < 1)
        return { 0, 0 };
    return { column, row };
}

struct Workbook {
    std::vector<std::string> shared;
    Styles styles;
    bool from_1904 = false;
};

std::string number_words(std::string_view value, Style const& style, bool from_1904)
{
    double number = 0;
    auto const [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (error != std::errc {} || end != value.data() + value.size())
        return printable(value);
    if (style.date && number >= 1 && number < 2'958'466)
        return iso_date(number, from_1904);
    if (style.percent && std::abs(number) < 1e6)
        return number_words(std::to_string(std::round(number * 10000) / 100), {}, from_1904) + "%";
    if (std::abs(number) < 1e15 && number == std::floor(number))
        return std::to_string(static_cast<long long>(number));
    return printable(value);
}

std::string cell_words(pugi::xml_node cell, Style const& style, Workbook const& book)
{
    std::string_view const type = cell.attribute("t").value();
    if (type == "inlineStr")
        return symbols(style.font, words_of(child_named(cell, "is")));
    std::string_view const value = child_named(cell, "v").child_value();
    if (type == "s") {
        std::size_t index = 0;
        std::from_chars(value.data(), value.data() + value.size(), index);
        return index < book.shared.size() && !value.empty() ? symbols(style.font, book.shared[index]) : std::string {};
    }
    // A check box of an online spreadsheet is a true or false value.
    if (type == "b")
        return value == "1" ? "√" : "☐";
    if (type == "str" || type == "d")
        return symbols(style.font, printable_lines(value));
    if (type == "e")
        return {};
    return value.empty() ? std::string {} : number_words(value, style, book.from_1904);
}

void apply_merges(pugi::xml_node sheet, std::vector<Cell>& cells)
{
    std::map<std::pair<int, int>, std::size_t> at;
    for (std::size_t i = 0; i < cells.size(); ++i)
        at[{ cells[i].row, cells[i].column }] = i;
    for (auto const merge : child_named(sheet, "mergeCells").children()) {
        std::string_view const reference = merge.attribute("ref").value();
        auto const colon = reference.find(':');
        if (colon == std::string_view::npos)
            continue;
        auto const [left, top] = address(reference.substr(0, colon));
        auto const [right, bottom] = address(reference.substr(colon + 1));
        auto const found = at.find({ top, left });
        if (found == at.end() || right < left || bottom < top)
            continue;
        cells[found->second].row_span = bottom - top + 1;
        cells[found->second].column_span = right - left + 1;
    }
}

/// The cells of a row with their colours; empty ones only for their colour.
Result<std::vector<Cell>> read_cells(pugi::xml_node row, int row_number, Workbook const& book, Limits const& limits, std::vector<std::string>& fills)
{
    std::vector<Cell> cells;
    static Style const plain {};
    int column_number = 0;
    for (auto const node : row.children()) {
        auto const [column, unused] = address(node.attribute("r").value());
        column_number = column > 0 ? column : column_number + 1;
        auto const index = node.attribute("s").as_uint();
        auto const& style = index < book.styles.size() ? book.styles[index] : plain;
        auto words = cell_words(node, style, book);
        bool const too_far = row_number < 1 || static_cast<std::size_t>(row_number) > limits.rows || static_cast<std::size_t>(column_number) > limits.columns;
        if (words.empty() && (style.fill.empty() || too_far))
            continue;
        if (too_far || words.size() > limits.cell_bytes)
            return invalid_because("codec.too_many_lines", std::to_string(limits.rows));
        cells.push_back({ row_number, column_number, 1, 1, std::move(words) });
        fills.push_back(style.fill);
    }
    return cells;
}

Result<Page> read_sheet(std::string const& bytes, std::string name, Workbook const& book, Limits const& limits, std::size_t& left)
{
    pugi::xml_document xml;
    TRY_VOID(parse_xml(xml, bytes));
    auto const root = xml.document_element();
    Page page;
    page.name = std::move(name);
    int row_number = 0;
    for (auto const row : child_named(root, "sheetData").children()) {
        row_number = row.attribute("r").as_int(row_number + 1);
        std::vector<std::string> fills;
        auto cells = TRY(read_cells(row, row_number, book, limits, fills));
        mark_fills(cells, fills);
        for (auto& cell : cells) {
            if (cell.text.empty())
                continue;
            if (left == 0)
                return invalid_because("codec.too_many_lines", std::to_string(limits.cells));
            --left;
            page.cells.push_back(std::move(cell));
        }
    }
    apply_merges(root, page.cells);
    return page;
}

std::string relation_id(pugi::xml_node sheet)
{
    for (auto const attribute : sheet.attributes())
        if (local_name(attribute.name()) == "id" && std::strchr(attribute.name(), ':') != nullptr)
            return attribute.value();
    return {};
}

}

Result<Document> read_xlsx(std::string_view bytes, Limits const& limits)
{
    auto zip = TRY(ZipFile::open(bytes, limits));
    auto const path = TRY(main_part(zip));
    auto const relations = TRY(read_relations(zip, path));
    Workbook book;
    for (auto const& [id, relation] : relations) {
        if (relation.type == "sharedStrings")
            book.shared = TRY(read_shared(zip, relation.path, limits));
        if (relation.type == "styles")
            book.styles = TRY(read_styles(zip, relation.path));
    }
    pugi::xml_document xml;
    TRY_VOID(parse_xml(xml, TRY(zip.read(path))));
    auto const root = xml.document_element();
    book.from_1904 = child_named(root, "workbookPr").attribute("date1904").as_bool();
    Document document { Format::Xlsx, {} };
    std::size_t left = limits.cells;
    for (auto const sheet : child_named(root, "sheets").children()) {
        auto const found = relations.find(relation_id(sheet));
        bool const hidden = std::string_view { sheet.attribute("state").value() }.find("idden") != std::string_view::npos;
        if (found == relations.end() || found->second.type != "worksheet" || hidden)
            continue;
        document.pages.push_back(TRY(read_sheet(TRY(zip.read(found->second.path)), printable(sheet.attribute("name").value()), book, limits, left)));
    }
    if (std::ranges::all_of(document.pages, [](auto& page) { return page.cells.empty(); }))
        return invalid("codec.empty");
    return document;
}

}
