#include "portal/plan_digest.hpp"
#include "support/office.hpp"
#include "support/test_database.hpp"
#include "text/messages.hpp"
#include <gtest/gtest.h>

using namespace kpuhub;
using namespace kpuhub::testing;
using time::Date;

class PlanDigestStore : public ForBothEngines {
protected:
    Office office = make_office(*database);
    PlanId plan = make_plan(*database, office, 2026, Date::of(2026, 1, 5));
    flow::CalendarShelf shelf;
    text::Messages messages = text::Messages::embedded();

    void SetUp() override
    {
        ASSERT_TRUE(flow::load_calendar(*database));
        run("UPDATE person SET email = 'p' || id || '@kpu.go.id'");
        run("INSERT INTO account (person_id, user_name, password_hash, state, created_at) SELECT id, 'u' || id, '', 'active', 0 FROM person");
    }
    void run(std::string const& sql)
    {
        ASSERT_TRUE(database->write([&](storage::Transaction& transaction) -> Result<int> { return static_cast<int>(transaction.execute({ "test.run", sql })); }));
    }
    int digests(Date day)
    {
        return portal::write_digests(*database, shelf, messages, "https://hub", time::start_of_day(day, time::Zone::Wib).plus(std::chrono::hours { 9 })).value();
    }
    std::int64_t mails_to(PersonId who)
    {
        return database->read([&](storage::Reader& reader) -> Result<std::int64_t> { return reader.first({ "test.mails", "SELECT count(*) FROM outbox WHERE person_id = $1" }, who)->integer(0); }).value();
    }
};
FOR_BOTH_ENGINES(PlanDigestStore);

TEST_P(PlanDigestStore, each_person_with_late_rows_is_told_once_a_week_and_never_on_a_day_off)
{
    EXPECT_EQ(digests(Date::of(2026, 5, 2)), 0) << "Saturday";
    auto const first = digests(Date::of(2026, 5, 4));
    EXPECT_GT(first, 0);
    EXPECT_EQ(mails_to(office.siti), 1);
    EXPECT_EQ(mails_to(office.budi), 0) << "nothing of his is due";
    EXPECT_EQ(digests(Date::of(2026, 5, 4)), 0);
    EXPECT_EQ(digests(Date::of(2026, 5, 8)), 0);
    EXPECT_EQ(digests(Date::of(2026, 5, 11)), first);
    EXPECT_EQ(mails_to(office.siti), 2);
}

TEST_P(PlanDigestStore, who_has_muted_it_has_no_address_or_no_account_gets_none)
{
    run("INSERT INTO reminder_choice (person_id, muted, muted_until) SELECT id, 1, '2026-05-10' FROM person");
    EXPECT_EQ(digests(Date::of(2026, 5, 4)), 0);
    run("UPDATE person SET email = ''");
    EXPECT_EQ(digests(Date::of(2026, 5, 11)), 0);
    run("UPDATE person SET email = 'x@kpu.go.id'");
    run("UPDATE account SET state = 'blocked'");
    EXPECT_EQ(digests(Date::of(2026, 5, 11)), 0);
    run("UPDATE account SET state = 'active'");
    EXPECT_GT(digests(Date::of(2026, 5, 11)), 0);
}

TEST_P(PlanDigestStore, the_work_is_asked_for_once_a_day_from_eight)
{
    auto const eight = time::start_of_day(Date::of(2026, 5, 4), time::Zone::Wib).plus(std::chrono::hours { 8 });
    EXPECT_FALSE(*portal::ask_for_digests(*database, eight.plus(std::chrono::minutes { -1 })));
    EXPECT_TRUE(*portal::ask_for_digests(*database, eight));
    EXPECT_FALSE(*portal::ask_for_digests(*database, eight.plus(std::chrono::hours { 3 })));
}
