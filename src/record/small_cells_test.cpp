#include "record/small_cells.hpp"
#include <functional>
#include <gtest/gtest.h>
#include <map>

namespace kpuhub::record {

namespace {

using Amounts = std::vector<std::int64_t>;

std::vector<CountCell> cells_of(Amounts const& amounts)
{
    std::vector<CountCell> cells;
    for (auto amount : amounts)
        cells.push_back({ {}, amount });
    return cells;
}

std::string words_of(std::vector<CountCell> const& cells)
{
    std::string text;
    for (auto const& cell : cells)
        text += cell.shown ? std::to_string(cell.amount) + " " : "x ";
    return text;
}

std::string shown(Amounts const& amounts, int below = 5)
{
    auto cells = cells_of(amounts);
    std::string text = suppress_small(cells, below) ? "" : "total hidden:";
    return text + words_of(cells);
}

struct Told {
    std::string published;                  ///< everything that a reader sees
    std::vector<CountCell> cells;
};

void each_table(std::size_t cells, std::int64_t most, std::function<void(Amounts const&)> const& seen, Amounts begun = {})
{
    if (begun.size() == cells)
        return seen(begun);
    for (std::int64_t amount = 0; amount <= most; ++amount) {
        begun.push_back(amount);
        each_table(cells, most - amount, seen, begun);
        begun.pop_back();
    }
}

/// The smallest and largest value of each cell over all tables that would be published alike: the reader has this code too.
void no_small_cell_can_be_found(std::size_t cells, std::int64_t most, int below, std::function<Told(Amounts const&)> const& publish)
{
    std::map<std::string, std::vector<std::pair<std::int64_t, std::int64_t>>> possible;
    each_table(cells, most, [&](Amounts const& amounts) {
        auto& ranges = possible[publish(amounts).published];
        ranges.resize(cells, { most + 1, -1 });
        for (std::size_t at = 0; at < cells; ++at)
            ranges[at] = { std::min(ranges[at].first, amounts[at]), std::max(ranges[at].second, amounts[at]) };
    });
    int found = 0;
    each_table(cells, most, [&](Amounts const& amounts) {
        auto const told = publish(amounts);
        auto const& ranges = possible[told.published];
        for (std::size_t at = 0; at < cells; ++at)
            if (amounts[at] > 0 && amounts[at] < below && (told.cells[at].shown || ranges[at].first == ranges[at].second) && ++found <= 5)
                ADD_FAILURE() << "cell " << at << " is " << amounts[at] << " in " << ::testing::PrintToString(amounts) << ", published as " << told.published;
    });
    EXPECT_EQ(found, 0);
}

Told alone(Amounts const& amounts, int below)
{
    Told told { {}, cells_of(amounts) };
    std::int64_t total = 0;
    for (auto amount : amounts)
        total += amount;
    told.published = suppress_small(told.cells, below) ? std::to_string(total) + ": " : "few: ";
    told.published += words_of(told.cells);
    return told;
}

Told in_groups(Amounts const& amounts, int below, std::vector<std::vector<std::size_t>> const& members)
{
    Told told { {}, cells_of(amounts) };
    std::vector<CountGroup> groups;
    std::int64_t total = 0;
    for (auto amount : amounts)
        total += amount;
    for (auto const& each : members)
        groups.push_back({ {}, each });
    told.published = suppress_small(groups, told.cells, below) ? std::to_string(total) + ": " : "few: ";
    for (auto const& group : groups)
        told.published += group.sum.shown ? std::to_string(group.sum.amount) + " " : "x ";
    told.published += "| " + words_of(told.cells);
    return told;
}

}

TEST(SmallCells, nothing_can_be_found_by_subtraction)
{
    EXPECT_EQ(shown({ 12, 3, 9, 0 }), "12 x x 0 ");
    EXPECT_EQ(shown({ 12, 9, 5 }), "12 9 5 ");
    EXPECT_EQ(shown({ 3, 1, 0 }), "total hidden:x x x ");
    EXPECT_EQ(shown({ 0, 0 }), "0 0 ");
    EXPECT_EQ(shown({ 12, 3, 2, 9 }), "12 x x x ") << "two that make five could be told apart too well";
    EXPECT_EQ(shown({ 10, 1, 1 }), "x x x ") << "12 in all would give 1 and 1";
    EXPECT_EQ(shown({ 6, 1, 0 }), "x x x ") << "nothing more to hide behind but the zero";
    EXPECT_EQ(shown({ 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 }), "x x x x x x x x x x ");
}

TEST(SmallCells, a_sum_beside_its_parts_gives_no_part_away)
{
    EXPECT_EQ(in_groups({ 3, 8, 9 }, 5, { { 0, 1 }, { 2 } }).published, "20: x 9 | x x 9 ") << "11 less the 8 would be the 3";
    EXPECT_EQ(in_groups({ 3, 20, 9, 8 }, 5, { { 0, 3 }, { 1, 2 } }).published, "40: x 29 | x 20 9 x ");
    EXPECT_EQ(in_groups({ 3, 8, 9 }, 5, { { 0, 1 }, { 1, 2 } }).published, "20: x x | x x 9 ") << "groups that overlap";
}

TEST(SmallCells, no_small_table_gives_a_hidden_cell_to_who_has_all_published_numbers)
{
    for (int below : { 3, 5 })
        for (auto const& [cells, most] : std::map<std::size_t, std::int64_t> { { 2, 40 }, { 3, 30 }, { 4, 20 }, { 5, 15 } })
            no_small_cell_can_be_found(cells, most, below, [&](Amounts const& amounts) { return alone(amounts, below); });
}

TEST(SmallCells, no_small_table_of_groups_and_their_parts_does_either)
{
    std::vector<std::vector<std::vector<std::size_t>>> const shapes { { { 0, 1 }, { 2, 3 } }, { { 0, 1, 2 }, { 3 } }, { { 0, 1 } }, { { 0, 1 }, { 1, 2 } }, { { 0 }, { 1 }, { 2, 3 } } };
    for (auto const& members : shapes)
        no_small_cell_can_be_found(4, 20, 5, [&](Amounts const& amounts) { return in_groups(amounts, 5, members); });
}

TEST(SmallCells, both_sides_of_a_part_are_looked_at)
{
    EXPECT_FALSE(parts_may_be_told(3, 10, 5));
    EXPECT_FALSE(parts_may_be_told(7, 10, 5));
    EXPECT_TRUE(parts_may_be_told(5, 10, 5));
    EXPECT_TRUE(parts_may_be_told(10, 10, 5));
    EXPECT_TRUE(parts_may_be_told(0, 10, 5));
}

}
