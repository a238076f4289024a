#pragma once
#include "core/result.hpp"
#include "storage/blob_store.hpp"
#include "storage/database.hpp"
#include "text/messages.hpp"
#include "time/date.hpp"

namespace kpuhub::command {

/// What the demonstration shows beside its people: the project's own sample decrees, fixed as plans of their offices, with
/// owners per area, and the work of the year up to now, done by these people in the rooms' own actions. The same
/// day gives the same data. Loaded before = changes nothing. Returns whether it loaded.
/// The demonstration offices must be there (account::load_demo_offices).
Result<bool> load_demo_data(storage::Database&, storage::BlobStore&, text::Messages const&, time::Clock const&);

}
