#include "organization/headcount.hpp"
#include "organization/duty.hpp"
#include <stdexcept>

namespace kpuhub::organization {

using storage::Query;

#define KPUHUB_TWELVE_DAYS \
    " (SELECT CAST($4 AS TEXT) AS day UNION SELECT $5 UNION SELECT $6 UNION SELECT $7 UNION SELECT $8 UNION SELECT $9" \
    " UNION SELECT $10 UNION SELECT $11 UNION SELECT $12 UNION SELECT $13 UNION SELECT $14 UNION SELECT $15) d"
#define KPUHUB_BRANCH \
    " s.ancestor_id = $1 AND (CAST($2 AS BIGINT) = 1 OR s.depth = 0)" \
    " AND s.tree_version = (SELECT max(v.version) FROM unit_tree v WHERE v.valid_from <= $3)"
#define KPUHUB_WANTED(no, what, capacities, posts, employments, other) \
    "SELECT " no " AS no, CAST(" what " AS TEXT) AS what, CAST(" capacities " AS TEXT) AS capacities, CAST(" posts " AS TEXT) AS posts," \
    " CAST(" employments " AS TEXT) AS employments, CAST(" other " AS TEXT) AS other"
#define KPUHUB_IN_LIST(list, value) "(" list " = '' OR " list " LIKE '%,' || " value " || ',%')"

// Eight at once, five values each from $16 on; `what` is empty where fewer are wanted. `other` is the list of levels or the duty.
constexpr Query select_headcounts { "organization.headcounts",
    "WITH q AS (" KPUHUB_WANTED("0", "$16", "$17", "$18", "$19", "$20") " UNION ALL " KPUHUB_WANTED("1", "$21", "$22", "$23", "$24", "$25")
    " UNION ALL " KPUHUB_WANTED("2", "$26", "$27", "$28", "$29", "$30") " UNION ALL " KPUHUB_WANTED("3", "$31", "$32", "$33", "$34", "$35")
    " UNION ALL " KPUHUB_WANTED("4", "$36", "$37", "$38", "$39", "$40") " UNION ALL " KPUHUB_WANTED("5", "$41", "$42", "$43", "$44", "$45")
    " UNION ALL " KPUHUB_WANTED("6", "$46", "$47", "$48", "$49", "$50") " UNION ALL " KPUHUB_WANTED("7", "$51", "$52", "$53", "$54", "$55") ") "
    "SELECT q.no, d.day, p.unit_id, count(DISTINCT a.person_id) FROM q CROSS JOIN" KPUHUB_TWELVE_DAYS
    " CROSS JOIN unit_scope s JOIN post p ON p.unit_id = s.unit_id JOIN appointment a ON a.post_id = p.id"
    " JOIN person e ON e.id = a.person_id"
    " WHERE q.what = 'posts' AND" KPUHUB_BRANCH " AND a.valid_from <= d.day AND a.valid_to >= d.day AND p.valid_from <= d.day AND p.valid_to >= d.day"
    " AND " KPUHUB_IN_LIST("q.capacities", "a.capacity") " AND " KPUHUB_IN_LIST("q.posts", "p.kind") " AND " KPUHUB_IN_LIST("q.employments", "e.employment")
    " GROUP BY q.no, d.day, p.unit_id "
    "UNION ALL "
    "SELECT q.no, d.day, o.unit_id, count(DISTINCT p.id) FROM q CROSS JOIN" KPUHUB_TWELVE_DAYS
    " CROSS JOIN unit_scope s JOIN post o ON o.unit_id = s.unit_id JOIN appointment a ON a.post_id = o.id JOIN person p ON p.id = a.person_id"
    " WHERE q.what = 'duty' AND" KPUHUB_BRANCH " AND a.capacity = 'definitive' AND a.valid_from <= d.day AND a.valid_to >= d.day"
    " AND (p.left_on IS NULL OR p.left_on >= d.day) AND " KPUHUB_HAS_DUTY("q.other", "d.day")
    " GROUP BY q.no, d.day, o.unit_id "
    "UNION ALL "
    "SELECT q.no, d.day, u.id, 1 FROM q CROSS JOIN" KPUHUB_TWELVE_DAYS " CROSS JOIN unit_scope s JOIN unit u ON u.id = s.unit_id"
    " WHERE q.what = 'units' AND" KPUHUB_BRANCH " AND u.opened_on <= d.day AND u.closed_on >= d.day AND " KPUHUB_IN_LIST("q.other", "u.level") };

static std::string_view name_of(Counted what)
{
    switch (what) {
    case Counted::PeopleInPosts: return "posts";
    case Counted::PeopleWithDuty: return "duty";
    default: return "units";
    }
}

std::vector<std::vector<Headcount>> headcounts(storage::Reader& reader, HeadcountQuestion const& question)
{
    constexpr std::size_t day_slots = 12, at_once = 8;
    if (question.days.empty() || question.days.size() > day_slots)
        throw std::invalid_argument("between 1 and 12 days");
    std::vector<std::vector<Headcount>> found(question.wanted.size());
    for (std::size_t first = 0; first < question.wanted.size(); first += at_once) {
        std::vector<storage::Value> values { storage::to_value(question.node), storage::to_value(question.with_lower_units), storage::to_value(question.tree_on) };
        for (std::size_t at = 0; at < day_slots; ++at)
            values.push_back(storage::to_value(question.days[std::min(at, question.days.size() - 1)]));
        for (auto at = first; at < first + at_once; ++at) {
            auto const none = at >= question.wanted.size();
            auto const wanted = none ? HeadcountWanted {} : question.wanted[at];
            values.push_back(storage::to_value(none ? "" : name_of(wanted.what)));
            for (auto const& list : { wanted.capacities, wanted.posts, wanted.employments, wanted.what == Counted::PeopleWithDuty ? wanted.duty : wanted.levels })
                values.emplace_back(list);
        }
        for (auto const& row : reader.query_values(select_headcounts, values))
            found[first + static_cast<std::size_t>(row.integer(0))].push_back({ row.date(1), row.id<UnitTag>(2), row.integer(3) });
    }
    return found;
}

}
