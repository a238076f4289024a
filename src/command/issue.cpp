#include "command/command.hpp"
#include "command/settings_options.hpp"
#include "command/workplace.hpp"
#include "decree/issue_pages.hpp"
#include "organization/unit.hpp"
#include <fmt/format.h>
#include <memory>

namespace kpuhub::command {

namespace {

struct IssueOptions {
    explicit IssueOptions(CLI::App& command) : settings(command) {}

    SettingsOptions settings;
    int year = 0;
    std::vector<std::string> units;
    std::string dated_on;
};

/// One job for all offices; the server works on it, now or when it runs next.
Result<void> order(Workplace& place, Desk& desk, IssueOptions const& options)
{
    auto const day = options.dated_on.empty() ? std::optional { desk.clock.today() } : time::Date::from_iso(options.dated_on);
    if (!day)
        return invalid_because("command.issue.day", options.dated_on);
    auto const units = TRY(desk.database.read([&](storage::Reader& reader) -> Result<std::vector<UnitId>> {
        std::vector<UnitId> found;
        for (auto const& code : options.units)
            found.push_back(TRY(organization::unit_by_code(reader, code, desk.clock.today())).id);
        return found;
    }));
    auto const count = TRY(desk.database.read([&](storage::Reader& reader) -> Result<std::int64_t> { return decree::count_orders(reader, options.year, units); }));
    if (count == 0)
        return invalid_because("command.issue.nothing", std::to_string(options.year));
    auto const job = TRY(desk.database.write([&](storage::Transaction& transaction) -> Result<JobId> { return decree::order_decrees(transaction, desk.act, options.year, *day, units); }));
    place.print(fmt::format("{{\"job\":{},\"offices\":{}}}\n", job.value, count));
    return {};
}

}

void add_issue(CLI::App& application, Work& work)
{
    auto* command = application.add_subcommand("issue", "menerbitkan keputusan banyak satker dalam satu pekerjaan server / issue the decrees of many offices as one job of the server");
    auto options = std::make_shared<IssueOptions>(*command);
    command->add_option("--year", options->year, "tahun rencana / year of the plans")->required();
    command->add_option("--units", options->units, "kode satuan kerja, bawaan: semua / codes of offices, default: all")->delimiter(',');
    command->add_option("--dated", options->dated_on, "tanggal keputusan, bawaan: hari ini / date of the decrees, default: today (2026-02-11)");
    command->callback([&work, options] {
        work = [options](Workplace& place) {
            auto const settings = place.settings(options->settings);
            if (!settings)
                return place.report(settings.error());
            return place.write(*settings, [&](Desk& desk) { return order(place, desk, *options); });
        };
    });
}

}
