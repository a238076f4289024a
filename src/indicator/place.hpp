#pragma once
#include "definition/indicator_publication.hpp"
#include "indicator/value_store.hpp"
#include "organization/unit.hpp"

namespace kpuhub::indicator {

using IndicatorRef = std::shared_ptr<definition::Indicator const>;

/// An indicator in an office, as somebody meets it who may read its plans.
struct IndicatorPlace {
    organization::Unit unit;
    IndicatorRef made;
    bool built = false;                     ///< all records are counted by this version
};
/// One statement (and two more the first time that a version is met). Errors: NotFound for an unknown unit or indicator, or when he may
/// not read the plans there.
Result<IndicatorPlace> place_of(storage::Reader&, definition::IndicatorShelf&, PersonId, time::Date today, std::string_view unit_code, std::string const& indicator);

/// All indicators of an office. One statement. Errors: NotFound.
struct IndicatorsPlace {
    organization::Unit unit;
    std::vector<IndicatorRef> all;
};
Result<IndicatorsPlace> places_of(storage::Reader&, definition::IndicatorShelf&, PersonId, time::Date today, std::string_view unit_code);

/// The running period of each indicator for a node, with frozen and, for an office without lower ones, running values of the periods
/// before. One statement, and one for all stocks among them.
struct ListedValue {
    Value now;
    std::vector<TrendValue> trend;          ///< of which something is known; oldest first, the running one last
};
Result<std::vector<ListedValue>> listed_values(storage::Reader&, Stocks const&, std::vector<IndicatorRef> const&, organization::Unit const&, time::Date today);

}
