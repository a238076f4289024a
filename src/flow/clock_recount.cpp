#include "flow/clock_advance.hpp"
#include "flow/clock_store.hpp"
#include <map>
#include <nlohmann/json.hpp>

namespace kpuhub::flow {

using storage::Query;
using time::Instant;

constexpr std::int64_t read_at_once = 5'000;
constexpr std::size_t write_at_once = 400;         // some 5 ms of the writer on SQLite

// Only what counting needs: a million rows go through here. A limit that ended before the changed day keeps its end.
constexpr Query open_clocks { "flow.open_clocks", R"sql(
    SELECT c.id, c.unit_id, c.rule_id, c.started_at, c.due_at, c.passed, c.next_step, c.next_change_at, c.version, c.round
      FROM clock c
     WHERE c.id > $1 AND c.state <> 'stopped' AND (c.due_at IS NULL OR c.due_at >= $2)
       AND c.unit_id IN (SELECT s.unit_id FROM unit_scope s WHERE s.ancestor_id = $3 AND s.tree_version = (SELECT max(t.version) FROM unit_tree t WHERE t.valid_from <= $4))
     ORDER BY c.id LIMIT $5 )sql" };
constexpr Query pauses_between { "flow.pauses_between", R"sql(
    SELECT p.clock_id, p.from_at, p.to_at, p.reason FROM clock_pause p JOIN clock c ON c.id = p.clock_id AND c.round = p.round
     WHERE p.clock_id >= $1 AND p.clock_id <= $2 ORDER BY p.clock_id, p.number )sql" };
constexpr Query how_many { "flow.count_open_clocks", "SELECT count(*) FROM clock WHERE state <> 'stopped'" };
constexpr Query example_of_rule { "flow.example_of_rule", "SELECT " KPUHUB_CLOCK_COLUMNS " FROM" KPUHUB_CLOCK_TABLES "WHERE c.rule_id = $1 LIMIT 1" };

namespace {

/// One piece of the clocks, with what each said before.
struct Piece {
    std::vector<Clock> clocks;
    std::int64_t last_id = 0;
    std::int64_t read = 0;
};

struct Recount {
    storage::Database& database;
    Clocks& clocks;
    UnitId changed_at;
    time::Date from;
    time::Clock const& clock;
    std::map<ClockRuleId, PublishedRule> rules {};

    Result<Piece> piece_after(std::int64_t id);
    Result<std::int64_t> write(std::vector<Clock> const& changed);
};

/// Whether counting made the clock different. A passing is not taken back here: the scheduler's next pass does it, since it tells the room.
bool count_changes(Clock& clock, UnitTimes const& times, Instant now)
{
    auto const due = clock.due_at, next = clock.next_change_at;
    auto const passed = clock.passed;
    if (!count_clock(clock, times, now))
        return false;
    if (passed && !clock.passed) {
        clock.passed = true;
        clock.next_change_at = now;
        clock.calendar.clear();
        return true;
    }
    return clock.due_at != due || clock.next_change_at != next;
}

Result<Piece> Recount::piece_after(std::int64_t id)
{
    constexpr std::int64_t a_day = 86'400'000;
    return database.read([&](storage::Reader& reader) -> Result<Piece> {
        Piece piece;
        auto const now = clock.now();
        auto const today = time::date_at(now, time::Zone::Wib);
        auto const since = time::start_of_day(from, time::Zone::Wit).milliseconds - a_day;
        std::vector<Clock> all;
        for (auto const& row : reader.query(open_clocks, id, since, changed_at, today, read_at_once)) {
            Clock each;
            each.id = row.id<ClockTag>(0);
            each.unit = row.id<UnitTag>(1);
            auto const rule = row.id<ClockRuleTag>(2);
            if (!rules.contains(rule))
                rules[rule] = read_clock(*reader.first(example_of_rule, rule)).rule;
            each.rule = rules[rule];
            each.started_at = row.instant(3);
            each.due_at = row.optional_instant(4);
            each.passed = row.yes(5);
            each.next_step = row.integer(6);
            each.next_change_at = row.optional_instant(7);
            each.version = row.integer(8);
            each.round = row.integer(9);
            all.push_back(std::move(each));
        }
        piece.read = static_cast<std::int64_t>(all.size());
        if (all.empty())
            return piece;
        piece.last_id = all.back().id.value;
        add_pauses(all, reader.query(pauses_between, all.front().id, all.back().id));
        for (auto& each : all)
            if (count_changes(each, clocks.shelf().of(reader, each.unit, today), now))
                piece.clocks.push_back(std::move(each));
        return piece;
    });
}

Result<std::int64_t> Recount::write(std::vector<Clock> const& changed)
{
    std::int64_t written = 0;
    for (std::size_t at = 0; at < changed.size(); at += write_at_once)
        written += TRY(database.write([&](storage::Transaction& transaction) -> Result<std::int64_t> {
            std::int64_t kept = 0;
            for (auto i = at; i < std::min(changed.size(), at + write_at_once); ++i)
                kept += save_counted(transaction, changed[i]) ? 1 : 0;
            return kept;
        }));
    return written;
}

}

Result<std::int64_t> recount(storage::Database& database, Clocks& clocks, UnitId changed_at, time::Date from, time::Clock const& clock,
    std::function<bool(std::int64_t done)> const& progress)
{
    Recount work { database, clocks, changed_at, from, clock };
    std::int64_t changed = 0, done = 0;
    for (std::int64_t last = 0;;) {
        auto const piece = TRY(work.piece_after(last));
        if (piece.read == 0)
            return changed;
        changed += TRY(work.write(piece.clocks));
        last = piece.last_id;
        done += piece.read;
        if (!progress(done))
            return conflict("job.taken");
    }
}

void register_recount(job::Workshop& workshop, storage::Database& database, Clocks& clocks, time::Clock const& clock)
{
    workshop.add("clock.recount", [&](job::Job const& work) -> Result<void> {
        auto const payload = nlohmann::json::parse(work.payload, nullptr, false);
        if (payload.is_discarded())
            return broken("payload of clock.recount");
        auto const from = time::Date::from_iso(payload.value("from", "")).value_or(time::Date::of(2000, 1, 1));
        auto const all = TRY(database.read([](storage::Reader& reader) -> Result<std::int64_t> { return reader.first(how_many)->integer(0); }));
        TRY(recount(database, clocks, { payload.value("unit", std::int64_t { 0 }) }, from, clock, [&](std::int64_t done) {
            auto const kept = database.write([&](storage::Transaction& transaction) -> Result<bool> { return job::progress(transaction, work, done, all, clock.now()); });
            return kept && *kept;
        }));
        return {};
    });
}

}
