#include "indicator/source.hpp"

namespace kpuhub::indicator {

using storage::Query;

constexpr Query tallies_of_unit { "indicator.tallies_of_unit", R"sql(
    SELECT period, part, amount FROM tally WHERE unit_id = $1 AND indicator = $2 AND amount <> 0 )sql" };

std::vector<Mismatch> compare_with_rows(storage::Reader& reader, Source const& source, UnitId unit)
{
    auto computed = merge(source.contributions_of(reader, unit));
    std::vector<Mismatch> wrong;
    for (auto const& row : reader.query(tallies_of_unit, unit, source.indicator())) {
        auto found = computed.extract({ row.text(0), row.text(1) });
        auto right = found.empty() ? 0 : found.mapped();
        if (row.integer(2) != right)
            wrong.push_back({ row.text(0), row.text(1), row.integer(2), right });
    }
    for (auto const& [key, amount] : computed)
        wrong.push_back({ key.first, key.second, 0, amount });
    return wrong;
}

std::int64_t rebuild(storage::Transaction& transaction, Source const& source, UnitId unit)
{
    source.hold(transaction, unit);
    auto wrong = compare_with_rows(transaction, source, unit);
    Amounts corrections;
    for (auto const& each : wrong)
        corrections[{ each.period, each.part }] = each.computed - each.kept;
    apply(transaction, source.indicator(), { { unit, corrections } });
    return static_cast<std::int64_t>(wrong.size());
}

}
