#pragma once
#include "core/result.hpp"
#include "plan/bearing.hpp"
#include "plan/plan.hpp"
#include "storage/database.hpp"
#include <vector>

namespace kpuhub::plan {

/// What a reader may do with a plan today: shows or hides buttons; each action checks again in its own statements.
struct Rights {
    bool manage = false;
    bool work_any = false;
    bool comment = false;
    bool release = false;
    bool publish = false;
};

/// A plan with everything that stands around its rows.
struct PlanHead {
    Plan plan {};
    Rights rights {};
    std::string unit_code;
    std::string unit_name;                  ///< as it is called today
    std::string place;
    std::string signatory_name;
    std::string signatory_role;
    std::optional<time::Instant> fixed_at {};
    PlanId adopted_from {};
};

struct BoardRow {
    Node node {};
    std::string owner;                      ///< title of the post, or short name of the sub-division; empty = none
    std::string search;                     ///< normal form of its texts
    std::int64_t shared = 0;                ///< proofs of the authority above that it takes (shared_proof.hpp)
    bool mine = false;                      ///< the reader holds its owner post or a post in its owner sub-division
};

/// All rows of a plan with their deliverables, for the year board and its filters.
struct Board {
    PlanHead head {};
    std::vector<BoardRow> rows;             ///< in order of place
    std::vector<Deliverable> deliverables;  ///< in order of due day
    std::vector<Cover> covers;
};

/// The plan of an office and year. One statement. Errors: NotFound when there is none or the reader may not read it.
Result<PlanHead> find_plan(storage::Reader&, PersonId reader, time::Date today, UnitId, int year, PlanKind = PlanKind::Office);
Result<PlanHead> find_plan(storage::Reader&, PersonId reader, time::Date today, PlanId);

/// Three statements, however many rows. Errors: as find_plan.
Result<Board> board(storage::Reader&, PersonId reader, time::Date today, UnitId, int year);
Result<Board> board(storage::Reader&, PersonId reader, time::Date today, PlanId);

/// Every plan of an office that the reader may read, newest year first. One statement.
std::vector<PlanHead> plans_of(storage::Reader&, PersonId reader, time::Date today, UnitId);
std::vector<PlanHead> plans_of(storage::Reader&, PersonId reader, time::Date today, std::string_view unit_code);

/// Published models of the units above, newest first. One statement.
std::vector<PlanHead> models_for(storage::Reader&, UnitId, time::Date today);

/// Kept moments of a plan, newest first, without their trees.
struct SnapshotHead {
    std::int64_t revision = 0;
    std::string reason;
    time::Instant taken_at {};
    std::string taken_by;
};
std::vector<SnapshotHead> snapshots_of(storage::Reader&, PlanId);

}
