// Durable writes beside the replay of their statements through the C API, in commits of the same size with the same durability.
//   writes_bench ADDRESS           makes who writes, before the database is copied
//   writes_bench ADDRESS COPY      two databases with the same content: "sqlite:a/kpuhub.db" and "sqlite:b/kpuhub.db", or two of
//                                  PostgreSQL; the program writes to the first, the replay to the second
// Two kinds of write: the note of random deliverables, and the form of a register with four limits (a report of gratification). Each
// round: the program writes from many threads (SQLite; one on PostgreSQL, so that numbers given by sequences are the same), then the
// replay runs what it ran. Printed of each kind: medians, ratios, spread.
#include "bench_person.hpp"
#include "command/record_keeping.hpp"
#include "plan/plan_deliver.hpp"
#include "replay.hpp"
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <functional>
#include <random>
#include <sodium.h>
#include <thread>

namespace kpuhub::bench {

constexpr int rounds = 9;
constexpr int writes_per_round = 640;
constexpr int waiters = 32;

struct Spent {
    double cpu_ms = 0;
    double wall_ms = 0;
};

template<typename Work>
static Spent spent_on(Work const& work)
{
    auto const cpu = [] {
        timespec now {};
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
        return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
    };
    auto const began = std::chrono::steady_clock::now();
    auto const before = cpu();
    work();
    return { cpu() - before, std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began).count() };
}

static double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

static std::vector<plan::Shown> open_deliverables(storage::Database& database, int year)
{
    constexpr storage::Query open { "bench.open", R"sql(
        SELECT d.subject_id, s.version FROM deliverable d JOIN subject s ON s.id = d.subject_id JOIN plan p ON p.subject_id = d.plan_id
         WHERE p.year = $1 AND s.state IN ('scheduled', 'under_way') ORDER BY d.subject_id LIMIT 20000 )sql" };
    auto found = database.read([&](storage::Reader& reader) -> Result<std::vector<plan::Shown>> {
        std::vector<plan::Shown> all;
        for (auto const& row : reader.query(open, year))
            all.push_back({ row.id<DeliverableTag>(0), row.integer(1) });
        return all;
    });
    return found ? *found : std::vector<plan::Shown> {};
}

/// What is measured: one durable write, the so manieth.
struct Kind {
    std::string name;
    std::function<bool(storage::Database&, std::size_t)> write;
};

/// Writes from..from+count by several threads; gives how many were not written.
static int write_all(storage::Database& database, Kind const& kind, std::size_t from, std::size_t count, int threads)
{
    std::atomic<std::size_t> next { from };
    std::atomic<int> failed { 0 };
    std::vector<std::thread> people;
    for (int i = 0; i < threads; ++i)
        people.emplace_back([&] {
            for (auto at = next++; at < from + count; at = next++)
                if (!kind.write(database, at))
                    ++failed;
        });
    for (auto& person : people)
        person.join();
    return failed;
}

static Kind notes(storage::Database& database, journal::Act const& act)
{
    auto all = open_deliverables(database, act.today.year());
    std::mt19937_64 random { 1 };
    std::shuffle(all.begin(), all.end(), random);
    if (all.size() < std::size_t { rounds + 1 } * writes_per_round)
        throw std::runtime_error("too few open deliverables");
    return { "note of a deliverable", [act, all](storage::Database& there, std::size_t at) {
                return there.write([&](storage::Transaction& transaction) { return plan::write_note(transaction, act, all[at], "Terlaksana sesuai rencana."); }).has_value();
            } };
}

/// The register has to be on before the databases are copied: `prepare`.
static Kind forms(command::RecordKeeping& keeping, journal::Act const& act)
{
    auto const day = act.today.plus(std::chrono::days { -3 }).iso();
    record::NewRecord const wanted { "00", "gratification_report", { { "received_on", { day } }, { "report_kind", { "received" } }, { "form", { "goods" } }, { "description", { "Parsel" } },
                                         { "estimate", { "450000" } }, { "giver", { "CV" } }, { "giver_relation", { "supplier" } }, { "chronology", { "Diantar ke kantor" } } } };
    return { "form of a register with four limits", [act, wanted, &keeping](storage::Database& there, std::size_t) {
                return there.write([&](storage::Transaction& transaction) { return record::create(transaction, act, keeping.desk(), wanted); }).has_value();
            } };
}

static void measure(storage::Database& database, RecordingDatabase& recording, Replay& replay, Kind const& kind, int& all_failed)
{
    bool const on_sqlite = database.engine() == storage::Engine::Sqlite;
    std::vector<double> ours, theirs, cpu_ratios, wall_ratios, batches;
    int failed = 0;
    for (int round = 0; round <= rounds; ++round) {                     // the first one warms up
        auto const from = static_cast<std::size_t>(round) * writes_per_round;
        recording.record(true);
        auto const before = database.counters();
        auto const a = spent_on([&] { failed += write_all(recording, kind, from, writes_per_round, on_sqlite ? waiters : 1); });
        auto const after = database.counters();
        auto const batch = std::max<std::int64_t>(1, (after.actions - before.actions) / std::max<std::int64_t>(1, after.commits - before.commits));
        auto const writes = recording.recorded();
        recording.record(false);
        auto const b = spent_on([&] { replay.run(writes, static_cast<std::size_t>(batch)); });
        if (round == 0)
            continue;
        ours.push_back(a.cpu_ms / writes_per_round);
        theirs.push_back(b.cpu_ms / writes_per_round);
        cpu_ratios.push_back(a.cpu_ms / b.cpu_ms);
        wall_ratios.push_back(a.wall_ms / b.wall_ms);
        batches.push_back(static_cast<double>(batch));
    }
    auto const [cpu_low, cpu_high] = std::minmax_element(cpu_ratios.begin(), cpu_ratios.end());
    auto const [wall_low, wall_high] = std::minmax_element(wall_ratios.begin(), wall_ratios.end());
    std::printf("%s on %s: CPU %.3f ms, replay %.3f ms, ratio %.2f (%.2f to %.2f); wall ratio %.2f (%.2f to %.2f); %.0f writes in a commit; %d failed\n", kind.name.c_str(),
        on_sqlite ? "SQLite" : "PostgreSQL", median(ours), median(theirs), median(cpu_ratios), *cpu_low, *cpu_high, median(wall_ratios), *wall_low, *wall_high,
        median(batches), failed);
    all_failed += failed;
}

/// The person who writes and the register that he writes in, before the database is copied.
static void prepare(storage::Database& database, time::Instant now)
{
    bench_person(database, now);
    auto const done = database.write([&](storage::Transaction& transaction) -> Result<void> {
        transaction.execute({ "bench.use", R"sql(INSERT INTO register_use (register, unit_id, state, changed_at) SELECT 'gratification_report', id, 'on', 0 FROM unit
            WHERE code = '00' ON CONFLICT (unit_id, register) DO NOTHING)sql" });
        return {};
    });
    if (!done)
        throw std::runtime_error(done.error().detail);
}

static int run(std::string const& address, std::string const& copy)
{
    constexpr std::string_view sqlite = "sqlite:";
    storage::Settings settings;
    settings.address = address;
    settings.writers = 1;
    auto database = storage::Database::open(settings);
    if (!database)
        throw std::runtime_error(database.error().message_key);
    time::MachineClock clock;
    auto const now = clock.now();
    if (copy.empty()) {
        prepare(**database, now);
        return 0;
    }
    auto const act = journal::make_act(bench_person(**database, now).person, now, time::date_at(now, time::Zone::Wib));
    auto replay = address.starts_with(sqlite) ? replay_on_sqlite(copy.substr(sqlite.size())) : replay_on_postgres(copy);
    RecordingDatabase recording(**database);
    command::RecordKeeping keeping;
    int failed = 0;
    for (auto const& kind : { notes(**database, act), forms(keeping, act) })
        measure(**database, recording, *replay, kind, failed);
    return failed == 0 ? 0 : 1;
}

}

int main(int count, char** words)
{
    if ((count != 2 && count != 3) || sodium_init() < 0) {
        std::fprintf(stderr, "usage: writes_bench ADDRESS [COPY]\n");
        return 64;
    }
    try {
        return kpuhub::bench::run(words[1], count > 2 ? words[2] : "");
    } catch (std::exception const& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
