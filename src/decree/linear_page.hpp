#pragma once
#include "decree/linear_cells.hpp"

namespace kpuhub::decree {

/// A sub-activity of a linear page and the cells of its indicators.
struct LinearSub {
    LinearCell const* cell = nullptr;
    std::vector<LinearCell const*> indicators {};
    int covered_by = -1;    ///< index of the sub whose indicators also hold for this one
};

/// The sub-activities of one activity.
struct LinearGroup {
    std::vector<LinearCell const*> activity {};      ///< printed again on the next page: both cells
    std::vector<LinearSub> subs {};
    std::vector<LinearCell const*> loose {};         ///< texts of an activity whose sub-activity stands elsewhere
    bool guessed = false;
    int area = -1;                                   ///< index into LinearPlan::areas
};

struct LinearArea {
    std::vector<LinearCell const*> cells {};
};

struct LinearPlan {
    std::vector<LinearArea> areas {};
    std::vector<LinearGroup> groups {};
    std::vector<LinearCell const*> unread {};
};

/// Puts the cells together, page by page: the text layer gives the plain cells row by row and the merged cells (activities,
/// areas, indicators over several rows) at the end of the page.
LinearPlan linear_plan(std::vector<LinearCell> const&, Shape const&);

}
