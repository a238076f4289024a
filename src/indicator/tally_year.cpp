#include "indicator/tally_year.hpp"
#include <algorithm>
#include <array>

namespace kpuhub::indicator {

using storage::Query;

namespace {

/// A column of tally_year, and the part whose sum stands in it. `month` is 0 for the year.
struct Column {
    std::string name;
    int month = 0;
    std::string part;
};

constexpr std::size_t key_columns = 3;      // indicator, year, unit_id

std::vector<Column> make_columns()
{
    constexpr int areas = 8, months = 12;
    std::vector<Column> made { { "plan_fixed", 0, "plan.fixed" }, { "plan_draft", 0, "plan.draft" } };
    for (std::string const part : { "all", "due", "verified", "submitted", "late", "no_proof", "apart", "unscheduled" })
        made.push_back({ "t_" + part, 0, "t." + part });
    for (int area = 1; area <= areas; ++area)
        for (std::string const part : { "due", "verified", "late" })
            made.push_back({ "a" + std::to_string(area) + "_" + part, 0, "a" + std::to_string(area) + "." + part });
    for (int month = 1; month <= months; ++month)
        for (std::string const part : { "all", "due", "verified", "late" })
            made.push_back({ (month < 10 ? "m0" : "m") + std::to_string(month) + "_" + part, month, "t." + part });
    return made;
}

std::vector<Column> const& columns()
{
    static std::vector<Column> const made = make_columns();
    return made;
}

/// Which column a part of a period has; none = columns().size().
std::size_t column_of(std::string_view period, std::string_view part)
{
    constexpr std::size_t year_signs = 4, month_signs = 7;
    static auto const by_part = [] {
        std::map<std::pair<int, std::string>, std::size_t, std::less<>> found;
        for (std::size_t i = 0; i < columns().size(); ++i)
            found[{ columns()[i].month, columns()[i].part }] = i;
        return found;
    }();
    if (period.size() != year_signs && period.size() != month_signs)
        return columns().size();
    int const month = period.size() == year_signs ? 0 : (period[5] - '0') * 10 + (period[6] - '0');
    auto found = by_part.find(std::pair { month, std::string { part } });
    return found == by_part.end() ? columns().size() : found->second;
}

/// All columns by `each`, joined by commas.
template<typename Each>
std::string joined(Each const& each)
{
    std::string text;
    for (std::size_t i = 0; i < columns().size(); ++i)
        text += (i > 0 ? ", " : "") + each(columns()[i].name, i);
    return text;
}

std::string names(std::string const& table)
{
    return joined([&](std::string const& name, std::size_t) { return table + name; });
}

// The texts are put together from the fixed list of columns; values are bound as everywhere.
Query add_query()
{
    static std::string const sql = "INSERT INTO tally_year (indicator, year, unit_id, " + names("") + ") VALUES ($1, $2, $3, "
        + joined([](std::string const&, std::size_t i) { return "$" + std::to_string(i + key_columns + 1); })
        + ") ON CONFLICT (indicator, year, unit_id) DO UPDATE SET "
        + joined([](std::string const& name, std::size_t) { return name + " = tally_year." + name + " + excluded." + name; });
    return { "indicator.add_to_year", sql };
}

Query of_unit_query()
{
    static std::string const sql = "SELECT y.year, " + names("y.") + " FROM tally_year y WHERE y.indicator = $1 AND y.year >= $2 AND y.year <= $3 AND y.unit_id = $4";
    return { "indicator.shown_year", sql };
}

Query all_of_unit_query()
{
    static std::string const sql = "SELECT y.year, " + names("y.") + " FROM tally_year y WHERE y.indicator = $1 AND y.unit_id = $2";
    return { "indicator.years_of_unit", sql };
}

// CROSS JOIN keeps SQLite to the order written: the branches, their units, and one row for each.
Query children_query()
{
    static std::string const sql = R"sql(
    SELECT c.unit_id, u.code, n.name, b.units, )sql" + names("b.") + R"sql(
      FROM (SELECT g.unit_id AS child_id, count(*) AS units, )sql"
        + joined([](std::string const& name, std::size_t) { return "CAST(sum(y." + name + ") AS BIGINT) AS " + name; }) + R"sql(
              FROM unit_scope g CROSS JOIN unit_scope s
              LEFT JOIN tally_year y ON y.indicator = $2 AND y.year = $3 AND y.unit_id = s.unit_id
             WHERE g.ancestor_id = $1 AND g.depth <= 1
               AND g.tree_version = (SELECT max(v.version) FROM unit_tree v WHERE v.valid_from <= $4)
               AND s.tree_version = g.tree_version AND s.ancestor_id = g.unit_id AND (g.depth = 1 OR s.depth = 0)
             GROUP BY g.unit_id) b
      JOIN unit_scope c ON c.unit_id = b.child_id AND c.ancestor_id = $1
       AND c.tree_version = (SELECT max(v.version) FROM unit_tree v WHERE v.valid_from <= $4)
      JOIN unit u ON u.id = c.unit_id
      JOIN unit_name n ON n.unit_id = c.unit_id
       AND n.valid_from = (SELECT max(m.valid_from) FROM unit_name m WHERE m.unit_id = c.unit_id AND m.valid_from <= $4)
     ORDER BY c.depth, u.code )sql";
    return { "indicator.years_of_children", sql };
}

std::string period_of(std::string const& year, int month)
{
    return month == 0 ? year : year + (month < 10 ? "-0" : "-") + std::to_string(month);
}

/// What stands in the columns from `first` on; sums that are 0 are left out.
SumsByPeriod read_year(storage::Row const& row, std::size_t first, std::string const& year)
{
    SumsByPeriod periods;
    for (std::size_t i = 0; i < columns().size(); ++i)
        if (auto amount = row.optional_integer(first + i).value_or(0); amount != 0)
            periods[period_of(year, columns()[i].month)].parts[columns()[i].part] = amount;
    return periods;
}

}

void add_to_years(storage::Transaction& transaction, std::string_view indicator, std::map<UnitId, Amounts> const& changes)
{
    std::map<std::pair<std::string, UnitId>, std::vector<storage::Value>> rows;
    for (auto const& [unit, amounts] : changes)
        for (auto const& [key, amount] : amounts) {
            auto const column = column_of(key.first, key.second);
            if (column == columns().size())
                continue;
            auto& values = rows[{ key.first.substr(0, 4), unit }];
            if (values.empty())
                values.assign(key_columns + columns().size(), storage::to_value(0));
            values[key_columns + column] = storage::to_value(amount);
        }
    for (auto& [key, values] : rows) {
        values[0] = storage::to_value(indicator);
        values[1] = storage::to_value(key.first);
        values[2] = storage::to_value(key.second);
        transaction.execute_values(add_query(), values);
    }
}

SumsByPeriod shown_year_of_unit(storage::Reader& reader, std::string_view indicator, UnitId unit, int year, int years_before)
{
    SumsByPeriod periods;
    for (auto const& row : reader.query(of_unit_query(), indicator, std::to_string(year - years_before), std::to_string(year), unit))
        periods.merge(read_year(row, 1, row.text(0)));
    return periods;
}

Sums const& ChildYear::of_year() const
{
    static Sums const none;
    return periods.empty() || periods.begin()->first.find('-') != std::string::npos ? none : periods.begin()->second;
}

std::vector<ChildYear> years_of_children(storage::Reader& reader, std::string_view indicator, UnitId node, int year, time::Date tree_on)
{
    constexpr std::size_t before = 4;
    auto const name = std::to_string(year);
    std::vector<ChildYear> children;
    for (auto const& row : reader.query(children_query(), node, indicator, name, tree_on))
        children.push_back({ row.id<UnitTag>(0), row.text(1), row.text(2), row.integer(3), read_year(row, before, name) });
    return children;
}

SumsByPeriod sum_of(std::vector<ChildYear> const& children)
{
    SumsByPeriod all;
    for (auto const& child : children)
        for (auto const& [period, sums] : child.periods)
            for (auto const& [part, amount] : sums.parts)
                all[period].parts[part] += amount;
    return all;
}

std::vector<Mismatch> compare_years(storage::Reader& reader, std::string_view indicator, UnitId unit, Amounts const& right)
{
    Amounts wrong;
    for (auto const& [key, amount] : right)
        if (column_of(key.first, key.second) != columns().size())
            wrong[key] = amount;
    std::vector<Mismatch> found;
    for (auto const& row : reader.query(all_of_unit_query(), indicator, unit))
        for (std::size_t i = 0; i < columns().size(); ++i) {
            auto expected = wrong.extract({ period_of(row.text(0), columns()[i].month), columns()[i].part });
            auto const computed = expected.empty() ? 0 : expected.mapped();
            if (row.integer(i + 1) != computed)
                found.push_back({ period_of(row.text(0), columns()[i].month), columns()[i].part, row.integer(i + 1), computed });
        }
    for (auto const& [key, amount] : wrong)
        found.push_back({ key.first, key.second, 0, amount });
    return found;
}

}
