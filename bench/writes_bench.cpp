// Durable writes beside the replay of their statements through the C API, in commits of the same size with the same durability.
//   writes_bench ADDRESS COPY      two databases with the same content: "sqlite:a/kpuhub.db" and "sqlite:b/kpuhub.db", or two of
//                                  PostgreSQL; the program writes to the first, the replay to the second
// Each round: the program writes the note of random deliverables from many threads (SQLite; one on PostgreSQL, so that numbers
// given by sequences are the same), then the replay runs what it ran. Printed: medians, ratios, spread.
#include "bench_person.hpp"
#include "plan/plan_deliver.hpp"
#include "replay.hpp"
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
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

/// One note for each, from several threads; gives how many were not written.
static int write_notes(storage::Database& database, PersonId who, time::Instant now, std::span<plan::Shown const> all, int threads)
{
    std::atomic<std::size_t> next { 0 };
    std::atomic<int> failed { 0 };
    std::vector<std::thread> people;
    for (int i = 0; i < threads; ++i)
        people.emplace_back([&] {
            for (auto at = next++; at < all.size(); at = next++) {
                auto const act = journal::make_act(who, now, time::date_at(now, time::Zone::Wib));
                auto done = database.write([&](storage::Transaction& transaction) {
                    return plan::write_note(transaction, act, all[at], "Terlaksana sesuai rencana.");
                });
                if (!done)
                    ++failed;
            }
        });
    for (auto& person : people)
        person.join();
    return failed;
}

static int run(std::string const& address, std::string const& copy)
{
    constexpr std::string_view sqlite = "sqlite:";
    bool const on_sqlite = address.starts_with(sqlite);
    storage::Settings settings;
    settings.address = address;
    settings.writers = 1;
    auto database = storage::Database::open(settings);
    if (!database)
        throw std::runtime_error(database.error().message_key);
    RecordingDatabase recording(**database);
    time::MachineClock clock;
    auto const now = clock.now();
    auto const who = bench_person(**database, now).person;
    auto all = open_deliverables(**database, time::date_at(now, time::Zone::Wib).year());
    std::mt19937_64 random { 1 };
    std::shuffle(all.begin(), all.end(), random);
    auto replay = on_sqlite ? replay_on_sqlite(copy.substr(sqlite.size())) : replay_on_postgres(copy);
    std::vector<double> ours, theirs, cpu_ratios, wall_ratios, batches;
    int failed = 0;
    for (int round = 0; round <= rounds; ++round) {                     // the first one warms up
        auto const from = static_cast<std::size_t>(round) * writes_per_round;
        if (from + writes_per_round > all.size())
            throw std::runtime_error("too few open deliverables");
        recording.record(true);
        auto const before = (*database)->counters();
        auto const a = spent_on([&] { failed += write_notes(recording, who, now, std::span { all }.subspan(from, writes_per_round), on_sqlite ? waiters : 1); });
        auto const after = (*database)->counters();
        auto const batch = std::max<std::int64_t>(1, (after.actions - before.actions) / std::max<std::int64_t>(1, after.commits - before.commits));
        auto const writes = recording.recorded();
        recording.record(false);
        auto const b = spent_on([&] { replay->run(writes, static_cast<std::size_t>(batch)); });
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
    std::printf("durable write on %s: CPU %.3f ms, replay %.3f ms, ratio %.2f (%.2f to %.2f); wall ratio %.2f (%.2f to %.2f); %.0f writes in a commit; %d failed\n",
        on_sqlite ? "SQLite" : "PostgreSQL", median(ours), median(theirs), median(cpu_ratios), *cpu_low, *cpu_high, median(wall_ratios), *wall_low, *wall_high,
        median(batches), failed);
    return failed == 0 ? 0 : 1;
}

}

int main(int count, char** words)
{
    if (count != 3 || sodium_init() < 0) {
        std::fprintf(stderr, "usage: writes_bench ADDRESS COPY\n");
        return 64;
    }
    try {
        return kpuhub::bench::run(words[1], words[2]);
    } catch (std::exception const& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
