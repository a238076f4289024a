#include "codec/docx_numbering.hpp"
#include "codec/office_xml.hpp"
#include <algorithm>
#include <charconv>
#include <pugixml.hpp>
#include <utility>

namespace kpuhub::codec {

namespace {

constexpr int levels = 9;               // a list of Word has no more
constexpr int most = 9999;              // no table has more rows that number themselves
constexpr std::size_t longest = 40;     // bytes of a label: "Pasal 12 ayat (3)"

int number_of(std::string_view text, int otherwise)
{
    int number = otherwise;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

std::string letters(int number, char first)
{
    // Word doubles the letter behind z: aa, bb.
    auto const times = std::min<std::size_t>(4, static_cast<std::size_t>(number - 1) / 26 + 1);
    return std::string(times, static_cast<char>(first + (number - 1) % 26));
}

std::string roman_number(int number, bool upper)
{
    static constexpr std::array<std::pair<int, char const*>, 13> parts { { { 1000, "m" }, { 900, "cm" }, { 500, "d" }, { 400, "cd" }, { 100, "c" }, { 90, "xc" }, { 50, "l" }, { 40, "xl" }, { 10, "x" }, { 9, "ix" }, { 5, "v" }, { 4, "iv" }, { 1, "i" } } };
    std::string out;
    for (auto const& [value, sign] : parts)
        for (; number >= value; number -= value)
            out += sign;
    if (upper)
        std::ranges::transform(out, out.begin(), [](char c) { return static_cast<char>(c - 'a' + 'A'); });
    return out;
}

}

std::string formatted_number(int number, std::string_view format)
{
    number = std::clamp(number, 0, most);
    if (format == "none" || number == 0)
        return format == "none" ? "" : "0";
    if (format == "lowerLetter" || format == "upperLetter")
        return letters(number, format == "lowerLetter" ? 'a' : 'A');
    if (format == "lowerRoman" || format == "upperRoman")
        return roman_number(number, format == "upperRoman");
    auto const digits = std::to_string(number);
    return format == "decimalZero" && number < 10 ? "0" + digits : digits;
}

Numbering::Level Numbering::read_level(pugi::xml_node node)
{
    Level level;
    level.start = number_of(attribute_named(child_named(node, "start"), "val"), 1);
    if (auto const format = attribute_named(child_named(node, "numFmt"), "val"); !format.empty())
        level.format = format;
    level.text = std::string { attribute_named(child_named(node, "lvlText"), "val") }.substr(0, longest);
    level.font = attribute_named(child_named(child_named(node, "rPr"), "rFonts"), "ascii");
    return level;
}

void Numbering::read_numbering(pugi::xml_node root)
{
    for (auto const item : root.children()) {
        auto const name = local_name(item.name());
        if (name == "abstractNum") {
            std::string const id { attribute_named(item, "abstractNumId") };
            for (auto const level : item.children())
                if (local_name(level.name()) == "lvl")
                    m_abstracts[id][number_of(attribute_named(level, "ilvl"), 0)] = read_level(level);
            if (auto const style = attribute_named(child_named(item, "numStyleLink"), "val"); !style.empty())
                m_linked_style[id] = style;
        } else if (name == "num") {
            List list { std::string { attribute_named(child_named(item, "abstractNumId"), "val") } };
            for (auto const change : item.children()) {
                if (local_name(change.name()) != "lvlOverride")
                    continue;
                int const level = number_of(attribute_named(change, "ilvl"), 0);
                if (auto const start = attribute_named(child_named(change, "startOverride"), "val"); !start.empty())
                    list.restarts[level] = number_of(start, 1);
                if (auto const own = child_named(change, "lvl"))
                    list.own[level] = read_level(own);
            }
            m_lists[std::string { attribute_named(item, "numId") }] = std::move(list);
        }
    }
}

void Numbering::read_styles(pugi::xml_node root)
{
    for (auto const item : root.children()) {
        if (local_name(item.name()) != "style")
            continue;
        Style style;
        style.based_on = attribute_named(child_named(item, "basedOn"), "val");
        auto const number = child_named(child_named(item, "pPr"), "numPr");
        style.list = attribute_named(child_named(number, "numId"), "val");
        style.level = number_of(attribute_named(child_named(number, "ilvl"), "val"), 0);
        auto const vanish = child_named(child_named(item, "rPr"), "vanish");
        style.hidden = vanish && attribute_named(vanish, "val") != "0" && attribute_named(vanish, "val") != "false";
        m_styles[std::string { attribute_named(item, "styleId") }] = std::move(style);
    }
}

bool Numbering::hides(std::string_view style) const
{
    auto const found = m_styles.find(style);
    return found != m_styles.end() && found->second.hidden;
}

Numbering::Level const* Numbering::level_of(List const& list, int level) const
{
    if (auto const own = list.own.find(level); own != list.own.end())
        return &own->second;
    auto abstract = list.abstract;
    if (auto const link = m_linked_style.find(abstract); link != m_linked_style.end())
        if (auto const style = m_styles.find(link->second); style != m_styles.end())
            if (auto const other = m_lists.find(style->second.list); other != m_lists.end())
                abstract = other->second.abstract;
    auto const found = m_abstracts.find(abstract);
    if (found == m_abstracts.end())
        return nullptr;
    auto const at = found->second.find(level);
    return at == found->second.end() ? nullptr : &at->second;
}

std::string Numbering::next_label(pugi::xml_node properties)
{
    auto const direct = child_named(properties, "numPr");
    std::string id { attribute_named(child_named(direct, "numId"), "val") };
    int depth = number_of(attribute_named(child_named(direct, "ilvl"), "val"), 0);
    auto style = m_styles.find(attribute_named(child_named(properties, "pStyle"), "val"));
    for (int step = 0; step < 10 && id.empty() && style != m_styles.end(); ++step) {
        id = style->second.list;
        depth = direct ? depth : style->second.level;
        style = m_styles.find(style->second.based_on);
    }
    auto const found = m_lists.find(id);
    if (id.empty() || found == m_lists.end() || depth < 0 || depth >= levels)
        return {};
    auto const& list = found->second;
    auto const* level = level_of(list, depth);
    if (level == nullptr)
        return {};
    auto& counts = m_counts[list.abstract];
    auto const at = [&](int i) -> int& { return counts.at(static_cast<std::size_t>(i)); };
    if (!list.restarts.empty() && m_restarted.insert(id).second)
        for (auto const& [restarted, start] : list.restarts)
            if (restarted >= 0 && restarted < levels)
                at(restarted) = start - 1 > 0 ? start - 1 : -1;   // -1: begins at its first number, whatever came before
    at(depth) = at(depth) == 0 ? level->start : at(depth) == -1 ? 1 : std::min(most, at(depth) + 1);
    for (int below = depth + 1; below < levels; ++below)
        at(below) = 0;
    if (level->format == "bullet") {
        auto const sign = symbols(level->font, level->text);
        return sign == "√" || sign == "✗" ? sign : "-";
    }
    std::string label;
    for (std::size_t i = 0; i < level->text.size(); ++i) {
        bool const place = level->text[i] == '%' && i + 1 < level->text.size() && level->text[i + 1] >= '1' && level->text[i + 1] <= '9';
        if (!place) {
            label += level->text[i];
            continue;
        }
        int const named = level->text[++i] - '1';
        auto const* other = level_of(list, named);
        int const count = at(named) > 0 ? at(named) : other != nullptr ? other->start : 1;
        label += formatted_number(count, other != nullptr ? std::string_view { other->format } : std::string_view { "decimal" });
    }
    return printable(label);
}

}
