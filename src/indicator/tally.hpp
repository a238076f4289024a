#pragma once
#include "core/id.hpp"
#include "core/result.hpp"
#include "storage/database.hpp"
#include <compare>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kpuhub::indicator {

/// What a source row adds to a figure of its own unit: an exact count or sum.
struct Contribution {
    std::string period;                     ///< "2026", "2026-06"
    std::string part;                       ///< "a1.late"
    std::int64_t amount = 0;
    friend auto operator<=>(Contribution const&, Contribution const&) = default;
};

/// (period, part) -> amount.
using Amounts = std::map<std::pair<std::string, std::string>, std::int64_t>;

/// Adds up; parts that come to 0 are left out. Throws std::overflow_error beyond 64 bits (a bug, never a wrong figure).
Amounts merge(std::span<Contribution const>);

/// after - before, without what did not change.
Amounts difference(std::span<Contribution const> before, std::span<Contribution const> after);

/// Writes what changed to the tallies of the unit and to its compact row (tally_year.hpp), each in order of the key, so that two
/// writers never wait for each other. The last writes of an action (design: write contract).
void apply_difference(storage::Transaction&, std::string_view indicator, UnitId, std::span<Contribution const> before,
    std::span<Contribution const> after);

/// The same for several units at once (the scheduler).
void apply(storage::Transaction&, std::string_view indicator, std::map<UnitId, Amounts> const& changes);

/// The tallies without the compact rows: for putting right what is wrong in them alone.
void add_to_tallies(storage::Transaction&, std::string_view indicator, std::map<UnitId, Amounts> const& changes);

}
