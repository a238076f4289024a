#pragma once
#include "plan/plan.hpp"
#include <span>
#include <vector>

namespace kpuhub::plan {

/// A row on which deliverables hang, and the success indicators that each of them asks as one checklist.
struct Bearer {
    PlanNodeId node {};
    Months months {};                       ///< none = "bulan belum ditetapkan"
    Rhythm rhythm = Rhythm::OnceInRun;
    DueDay due {};
    std::vector<PlanNodeId> items {};       ///< in order of place; the node itself when it is an indicator
};

/// An indicator stands under its first sub-activity and may cover more.
struct Cover {
    PlanNodeId indicator {};
    PlanNodeId subactivity {};
};

/// Which rows bear deliverables. A decree prints marks at the sub-activity, at its indicators, or at both:
/// - a sub-activity bears them when the marks are its own or the same at all its indicators;
/// - where indicators have months of their own that differ, each of these bears its own, and the sub-activity keeps
///   its own months only for indicators that have none;
/// - an activity (or an indicator outside a sub-activity) bears them when it is marked and nothing under it is.
/// A sub-activity, or an activity without any, that has no months at all is given with none.
/// The nodes are those of one plan in order of place.
std::vector<Bearer> bearers(std::span<Node const> nodes, std::span<Cover const> covers);

}
