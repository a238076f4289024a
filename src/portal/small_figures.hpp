#pragma once
#include "core/id.hpp"
#include "definition/indicator.hpp"
#include "storage/database.hpp"
#include "time/date.hpp"
#include <set>
#include <string>

namespace kpuhub::portal {

/// What of an indicator with small_cells_below is withheld from one reader in one office.
struct SmallFigures {
    int smallest = 0;                       ///< smaller numbers; 0: nothing is withheld
    std::set<std::string> periods {};       ///< whose number is withheld here because it is in the table of an office above
    [[nodiscard]] bool withholds(std::string const& period, std::int64_t number) const { return periods.contains(period) || (number > 0 && number < smallest); }
};

/// Who asks in which office; the tree of which day; which periods.
struct SmallQuestion {
    PersonId person {};
    time::Date today {};
    UnitId unit {};
    time::Date tree_on {};
    std::string first, last;
};

/// An office above withholds, beside the small numbers of its branches, larger ones, so that its total less what is shown gives nothing. Who may
/// open both pages must not find such a number on the page of the branch. Nothing is withheld from who may read the records. One statement.
SmallFigures small_figures(storage::Reader&, SmallQuestion const&, definition::Indicator const&);

/// The same for a list of indicators, by their names, where nobody sees small numbers. One statement, none when no indicator has small numbers.
std::map<std::string, SmallFigures> small_figures(storage::Reader&, SmallQuestion const&, std::vector<std::shared_ptr<definition::Indicator const>> const&);

}
