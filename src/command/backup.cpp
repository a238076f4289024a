#include "command/command.hpp"
#include "command/workplace.hpp"
#include "outbox/quarantine.hpp"
#include "storage/backup.hpp"
#include "storage/folder_lock.hpp"
#include <fmt/format.h>

namespace kpuhub::command {

constexpr storage::Query last_event { "command.last_event", "SELECT max(id) FROM event" };

struct BackupOptions {
    explicit BackupOptions(CLI::App& command) : settings(command)
    {
        command.add_option("--format", format, "json | table")->check(CLI::IsMember({ "json", "table" }));
    }

    SettingsOptions settings;
    std::string folder;
    std::string format = "table";
};

static void print(Workplace& place, BackupOptions const& options, std::string const& folder, storage::Manifest const& manifest)
{
    if (options.format == "json")
        place.print(fmt::format("{{\"folder\":\"{}\",\"files\":{},\"last_event\":{}}}\n", folder, manifest.parts.size(), manifest.last_event));
    else
        place.print(fmt::format("{}: {} berkas / files, sampai kejadian / up to event {}\n", folder, manifest.parts.size(), manifest.last_event));
}

/// The server goes on meanwhile: the copy is one snapshot.
static int back_up(Workplace& place, BackupOptions const& options)
{
    auto const settings = place.settings(options.settings);
    if (!settings)
        return place.report(settings.error());
    return place.write(*settings, [&](Desk& desk) -> Result<void> {
        auto const manifest = TRY(storage::back_up(desk.database, desk.blobs, { place.path(options.folder), KPUHUB_VERSION, last_event, desk.act.at }));
        print(place, options, options.folder, manifest);
        return {};
    }, {}, Schema::AsItIs);
}

static Result<void> restore_into(Workplace& place, BackupOptions const& options)
{
    auto const settings = TRY(place.settings(options.settings));
    auto const lock = TRY(storage::FolderLock::take(settings.data));
    auto const manifest = TRY(storage::check_backup(options.folder));
    auto const database = TRY(storage::restore(options.folder, { { settings.database_address() }, settings.data + "/blobs" }));
    auto const now = time::MachineClock {}.now();
    if (!manifest.schema.empty())
        TRY_VOID(database->write([&](storage::Transaction& transaction) -> Result<void> {
            outbox::begin_quarantine(transaction, now);
            return {};
        }));
    print(place, options, settings.data, manifest);
    if (options.format != "json")
        place.print("pesan ditahan sampai diperiksa: kpuhub outbox list, drop, release / messages are held until somebody has looked: kpuhub outbox list, drop, release\n");
    return {};
}

static int restore(Workplace& place, BackupOptions const& options)
{
    auto const outcome = restore_into(place, options);
    return outcome ? static_cast<int>(done) : place.report(outcome.error());
}

static void add(CLI::App* command, Work& work, char const* option, char const* words, int (*step)(Workplace&, BackupOptions const&))
{
    auto options = std::make_shared<BackupOptions>(*command);
    command->add_option(option, options->folder, words)->required();
    command->callback([&work, options, step] { work = [options, step](Workplace& place) { return step(place, *options); }; });
}

void add_backup(CLI::App& application, Work& work)
{
    add(application.add_subcommand("backup", "mencadangkan basis data dan berkas / back up the database and the files"), work, "--to",
        "folder kosong / an empty folder", back_up);
}

void add_restore(CLI::App& application, Work& work)
{
    add(application.add_subcommand("restore", "memulihkan cadangan ke folder data baru (--data) / restore a backup to a new data folder"), work,
        "--from", "folder cadangan / folder of the backup", restore);
}

}
