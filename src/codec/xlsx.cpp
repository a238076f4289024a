#include "codec/xlsx.hpp"
#include "codec/text.hpp"
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

using Xml = pugi::xml_document;

/// The name without its namespace prefix: writers differ in which one they use.
std::string_view local(char const* name)
{
    auto const* colon = std::strchr(name, ':');
    return colon != nullptr ? colon + 1 : name;
}

pugi::xml_node child(pugi::xml_node node, std::string_view name)
{
    for (auto const item : node.children())
        if (local(item.name()) == name)
            return item;
    return {};
}

Result<void> parse(Xml& xml, std::string const& bytes)
{
    if (bytes.find("<!DOCTYPE") != std::string::npos || bytes.find("<!ENTITY") != std::string::npos)
        return invalid("codec.xlsx_broken");
    if (!xml.load_buffer(bytes.data(), bytes.size(), pugi::parse_default | pugi::parse_ws_pcdata_single))
        return invalid("codec.xlsx_broken");
    return {};
}

std::string printable(std::string_view text)
{
    std::string out;
    for (char const c : text)
        if (static_cast<unsigned char>(c) >= 0x20)
            out += c;
        else if (c == '\n' || c == '\r' || c == '\t')
            out += ' ';
    return is_utf8(out) ? out : std::string {};
}

/// The words of a string item: its own text or those of its runs, without the phonetic ones.
std::string words_of(pugi::xml_node item)
{
    std::string text;
    for (auto const part : item.children()) {
        auto const name = local(part.name());
        if (name == "t")
            text += part.child_value();
        else if (name == "r")
            text += child(part, "t").child_value();
    }
    return printable(text);
}

struct Styles {
    std::vector<bool> date;   ///< by cell style: the number is a date
};

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

Result<Styles> read_styles(ZipFile& zip, std::string const& path)
{
    Styles styles;
    if (!zip.has(path))
        return styles;
    Xml xml;
    TRY_VOID(parse(xml, TRY(zip.read(path))));
    auto const root = xml.document_element();
    std::map<int, std::string> own;
    for (auto const format : child(root, "numFmts").children())
        own[format.attribute("numFmtId").as_int()] = format.attribute("formatCode").value();
    for (auto const style : child(root, "cellXfs").children())
        styles.date.push_back(date_format(style.attribute("numFmtId").as_int(), own));
    return styles;
}

Result<std::vector<std::string>> read_shared(ZipFile& zip, std::string const& path, Limits const& limits)
{
    std::vector<std::string> strings;
    if (!zip.has(path))
        return strings;
    Xml xml;
    TRY_VOID(parse(xml, TRY(zip.read(path))));
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

std::string number_words(std::string_view value, bool date, bool from_1904)
{
    double number = 0;
    auto const [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (error != std::errc {} || end != value.data() + value.size())
        return printable(value);
    if (date && number >= 1 && number < 2'958'466)
        return iso_date(number, from_1904);
    if (std::abs(number) < 1e15 && number == std::floor(number))
        return std::to_string(static_cast<long long>(number));
    return printable(value);
}

std::string cell_words(pugi::xml_node cell, Workbook const& book)
{
    std::string_view const type = cell.attribute("t").value();
    if (type == "inlineStr")
        return words_of(child(cell, "is"));
    std::string_view const value = child(cell, "v").child_value();
    if (type == "s") {
        std::size_t index = 0;
        std::from_chars(value.data(), value.data() + value.size(), index);
        return index < book.shared.size() && !value.empty() ? book.shared[index] : std::string {};
    }
    if (type == "str" || type == "b" || type == "d")
        return printable(value);
    if (type == "e")
        return {};
    auto const style = cell.attribute("s").as_uint();
    return value.empty() ? std::string {} : number_words(value, style < book.styles.date.size() && book.styles.date[style], book.from_1904);
}

void apply_merges(pugi::xml_node sheet, std::vector<Cell>& cells)
{
    std::map<std::pair<int, int>, std::size_t> at;
    for (std::size_t i = 0; i < cells.size(); ++i)
        at[{ cells[i].row, cells[i].column }] = i;
    for (auto const merge : child(sheet, "mergeCells").children()) {
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

Result<Page> read_sheet(std::string const& bytes, std::string name, Workbook const& book, Limits const& limits, std::size_t& left)
{
    Xml xml;
    TRY_VOID(parse(xml, bytes));
    auto const root = xml.document_element();
    Page page;
    page.name = std::move(name);
    int row_number = 0;
    for (auto const row : child(root, "sheetData").children()) {
        row_number = row.attribute("r").as_int(row_number + 1);
        int column_number = 0;
        for (auto const cell : row.children()) {
            auto const [column, unused] = address(cell.attribute("r").value());
            column_number = column > 0 ? column : column_number + 1;
            auto words = cell_words(cell, book);
            if (words.empty())
                continue;
            bool const too_far = row_number < 1 || static_cast<std::size_t>(row_number) > limits.rows || static_cast<std::size_t>(column_number) > limits.columns;
            if (too_far || left == 0 || words.size() > limits.cell_bytes)
                return invalid_because("codec.too_many_lines", std::to_string(limits.rows));
            --left;
            page.cells.push_back({ row_number, column_number, 1, 1, std::move(words) });
        }
    }
    apply_merges(root, page.cells);
    return page;
}

std::string folder_of(std::string const& path)
{
    auto const slash = path.rfind('/');
    return slash == std::string::npos ? std::string {} : path.substr(0, slash + 1);
}

struct Relation {
    std::string type;
    std::string target;
};

/// The parts that a part names; those outside the file are left out.
Result<std::map<std::string, Relation>> read_relations(ZipFile& zip, std::string const& part)
{
    auto const folder = folder_of(part);
    std::map<std::string, Relation> relations;
    Xml xml;
    TRY_VOID(parse(xml, TRY(zip.read(folder + "_rels/" + part.substr(folder.size()) + ".rels"))));
    for (auto const item : xml.document_element().children()) {
        if (std::string_view { item.attribute("TargetMode").value() } == "External")
            continue;
        std::string target = item.attribute("Target").value();
        target = target.starts_with('/') ? target.substr(1) : folder + target;
        std::string const type = item.attribute("Type").value();
        relations[item.attribute("Id").value()] = { type.substr(type.rfind('/') == std::string::npos ? 0 : type.rfind('/') + 1), target };
    }
    return relations;
}

std::string relation_id(pugi::xml_node sheet)
{
    for (auto const attribute : sheet.attributes())
        if (local(attribute.name()) == "id" && std::strchr(attribute.name(), ':') != nullptr)
            return attribute.value();
    return {};
}

}

Result<Document> read_xlsx(std::string_view bytes, Limits const& limits)
{
    auto zip = TRY(ZipFile::open(bytes, limits));
    auto const parts = TRY(read_relations(zip, ""));
    auto const main = std::ranges::find_if(parts, [](auto& part) { return part.second.type == "officeDocument"; });
    if (main == parts.end() || !zip.has(main->second.target))
        return invalid("codec.xlsx_broken");
    auto const path = main->second.target;
    auto const relations = TRY(read_relations(zip, path));
    Workbook book;
    for (auto const& [id, relation] : relations) {
        if (relation.type == "sharedStrings")
            book.shared = TRY(read_shared(zip, relation.target, limits));
        if (relation.type == "styles")
            book.styles = TRY(read_styles(zip, relation.target));
    }
    Xml xml;
    TRY_VOID(parse(xml, TRY(zip.read(path))));
    auto const root = xml.document_element();
    book.from_1904 = child(root, "workbookPr").attribute("date1904").as_bool();
    Document document { Format::Xlsx, {} };
    std::size_t left = limits.cells;
    for (auto const sheet : child(root, "sheets").children()) {
        auto const found = relations.find(relation_id(sheet));
        bool const hidden = std::string_view { sheet.attribute("state").value() }.find("idden") != std::string_view::npos;
        if (found == relations.end() || found->second.type != "worksheet" || hidden)
            continue;
        document.pages.push_back(TRY(read_sheet(TRY(zip.read(found->second.target)), printable(sheet.attribute("name").value()), book, limits, left)));
    }
    if (std::ranges::all_of(document.pages, [](auto& page) { return page.cells.empty(); }))
        return invalid("codec.empty");
    return document;
}

}
