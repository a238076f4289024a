#pragma once
#include "core/result.hpp"
#include "plan/plan.hpp"
#include "storage/database.hpp"
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace kpuhub::report {

/// A row of the plan as a report needs it.
struct Row {
    plan::Node node {};
    std::string owner;                          ///< title of the post, or short name of the sub-division; empty = none
    std::string person;                         ///< who holds that post, or heads the sub-division
};

/// The plan of an office and year with what stands behind its rows: the source of every report, and what its snapshot keeps.
struct Records {
    plan::Plan plan {};                         ///< id 0: the office has no plan of the year
    time::Date as_of {};                        ///< decides what is late
    std::vector<Row> rows;                      ///< in order of place
    std::vector<plan::Deliverable> dues;        ///< in order of due day
    std::map<PlanNodeId, std::size_t> places {};    ///< of a row in `rows`; filled by index()

    void index();
    [[nodiscard]] Row const* row_of(PlanNodeId) const;
    /// The row of this level above (or at) a row; nullptr when there is none.
    [[nodiscard]] Row const* above(Row const&, plan::Level) const;
    [[nodiscard]] bool apart(plan::Deliverable const&) const;
    [[nodiscard]] bool backfilled(plan::Deliverable const&) const;
    [[nodiscard]] bool late(plan::Deliverable const&) const;
};

/// Live, three statements. No right is asked: the caller has found the paper or the plan for its reader.
Records live_records(storage::Reader&, UnitId, int year, time::Date as_of);

/// For snapshots and back. Errors: Invalid when it is not one.
std::string to_json(Records const&);
Result<Records> records_from_json(std::string_view);

/// Counts of one change area, of what is not apart.
struct AreaFigure {
    int area_no = 0;
    std::string name;
    std::int64_t all = 0;
    std::int64_t due = 0;                       ///< due by the day of the records, or verified before
    std::int64_t verified = 0;
    std::int64_t late = 0;
};
/// One for each area that has deliverables, in order.
std::vector<AreaFigure> by_area(Records const&);
AreaFigure in_all(std::vector<AreaFigure> const&);

/// "1.2.a": printed numbers of area, activity and sub-activity; empty when none is numbered.
std::string row_code(Records const&, Row const&);
/// The same with the text of the row.
std::string row_title(Records const&, Row const&);
/// "Terverifikasi", as papers print a state; "Terlambat n hari" is added by who needs it.
std::string state_words(plan::State);
/// The sign of a state on papers: V A K D T N, readable in black and white.
std::string state_letter(plan::State);

}
