#include "indicator/value.hpp"
#include "indicator/period.hpp"
#include <gtest/gtest.h>

namespace kpuhub::indicator {

using definition::Indicator;
using definition::MissingRule;
using definition::PartKind;
using definition::TreeRule;
using definition::ValueKind;

namespace {

Indicator share(TreeRule tree, MissingRule missing = MissingRule::Incomplete)
{
    Indicator made;
    made.value = ValueKind::Share;
    made.denominator.emplace();
    made.tree = tree;
    made.missing = missing;
    made.target = definition::Target { 50, 0 };
    return made;
}

UnitSums unit(std::int64_t numerator, std::int64_t denominator, std::int64_t weight = 1) { return { {}, {}, true, numerator, denominator, weight, {} }; }
UnitSums silent() { return {}; }

/// 1/2, 1/3, nothing to measure, and one that does not report.
std::vector<UnitSums> const offices { unit(1, 2, 3), unit(1, 3, 1), unit(0, 0, 9), silent() };

std::string text(Value const& value) { return value.exact ? value.exact->text() : std::string { to_text(value.standing) }; }

}

TEST(IndicatorValue, each_tree_rule_is_exact)
{
    EXPECT_EQ(text(roll_up(share(TreeRule::SumThenDivide), offices)), "2/5");
    EXPECT_EQ(text(roll_up(share(TreeRule::AverageOfUnits), offices)), "5/12");
    EXPECT_EQ(text(roll_up(share(TreeRule::Weighted), offices)), "11/24") << "(3 x 1/2 + 1 x 1/3) / 4";
    EXPECT_EQ(text(roll_up(share(TreeRule::Minimum), offices)), "1/3");
    auto const reached = roll_up(share(TreeRule::ShareAtTarget), offices);
    EXPECT_EQ(text(reached), "1/2") << "one of two offices reaches 50 percent";
    EXPECT_EQ(reached.numerator, 1);
    EXPECT_EQ(reached.denominator, 2);
    EXPECT_EQ(text(roll_up(share(TreeRule::OwnOnly), { offices.data(), 1 })), "1/2");
}

TEST(IndicatorValue, zero_not_reported_and_not_applicable_are_three_things)
{
    std::vector<UnitSums> const zero { unit(0, 5) }, nothing { unit(0, 0) }, quiet { silent() };
    EXPECT_EQ(text(roll_up(share(TreeRule::SumThenDivide), zero)), "0/1");
    EXPECT_EQ(text(roll_up(share(TreeRule::SumThenDivide), nothing)), "not_applicable");
    EXPECT_EQ(text(roll_up(share(TreeRule::SumThenDivide), quiet)), "not_reported");
    EXPECT_EQ(text(roll_up(share(TreeRule::AverageOfUnits), nothing)), "not_applicable");
}

TEST(IndicatorValue, the_missing_rule_says_what_a_silent_office_means)
{
    std::vector<UnitSums> with_stock { unit(6, 10), silent() };
    with_stock[1].denominator = 10;                        // people are there whether the office reports or not
    EXPECT_EQ(text(roll_up(share(TreeRule::SumThenDivide, MissingRule::Incomplete), with_stock)), "3/5");
    EXPECT_EQ(text(roll_up(share(TreeRule::SumThenDivide, MissingRule::Skip), with_stock)), "3/5");
    EXPECT_EQ(text(roll_up(share(TreeRule::SumThenDivide, MissingRule::Zero), with_stock)), "3/10");
    EXPECT_EQ(text(roll_up(share(TreeRule::AverageOfUnits, MissingRule::Zero), with_stock)), "3/10");
    EXPECT_EQ(text(roll_up(share(TreeRule::Minimum, MissingRule::Zero), with_stock)), "0/1");
    auto const value = roll_up(share(TreeRule::SumThenDivide), with_stock);
    EXPECT_EQ(value.reported, 1);
    EXPECT_EQ(value.expected, 2);
}

TEST(IndicatorValue, an_office_that_says_nothing_has_not_reached_a_target_even_when_lower_is_better)
{
    auto made = share(TreeRule::ShareAtTarget, MissingRule::Zero);
    made.higher_is_better = false;
    std::vector<UnitSums> const three { unit(1, 3), unit(0, 4), unit(2, 3), silent(), silent() };
    auto const value = roll_up(made, three);
    EXPECT_EQ(text(value), "2/5") << "those that report 1/3 and 0, of all five";
    EXPECT_EQ(value.numerator, 2);
    EXPECT_EQ(value.denominator, 5);
    made.missing = MissingRule::Incomplete;
    EXPECT_EQ(text(roll_up(made, three)), "2/3");
    made.missing = MissingRule::Zero;
    made.higher_is_better = true;
    EXPECT_EQ(text(roll_up(made, three)), "1/5");
    made.target = definition::Target { 0, 0 };
    EXPECT_EQ(text(roll_up(made, three)), "3/5") << "a target of 0 is reached by those that report";

    auto number = share(TreeRule::SumThenDivide, MissingRule::Zero);
    number.value = ValueKind::Number;
    number.higher_is_better = false;
    std::vector<UnitSums> const quiet { silent() }, zero { unit(0, 0) };
    EXPECT_EQ(reaches_target(number, roll_up(number, quiet)), false) << "no report is no good news";
    EXPECT_EQ(reaches_target(number, roll_up(number, zero)), true);
}

TEST(IndicatorValue, a_median_is_the_bucket_by_which_half_have_come)
{
    Indicator made;
    made.value = ValueKind::Median;
    made.numerator.kind = PartKind::Histogram;
    made.numerator.edges = { 3, 7, 10 };
    made.higher_is_better = false;
    made.target = definition::Target { 7, 0 };
    std::vector<UnitSums> sums { { {}, {}, true, 0, 0, 0, { 1, 0, 0, 0 } }, { {}, {}, true, 0, 0, 0, { 1, 2, 0, 4 } } };
    auto median = roll_up(made, sums);
    EXPECT_EQ(median.bucket, 1) << "4 of 8";
    EXPECT_EQ(text(median), "7/1");
    EXPECT_EQ(reaches_target(made, median), true);
    sums[1].buckets[3] = 5;
    median = roll_up(made, sums);
    EXPECT_EQ(median.bucket, 3);
    EXPECT_EQ(reaches_target(made, median), false) << "above the last edge nothing is in time";
    made.value = ValueKind::Within;
    made.within = 7;
    EXPECT_EQ(text(roll_up(made, sums)), "4/9");
    EXPECT_EQ(text(roll_up(made, { sums.data(), 1 })), "1/1");
}

TEST(IndicatorValue, decimals_of_a_field_are_taken_back)
{
    auto made = share(TreeRule::SumThenDivide);
    made.value = ValueKind::Mean;
    made.decimals = 2;
    std::vector<UnitSums> const ratings { unit(875, 2) };       // 4.50 + 4.25
    EXPECT_EQ(text(roll_up(made, ratings)), "35/8");
    EXPECT_EQ(Exact::from_text("35/8").rounded(2), (Ratio { 438, 100 }));
}

TEST(IndicatorValue, the_average_of_many_offices_stays_exact)
{
    std::vector<UnitSums> many;
    for (std::int64_t at = 1; at <= 553; ++at)
        many.push_back(unit(1, at * 1009 + 1));
    auto const value = roll_up(share(TreeRule::AverageOfUnits), many);
    ASSERT_TRUE(value.measured());
    EXPECT_EQ(Exact::from_text(value.exact->text()), *value.exact);
    EXPECT_GT(value.exact->denominator.size(), 100U);
}

TEST(IndicatorExact, rounds_half_up_and_reads_only_fractions)
{
    EXPECT_EQ(Exact::of(2, 3).rounded(4), (Ratio { 6667, 10000 }));
    EXPECT_EQ(Exact::of(1, 2).rounded(0), (Ratio { 1, 1 }));
    EXPECT_EQ(Exact::of(-3, 2).rounded(0), (Ratio { -1, 1 }));
    EXPECT_EQ(Exact::from_text("010/04").text(), "5/2");
    for (auto const* wrong : { "", "1/0", "x", "1/2/3", "1/-0", "0x10" })
        EXPECT_EQ(Exact::from_text(wrong).text(), "0/1") << wrong;
}

TEST(IndicatorPeriod, periods_know_their_days_and_neighbours)
{
    auto const day = time::Date::of(2026, 8, 17);
    EXPECT_EQ(period_of(day, PeriodKind::Month), "2026-08");
    EXPECT_EQ(period_of(day, PeriodKind::Quarter), "2026-Q3");
    EXPECT_EQ(period_of(day, PeriodKind::Semester), "2026-S2");
    EXPECT_EQ(period_of(day, PeriodKind::Year), "2026");
    EXPECT_EQ(last_day("2024-02").iso(), "2024-02-29");
    EXPECT_EQ(last_day("2026-Q4").iso(), "2026-12-31");
    EXPECT_EQ(first_day("2026-S2").iso(), "2026-07-01");
    EXPECT_EQ(period_before("2026-Q1", 1), "2025-Q4");
    EXPECT_EQ(period_before("2026-S2", -1), "2027-S1");
    EXPECT_EQ(periods_until("2026-02", 3), (std::vector<std::string> { "2025-12", "2026-01", "2026-02" }));
    for (auto const* wrong : { "", "26", "2026-13", "2026-Q5", "2026-S0", "2026-1", "2026-0x", "20x6" })
        EXPECT_FALSE(kind_of_period(wrong)) << wrong;
}

}
