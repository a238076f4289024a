#pragma once
#include "evidence/brief_proofs.hpp"
#include "evidence/unsorted_count.hpp"
#include "plan/board.hpp"
#include "storage/database.hpp"
#include <map>

namespace kpuhub::plan {

/// A deliverable as one line of a list. Late, backfilled and the like follow from the values (progress.hpp).
struct WorkLine {
    Plan plan {};
    Node node {};
    Deliverable deliverable {};
    std::string owner;                      ///< title of the post, or short name of the sub-division; empty = none
    std::string owner_person;               ///< who holds that post, or the head of the sub-division, today
    std::string activity_number;            ///< printed number of the row above
    std::string sender;                     ///< who submitted
};

/// A list and how long it is in all; at most `limit` lines of it are given.
struct WorkLines {
    std::vector<WorkLine> lines;
    std::int64_t total = 0;
};

// Each one statement, for plans that the reader may read and that are not closed, oldest due day first. Plans of several
// years stand together, so that December does not vanish in January.

/// "Tugas saya": open work of the rows that the reader answers for, due by that day (or earlier), and all that was returned.
WorkLines tasks_of(storage::Reader&, PersonId reader, time::Date today, time::Date due_until, int limit);

/// What was returned to the reader's rows.
WorkLines returned_to(storage::Reader&, PersonId reader, time::Date today, int limit);

/// Both of the above, at most `limit` lines of each. One statement.
struct OwnWork {
    WorkLines tasks;
    WorkLines returned;
};
OwnWork own_work(storage::Reader&, PersonId reader, time::Date today, time::Date due_until, int limit);

/// Terlambat in an office, whose and by whom. `area_no` none = all areas, `subdivision` none = all.
WorkLines late_rows(storage::Reader&, PersonId reader, time::Date today, UnitId, std::optional<int> area_no,
    SubdivisionId, int limit);

/// Open work of an office that falls due in a span of days. `subdivision` none = all.
WorkLines due_between(storage::Reader&, PersonId reader, time::Date today, UnitId, time::Date from, time::Date until,
    SubdivisionId, int limit);

/// What is late in an office and what falls due from today to `until`, at most `limit` lines of each, and all that waits for
/// verification, longest waiting first. One statement.
struct UnitLines {
    WorkLines late;
    WorkLines due;
    WorkLines submitted;
};
UnitLines unit_work(storage::Reader&, PersonId reader, time::Date today, UnitId, time::Date until, int limit);

/// Submitted deliverables of an office that the reader is to decide, longest waiting first, with the proofs of each, oldest first.
/// Two statements, one when nothing waits: the desk's among them.
struct WaitingWithProofs {
    WorkLines waiting;
    std::map<SubjectId, std::vector<evidence::BriefProof>> proofs;
};
WaitingWithProofs waiting_with_proofs(storage::Reader&, PersonId reader, time::Date today, UnitId, int limit);

/// What the reader is to decide, and for which nobody is left to verify (shown to the Sekretaris). Two statements, one when nothing waits.
struct DeskLines {
    WorkLines waiting;                      ///< those that the reader is to decide
    WorkLines without_verifier;
};
DeskLines desk_lines(storage::Reader&, PersonId reader, time::Date today, UnitId, int limit);
/// The same for who has the submitted lines of unit_work already: one statement, none when nothing waits.
DeskLines desk_lines(storage::Reader&, PersonId reader, time::Date today, UnitId, WorkLines submitted, int limit);

/// Open work of an office whose row nobody answers for, in order of due day. One statement.
WorkLines unowned(storage::Reader&, PersonId reader, time::Date today, UnitId, int limit);

/// How much of the lists above stands open, by the sub-division that answers for it, and what waits to be sorted in the office.
/// One statement; nothing when the reader may not read the plans of the office.
struct OpenWork {
    SubdivisionId subdivision {};           ///< none = a post of no sub-division, or nobody
    std::int64_t late = 0;
    std::int64_t soon = 0;                  ///< due from today to that day
    std::int64_t soon_without_proof = 0;
    std::int64_t month = 0;                 ///< due from today to the other day
    std::int64_t unowned = 0;
};
struct OpenUntil {
    time::Date soon {};
    time::Date month {};
};
struct OfficeWork {
    std::vector<OpenWork> open;
    evidence::Unsorted unsorted;
};
OfficeWork office_work(storage::Reader&, PersonId reader, time::Date today, UnitId, OpenUntil const&);

/// Rows that bear deliverables but have no owner; rows that have no months. Pure, from a board.
std::vector<BoardRow const*> rows_without_owner(Board const&);
std::vector<BoardRow const*> rows_without_schedule(Board const&);

}
