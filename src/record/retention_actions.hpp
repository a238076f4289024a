#pragma once
#include "job/job.hpp"
#include "record/record_actions.hpp"
#include "record/retention.hpp"

namespace kpuhub::record {

/// What a records officer decides about the records of a group.
enum class Fate : std::uint8_t { Destroy, Keep };

/// "keep" holds at once, until a day (or for good: a legal hold). "destroy" waits for a second person. `shown` is how many records the
/// form named: when they are others by now, nothing is decided.
struct NewDecision {
    std::string unit_code, register_id;
    int year = 0;
    Fate fate = Fate::Keep;
    std::string reason;
    std::optional<time::Date> keep_until {};        ///< none: for good
    std::int64_t shown = 0;
};
/// Needs retention.decide in the office. Errors: NotFound, Forbidden, Invalid (no reason, a day that has passed), Conflict.
Result<SubjectId> decide(storage::Transaction&, journal::Act const&, definition::Shelf&, NewDecision const&);

enum class Judgement : std::uint8_t { Approve, Refuse };
/// A second person approves that records are destroyed, which a job then does; he, or the one who proposed it, may refuse.
/// Needs retention.approve in the office (who proposed it: retention.decide). Errors: NotFound, Forbidden (his own proposal), Conflict.
Result<void> judge(storage::Transaction&, journal::Act const&, SubjectId decision, std::int64_t version, Judgement);

/// A decision as pages show it.
struct Decision {
    SubjectId id {};
    std::int64_t version = 0;
    std::string register_id, fate, reason, state;
    int year = 0;
    std::optional<time::Date> keep_until {};
    std::int64_t records = 0, destroyed = 0, left = 0;
    PersonId decided_by {};
    std::string decided_by_name {}, judged_by_name {};
    time::Instant decided_at {};
    std::optional<time::Instant> judged_at {};
};
/// Those of an office, waiting ones first, then the newest. One statement.
std::vector<Decision> decisions_of(storage::Reader&, UnitId, int limit);

/// What destroying needs; all of it outlives the program's jobs.
struct Destroying {
    storage::Database& database;
    Desk desk;
    time::Clock const& clock;
};
/// Destroys one record of an approved decision: its row, child rows, files, comments, reasons and the personal values of its journal, and
/// writes so to the journal. False: something stood in the way (it is not closed, talked about, held, or another record refers to it).
Result<bool> destroy(storage::Transaction&, journal::Act const&, Desk const&, SubjectId decision, SubjectId record);
/// The job that carries approved decisions out.
void register_destroying(job::Workshop&, Destroying);

}
