#pragma once
#include "core/id.hpp"
#include "core/result.hpp"
#include "decree/edit.hpp"
#include "decree/draft.hpp"
#include "journal/act.hpp"
#include "storage/database.hpp"
#include <optional>
#include <string>
#include <vector>

namespace kpuhub::decree {

/// A decree being taken in. States: reading (a job works on it), review, failed, fixed, discarded.
struct Import {
    ImportId id {};
    UnitId unit {};
    std::string unit_code;
    std::string unit_name;
    std::string state;
    std::int64_t version = 0;
    int year = 0;                       ///< 0 while unknown
    std::string file_name;
    std::string blob_hash;
    std::string fault;                  ///< when it could not be read: message key and, behind a space, the value that the message shows
    PlanId plan {};
    std::string changed_by;
    time::Instant changed_at {};
    time::Instant started_at {};
    bool may_manage = false;
};

/// A decision that was taken, as the review lists it.
struct Step {
    std::int64_t step = 0;
    Edit decision;
    std::int64_t rows = 0;
    std::string person;
    time::Instant at {};
    bool undone = false;
};

/// Takes a file in for an office and asks a job to read it; returns at once.
/// Errors: NotFound, Forbidden without plan.manage.
Result<ImportId> start(storage::Transaction&, journal::Act const&, UnitId, std::string file_name, std::string blob_hash);

/// What the job writes when it has read the file, or could not. Ignored when the import is no longer being read.
/// `year` is that for which the file was brought; 0 = the decree says it. A decree of another office or year gets a finding.
void keep_draft(storage::Transaction&, journal::Act const&, ImportId, Draft, int year = 0);
void keep_fault(storage::Transaction&, journal::Act const&, ImportId, Fault const&);

/// The import, if the person may read plans of its office. Errors: NotFound.
Result<Import> find_import(storage::Reader&, PersonId, time::Date today, ImportId);
/// Imports of an office, newest first.
std::vector<Import> imports_of(storage::Reader&, PersonId, time::Date today, UnitId);

/// The draft as it stands, and as it was read (with the source lines).
Result<Draft> draft_of(storage::Reader&, ImportId);
Result<Draft> original_of(storage::Reader&, ImportId);
struct Drafts {
    Draft now;
    Draft original;
};
/// The import as `find_import`, with its drafts when it has been read, in one statement.
struct Review {
    Import import;
    std::optional<Drafts> drafts;
};
Result<Review> find_review(storage::Reader&, PersonId, time::Date today, ImportId);
std::vector<Step> steps_of(storage::Reader&, ImportId);

/// Takes a decision on the draft. Errors: as decide(); Conflict when somebody else was faster; Forbidden.
Result<void> take(storage::Transaction&, journal::Act const&, ImportId, std::int64_t shown_version, Edit const&);
/// Takes a decision back; the others are applied again in order.
Result<void> take_back(storage::Transaction&, journal::Act const&, ImportId, std::int64_t shown_version, std::int64_t step);
/// Gives the import up, also while it is being read (its job is cancelled then); the file stays, nothing else does.
/// Errors: Conflict when it has become a plan or was given up already.
Result<void> discard(storage::Transaction&, journal::Act const&, ImportId, std::int64_t shown_version);

/// Makes the draft the plan of its office and year: created as a draft plan and, when `fix_it`, fixed with the decree's fields.
/// Open month findings do not stand in the way: their rows stay flagged.
/// Errors: as plan::create and plan::fix; Invalid "decree.fix.year".
Result<PlanId> make_plan(storage::Transaction&, journal::Act const&, ImportId, std::int64_t shown_version, int year, bool fix_it);

}
