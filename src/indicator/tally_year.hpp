#pragma once
#include "indicator/rollup.hpp"
#include "indicator/source.hpp"

namespace kpuhub::indicator {

/// The compact row of a unit and year (table tally_year): the parts that dashboards show. Each has a column of its own:
/// plan.fixed and plan.draft; t.all, t.due, t.verified, t.submitted, t.late, t.no_proof, t.apart and t.unscheduled of the year; a1 to a8
/// with due, verified and late; and t.all, t.due, t.verified and t.late of each month. Other parts stand in tally only.

/// Adds the changes that have a column to the rows of their units, in order of the key. After the tallies themselves.
void add_to_years(storage::Transaction&, std::string_view indicator, std::map<UnitId, Amounts> const& changes);

/// The year, that many years before it and their months of one unit alone, as far as they have a column. One statement, one row a year.
SumsByPeriod shown_year_of_unit(storage::Reader&, std::string_view indicator, UnitId, int year, int years_before = 0);

/// One line of a table of the units under a node; the node itself comes first, with its own figures only.
struct ChildYear {
    UnitId unit {};
    std::string code;
    std::string name;
    std::int64_t units = 0;                 ///< how many units it stands for, itself included
    SumsByPeriod periods;                   ///< the year and its months

    [[nodiscard]] Sums const& of_year() const;
};

/// For each child of a node the sums of its whole branch, in order of code (the tree as it stands on the day); a child without
/// any figure is there, empty. For the root: the nation by province. One statement over one row for each unit.
std::vector<ChildYear> years_of_children(storage::Reader&, std::string_view indicator, UnitId node, int year, time::Date tree_on);

/// The node with all below it.
SumsByPeriod sum_of(std::vector<ChildYear> const&);

/// What of the compact rows of a unit is not what `right` says.
std::vector<Mismatch> compare_years(storage::Reader&, std::string_view indicator, UnitId, Amounts const& right);

}
