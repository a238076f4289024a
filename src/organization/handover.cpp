#include "organization/handover.hpp"
#include "journal/journal.hpp"
#include "organization/access.hpp"
#include "organization/appointment.hpp"
#include "organization/people.hpp"
#include "organization/person.hpp"
#include <algorithm>
#include <array>

namespace kpuhub::organization {

using storage::Query;

constexpr Query lock_giver { "organization.lock_giver", "UPDATE person SET name = name WHERE id = $1" };
constexpr Query held_posts { "organization.held_posts", R"sql(
    SELECT o.id, o.title, a.capacity, a.valid_from, a.valid_to FROM appointment a JOIN post o ON o.id = a.post_id
     WHERE a.person_id = $1 AND o.unit_id = $2 AND a.valid_from <= a.valid_to AND a.valid_to >= $3 AND a.valid_from <= $3
       AND ($4 = '' OR a.valid_from = $4) ORDER BY o.id )sql" };
constexpr Query insert_handover { "organization.insert_handover", R"sql(
    INSERT INTO handover (unit_id, from_person_id, to_person_id, capacity, effective_on, reason, made_by, made_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id )sql" };
constexpr Query insert_item { "organization.insert_handover_item", R"sql(
    INSERT INTO handover_item (handover_id, place, kind, title, detail, due_on) VALUES ($1, $2, $3, $4, $5, $6) )sql" };
constexpr Query select_handover { "organization.handover", R"sql(
    SELECT h.unit_id, h.from_person_id, h.to_person_id, h.capacity, h.effective_on, h.reason, f.name, t.name, COALESCE(m.name, ''), h.made_at, n.name
      FROM handover h JOIN person f ON f.id = h.from_person_id JOIN person t ON t.id = h.to_person_id
      JOIN unit_name n ON n.unit_id = h.unit_id AND n.valid_from = (SELECT max(x.valid_from) FROM unit_name x WHERE x.unit_id = h.unit_id)
      LEFT JOIN person m ON m.id = h.made_by
     WHERE h.unit_id = $3 AND h.id = $4 AND )sql" KPUHUB_MAY("$3", "'people.read'") };
constexpr Query items_of { "organization.handover_items", "SELECT kind, title, detail, due_on FROM handover_item WHERE handover_id = $1 ORDER BY place" };
constexpr Query list_handovers { "organization.handovers", R"sql(
    SELECT h.id, f.name, t.name, h.capacity, h.effective_on, (SELECT count(*) FROM handover_item i WHERE i.handover_id = h.id)
      FROM handover h JOIN person f ON f.id = h.from_person_id JOIN person t ON t.id = h.to_person_id
     WHERE h.unit_id = $3 AND )sql" KPUHUB_MAY("$3", "'people.read'") " ORDER BY h.id DESC LIMIT 50" };

struct HeldPost {
    PostId id {};
    std::string title, capacity;
    time::Date to {};
};

static std::vector<HeldPost> held_by(storage::Reader& reader, HandoverDraft const& draft)
{
    std::vector<HeldPost> posts;
    for (auto const& row : reader.query(held_posts, draft.from, draft.unit, draft.on, draft.since ? draft.since->iso() : std::string {}))
        posts.push_back({ row.id<PostTag>(0), row.text(1), row.text(2), row.date(4) });
    return posts;
}

static std::vector<FieldFault> faults_of(HandoverDraft const& draft, Person const& to)
{
    constexpr std::array<std::string_view, 4> capacities { "definitive", "plt", "plh", "delegate" };
    constexpr std::size_t longest_reason = 500;
    std::vector<FieldFault> faults;
    if (draft.from == draft.to)
        faults.push_back({ "to", "people.handover.same" });
    if (std::find(capacities.begin(), capacities.end(), draft.capacity) == capacities.end())
        faults.push_back({ "capacity", "people.capacity.unknown" });
    bool for_a_while = draft.capacity == "plh" || draft.capacity == "delegate";
    if (for_a_while && !draft.until)
        faults.push_back({ "until", "people.handover.until_needed" });
    if (draft.until && *draft.until < draft.on)
        faults.push_back({ "until", "people.dates.reversed" });
    if (to.left_on && *to.left_on < draft.on)
        faults.push_back({ "to", "people.appoint.left" });
    if (draft.reason.empty() || draft.reason.size() > longest_reason)
        faults.push_back({ "reason", "people.handover.reason_needed" });
    return faults;
}

/// Rights, then form; gives the posts that move.
static Result<std::vector<HeldPost>> checked(storage::Reader& reader, journal::Act const& act, HandoverDraft const& draft)
{
    TRY_VOID(require_people(reader, act, draft.unit, "handover.make"));
    TRY(person_by_id(reader, draft.from));
    auto to = TRY(person_by_id(reader, draft.to));
    if (act.actor == draft.to)
        return forbidden("people.handover.self");
    auto faults = faults_of(draft, to);
    if (!faults.empty())
        return invalid("people.wrong", faults);
    return held_by(reader, draft);
}

static std::vector<HandoverItem> items(storage::Reader& reader, HandoverDraft const& draft, std::vector<HeldPost> const& posts, HandoverParticipants const& participants)
{
    std::vector<HandoverItem> found;
    std::vector<PostId> ids;
    for (auto const& post : posts) {
        found.push_back({ "post", title_in(post.capacity, post.title), {}, {} });
        ids.push_back(post.id);
    }
    for (auto const* participant : participants)
        for (auto& item : participant->open_work(reader, draft, ids))
            found.push_back(std::move(item));
    return found;
}

Result<std::vector<HandoverItem>> preview_handover(storage::Reader& reader, journal::Act const& act, HandoverDraft const& draft, HandoverParticipants const& participants)
{
    auto posts = TRY(checked(reader, act, draft));
    auto found = items(reader, draft, posts, participants);
    if (found.empty())
        return conflict("people.handover.nothing");
    return found;
}

/// The next one holds each post as asked; what was itself held for a while stays so, until its day.
/// Plh. and delegates stand beside the holder, all others take his place.
static Result<void> move_post(storage::Transaction& transaction, journal::Act const& act, HandoverDraft const& draft, HeldPost const& post)
{
    bool takes_place = draft.capacity == "definitive" || draft.capacity == "plt";
    if (takes_place)
        TRY_VOID(end_appointment(transaction, act, draft.from, post.id, draft.on.plus(std::chrono::days { -1 })));
    auto capacity = post.capacity == "definitive" ? draft.capacity : post.capacity;
    auto until = draft.until.value_or(post.capacity == "definitive" ? open_end : post.to);
    return appoint(transaction, act, { draft.to, post.id, capacity, draft.on, std::min(until, post.capacity == "definitive" ? open_end : post.to) });
}

Result<HandoverId> hand_over(storage::Transaction& transaction, journal::Act const& act, HandoverDraft const& draft, HandoverParticipants const& participants)
{
    transaction.execute(lock_giver, draft.from);
    auto posts = TRY(checked(transaction, act, draft));
    auto found = items(transaction, draft, posts, participants);
    if (found.empty())
        return conflict("people.handover.nothing");
    auto id = transaction.insert<HandoverTag>(insert_handover, draft.unit, draft.from, draft.to, draft.capacity, draft.on, draft.reason, act.actor, act.at);
    std::int64_t place = 0;
    for (auto const& item : found)
        transaction.execute(insert_item, id, ++place, item.kind, item.title, item.detail, item.due_on);
    for (auto const& post : posts)
        TRY_VOID(move_post(transaction, act, draft, post));
    for (auto const* participant : participants)
        TRY_VOID(participant->move(transaction, act, draft));
    journal::write(transaction, act, { "handover.made", {}, draft.unit,
        { { "handover", std::to_string(id.value) }, { "from", std::to_string(draft.from.value) }, { "to", std::to_string(draft.to.value) },
            { "on", draft.on.iso() }, { "items", std::to_string(found.size()) }, { "reason", draft.reason } } });
    return id;
}

Result<Handover> handover_by_id(storage::Reader& reader, PersonId asking, time::Date today, UnitId unit, HandoverId id)
{
    auto row = reader.first(select_handover, asking, today, unit, id);
    if (!row)
        return not_found();
    Handover handover { id, { unit, row->id<PersonTag>(1), row->id<PersonTag>(2), row->text(3), row->date(4), {}, row->text(5), {} },
        row->text(10), row->text(6), row->text(7), row->text(8), row->instant(9), {} };
    for (auto const& item : reader.query(items_of, id))
        handover.items.push_back({ item.text(0), item.text(1), item.text(2), item.optional_date(3) });
    return handover;
}

std::vector<HandoverLine> handovers_of(storage::Reader& reader, PersonId asking, time::Date today, UnitId unit)
{
    std::vector<HandoverLine> lines;
    for (auto const& row : reader.query(list_handovers, asking, today, unit))
        lines.push_back({ row.id<HandoverTag>(0), row.text(1), row.text(2), row.text(3), row.date(4), row.integer(5) });
    return lines;
}

}
