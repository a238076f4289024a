#include "record/card.hpp"
#include "record/record_sql.hpp"
#include "record/value.hpp"
#include <algorithm>

namespace kpuhub::record {

using definition::Field;

Field const& card_field(Field const& list, std::string const& id) { return *std::ranges::find(list.children, id, &Field::id); }

std::map<std::int64_t, std::vector<MonthRow>> rows_of_year(storage::Reader& reader, Place const& place, Field const& list, std::vector<Record> const& records, int year)
{
    std::map<std::int64_t, std::vector<MonthRow>> found;
    if (records.empty())
        return found;
    auto period = place.made->card->period;
    SqlText sql { RecordSql { *place.made }.select_children(list, ", t.subject_id") + " WHERE t.f_" + period + " >= ", {} };
    sql.bind(std::to_string(year)).add(" AND t.f_" + period + " < ").bind(std::to_string(year + 1)).add(" AND t.subject_id IN (");
    for (std::size_t at = 0; at < records.size(); ++at)
        sql.add(at ? ", " : "").bind(records[at].id.value);
    auto text = sql.add(") ORDER BY t.id").text();
    for (auto const& row : reader.query_values(storage::Query { "record.card_rows", text }, sql.values())) {
        MonthRow made { row.integer(0), {}, {}, {} };
        std::size_t column = 2;
        for (auto const& field : list.children) {
            if (!row.is_null(column))
                made.content.values[field.id] = row.value(column);
            ++column;
            if (has_name(field))
                made.names[field.id] = row.text(column++);
        }
        made.period = code_of(card_field(list, period), made.content.value(period), place.unit.zone);
        found[row.integer(1)].push_back(std::move(made));
    }
    return found;
}

}
