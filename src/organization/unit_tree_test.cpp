#include "organization/unit_tree.hpp"
#include <gtest/gtest.h>
#include <random>
#include <set>

using namespace kpuhub::organization;

/// Ancestors found by walking up, one unit at a time: the slow judge of the closure.
static std::set<Reach> walked(std::vector<std::int64_t> const& units, std::map<std::int64_t, std::int64_t> const& parent_of)
{
    std::set<Reach> reaches;
    for (auto unit : units) {
        int depth = 0;
        for (auto at = unit; at != 0; ++depth) {
            reaches.insert({ at, unit, depth });
            auto parent = parent_of.find(at);
            at = parent == parent_of.end() ? 0 : parent->second;
        }
    }
    return reaches;
}

TEST(UnitTree, the_closure_of_any_forest_is_what_walking_up_finds)
{
    std::mt19937 random(20260615);
    for (int round = 0; round < 300; ++round) {
        std::vector<std::int64_t> units;
        std::map<std::int64_t, std::int64_t> parent_of;
        auto count = std::uniform_int_distribution<std::int64_t>(1, 40)(random);
        for (std::int64_t unit = 1; unit <= count; ++unit) {
            units.push_back(unit);
            if (unit > 1 && random() % 5 != 0)
                parent_of[unit] = std::uniform_int_distribution<std::int64_t>(1, unit - 1)(random);
        }
        auto reaches = closure(units, parent_of);
        std::set<Reach> found(reaches.begin(), reaches.end());
        EXPECT_EQ(found.size(), reaches.size()) << "each pair stands once";
        EXPECT_EQ(found, walked(units, parent_of));
    }
}

TEST(UnitTree, a_ring_is_cut_and_not_followed_for_ever)
{
    auto reaches = closure({ 1, 2, 3 }, { { 1, 2 }, { 2, 3 }, { 3, 1 } });
    EXPECT_LE(reaches.size(), 12U);
}
