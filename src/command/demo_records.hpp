#pragma once
#include "record/record_actions.hpp"

namespace kpuhub::command {

/// Makes the records of definitions/samples/demo_records.yaml that lie before now, by the same actions as people make them: each with
/// its steps and rows, limits and figures. The registers are on in those offices. Returns how many it made.
/// Errors: as the actions give them, with the line of the record.
Result<int> load_demo_records(storage::Database&, record::Desk const&, time::Instant now);

}
