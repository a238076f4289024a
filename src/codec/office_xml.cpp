#include "codec/office_xml.hpp"
#include "codec/text.hpp"
#include "codec/zip_file.hpp"
#include <algorithm>
#include <array>
#include <cstring>
#include <pugixml.hpp>

namespace kpuhub::codec {

std::string_view local_name(char const* name)
{
    auto const* colon = std::strchr(name, ':');
    return colon != nullptr ? colon + 1 : name;
}

pugi::xml_node child_named(pugi::xml_node node, std::string_view local)
{
    for (auto const item : node.children())
        if (local_name(item.name()) == local)
            return item;
    return {};
}

std::string_view attribute_named(pugi::xml_node node, std::string_view local)
{
    for (auto const attribute : node.attributes())
        if (local_name(attribute.name()) == local)
            return attribute.value();
    return {};
}

Result<void> parse_xml(pugi::xml_document& xml, std::string const& bytes)
{
    if (bytes.find("<!DOCTYPE") != std::string::npos || bytes.find("<!ENTITY") != std::string::npos)
        return invalid("codec.office_broken");
    if (!xml.load_buffer(bytes.data(), bytes.size(), pugi::parse_default | pugi::parse_ws_pcdata_single))
        return invalid("codec.office_broken");
    return {};
}

std::string printable(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto const c = static_cast<unsigned char>(text[i]);
        bool const soft_hyphen = c == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) == 0xAD;
        if (soft_hyphen)
            ++i;
        else if (c >= 0x20 && c != 0x7F)
            out += text[i];
        else if (c == '\n' || c == '\r' || c == '\t')
            out += ' ';
    }
    return is_utf8(out) ? out : std::string {};
}

std::string printable_lines(std::string_view text)
{
    constexpr std::string_view carriage_return = "_x000D_";
    std::string out;
    for (std::size_t start = 0; start <= text.size();) {
        auto const end = std::min(text.find('\n', start), text.size());
        auto line = printable(text.substr(start, end - start));
        for (auto at = line.find(carriage_return); at != std::string::npos; at = line.find(carriage_return, at))
            line.erase(at, carriage_return.size());
        if (!out.empty() && line.find_first_not_of(' ') != std::string::npos)
            out += line_separator;
        out += line;
        start = end + 1;
    }
    return out;
}

namespace {

std::string folder_of(std::string const& path)
{
    auto const slash = path.rfind('/');
    return slash == std::string::npos ? std::string {} : path.substr(0, slash + 1);
}

/// "word/" and "../media/a" as "media/a"; what leaves the archive names nothing in it.
std::string joined_path(std::string const& folder, std::string target)
{
    if (target.starts_with('/'))
        return target.substr(1);
    std::string base = folder;
    while (target.starts_with("../") || target.starts_with("./")) {
        bool const up = target.starts_with("../");
        target.erase(0, up ? 3 : 2);
        if (up && !base.empty()) {
            base.pop_back();
            base = folder_of(base);
        }
    }
    return base + target;
}

/// Parts that would put text of another file into this one. Links of the reader, pictures and templates are only ignored.
bool brings_text(std::string_view type)
{
    constexpr std::array<std::string_view, 6> kinds { "subDocument", "aFChunk", "frame", "oleObject", "externalLinkPath", "control" };
    return std::ranges::find(kinds, type) != kinds.end();
}

}

Result<std::map<std::string, Relation>> read_relations(ZipFile& zip, std::string const& part)
{
    auto const folder = folder_of(part);
    auto const path = folder + "_rels/" + part.substr(folder.size()) + ".rels";
    std::map<std::string, Relation> relations;
    if (!zip.has(path))
        return relations;
    pugi::xml_document xml;
    TRY_VOID(parse_xml(xml, TRY(zip.read(path))));
    for (auto const item : xml.document_element().children()) {
        std::string const type = item.attribute("Type").value();
        Relation relation { type.substr(type.rfind('/') == std::string::npos ? 0 : type.rfind('/') + 1), {}, std::string_view { item.attribute("TargetMode").value() } == "External" };
        if (relation.outside && brings_text(relation.type))
            return invalid("codec.outside_part");
        if (!relation.outside)
            relation.path = joined_path(folder, item.attribute("Target").value());
        relations[item.attribute("Id").value()] = std::move(relation);
    }
    return relations;
}

Result<std::string> main_part(ZipFile& zip)
{
    for (auto const& [id, part] : TRY(read_relations(zip, "")))
        if (part.type == "officeDocument" && zip.has(part.path))
            return part.path;
    return invalid("codec.office_broken");
}

Result<OfficeKind> office_kind(std::string_view bytes, Limits const& limits)
{
    auto zip = TRY(ZipFile::open(bytes, limits));
    if (!zip.has("[Content_Types].xml") && zip.has("mimetype"))
        return invalid_because("codec.kind_later", "ODT, ODS");
    auto const main = TRY(main_part(zip));
    std::string type;
    if (zip.has("[Content_Types].xml")) {
        pugi::xml_document xml;
        TRY_VOID(parse_xml(xml, TRY(zip.read("[Content_Types].xml"))));
        for (auto const item : xml.document_element().children())
            if (std::string_view { item.attribute("PartName").value() } == "/" + main)
                type = item.attribute("ContentType").value();
    }
    if (type.find("sheet.binary") != std::string::npos)
        return invalid_because("codec.kind_later", "XLSB");
    if (type.find("macroEnabled") != std::string::npos)
        return invalid("codec.macro");
    if (type.find("wordprocessingml") != std::string::npos)
        return OfficeKind::Word;
    if (type.find("spreadsheetml") != std::string::npos)
        return OfficeKind::Sheet;
    if (type.find("presentationml") != std::string::npos)
        return invalid_because("codec.kind_later", "PPTX");
    return invalid("codec.office_broken");
}

namespace {

struct SymbolFont {
    std::string_view font;
    std::string_view ticks;
    std::string_view crosses;
    std::string_view boxes;   ///< empty boxes
};

/// Places of ticks, crosses and empty boxes in the symbol fonts of office programs (their published character tables).
constexpr std::array<SymbolFont, 5> symbol_fonts { { { "wingdings", "\xFC\xFE", "\xFB\xFD\x78", "\xA8\x6F\x71\x72" }, { "wingdings 2", "\x50\x52", "\x4F\x51\x53\x54\x56", "\xA3\x30\x2A" }, { "webdings", "\x61", "\x72", "\x63" }, { "marlett", "\x61\x62", "\x72", "" }, { "symbol", "\xD6", "\xB4", "" } } };

}

std::string symbol(std::string_view font, char32_t sign)
{
    std::string name { font };
    std::ranges::transform(name, name.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    auto const known = std::ranges::find(symbol_fonts, name, &SymbolFont::font);
    std::string itself;
    append_utf8(itself, sign);
    if (known == symbol_fonts.end())
        return sign == 0xF0FC ? "√" : sign >= 0xE000 && sign <= 0xF8FF ? std::string {} : itself;
    char32_t const place = sign >= 0xF000 && sign <= 0xF0FF ? sign - 0xF000 : sign;
    if (place > 0xFF)
        return itself;
    auto const in = [&](std::string_view places) { return places.find(static_cast<char>(place)) != std::string_view::npos; };
    return in(known->ticks) ? "√" : in(known->crosses) ? "✗" : in(known->boxes) ? "☐" : sign >= 0xE000 ? "•" : itself;
}

std::string symbols(std::string_view font, std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        auto const lead = static_cast<unsigned char>(text[i]);
        std::size_t const length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        char32_t sign = length == 1 ? lead : lead & (0x7FU >> length);
        for (std::size_t k = 1; k < length && i + k < text.size(); ++k)
            sign = (sign << 6U) | (static_cast<unsigned char>(text[i + k]) & 0x3FU);
        out += symbol(font, sign);
        i += length;
    }
    return out;
}

}
