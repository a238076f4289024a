#pragma once
#include "definition/indicator.hpp"
#include "indicator/stock.hpp"
#include "indicator/value.hpp"
#include "indicator/value_store.hpp"

namespace kpuhub::indicator {

inline constexpr std::string_view plan_tallies = "plan_progress";   ///< the tallies that parts of the plan are read from

/// Where the parts of an indicator stand in the tallies: under its own name ("n", "d", "n.03") or in those of the plan ("t.due").
class PartPlaces {
public:
    explicit PartPlaces(definition::Indicator const& made);
    [[nodiscard]] std::string const& id() const { return m_made.id; }
    /// The period of the indicator that a tally belongs to; empty when it belongs to none.
    [[nodiscard]] std::string period_for(std::string_view indicator, std::string_view tally_period) const;
    void add(std::string_view indicator, std::string_view part, std::int64_t amount, UnitSums&) const;
    /// The names under which to look: of its own records, and of the plan. The same twice when there is only one.
    [[nodiscard]] std::pair<std::string, std::string> const& names() const { return m_names; }
    /// The parts of the plan, "" for none.
    [[nodiscard]] std::pair<std::string, std::string> const& plan_parts() const { return m_plan_parts; }
    /// The tallies that make up a period: name and period of each, at most 6 of one name.
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> tallies_of(std::string const& period) const;
    /// The periods of tallies from one period to another.
    [[nodiscard]] std::pair<std::string, std::string> span(std::string const& first, std::string const& last) const;
    /// The register whose keeping says whether a unit reports; empty when none is counted.
    [[nodiscard]] std::string reporting_register() const;
    /// A unit reports without anything counted: stocks are there by themselves.
    [[nodiscard]] bool always_reported() const;
    /// The value needs the sums of each unit, not only those of all together.
    [[nodiscard]] bool by_unit() const;

private:
    definition::Indicator const& m_made;
    std::pair<std::string, std::string> m_names, m_plan_parts;
};

using SumsOfUnits = std::map<UnitId, UnitSums>;

/// A part of an indicator that is a stock, and where its count belongs.
struct StockPart {
    definition::IndicatorPart const* part = nullptr;
    std::int64_t UnitSums::* place = nullptr;
};
[[nodiscard]] std::vector<StockPart> stock_parts(definition::Indicator const&);

/// Adds what was counted on a day to the sums of the units that have a line.
void add_stock(StockCounts const&, time::Date, StockPart const&, SumsOfUnits&);

/// Puts the stocks at the end of each period to the sums of the units. One statement, none when no part is a stock.
/// Errors: Unavailable "indicator.no_stock" when nobody counts it.
Result<void> add_stocks(storage::Reader&, Stocks const&, ValueQuestion const&, std::map<std::string, SumsOfUnits>&);

}
