#include "definition/clock_file.hpp"
#include "core/embedded.hpp"
#include <algorithm>
#include <gtest/gtest.h>
#include <map>

namespace kpuhub::definition {

TEST(ClockFile, every_rule_set_is_read_and_sets_of_a_family_follow_each_other_without_gap)
{
    auto const rules = embedded_clock_rules();
    ASSERT_TRUE(rules) << rules.error().argument << (rules.error().fields.empty() ? "" : rules.error().fields[0].field + " " + rules.error().fields[0].message_key);
    EXPECT_GE(rules->size(), 30u);
    std::map<std::string, std::vector<ClockRule>> by_name;
    for (auto const& rule : *rules)
        by_name[rule.family + " " + rule.name].push_back(rule);
    for (auto& [name, sets] : by_name) {
        std::ranges::sort(sets, {}, &ClockRule::from);
        for (std::size_t i = 1; i < sets.size(); ++i)
            EXPECT_EQ(sets[i].from, sets[i - 1].to.plus(std::chrono::days { 1 })) << name;
        EXPECT_EQ(sets.back().to, time::Date::of(9999, 12, 31)) << name;
        // limits of the applicant and of the commission warn nobody in the office
        bool const of_others = name.starts_with("ppid_") && (name.ends_with(" objection") || name.ends_with(" dispute") || name.ends_with(" completion") || name.find(" settlement_") != std::string::npos);
        EXPECT_EQ(sets.back().warnings.empty(), of_others) << name;
    }
}

TEST(ClockFile, lengths_are_read_in_their_units)
{
    EXPECT_EQ(read_length("4 office_hours")->amount, 240);
    EXPECT_EQ(read_length("72 wall_hours")->amount, 4320);
    for (auto const* wrong : { "10", "0 working_days", "-1 working_days", "10 hari", "x working_days", "10  working_days", "99999 working_days" })
        EXPECT_FALSE(read_length(wrong)) << wrong;
}

TEST(ClockFile, what_is_wrong_is_named_with_its_line)
{
    auto const defaults = load_warnings("w", embedded_file("definitions/clocks/warnings.yaml")).value();
    auto const wrong = load_clock_rules("c.yaml", "id: x\nversion: 1\nfamily: f\nvalid_from: 2026-13-01\ntitle: {id: a, en: b}\nsource: s\nrules:\n  r: {title: {id: a, en: b}, within: 10 days, article: a, confidence: sure, warnings: [{at: 101, to: nobody}]}\n", defaults);
    ASSERT_FALSE(wrong);
    std::vector<std::string> places;
    for (auto const& field : wrong.error().fields)
        places.push_back(field.field + " " + field.argument);
    EXPECT_EQ(places.size(), 5u) << ::testing::PrintToString(places);
}

TEST(ClockFile, a_limit_under_a_day_has_its_own_warnings)
{
    auto const rules = embedded_clock_rules().value();
    auto const first = std::ranges::find(rules, "first_response", &ClockRule::name);
    EXPECT_EQ(first->warnings.front(), (WarningStep { 50, "officer" }));
    auto const notice = std::ranges::find(rules, "notice", &ClockRule::name);
    EXPECT_EQ(notice->warnings.front(), (WarningStep { 75, "officer" }));
}

TEST(ClockFile, office_hours_cover_every_day_and_know_ramadan)
{
    auto const file = "definitions/calendars/office_hours.yaml";
    auto const periods = load_office_hours(file, embedded_file(file)).value();
    time::OfficeHours const hours { periods };
    EXPECT_EQ(time::write_day_hours(hours.on(time::Date::of(2026, 11, 20))), "0730-1630");
    EXPECT_EQ(time::write_day_hours(hours.on(time::Date::of(2026, 3, 2))), "0800-1500");
    EXPECT_FALSE(load_office_hours("h", "id: a\nversion: 1\nvalid_from: 2026-01-01\ntitle: {id: a, en: b}\nsource: s\nperiods:\n  - {from: 2026-01-01, to: 2026-12-31, week: \"0730-1600\", source: s}\n"));
}

}
