#include "organization/unit.hpp"
#include "journal/journal.hpp"
#include "organization/access.hpp"
#include "organization/unit_tree.hpp"
#include <unordered_map>

namespace kpuhub::organization {

using storage::Query;

// The name of a unit on day $2.
#define UNIT_COLUMNS "u.id, u.code, u.level, n.name, n.zone"
#define NAME_ON_DAY(day) \
    " JOIN unit_name n ON n.unit_id = u.id AND n.valid_from = (SELECT max(m.valid_from) FROM unit_name m" \
    "  WHERE m.unit_id = u.id AND (m.valid_from <= " day " OR m.valid_from = u.opened_on)) "

constexpr Query all_codes { "organization.codes", "SELECT code, id FROM unit" };
constexpr Query insert_unit { "organization.insert_unit", R"sql(
    INSERT INTO unit (code, level, opened_on) VALUES ($1, $2, $3) RETURNING id )sql" };
constexpr Query insert_name { "organization.insert_name", R"sql(
    INSERT INTO unit_name (unit_id, valid_from, name, zone) VALUES ($1, $2, $3, $4)
    ON CONFLICT (unit_id, valid_from) DO UPDATE SET name = excluded.name, zone = excluded.zone )sql" };
constexpr std::string_view for_ever = "9999-12-31";
constexpr Query insert_edge { "organization.insert_edge", R"sql(
    INSERT INTO unit_edge (unit_id, parent_id, valid_from, valid_to) VALUES ($1, $2, $3, $4)
    ON CONFLICT (unit_id, valid_from) DO UPDATE SET parent_id = excluded.parent_id )sql" };
constexpr Query next_edge { "organization.next_edge", "SELECT min(valid_from) FROM unit_edge WHERE unit_id = $1 AND valid_from > $2" };
constexpr Query end_edge { "organization.end_edge", R"sql(
    UPDATE unit_edge SET valid_to = $3 WHERE unit_id = $1 AND valid_from < $2 AND valid_to >= $2 )sql" };
constexpr Query close_unit { "organization.close_unit", "UPDATE unit SET closed_on = $2 WHERE id = $1" };
constexpr Query insert_predecessor { "organization.insert_predecessor", R"sql(
    INSERT INTO unit_predecessor (unit_id, predecessor_id) VALUES ($1, $2) )sql" };
constexpr Query by_code { "organization.unit_by_code",
    "SELECT " UNIT_COLUMNS " FROM unit u " NAME_ON_DAY("$2") " WHERE u.code = $1" };
constexpr Query by_id { "organization.unit_by_id",
    "SELECT " UNIT_COLUMNS " FROM unit u " NAME_ON_DAY("$2") " WHERE u.id = $1" };
constexpr Query version_on { "organization.tree_version", "SELECT COALESCE(max(version), 0) FROM unit_tree WHERE valid_from <= $1" };
constexpr Query lower_of { "organization.lower_units",
    "SELECT " UNIT_COLUMNS " FROM unit_scope s JOIN unit u ON u.id = s.unit_id " NAME_ON_DAY("$2")
    " WHERE s.ancestor_id = $1 AND s.depth = 1"
    "   AND s.tree_version = (SELECT max(version) FROM unit_tree WHERE valid_from <= $2) ORDER BY u.code" };
constexpr Query path { "organization.path_to",
    "SELECT " UNIT_COLUMNS " FROM unit_scope s JOIN unit u ON u.id = s.ancestor_id " NAME_ON_DAY("$2")
    " WHERE s.unit_id = $1"
    "   AND s.tree_version = (SELECT max(version) FROM unit_tree WHERE valid_from <= $2) ORDER BY s.depth DESC" };
constexpr Query below_unit { "organization.is_below", R"sql(
    SELECT 1 FROM unit_scope WHERE ancestor_id = $1 AND unit_id = $2
       AND tree_version = (SELECT max(version) FROM unit_tree WHERE valid_from <= $3) )sql" };
constexpr Query subdivisions_on { "organization.subdivisions", R"sql(
    SELECT id, code, name, short_name FROM subdivision
     WHERE unit_id = $1 AND valid_from <= $2 AND valid_to >= $2 ORDER BY id )sql" };
constexpr Query all_settings { "organization.settings", "SELECT name, value FROM unit_setting WHERE unit_id = $1" };
constexpr Query with_settings { "organization.unit_with_settings",
    "SELECT " UNIT_COLUMNS ", t.name, t.value FROM unit u " NAME_ON_DAY("$2")
    " LEFT JOIN unit_setting t ON t.unit_id = u.id WHERE u.code = $1" };
constexpr Query put_setting { "organization.set_setting", R"sql(
    INSERT INTO unit_setting (unit_id, name, value) VALUES ($1, $2, $3)
    ON CONFLICT (unit_id, name) DO UPDATE SET value = excluded.value )sql" };
constexpr Query may_set { "organization.may_set", "SELECT CASE WHEN " KPUHUB_MAY("$3", "'unit.set'") " THEN 1 ELSE 0 END" };
constexpr Query may_manage { "organization.may_manage", "SELECT CASE WHEN " KPUHUB_MAY("$3", "'people.manage'") " THEN 1 ELSE 0 END" };

static Unit unit_of(storage::Row const& row)
{
    return { row.id<UnitTag>(0), row.text(1), row.text(2), row.text(3), time::zone_named(row.text(4)).value_or(time::Zone::Wib) };
}

static std::vector<Unit> units_of(storage::Rows const& rows)
{
    std::vector<Unit> units;
    for (auto const& row : rows)
        units.push_back(unit_of(row));
    return units;
}

static UnitId add_unit(storage::Transaction& transaction, UnitLine const& line, UnitId parent, std::string_view from)
{
    auto id = transaction.insert<UnitTag>(insert_unit, line.code, line.level, from);
    transaction.execute(insert_name, id, from, line.name, time::name(line.zone));
    if (parent)
        transaction.execute(insert_edge, id, parent, from, for_ever);
    return id;
}

Result<int> load_units(storage::Transaction& transaction, journal::Act const& act, std::vector<UnitLine> const& lines, time::Date from)
{
    std::unordered_map<std::string, UnitId> known;
    for (auto const& row : transaction.query(all_codes))
        known[row.text(0)] = row.id<UnitTag>(1);
    int added = 0;
    for (auto const& line : lines) {
        if (known.contains(line.code))
            continue;
        auto parent = known.find(line.parent_code);
        if (!line.parent_code.empty() && parent == known.end())
            return invalid_because("organization.unit.parent_unknown", line.code);
        known[line.code] = add_unit(transaction, line, line.parent_code.empty() ? UnitId {} : parent->second, from.iso());
        ++added;
    }
    if (added > 0) {
        write_tree(transaction, from, "load", act.at);
        journal::write(transaction, act, { "unit.loaded", {}, {}, { { "added", std::to_string(added) } } });
    }
    return added;
}

/// Installers (no actor) may do all; a person needs the permission at the unit.
static Result<void> require(storage::Transaction& transaction, journal::Act const& act, Query const& question, UnitId unit)
{
    if (!act.actor || transaction.first(question, act.actor, act.today, unit)->yes(0))
        return {};
    return forbidden("organization.unit.forbidden");
}

Result<void> rename_unit(storage::Transaction& transaction, journal::Act const& act, UnitId unit, std::string name, time::Zone zone, time::Date from)
{
    TRY(unit_by_id(transaction, unit, from));
    TRY_VOID(require(transaction, act, may_manage, unit));
    if (name.empty())
        return invalid("organization.unit.name_empty", { { "name", "organization.unit.name_empty" } });
    transaction.execute(insert_name, unit, from, name, time::name(zone));
    journal::write(transaction, act, { "unit.renamed", {}, unit, { { "name", name }, { "from", from.iso() } } });
    return {};
}

static void put_under(storage::Transaction& transaction, UnitId unit, UnitId parent, time::Date from)
{
    transaction.execute(end_edge, unit, from, from.plus(std::chrono::days { -1 }));
    auto const next = transaction.first(next_edge, unit, from)->optional_date(0);
    transaction.execute(insert_edge, unit, parent, from, next ? next->plus(std::chrono::days { -1 }).iso() : std::string { for_ever });
}

Result<void> move_unit(storage::Transaction& transaction, journal::Act const& act, UnitId unit, UnitId parent, time::Date from, std::string reason)
{
    TRY(unit_by_id(transaction, unit, from));
    TRY(unit_by_id(transaction, parent, from));
    TRY_VOID(require(transaction, act, may_manage, parent));
    if (transaction.first(below_unit, unit, parent, from))
        return invalid("organization.unit.ring");
    put_under(transaction, unit, parent, from);
    write_tree(transaction, from, reason, act.at);
    journal::write(transaction, act, { "unit.moved", {}, unit, { { "parent", std::to_string(parent.value) }, { "from", from.iso() }, { "reason", reason } } });
    return {};
}

Result<void> split_unit(storage::Transaction& transaction, journal::Act const& act, UnitId unit, std::vector<UnitLine> const& parts, time::Date from, std::string reason)
{
    TRY(unit_by_id(transaction, unit, from));
    TRY_VOID(require(transaction, act, may_manage, unit));
    for (auto const& part : parts) {
        auto parent = TRY(unit_by_code(transaction, part.parent_code, from));
        auto id = add_unit(transaction, part, parent.id, from.iso());
        transaction.execute(insert_predecessor, id, unit);
        journal::write(transaction, act, { "unit.opened", {}, id, { { "code", part.code }, { "from", from.iso() }, { "reason", reason } } });
    }
    write_tree(transaction, from, reason, act.at);
    return {};
}

static Result<Unit> one_unit(std::optional<storage::Row> row)
{
    if (!row)
        return not_found("organization.unit.not_found");
    return unit_of(*row);
}

Result<Unit> unit_by_code(storage::Reader& reader, std::string_view code, time::Date on) { return one_unit(reader.first(by_code, code, on)); }
Result<Unit> unit_by_id(storage::Reader& reader, UnitId id, time::Date on) { return one_unit(reader.first(by_id, id, on)); }
std::int64_t tree_version(storage::Reader& reader, time::Date on) { return reader.first(version_on, on)->integer(0); }
std::vector<Unit> lower_units(storage::Reader& reader, UnitId unit, time::Date on) { return units_of(reader.query(lower_of, unit, on)); }
std::vector<Unit> path_to(storage::Reader& reader, UnitId unit, time::Date on) { return units_of(reader.query(path, unit, on)); }

std::vector<Subdivision> subdivisions(storage::Reader& reader, UnitId unit, time::Date on)
{
    std::vector<Subdivision> found;
    for (auto const& row : reader.query(subdivisions_on, unit, on))
        found.push_back({ row.id<SubdivisionTag>(0), row.text(1), row.text(2), row.text(3) });
    return found;
}

std::map<std::string, std::string> unit_settings(storage::Reader& reader, UnitId unit)
{
    std::map<std::string, std::string> settings;
    for (auto const& row : reader.query(all_settings, unit))
        settings[row.text(0)] = row.text(1);
    return settings;
}

Result<UnitWithSettings> unit_with_settings(storage::Reader& reader, std::string_view code, time::Date on)
{
    constexpr std::size_t name_column = 5, value_column = 6;
    auto const rows = reader.query(with_settings, code, on);
    if (rows.empty())
        return not_found("organization.unit.not_found");
    UnitWithSettings found { unit_of(rows.front()), {} };
    for (auto const& row : rows)
        if (!row.is_null(name_column))
            found.settings[row.text(name_column)] = row.text(value_column);
    return found;
}

Result<void> set_unit_setting(storage::Transaction& transaction, journal::Act const& act, UnitId unit, std::string name, std::string value)
{
    TRY_VOID(require(transaction, act, may_set, unit));
    transaction.execute(put_setting, unit, name, value);
    journal::write(transaction, act, { "unit.set", {}, unit, { { name, value } } });
    return {};
}

}
