#pragma once
#include "storage/database.hpp"

namespace kpuhub::storage {

/// What a person is told about an engine error (header of EngineError). The detail carries no value of a row.
Fault fault_of(EngineError const&);

/// To be called inside a catch block: the fault of whatever escaped from an action.
Fault fault_of_escaped();

/// True when the engine itself is in trouble (disk, memory, connection), so that the work of others in the same
/// transaction is lost too.
bool harms_all(EngineFault);

/// Both engines take the same texts: valid UTF-8 without NUL (PostgreSQL stores nothing else).
/// Throws EngineError Check.
void require_text(std::string_view, Query const&);

/// A failed fsync leaves unknown what is on the disk: nothing may be acknowledged any more (security.md 1).
/// Logs and ends the process with exit code 74; the next start recovers.
[[noreturn]] void stop_after_lost_sync(std::string const& what);

}
