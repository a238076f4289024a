#include "core/small_map.hpp"
#include <gtest/gtest.h>
#include <string>

namespace kpuhub {

using Map = SmallMap<std::string, int>;

TEST(SmallMap, an_entry_is_added_once_and_found_by_its_key)
{
    Map map;
    map["b"] = 2;
    map["a"] = 1;
    map["b"] = 3;
    EXPECT_EQ(map.size(), 2u);
    EXPECT_EQ(map.at("b"), 3);
    EXPECT_TRUE(map.contains("a"));
    EXPECT_EQ(map.find("c"), map.end());
    EXPECT_THROW(static_cast<void>(map.at("c")), std::out_of_range);
}

TEST(SmallMap, taking_away_leaves_the_others_in_their_order)
{
    Map map { { "c", 3 }, { "a", 1 }, { "b", 2 } };
    map.erase("a");
    map.erase("nothing");
    std::string keys;
    for (auto const& [key, number] : map)
        keys += key;
    EXPECT_EQ(keys, "cb");
}

TEST(SmallMap, the_order_in_which_entries_came_makes_no_difference)
{
    EXPECT_EQ((Map { { "a", 1 }, { "b", 2 } }), (Map { { "b", 2 }, { "a", 1 } }));
    EXPECT_NE((Map { { "a", 1 } }), (Map { { "a", 2 } }));
    EXPECT_NE((Map { { "a", 1 } }), (Map { { "a", 1 }, { "b", 2 } }));
}

}
