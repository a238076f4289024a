#include "record/link_map.hpp"
#include <gmock/gmock.h>

namespace kpuhub::record {

using ::testing::HasSubstr;
using ::testing::Not;

namespace {

MapNode node(std::int64_t id, std::string name) { return { id, std::move(name), "Berlaku", { "/records/" + std::to_string(id) } }; }

}

TEST(LinkMap, what_acts_on_another_stands_below_it)
{
    LinkMap map { { node(1, "PKPU 1/2015"), node(2, "PKPU 22/2023"), node(3, "PKPU 11/2024") }, { { 1, 0, "mencabut" }, { 2, 1, "mengubah" } } };
    lay_out(map);
    EXPECT_EQ(map.nodes[0].layer, 0);
    EXPECT_EQ(map.nodes[1].layer, 1);
    EXPECT_EQ(map.nodes[2].layer, 2);
    EXPECT_EQ(widest_row(map), 1);
}

TEST(LinkMap, a_ring_and_a_sideways_link_end_the_counting)
{
    LinkMap map { { node(1, "a"), node(2, "b"), node(3, "c") }, { { 0, 1, "x" }, { 1, 0, "x" }, { 2, 0, "terkait", true } } };
    lay_out(map);
    EXPECT_EQ(map.nodes[2].layer, 0);
    EXPECT_NE(map.nodes[0].layer, map.nodes[1].layer);
    EXPECT_THAT(picture_of(map, "Peta", "").markup, HasSubstr("k-link side"));
}

TEST(LinkMap, nodes_stand_under_what_they_are_linked_to)
{
    LinkMap map { { node(1, "a"), node(2, "b"), node(3, "under b"), node(4, "under a") }, { { 2, 1, "x" }, { 3, 0, "x" } } };
    lay_out(map);
    EXPECT_EQ(map.nodes[3].place, map.nodes[0].place);
    EXPECT_EQ(map.nodes[2].place, map.nodes[1].place);
}

TEST(LinkMap, names_reach_the_picture_escaped_and_as_links)
{
    LinkMap map { { node(7, "<b>\"Tata\" & kelola</b>") }, {} };
    lay_out(map);
    auto picture = picture_of(map, "Peta \"x\"", "satu").markup;
    EXPECT_THAT(picture, HasSubstr("href=\"/records/7\""));
    EXPECT_THAT(picture, HasSubstr("&lt;b&gt;&quot;Tata"));
    EXPECT_THAT(picture, Not(HasSubstr("kelola</b></b>")));
    EXPECT_THAT(picture, Not(HasSubstr("\"x\"")));
    EXPECT_EQ(picture_of({}, "", "").markup, "");
}

}
