#include "organization/appointment.hpp"
#include "journal/journal.hpp"
#include "organization/access.hpp"
#include "organization/person.hpp"
#include "organization/post.hpp"
#include <algorithm>
#include <array>

namespace kpuhub::organization {

using storage::Query;

constexpr Query lock_post { "organization.lock_post", "UPDATE post SET title = title WHERE id = $1" };
constexpr Query definitive_between { "organization.definitive_between", R"sql(
    SELECT 1 FROM appointment WHERE post_id = $1 AND person_id <> $2 AND capacity = 'definitive'
       AND valid_from <= $4 AND valid_to >= $3 )sql" };
constexpr Query put_appointment { "organization.put_appointment", R"sql(
    INSERT INTO appointment (person_id, post_id, capacity, valid_from, valid_to) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (person_id, post_id, valid_from) DO UPDATE SET capacity = excluded.capacity, valid_to = excluded.valid_to )sql" };
constexpr Query end_held { "organization.end_appointment", R"sql(
    UPDATE appointment SET valid_to = $3 WHERE person_id = $1 AND post_id = $2 AND valid_to > $3 AND valid_from <= valid_to )sql" };
// Every post above one that the person holds, with its distance and who holds it on the day; the nearest held ones count.
constexpr Query line_of_superiors { "organization.superiors", R"sql(
    WITH RECURSIVE above (id, far) AS (
        SELECT p.superior_id, CAST(1 AS BIGINT) FROM appointment a JOIN post p ON p.id = a.post_id
         WHERE a.person_id = $1 AND a.valid_from <= $2 AND a.valid_to >= $2 AND p.superior_id IS NOT NULL
        UNION
        SELECT p.superior_id, above.far + 1 FROM post p JOIN above ON above.id = p.id
         WHERE p.superior_id IS NOT NULL AND above.far < 20)
    SELECT above.far, p.id, h.person_id, p.title, h.capacity, n.name
      FROM above JOIN post p ON p.id = above.id
      JOIN appointment h ON h.post_id = p.id AND h.valid_from <= $2 AND h.valid_to >= $2
      JOIN person n ON n.id = h.person_id
     WHERE h.person_id <> $1 ORDER BY above.far, p.id, h.capacity )sql" };

static Result<void> require_placing(storage::Transaction& transaction, journal::Act const& act, UnitId unit)
{
    if (!act.actor || may(transaction, act.actor, act.today, unit, "handover.make"))
        return {};
    return require_people(transaction, act, unit, "people.manage");
}

Result<void> appoint(storage::Transaction& transaction, journal::Act const& act, AppointmentDraft const& draft)
{
    constexpr std::array<std::string_view, 4> capacities { "definitive", "plt", "plh", "delegate" };
    transaction.execute(lock_post, draft.post);
    auto post = TRY(post_by_id(transaction, draft.post));
    TRY_VOID(require_placing(transaction, act, post.unit));
    auto person = TRY(person_by_id(transaction, draft.person));
    if (act.actor == draft.person)
        return forbidden("people.appoint.self");
    std::vector<FieldFault> faults;
    if (std::find(capacities.begin(), capacities.end(), draft.capacity) == capacities.end())
        faults.push_back({ "capacity", "people.capacity.unknown" });
    if (draft.to < draft.from)
        faults.push_back({ "to", "people.dates.reversed" });
    if (draft.from < post.valid_from || draft.from > post.valid_to)
        faults.push_back({ "from", "people.appoint.post_closed" });
    if (person.left_on && *person.left_on < draft.from)
        faults.push_back({ "person", "people.appoint.left" });
    if (!faults.empty())
        return invalid("people.wrong", faults);
    if (draft.capacity == "definitive" && transaction.first(definitive_between, draft.post, draft.person, draft.from, draft.to))
        return conflict("people.appoint.held");
    transaction.execute(put_appointment, draft.person, draft.post, draft.capacity, draft.from, draft.to);
    journal::write(transaction, act, { "appointment.made", {}, post.unit,
        { { "person", std::to_string(draft.person.value) }, { "name", person.facts.name, true }, { "post", post.facts.title },
            { "capacity", draft.capacity }, { "from", draft.from.iso() }, { "to", draft.to.iso() } } });
    return {};
}

Result<void> end_appointment(storage::Transaction& transaction, journal::Act const& act, PersonId person, PostId id, time::Date last_day)
{
    transaction.execute(lock_post, id);
    auto post = TRY(post_by_id(transaction, id));
    TRY_VOID(require_placing(transaction, act, post.unit));
    if (transaction.execute(end_held, person, id, last_day) == 0)
        return not_found("people.appoint.not_found");
    journal::write(transaction, act, { "appointment.ended", {}, post.unit,
        { { "person", std::to_string(person.value) }, { "post", post.facts.title }, { "last_day", last_day.iso() } } });
    return {};
}

std::vector<Superior> superiors_of(storage::Reader& reader, PersonId person, time::Date on)
{
    std::vector<Superior> superiors;
    std::int64_t nearest = 0;
    for (auto const& row : reader.query(line_of_superiors, person, on)) {
        if (nearest == 0)
            nearest = row.integer(0);
        if (row.integer(0) != nearest)
            break;
        superiors.push_back({ row.id<PostTag>(1), row.id<PersonTag>(2), row.text(3), row.text(4), row.text(5) });
    }
    return superiors;
}

}
