// Figures of many records counted anew while short writes go on.   figure_rebuild FOLDER   (a folder that records_data filled)
#include "command/opening.hpp"
#include "definition/indicator_publication.hpp"
#include "journal/journal.hpp"
#include "record/figure_jobs.hpp"
#include "short_writes.hpp"

namespace kpuhub::bench {

using storage::Query;

constexpr auto amounts = R"(id: bench_amounts
version: 1
valid_from: 2026-01-01
source: "bench"
title: {id: Jumlah nilai, en: Sum of amounts}
numerator: {sum: bench_record.amount, where: {amount: filled}, on: happened_on}
period: month
tree: sum_then_divide
)";
constexpr Query of_tallies { "bench.of_tallies", "SELECT period, CAST(sum(amount) AS BIGINT) FROM tally WHERE indicator = 'bench_amounts' AND part = 'n' GROUP BY period ORDER BY period" };
constexpr Query of_records { "bench.of_records", "SELECT substr(f_happened_on, 1, 7), CAST(sum(f_amount) AS BIGINT) FROM r_bench_record GROUP BY 1 ORDER BY 1" };

static Result<std::vector<std::pair<std::string, std::int64_t>>> sums(storage::Database& database, Query const& query)
{
    return database.read([&](storage::Reader& reader) -> Result<std::vector<std::pair<std::string, std::int64_t>>> {
        std::vector<std::pair<std::string, std::int64_t>> found;
        for (auto const& row : reader.query(query))
            found.emplace_back(row.text(0), row.integer(1));
        return found;
    });
}

static Result<bool> run(std::string const& folder)
{
    command::Settings settings;
    settings.data = folder;
    time::MachineClock const clock;
    auto database = TRY(command::open_database(settings, clock));
    TRY(definition::publish_indicators(*database, journal::make_act({}, clock.now(), clock.today()), { { "bench_amounts.yaml", amounts } }));
    definition::Shelf registers;
    definition::IndicatorShelf indicators { registers };
    auto count = [&](char const* what) -> Result<void> {
        ShortWrites writes { *database, 1'000'000, 1000 };
        std::int64_t records = 0;
        auto const begin = std::chrono::steady_clock::now();
        auto const wrong = TRY(record::rebuild_indicator({ *database, indicators, {}, clock }, "bench_amounts", [&](std::int64_t done, std::int64_t) { records = done; return true; }));
        auto const seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
        std::printf("%s: %lld records in %.1f s (%.0f/s), %lld contributions and sums put right\n", what, static_cast<long long>(records), seconds,
            static_cast<double>(records) / seconds, static_cast<long long>(wrong));
        writes.print("meanwhile");
        return {};
    };
    TRY_VOID(count("first counting"));
    auto const right = TRY(sums(*database, of_records));
    auto const same = TRY(sums(*database, of_tallies)) == right;
    TRY_VOID(count("counted again"));
    bool const still = TRY(sums(*database, of_tallies)) == right;
    std::printf("tallies %s the sums of the records, %s after the second counting\n", same ? "equal" : "DIFFER from", still ? "the same" : "OTHERS");
    return same && still;
}

}

int main(int count, char** words)
{
    if (count != 2) {
        std::fprintf(stderr, "usage: figure_rebuild FOLDER\n");
        return 64;
    }
    auto const done = kpuhub::bench::run(words[1]);
    if (!done)
        std::fprintf(stderr, "%s %s\n", done.error().message_key.c_str(), done.error().detail.c_str());
    return done && *done ? 0 : 1;
}
