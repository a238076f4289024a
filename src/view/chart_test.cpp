#include "view/chart.hpp"
#include "view/trend_chart.hpp"
#include <gmock/gmock.h>
#include <regex>

namespace kpuhub::view {

using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

TEST(Chart, segments_fill_the_bar_exactly_and_carry_classes_only)
{
    auto const bar = segment_bar({ .title = "Area <1>", .description = "1 dari 3", .verified = 1, .late = 1, .scheduled = 1 }).markup;
    EXPECT_THAT(bar, HasSubstr("<title>Area &lt;1&gt;</title><desc>1 dari 3</desc>"));
    EXPECT_THAT(bar, HasSubstr(R"(class="f-V" x="0" y="0" width="333")"));
    EXPECT_THAT(bar, HasSubstr(R"(class="f-L" x="333" y="0" width="333")"));
    EXPECT_THAT(bar, HasSubstr(R"(class="f-T" x="666" y="0" width="334")"));
    EXPECT_THAT(bar, Not(HasSubstr("fill=")));
    EXPECT_THAT(segment_bar({}).markup, Not(HasSubstr("<rect")));
}

TEST(Chart, two_lines_end_in_their_labels_and_a_table_stands_beside_them)
{
    auto const figure = plan_and_verified({ .title = "Tahun 2022", .description = "Sampai Februari 3 dari 5.", .plan_label = "rencana",
        .verified_label = "terverifikasi", .as_table = "Lihat sebagai tabel", .period = "Bulan", .periods = { "Jan", "Feb", "Mar" },
        .plan = { 2, 5, 9 }, .verified = { 1, 3 } }).markup;
    EXPECT_THAT(figure, HasSubstr(">9 rencana</text>"));
    EXPECT_THAT(figure, HasSubstr(">3 terverifikasi</text>"));
    EXPECT_THAT(figure, HasSubstr("<tr><td>Mar</td><td class=\"r\">9</td><td class=\"r\">\u2013</td></tr>"));
    EXPECT_THAT(figure, Not(HasSubstr("style=")));
    EXPECT_EQ(plan_and_verified({}).markup, "");
}

TEST(Chart, the_target_of_a_trend_is_told_above_all_points_whatever_their_values)
{
    constexpr int letters = 25;                 // of a phone, in the units of the picture
    for (std::int64_t value : { 0, 50, 99, 100, 120 }) {
        auto const svg = trend_chart({ .title = "t", .description = "d", .periods = { "2025", "2026" }, .values = { value, value }, .value_words = { "a", "b" }, .target = 100,
            .target_label = "Target paling sedikit 100 %", .least_top = 100 }).markup;
        std::smatch found;
        ASSERT_TRUE(std::regex_search(svg, found, std::regex { R"re(class="t1" x="\d+" y="(\d+)">Target)re" }));
        auto const label = std::stoi(found[1]);
        EXPECT_GE(label, letters * 3 / 4);
        ASSERT_TRUE(std::regex_search(svg, found, std::regex { R"re(class="t2[^"]*" x="\d+" y="(\d+)" dy="-.7em")re" }));
        EXPECT_GE(std::stoi(found[1]) - letters * 17 / 10, label) << value << ": the words of the point stand below those of the target";
    }
    auto const three = trend_chart({ .periods = { "2024", "2025", "2026" }, .values = { 1, 2, 3 }, .value_words = { "97,26 %", "b", "c" } }).markup;
    EXPECT_THAT(three, ContainsRegex("text-anchor=\"start\">97,26 %</text>.*text-anchor=\"middle\">b</text>.*text-anchor=\"end\">c</text>")) << "nothing is cut off at the edges";
    auto const none = trend_chart({ .periods = { "2026" }, .values = { 1 }, .value_words = { "1" }, .target_label = "Target" }).markup;
    EXPECT_THAT(none, Not(HasSubstr("Target")));
}

TEST(Chart, zero_and_nothing_to_measure_are_two_heat_classes)
{
    EXPECT_EQ(heat_class({ 0, 5 }), "h0");
    EXPECT_EQ(heat_class({ 0, 0 }), "hn");
    EXPECT_EQ(heat_class({ 1, 10 }), "h1");
    EXPECT_EQ(heat_class({ 5, 10 }), "h3");
    EXPECT_EQ(heat_class({ 10, 10 }), "h5");
}

}
