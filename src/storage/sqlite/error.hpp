#pragma once
#include <sqlite3.h>
#include <string_view>

namespace kpuhub::storage::sqlite {

/// Throws the EngineError that says what the last call on the connection met. A failed fsync ends the process.
[[noreturn]] void throw_error(sqlite3*, std::string_view query_name);

}
