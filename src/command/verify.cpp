#include "command/command.hpp"
#include "command/opening.hpp"
#include "command/settings_options.hpp"
#include "command/sweep.hpp"
#include "command/secret_file.hpp"
#include "command/upkeep.hpp"
#include "indicator/kept_sums.hpp"
#include "journal/journal.hpp"
#include "plan/plan_source.hpp"
#include "record/record_count.hpp"
#include "record/record_source.hpp"
#include "storage/backup.hpp"
#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <sodium.h>

namespace kpuhub::command {

using storage::Query;
using Problems = std::vector<std::string>;

constexpr Query all_units { "command.all_units", "SELECT id, code FROM unit ORDER BY id" };

constexpr Query counted_units { "command.counted_units", R"sql(
    SELECT u.id, u.code FROM unit u WHERE EXISTS (SELECT 1 FROM subject s WHERE s.unit_id = u.id AND s.kind >= 'r_' AND s.kind < 'r`')
        OR EXISTS (SELECT 1 FROM contribution c WHERE c.unit_id = u.id) ORDER BY u.id )sql" };

struct VerifyOptions {
    explicit VerifyOptions(CLI::App& command) : settings(command) {}

    SettingsOptions settings;
    std::string anchors;
    std::string public_key;
    std::string format = "table";
};

static std::string difference(std::string_view table, std::string_view indicator, std::string_view unit_code, std::string_view period, std::string_view part,
    std::int64_t kept, std::int64_t computed)
{
    return fmt::format("{} {} {} {} {}: {} kept, {} computed", table, indicator, unit_code, period, part, kept, computed);
}

static void compare_source(storage::Reader& reader, indicator::Source const& source, storage::Rows const& units, Problems& problems)
{
    for (auto const& unit : units) {
        auto const found = indicator::compare_with_rows(reader, source, unit.id<UnitTag>(0));
        for (auto const& [table, all] : { std::pair { "tally", &found.tallies }, std::pair { "tally_year", &found.years } })
            for (auto const& wrong : *all)
                problems.push_back(difference(table, source.indicator(), unit.text(1), wrong.period, wrong.part, wrong.kept, wrong.computed));
    }
}

static Problems compare_tallies(storage::Reader& reader)
{
    Problems problems;
    compare_source(reader, plan::PlanSource {}, reader.query(all_units), problems);
    definition::Shelf registers;
    definition::IndicatorShelf indicators { registers };
    for (auto const& wrong : record::wrong_counts(reader))
        problems.push_back(fmt::format("record_count {} {} {}: {} kept, {} counted", wrong.unit_code, wrong.kind, wrong.state, wrong.kept, wrong.counted));
    for (auto const& wrong : indicator::wrong_kept_sums(reader))
        problems.push_back(difference("tally_kept", wrong.indicator, wrong.unit_code, wrong.period, wrong.part, wrong.kept, wrong.computed));
    auto const units = reader.query(counted_units);
    for (auto const& source : record::built_sources(reader, indicators)) {
        compare_source(reader, source, units, problems);
        for (auto const& unit : units)
            if (auto const wrong = source.contributions_wrong(reader, unit.id<UnitTag>(0)); wrong > 0)
                problems.push_back(fmt::format("contribution {} {}: {} differ", source.indicator(), unit.text(1), wrong));
    }
    return problems;
}

static Result<std::string> read_public_key(std::string const& file)
{
    std::string key(crypto_sign_PUBLICKEYBYTES, '\0');
    auto const hex = bytes_of_file(file).value_or("");
    std::size_t length = 0;
    if (sodium_hex2bin(reinterpret_cast<unsigned char*>(key.data()), key.size(), hex.data(), hex.size(), "\r\n ", &length, nullptr) != 0
        || length != key.size())
        return invalid_because("command.public_key", file);
    return key;
}

static Result<Problems> compare_anchors(storage::Reader& reader, std::string const& folder, std::string const& key_file, std::int64_t& checked)
{
    std::vector<std::string> files;
    std::error_code failed;
    for (auto const& entry : std::filesystem::directory_iterator { folder, failed })
        if (entry.path().extension() == ".checkpoint")
            files.push_back(entry.path().string());
    if (files.empty())
        return Problems {};
    std::ranges::sort(files);
    auto const key = TRY(read_public_key(key_file));
    Problems problems;
    for (auto const& file : files) {
        ++checked;
        auto const outcome = journal::verify_checkpoint(reader, bytes_of_file(file).value_or(""), key);
        if (!outcome)
            problems.push_back(fmt::format("checkpoint {}: {}", file, outcome.error().message_key));
    }
    return problems;
}

static void print(VerifyOptions const& options, Problems const& problems, std::int64_t events, std::int64_t checkpoints)
{
    if (options.format == "json") {
        auto const sound = problems.empty();
        fmt::print("{}\n", nlohmann::json { { "sound", sound }, { "events", events }, { "checkpoints", checkpoints }, { "problems", problems } }.dump());
        return;
    }
    for (auto const& problem : problems)
        fmt::print("{}\n", problem);
    fmt::print("{}: {} kejadian / events, {} checkpoint, {} masalah / problems\n", problems.empty() ? "ok" : "!", events, checkpoints, problems.size());
}

static Result<int> verify(VerifyOptions const& options)
{
    auto const settings = TRY(options.settings.read());
    auto database = TRY(storage::Database::open({ settings.database_address() }));
    auto blobs = TRY(storage::BlobStore::open(settings.data + "/blobs"));
    auto problems = TRY(storage::verify_store(*database, *blobs, named_blobs));
    std::int64_t events = 0;
    std::int64_t checkpoints = 0;
    auto const more = TRY(database->read([&](storage::Reader& reader) -> Result<Problems> {
        auto found = journal::verify(reader);
        events = journal::head(reader).total;
        auto const anchors = TRY(compare_anchors(reader, options.anchors.empty() ? anchors_folder(settings) : options.anchors,
            options.public_key.empty() ? public_key_file(settings) : options.public_key, checkpoints));
        auto const tallies = compare_tallies(reader);
        found.insert(found.end(), anchors.begin(), anchors.end());
        found.insert(found.end(), tallies.begin(), tallies.end());
        return found;
    }));
    problems.insert(problems.end(), more.begin(), more.end());
    print(options, problems, events, checkpoints);
    return problems.empty() ? done : broken;
}

void add_verify(CLI::App& application, Work& work)
{
    auto* command = application.add_subcommand("verify", "memeriksa jurnal, berkas, angka, dan checkpoint / check journal, files, figures and checkpoints");
    auto options = std::make_shared<VerifyOptions>(*command);
    command->add_option("--anchors", options->anchors, "folder checkpoint (bawaan / default: data/anchors)");
    command->add_option("--public-key", options->public_key, "kunci publik Ed25519, heksadesimal (bawaan / default: data/checkpoint.key.pub)");
    command->add_option("--format", options->format, "json | table")->check(CLI::IsMember({ "json", "table" }));
    command->callback([&work, options] {
        work = [options](Workplace&) {
            auto const outcome = verify(*options);
            return outcome ? *outcome : report(outcome.error(), text::Messages::embedded());
        };
    });
}

}
