#include "command/opening.hpp"
#include "account/access.hpp"
#include "campaign/campaign_job.hpp"
#include "command/command.hpp"
#include "core/embedded.hpp"
#include "definition/unit_file.hpp"
#include "flow/clock.hpp"
#include "journal/act.hpp"
#include "definition/indicator_publication.hpp"
#include "definition/publication.hpp"
#include "organization/duty.hpp"
#include "organization/unit.hpp"
#include "record/place.hpp"
#include <cstdio>
#include <filesystem>
#include <set>
#include <sys/stat.h>

namespace kpuhub::command {

std::unique_ptr<time::Clock> make_clock(Settings const& settings)
{
    auto today = time::Date::from_iso(settings.today);
    if (!today)
        return std::make_unique<time::MachineClock>();
    auto now = time::MachineClock {}.now();
    auto days = time::days_between(time::date_at(now, time::Zone::Wib), *today);
    return std::make_unique<time::MachineClock>(std::chrono::milliseconds { days * 86'400'000 });
}

static std::string level_of(definition::UnitLevel level)
{
    switch (level) {
    case definition::UnitLevel::National: return "national";
    case definition::UnitLevel::Province: return "province";
    default: return "regency";
    }
}

/// The registers of the program that this database does not know yet; newer versions of known ones are published by hand
/// (`kpuhub definitions publish --shipped`).
static Result<void> publish_new_registers(storage::Database& database, journal::Act const& act)
{
    auto published = TRY(database.read([](storage::Reader& reader) -> Result<std::vector<definition::RegisterText>> { return definition::published_texts(reader); }));
    std::set<std::string> known;
    for (auto const& text : published)
        known.insert(text.file.substr(0, text.file.find('.')));
    std::vector<definition::RegisterText> wanted;
    for (auto const& text : definition::shipped_registers()) {
        auto root = TRY(definition::parse(text.file, text.text));
        if (!known.contains(root["id"].text))
            wanted.push_back(text);
    }
    if (!wanted.empty())
        TRY(definition::publish(database, act, wanted, record::write_permissions));
    return {};
}

/// The same for indicators, once the registers that they count are there. One that counts what only a newer version of a register has
/// waits until that is published by hand: it must not keep the program from starting.
static Result<void> publish_new_indicators(storage::Database& database, journal::Act const& act)
{
    auto published = TRY(database.read([](storage::Reader& reader) -> Result<std::vector<definition::RegisterText>> { return definition::published_indicators(reader); }));
    std::set<std::string> known;
    for (auto const& text : published)
        known.insert(text.file.substr(0, text.file.find('.')));
    std::vector<definition::RegisterText> wanted;
    for (auto const& text : definition::shipped_indicators()) {
        auto root = TRY(definition::parse(text.file, text.text));
        if (!known.contains(root["id"].text))
            wanted.push_back(text);
    }
    if (wanted.empty())
        return {};
    auto const all = definition::publish_indicators(database, act, wanted);
    if (all || all.error().kind != FaultKind::Invalid)
        return all ? Result<void> {} : fail(all.error());
    for (auto const& text : wanted)
        if (auto const one = definition::publish_indicators(database, act, { text }); !one && one.error().kind != FaultKind::Invalid)
            return fail(one.error());
    return {};
}

static Result<void> load_what_all_have(storage::Database& database, time::Clock const& clock)
{
    TRY(account::load_roles(database));
    constexpr auto file = "definitions/units/units.yaml";
    auto table = TRY(definition::load_units(file, embedded_file(file)));
    std::vector<organization::UnitLine> units;
    for (auto const& entry : table.units)
        units.push_back({ entry.code, level_of(entry.level), entry.name, entry.parent, entry.zone });
    auto act = journal::make_act({}, clock.now(), clock.today());
    TRY(database.write([&](storage::Transaction& transaction) -> Result<int> {
        return organization::load_units(transaction, act, units, table.holds_from);
    }));
    TRY(flow::load_calendar(database));
    TRY(flow::load_clock_rules(database));
    TRY(organization::load_duties(database));
    TRY(campaign::load_meanings(database));
    TRY(definition::replay(database, clock.now(), record::write_permissions));
    TRY_VOID(publish_new_registers(database, act));
    return publish_new_indicators(database, act);
}

Result<std::unique_ptr<storage::Database>> open_database(Settings const& settings, time::Clock const& clock)
{
    std::error_code failed;
    std::filesystem::create_directories(settings.data, failed);
    ::chmod(settings.data.c_str(), 0700);
    storage::Settings opening;
    opening.address = settings.database_address();
    opening.readers = settings.readers;
    auto database = TRY(storage::Database::open(opening));
    TRY(database->migrate());
    TRY_VOID(load_what_all_have(*database, clock));
    return database;
}

std::string words_of(Fault const& fault, text::Messages const& messages)
{
    std::string words;
    std::string const arguments[] = { fault.argument };
    for (auto language : { text::Language::Indonesian, text::Language::English })
        words += "kpuhub: " + messages.text(fault.message_key, language, arguments) + "\n";
    if (!fault.detail.empty())
        words += "kpuhub: (" + fault.detail + ")\n";
    return words;
}

int report(Fault const& fault, text::Messages const& messages)
{
    std::fputs(words_of(fault, messages).c_str(), stderr);
    return exit_code(fault);
}

int exit_code(Fault const& fault)
{
    if (fault.message_key == "storage.locked")
        return not_available;
    switch (fault.kind) {
    case FaultKind::Invalid:
    case FaultKind::Forbidden:
    case FaultKind::NotFound: return bad_input;
    case FaultKind::Conflict: return bad_input;
    case FaultKind::Unavailable: return not_available;
    default: return broken;
    }
}

}
