#pragma once
#include "flow/flow.hpp"
#include "journal/act.hpp"
#include "record/entry.hpp"
#include "record/listener.hpp"
#include "record/record_clocks.hpp"

namespace kpuhub::record {

/// What every action of this room works with.
struct Desk {
    definition::Shelf& shelf;
    Listeners const& listeners;
    RecordClocks* clocks = nullptr;         ///< runs the limits of records; none: nobody counts them
};

/// Makes a record, or a draft that only its maker sees. Needs the right to create in the office, where the register is on.
/// Errors: Invalid (wrong fields), Forbidden, NotFound.
struct NewRecord {
    std::string unit_code, register_id;
    Typed typed;
    Completeness completeness = Completeness::Complete;
    std::vector<NewFile> files {};
};
Result<SubjectId> create(storage::Transaction&, journal::Act const&, Desk const&, NewRecord const&);
/// The same at its place, which was read in this transaction.
Result<SubjectId> create(storage::Transaction&, journal::Act const&, Desk const&, Place const&, NewRecord const&);

/// Corrects a record, or goes on with a draft; Complete sends a draft in. Only fields that the actor may see are changed.
/// Errors: Invalid, Forbidden (not in this state, or not by him), NotFound, Conflict (changed meanwhile).
struct Correction {
    SubjectId id {};
    std::int64_t version = 0;
    Typed typed;
    Completeness completeness = Completeness::Complete;
    std::vector<NewFile> files {};
};
Result<void> correct(storage::Transaction&, journal::Act const&, Desk const&, Correction const&);

/// Throws a draft of one's own away. Errors: NotFound, Conflict (it was sent in).
Result<void> discard(storage::Transaction&, journal::Act const&, Desk const&, SubjectId, std::int64_t version);

/// Takes a record along a step of its flow. Errors: Invalid (a field or the reason is missing), Forbidden (not his step, or nobody
/// decides on his own), NotFound, Conflict (changed meanwhile, or another state by now).
struct StepRequest {
    SubjectId id {};
    std::int64_t version = 0;
    std::string step;
    Typed typed {};
    std::string reason {};
    std::vector<NewFile> files {};          ///< of the documents that it asks
};
Result<void> do_step(storage::Transaction&, journal::Act const&, Desk const&, StepRequest const&);

/// Whether the asker may do the step by who he is to the record (its owner, or the superior of its person), not by a role.
bool does_as_person(storage::Reader&, Place const&, Record const&, definition::Step const&);
/// The step itself, once it is known that it may be done: for do_step and for who sent the record in. The subject is locked.
struct StepOf {
    Place const& place;
    definition::Step const& step;
    StepRequest const& wanted;
};
Result<void> take_step(storage::Transaction&, journal::Act const&, Desk const&, StepOf const&, Record);

// --- parts that the actions share with those of the public door ---

/// Writes the event of the change, lets the clocks follow and tells the listeners; drafts count for nothing.
Result<void> tell(storage::Transaction&, journal::Act const&, Desk const&, RecordChange const&, journal::Entry event);
/// Writes the rows of files; documents become the value of their field.
void store_files(storage::Transaction&, journal::Act const&, Record&, std::vector<NewFile> const&);

/// The verdict on a step for a record that the actor reads; for buttons and previews.
flow::Verdict verdict_on(storage::Reader&, Place const&, Record const&, definition::Step const&);

/// The fault of a verdict: Conflict for another state or moment, Forbidden for another person. Nothing when it is open.
Result<void> require_open(flow::Verdict);

/// Whether the asker may correct the record as it stands.
bool may_edit(Place const&, Record const&);

/// Rows of a child list, by who may correct the record. Errors: as correct.
Result<void> add_child(storage::Transaction&, journal::Act const&, Desk const&, SubjectId, std::string const& field, Typed const&);
Result<void> remove_child(storage::Transaction&, journal::Act const&, Desk const&, SubjectId, std::string const& field, std::int64_t row);

/// Attaches a file, by who may correct the record. Errors: as correct.
Result<void> attach(storage::Transaction&, journal::Act const&, Desk const&, SubjectId, NewFile const&);

/// Takes a file away, and the value of its field. By who may edit the record. Errors: NotFound, Forbidden, Conflict (another version;
/// "record.file.required" for the document that a sent record must have: it is replaced on the form).
Result<void> remove_file(storage::Transaction&, journal::Act const&, Desk const&, SubjectId, std::int64_t file, std::int64_t version);

/// A comment by whoever reads the record. Errors: Invalid, NotFound.
Result<void> comment(storage::Transaction&, journal::Act const&, Desk const&, SubjectId, std::string body);

}
