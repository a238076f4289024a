#include "command/command.hpp"
#include "command/generated_plan.hpp"
#include "command/opening.hpp"
#include "command/settings_options.hpp"
#include "journal/journal.hpp"
#include "storage/folder_lock.hpp"
#include <chrono>
#include <fmt/format.h>

namespace kpuhub::command {

using storage::Query;

constexpr Query units_in_order { "command.units_in_order", "SELECT id FROM unit ORDER BY id LIMIT $1" };
constexpr Query raise_identity { "command.raise_identity",
    "SELECT setval(pg_get_serial_sequence('subject', 'id'), (SELECT max(id) FROM subject))" };

struct GenerateOptions {
    explicit GenerateOptions(CLI::App& command) : settings(command) {}

    SettingsOptions settings;
    std::string only = "plan";
    std::int64_t units = 553;
    int years = 5;
    std::uint64_t seed = 1;
    std::string format = "table";
};

/// One action for each office: small enough for a server's writer, large enough to be fast.
static Result<std::int64_t> generate_all(storage::Database& database, GenerateOptions const& options, time::Clock const& clock)
{
    auto const units = TRY(database.read([&](storage::Reader& reader) -> Result<std::vector<organization::Unit>> {
        std::vector<organization::Unit> found;
        for (auto const& row : reader.query(units_in_order, options.units))
            found.push_back(TRY(organization::unit_by_id(reader, row.id<UnitTag>(0), clock.today())));
        return found;
    }));
    auto const act = journal::make_act({}, clock.now(), clock.today());
    auto const last_year = clock.today().year();
    std::int64_t rows = 0;
    for (auto const& unit : units) {
        GeneratedPlans const wanted { unit, last_year - options.years + 1, last_year, options.seed, clock.now() };
        rows += TRY(database.write([&](storage::Transaction& transaction) -> Result<std::int64_t> {
            auto const written = generate_plans(transaction, wanted);
            if (written > 0 && database.engine() == storage::Engine::Postgres)
                transaction.query(raise_identity);
            if (written > 0)
                journal::write(transaction, act, { "plan.generated", {}, unit.id, { { "rows", std::to_string(written) } } });
            return written;
        }));
    }
    return rows;
}

static Result<void> generate(GenerateOptions const& options)
{
    auto const settings = TRY(options.settings.read());
    auto const lock = TRY(storage::FolderLock::take(settings.data));
    auto const clock = make_clock(settings);
    auto database = TRY(open_database(settings, *clock));
    auto const begin = std::chrono::steady_clock::now();
    auto const rows = TRY(generate_all(*database, options, *clock));
    auto const seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    if (options.format == "json")
        fmt::print("{{\"rows\":{},\"seconds\":{:.2f},\"rows_per_second\":{:.0f}}}\n", rows, seconds, static_cast<double>(rows) / seconds);
    else
        fmt::print("{} baris / rows, {:.2f} s, {:.0f} baris/s\n", rows, seconds, static_cast<double>(rows) / seconds);
    return {};
}

void add_generate(CLI::App& application, Work& work)
{
    auto* command = application.add_subcommand("generate", "membuat data uji beban / generate data for load tests");
    auto options = std::make_shared<GenerateOptions>(*command);
    command->add_option("--only", options->only, "jenis data / kind of data: plan")->check(CLI::IsMember({ "plan" }));
    command->add_option("--units", options->units, "banyaknya satuan kerja / number of offices")->check(CLI::Range(1, 10'000));
    command->add_option("--years", options->years, "banyaknya tahun sampai tahun ini / number of years up to this one")->check(CLI::Range(1, 20));
    command->add_option("--seed", options->seed, "benih angka acak / seed");
    command->add_option("--format", options->format, "json | table")->check(CLI::IsMember({ "json", "table" }));
    command->callback([&work, options] {
        work = [options](Workplace&) {
            auto const outcome = generate(*options);
            return outcome ? static_cast<int>(done) : report(outcome.error(), text::Messages::embedded());
        };
    });
}

}
