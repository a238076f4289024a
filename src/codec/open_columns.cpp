#include "codec/open_columns.hpp"
#include "codec/reading_rules.hpp"
#include <algorithm>
#include <cmath>
#include <utility>

namespace kpuhub::codec {

namespace {

using namespace reading;

bool begins_lower(std::string const& text) { return !text.empty() && text[0] >= 'a' && text[0] <= 'z'; }

/// "Jan Feb Mar Apr", "1 2 3 4", marks: words that stand in narrow columns, closer together than words of other columns do.
bool is_label(PaperWord const& word)
{
    return word.text.size() <= longest_label && !begins_lower(word.text) && word.text.find_first_of(",;:") == std::string::npos;
}

/// For each word whether it stands in a row of such words.
std::vector<bool> labels_in(PaperLine const& line)
{
    std::vector<bool> found(line.words.size(), false);
    for (std::size_t from = 0; from < line.words.size();) {
        std::size_t to = from;
        while (to < line.words.size() && is_label(line.words[to]))
            ++to;
        if (to - from >= fewest_labels)
            std::fill(found.begin() + static_cast<std::ptrdiff_t>(from), found.begin() + static_cast<std::ptrdiff_t>(to), true);
        from = to + 1;
    }
    return found;
}

std::optional<OpenHeader> header_at(std::vector<PaperLine> const& lines, std::size_t first)
{
    OpenHeader header { 0, first, first, 0, {} };
    std::size_t const last = std::min(lines.size(), first + header_lines);
    for (std::size_t i = first; i < last; ++i)
        if (pieces_of(lines[i]).size() > pieces_of(lines[header.labels]).size())
            header.labels = i;
    // A label may stand a little higher or lower than the headings beside it, so headings may stand above the first line of many.
    double const height = lines[first].area.height();
    while (header.first > 0 && lines[header.first].area.top - lines[header.first - 1].area.bottom < 0.7 * height && pieces_of(lines[header.first - 1]).size() >= 3)
        --header.first;
    header.data = header.labels + 1;
    auto const goes_on = [](PaperLine const& line) { return std::ranges::all_of(pieces_of(line), [](auto& piece) { return begins_lower(piece.text()); }); };
    while (header.data < last && goes_on(lines[header.data]))
        ++header.data;
    for (std::size_t i = header.first; i < header.data; ++i)
        header.texts.push_back(lines[i].text());
    if (pieces_of(lines[header.labels]).size() < fewest_columns)
        return {};
    return header;
}

bool meets(OpenColumn const& column, Area const& area) { return area.left < column.right && area.right > column.left; }

/// How many lines print at each point of the width.
struct Coverage {
    std::vector<int> covered = std::vector<int>(static_cast<std::size_t>(widest_page), 0);
    std::vector<OpenColumn> strips {};
};

/// The strips that words cover, parted where nothing is printed.
Coverage coverage_of(std::vector<OpenLines> const& pages, OpenHeader const& header)
{
    Coverage out;
    auto& covered = out.covered;
    std::vector<double> heights;
    int lines = 0;
    for (std::size_t p = header.page; p < pages.size() && takes_part(pages[p], pages[header.page]); ++p)
        for (std::size_t i = p == header.page ? header.data : 0; i < pages[p].lines.size(); ++i) {
            auto const& line = pages[p].lines[i];
            if (header.repeats(line) || pieces_of(line).size() < 2)
                continue;
            ++lines;
            for (auto const& word : line.words) {
                heights.push_back(word.area.height());
                for (double x = std::max(0.0, word.area.left); x < std::min(word.area.right, widest_page - 1); ++x)
                    ++covered[static_cast<std::size_t>(x)];
            }
        }
    if (heights.empty())
        return out;
    std::ranges::nth_element(heights, heights.begin() + static_cast<std::ptrdiff_t>(heights.size() / 2));
    double const gutter = std::max(least_gutter, gutter_of_height * heights[heights.size() / 2]);
    int const few = lines / few_of_lines;
    auto& runs = out.strips;
    for (std::size_t x = 0; x < covered.size(); ++x)
        if (covered[x] > few) {
            auto const at = static_cast<double>(x);
            if (runs.empty() || at - runs.back().right > gutter)
                runs.push_back({ at, at + 1, false });
            runs.back().right = at + 1;
        }
    return out;
}

/// A strip under two headings side by side is two columns, parted where the fewest lines print: texts that fill their cells leave no gap.
void part_under_headings(Coverage& coverage, std::vector<PaperLine> const& headings)
{
    constexpr std::size_t most = 200;       // a header of more is none, and they are looked at two by two
    for (std::size_t i = 0; i < coverage.strips.size() && headings.size() <= most;) {
        auto const strip = coverage.strips[i];
        Area const* left = nullptr;
        Area const* right = nullptr;
        for (auto const& heading : headings)
            for (auto const& other : headings) {
                bool const inside = heading.area.middle_x() > strip.left && other.area.middle_x() < strip.right && heading.area.middle_x() < other.area.middle_x();
                bool const beside = std::abs(heading.area.middle_y() - other.area.middle_y()) < heading.area.height() / 2 && heading.area.right < other.area.left;
                if (left == nullptr && inside && beside) {
                    left = &heading.area;
                    right = &other.area;
                }
            }
        if (left == nullptr) {
            ++i;
            continue;
        }
        auto const from = static_cast<std::size_t>(std::max(0.0, left->middle_x()));
        auto const to = static_cast<std::size_t>(std::max(0.0, right->middle_x()));
        std::size_t best = from;
        for (std::size_t x = from; x < to; ++x)     // of equal places the one nearest to the heading on the right: its texts begin there
            if (coverage.covered[x] <= coverage.covered[best])
                best = x;
        int const full = *std::max_element(coverage.covered.begin() + static_cast<std::ptrdiff_t>(from), coverage.covered.begin() + static_cast<std::ptrdiff_t>(to) + 1);
        if (coverage.covered[best] * least_dip > full) {
            ++i;
            continue;
        }
        coverage.strips[i].right = static_cast<double>(best);
        coverage.strips.insert(coverage.strips.begin() + static_cast<std::ptrdiff_t>(i) + 1, { static_cast<double>(best) + 1, strip.right, false });
    }
}

/// Strips under one heading are one column: the gap between two words may stand below each other in all its lines.
void join_under_heading(std::vector<OpenColumn>& runs, std::vector<PaperLine> const& headings)
{
    for (std::size_t i = 0; i + 1 < runs.size();) {
        bool const one = std::ranges::any_of(headings, [&](auto& heading) { return meets(runs[i], heading.area) && meets(runs[i + 1], heading.area); });
        bool const others = std::ranges::any_of(headings, [&](auto& heading) { return meets(runs[i], heading.area) != meets(runs[i + 1], heading.area); });
        if (one && !others) {
            runs[i].right = runs[i + 1].right;
            runs.erase(runs.begin() + static_cast<std::ptrdiff_t>(i) + 1);
        } else
            ++i;
    }
}

}

bool OpenHeader::repeats(PaperLine const& line) const { return std::ranges::find(texts, line.text()) != texts.end(); }

bool takes_part(OpenLines const& page, OpenLines const& first) { return std::abs(page.width - first.width) < 2 && std::abs(page.height - first.height) < 2; }

std::vector<PaperLine> pieces_of(PaperLine const& line)
{
    auto const labels = labels_in(line);
    std::vector<PaperLine> pieces;
    for (std::size_t i = 0; i < line.words.size(); ++i) {
        auto const& word = line.words[i];
        if (pieces.empty() || labels[i] || word.area.left - pieces.back().area.right > wide_gap * word.area.height())
            pieces.emplace_back();
        pieces.back().area.take(word.area);
        pieces.back().words.push_back(word);
    }
    return pieces;
}

void part_labels(PaperLine& line)
{
    constexpr std::ptrdiff_t fewest = 4;
    if (std::ranges::count_if(line.words, is_label) < fewest)
        return;
    for (std::size_t i = 0; i < line.words.size(); ++i) {
        auto const text = line.words[i].text;
        std::size_t at = shortest_label;
        while (at + shortest_label <= text.size() && !(begins_lower(text.substr(at - 1)) && text[at] >= 'A' && text[at] <= 'Z'))
            ++at;
        if (at > longest_label || at + shortest_label > text.size() || text.size() > 4 * longest_label)
            continue;
        auto rest = line.words[i];
        double const middle = rest.area.left + rest.area.width() * static_cast<double>(at) / static_cast<double>(text.size());
        rest.text = text.substr(at);
        rest.area.left = middle + 0.5;
        line.words[i].text.resize(at);
        line.words[i].area.right = middle - 0.5;
        line.words.insert(line.words.begin() + static_cast<std::ptrdiff_t>(i) + 1, std::move(rest));
    }
}

std::optional<OpenHeader> find_open_header(std::vector<OpenLines> const& pages)
{
    for (std::size_t page = 0; page < pages.size(); ++page)
        for (std::size_t first = 0; first < pages[page].lines.size(); ++first)
            if (pieces_of(pages[page].lines[first]).size() >= fewest_headings)
                if (auto header = header_at(pages[page].lines, first)) {
                    header->page = page;
                    return header;
                }
    return {};
}

std::vector<OpenColumn> find_open_columns(std::vector<OpenLines> const& pages, OpenHeader const& header)
{
    auto coverage = coverage_of(pages, header);
    auto const& lines = pages[header.page].lines;
    std::vector<PaperLine> headings;
    for (std::size_t i = header.first; i < header.data; ++i)
        for (auto& piece : pieces_of(lines[i]))
            headings.push_back(std::move(piece));
    part_under_headings(coverage, headings);
    auto columns = std::move(coverage.strips);
    join_under_heading(columns, headings);
    // A strip without a heading (numbers of lists) belongs to the next; a heading without a strip is an empty column.
    for (std::size_t i = 0; i + 1 < columns.size();) {
        if (std::ranges::none_of(headings, [&](auto& heading) { return meets(columns[i], heading.area); })) {
            columns[i + 1].left = columns[i].left;
            columns.erase(columns.begin() + static_cast<std::ptrdiff_t>(i));
        } else
            ++i;
    }
    auto const add = [&](std::size_t line) {
        for (auto const& piece : pieces_of(lines[line]))
            if (std::ranges::none_of(columns, [&](auto& column) { return meets(column, piece.area); }))
                columns.push_back({ piece.area.left, piece.area.right, false });
    };
    add(header.labels);
    for (std::size_t i = header.first; i < header.data; ++i)
        add(i);
    std::ranges::sort(columns, {}, &OpenColumn::left);
    if (header.labels > header.first)
        for (auto const& piece : pieces_of(lines[header.labels]))
            for (auto& column : columns)
                column.label = column.label || (meets(column, piece.area) && column.right - column.left < widest_label * piece.area.height());
    // Only a row of them is months: a heading beside ("NO") may stand on their line.
    for (std::size_t i = 0; i < columns.size(); ++i)
        columns[i].label = columns[i].label && ((i > 0 && columns[i - 1].label) || (i + 1 < columns.size() && columns[i + 1].label));
    return columns;
}

}
