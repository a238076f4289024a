#pragma once
#include "definition/indicator.hpp"
#include "indicator/stock.hpp"
#include "indicator/value.hpp"
#include "storage/database.hpp"

namespace kpuhub::indicator {

/// Which figure is asked for: of a unit with all below it, or alone.
struct ValueQuestion {
    definition::Indicator const& made;
    UnitId node {};
    bool with_lower_units = true;
    time::Date tree_on {};                  ///< the tree of the end of the period, or of today while it runs
    time::Date today {};                    ///< stocks of a running period are counted today
    bool of_all = false;                    ///< the node is known to stand above all offices: tallies are summed by period and not by office
    bool as_closed = true;                  ///< closed periods of the trend as they were closed; false: counted in the borders of tree_on
};

/// A unit right below the node (or the node itself, alone, first) with the value of its branch.
struct BranchValue {
    UnitId unit {};
    std::string code, name;
    Value live;
    std::optional<Value> closed {};         ///< as it stood when the period was closed; of branches, not of the node alone
};

/// One period of a trend.
struct TrendValue {
    std::string period;
    Value live;                             ///< of a closed period before the last: as it was closed
    std::optional<Value> closed {};
    [[nodiscard]] Value const& shown() const { return closed ? *closed : live; }
};

struct FigureValues {
    std::vector<TrendValue> trend;          ///< oldest first; the last is the period asked for
    std::vector<BranchValue> branches;      ///< in order of code
};

/// The period and those before it, `count` in all, of the node, and of the period its branches. Two statements, and one for stocks. Of the periods before, closed values and kept sums (kept_sums.hpp) are read as they stand, so that what is read does not grow with
/// the years; what does not stand there is summed up.
Result<FigureValues> figure_values(storage::Reader&, Stocks const&, ValueQuestion const&, std::string const& period, int count);

/// The value of each unit with all below it in a period: what closing writes. `root` is the unit above all.
Result<std::map<UnitId, Value>> values_of_all(storage::Reader&, Stocks const&, ValueQuestion const& root, std::string const& period);

/// A value that was frozen, from the columns standing, numerator, denominator, exact, bucket, reported, expected.
[[nodiscard]] Value read_value(storage::Row const&, std::size_t first);

}
