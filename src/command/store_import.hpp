#pragma once
#include "decree/import.hpp"

namespace kpuhub::command {

/// What is to become of a decree that was read outside the web.
struct ImportRequest {
    UnitId unit {};
    int year = 0;
    std::string file_name;
    std::string blob_hash;              ///< of the stored file
    bool settle = false;                ///< settle the groups of findings as proposed
    bool fix = false;
};

/// Takes a decree in as the web does, all in the action of the caller: import, draft, settled groups, plan.
/// Errors: as start, take and make_plan; Conflict "command.import.twice" when the office has taken the same file in already.
Result<PlanId> store_import(storage::Transaction&, journal::Act const&, ImportRequest const&, decree::Draft const&);

/// The secretary of the reform team of an office, for whom the program acts when nobody is named. Errors: NotFound
/// "command.import.nobody".
Result<PersonId> reform_secretary(storage::Reader&, UnitId, time::Date today);

/// The person of an account. Errors: NotFound "command.import.unknown_user".
Result<PersonId> person_of_user(storage::Reader&, std::string const& user);

/// Reads a decree's file in a child process. Errors: as codec::read_file_in_child and decree::read_decree.
Result<decree::Draft> read_draft(std::string const& path, bool sandbox_required);

}
