#include "command/clock_guard.hpp"
#include "command/sweep.hpp"
#include "support/office.hpp"
#include "support/test_database.hpp"
#include <set>

using namespace kpuhub;
using namespace kpuhub::testing;
using storage::Query;

namespace {

class Sweep : public ForBothEngines {
protected:
    TestFolder folder;
    std::unique_ptr<storage::BlobStore> blobs = storage::BlobStore::open(folder / "blobs").value();
    time::Instant now = time::MachineClock {}.now();

    void run(std::string const& sql)
    {
        ASSERT_TRUE(database->write([&](storage::Transaction& transaction) -> Result<void> {
            transaction.execute(Query { "test.run", sql });
            return {};
        }));
    }
    std::int64_t count(std::string const& sql)
    {
        return database->read([&](storage::Reader& reader) -> Result<std::int64_t> { return reader.first(Query { "test.count", sql })->integer(0); }).value();
    }
    std::string ago(std::chrono::milliseconds how_long) const { return std::to_string(now.plus(-how_long).milliseconds); }
};

FOR_BOTH_ENGINES(Sweep);

}

TEST_P(Sweep, forgets_attempts_sessions_devices_and_request_keys_that_are_over_and_no_others)
{
    using std::chrono::hours;
    auto office = make_office(*database);
    run("INSERT INTO account (id, person_id, user_name, password_hash, state, created_at) VALUES (900, " + std::to_string(office.siti.value) + ", 'siti', '', 'active', 0)");
    for (int i = 0; i < 700; ++i)       // more than one chunk
        run("INSERT INTO rate (name, window_at, hits) VALUES ('old:" + std::to_string(i) + "', " + ago(hours { 49 }) + ", 1)");
    run("INSERT INTO rate (name, window_at, hits) VALUES ('young', " + ago(hours { 47 }) + ", 1)");
    auto session = [&](std::string const& name, hours seen, hours expires_in) {
        run("INSERT INTO session (token_hash, account_id, csrf_secret, device, created_at, seen_at, expires_at) VALUES ('" + name + "', 900, 'x', '', 0, " + ago(seen) + ", " + ago(-expires_in) + ")");
    };
    session("idle", hours { 1 }, hours { 5 });
    session("expired", hours { 0 }, hours { -1 });
    session("alive", hours { 0 }, hours { 5 });
    run("INSERT INTO known_device (token_hash, account_id, created_at, seen_at) VALUES ('old', 900, 0, " + ago(hours { 91 * 24 }) + "), ('new', 900, 0, " + ago(hours { 89 * 24 }) + ")");
    run("INSERT INTO request_key (account_id, request_key, location, written_at) VALUES (900, 'old', '/', " + ago(hours { 49 }) + "), (900, 'new', '/', " + ago(hours { 47 }) + ")");
    auto swept = command::sweep(*database, *blobs, now);
    ASSERT_TRUE(swept);
    EXPECT_EQ(swept->rows, 700 + 2 + 1 + 1);
    EXPECT_EQ(count("SELECT COUNT(*) FROM rate WHERE name = 'young'"), 1);
    EXPECT_EQ(count("SELECT COUNT(*) FROM session WHERE token_hash = 'alive'"), 1);
    EXPECT_EQ(count("SELECT COUNT(*) FROM known_device WHERE token_hash = 'new'"), 1);
    EXPECT_EQ(count("SELECT COUNT(*) FROM request_key WHERE request_key = 'new'"), 1);
    EXPECT_EQ(command::sweep(*database, *blobs, now)->rows, 0);
}

TEST_P(Sweep, forgets_the_tables_of_imported_records_after_thirty_days)
{
    auto office = make_office(*database);
    auto import = [&](std::string const& name, int days) {
        run("INSERT INTO record_import (register, unit_id, person_id, file_name, body, state, written_at) VALUES ('visitor_book', " + std::to_string(office.kota_jambi.value) + ", "
            + std::to_string(office.siti.value) + ", '" + name + "', '[]', 'waiting', " + ago(std::chrono::hours { 24 * days }) + ")");
    };
    import("old.csv", 31);
    import("new.csv", 29);
    EXPECT_EQ(command::sweep(*database, *blobs, now)->rows, 1);
    EXPECT_EQ(count("SELECT COUNT(*) FROM record_import WHERE file_name = 'new.csv'"), 1);
}

TEST_P(Sweep, collects_files_that_no_row_names_after_a_day_and_keeps_those_of_a_decree)
{
    auto office = make_office(*database);
    auto named = blobs->put("named").value().hash;
    auto loose = blobs->put("loose").value().hash;
    run("INSERT INTO subject (id, kind, unit_id, state, created_at) VALUES (900, 'decree_import', " + std::to_string(office.kota_jambi.value) + ", 'reading', 0)");
    run("INSERT INTO decree_import (subject_id, unit_id, file_name, blob_hash, started_by, started_at, changed_by, changed_at) VALUES (900, "
        + std::to_string(office.kota_jambi.value) + ", 'x', '" + named + "', " + std::to_string(office.siti.value) + ", 0, " + std::to_string(office.siti.value) + ", 0)");
    EXPECT_EQ(command::sweep(*database, *blobs, now.plus(std::chrono::hours { 23 }))->files, 0);
    EXPECT_EQ(command::sweep(*database, *blobs, now.plus(std::chrono::hours { 25 }))->files, 1);
    EXPECT_TRUE(blobs->read(named));
    EXPECT_FALSE(blobs->read(loose));
}

TEST_P(Sweep, collects_nothing_while_it_cannot_be_known_what_rows_name)
{
    auto loose = blobs->put("loose").value().hash;
    run("ALTER TABLE decree_import RENAME TO decree_import_gone");
    EXPECT_EQ(command::sweep(*database, *blobs, now.plus(std::chrono::hours { 25 }))->files, 0);
    EXPECT_TRUE(blobs->read(loose));
}

/// A column that names a stored file and is missing in named_blobs would lose its files after a day.
TEST(NamedBlobs, name_every_column_of_the_schema_that_holds_the_hash_of_a_file)
{
    TestDatabase database;
    std::set<std::string> const of_something_else { "event.payload_hash", "account.password_hash", "session.token_hash", "account_link.token_hash", "known_device.token_hash",
        "indicator_definition.hash", "register_definition.hash", "reminder_choice.calendar_hash" };
    auto columns = database->read([](storage::Reader& reader) -> Result<storage::Rows> {
        return reader.query(Query { "test.columns", "SELECT m.name, c.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND c.name LIKE '%hash%'" });
    }).value();
    ASSERT_GT(columns.size(), 5u);
    for (auto const& row : columns) {
        auto column = row.text(0) + "." + row.text(1);
        auto read = row.text(1) + " FROM " + row.text(0);
        EXPECT_TRUE(of_something_else.contains(column) || command::named_blobs.sql.find(read) != std::string_view::npos)
            << column << " is neither in command::named_blobs nor known to hold something else";
    }
}

namespace {

class WallClock : public ::testing::Test {
protected:
    TestDatabase database;
    command::ClockGuard guard;
    time::Instant event = time::start_of_day(time::Date::of(2026, 6, 15), time::Zone::Wib);
    std::chrono::steady_clock::time_point start {};

    void SetUp() override
    {
        auto office = make_office(*database);
        (void)make_plan(*database, office, 2026, time::Date::of(2026, 6, 15));
        event = database->read([](storage::Reader& reader) -> Result<time::Instant> {
            return reader.first(Query { "test.last", "SELECT at FROM event ORDER BY id DESC LIMIT 1" })->instant(0);
        }).value();
    }
};

}

TEST_F(WallClock, more_than_ten_minutes_before_the_last_event_refuses_writes_until_it_is_right)
{
    using std::chrono::minutes;
    guard.look(*database, event.plus(-minutes { 9 }), start);
    EXPECT_TRUE(guard.may_write());
    guard.look(*database, event.plus(-minutes { 11 }), start + minutes { 1 });
    ASSERT_FALSE(guard.may_write());
    EXPECT_EQ(guard.may_write().error().message_key, "clock.behind");
    EXPECT_EQ(guard.may_write().error().kind, FaultKind::Unavailable);
    EXPECT_FALSE(guard.time_may_pass());
    guard.look(*database, event.plus(minutes { 1 }), start + minutes { 2 });
    EXPECT_TRUE(guard.may_write());
    EXPECT_TRUE(guard.time_may_pass());
}

TEST_F(WallClock, a_jump_of_more_than_a_day_lets_no_deadline_pass_but_people_go_on_working)
{
    using std::chrono::hours;
    guard.look(*database, event, start);
    guard.look(*database, event.plus(hours { 23 }), start + hours { 1 });
    EXPECT_TRUE(guard.time_may_pass());
    guard.look(*database, event.plus(hours { 80 }), start + hours { 2 });
    EXPECT_EQ(guard.state(), command::ClockGuard::State::Jumped);
    EXPECT_TRUE(guard.may_write());
    EXPECT_FALSE(guard.time_may_pass());
    guard.look(*database, event.plus(hours { 81 }), start + hours { 3 });
    EXPECT_FALSE(guard.time_may_pass()) << "only a new start confirms the time";
}

TEST_F(WallClock, a_machine_that_slept_has_not_jumped)
{
    using std::chrono::hours;
    guard.look(*database, event, start);
    guard.look(*database, event.plus(hours { 100 }), start + hours { 100 });
    EXPECT_TRUE(guard.time_may_pass());
}
