#include "view/chart.hpp"
#include <gmock/gmock.h>

namespace kpuhub::view {

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

TEST(Chart, zero_and_nothing_to_measure_are_two_heat_classes)
{
    EXPECT_EQ(heat_class({ 0, 5 }), "h0");
    EXPECT_EQ(heat_class({ 0, 0 }), "hn");
    EXPECT_EQ(heat_class({ 1, 10 }), "h1");
    EXPECT_EQ(heat_class({ 5, 10 }), "h3");
    EXPECT_EQ(heat_class({ 10, 10 }), "h5");
}

}
