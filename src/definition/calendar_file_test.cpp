#include "definition/calendar_file.hpp"
#include "core/embedded.hpp"
#include <gtest/gtest.h>
#include <map>

namespace kpuhub::definition {

namespace {

using time::Date;

time::WorkingCalendar const& calendar()
{
    static auto const loaded = load_calendar("holidays.yaml", embedded_file("definitions/calendars/holidays.yaml")).value();
    return loaded;
}

Date on(std::string_view iso) { return Date::from_iso(iso).value(); }

/// One wrong year, to see what the reader says about it.
Result<time::WorkingCalendar> with_days(std::string const& total, std::string const& days)
{
    return load_calendar("test.yaml",
        "id: holidays\nversion: 1\nvalid_from: 2022-01-01\ntitle: {id: Libur, en: Holidays}\nsource: SKB\nyears:\n  2026:\n"
        "    source: SKB\n    working_days: " + total + "\n    days:\n" + days);
}

std::string first_fault(Result<time::WorkingCalendar> const& result)
{
    if (result)
        return "loaded";
    auto const& field = result.error().fields.at(0);
    return field.field + " " + field.message_key;
}

}

TEST(HolidayFile, deadlines_of_the_rule_vectors)
{
    struct Vector {
        std::string_view start;
        int working_days;
        std::string_view due;
    };
    constexpr Vector vectors[] = {
        { "2026-03-13", 3, "2026-03-25" }, { "2026-03-13", 5, "2026-03-27" }, { "2026-03-13", 10, "2026-04-06" },
        { "2026-03-13", 14, "2026-04-10" }, { "2026-03-13", 60, "2026-06-24" }, { "2026-03-16", 10, "2026-04-07" },
        { "2026-03-16", 30, "2026-05-06" }, { "2026-03-17", 3, "2026-03-27" }, { "2026-02-02", 10, "2026-02-18" },
        { "2026-02-02", 17, "2026-02-27" }, { "2026-11-20", 14, "2026-12-10" }, { "2026-11-20", 60, "2027-02-19" },
        { "2026-12-21", 10, "2027-01-08" }, { "2026-12-21", 17, "2027-01-19" }, { "2026-12-21", 30, "2027-02-08" },
        { "2026-12-23", 3, "2026-12-30" }, { "2026-12-23", 5, "2027-01-04" }, { "2027-03-04", 5, "2027-03-19" },
        { "2027-03-04", 14, "2027-04-05" }, { "2024-02-12", 3, "2024-02-16" }, { "2024-02-12", 5, "2024-02-20" },
        { "2024-11-25", 3, "2024-11-29" }, { "2024-11-25", 5, "2024-12-03" }, { "2025-08-14", 2, "2025-08-19" },
    };
    for (auto const& vector : vectors) {
        auto deadline = calendar().add_working_days(on(vector.start), vector.working_days).value();
        EXPECT_EQ(deadline.due.iso(), vector.due) << vector.start << " + " << vector.working_days;
        EXPECT_TRUE(deadline.certain);
        EXPECT_EQ(deadline.days.back().number, vector.working_days);
        EXPECT_EQ(calendar().working_days_between(on(vector.start), deadline.due), vector.working_days);
    }
}

TEST(HolidayFile, working_days_of_each_month_and_year)
{
    std::map<int, std::vector<int>> const months {
        { 2026, { 20, 18, 17, 21, 16, 20, 23, 19, 22, 22, 21, 21 } },
        { 2027, { 19, 19, 15, 22, 16, 21, 22, 21, 22, 21, 22, 22 } },
    };
    for (auto const& [year, counts] : months) {
        auto before = Date::of(year - 1, 12, 31);
        for (unsigned month = 1; month <= 12; ++month) {
            auto last = time::end_of_month(year, month);
            EXPECT_EQ(calendar().working_days_between(before, last), counts[month - 1]) << year << "-" << month;
            before = last;
        }
    }
    std::map<int, int> const years { { 2022, 246 }, { 2023, 239 }, { 2024, 238 }, { 2025, 237 }, { 2026, 240 }, { 2027, 242 } };
    for (auto [year, days] : years)
        EXPECT_EQ(calendar().working_days_between(Date::of(year - 1, 12, 31), Date::of(year, 12, 31)), days) << year;
}

TEST(HolidayFile, a_deadline_into_2028_is_not_certain)
{
    EXPECT_FALSE(calendar().add_working_days(on("2027-12-29"), 5).value().certain);
    EXPECT_FALSE(calendar().knows(2028));
}

TEST(HolidayFile, each_day_names_its_decree)
{
    EXPECT_EQ(calendar().holidays().size(), 20u + 27 + 29 + 28 + 25 + 26);
    for (auto const& holiday : calendar().holidays())
        EXPECT_NE(holiday.source.find("SKB"), std::string::npos) << holiday.date.iso();
}

TEST(HolidayFile, wrong_places_are_named_with_file_and_line)
{
    EXPECT_EQ(first_fault(with_days("261", "      - {date: 2026-02-30, name: Imlek, kind: holiday}\n")),
        "test.yaml:11 definition.date_wrong");
    EXPECT_EQ(first_fault(with_days("261", "      - {date: 2025-12-25, name: Natal, kind: holiday}\n")),
        "test.yaml:11 definition.date_wrong");
    EXPECT_EQ(first_fault(with_days("261", "      - {date: 2026-12-25, name: Natal, kind: half_day}\n")),
        "test.yaml:11 definition.choice_unknown");
    EXPECT_EQ(first_fault(with_days("261", "      - {date: 2026-12-25, kind: holiday}\n")),
        "test.yaml:11 definition.text_missing");
    EXPECT_EQ(first_fault(with_days("261", "      - {date: 2026-12-25, name: Natal, kind: holiday}\n"
                                           "      - {date: 2026-12-25, name: Natal, kind: holiday}\n")),
        "test.yaml:12 definition.key_twice");
    EXPECT_EQ(first_fault(with_days("261", "      - {date: 2026-12-25, name: Natal, kind: holiday}\n")),
        "test.yaml:9 definition.working_days_differ");
    EXPECT_EQ(first_fault(with_days("260", "      - {date: 2026-12-25, name: Natal, kind: holiday}\n")), "loaded");
}

}
