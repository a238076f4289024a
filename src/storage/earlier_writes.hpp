#pragma once
#include "storage/database.hpp"
#include <chrono>

namespace kpuhub::storage {

/// Waits until each write that had changed a row before the call has ended, kept or rolled back, however long it had run; but no longer
/// than `at_most`: then false, and one still runs. What is read after a true answer shows all that those writes kept. A write that has
/// only read so far is not waited for. On SQLite the one writer works off whoever came before.
/// Not to be called from inside an action.
Result<bool> earlier_writes_ended(Database&, std::chrono::milliseconds at_most);

}
