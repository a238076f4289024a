#pragma once
#include "core/result.hpp"
#include "definition/indicator.hpp"
#include "organization/headcount.hpp"
#include "storage/database.hpp"
#include "time/date.hpp"
#include <map>
#include <memory>

namespace kpuhub::indicator {

/// Day -> unit -> how many.
using StockCounts = std::map<time::Date, std::map<UnitId, std::int64_t>>;

/// Things that are there from a day to a day and are counted when somebody looks: appointments, units. Its name and the keys of its `where`
/// stand in definition::stock_names.
class StockSource {
public:
    virtual ~StockSource() = default;
    [[nodiscard]] virtual std::string_view name() const = 0;
    [[nodiscard]] virtual organization::HeadcountWanted wanted(std::vector<definition::Requirement> const& where) const = 0;
};

using Stocks = std::map<std::string, StockSource const*, std::less<>>;

/// What is counted of a branch of the tree of offices at the end of some days.
struct StockQuestion {
    UnitId node {};
    bool with_lower_units = true;
    time::Date tree_on {};                  ///< the tree that names the branch
    std::vector<time::Date> days;           ///< at most 12
};

/// The stocks of all these parts, in their order. One statement for eight. Errors: Unavailable "indicator.no_stock" when nobody counts one.
Result<std::vector<StockCounts>> count_stocks(storage::Reader&, Stocks const&, StockQuestion const&, std::vector<definition::IndicatorPart const*> const&);

/// Units that are open: where {level: [province]}.
class UnitStock final : public StockSource {
public:
    [[nodiscard]] std::string_view name() const override { return "unit"; }
    [[nodiscard]] organization::HeadcountWanted wanted(std::vector<definition::Requirement> const&) const override;
};

/// People who hold a post of the unit, each once: where {capacity: [definitive], post: [head], employment: [pns]}; or those with a duty
/// (definitions/duties.yaml): where {duty: lhkpn}.
class AppointmentStock final : public StockSource {
public:
    [[nodiscard]] std::string_view name() const override { return "appointment"; }
    [[nodiscard]] organization::HeadcountWanted wanted(std::vector<definition::Requirement> const&) const override;
};

/// The values of a key of `where` as ",a,b,"; "" when it asks for nothing.
[[nodiscard]] std::string wanted_values(std::vector<definition::Requirement> const&, std::string_view key);

}
