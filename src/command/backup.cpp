#include "command/command.hpp"
#include "command/opening.hpp"
#include "command/settings_options.hpp"
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

static void print(BackupOptions const& options, std::string const& folder, std::size_t files, std::int64_t event)
{
    if (options.format == "json")
        fmt::print("{{\"folder\":\"{}\",\"files\":{},\"last_event\":{}}}\n", folder, files, event);
    else
        fmt::print("{}: {} berkas / files, sampai kejadian / up to event {}\n", folder, files, event);
}

/// The server may go on meanwhile: the copy is one snapshot.
static Result<void> back_up(BackupOptions const& options)
{
    auto const settings = TRY(options.settings.read());
    auto database = TRY(storage::Database::open({ settings.database_address() }));
    auto blobs = TRY(storage::BlobStore::open(settings.data + "/blobs"));
    auto const manifest = TRY(storage::back_up(*database, *blobs, { options.folder, KPUHUB_VERSION, last_event, make_clock(settings)->now() }));
    print(options, options.folder, manifest.parts.size(), manifest.last_event);
    return {};
}

static Result<void> restore(BackupOptions const& options)
{
    auto const settings = TRY(options.settings.read());
    auto const lock = TRY(storage::FolderLock::take(settings.data));
    auto const manifest = TRY(storage::check_backup(options.folder));
    TRY(storage::restore(options.folder, { { settings.database_address() }, settings.data + "/blobs" }));
    print(options, settings.data, manifest.parts.size(), manifest.last_event);
    return {};
}

static void add(CLI::App* command, Work& work, char const* option, char const* words, Result<void> (*step)(BackupOptions const&))
{
    auto options = std::make_shared<BackupOptions>(*command);
    command->add_option(option, options->folder, words)->required();
    command->callback([&work, options, step] {
        work = [options, step] {
            auto const outcome = step(*options);
            return outcome ? static_cast<int>(done) : report(outcome.error(), text::Messages::embedded());
        };
    });
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
