#include "command/command.hpp"
#include "command/workplace.hpp"
#include "record/figure_jobs.hpp"
#include <fmt/format.h>

namespace kpuhub::command {

struct RecountOptions {
    explicit RecountOptions(CLI::App& command) : settings(command, true) {}

    SettingsOptions settings;
    std::string indicator;
};

void add_recount(CLI::App& application, Work& work)
{
    auto* command = application.add_subcommand("recount", "menghitung ulang angka dari catatannya, sambil layanan berjalan / count figures anew from their records while the service runs");
    auto options = std::make_shared<RecountOptions>(*command);
    command->add_option("indicator", options->indicator, "satu indikator; bawaan: semuanya / one indicator; default: all of them");
    command->callback([&work, options] {
        work = [options](Workplace& place) {
            auto const held = place.settings(options->settings);
            if (!held)
                return place.report(held.error());
            return place.write(*held, [&](Desk& desk) -> Result<void> {
                auto const now = desk.clock.now();
                auto const job = TRY(desk.database.write([&](storage::Transaction& transaction) -> Result<JobId> {
                    return record::ask_for_recount(transaction, options->indicator, now);
                }));
                place.print(fmt::format("pekerjaan {0} antre; server menghitungnya / job {0} waits for the server\n", job.value));
                return {};
            });
        };
    });
}

}
