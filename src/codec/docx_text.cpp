#include "codec/docx_text.hpp"
#include "codec/office_xml.hpp"
#include <charconv>
#include <pugixml.hpp>

namespace kpuhub::codec {

namespace {

constexpr char const* ticked = "√";
constexpr char const* unticked = "☐";

std::string trimmed_lines(std::string text)
{
    while (text.ends_with(line_separator))
        text.resize(text.size() - line_separator.size());
    while (text.starts_with(line_separator))
        text.erase(0, line_separator.size());
    return text;
}

pugi::xml_node named_below(pugi::xml_node node, std::string_view wanted, int depth)
{
    for (auto const item : node.children()) {
        if (local_name(item.name()) == wanted)
            return item;
        if (depth > 0)
            if (auto const found = named_below(item, wanted, depth - 1))
                return found;
    }
    return {};
}

}

bool is_on(pugi::xml_node node)
{
    auto const value = attribute_named(node, "val");
    return node && value != "0" && value != "false" && value != "off";
}

bool is_deleted(std::string_view name)
{
    return name == "del" || name == "moveFrom";
}

bool WordText::hidden(pugi::xml_node properties) const
{
    if (auto const own = child_named(properties, "vanish"))
        return is_on(own);
    return m_numbering.hides(attribute_named(child_named(properties, "rStyle"), "val"));
}

WordParagraph WordText::read(pugi::xml_node node)
{
    WordParagraph paragraph;
    auto const properties = child_named(node, "pPr");
    auto const label = m_numbering.next_label(properties);
    runs(node, paragraph, deepest);
    auto text = trimmed_lines(std::move(paragraph.text));
    bool const empty = text.find_first_not_of(' ') == std::string::npos;
    if (!label.empty() && !(empty && label == "-"))
        text = label + (empty ? "" : " " + text);
    paragraph.text = std::move(text);
    return paragraph;
}

void WordText::runs(pugi::xml_node node, WordParagraph& paragraph, int depth)
{
    if (depth <= 0)
        return;
    for (auto const item : node.children()) {
        auto const name = local_name(item.name());
        if (name == "r")
            run(item, paragraph, depth - 1);
        else if (name == "t")   // of a formula
            paragraph.text += printable(item.child_value());
        else if (name == "sdt")
            control(item, paragraph, depth - 1);
        else if (name == "AlternateContent") {
            auto const choice = child_named(item, "Choice");
            runs(choice ? choice : child_named(item, "Fallback"), paragraph, depth - 1);
        } else if (!is_deleted(name) && !name.ends_with("Pr") && name != "p" && name != "tbl")
            runs(item, paragraph, depth - 1);
    }
}

void WordText::control(pugi::xml_node node, WordParagraph& paragraph, int depth)
{
    auto const box = child_named(child_named(node, "sdtPr"), "checkbox");
    if (box)
        paragraph.text += is_on(child_named(box, "checked")) ? ticked : unticked;
    else
        runs(child_named(node, "sdtContent"), paragraph, depth);
}

void WordText::run(pugi::xml_node node, WordParagraph& paragraph, int depth)
{
    auto const properties = child_named(node, "rPr");
    if (hidden(properties))
        return;
    auto const fonts = child_named(properties, "rFonts");
    auto const font = attribute_named(fonts, "ascii");
    for (auto const part : node.children())
        run_part(part, font, paragraph, depth);
}

void WordText::run_part(pugi::xml_node part, std::string_view font, WordParagraph& paragraph, int depth)
{
    auto const name = local_name(part.name());
    if (depth <= 0)
        return;
    if (name == "t") {
        paragraph.text += printable(symbols(font, part.child_value()));
    } else if (name == "sym") {
        auto const code = attribute_named(part, "char");
        unsigned sign = 0;
        std::from_chars(code.data(), code.data() + code.size(), sign, 16);
        if (sign >= 0x20 && sign < 0x10000 && (sign < 0xD800 || sign > 0xDFFF))
            paragraph.text += symbol(attribute_named(part, "font"), sign);
    } else if (name == "tab" || name == "ptab")
        paragraph.text += ' ';
    else if (name == "br" || name == "cr")
        paragraph.text += attribute_named(part, "type") == "page" ? std::string_view { " " } : line_separator;
    else if (name == "noBreakHyphen")
        paragraph.text += '-';
    else if (name == "fldChar") {
        if (auto const box = child_named(child_named(part, "ffData"), "checkBox"); box && attribute_named(part, "fldCharType") == "begin") {
            auto const checked = child_named(box, "checked");
            paragraph.text += is_on(checked ? checked : child_named(box, "default")) ? ticked : unticked;
        }
    } else if (name == "drawing" || name == "pict" || name == "object") {
        if (auto const box = named_below(part, "txbxContent", 12))
            paragraph.boxes.push_back(box);
    } else if (name == "AlternateContent") {
        auto const choice = child_named(part, "Choice");
        for (auto const inner : (choice ? choice : child_named(part, "Fallback")).children())
            run_part(inner, font, paragraph, depth - 1);
    }
}

}
