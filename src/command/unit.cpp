#include "command/command.hpp"
#include "command/workplace.hpp"
#include "organization/unit.hpp"
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace kpuhub::command {

using organization::Unit;

/// What the options of all `unit` commands hold.
struct UnitOptions {
    std::string code, name, zone, parent, reason, from, format = "table";
    std::vector<std::string> parts;     ///< "code=name" of a split
};

struct UnitDesk {
    Workplace& place;
    storage::Database& database;
    journal::Act act;
    time::Date from;                    ///< day of the change or of the view; today when not given
};

using UnitStep = std::function<Result<void>(UnitDesk&, UnitOptions const&)>;

static Result<void> run_step(Workplace& place, Desk& desk, UnitStep const& step, UnitOptions const& given)
{
    auto from = given.from.empty() ? std::optional { desk.act.today } : time::Date::from_iso(given.from);
    if (!from)
        return invalid_because("command.user.wrong_day", given.from);
    UnitDesk at { place, desk.database, desk.act, *from };
    return step(at, given);
}

static void print(Workplace& place, std::vector<Unit> const& units, std::string const& format)
{
    if (format == "json") {
        auto lines = nlohmann::json::array();
        for (auto const& unit : units)
            lines.push_back({ { "code", unit.code }, { "level", unit.level }, { "name", unit.name }, { "zone", time::name(unit.zone) } });
        place.print(lines.dump() + "\n");
        return;
    }
    for (auto const& unit : units)
        place.print(fmt::format("{:<6} {:<9} {:<4} {}\n", unit.code, unit.level, std::string { time::name(unit.zone) }, unit.name));
}

/// The units directly below one; below the root when no code is given.
static Result<void> list(UnitDesk& desk, UnitOptions const& options)
{
    auto units = TRY(desk.database.read([&](storage::Reader& reader) -> Result<std::vector<Unit>> {
        constexpr auto root = "00";
        auto unit = TRY(organization::unit_by_code(reader, options.code.empty() ? root : options.code, desk.from));
        return organization::lower_units(reader, unit.id, desk.from);
    }));
    print(desk.place, units, options.format);
    return {};
}

static Result<void> show(UnitDesk& desk, UnitOptions const& options)
{
    auto path = TRY(desk.database.read([&](storage::Reader& reader) -> Result<std::vector<Unit>> {
        auto unit = TRY(organization::unit_by_code(reader, options.code, desk.from));
        return organization::path_to(reader, unit.id, desk.from);
    }));
    print(desk.place, path, options.format);
    return {};
}

static Result<void> rename(UnitDesk& desk, UnitOptions const& options)
{
    return desk.database.write([&](storage::Transaction& transaction) -> Result<void> {
        auto unit = TRY(organization::unit_by_code(transaction, options.code, desk.from));
        return organization::rename_unit(transaction, desk.act, unit.id, options.name, time::zone_named(options.zone).value_or(unit.zone), desk.from);
    });
}

static Result<void> move(UnitDesk& desk, UnitOptions const& options)
{
    return desk.database.write([&](storage::Transaction& transaction) -> Result<void> {
        auto unit = TRY(organization::unit_by_code(transaction, options.code, desk.from));
        auto parent = TRY(organization::unit_by_code(transaction, options.parent, desk.from));
        return organization::move_unit(transaction, desk.act, unit.id, parent.id, desk.from, options.reason);
    });
}

static Result<void> split(UnitDesk& desk, UnitOptions const& options)
{
    return desk.database.write([&](storage::Transaction& transaction) -> Result<void> {
        auto unit = TRY(organization::unit_by_code(transaction, options.code, desk.from));
        auto path = organization::path_to(transaction, unit.id, desk.from);
        auto parent = options.parent.empty() && path.size() > 1 ? path[path.size() - 2].code : options.parent;
        std::vector<organization::UnitLine> parts;
        for (auto const& part : options.parts) {
            auto mark = part.find('=');
            if (mark == std::string::npos)
                return invalid_because("command.unit.part_wrong", part);
            parts.push_back({ part.substr(0, mark), unit.level, part.substr(mark + 1), parent, unit.zone });
        }
        return organization::split_unit(transaction, desk.act, unit.id, parts, desk.from, options.reason);
    });
}

static CLI::App* add_step(CLI::App& unit, Work& work, std::string const& name, std::string const& help, UnitStep step, std::shared_ptr<UnitOptions> const& given)
{
    auto* command = unit.add_subcommand(name, help);
    auto settings = std::make_shared<SettingsOptions>(*command, true);
    command->add_option("--format", given->format, "table, json")->check(CLI::IsMember({ "table", "json" }));
    command->add_option("--on", given->from, "hari berlaku / day it holds from: 2026-01-02");
    command->callback([&work, settings, given, step = std::move(step)] {
        work = [settings, given, step](Workplace& place) {
            auto const held = place.settings(*settings);
            if (!held)
                return place.report(held.error());
            return place.write(*held, [&](Desk& desk) { return run_step(place, desk, step, *given); });
        };
    });
    return command;
}

void add_unit(CLI::App& application, Work& work)
{
    auto* unit = application.add_subcommand("unit", "pohon satker / the tree of offices");
    unit->require_subcommand(1);
    auto given = std::make_shared<UnitOptions>();
    add_step(*unit, work, "list", "satker di bawahnya / offices below", list, given)->add_option("code", given->code, "bawaan / default: 00");
    add_step(*unit, work, "show", "satker dan induknya / an office and those above", show, given)->add_option("code", given->code)->required();
    auto* renaming = add_step(*unit, work, "rename", "nama baru sejak suatu hari / a new name from a day on", rename, given);
    renaming->add_option("code", given->code)->required();
    renaming->add_option("name", given->name)->required();
    renaming->add_option("--zone", given->zone, "WIB, WITA, WIT");
    auto* moving = add_step(*unit, work, "move", "pindah induk / another parent", move, given);
    moving->add_option("code", given->code)->required();
    moving->add_option("parent", given->parent)->required();
    moving->add_option("--reason", given->reason)->required();
    auto* splitting = add_step(*unit, work, "split", "pemekaran / split", split, given);
    splitting->add_option("code", given->code)->required();
    splitting->add_option("parts", given->parts, "1572='KPU Kota ...'")->required();
    splitting->add_option("--parent", given->parent, "bawaan: induk yang sama / default: the same parent");
    splitting->add_option("--reason", given->reason)->required();
}

}
