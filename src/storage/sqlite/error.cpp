#include "storage/sqlite/error.hpp"
#include "storage/engine_fault.hpp"
#include <cerrno>
#include <fmt/format.h>

namespace kpuhub::storage::sqlite {

/// What failed reading or writing means for the person: no room, a disk that became read-only, or out of reach.
static EngineFault disk_fault(int system_error)
{
    switch (system_error) {
    case ENOSPC: case EDQUOT: case EFBIG: return EngineFault::Full;
    case EROFS: case EPERM: case EACCES: return EngineFault::ReadOnly;
    default: return EngineFault::Connection;
    }
}

static EngineFault engine_fault(int code, int system_error)
{
    switch (code) {
    case SQLITE_CONSTRAINT_UNIQUE: case SQLITE_CONSTRAINT_PRIMARYKEY: case SQLITE_CONSTRAINT_ROWID:
        return EngineFault::Unique;
    case SQLITE_CONSTRAINT_FOREIGNKEY: return EngineFault::ForeignKey;
    default: break;
    }
    switch (code & 0xff) {
    case SQLITE_CONSTRAINT: case SQLITE_MISMATCH: case SQLITE_TOOBIG: return EngineFault::Check;
    case SQLITE_FULL: return EngineFault::Full;
    case SQLITE_READONLY: return EngineFault::ReadOnly;
    case SQLITE_IOERR: case SQLITE_CANTOPEN: return disk_fault(system_error);
    case SQLITE_NOMEM: return EngineFault::Connection;
    case SQLITE_BUSY: case SQLITE_LOCKED: return EngineFault::Serialization;
    default: return EngineFault::Other;
    }
}

void throw_error(sqlite3* connection, std::string_view query_name)
{
    int last_error = errno;
    int code = connection ? sqlite3_extended_errcode(connection) : SQLITE_NOMEM;
    int system_error = connection ? sqlite3_system_errno(connection) : 0;
    // A failing COMMIT does not pass the system's error on; step() began with errno = 0.
    if (system_error == 0 && (code & 0xff) == SQLITE_IOERR)
        system_error = last_error;
    auto what = fmt::format("{}: sqlite {} errno {}: {}", query_name, code, system_error,
        connection ? sqlite3_errmsg(connection) : "out of memory");
    if (code == SQLITE_IOERR_FSYNC || code == SQLITE_IOERR_DIR_FSYNC)
        stop_after_lost_sync(what);
    throw EngineError(engine_fault(code, system_error), what);
}

}
