#pragma once
#include "command/record_keeping.hpp"
#include <string>

namespace kpuhub::command {

/// A campaign that runs in the demonstration office: started nine days ago, due in two weeks, signed by two of five. Returns how many signed.
Result<int> load_demo_campaign(storage::Database&, RecordKeeping&, UnitId, PersonId secretary, std::string const& matter, time::Clock const&);

}
