#pragma once
#include "decree/decree_paper.hpp"
#include "journal/act.hpp"
#include "paper/paper.hpp"
#include "storage/database.hpp"

namespace kpuhub::decree {

inline constexpr auto paper_kind = "decree";

/// The texts with which a new decree of the office begins: its own saved ones or the definition's, with the Ketua and the
/// certifier of that day.
Wording wording_of(storage::Reader&, UnitId, time::Date on);

/// The plan of an office and year. Errors: NotFound.
Result<SubjectId> plan_id_of(storage::Reader&, UnitId, int year);

/// The decree of a plan as an official paper in draft. Errors: NotFound; Forbidden without plan.manage; Conflict "paper.exists".
Result<PaperId> start_decree(storage::Transaction&, journal::Act const&, UnitId, int year);

/// New texts for the paper; with `for_office` they are also what later decrees of the office begin with.
Result<void> save_wording(storage::Transaction&, journal::Act const&, PaperId, std::int64_t shown_version, Wording const&, codec::PaperSize, bool for_office);

/// The decree as the paper says it, from the plan as it stands now.
Result<codec::Paper> make_decree(storage::Reader&, paper::OfficialPaper const&, paper::Edition, std::string const& public_url);

}
