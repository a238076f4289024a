#pragma once
#include "core/result.hpp"
#include "definition/publication.hpp"
#include "record/listener.hpp"
#include "storage/database.hpp"

namespace kpuhub::command {

/// Makes the records of definitions/samples/demo_records.yaml that lie before now, by the same actions as people make them: each with
/// its steps and rows. The registers are on in those offices. Errors: as the actions give them, named by the key of the record.
Result<int> load_demo_records(storage::Database&, definition::Shelf&, record::Listeners const&, time::Instant now);

}
