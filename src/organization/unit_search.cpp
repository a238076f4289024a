#include "organization/unit_search.hpp"
#include "text/normal.hpp"
#include <sstream>

namespace kpuhub::organization {

constexpr storage::Query all_units { "organization.units_named",
    "SELECT u.id, u.code, u.level, n.name, n.zone FROM unit u"
    "  JOIN unit_name n ON n.unit_id = u.id AND n.valid_from = (SELECT max(m.valid_from) FROM unit_name m"
    "       WHERE m.unit_id = u.id AND (m.valid_from <= $1 OR m.valid_from = u.opened_on))"
    " WHERE u.closed_on >= $1 AND (CAST($2 AS BIGINT) = 0 OR u.level <> 'regency') ORDER BY u.code" };

static bool holds_all(std::string const& name, std::string const& words)
{
    std::istringstream each { words };
    for (std::string word; each >> word;)
        if (name.find(word) == std::string::npos)
            return false;
    return true;
}

std::vector<Unit> units_named(storage::Reader& reader, std::string_view asked, time::Date today, int limit)
{
    auto words = text::normal(asked);
    std::vector<Unit> found;
    for (auto const& row : reader.query(all_units, today, words.empty())) {
        if (row.text(1) != words && !holds_all(text::normal(row.text(3)), words))
            continue;
        found.push_back({ row.id<UnitTag>(0), row.text(1), row.text(2), row.text(3), time::zone_named(row.text(4)).value_or(time::Zone::Wib) });
        if (static_cast<int>(found.size()) == limit)
            break;
    }
    return found;
}

}
