#include "organization/place_closing.hpp"
#include "journal/journal.hpp"
#include "organization/person.hpp"
#include "organization/post.hpp"

namespace kpuhub::organization {

using storage::Query;

// the item's kind, title and detail
constexpr Query on_post { "organization.hangs_on_post", R"sql(
    SELECT 'holder', p.name, a.capacity FROM appointment a JOIN person p ON p.id = a.person_id
     WHERE a.post_id = $1 AND a.valid_to > $2 AND a.valid_from <= a.valid_to
    UNION ALL SELECT 'below', o.title, '' FROM post o WHERE o.superior_id = $1 AND o.valid_to > $2 ORDER BY 1 DESC, 2 )sql" };
constexpr Query on_subdivision { "organization.hangs_on_subdivision", R"sql(
    SELECT 'post', o.title, '' FROM post o WHERE o.subdivision_id = $1 AND o.valid_to > $2 ORDER BY o.id )sql" };
constexpr Query lock_place { "organization.lock_place", "UPDATE post SET title = title WHERE id = $1" };
constexpr Query lock_part { "organization.lock_part", "UPDATE subdivision SET code = code WHERE id = $1" };
constexpr Query find_part { "organization.find_part", "SELECT unit_id, valid_from, valid_to FROM subdivision WHERE id = $1" };
// a successor that stands somewhere below goes up to where the closed post stood, so that no ring comes of it
constexpr Query raise_successor { "organization.raise_successor", R"sql(
    UPDATE post SET superior_id = (SELECT o.superior_id FROM post o WHERE o.id = $1)
     WHERE id = $2 AND EXISTS (WITH RECURSIVE above (id) AS (
        SELECT CAST($2 AS BIGINT) UNION SELECT p.superior_id FROM post p JOIN above ON above.id = p.id WHERE p.superior_id IS NOT NULL)
        SELECT 1 FROM above WHERE above.id = $1) )sql" };
constexpr Query new_superior { "organization.new_superior",
    "UPDATE post SET superior_id = $2 WHERE superior_id = $1 AND id <> $2 AND valid_to > $3" };
constexpr Query new_part { "organization.new_subdivision", "UPDATE post SET subdivision_id = $2 WHERE subdivision_id = $1 AND valid_to > $3" };
constexpr Query holds { "organization.actor_holds", R"sql(
    SELECT 1 FROM appointment WHERE person_id = $1 AND post_id = $2 AND valid_to >= $3 AND valid_from <= valid_to )sql" };

static constexpr std::string_view holder_kind = "holder";

std::vector<HandoverItem> hanging_on(storage::Reader& reader, Place const& place, time::Date last_day, HandoverParticipants const& participants)
{
    std::vector<HandoverItem> own;
    auto const rows = place.post ? reader.query(on_post, place.post, last_day) : reader.query(on_subdivision, place.subdivision, last_day);
    for (auto const& row : rows)
        own.push_back({ row.text(0), row.text(1), row.text(2), {} });
    return with_what_hangs_on(reader, place, last_day, participants, std::move(own));
}

std::vector<HandoverItem> with_what_hangs_on(storage::Reader& reader, Place const& place, time::Date last_day, HandoverParticipants const& participants,
    std::vector<HandoverItem> found)
{
    for (auto const* participant : participants)
        for (auto& item : participant->hangs_on(reader, place, last_day))
            found.push_back(std::move(item));
    return found;
}

namespace {

struct Standing {
    UnitId unit {};
    time::Date from {};
    time::Date to {};
};

Result<Standing> standing(storage::Reader& reader, Place const& place)
{
    if (place.post) {
        auto post = TRY(post_by_id(reader, place.post));
        return Standing { post.unit, post.valid_from, post.valid_to };
    }
    auto row = reader.first(find_part, place.subdivision);
    if (!row)
        return not_found();
    return Standing { row->id<UnitTag>(0), row->date(1), row->date(2) };
}

Result<void> check_successor(storage::Reader& reader, journal::Act const& act, Place const& place, Place const& successor, UnitId unit, time::Date last_day)
{
    auto const wrong = [] { return invalid("people.wrong", { { "successor", "people.place.successor_wrong" } }); };
    bool const same_kind = static_cast<bool>(place.post) == static_cast<bool>(successor.post);
    if (!same_kind || place == successor)
        return wrong();
    auto next = standing(reader, successor);
    if (!next || next->unit != unit || next->to <= last_day)
        return wrong();
    if (act.actor && successor.post && reader.first(holds, act.actor, successor.post, act.today))
        return forbidden("people.grant.self");
    return {};
}

}

Result<void> close_place(storage::Transaction& transaction, journal::Act const& act, Place const& place, Place const& successor, time::Date last_day,
    HandoverParticipants const& participants)
{
    if (place.post)
        transaction.execute(lock_place, place.post);
    else
        transaction.execute(lock_part, place.subdivision);
    auto const now = TRY(standing(transaction, place));
    TRY_VOID(require_people(transaction, act, now.unit, "people.manage"));
    if (now.to < act.today)
        return conflict("people.place.closed_already");
    if (last_day < now.from)
        return invalid("people.wrong", { { "last_day", "people.dates.reversed" } });
    auto const hanging = hanging_on(transaction, place, last_day, participants);
    for (auto const& item : hanging)
        if (item.kind == holder_kind)
            return conflict("people.post.held");
    if (successor.post || successor.subdivision) {
        TRY_VOID(check_successor(transaction, act, place, successor, now.unit, last_day));
        if (place.post)
            transaction.execute(raise_successor, place.post, successor.post);
        if (place.post)
            transaction.execute(new_superior, place.post, successor.post, last_day);
        else
            transaction.execute(new_part, place.subdivision, successor.subdivision, last_day);
        for (auto const* participant : participants)
            TRY_VOID(participant->move_place(transaction, act, now.unit, place, successor));
        journal::write(transaction, act, { place.post ? "post.handed_over" : "subdivision.handed_over", {}, now.unit,
            { { "from", std::to_string(place.post ? place.post.value : place.subdivision.value) },
                { "to", std::to_string(place.post ? successor.post.value : successor.subdivision.value) }, { "items", std::to_string(hanging.size()) } } });
    } else if (!hanging.empty()) {
        return conflict("people.place.hangs");
    }
    return place.post ? close_post(transaction, act, place.post, last_day) : close_subdivision(transaction, act, place.subdivision, last_day);
}

}
