#include "record/recap_model.hpp"
#include <gtest/gtest.h>

namespace kpuhub::record {

TEST(Recap, the_sum_of_offices_tells_no_small_number_to_who_knows_the_others)
{
    definition::Register made;
    made.data_class = definition::DataClass::Personal;
    made.states = { { "asked", { "Diminta", "Asked" }, false, {} } };
    Recap recap;
    recap.made = std::make_shared<definition::Register const>(made);
    recap.lines = { { "15", "KPU Provinsi Jambi", false, true, 1, 1, { { "asked", 26 } } }, { "1571", "KPU Kota Jambi", true, false, 1, 1, { { "asked", 4 } } } };
    auto const page = recap_page(recap, text::Language::Indonesian);
    EXPECT_EQ(page.rows.front().in_all, 26) << "he may read these records";
    EXPECT_EQ(page.rows.back().in_all, 0);
    EXPECT_EQ(page.in_all, 26) << "30, which is 26 and 4 rounded down to fives, less 26 would be 4";
    EXPECT_EQ(page.sums.front().count, 26);
    EXPECT_TRUE(page.rounded);
}

}
