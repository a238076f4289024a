#include "account/grants.hpp"
#include "core/embedded.hpp"
#include "definition/node.hpp"
#include "journal/journal.hpp"
#include "organization/access.hpp"
#include "organization/appointment.hpp"
#include "organization/person.hpp"
#include "organization/post.hpp"
#include <algorithm>

namespace kpuhub::account {

using storage::Query;

constexpr std::int64_t time_to_confirm_ms = 72LL * 60 * 60 * 1000;

constexpr Query insert_grant { "account.insert_grant", R"sql(
    INSERT INTO role_grant (role, unit_id, person_id, post_id, area_no, valid_from, valid_to, granted_by, written_at, wanted_from)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id )sql" };
constexpr Query same_grant { "account.same_grant", R"sql(
    SELECT 1 FROM role_grant WHERE role = $1 AND unit_id = $2 AND COALESCE(person_id, 0) = $3 AND COALESCE(post_id, 0) = $4
       AND COALESCE(area_no, 0) = $5 AND valid_to >= $6
       AND (valid_from <= $7 OR (wanted_from IS NOT NULL AND confirmed_by IS NULL AND written_at >= $8)) )sql" };
constexpr Query lock_grant { "account.lock_grant", R"sql(
    UPDATE role_grant SET role = role WHERE id = $1
    RETURNING role, unit_id, person_id, post_id, valid_from, valid_to, granted_by, confirmed_by, written_at, wanted_from )sql" };
constexpr Query confirm_grant { "account.confirm_grant", "UPDATE role_grant SET confirmed_by = $2, valid_from = $3 WHERE id = $1" };
constexpr Query end_grant { "account.end_grant", "UPDATE role_grant SET valid_to = $2 WHERE id = $1" };
constexpr Query holds_post { "account.holds_post", R"sql(
    SELECT 1 FROM appointment WHERE person_id = $1 AND post_id = $2 AND valid_to >= $3 AND valid_from <= valid_to )sql" };
// Those concerned: the person of the grant, or all who hold its post today.
#define CONCERNED \
    "(person_id = $1 OR person_id IN (SELECT h.person_id FROM appointment h" \
    "  WHERE h.post_id = $2 AND h.valid_from <= $3 AND h.valid_to >= $3))"
constexpr Query raise_epochs { "account.raise_epochs", "UPDATE account SET access_epoch = access_epoch + 1 WHERE " CONCERNED };
constexpr Query end_sessions { "account.end_sessions_of", "DELETE FROM session WHERE account_id IN (SELECT id FROM account WHERE " CONCERNED ")" };
constexpr Query lock_managers { "account.lock_managers", R"sql(
    UPDATE role_grant SET role = role WHERE role IN (SELECT role FROM role_permission WHERE permission = 'people.manage') )sql" };
constexpr Query other_manager { "account.other_manager", R"sql(
    SELECT 1 FROM unit_scope s
      JOIN role_grant g ON g.unit_id = s.ancestor_id AND g.valid_from <= $2 AND g.valid_to >= $2 AND g.id <> $3
      JOIN role_permission r ON r.role = g.role AND r.permission = 'people.manage' AND (r.below = 1 OR s.depth = 0)
      JOIN account a ON a.state = 'active' AND a.person_id <> $4
       AND (a.person_id = g.person_id OR a.person_id IN (SELECT h.person_id FROM appointment h
             WHERE h.post_id = g.post_id AND h.valid_from <= $2 AND h.valid_to >= $2))
      JOIN person n ON n.id = a.person_id AND (n.left_on IS NULL OR n.left_on >= $2)
     WHERE s.unit_id = $1 AND s.tree_version = (SELECT max(t.version) FROM unit_tree t WHERE t.valid_from <= $2) LIMIT 1 )sql" };
constexpr Query managed_by { "account.managed_by", R"sql(
    SELECT DISTINCT g.unit_id FROM role_grant g JOIN role_permission r ON r.role = g.role AND r.permission = 'people.manage'
     WHERE g.valid_from <= $2 AND g.valid_to >= $2 AND (g.person_id = $1 OR g.post_id IN (SELECT h.post_id FROM appointment h
           WHERE h.person_id = $1 AND h.valid_from <= $2 AND h.valid_to >= $2)) )sql" };
#define GRANT_COLUMNS \
    "SELECT g.id, g.role, g.unit_id, n.name, g.area_no, g.person_id, COALESCE(p.name, ''), g.post_id, COALESCE(o.title, '')," \
    "       COALESCE(g.wanted_from, g.valid_from), g.valid_to," \
    "       CASE WHEN g.wanted_from IS NOT NULL AND g.confirmed_by IS NULL THEN 1 ELSE 0 END," \
    "       COALESCE(b.name, ''), g.granted_by, g.written_at" \
    "  FROM role_grant g JOIN unit_name n ON n.unit_id = g.unit_id AND n.valid_from = (SELECT max(m.valid_from) FROM unit_name m WHERE m.unit_id = g.unit_id)" \
    "  LEFT JOIN person p ON p.id = g.person_id LEFT JOIN post o ON o.id = g.post_id LEFT JOIN person b ON b.id = g.granted_by"
// in force, to come, or waiting for the second person
#define GRANT_ALIVE(oldest_request) \
    "g.valid_to >= $2 AND ((g.wanted_from IS NOT NULL AND g.confirmed_by IS NULL AND g.written_at >= " oldest_request ")" \
    " OR g.valid_from <= g.valid_to)"
// his account comes before them: without a role, its name, state and whether it waits for a password in the places of texts and yes
constexpr Query of_person { "account.grants_and_account", GRANT_COLUMNS
    " WHERE " GRANT_ALIVE("$3") " AND (g.person_id = $1 OR g.post_id IN (SELECT h.post_id FROM appointment h"
    "       WHERE h.person_id = $1 AND h.valid_from <= $2 AND h.valid_to >= $2))"
    " UNION ALL SELECT a.id, '', NULL, a.user_name, NULL, a.person_id, '', NULL, '', '', '', CASE WHEN a.password_hash = '' THEN 1 ELSE 0 END,"
    "       a.state, NULL, a.created_at FROM account a WHERE a.person_id = $1"
    " ORDER BY 2, 5, 1" };
constexpr Query at_unit { "account.grants_at", GRANT_COLUMNS
    " WHERE g.unit_id = $3 AND " GRANT_ALIVE("$4") " AND " KPUHUB_MAY("$3", "'people.read'")
    " ORDER BY 12 DESC, g.role, g.area_no, g.id" };

std::vector<RoleKind> const& role_kinds()
{
    static std::vector<RoleKind> const kinds = [] {
        std::vector<RoleKind> read;
        auto file = definition::parse("definitions/access/roles.yaml", embedded_file("definitions/access/roles.yaml"));
        if (!file)
            return read;
        auto listed = [&](std::string_view list, std::string const& role) {
            auto const& items = (*file)[list].items;
            return std::any_of(items.begin(), items.end(), [&](auto const& item) { return item.text == role; });
        };
        for (auto const& [name, role] : (*file)["roles"].entries)
            if (!listed("derived", name))
                read.push_back({ name, role["title"]["id"].text, role["title"]["en"].text, listed("by_area", name), listed("second_person", name) });
        return read;
    }();
    return kinds;
}

static RoleKind const* kind_of(std::string const& role)
{
    auto found = std::find_if(role_kinds().begin(), role_kinds().end(), [&](auto const& kind) { return kind.name == role; });
    return found == role_kinds().end() ? nullptr : &*found;
}

static void tell_accounts(storage::Transaction& transaction, PersonId person, PostId post, time::Date today)
{
    transaction.execute(raise_epochs, person, post, today);
    transaction.execute(end_sessions, person, post, today);
}

static bool gains(storage::Transaction& transaction, PersonId actor, PersonId person, PostId post, time::Date today)
{
    return actor && (actor == person || (post && transaction.first(holds_post, actor, post, today).has_value()));
}

static std::vector<FieldFault> faults_of(storage::Transaction& transaction, GrantDraft const& draft, time::Date from, time::Date to)
{
    std::vector<FieldFault> faults;
    auto const* kind = kind_of(draft.role);
    if (!kind)
        faults.push_back({ "role", "people.grant.role_unknown" });
    if (static_cast<bool>(draft.person) == static_cast<bool>(draft.post))
        faults.push_back({ "person", "people.grant.holder_needed" });
    if (kind && kind->second_person && draft.post)
        faults.push_back({ "post", "people.grant.persons_only" });
    if (kind && kind->by_area != draft.area_no.has_value())
        faults.push_back({ "area_no", kind->by_area ? "people.grant.area_needed" : "people.grant.area_not_here" });
    if (draft.area_no && (*draft.area_no < 1 || *draft.area_no > 8))
        faults.push_back({ "area_no", "people.grant.area_needed" });
    if (to < from)
        faults.push_back({ "to", "people.dates.reversed" });
    if (draft.person && !organization::person_by_id(transaction, draft.person))
        faults.push_back({ "person", "people.not_found" });
    if (draft.post && !organization::post_by_id(transaction, draft.post))
        faults.push_back({ "post", "people.post.not_found" });
    return faults;
}

static time::Date twelve_months_after(time::Date from)
{
    auto year_later = std::chrono::year_month_day { from.days } + std::chrono::years { 1 };
    auto day = year_later.ok() ? std::chrono::sys_days { year_later } : std::chrono::sys_days { year_later.year() / year_later.month() / std::chrono::last };
    return time::Date { day }.plus(std::chrono::days { -1 });
}

Result<GrantId> give_role(storage::Transaction& transaction, journal::Act const& act, GrantDraft const& draft)
{
    TRY_VOID(organization::require_people(transaction, act, draft.unit, "people.manage"));
    if (gains(transaction, act.actor, draft.person, draft.post, act.today))
        return forbidden("people.grant.self");
    auto from = draft.from.value_or(act.today);
    auto to = draft.to.value_or(twelve_months_after(from));
    auto faults = faults_of(transaction, draft, from, to);
    if (!faults.empty())
        return invalid("people.wrong", faults);
    if (transaction.first(same_grant, draft.role, draft.unit, draft.person.value, draft.post.value, draft.area_no.value_or(0), from, to,
            act.at.milliseconds - time_to_confirm_ms))
        return conflict("people.grant.stands");
    bool waits = act.actor && kind_of(draft.role)->second_person;
    auto id = transaction.insert<GrantTag>(insert_grant, draft.role, draft.unit, draft.person, draft.post, draft.area_no,
        waits ? organization::open_end : from, to, act.actor, act.at, waits ? std::optional { from } : std::nullopt);
    if (!waits)
        tell_accounts(transaction, draft.person, draft.post, act.today);
    journal::write(transaction, act, { waits ? "grant.asked" : "grant.given", {}, draft.unit,
        { { "grant", std::to_string(id.value) }, { "role", draft.role }, { "person", std::to_string(draft.person.value) },
            { "post", std::to_string(draft.post.value) }, { "area", std::to_string(draft.area_no.value_or(0)) },
            { "from", from.iso() }, { "to", to.iso() } } });
    return id;
}

Result<void> confirm_role(storage::Transaction& transaction, journal::Act const& act, GrantId id)
{
    auto row = transaction.first(lock_grant, id);
    if (!row)
        return not_found();
    auto unit = row->id<UnitTag>(1);
    TRY_VOID(organization::require_people(transaction, act, unit, "people.manage"));
    auto wanted_from = row->optional_date(9);
    if (!wanted_from || !row->is_null(7) || row->date(5) < act.today)
        return conflict("people.grant.nothing_waits");
    if (!act.actor || act.actor == row->id<PersonTag>(6) || act.actor == row->id<PersonTag>(2))
        return forbidden("people.grant.second_person");
    if (act.at.milliseconds - row->integer(8) > time_to_confirm_ms)
        return conflict("people.grant.too_late");
    transaction.execute(confirm_grant, id, act.actor, std::max(*wanted_from, act.today));
    tell_accounts(transaction, row->id<PersonTag>(2), row->id<PostTag>(3), act.today);
    journal::write(transaction, act, { "grant.confirmed", {}, unit, { { "grant", std::to_string(id.value) }, { "role", row->text(0) } } });
    return {};
}

bool managed_without(storage::Transaction& transaction, UnitId unit, time::Date today, GrantId left_out, PersonId person)
{
    transaction.execute(lock_managers);
    return transaction.first(other_manager, unit, today, left_out.value, person.value).has_value();
}

bool last_administrator(storage::Transaction& transaction, PersonId person, time::Date today)
{
    for (auto const& row : transaction.query(managed_by, person, today))
        if (!managed_without(transaction, row.id<UnitTag>(0), today, {}, person))
            return true;
    return false;
}

Result<void> end_role(storage::Transaction& transaction, journal::Act const& act, GrantId id)
{
    transaction.execute(lock_managers);
    auto row = transaction.first(lock_grant, id);
    if (!row)
        return not_found();
    auto unit = row->id<UnitTag>(1);
    TRY_VOID(organization::require_people(transaction, act, unit, "people.manage"));
    if (row->date(5) < act.today)
        return conflict("people.grant.ended");
    bool in_force = row->date(4) <= act.today;
    if (in_force && kind_of(row->text(0)) && kind_of(row->text(0))->second_person && !managed_without(transaction, unit, act.today, id, {}))
        return conflict("people.grant.last_administrator");
    transaction.execute(end_grant, id, act.today.plus(std::chrono::days { -1 }));
    tell_accounts(transaction, row->id<PersonTag>(2), row->id<PostTag>(3), act.today);
    journal::write(transaction, act, { "grant.ended", {}, unit, { { "grant", std::to_string(id.value) }, { "role", row->text(0) } } });
    return {};
}

static GrantLine line_in(storage::Row const& row)
{
    return { row.id<GrantTag>(0), row.text(1), row.id<UnitTag>(2), row.text(3), row.optional_integer(4), row.id<PersonTag>(5),
        row.text(6), row.id<PostTag>(7), row.text(8), row.date(9), row.date(10), row.yes(11), row.text(12), row.id<PersonTag>(13), row.instant(14) };
}

// A request that nobody confirmed in time is no longer shown; the caller's day is enough to tell.
static std::int64_t oldest_request(time::Date today)
{
    return time::start_of_day(today, time::Zone::Wib).milliseconds - time_to_confirm_ms;
}

GrantsAndAccount grants_and_account(storage::Reader& reader, PersonId person, time::Date today)
{
    GrantsAndAccount found;
    for (auto const& row : reader.query(of_person, person, today, oldest_request(today))) {
        if (!row.text(1).empty())
            found.grants.push_back(line_in(row));
        else if (!found.account)
            found.account = AccountLine { row.id<AccountTag>(0), row.id<PersonTag>(5), row.text(3), row.text(12), row.yes(11) };
    }
    return found;
}

std::vector<GrantLine> grants_at(storage::Reader& reader, PersonId asking, UnitId unit, time::Date today)
{
    std::vector<GrantLine> lines;
    for (auto const& row : reader.query(at_unit, asking, today, unit, oldest_request(today)))
        lines.push_back(line_in(row));
    return lines;
}

}
