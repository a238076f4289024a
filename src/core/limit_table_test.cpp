#include "core/limit_table.hpp"
#include <gtest/gtest.h>

using namespace kpuhub;

TEST(LimitTable, gives_numbers_by_name_and_tells_of_those_that_nobody_took)
{
    auto table = LimitTable::read("a: {seats: {number: 2, why: x}, queue: {number: 64, why: y}}", "a");
    ASSERT_TRUE(table);
    EXPECT_EQ(table->take("seats"), 2);
    EXPECT_FALSE(table->all_taken());
    EXPECT_EQ(table->take("queue"), 64);
    EXPECT_TRUE(table->all_taken());
    EXPECT_THROW(table->take("queue"), std::logic_error);
}

TEST(LimitTable, refuses_a_number_without_its_reason_and_what_is_no_positive_number)
{
    for (auto const* text : { "a: {seats: {number: 2}}", "a: {seats: {number: 0, why: x}}", "a: {seats: {number: two, why: x}}", "b: {}", "a: [", "a: 3" })
        EXPECT_FALSE(LimitTable::read(text, "a")) << text;
}
