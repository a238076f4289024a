// The engine of time/deadline with the real holidays: it stands here because time/ knows no definitions.
#include "time/deadline.hpp"
#include "core/embedded.hpp"
#include "definition/calendar_file.hpp"
#include <gtest/gtest.h>
#include <random>

namespace kpuhub::time {

namespace {

using std::chrono::minutes;

WorkingCalendar const& calendar()
{
    static auto const loaded = definition::load_calendar("holidays.yaml", embedded_file("definitions/calendars/holidays.yaml")).value();
    return loaded;
}

OfficeHours const& hours()
{
    static OfficeHours const usual { { { Date::of(2000, 1, 1), Date::of(2099, 12, 31),
        read_week_hours("0730-1600|0730-1600|0730-1600|0730-1600|0730-1630||").value(), "jam kerja" } } };
    return usual;
}

OfficeTimes office(Zone zone = Zone::Wib) { return { calendar(), hours(), zone }; }

Instant at(char const* day, int hour = 10, int minute = 0, Zone zone = Zone::Wib)
{
    return start_of_day(Date::from_iso(day).value(), zone).plus(minutes { hour * 60 + minute });
}

DeadlineRule working_days(int amount) { return { .measure = Measure::WorkingDays, .amount = amount }; }

std::string due_day(char const* start, int amount)
{
    auto const due = compute(working_days(amount), at(start), {}, office());
    return date_at(due->due->plus(minutes { -1 }), Zone::Wib).iso();
}

}

/// services.md 0.1: trigger date, days, due date.
TEST(Deadline, working_days_over_holidays_leave_and_elections)
{
    struct Vector {
        char const* start;
        int amount;
        char const* due;
    };
    for (auto const& each : std::vector<Vector> { { "2026-03-13", 3, "2026-03-25" }, { "2026-03-13", 5, "2026-03-27" }, { "2026-03-13", 10, "2026-04-06" },
             { "2026-03-13", 14, "2026-04-10" }, { "2026-03-13", 60, "2026-06-24" }, { "2026-03-16", 10, "2026-04-07" }, { "2026-03-16", 30, "2026-05-06" },
             { "2026-03-17", 3, "2026-03-27" }, { "2026-02-02", 10, "2026-02-18" }, { "2026-02-02", 17, "2026-02-27" }, { "2026-11-20", 14, "2026-12-10" },
             { "2026-11-20", 60, "2027-02-19" }, { "2026-12-21", 10, "2027-01-08" }, { "2026-12-21", 17, "2027-01-19" }, { "2026-12-21", 30, "2027-02-08" },
             { "2026-12-23", 3, "2026-12-30" }, { "2026-12-23", 5, "2027-01-04" }, { "2027-03-04", 5, "2027-03-19" }, { "2027-03-04", 14, "2027-04-05" },
             { "2024-02-12", 3, "2024-02-16" }, { "2024-02-12", 5, "2024-02-20" }, { "2024-11-25", 3, "2024-11-29" }, { "2024-11-25", 5, "2024-12-03" },
             { "2025-08-14", 2, "2025-08-19" } })
        EXPECT_EQ(due_day(each.start, each.amount), each.due) << each.start << " + " << each.amount;
}

/// services.md 1.6: wall clock and office clock of a first response, in minutes.
TEST(Deadline, a_first_response_has_two_clocks)
{
    struct Vector {
        Instant in, out;
        int wall, office;
    };
    int office_sum = 0;
    for (auto const& each : { Vector { at("2026-11-20", 9, 10), at("2026-11-20", 9, 52), 42, 42 }, Vector { at("2026-11-20", 16, 10), at("2026-11-23", 8, 5), 3835, 55 },
             Vector { at("2026-11-21", 10), at("2026-11-23", 8), 2760, 30 }, Vector { at("2026-12-23", 15, 50), at("2026-12-28", 7, 50), 6720, 30 } }) {
        EXPECT_EQ((each.out.milliseconds - each.in.milliseconds) / 60'000, each.wall);
        EXPECT_EQ(office_time_between(each.in, each.out, office()) / 60'000, each.office);
        office_sum += each.office;
    }
    EXPECT_EQ(office_sum, 157);                                        // mean 39.25
    EXPECT_EQ(office_time_between(at("2026-11-23"), at("2026-11-20"), office()), 0);
}

TEST(Deadline, three_times_24_hours_go_through_the_holidays)
{
    auto const due = compute({ .measure = Measure::WallMinutes, .amount = 4320, .first = FirstDay::SameDay }, at("2026-12-23", 15), {}, office());
    EXPECT_EQ(due->due, at("2026-12-26", 15));
}

/// services.md 10: the same end of the same day is three instants.
TEST(Deadline, the_end_of_the_day_is_that_of_the_units_zone)
{
    for (auto [zone, hour_utc] : { std::pair { Zone::Wib, 9 }, std::pair { Zone::Wita, 8 }, std::pair { Zone::Wit, 7 } }) {
        auto const due = compute(working_days(1), at("2026-11-18", 10, 0, zone), {}, office(zone));
        EXPECT_EQ(due->due->milliseconds, Instant { start_of_day(Date::of(2026, 11, 19), zone).milliseconds }.plus(minutes { 16 * 60 }).milliseconds);
        EXPECT_EQ((due->due->milliseconds / 3'600'000) % 24, hour_utc);
    }
}

TEST(Deadline, the_explanation_names_each_day_why_and_after_which_decree)
{
    auto const due = compute(working_days(3), at("2026-12-23"), {}, office(), Explain::Yes);
    ASSERT_EQ(due->days.size(), 8u);
    EXPECT_EQ(due->days[0].counted, Counted::Start);
    EXPECT_EQ(due->days[1].counted, Counted::CollectiveLeave);
    EXPECT_FALSE(due->days[1].reason.empty());
    EXPECT_NE(due->days[2].source.find("1497"), std::string::npos);
    EXPECT_EQ(due->days[3].counted, Counted::Weekend);
    EXPECT_EQ(due->days[5].number, 1);
    EXPECT_EQ(due->days[5].source, "jam kerja");
    EXPECT_EQ(due->days.back().number, 3);
    EXPECT_TRUE(due->certain);
    EXPECT_FALSE(compute(working_days(200), at("2027-06-01"), {}, office())->certain);     // the decree of 2028 is not known
}

TEST(Deadline, warnings_of_days_leave_the_rest_of_the_limit_to_the_reader)
{
    EXPECT_EQ(moment_at_share(working_days(5), 75, at("2026-11-20"), {}, office())->value(), at("2026-11-26", 7, 30));    // days 4 and 5 are left
    EXPECT_EQ(moment_at_share(working_days(5), 90, at("2026-11-20"), {}, office())->value(), at("2026-11-27", 7, 30));
    EXPECT_EQ(moment_at_share(working_days(5), 100, at("2026-11-20"), {}, office())->value(), at("2026-11-27", 16, 30));
    DeadlineRule const hour { .measure = Measure::OfficeMinutes, .amount = 60, .first = FirstDay::SameDay };
    EXPECT_EQ(moment_at_share(hour, 50, at("2026-11-20", 16, 10), {}, office())->value(), at("2026-11-23", 7, 40));
    EXPECT_TRUE(is_under_one_day(hour));
    EXPECT_FALSE(is_under_one_day(working_days(1)));
}

TEST(Deadline, what_does_not_exist_is_refused)
{
    for (auto const& rule : { working_days(0), working_days(2601), DeadlineRule { .measure = Measure::DayOfMonth, .amount = 1, .day = 32 },
             DeadlineRule { .measure = Measure::DayOfYear, .day = 1, .month = 13 }, DeadlineRule { .measure = Measure::OfficeMinutes, .amount = 0 } })
        EXPECT_EQ(compute(rule, at("2026-11-20"), {}, office()).error().message_key, "deadline.amount");
    OfficeHours const never { {} };
    EXPECT_EQ(compute(working_days(1), at("2026-11-20"), {}, { calendar(), never, Zone::Wib }).error().message_key, "deadline.too_far");
}

namespace {

struct Random {
    std::mt19937 bits { 4 };
    int upto(int most) { return std::uniform_int_distribution<int> { 0, most }(bits); }
    Instant start() { return at("2022-01-03").plus(minutes { upto(5 * 365 * 1440) }); }
    DeadlineRule rule()
    {
        static Measure const measures[] = { Measure::OfficeMinutes, Measure::WallMinutes, Measure::WorkingDays, Measure::CalendarDays };
        return { .measure = measures[upto(3)], .amount = 1 + upto(30), .first = static_cast<FirstDay>(upto(2)), .receipt = static_cast<LateReceipt>(upto(1)),
            .last = static_cast<LastDay>(upto(1)), .ends = static_cast<Ends>(upto(1)) };
    }
};

}

TEST(Deadline, pausing_never_makes_due_earlier_and_a_longer_pause_never_later_back)
{
    Random random;
    for (int i = 0; i < 500; ++i) {
        auto const rule = random.rule();
        auto const start = random.start();
        Pause pause { start.plus(minutes { random.upto(20000) }), {} };
        auto const none = compute(rule, start, {}, office())->due.value();
        pause.to = pause.from.plus(minutes { 1 + random.upto(5000) });
        auto const one = compute(rule, start, { pause }, office())->due.value();
        pause.to = pause.to->plus(minutes { random.upto(5000) });
        auto const longer = compute(rule, start, { pause }, office())->due.value();
        ASSERT_LE(none, one);
        ASSERT_LE(one, longer);
        if (pause.from >= none) {
            ASSERT_EQ(none, longer) << "a pause after the end changes nothing";
        }
        pause.to.reset();
        ASSERT_EQ(compute(rule, start, { pause }, office())->due.has_value(), pause.from >= none);
    }
}

TEST(Deadline, a_later_start_a_longer_limit_and_a_further_holiday_never_make_due_earlier)
{
    Random random;
    for (int i = 0; i < 500; ++i) {
        auto rule = random.rule();
        auto const start = random.start();
        auto const due = compute(rule, start, {}, office())->due.value();
        ASSERT_LE(due, compute(rule, start.plus(minutes { random.upto(3000) }), {}, office())->due.value());
        auto const more = calendar().with({ { date_at(start.plus(minutes { random.upto(30000) }), Zone::Wib), "libur" } });
        if (rule.measure != Measure::CalendarDays || rule.ends == Ends::DayEnd) {      // a closed office ends its days at 24:00
            ASSERT_LE(due, compute(rule, start, {}, { more, hours(), Zone::Wib })->due.value());
        }
        ++rule.amount;
        ASSERT_LE(due, compute(rule, start, {}, office())->due.value());
    }
}

TEST(Deadline, the_shares_of_a_limit_come_in_order_and_never_after_its_end)
{
    Random random;
    for (int i = 0; i < 300; ++i) {
        auto const rule = random.rule();
        auto const start = random.start();
        auto before = start;
        for (int percent : { 50, 75, 90, 100 }) {
            auto const moment = moment_at_share(rule, percent, start, {}, office())->value();
            ASSERT_GE(moment, before) << percent;
            before = moment;
        }
    }
}

TEST(OfficeHours, of_periods_that_meet_the_last_given_holds)
{
    OfficeHours const dated { { { Date::of(2026, 1, 1), Date::of(2026, 12, 31), read_week_hours("0730-1600||||||").value(), "biasa" },
        { Date::of(2026, 2, 18), Date::of(2026, 3, 19), read_week_hours("0800-1500||||||").value(), "Ramadan" } } };
    EXPECT_EQ(write_day_hours(dated.on(Date::of(2026, 2, 16))), "0730-1600");
    EXPECT_EQ(write_day_hours(dated.on(Date::of(2026, 2, 23))), "0800-1500");
    EXPECT_EQ(dated.source(Date::of(2026, 2, 23)), "Ramadan");
    EXPECT_TRUE(dated.on(Date::of(2027, 2, 22)).empty());
}

TEST(OfficeHours, other_text_is_no_hours)
{
    for (auto const* text : { "730-1600", "0730-1600+1500-1700", "1600-0730", "0730-2500", "0760-1600", "0730-1600,", "0730" })
        EXPECT_FALSE(read_day_hours(text)) << text;
    auto const week = "0730-1200+1300-1600|0730-1600|0730-1600|0730-1600|0730-1630||";
    EXPECT_EQ(write_week_hours(read_week_hours(week).value()), week);
    EXPECT_FALSE(read_week_hours("0730-1600|0730-1600"));
}

}
