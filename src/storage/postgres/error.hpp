#pragma once
#include <libpq-fe.h>
#include <string_view>

namespace kpuhub::storage::postgres {

/// Throws the EngineError that a failed result, or a lost connection (result may be null), stands for.
[[noreturn]] void throw_error(PGconn const*, PGresult const*, std::string_view query_name);

}
