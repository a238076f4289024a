#pragma once
#include "job/job.hpp"
#include "journal/act.hpp"
#include "storage/database.hpp"
#include <optional>
#include <string>
#include <vector>

namespace kpuhub::decree {

/// An office below with a plan of the year, and how far its decree is.
struct OfficeDecree {
    UnitId unit {};
    std::string code;
    std::string name;
    std::string number;                     ///< "" while the plan is an unnumbered draft
    bool printed = false;
};

/// How far the decrees of a year are below an office.
struct MassStand {
    std::vector<OfficeDecree> issued {};    ///< those whose decree has its number, in order of their codes
    std::vector<OfficeDecree> open {};
};
/// Of the offices that the person may read. One statement.
MassStand mass_stand(storage::Reader&, PersonId, time::Date today, UnitId above, int year);

/// The last order of the office for a year.
struct MassOrder {
    time::Date dated_on {};
    std::int64_t offices = 0;
    time::Instant ordered_at {};
    std::string ordered_by;
    job::Job job;
    [[nodiscard]] bool runs() const { return job.state == "waiting" || job.state == "running"; }
};
/// Two statements at most.
std::optional<MassOrder> last_order(storage::Reader&, UnitId, int year);

/// One job for every office below whose plan is an unnumbered draft; ordered again, it goes on with those that are left.
/// Errors: NotFound without plan.read; Forbidden without plan.issue_below; Conflict "decree.mass.runs"; Invalid "decree.mass.nothing".
Result<void> order_below(storage::Transaction&, journal::Act const&, UnitId, int year, time::Date dated_on);
/// Stops after the office that is being issued. Errors: NotFound, Forbidden as above; Conflict "decree.mass.ended".
Result<void> stop_order(storage::Transaction&, journal::Act const&, UnitId, int year);

}
