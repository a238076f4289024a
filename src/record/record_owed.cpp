#include "record/record_owed.hpp"
#include "journal/journal.hpp"
#include "record/history.hpp"
#include "record/record_sql.hpp"
#include "subject/subject.hpp"
#include <algorithm>

namespace kpuhub::record {

using storage::Query;

constexpr Query switch_on { "record.use_for_campaign", R"sql(
    INSERT INTO register_use (register, unit_id, state, changed_by, changed_at) VALUES ($1, $2, 'on', $3, $4)
    ON CONFLICT (unit_id, register) DO UPDATE SET state = 'on', changed_by = excluded.changed_by, changed_at = excluded.changed_at
     WHERE register_use.state <> 'on' )sql" };

Result<RegisterRef> newest_register(storage::Reader& reader, definition::Shelf& shelf, std::string_view register_id)
{
    for (auto const& made : shelf.newest(reader))
        if (made->id == register_id)
            return made;
    return not_found();
}

void use_for_campaign(storage::Transaction& transaction, journal::Act const& act, std::string_view register_id, UnitId unit)
{
    if (transaction.execute(switch_on, register_id, unit, act.actor, act.at) > 0)
        journal::write(transaction, act, { "register.switched_on", {}, unit, { { "register", std::string { register_id } } } });
}

Result<SubjectId> open_for(storage::Transaction& transaction, journal::Act const& act, Desk const& desk, Owed const& owed)
{
    auto const& made = owed.made;
    Record record;
    record.unit = owed.unit.id;
    record.created_by = owed.owner;
    record.created_at = act.at;
    record.state = made.start;
    record.content = owed.content;
    record.names = owed.names;
    record.id = subject::create(transaction, made.table(), owed.unit.id, std::nullopt, record.state, act.at, made.version);
    record.number = next_number(transaction, made, owed.unit.id, owed.unit.code, act.today, record.id);
    insert_record(transaction, made, record);
    flow::record_step(transaction, act, record.id, { {}, {}, record.state, act.actor, act.at, {} });
    TRY_VOID(tell(transaction, act, desk, { made, nullptr, &record, {} },
        { "record.created", record.id, record.unit, change_fields(made, nullptr, record, owed.unit.zone) }));
    return record.id;
}

Result<KnownRecord> known_record(storage::Reader& reader, definition::Shelf& shelf, Asker asker, SubjectId id)
{
    auto at = TRY(place_of_record(reader, shelf, asker, id));
    auto const& made = *at.place.made;
    auto const fields = RecordSql { made }.columns();
    auto const text = RecordSql { made }.select(fields) + " WHERE s.id = $1";
    auto const rows = reader.query(Query { "record.known", text }, id);
    if (rows.empty())
        return not_found();
    return KnownRecord { std::move(at), RecordSql { made }.read(rows.front(), fields) };
}

Result<Record> find_plain(storage::Reader& reader, RecordPlace const& at)
{
    RecordSql const sql { *at.place.made };
    auto const fields = sql.columns();
    SqlText text { sql.select(fields) + " WHERE s.unit_id = $3 AND " + seen_predicate(*at.place.made) + " AND s.id = ", seen_values(at.place) };
    text.bind(at.id.value);
    auto const rows = reader.query_values(Query { "record.find_plain", text.text() }, text.values());
    if (rows.empty())
        return not_found();
    return sql.read(rows.front(), fields);
}

Result<std::int64_t> sign_row(storage::Transaction& transaction, journal::Act const& act, Desk const& desk, SubjectId id, std::string const& name, Content const& content)
{
    auto const [at, record] = TRY(known_record(transaction, desk.shelf, { act.actor, act.today }, id));
    auto const& made = *at.place.made;
    auto const* list = made.field(name);
    if (!list || list->kind != definition::FieldKind::Children)
        return not_found();
    auto const row = insert_child(transaction, made, *list, id, content);
    TRY_VOID(tell(transaction, act, desk, { made, &record, &record, {}, &at.place },
        { "record.row_added", id, record.unit, child_fields(*list, content, at.place.unit.zone) }));
    return row;
}

std::vector<OwedValues> values_of(storage::Reader& reader, definition::Register const& made, std::vector<std::string> const& fields, std::string_view which, SubjectId of)
{
    std::vector<definition::Field const*> wanted;
    for (auto const* field : RecordSql { made }.columns())
        if (field->seen_by.empty() && std::ranges::find(fields, field->id) != fields.end())
            wanted.push_back(field);
    if (wanted.empty())
        return {};
    auto const text = RecordSql { made }.select(wanted) + " WHERE s.id IN (" + std::string { which } + ")";
    std::vector<OwedValues> found;
    for (auto const& row : reader.query(Query { "record.owed_values", text }, of)) {
        auto record = RecordSql { made }.read(row, wanted);
        found.push_back({ record.id, std::move(record.content) });
    }
    return found;
}

}
