#pragma once
#include "plan/plan.hpp"
#include "storage/database.hpp"
#include <vector>

namespace kpuhub::plan {

/// A row of a plan as the public sees it, with its deliverables counted as the figures count them.
struct PublicRow {
    Level level = Level::Area;
    int area_no = 0;
    std::string number;                     ///< as printed
    std::string body;
    std::int64_t all = 0;
    std::int64_t due = 0;
    std::int64_t verified = 0;
    std::int64_t late = 0;
    std::int64_t apart = 0;                 ///< under another authority, tentative and the like: in no other count
};

/// The plan of an office and year once it has been fixed; nothing while it is a draft or a model. Needs no right: what stands
/// here is public. One statement.
std::optional<Plan> public_plan(storage::Reader&, UnitId, int year);

/// Rows of one change area in order of place (area, activities, sub-activities and success indicators). One statement.
std::vector<PublicRow> public_rows(storage::Reader&, PlanId, int area_no);

}
