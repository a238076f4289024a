#pragma once
#include "core/id.hpp"
#include "core/result.hpp"
#include "storage/database.hpp"
#include "text/messages.hpp"
#include "time/date.hpp"

namespace kpuhub::command {

/// Does the work of a plan of the demonstration from the day it was fixed until now: most of it in time, some late, some
/// returned, some waiting, some not begun. Each step is the room's own action by somebody who may do it, at its day.
/// Returns how many steps were done. Errors: as the actions.
Result<int> load_demo_past(storage::Database&, text::Messages const&, PlanId, PersonId secretary, time::Instant now);

}
