#include "organization/headcount.hpp"
#include "organization/duty.hpp"
#include <stdexcept>

namespace kpuhub::organization {

using storage::Query;

#define KPUHUB_TWELVE_DAYS \
    " (SELECT CAST($8 AS TEXT) AS day UNION SELECT $9 UNION SELECT $10 UNION SELECT $11 UNION SELECT $12 UNION SELECT $13" \
    " UNION SELECT $14 UNION SELECT $15 UNION SELECT $16 UNION SELECT $17 UNION SELECT $18 UNION SELECT $19) d"
#define KPUHUB_BRANCH \
    " s.ancestor_id = $1 AND (CAST($2 AS BIGINT) = 1 OR s.depth = 0)" \
    " AND s.tree_version = (SELECT max(v.version) FROM unit_tree v WHERE v.valid_from <= $3)"

constexpr Query select_people { "organization.people_in_posts",
    "SELECT d.day, p.unit_id, count(DISTINCT a.person_id) FROM" KPUHUB_TWELVE_DAYS
    " CROSS JOIN unit_scope s JOIN post p ON p.unit_id = s.unit_id JOIN appointment a ON a.post_id = p.id"
    " JOIN person e ON e.id = a.person_id"
    " WHERE" KPUHUB_BRANCH " AND a.valid_from <= d.day AND a.valid_to >= d.day AND p.valid_from <= d.day AND p.valid_to >= d.day"
    " AND (CAST($4 AS TEXT) = '' OR $4 LIKE '%,' || a.capacity || ',%') AND (CAST($5 AS TEXT) = '' OR $5 LIKE '%,' || p.kind || ',%')"
    " AND (CAST($6 AS TEXT) = '' OR $6 LIKE '%,' || e.employment || ',%') AND CAST($7 AS TEXT) = ''"
    " GROUP BY d.day, p.unit_id" };
constexpr Query select_units { "organization.open_units",
    "SELECT d.day, u.id, 1 FROM" KPUHUB_TWELVE_DAYS " CROSS JOIN unit_scope s JOIN unit u ON u.id = s.unit_id"
    " WHERE" KPUHUB_BRANCH " AND u.opened_on <= d.day AND u.closed_on >= d.day"
    " AND CAST($4 AS TEXT) = '' AND CAST($5 AS TEXT) = '' AND CAST($6 AS TEXT) = '' AND (CAST($7 AS TEXT) = '' OR $7 LIKE '%,' || u.level || ',%')" };

// $7 names the duty here.
constexpr Query select_obliged { "organization.people_with_duty",
    "SELECT d.day, o.unit_id, count(DISTINCT p.id) FROM" KPUHUB_TWELVE_DAYS
    " CROSS JOIN unit_scope s JOIN post o ON o.unit_id = s.unit_id JOIN appointment a ON a.post_id = o.id JOIN person p ON p.id = a.person_id"
    " WHERE" KPUHUB_BRANCH " AND a.capacity = 'definitive' AND a.valid_from <= d.day AND a.valid_to >= d.day AND (p.left_on IS NULL OR p.left_on >= d.day)"
    " AND CAST($4 AS TEXT) = '' AND CAST($5 AS TEXT) = '' AND CAST($6 AS TEXT) = '' AND " KPUHUB_HAS_DUTY("CAST($7 AS TEXT)", "d.day")
    " GROUP BY d.day, o.unit_id" };

static std::vector<Headcount> ask(storage::Reader& reader, Query const& query, HeadcountQuestion const& question)
{
    constexpr std::size_t slots = 12;
    if (question.days.empty() || question.days.size() > slots)
        throw std::invalid_argument("between 1 and 12 days");
    std::vector<storage::Value> values { storage::to_value(question.node), storage::to_value(question.with_lower_units), storage::to_value(question.tree_on),
        question.capacities, question.posts, question.employments, question.levels };
    for (std::size_t at = 0; at < slots; ++at)
        values.push_back(storage::to_value(question.days[std::min(at, question.days.size() - 1)]));
    std::vector<Headcount> found;
    for (auto const& row : reader.query_values(query, values))
        found.push_back({ row.date(0), row.id<UnitTag>(1), row.integer(2) });
    return found;
}

std::vector<Headcount> people_in_posts(storage::Reader& reader, HeadcountQuestion const& question) { return ask(reader, select_people, question); }
std::vector<Headcount> people_with_duty(storage::Reader& reader, HeadcountQuestion const& question, std::string duty)
{
    auto asked = question;
    asked.capacities.clear();
    asked.posts.clear();
    asked.employments.clear();
    asked.levels = std::move(duty);
    return ask(reader, select_obliged, asked);
}
std::vector<Headcount> open_units(storage::Reader& reader, HeadcountQuestion const& question) { return ask(reader, select_units, question); }

}
