#include "plan/proof_catalog.hpp"
#include "account/access.hpp"
#include "plan/shared_proof.hpp"
#include "text/normal.hpp"

namespace kpuhub::plan {

using evidence::ProvableRow;
using evidence::Target;
using storage::Query;

namespace {

// The row itself, then the numbers of what it stands under: an indicator stands three steps below its area.
#define KPUHUB_ROW_COLUMNS \
    "d.subject_id, sd.unit_id, sd.state, d.due_on, d.proofs, n.body, COALESCE(g3.number, ''), COALESCE(g2.number, '')," \
    " COALESCE(g1.number, ''), n.number"
#define KPUHUB_ROW_TABLES \
    " FROM deliverable d JOIN subject sd ON sd.id = d.subject_id JOIN plan_node n ON n.subject_id = d.node_id" \
    " LEFT JOIN plan_node g1 ON g1.subject_id = n.parent_id LEFT JOIN plan_node g2 ON g2.subject_id = g1.parent_id" \
    " LEFT JOIN plan_node g3 ON g3.subject_id = g2.parent_id "

constexpr Query proved_rows { "plan.rows_proved_by", "SELECT " KPUHUB_ROW_COLUMNS ", l.node_id, COALESCE(x.body, '')"
    KPUHUB_ROW_TABLES "JOIN evidence_link l ON l.subject_id = d.subject_id LEFT JOIN plan_node x ON x.subject_id = l.node_id"
    " WHERE l.evidence_id = $3 AND " KPUHUB_MAY("sd.unit_id", "'plan.read'") " ORDER BY l.id" };
constexpr Query one_row { "plan.row_of_target", "SELECT " KPUHUB_ROW_COLUMNS ", x.subject_id, COALESCE(x.body, '')"
    KPUHUB_ROW_TABLES "LEFT JOIN plan_node x ON x.subject_id = $4 WHERE d.subject_id = $3 AND " KPUHUB_MAY("sd.unit_id", "'plan.read'") };
constexpr Query open_rows { "plan.rows_to_prove", "SELECT " KPUHUB_ROW_COLUMNS ", NULL, ''" KPUHUB_ROW_TABLES
    "WHERE sd.unit_id = $3 AND sd.kind = 'deliverable' AND sd.state NOT IN ('verified', 'not_applicable') AND n.removed_at IS NULL"
    " AND d.starts_on <= $6 AND ($4 = '' OR n.search LIKE $4 ESCAPE '!') AND " KPUHUB_MAY("sd.unit_id", "'plan.read'")
    " ORDER BY CASE WHEN EXISTS (SELECT 1 FROM appointment a JOIN post o ON o.id = a.post_id WHERE a.person_id = $1"
    "   AND a.valid_from <= $2 AND a.valid_to >= $2 AND (o.id = n.owner_post_id OR o.subdivision_id = n.owner_subdivision_id))"
    "   THEN 0 ELSE 1 END, d.due_on, n.place, d.subject_id LIMIT $5" };

std::string without_dot(std::string number)
{
    while (!number.empty() && (number.back() == '.' || number.back() == ')' || number.back() == ' '))
        number.pop_back();
    return number;
}

ProvableRow row_from(storage::Row const& row)
{
    ProvableRow provable;
    provable.target = { row.id<SubjectTag>(0), row.id<PlanNodeTag>(10) };
    provable.unit = row.id<UnitTag>(1);
    provable.state = row.text(2);
    provable.due_on = row.optional_date(3);
    provable.proofs = row.integer(4);
    provable.title = row.text(5);
    for (std::size_t column = 6; column <= 9; ++column) {
        auto number = without_dot(row.text(column));
        if (!number.empty())
            provable.number += (provable.number.empty() ? "" : ".") + number;
    }
    provable.part = row.text(11);
    provable.address = "/deliverables/" + std::to_string(provable.target.subject.value);
    return provable;
}

std::string like_pattern(std::string const& text)
{
    auto words = text::normal(text);
    if (words.empty())
        return {};
    std::string pattern = "%";
    for (char sign : words) {
        if (sign == '%' || sign == '_' || sign == '!')
            pattern += '!';
        pattern += sign;
    }
    return pattern + "%";
}

}

std::vector<ProvableRow> ProofCatalog::rows_proved_by(storage::Reader& reader, PersonId person, time::Date today, EvidenceId id)
{
    std::vector<ProvableRow> rows;
    for (auto const& row : reader.query(proved_rows, person, today, id))
        rows.push_back(row_from(row));
    return rows;
}

std::optional<ProvableRow> ProofCatalog::row_of(storage::Reader& reader, PersonId person, time::Date today, Target const& target)
{
    auto row = reader.first(one_row, person, today, target.subject.value, target.part.value);
    if (!row)
        return std::nullopt;
    auto found = row_from(*row);
    found.target = target;          // a part that is none of this row is refused when something is linked
    return found;
}

std::vector<ProvableRow> ProofCatalog::rows_to_prove(storage::Reader& reader, PersonId person, time::Date today, UnitId unit,
    std::string const& text, int limit)
{
    std::vector<ProvableRow> rows;
    // what begins within half a year: a proof for December is seldom sent in March
    auto until = today.plus(std::chrono::days { 183 });
    for (auto const& row : reader.query(open_rows, person, today, unit.value, like_pattern(text), limit, until))
        rows.push_back(row_from(row));
    return rows;
}

bool ProofCatalog::shared_with(storage::Reader& reader, PersonId person, time::Date today, EvidenceId id)
{
    return plan::shared_with(reader, person, today, id);
}

}
