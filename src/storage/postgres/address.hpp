#pragma once
#include "core/result.hpp"
#include <map>
#include <string>

namespace kpuhub::storage::postgres {

/// The parts of a connection address by libpq's keywords (host, port, dbname, user, password, sslmode ...).
/// Errors: Invalid "storage.address".
Result<std::map<std::string, std::string>> address_parts(std::string const& address);

/// A server that is not on this machine is reached with sslmode=verify-full or not at all (security.md 13).
/// Errors: Invalid "storage.ssl_required".
Result<void> require_safe_transport(std::string const& address);

}
