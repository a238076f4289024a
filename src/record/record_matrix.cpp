#include "record/matrix.hpp"
#include "record/record_sql.hpp"
#include <algorithm>

namespace kpuhub::record {

using definition::Field;
using definition::FieldKind;
using storage::Query;

namespace {

Field const* named(std::vector<Field> const& fields, std::string const& id)
{
    auto found = std::ranges::find(fields, id, &Field::id);
    return found == fields.end() ? nullptr : &*found;
}

/// " AND s.state NOT IN ($6, $7)" of the closed states and drafts.
void open_states_only(SqlText& sql, definition::Register const& made)
{
    sql.add(" AND s.state NOT IN (").bind(std::string { definition::draft_state });
    for (auto const& state : made.states)
        if (state.closed)
            sql.add(", ").bind(state.id);
    sql.add(")");
}

}

std::vector<Assessment> assessments_of(definition::Register const& made)
{
    std::vector<Assessment> found;
    for (auto const& field : made.fields) {
        if (!field.lookup || field.retired)
            continue;
        auto const* row = named(made.fields, field.lookup->by[0]);
        auto const* column = named(made.fields, field.lookup->by[1]);
        auto same = std::ranges::find_if(found, [&](Assessment const& each) { return each.row == row && each.column == column; });
        auto& assessment = same == found.end() ? found.emplace_back(Assessment { made.table_named(field.lookup->table), row, column }) : *same;
        (field.kind == FieldKind::Choice ? assessment.level : assessment.value) = &field;
    }
    std::erase_if(found, [](Assessment const& each) { return !each.level || !each.table; });
    return found;
}

std::map<std::pair<std::string, std::string>, std::int64_t> count_cells(storage::Reader& reader, Place const& place, Assessment const& assessment)
{
    auto const& made = *place.made;
    auto columns = "t.f_" + assessment.row->id + ", t.f_" + assessment.column->id;
    SqlText sql { "SELECT " + columns + ", count(*) FROM " + made.table() + " t JOIN subject s ON s.id = t.subject_id WHERE s.unit_id = $3 AND "
            + seen_predicate(made) + " AND s.kind = ",
        seen_values(place) };
    sql.bind(made.table());
    open_states_only(sql, made);
    auto text = sql.add(" GROUP BY " + columns).text();
    std::map<std::pair<std::string, std::string>, std::int64_t> counts;
    for (auto const& row : reader.query_values(Query { "record.matrix", text }, sql.values()))
        counts[{ row.text_or_empty(0), row.text_or_empty(1) }] = row.integer(2);
    return counts;
}

std::optional<Reassessment> reassessment_of(definition::Register const& made)
{
    for (auto const& list : made.fields) {
        Reassessment found { &list };
        for (auto const& child : list.children) {
            if (child.kind == FieldKind::Period)
                found.period = &child;
            if (child.lookup && child.kind == FieldKind::Choice)
                found.level = &child;
        }
        if (found.period && found.level)
            return found;
    }
    return std::nullopt;
}

std::map<std::string, std::map<std::string, std::int64_t>> levels_by_month(storage::Reader& reader, Place const& place, Reassessment const& again,
    std::vector<std::string> const& months)
{
    constexpr std::int64_t most_rows = 20'000;
    auto const& made = *place.made;
    SqlText sql { "SELECT c.subject_id, c.f_" + again.period->id + ", c.f_" + again.level->id + " FROM " + made.table() + "__" + again.list->id + " c JOIN "
            + made.table() + " t ON t.subject_id = c.subject_id JOIN subject s ON s.id = c.subject_id WHERE s.unit_id = $3 AND " + seen_predicate(made)
            + " AND s.state <> 'draft' AND c.f_" + again.level->id + " IS NOT NULL AND c.f_" + again.period->id + " <= ",
        seen_values(place) };
    auto text = sql.bind(months.back()).add(" ORDER BY c.f_" + again.period->id + ", c.id LIMIT ").bind(most_rows).text();
    auto rows = reader.query_values(Query { "record.levels", text }, sql.values());
    std::map<std::int64_t, std::string> standing;       // record -> its level so far
    std::map<std::string, std::map<std::string, std::int64_t>> levels;
    auto row = rows.begin();
    for (auto const& month : months) {
        for (; row != rows.end() && row->text(1) <= month; ++row)
            standing[row->integer(0)] = row->text(2);
        for (auto const& [record, level] : standing)
            levels[month][level] += 1;
    }
    return levels;
}

}
