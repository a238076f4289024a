#pragma once
#include "indicator/tally.hpp"
#include "time/date.hpp"

namespace kpuhub::indicator {

/// A figure on a page: a part in a period, for one unit or for a unit with all below it.
struct Figure {
    UnitId unit {};
    bool with_lower_units = false;
    std::string period;                     ///< year, month, or quarter: "2026", "2026-06", "2026-Q2"
    std::string part;                       ///< "a1.late"; "late" = in all areas
};

/// One row behind a figure.
struct SourceRow {
    SubjectId subject {};
    UnitId unit {};
    std::string unit_name;
    std::string number;                     ///< as printed
    std::string title;
    std::string state;
    time::Date on {};                       ///< the day that places it in time: the due day
    std::string owner;
    bool own = false;                       ///< the reader's own record: reading it is not noted
};

/// Where the rows of a figure live. A room implements it and main hands it over; a write calls this room, drill-down calls back.
class Source {
public:
    virtual ~Source() = default;
    [[nodiscard]] virtual std::string_view indicator() const = 0;

    /// What all rows of the unit add up from, computed anew from the rows alone.
    [[nodiscard]] virtual std::vector<Contribution> contributions_of(storage::Reader&, UnitId) const = 0;

    /// Locks the rows of the unit, so that none of them changes while its tallies are written anew.
    virtual void hold(storage::Transaction&, UnitId) const = 0;

    /// The rows behind the figure that the reader may see, oldest due day first, those after `skip`, at most `limit`.
    [[nodiscard]] virtual std::vector<SourceRow> rows_behind(storage::Reader&, PersonId reader, time::Date today, Figure const&,
        std::int64_t skip, std::int64_t limit) const = 0;
};

/// A sum, in the tallies or in the compact row of the year, that is not what its rows say.
struct Mismatch {
    std::string period;
    std::string part;
    std::int64_t kept = 0;
    std::int64_t computed = 0;
};
struct Mismatches {
    std::vector<Mismatch> tallies;
    std::vector<Mismatch> years;            ///< in the compact rows (tally_year.hpp)
    [[nodiscard]] bool empty() const { return tallies.empty() && years.empty(); }
};
Mismatches compare_with_rows(storage::Reader&, Source const&, UnitId);

/// Writes the sums of one unit anew from its rows. Returns how many were wrong.
std::int64_t rebuild(storage::Transaction&, Source const&, UnitId);

}
