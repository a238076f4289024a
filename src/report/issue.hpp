#pragma once
#include "journal/act.hpp"
#include "report/papers.hpp"
#include "storage/database.hpp"

namespace kpuhub::report {

struct NewReport {
    UnitId unit {};
    std::string kind;
    int year = 0;
    std::string period;                         ///< of kinds that have one
    HandoverId handover {};                     ///< of a handover record: the list to begin with
};

/// A paper of this room in draft, its fields and signers filled from the office of the day; a monitoring report exists once for each period.
/// Errors: NotFound for another kind; Invalid "report.year", "report.period"; those of paper::create.
Result<PaperId> start_report(storage::Transaction&, journal::Act const&, NewReport const&);

/// What people typed. Errors: as paper::save_content.
Result<void> save_report(storage::Transaction&, journal::Act const&, PaperId, std::int64_t shown_version, Content const&, codec::PaperSize);

/// The records that a paper speaks of: as kept when its number was given, or of now.
Result<Records> records_of(storage::Reader&, paper::OfficialPaper const&, Content const&, time::Date today);
/// The kept ones alone. Errors: NotFound when there are none.
Result<Records> snapshot_of(storage::Reader&, PaperId);

/// The bahan pleno of an office as it stands, without a paper behind it. Errors: NotFound when the person may not read its plans.
Result<codec::Paper> pleno_of(storage::Reader&, PersonId, time::Date today, UnitId, std::string const& unit_name, int year);

/// All kinds of this room, by their codes.
paper::Kinds report_kinds();

}
