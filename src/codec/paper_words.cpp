#include "codec/paper_words.hpp"
#include "codec/cell_signs.hpp"
#include "codec/text.hpp"
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <pugixml.hpp>

namespace kpuhub::codec {

namespace {

/// Words as other readers give them: no control characters; signs of symbol fonts (private use) stay.
std::string printable(std::string_view text)
{
    std::string out;
    for (char const c : text)
        if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F)
            out += c;
    return is_utf8(out) ? out : std::string {};
}

double number_of(pugi::xml_node node, char const* name)
{
    double const value = node.attribute(name).as_double(-1);
    return std::isfinite(value) ? std::clamp(value, -1e5, 1e5) : -1;
}

/// Walks the tree without recursion: its depth is the file's choice.
template<typename Visit>
void each(pugi::xml_node root, Visit visit)
{
    for (auto node = root.first_child(); node && node != root;) {
        visit(node);
        if (node.first_child())
            node = node.first_child();
        else {
            while (node != root && !node.next_sibling())
                node = node.parent();
            node = node == root ? root : node.next_sibling();
        }
    }
}

std::vector<std::string_view> fields_of(std::string_view line)
{
    std::vector<std::string_view> fields;
    for (std::size_t i = 0; i < 12; ++i) {
        auto const end = i < 11 ? line.find('\t') : std::string_view::npos;
        fields.push_back(line.substr(0, end));
        if (end == std::string_view::npos)
            break;
        line.remove_prefix(end + 1);
    }
    return fields;
}

double decimal(std::string_view text)
{
    double value = -1;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc {} && end == text.data() + text.size() && std::isfinite(value) ? std::clamp(value, -1.0, 1e5) : -1;
}

}

int confidence_of(std::vector<PaperWord> const& words)
{
    double sum = 0;
    double length = 0;
    for (auto const& word : words) {
        if (word.confidence < 0)
            return -1;
        sum += word.confidence * static_cast<double>(word.text.size());
        length += static_cast<double>(word.text.size());
    }
    return length > 0 ? static_cast<int>(sum / length) : -1;
}

Result<std::vector<PageWords>> words_of_layout(std::string_view xml, Limits const& limits)
{
    pugi::xml_document document;
    if (!document.load_buffer(xml.data(), xml.size(), pugi::parse_default))
        return invalid("codec.unreadable");
    std::vector<PageWords> pages;
    std::size_t words = 0;
    each(document, [&](pugi::xml_node node) {
        std::string_view const name = node.name();
        if (name == "page")
            pages.push_back({ number_of(node, "width"), number_of(node, "height"), {} });
        else if (name == "word" && !pages.empty() && ++words <= limits.cells) {
            PaperWord word { { number_of(node, "xMin"), number_of(node, "yMin"), number_of(node, "xMax"), number_of(node, "yMax") }, printable(node.child_value()), -1, 0 };
            if (!word.text.empty() && word.text.size() < 1000)
                pages.back().words.push_back(std::move(word));
        }
    });
    if (words > limits.cells)
        return invalid_because("codec.too_many_lines", std::to_string(limits.cells));
    return pages;
}

std::vector<PaperWord> words_of_recognition(std::string_view tsv, Limits const& limits)
{
    std::vector<PaperWord> words;
    while (!tsv.empty() && words.size() < limits.cells) {
        auto const end = tsv.find('\n');
        // level page block paragraph line word left top width height confidence text
        auto const fields = fields_of(tsv.substr(0, end));
        tsv.remove_prefix(end == std::string_view::npos ? tsv.size() : end + 1);
        if (fields.size() != 12 || fields[0] != "5")
            continue;
        std::array<double, 5> n {};
        for (std::size_t i = 0; i < 5; ++i)
            n.at(i) = decimal(fields[6 + i]);
        auto text = printable(fields[11]);
        bool const blank = text.find_first_not_of(' ') == std::string::npos;
        if (blank || text.size() > 1000 || std::ranges::any_of(n, [](double value) { return value < 0; }))
            continue;
        words.push_back({ { n[0], n[1], n[0] + n[2], n[1] + n[3] }, std::move(text), static_cast<int>(std::clamp(n[4], 0.0, 100.0)), static_cast<int>(decimal(fields[1])) });
    }
    return words;
}

std::string PaperLine::text() const
{
    std::string text;
    for (auto const& word : words) {
        text += (text.empty() ? "" : " ") + word.text;
        // A recognised "2," or "2:" at the beginning of a line is the number of a list.
        bool const number = text.size() == word.text.size() && word.confidence >= 0 && words.size() > 1 && (text.size() == 2 || text.size() == 3)
            && text.find_first_not_of("0123456789") == text.size() - 1 && (text.back() == ',' || text.back() == ':' || text.back() == ';');
        if (number)
            text.back() = '.';
    }
    return text;
}

std::vector<PaperLine> lines_of(std::vector<PaperWord> words)
{
    std::ranges::stable_sort(words, {}, [](auto& word) { return word.area.middle_y(); });
    std::vector<PaperLine> lines;
    for (auto& word : words) {
        PaperLine* home = nullptr;
        for (auto line = lines.rbegin(); line != lines.rend() && line - lines.rbegin() < 4 && home == nullptr; ++line) {
            double const shared = std::min(line->area.bottom, word.area.bottom) - std::max(line->area.top, word.area.top);
            double const lower = std::min(line->area.height(), word.area.height());
            if (shared > 0.5 * lower && std::abs(line->words.front().area.middle_y() - word.area.middle_y()) < 0.6 * std::max(line->words.front().area.height(), lower))
                home = &*line;
        }
        if (home == nullptr)
            home = &lines.emplace_back();
        home->area.take(word.area);
        home->words.push_back(std::move(word));
    }
    for (auto& line : lines)
        std::ranges::stable_sort(line.words, {}, [](auto& word) { return word.area.left; });
    std::ranges::stable_sort(lines, {}, [](auto& line) { return line.area.middle_y(); });
    return lines;
}

/// "b. Adanya", "2) Jumlah", "10. Nilai": at most two letters or digits, a sign, a space.
static bool begins_item(std::string_view line)
{
    auto const end = line.find(' ');
    if (end == std::string_view::npos || end < 2 || end > 3 || (line[end - 1] != '.' && line[end - 1] != ')'))
        return false;
    auto const mark = line.substr(0, end - 1);
    bool const digits = mark.find_first_not_of("0123456789") == std::string_view::npos;
    return digits || (mark.size() == 1 && mark[0] >= 'a' && mark[0] <= 'z');
}

/// Whether the first word of the next line had had room behind this one.
static bool had_room(PaperLine const& line, PaperLine const& next, double right)
{
    constexpr double space = 0.35;          // of the letters' height
    constexpr double like = 1.4;            // a line of other letters tells nothing
    double const height = std::min(line.area.height(), next.area.height());
    if (next.words.empty() || std::max(line.area.height(), next.area.height()) > like * height)
        return false;
    return line.area.right + space * height + next.words.front().area.width() < right;
}

/// "Evaluasi": a capital and small letters. "KPU" may stand anywhere.
static bool begins_with_capital(std::string_view text)
{
    return text.size() > 2 && text[0] >= 'A' && text[0] <= 'Z' && text[1] >= 'a' && text[1] <= 'z';
}

std::string joined(std::vector<PaperLine> const& lines, Area const* cell)
{
    constexpr double most_padding = 0.5;    // of the letters' height
    double right = 0;
    if (cell != nullptr && !lines.empty()) {
        double const left = std::ranges::min_element(lines, {}, [](auto& line) { return line.area.left; })->area.left;
        right = cell->right - std::clamp(left - cell->left, 0.0, most_padding * lines.front().area.height());
    }
    std::string text;
    PaperLine const* before = nullptr;
    for (auto const& line : lines) {
        auto const next = line.text();
        bool const broken = begins_item(next) || (before != nullptr && had_room(*before, line, right));
        bool const in_word = goes_on_in_word(text, next);
        text += text.empty() || in_word ? "" : " ";
        if (!text.empty() && broken)
            text += std::string { line_separator } + " ";
        else if (cell != nullptr && before != nullptr && !in_word && begins_with_capital(next))
            text += std::string { full_line_separator } + " ";
        text += next;
        before = &line;
    }
    return text;
}

}
