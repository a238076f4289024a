#pragma once
#include "core/result.hpp"
#include "storage/database.hpp"
#include "time/date.hpp"
#include <string_view>

namespace kpuhub::job {

/// Asks for a job of the kind ("plan.digest") once a day, from the hour of definitions/limits.yaml (daily, WIB) on. The day stands in the setting "plan_digest_day".
/// Returns whether it did.
Result<bool> ask_once_a_day(storage::Database&, std::string_view kind, time::Instant now);

}
