#include "command/command.hpp"
#include "command/opening.hpp"
#include "command/settings_options.hpp"
#include "storage/folder_lock.hpp"
#include <cstdio>

namespace kpuhub::command {

void add_migrate(CLI::App& application, Work& work)
{
    auto* command = application.add_subcommand("migrate", "memutakhirkan skema basis data / bring the database schema up to date");
    auto options = std::make_shared<SettingsOptions>(*command);
    command->callback([&work, options] {
        work = [options](Workplace&) {
            auto messages = text::Messages::embedded();
            auto settings = options->read();
            if (!settings)
                return report(settings.error(), messages);
            auto const lock = storage::FolderLock::take(settings->data);
            if (!lock)
                return report(lock.error(), messages);
            auto clock = make_clock(*settings);
            auto database = open_database(*settings, *clock);
            if (!database)
                return report(database.error(), messages);
            std::puts("ok");
            return static_cast<int>(done);
        };
    });
}

}
