#include "account/grant_handover.hpp"
#include "account/grants.hpp"
#include "journal/journal.hpp"
#include <algorithm>

namespace kpuhub::account {

using organization::HandoverDraft;
using organization::HandoverItem;
using storage::Query;

constexpr Query own_roles { "account.own_roles", R"sql(
    SELECT g.id, g.role, g.area_no, g.valid_to FROM role_grant g
     WHERE g.person_id = $1 AND g.unit_id = $2 AND g.valid_from <= $3 AND g.valid_to >= $3
       AND ($4 = '' OR g.valid_from = $4) ORDER BY g.role, g.area_no, g.id )sql" };
constexpr Query end_before { "account.end_grant_before", "UPDATE role_grant SET valid_to = $2 WHERE id = $1" };
constexpr Query same_role { "account.same_role", R"sql(
    SELECT 1 FROM role_grant WHERE person_id = $1 AND unit_id = $2 AND role = $3 AND COALESCE(area_no, 0) = $4 AND valid_from <= $5 AND valid_to >= $5 )sql" };
constexpr Query put_role { "account.put_role", R"sql(
    INSERT INTO role_grant (role, unit_id, person_id, area_no, valid_from, valid_to, granted_by, written_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8) )sql" };
constexpr Query end_sessions { "account.end_sessions_of_two", R"sql(
    DELETE FROM session WHERE account_id IN (SELECT id FROM account WHERE person_id = $1 OR person_id = $2) )sql" };
constexpr Query raise_epochs { "account.raise_epochs_of_two", R"sql(
    UPDATE account SET access_epoch = access_epoch + 1 WHERE person_id = $1 OR person_id = $2 )sql" };

constexpr Query roles_of_post { "account.roles_of_post", R"sql(
    SELECT g.id, g.role, g.area_no, g.valid_from, g.valid_to, g.unit_id FROM role_grant g
     WHERE g.post_id = $1 AND g.valid_to >= $2 AND g.valid_from <= g.valid_to ORDER BY g.role, g.area_no, g.id )sql" };
constexpr Query same_role_of_post { "account.same_role_of_post", R"sql(
    SELECT 1 FROM role_grant WHERE post_id = $1 AND unit_id = $2 AND role = $3 AND COALESCE(area_no, 0) = $4 AND valid_from <= $5 AND valid_to >= $5 )sql" };
constexpr Query put_role_on_post { "account.put_role_on_post", R"sql(
    INSERT INTO role_grant (role, unit_id, post_id, area_no, valid_from, valid_to, granted_by, written_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8) )sql" };
constexpr Query end_sessions_of_post { "account.end_sessions_of_post", R"sql(
    DELETE FROM session WHERE account_id IN (SELECT a.id FROM account a JOIN appointment h ON h.person_id = a.person_id
     WHERE h.post_id = $1 AND h.valid_from <= $2 AND h.valid_to >= $2) )sql" };
constexpr Query raise_epochs_of_post { "account.raise_epochs_of_post", R"sql(
    UPDATE account SET access_epoch = access_epoch + 1 WHERE person_id IN (SELECT h.person_id FROM appointment h
     WHERE h.post_id = $1 AND h.valid_from <= $2 AND h.valid_to >= $2) )sql" };

static RoleKind const* movable(std::string const& role)
{
    for (auto const& kind : role_kinds())
        if (kind.name == role && !kind.second_person)
            return &kind;
    return nullptr;
}

/// Plh. and delegates stand in for a while: what is the holder's own stays his.
static bool moves_roles(HandoverDraft const& draft) { return draft.capacity == "definitive" || draft.capacity == "plt"; }

static std::string day_or_none(HandoverDraft const& draft) { return draft.since ? draft.since->iso() : std::string {}; }

std::vector<HandoverItem> GrantHandover::open_work(storage::Reader& reader, HandoverDraft const& draft, std::vector<PostId> const&) const
{
    std::vector<HandoverItem> items;
    if (!moves_roles(draft))
        return items;
    for (auto const& row : reader.query(own_roles, draft.from, draft.unit, draft.on, day_or_none(draft)))
        if (auto const* kind = movable(row.text(1)))
            items.push_back({ "grant", kind->title_id, row.is_null(2) ? "" : "Area " + std::to_string(row.integer(2)), row.date(3) });
    return items;
}

Result<void> GrantHandover::move(storage::Transaction& transaction, journal::Act const& act, HandoverDraft const& draft) const
{
    if (!moves_roles(draft))
        return {};
    for (auto const& row : transaction.query(own_roles, draft.from, draft.unit, draft.on, day_or_none(draft))) {
        if (!movable(row.text(1)))
            continue;
        transaction.execute(end_before, row.id<GrantTag>(0), draft.on.plus(std::chrono::days { -1 }));
        if (transaction.first(same_role, draft.to, draft.unit, row.text(1), row.optional_integer(2).value_or(0), draft.on))
            continue;
        transaction.execute(put_role, row.text(1), draft.unit, draft.to, row.optional_integer(2), draft.on, row.date(3), act.actor, act.at);
        journal::write(transaction, act, { "grant.moved", {}, draft.unit,
            { { "role", row.text(1) }, { "from", std::to_string(draft.from.value) }, { "to", std::to_string(draft.to.value) } } });
    }
    transaction.execute(raise_epochs, draft.from, draft.to);
    transaction.execute(end_sessions, draft.from, draft.to);
    return {};
}

std::vector<HandoverItem> GrantHandover::hangs_on(storage::Reader& reader, organization::Place const& place, time::Date last_day) const
{
    std::vector<HandoverItem> items;
    if (!place.post)
        return items;
    for (auto const& row : reader.query(roles_of_post, place.post, last_day.plus(std::chrono::days { 1 }))) {
        auto const* kind = movable(row.text(1));
        items.push_back({ "grant", kind ? kind->title_id : row.text(1), row.is_null(2) ? "" : "Area " + std::to_string(row.integer(2)), row.date(4) });
    }
    return items;
}

Result<void> GrantHandover::move_place(storage::Transaction& transaction, journal::Act const& act, UnitId unit, organization::Place const& from,
    organization::Place const& to) const
{
    if (!from.post)
        return {};
    for (auto const& row : transaction.query(roles_of_post, from.post, act.today)) {
        transaction.execute(end_before, row.id<GrantTag>(0), act.today.plus(std::chrono::days { -1 }));
        if (transaction.first(same_role_of_post, to.post, row.id<UnitTag>(5), row.text(1), row.optional_integer(2).value_or(0), act.today))
            continue;
        transaction.execute(put_role_on_post, row.text(1), row.id<UnitTag>(5), to.post, row.optional_integer(2), std::max(act.today, row.date(3)),
            row.date(4), act.actor, act.at);
        journal::write(transaction, act, { "grant.moved", {}, unit,
            { { "role", row.text(1) }, { "from_post", std::to_string(from.post.value) }, { "to_post", std::to_string(to.post.value) } } });
    }
    transaction.execute(raise_epochs_of_post, to.post, act.today);
    transaction.execute(end_sessions_of_post, to.post, act.today);
    return {};
}

}
