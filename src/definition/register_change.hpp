#pragma once
#include "definition/register.hpp"

namespace kpuhub::definition {

/// What the next version of a register changes, for people to read before it is published.
struct Change {
    enum class Kind : std::uint8_t { Added, Retired, Altered };
    Kind kind = Kind::Altered;
    std::string part;               ///< "field value", "state decided", "step decide", "option form.money"
};

/// Compares two versions. Allowed: new field, choice, state, step, clock; retiring; other words.
/// Errors: Invalid with file and line for a change of kind, a deletion (or a renaming, which is one), another start state,
/// a version that is not the next one, or a laxer class.
Result<std::vector<Change>> compare(std::string_view file, Register const& before, Register const& now);

/// The statements that make the tables of a register, or widen those of the version before. Plain words of both engines
/// (storage/sql_text.hpp turns them into SQLite's). Names come from load_register, which lets only identifiers through.
std::vector<std::string> statements_for(Register const& now, Register const* before);

}
