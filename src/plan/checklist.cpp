#include "plan/checklist.hpp"

namespace kpuhub::plan {

constexpr storage::Query checklist { "plan.checklist", R"sql(
    SELECT n.subject_id, n.indicator_kind FROM plan_node n
     WHERE n.level = 'indicator' AND n.removed_at IS NULL
       AND (n.subject_id = $1 OR n.parent_id = $1
            OR n.subject_id IN (SELECT c.indicator_id FROM plan_cover c WHERE c.subactivity_id = $1))
       AND n.plan_id = (SELECT b.plan_id FROM plan_node b WHERE b.subject_id = $1) )sql" };

std::map<PlanNodeId, std::optional<IndicatorKind>> checklist_of(storage::Reader& reader, PlanNodeId bearer)
{
    std::map<PlanNodeId, std::optional<IndicatorKind>> asked;
    for (auto const& row : reader.query(checklist, bearer))
        asked[row.id<PlanNodeTag>(0)] = row.is_null(1) ? std::nullopt : from_text<IndicatorKind>(row.text(1));
    return asked;
}

}
