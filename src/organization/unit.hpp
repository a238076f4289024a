#pragma once
#include "core/id.hpp"
#include "core/result.hpp"
#include "journal/act.hpp"
#include "storage/database.hpp"
#include "time/date.hpp"
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace kpuhub::organization {

/// An office (satuan kerja) with its name and zone of a given day.
struct Unit {
    UnitId id {};
    std::string code;                   ///< Kemendagri area code, "00" for KPU RI
    std::string level;                  ///< national, province, regency
    std::string name;
    time::Zone zone = time::Zone::Wib;
};

/// One line of definitions/units: a unit as it first stands.
struct UnitLine {
    std::string code;
    std::string level;
    std::string name;
    std::string parent_code;            ///< empty for the root
    time::Zone zone = time::Zone::Wib;
};

/// Adds units that are not there yet and writes a new tree version when any was added. Units that exist are left alone
/// (names and borders change by dated actions); new ones hold from the day given. Returns how many were added.
/// Errors: Invalid when a parent is unknown or a code stands twice.
Result<int> load_units(storage::Transaction&, journal::Act const&, std::vector<UnitLine> const&, time::Date from);

/// A new name or zone from a day on; earlier pages keep the old one.
/// Errors: NotFound, Forbidden (needs unit.set there), Invalid (empty name).
Result<void> rename_unit(storage::Transaction&, journal::Act const&, UnitId, std::string name, time::Zone, time::Date from);

/// Puts a unit under another parent from a day on and writes the new tree version.
/// Errors: NotFound; Invalid when the parent lies below the unit.
Result<void> move_unit(storage::Transaction&, journal::Act const&, UnitId, UnitId new_parent, time::Date from, std::string reason);

/// Splits a unit: the new ones open on the day, under the parent given, and name the old one as predecessor (pemekaran).
Result<void> split_unit(storage::Transaction&, journal::Act const&, UnitId, std::vector<UnitLine> const& parts, time::Date from, std::string reason);

/// The unit of a code with its name on that day. Errors: NotFound.
Result<Unit> unit_by_code(storage::Reader&, std::string_view code, time::Date on);
Result<Unit> unit_by_id(storage::Reader&, UnitId, time::Date on);

/// The version of the tree in force on a day.
std::int64_t tree_version(storage::Reader&, time::Date on);

/// Direct lower units on a day, by code; empty for a kabupaten/kota.
std::vector<Unit> lower_units(storage::Reader&, UnitId, time::Date on);

/// From the root down to the unit itself.
std::vector<Unit> path_to(storage::Reader&, UnitId, time::Date on);

struct Subdivision {
    SubdivisionId id {};
    std::string code;
    std::string name;
    std::string short_name;
};
std::vector<Subdivision> subdivisions(storage::Reader&, UnitId, time::Date on);

/// All that an office has set for itself. One statement.
std::map<std::string, std::string> unit_settings(storage::Reader&, UnitId);
/// An office with all that it has set for itself. One statement. Errors: NotFound for an unknown code.
struct UnitWithSettings {
    Unit unit;
    std::map<std::string, std::string> settings;
};
Result<UnitWithSettings> unit_with_settings(storage::Reader&, std::string_view code, time::Date on);
Result<void> set_unit_setting(storage::Transaction&, journal::Act const&, UnitId, std::string name, std::string value);

}
