#include "flow/clock_advance.hpp"
#include "flow/warning.hpp"
#include "organization/unit.hpp"
#include "support/office.hpp"
#include "support/test_database.hpp"
#include "subject/subject.hpp"
#include <algorithm>
#include <atomic>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <thread>

using namespace kpuhub;
using namespace kpuhub::testing;
using flow::Reopening;
using time::Date;
using time::Instant;

namespace {

Instant at(int month, int day, int hour = 10, int minute = 0, int year = 2026)
{
    return time::start_of_day(Date::of(year, static_cast<unsigned>(month), static_cast<unsigned>(day)), time::Zone::Wib).plus(std::chrono::minutes { hour * 60 + minute });
}

journal::Act act_at(PersonId actor, Instant at)
{
    auto act = journal::Act { .actor = actor, .at = at, .today = time::date_at(at, time::Zone::Wib) };
    for (std::size_t i = 0; i < 8; ++i)
        act.seed[i] = static_cast<std::uint8_t>(at.milliseconds >> (8 * i));
    return act;
}

}

class ClockStore : public ForBothEngines {
protected:
    Office office = make_office(*database);
    flow::CalendarShelf shelf;
    flow::Clocks clocks { shelf };
    text::Messages messages = text::Messages::embedded();
    flow::PassedListeners listeners;
    time::FixedClock clock { at(3, 13) };
    SubjectId subject {};

    void SetUp() override
    {
        ASSERT_TRUE(flow::load_calendar(*database));
        ASSERT_TRUE(flow::load_clock_rules(*database));
        ASSERT_TRUE(database->write([&](storage::Transaction& transaction) -> Result<void> {
            subject = subject::create(transaction, "request", office.kota_jambi, std::nullopt, "open", at(1, 1));
            transaction.execute({ "test.mail", "UPDATE person SET email = 'p' || id || '@kpu.go.id'" });
            transaction.execute({ "test.keeper", "INSERT INTO role_grant (role, unit_id, person_id, valid_from, valid_to, written_at) VALUES ('calendar_keeper', $1, $2, '2020-01-01', '2099-12-31', 0)" }, office.national, office.ratna);
            return {};
        }));
    }
    template<typename Action>
    auto write(Action action) { return database->write(action); }
    Result<ClockId> start(Instant when, std::string const& family = "ppid_general", std::string const& rule = "notice", std::string const& name = "notice")
    {
        return write([&](storage::Transaction& transaction) {
            return clocks.start(transaction, act_at(office.siti, when), { subject, name, office.kota_jambi, family, rule, when, office.siti, "plan.read", "/requests/1" });
        });
    }
    flow::Clock only() { return database->read([&](storage::Reader& reader) -> Result<flow::Clock> { return flow::clocks_of(reader, subject).front(); }).value(); }
    int advance(Instant now)
    {
        return write([&](storage::Transaction& transaction) { return flow::advance(transaction, clocks, messages, listeners, "https://hub", now); }).value();
    }
    Result<void> step(Result<void> (flow::Clocks::*of)(storage::Transaction&, journal::Act const&, SubjectId, std::string_view), Instant when)
    {
        return write([&](storage::Transaction& transaction) { return (clocks.*of)(transaction, act_at(office.siti, when), subject, "notice"); });
    }
    Result<void> pause(Instant when)
    {
        return write([&](storage::Transaction& transaction) { return clocks.pause(transaction, act_at(office.siti, when), subject, "notice", "menunggu kelengkapan"); });
    }
    Result<void> reopen(Instant when, Reopening how)
    {
        return write([&](storage::Transaction& transaction) { return clocks.reopen(transaction, act_at(office.siti, when), subject, "notice", how); });
    }
    Result<HolidayId> add_holiday(PersonId who, Date day, UnitId unit)
    {
        return write([&](storage::Transaction& transaction) { return flow::add_holiday(transaction, act_at(who, clock.now()), unit, { day, "Libur tambahan", time::HolidayKind::Holiday, "SKB 9/2026" }); });
    }
    void recount()
    {
        job::Workshop workshop { *database, clock };
        flow::register_recount(workshop, *database, clocks, clock);
        while (workshop.work_once()) {
        }
    }
    std::vector<std::string> mails()
    {
        return database->read([](storage::Reader& reader) -> Result<std::vector<std::string>> {
            std::vector<std::string> keys;
            for (auto const& row : reader.query({ "test.mails", "SELECT message_key FROM outbox ORDER BY id" }))
                keys.push_back(row.text(0));
            return keys;
        }).value();
    }
    std::string key(int percent, PersonId who) { return key(percent, who, *only().due_at); }
    std::string key(int percent, PersonId who, Instant due) { return fmt::format("clock:{}:1:{}:{}:{}", only().id.value, due.milliseconds, percent, who.value); }
};
FOR_BOTH_ENGINES(ClockStore);

TEST_P(ClockStore, a_request_over_idul_fitri_is_due_after_ten_working_days)
{
    ASSERT_TRUE(start(at(3, 13)));
    EXPECT_EQ(only().due_at, at(4, 6, 16));
    EXPECT_EQ(only().state, "running");
    EXPECT_EQ(start(at(3, 13)).error().message_key, "clock.there");
}

TEST_P(ClockStore, a_case_keeps_the_rules_of_the_day_it_arrived)
{
    ASSERT_TRUE(start(at(1, 19), "gratification", "completion"));
    EXPECT_EQ(only().rule.text.set, "clocks_gratification_2019");
    EXPECT_EQ(only().rule.text.rule.amount, 30);
    ASSERT_TRUE(start(at(1, 20), "gratification", "completion", "second"));
    auto const second = database->read([&](storage::Reader& reader) -> Result<flow::Clock> { return flow::clocks_of(reader, subject).back(); }).value();
    EXPECT_EQ(second.rule.text.rule.amount, 20);
    EXPECT_EQ(start(at(1, 1, 10, 0, 1999), "gratification", "completion", "third").error().message_key, "clock.no_rule");
}

TEST_P(ClockStore, pause_resume_stop_and_reopening)
{
    ASSERT_TRUE(start(at(11, 20)));
    EXPECT_EQ(only().due_at, at(12, 4, 16, 30));
    ASSERT_TRUE(pause(at(11, 23, 9)));
    EXPECT_FALSE(only().due_at) << "nobody knows the end while it stands still";
    EXPECT_EQ(advance(at(12, 31)), 0);
    EXPECT_EQ(pause(at(11, 24)).error().message_key, "clock.state");
    ASSERT_TRUE(step(&flow::Clocks::resume, at(11, 25, 9)));
    EXPECT_EQ(only().due_at, at(12, 8, 16)) << "the ends of 23 and 24 November do not count";
    ASSERT_TRUE(step(&flow::Clocks::stop, at(11, 26)));
    EXPECT_EQ(advance(at(12, 31)), 0);
    EXPECT_FALSE(only().passed);
    ASSERT_TRUE(reopen(at(11, 30, 9), Reopening::Continue));
    EXPECT_EQ(only().due_at, at(12, 10, 16)) << "26 and 27 November as well";
    ASSERT_TRUE(step(&flow::Clocks::stop, at(12, 1)));
    ASSERT_TRUE(reopen(at(12, 21, 9), Reopening::Restart));
    EXPECT_EQ(only().due_at, at(1, 8, 16, 30, 2027));
    EXPECT_EQ(only().round, 2);
    EXPECT_TRUE(only().pauses.empty());
}

TEST_P(ClockStore, stopping_after_the_end_stays_late_even_when_the_scheduler_came_later)
{
    ASSERT_TRUE(start(at(3, 13)));
    ASSERT_TRUE(step(&flow::Clocks::stop, at(4, 7)));
    EXPECT_TRUE(only().passed);
}

TEST_P(ClockStore, each_warning_is_written_once_for_each_recipient)
{
    ASSERT_TRUE(start(at(3, 13)));
    EXPECT_EQ(advance(at(3, 30)), 0);
    EXPECT_EQ(advance(at(4, 2, 8)), 1);                     // 7 of 10 days were over on 1 April
    EXPECT_EQ(advance(at(4, 2, 8)), 0);
    EXPECT_EQ(advance(at(4, 6, 8)), 1);
    EXPECT_FALSE(only().passed);
    EXPECT_EQ(advance(at(4, 6, 16)), 1);
    EXPECT_TRUE(only().passed);
    EXPECT_THAT(mails(), ::testing::ElementsAre(key(75, office.siti), key(90, office.siti), key(100, office.maria)));
    EXPECT_FALSE(only().next_change_at);
    database.reopen();
    EXPECT_EQ(advance(at(4, 7)), 0);
    EXPECT_EQ(mails().size(), 3u);
}

TEST_P(ClockStore, after_a_standstill_of_the_server_only_the_last_warning_is_told)
{
    ASSERT_TRUE(start(at(3, 13)));
    EXPECT_EQ(advance(at(4, 20)), 1);
    EXPECT_TRUE(only().passed);
    EXPECT_THAT(mails(), ::testing::ElementsAre(key(100, office.maria)));
}

TEST_P(ClockStore, the_room_of_the_subject_hears_of_the_passing_in_the_same_transaction)
{
    listeners["request"] = [](storage::Transaction& transaction, flow::Clock const& passed) -> Result<void> {
        subject::set_state(transaction, passed.subject, passed.passed ? "late" : "open");
        return {};
    };
    ASSERT_TRUE(start(at(3, 13)));
    advance(at(4, 20));
    auto const state = database->read([&](storage::Reader& reader) -> Result<std::string> { return reader.first({ "test.state", "SELECT state FROM subject WHERE id = $1" }, subject)->text(0); });
    EXPECT_EQ(*state, "late");
}

TEST_P(ClockStore, a_holiday_added_by_kpu_ri_moves_what_is_open_and_takes_a_passing_back)
{
    listeners["request"] = [](storage::Transaction& transaction, flow::Clock const& passed) -> Result<void> {
        subject::set_state(transaction, passed.subject, passed.passed ? "late" : "open");
        return {};
    };
    ASSERT_TRUE(start(at(3, 13)));
    clock.set(at(4, 6, 17));
    EXPECT_EQ(advance(clock.now()), 1);
    EXPECT_TRUE(only().passed);
    ASSERT_TRUE(add_holiday(office.ratna, Date::of(2026, 4, 6), office.national));
    recount();
    advance(clock.now());
    EXPECT_EQ(only().due_at, at(4, 7, 16));
    EXPECT_FALSE(only().passed);
    auto const state = database->read([&](storage::Reader& reader) -> Result<std::string> { return reader.first({ "test.state", "SELECT state FROM subject WHERE id = $1" }, subject)->text(0); });
    EXPECT_EQ(*state, "open");
    advance(at(4, 7, 17));
    EXPECT_TRUE(only().passed);
    EXPECT_THAT(mails(), ::testing::IsSupersetOf({ key(100, office.maria, at(4, 6, 16)), key(100, office.maria, at(4, 7, 16)) })) << "the second passing is told too";
}

TEST_P(ClockStore, a_limit_that_no_day_can_end_waits_and_lets_the_others_pass)
{
    ASSERT_TRUE(start(at(3, 13)));
    ASSERT_TRUE(start(at(3, 13), "ppid_general", "notice", "second"));
    ASSERT_TRUE(write([&](storage::Transaction& transaction) -> Result<void> {
        transaction.execute({ "test.spoil", "UPDATE clock SET next_change_at = 1, calendar = 'old', started_at = 250000000000000 WHERE name = 'notice'" });
        return {};
    }));
    EXPECT_EQ(advance(at(4, 20)), 2);
    EXPECT_FALSE(only().next_change_at) << "set aside";
    EXPECT_EQ(mails().size(), 1U) << "the second is told";
    EXPECT_EQ(advance(at(4, 21)), 0);
}

TEST_P(ClockStore, a_regional_holiday_holds_for_its_region_only_and_a_stopped_clock_keeps_its_end)
{
    ASSERT_TRUE(start(at(3, 13)));
    ASSERT_TRUE(add_holiday(office.ratna, Date::of(2026, 4, 1), office.kerinci));
    recount();
    EXPECT_EQ(only().due_at, at(4, 6, 16));
    ASSERT_TRUE(add_holiday(office.ratna, Date::of(2026, 4, 1), office.province));
    recount();
    EXPECT_EQ(only().due_at, at(4, 7, 16));
    ASSERT_TRUE(step(&flow::Clocks::stop, at(3, 31)));
    ASSERT_TRUE(add_holiday(office.ratna, Date::of(2026, 4, 2), office.national));
    recount();
    EXPECT_EQ(only().due_at, at(4, 7, 16));
}

TEST_P(ClockStore, only_the_keeper_at_kpu_ri_changes_the_calendar)
{
    for (auto who : { office.siti, office.andreas, office.sekretaris, office.budi })
        EXPECT_EQ(add_holiday(who, Date::of(2026, 4, 1), office.national).error().message_key, "calendar.manage.forbidden");
    auto const added = add_holiday(office.ratna, Date::of(2026, 4, 1), office.national);
    ASSERT_TRUE(added);
    EXPECT_EQ(add_holiday(office.ratna, Date::of(2026, 4, 1), office.national).error().message_key, "calendar.day_there");
    auto remove = [&](PersonId who) {
        return write([&](storage::Transaction& transaction) { return flow::remove_holiday(transaction, act_at(who, at(3, 14)), *added); });
    };
    EXPECT_EQ(remove(office.siti).error().kind, FaultKind::Forbidden);
    EXPECT_TRUE(remove(office.ratna));
    EXPECT_EQ(remove(office.ratna).error().kind, FaultKind::NotFound);
    EXPECT_TRUE(add_holiday(office.ratna, Date::of(2026, 4, 1), office.national)) << "a removed day may come back";
    EXPECT_EQ(add_holiday(office.ratna, Date::of(1999, 4, 1), office.national).error().message_key, "calendar.wrong");
}

TEST_P(ClockStore, the_country_is_never_left_without_hours)
{
    auto const rows = database->read([&](storage::Reader& reader) -> Result<std::vector<flow::HoursRow>> { return flow::hours_in_force(reader, Date::of(2026, 3, 13)); }).value();
    auto const remove = [&](OfficeHoursId id) { return write([&](storage::Transaction& transaction) { return flow::remove_hours(transaction, act_at(office.ratna, at(3, 13)), id); }); };
    auto const add = [&](Date from, Date to) {
        return write([&](storage::Transaction& transaction) { return flow::add_hours(transaction, act_at(office.ratna, at(3, 13)), office.national, { from, to, rows.front().period.week, "Perpres baru" }); });
    };
    auto const base = std::ranges::find(rows, Date::of(2099, 12, 31), [](flow::HoursRow const& row) { return row.period.to; });
    ASSERT_NE(base, rows.end());
    auto const refused = remove(base->id);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, FaultKind::Conflict);
    EXPECT_EQ(refused.error().message_key, "calendar.hours_needed");
    EXPECT_EQ(refused.error().argument, "2000-01-01");
    auto const before = add(Date::of(2000, 1, 1), Date::of(2026, 6, 30));
    ASSERT_TRUE(before);
    EXPECT_EQ(remove(base->id).error().argument, "2026-07-01") << "the others leave a gap";
    auto const after = add(Date::of(2026, 7, 1), Date::of(2099, 12, 31));
    ASSERT_TRUE(after);
    EXPECT_TRUE(remove(base->id));
    EXPECT_FALSE(remove(*before));
    EXPECT_FALSE(remove(*after));
    for (auto const& row : rows) {
        if (row.id == base->id)
            continue;
        EXPECT_TRUE(remove(row.id)) << "those of Ramadan: the usual ones hold then";
    }
    ASSERT_TRUE(start(at(3, 13)));
    EXPECT_EQ(only().due_at, at(4, 6, 16));
}

TEST_P(ClockStore, two_who_take_the_last_two_hours_away_leave_one)
{
    auto const row = [&](int number) { return database->read([&](storage::Reader& reader) -> Result<std::int64_t> { return reader.query({ "test.hours", "SELECT id FROM office_hours WHERE valid_to = '2099-12-31' ORDER BY id" }).at(static_cast<std::size_t>(number)).integer(0); }).value(); };
    ASSERT_TRUE(write([&](storage::Transaction& transaction) {
        return flow::add_hours(transaction, act_at(office.ratna, at(3, 13)), office.national, { Date::of(2000, 1, 1), Date::of(2099, 12, 31), time::read_week_hours("0800-1600|0800-1600|0800-1600|0800-1600|0800-1600||").value(), "Perpres baru" });
    }));
    OfficeHoursId const first { row(0) }, second { row(1) };
    std::atomic<int> taken = 0;
    {
        auto const take = [&](OfficeHoursId id) { taken += write([&](storage::Transaction& transaction) { return flow::remove_hours(transaction, act_at(office.ratna, at(3, 13)), id); }) ? 1 : 0; };
        std::jthread one { [&] { take(first); } }, other { [&] { take(second); } };
    }
    EXPECT_EQ(taken, 1);
}

TEST_P(ClockStore, office_hours_of_ramadan_end_the_day_earlier_and_a_units_own_hours_come_first)
{
    ASSERT_TRUE(start(at(2, 26), "ppid_election", "notice"));
    EXPECT_EQ(only().due_at, at(3, 3, 15)) << "three days on, in Ramadan";
    auto const added = write([&](storage::Transaction& transaction) {
        return flow::add_hours(transaction, act_at(office.ratna, at(2, 26)), office.kota_jambi, { Date::of(2026, 3, 1), Date::of(2026, 3, 10), time::read_week_hours("0800-1430|0800-1430|0800-1430|0800-1430|0800-1430||").value(), "Keputusan KPU Kota Jambi 1/2026" });
    });
    ASSERT_TRUE(added);
    recount();
    EXPECT_EQ(only().due_at, at(3, 3, 14, 30));
    EXPECT_EQ(write([&](storage::Transaction& transaction) { return flow::remove_hours(transaction, act_at(office.siti, at(2, 27)), *added); }).error().kind, FaultKind::Forbidden);
    ASSERT_TRUE(write([&](storage::Transaction& transaction) { return flow::remove_hours(transaction, act_at(office.ratna, at(2, 27)), *added); }));
    recount();
    EXPECT_EQ(only().due_at, at(3, 3, 15));
}

TEST_P(ClockStore, loading_twice_changes_nothing)
{
    EXPECT_EQ(flow::load_calendar(*database).value(), 0);
    EXPECT_EQ(flow::load_clock_rules(*database).value(), 0);
}

TEST_P(ClockStore, who_may_not_read_the_case_may_not_read_its_clock)
{
    auto const id = start(at(3, 13)).value();
    auto read = [&](PersonId who) {
        return database->read([&](storage::Reader& reader) { return flow::clock_for(reader, who, Date::of(2026, 3, 14), id); });
    };
    EXPECT_TRUE(read(office.siti));
    EXPECT_TRUE(read(office.ratna));
    EXPECT_EQ(read(office.budi).error().kind, FaultKind::NotFound);
}

TEST_P(ClockStore, the_leader_gets_one_summary_a_working_day)
{
    ASSERT_TRUE(start(at(3, 13)));
    auto summaries = [&](Instant now) {
        return write([&](storage::Transaction& transaction) { return flow::write_summaries(transaction, clocks, messages, "https://hub", now); }).value();
    };
    EXPECT_EQ(summaries(at(3, 16, 9)), 0) << "nothing is near";
    EXPECT_EQ(summaries(at(4, 4, 9)), 0) << "Saturday";
    EXPECT_EQ(summaries(at(4, 6, 7)), 0) << "before the office opens";
    EXPECT_EQ(summaries(at(4, 6, 8)), 1);
    EXPECT_EQ(summaries(at(4, 6, 9)), 0);
    EXPECT_EQ(summaries(at(4, 7, 9)), 1);
}
