#include "indicator/source.hpp"
#include "indicator/tally_year.hpp"

namespace kpuhub::indicator {

using storage::Query;

constexpr Query tallies_of_unit { "indicator.tallies_of_unit", R"sql(
    SELECT period, part, amount FROM tally WHERE unit_id = $1 AND indicator = $2 AND amount <> 0 )sql" };

static std::vector<Mismatch> compare_tallies(storage::Reader& reader, std::string_view indicator, UnitId unit, Amounts right)
{
    std::vector<Mismatch> wrong;
    for (auto const& row : reader.query(tallies_of_unit, unit, indicator)) {
        auto found = right.extract({ row.text(0), row.text(1) });
        auto const computed = found.empty() ? 0 : found.mapped();
        if (row.integer(2) != computed)
            wrong.push_back({ row.text(0), row.text(1), row.integer(2), computed });
    }
    for (auto const& [key, amount] : right)
        wrong.push_back({ key.first, key.second, 0, amount });
    return wrong;
}

Mismatches compare_with_rows(storage::Reader& reader, Source const& source, UnitId unit)
{
    auto const right = merge(source.contributions_of(reader, unit));
    return { compare_tallies(reader, source.indicator(), unit, right), compare_years(reader, source.indicator(), unit, right) };
}

static std::map<UnitId, Amounts> corrections(UnitId unit, std::vector<Mismatch> const& wrong)
{
    Amounts amounts;
    for (auto const& each : wrong)
        amounts[{ each.period, each.part }] = each.computed - each.kept;
    return { { unit, std::move(amounts) } };
}

std::int64_t rebuild(storage::Transaction& transaction, Source const& source, UnitId unit)
{
    source.hold(transaction, unit);
    auto const wrong = compare_with_rows(transaction, source, unit);
    add_to_tallies(transaction, source.indicator(), corrections(unit, wrong.tallies));
    add_to_years(transaction, source.indicator(), corrections(unit, wrong.years));
    return static_cast<std::int64_t>(wrong.tallies.size() + wrong.years.size());
}

}
