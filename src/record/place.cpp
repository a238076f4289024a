#include "record/place.hpp"
#include "account/access.hpp"
#include "definition/indicator_publication.hpp"
#include "definition/register_use.hpp"
#include "flow/clock_calendar.hpp"
#include "organization/access.hpp"
#include <algorithm>

namespace kpuhub::record {

using storage::Query;

namespace {

// The roles of the asker ($1) on the day ($2) that reach a unit, joined to what they permit there of the general things that pages of
// registers ask for and of the registers that `of` names; a row without permission for each role that permits nothing there.
#define RIGHTS_IN(unit, of) \
    " LEFT JOIN (" KPUHUB_ROLES_HELD("UNION") ") mg ON 1 = 1" \
    " LEFT JOIN unit_scope mu ON mu.unit_id = " unit " AND mu.ancestor_id = mg.at_unit AND mu.tree_version = " KPUHUB_TREE_OF_DAY \
    " LEFT JOIN role_permission mr ON mr.role = mg.role AND mu.unit_id IS NOT NULL AND " of " AND " KPUHUB_REACHES("mr", "mu") \
    "   AND (mr.register <> '' OR mr.permission IN ('plan.read', 'unit.set', 'plan.manage', 'plan.work', 'journal.read', 'retention.decide', 'retention.approve'))"
#define UNIT_COLUMNS "u.id, u.code, u.level, n.name, n.zone"
#define UNIT_NAME " JOIN unit_name n ON n.unit_id = u.id AND n.valid_from = (SELECT max(m.valid_from) FROM unit_name m" \
    " WHERE m.unit_id = u.id AND (m.valid_from <= $2 OR m.valid_from = u.opened_on))"

constexpr Query find_place { "record.place", "SELECT " UNIT_COLUMNS ", COALESCE(x.state, 'off'),"
    " (SELECT max(d.version) FROM register_definition d WHERE d.register = $4), mr.permission, " KPUHUB_CALENDAR_REVISION ", " KPUHUB_INDICATOR_REVISION " FROM unit u" UNIT_NAME
    " LEFT JOIN register_use x ON x.unit_id = u.id AND x.register = $4" RIGHTS_IN("u.id", "mr.register IN ('', $4)") " WHERE u.code = $3" };
constexpr Query find_record_place { "record.record_place", "SELECT " UNIT_COLUMNS ", COALESCE(x.state, 'off'), s.definition_version, mr.permission,"
    " s.kind, s.state, s.version, s.created_at, " KPUHUB_CALENDAR_REVISION ", " KPUHUB_INDICATOR_REVISION " FROM subject s JOIN unit u ON u.id = s.unit_id" UNIT_NAME
    " LEFT JOIN register_use x ON x.unit_id = u.id AND x.register = substr(s.kind, 3)"
    RIGHTS_IN("u.id", "mr.register IN ('', substr(s.kind, 3))")
    " WHERE s.id = $3 AND s.kind LIKE 'r~_%' ESCAPE '~'" };
// Only a register that has been in use has records.
constexpr Query find_uses { "record.uses", "SELECT " UNIT_COLUMNS ", x.register, x.state, mr.permission, COALESCE(k.records, 0) FROM unit u" UNIT_NAME
    " LEFT JOIN register_use x ON x.unit_id = u.id"
    " LEFT JOIN (SELECT s.kind AS kind, count(*) AS records FROM subject s WHERE s.unit_id = (SELECT w.id FROM unit w WHERE w.code = $3)"
    "     AND s.kind >= 'r_' AND s.kind < 'r`' AND s.state <> 'draft' GROUP BY s.kind) k ON k.kind = 'r_' || x.register"
    RIGHTS_IN("u.id", "mr.register >= ''") " WHERE u.code = $3" };

organization::Unit unit_from(storage::Row const& row)
{
    return { row.id<UnitTag>(0), row.text(1), row.text(2), row.text(3), time::zone_named(row.text(4)).value_or(time::Zone::Wib) };
}

bool lists(std::vector<std::string> const& roles, std::string_view role) { return std::ranges::find(roles, role) != roles.end(); }

std::set<std::string, std::less<>> permissions_in(storage::Rows const& rows, std::size_t column)
{
    std::set<std::string, std::less<>> names;
    for (auto const& row : rows)
        if (auto permission = row.optional_text(column))
            names.insert(std::move(*permission));
    return names;
}

}

bool Rights::has(std::string_view what, std::string_view which) const { return m_names.contains(permission_name(m_register, what, which)); }

bool Rights::sees(definition::Field const& field, bool own) const
{
    return field.seen_by.empty() || has("field", field.id) || (own && lists(field.seen_by, definition::creator));
}

std::string Place::address(std::string_view below) const
{
    return "/units/" + unit.code + "/registers/" + made->id + std::string { below };
}

Result<Place> place_of(storage::Reader& reader, definition::Shelf& shelf, Asker asker, std::string_view unit_code, std::string const& register_id)
{
    if (!definition::is_name(register_id))
        return not_found();
    auto rows = reader.query(find_place, asker.person, asker.today, unit_code, register_id);
    if (rows.empty() || rows.front().is_null(6))
        return not_found();
    auto const& row = rows.front();
    auto made = TRY(shelf.find(reader, register_id, static_cast<int>(row.integer(6))));
    Place place { unit_from(row), std::move(made), row.text(5) == "on", false,
        Rights { register_id, permissions_in(rows, 7) }, asker, row.text(8), row.integer(9) };
    place.own_may_read = lists(place.made->access.read, definition::creator);
    if (!place.known())
        return not_found();
    if (!place.on && !place.rights.holds("unit.set"))
        return fail({ FaultKind::NotFound, "record.off", {}, {}, place.made->title.id });
    return place;
}

Result<RecordPlace> place_of_record(storage::Reader& reader, definition::Shelf& shelf, Asker asker, SubjectId id)
{
    auto rows = reader.query(find_record_place, asker.person, asker.today, id);
    if (rows.empty())
        return not_found();
    auto const& row = rows.front();
    auto register_id = row.text(8).substr(2);
    auto made = TRY(shelf.find(reader, register_id, static_cast<int>(row.integer(6))));
    RecordPlace found { { unit_from(row), std::move(made), row.text(5) == "on", false,
                            Rights { register_id, permissions_in(rows, 7) }, asker, row.text(12), row.integer(13) },
        id, row.text(9), row.integer(10), row.instant(11) };
    found.place.own_may_read = lists(found.place.made->access.read, definition::creator);
    return found;
}

Result<RegisterList> registers_of(storage::Reader& reader, definition::Shelf& shelf, Asker asker, std::string_view unit_code)
{
    auto rows = reader.query(find_uses, asker.person, asker.today, unit_code);
    if (rows.empty())
        return not_found();
    auto names = permissions_in(rows, 7);
    RegisterList list { unit_from(rows.front()), names.contains("unit.set"), {} };
    list.may_retain = names.contains("retention.decide") || names.contains("retention.approve");
    list.may_read_journal = names.contains("journal.read");
    if (!names.contains("plan.read") && !list.may_set && names.empty())
        return not_found();
    std::set<std::string> on;
    std::map<std::string, std::int64_t> counts;
    for (auto const& row : rows) {
        if (row.is_null(5))
            continue;
        if (row.text(6) == "on")
            on.insert(row.text(5));
        counts[row.text(5)] = row.integer(8);
    }
    for (auto const& made : shelf.newest(reader)) {
        Rights rights { made->id, names };
        RegisterLine line { made, on.contains(made->id), rights.reads(), rights.creates(), counts[made->id] };
        line.recap = list.unit.level != "regency" && names.contains("plan.read");
        if (!made->retired && (list.may_set || line.recap || (line.on && (line.reads || line.creates || names.contains("plan.read")))))
            list.lines.push_back(std::move(line));
    }
    return list;
}

Result<void> set_use(storage::Transaction& transaction, journal::Act const& act, definition::Shelf& shelf, std::string_view unit_code,
    std::string const& register_id, bool on)
{
    auto place = TRY(place_of(transaction, shelf, { act.actor, act.today }, unit_code, register_id));
    if (!place.rights.holds("unit.set"))
        return forbidden("record.forbidden.set");
    definition::set_use(transaction, act, place.unit.id, register_id, on ? definition::Use::On : definition::Use::Off);
    return {};
}

void write_permissions(storage::Transaction& transaction, definition::Register const& made)
{
    std::vector<account::RolePermission> permissions;
    auto give = [&](std::vector<std::string> const& roles, std::string const& permission, std::vector<std::string> const& below = {}) {
        for (auto const& role : roles)
            if (role != definition::creator && role != definition::superior && role != definition::sender)
                permissions.push_back({ role, permission, lists(below, role) });
        for (auto const& role : below)
            if (!lists(roles, role))
                permissions.push_back({ role, permission, true });
    };
    auto const& below = made.access.read_below;
    give(made.access.read, permission_name(made.id, "read"), below);
    give(made.access.create, permission_name(made.id, "create"));
    for (auto const& state : made.states)
        give(state.edit_by, permission_name(made.id, "edit", state.id));
    for (auto const& step : made.steps)
        give(step.by, permission_name(made.id, "step", step.id));
    for (auto const& field : made.fields) {
        std::vector<std::string> also;
        std::ranges::copy_if(below, std::back_inserter(also), [&](auto const& role) { return lists(field.seen_by, role); });
        if (!field.seen_by.empty())
            give(field.seen_by, permission_name(made.id, "field", field.id), also);
    }
    account::replace_permissions(transaction, made.id, permissions);
}

}
