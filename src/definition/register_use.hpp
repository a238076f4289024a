#pragma once
#include "core/id.hpp"
#include "journal/act.hpp"
#include "storage/database.hpp"

namespace kpuhub::definition {

// A register is off in an office until a row of its plan or an administrator switches it on.

enum class Use : std::uint8_t { Off, On };

/// As a person decides; journaled. Rights are the caller's.
void set_use(storage::Transaction&, journal::Act const&, UnitId, std::string const& register_id, Use);

/// Switches on what nobody has decided about; what a person switched off stays off. Journaled with what did it. Returns how many.
int switch_on(storage::Transaction&, journal::Act const&, UnitId, std::vector<std::string> const& registers, std::string const& because);

}
