#include "plan/desk.hpp"
#include "account/access.hpp"
#include "plan/plan_store.hpp"
#include "plan/verifier_sql.hpp"

namespace kpuhub::plan {

using storage::Query;

// Rows of several kinds in one statement: 1 to 4 candidates, 5 who submitted, brought or linked, 6 what waits.
constexpr Query desk_rows { "plan.desk", KPUHUB_VERIFIER_CANDIDATES("$1") " UNION ALL" KPUHUB_OPEN_FOR_VERIFIERS("$1") " ORDER BY 1, 5" };
// The same of the office $3 where $1 may verify, and 7: how many proofs he has brought that are not sorted yet,
// and how many requests of offices above wait for the office.
constexpr Query inbox_rows { "plan.inbox", "WITH may AS (SELECT 1 AS yes WHERE " KPUHUB_MAY("$3", "'plan.verify'") ")"
    " SELECT * FROM (" KPUHUB_VERIFIER_CANDIDATES("$3") " UNION ALL" KPUHUB_OPEN_FOR_VERIFIERS("$3") ") o"
    " WHERE EXISTS (SELECT 1 FROM may)"
    " UNION ALL SELECT 7, (SELECT count(*) FROM evidence e JOIN subject s ON s.id = e.subject_id"
    "   WHERE e.brought_by = $1 AND s.unit_id = $3 AND e.links = 0 AND s.state <> 'discarded'),"
    "  (SELECT count(*) FROM subject a WHERE a.unit_id = $3 AND a.kind = 'request_answer' AND a.state = 'open'), NULL, NULL, '', NULL, NULL, NULL, NULL"
    " ORDER BY 1, 5" };
constexpr Query one_rows { "plan.desk_of_one", KPUHUB_VERIFIER_CANDIDATES("$1") " UNION ALL" KPUHUB_INVOLVED_IN("$3") " ORDER BY 1, 5" };

constexpr int involved_row = 5;
constexpr int open_row = 6;
constexpr int unsorted_row = 7;
constexpr std::size_t deliverable_column = 9;

Verifier Desk::verifier(Open const& open) const
{
    Node node;
    node.area_no = open.area_no;
    node.owner_post = open.owner_post;
    node.owner_subdivision = open.owner_subdivision;
    auto found = involved.find(open.id);
    return verifier_of(candidates, node, found == involved.end() ? std::set<PersonId> {} : found->second);
}

std::vector<DeliverableId> Desk::waiting_for(PersonId person) const
{
    std::vector<DeliverableId> waiting;
    for (auto const& each : open)
        if (verifier(each).who(person))
            waiting.push_back(each.id);
    return waiting;
}

std::vector<DeliverableId> Desk::without_verifier() const
{
    std::vector<DeliverableId> left;
    for (auto const& each : open)
        if (verifier(each).people.empty())
            left.push_back(each.id);
    return left;
}

static void add_row(Desk& desk, storage::Row const& row)
{
    auto id = row.id<DeliverableTag>(deliverable_column);
    if (row.integer(0) == involved_row)
        desk.involved[id].insert(row.id<PersonTag>(4));
    else if (row.integer(0) == open_row)
        desk.open.push_back({ id, static_cast<int>(row.integer(1)), row.id<PostTag>(2), row.id<SubdivisionTag>(3) });
    else
        desk.candidates.push_back(read_candidate(row));
}

Desk desk_of(storage::Reader& reader, UnitId unit, time::Date today)
{
    Desk desk;
    for (auto const& row : reader.query(desk_rows, unit, today))
        add_row(desk, row);
    return desk;
}

Inbox inbox_of(storage::Reader& reader, PersonId person, time::Date today, UnitId unit)
{
    Inbox inbox;
    Desk desk;
    for (auto const& row : reader.query(inbox_rows, person, today, unit)) {
        if (row.integer(0) == unsorted_row) {
            inbox.unsorted = row.integer(1);
            inbox.asked = row.integer(2);
        } else {
            add_row(desk, row);
        }
    }
    inbox.to_verify = static_cast<std::int64_t>(desk.waiting_for(person).size());
    return inbox;
}

Verifier verifier_in(std::span<storage::Row const> rows, std::size_t first, Node const& node)
{
    std::vector<Candidate> candidates;
    std::set<PersonId> involved;
    for (auto const& row : rows) {
        if (row.integer(first) == involved_row)
            involved.insert(row.id<PersonTag>(first + 4));
        else
            candidates.push_back(read_candidate(row, first));
    }
    return verifier_of(candidates, node, involved);
}

Verifier verifier_now(storage::Reader& reader, DeliverableId id, UnitId unit, Node const& node, time::Date today)
{
    return verifier_in(reader.query(one_rows, unit, today, id), 0, node);
}

}
