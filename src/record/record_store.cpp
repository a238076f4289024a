#include "record/record_store.hpp"
#include "organization/access.hpp"
#include "record/record_sql.hpp"
#include "text/normal.hpp"
#include <algorithm>

namespace kpuhub::record {

using definition::Field;
using definition::FieldKind;
using definition::Register;
using storage::Query;

namespace {

constexpr Query next_in_series { "record.next_number", R"sql(
    INSERT INTO record_series (register, unit_id, span, last) VALUES ($1, $2, $3, 1)
    ON CONFLICT (register, unit_id, span) DO UPDATE SET last = record_series.last + 1 RETURNING last )sql" };
constexpr Query select_files { "record.files", R"sql(
    SELECT f.id, f.field, f.blob_hash, f.media_type, f.file_name, f.bytes, COALESCE(p.name, ''), f.brought_at FROM record_file f
      LEFT JOIN person p ON p.id = f.brought_by WHERE f.subject_id = $1 AND f.removed_at IS NULL AND ($2 = 0 OR f.id = $2) ORDER BY f.id )sql" };
constexpr Query add_file { "record.insert_file", R"sql(
    INSERT INTO record_file (subject_id, field, blob_hash, original_hash, media_type, bytes, file_name, brought_by, brought_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id )sql" };
constexpr Query take_file_away { "record.drop_file", "UPDATE record_file SET removed_at = $3 WHERE subject_id = $1 AND id = $2 AND removed_at IS NULL" };
constexpr Query take_files_away { "record.drop_files", "DELETE FROM record_file WHERE subject_id = $1" };
constexpr Query people { "record.people", R"sql(
    SELECT id, name FROM person WHERE unit_id = $1 AND left_on IS NULL ORDER BY name, id LIMIT 500 )sql" };
constexpr Query units { "record.units", R"sql(
    SELECT u.id, n.name FROM unit u JOIN unit_name n ON n.unit_id = u.id AND n.valid_from = (SELECT max(m.valid_from) FROM unit_name m WHERE m.unit_id = u.id)
     WHERE u.closed_on >= $1 ORDER BY u.code )sql" };
constexpr Query person_named { "record.person_named", R"sql(
    SELECT id, name FROM person WHERE (unit_id = $1 OR id = $3) AND (id = $3 OR name = $2 OR nip = $2) LIMIT 2 )sql" };
constexpr Query unit_named { "record.unit_named", R"sql(
    SELECT u.id, n.name FROM unit u JOIN unit_name n ON n.unit_id = u.id AND n.valid_from = (SELECT max(m.valid_from) FROM unit_name m WHERE m.unit_id = u.id)
     WHERE u.id = $2 OR u.code = $1 OR n.name = $1 LIMIT 2 )sql" };

// The post above one of a person's posts is held today by $1.
#define KPUHUB_SUPERIOR_OF \
    "EXISTS (SELECT 1 FROM appointment sa JOIN post sp ON sp.id = sa.post_id JOIN appointment sb ON sb.post_id = sp.superior_id" \
    " WHERE sa.valid_from <= $2 AND sa.valid_to >= $2 AND sb.person_id = $1 AND sb.valid_from <= $2 AND sb.valid_to >= $2 AND sa.person_id = "
constexpr Query find_superior { "record.is_superior", "SELECT 1 WHERE " KPUHUB_SUPERIOR_OF "$3)" };

std::optional<NamedId> only_one(storage::Rows const& rows)
{
    if (rows.size() != 1)
        return std::nullopt;
    return NamedId { rows.front().integer(0), rows.front().text_or_empty(1) };
}

std::vector<NamedId> named(storage::Rows const& rows)
{
    std::vector<NamedId> found;
    for (auto const& row : rows)
        found.push_back({ row.integer(0), row.text(1) });
    return found;
}

void read_choices(storage::Reader& reader, Register const& made, Record& record)
{
    std::string text;
    for (auto const& field : made.fields)
        if (field.kind == FieldKind::ManyChoice)
            text += std::string(text.empty() ? "" : " UNION ALL ") + "SELECT '" + field.id + "', choice FROM " + made.table() + "__" + field.id
                + " WHERE subject_id = $1";
    if (text.empty())
        return;
    for (auto const& row : reader.query(Query { "record.choices", text }, record.id))
        record.content.choices[row.text(0)].push_back(row.text(1));
}

void write_choices(storage::Transaction& transaction, Register const& made, Record const& record)
{
    for (auto const& [field, values] : record.content.choices) {
        if (values.empty())
            continue;
        SqlText sql { "INSERT INTO " + made.table() + "__" + field + " (subject_id, choice) VALUES ", { record.id.value } };
        for (std::size_t at = 0; at < values.size(); ++at)
            sql.add(at ? ", ($1, " : "($1, ").bind(values[at]).add(")");
        transaction.execute_values(Query { "record.insert_choices", sql.text() }, sql.values());
    }
}

}

std::vector<storage::Value> seen_values(Place const& place)
{
    return { storage::to_value(place.asker.person), storage::to_value(place.asker.today), storage::to_value(place.unit.id),
        permission_name(place.made->id, "read"), std::int64_t { place.own_may_read } };
}

namespace {

constexpr std::string_view may_read = KPUHUB_MAY("{unit}", "{permission}");

std::string put_in(std::string text, std::string_view mark, std::string_view with)
{
    for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at + with.size()))
        text.replace(at, mark.size(), with);
    return text;
}

}

std::string seen_predicate(Register const& made) { return seen_predicate(made, { "$3", "$4", "$5" }); }

std::string seen_predicate(Register const& made, SeenPlaces const& places)
{
    std::string const own { places.own };
    auto text = "((s.state <> 'draft' AND " + put_in(put_in(std::string { may_read }, "{unit}", places.unit), "{permission}", places.permission)
        + ") OR (t.created_by = $1 AND (" + own + " = 1 OR s.state = 'draft'))";
    if (!made.access.owner.empty())
        text += " OR (s.state <> 'draft' AND " + own + " = 1 AND t.f_" + made.access.owner + " = $1)";
    auto const& about = made.access.superior_of;
    if (made.knows_superior())
        text += " OR (s.state <> 'draft' AND " KPUHUB_SUPERIOR_OF + (about.empty() ? std::string { "t.created_by" } : "COALESCE(t.f_" + about + ", t.created_by)") + "))";
    return text + ")";
}

bool is_superior(storage::Reader& reader, Place const& place, Record const& record)
{
    auto const& about = place.made->access.superior_of;
    auto const* person = about.empty() ? nullptr : std::get_if<std::int64_t>(&record.content.value(about));
    return reader.first(find_superior, place.asker.person, place.asker.today, person ? PersonId { *person } : record.created_by).has_value();
}

Result<Record> find_record(storage::Reader& reader, RecordPlace const& at)
{
    auto const& made = *at.place.made;
    auto values = seen_values(at.place);
    values.emplace_back(at.id.value);
    auto const id = "$" + std::to_string(values.size());
    RecordSql sql { made };
    sql.with_choices(id);
    auto fields = sql.columns();
    auto const text = sql.select(fields) + " WHERE s.unit_id = $3 AND " + seen_predicate(made) + " AND s.id = " + id;
    auto rows = reader.query_values(Query { "record.find", text }, values);
    if (rows.empty())
        return not_found();
    auto record = sql.read(rows.front(), fields);
    bool const chosen = std::ranges::any_of(made.fields, [](Field const& field) { return field.kind == FieldKind::ManyChoice; });
    for (auto const& row : rows)
        if (chosen && !row.is_null(row.size() - 1))
            record.content.choices[row.text(row.size() - 2)].push_back(row.text(row.size() - 1));
    return record;
}

std::optional<Record> record_for_program(storage::Reader& reader, Register const& made, SubjectId id)
{
    RecordSql sql { made };
    auto fields = sql.columns();
    auto text = sql.select(fields) + " WHERE s.id = $1";
    auto row = reader.first(Query { "record.for_program", text }, id);
    if (!row)
        return std::nullopt;
    auto record = sql.read(*row, fields);
    read_choices(reader, made, record);
    return record;
}

/// Rows of RecordSql::select_children with the number of all rows behind the id.
static std::vector<ChildRow> read_children(storage::Rows const& rows, Field const& list)
{
    std::vector<ChildRow> found;
    for (auto const& row : rows) {
        ChildRow child { row.integer(0), {}, {}, row.integer(1) };
        std::size_t column = 2;
        for (auto const& field : list.children) {
            if (!row.is_null(column))
                child.content.values[field.id] = row.value(column);
            ++column;
            if (has_name(field))
                child.names[field.id] = row.text(column++);
        }
        found.push_back(std::move(child));
    }
    return found;
}

static std::string children_of(Register const& made, Field const& list)
{
    return RecordSql { made }.select_children(list, ", (SELECT count(*) FROM " + made.table() + "__" + list.id + " k WHERE k.subject_id = $1)") + " WHERE t.subject_id = $1";
}

std::vector<ChildRow> child_rows(storage::Reader& reader, Register const& made, Field const& list, SubjectId id, std::int64_t below, int limit)
{
    auto const text = children_of(made, list) + " AND ($2 = 0 OR t.id < $2) ORDER BY t.id DESC LIMIT $3";
    return read_children(reader.query(Query { "record.children", text }, id, below, limit), list);
}

std::vector<ChildRow> child_rows_outside(storage::Reader& reader, Register const& made, Field const& list, SubjectId id, std::string_view known, int limit)
{
    auto const text = children_of(made, list) + " AND t.id NOT IN (" + std::string { known } + ") ORDER BY t.id LIMIT $2";
    return read_children(reader.query(Query { "record.children_outside", text }, id, limit), list);
}

bool has_child_with(storage::Reader& reader, Register const& made, Field const& list, SubjectId id, std::string const& field, storage::Value const& value)
{
    SqlText sql { "SELECT 1 FROM " + made.table() + "__" + list.id + " WHERE subject_id = $1 AND f_" + field + " = ", { id.value } };
    sql.bind(value).add(" LIMIT 1");
    return !reader.query_values(Query { "record.has_child", sql.text() }, sql.values()).empty();
}

std::int64_t count_children(storage::Reader& reader, Register const& made, Field const& list, SubjectId id)
{
    auto text = "SELECT count(*) FROM " + made.table() + "__" + list.id + " WHERE subject_id = $1";
    return reader.first(Query { "record.count_children", text }, id)->integer(0);
}

static RecordFile file_from(storage::Row const& row)
{
    return { row.integer(0), row.text(1), row.text(2), row.text(3), row.text(4), row.integer(5), row.text(6), row.instant(7) };
}

std::vector<RecordFile> files_of(storage::Reader& reader, SubjectId id)
{
    std::vector<RecordFile> files;
    for (auto const& row : reader.query(select_files, id, 0))
        files.push_back(file_from(row));
    return files;
}

std::optional<RecordFile> find_file(storage::Reader& reader, SubjectId id, std::int64_t file)
{
    auto row = file > 0 ? reader.first(select_files, id, file) : std::nullopt;
    return row ? std::optional { file_from(*row) } : std::nullopt;
}

std::vector<NamedId> people_to_choose(storage::Reader& reader, UnitId unit) { return named(reader.query(people, unit)); }
std::vector<NamedId> units_to_choose(storage::Reader& reader, time::Date today) { return named(reader.query(units, today)); }

std::optional<NamedId> look_up(storage::Reader& reader, Place const& place, Field const& field, std::string const& typed)
{
    bool number = !typed.empty() && typed.size() < 18 && typed.find_first_not_of("0123456789") == std::string::npos;
    std::int64_t id = number ? std::stoll(typed) : 0;
    if (field.kind == FieldKind::Person)
        return only_one(reader.query(person_named, place.unit.id, typed, id));
    if (field.kind == FieldKind::Unit)
        return only_one(reader.query(unit_named, typed, id));
    // only what the asker may read: a number must not tell that there is such a record
    bool same = field.refers_to == place.made->id;
    SqlText sql { "SELECT t.subject_id, t.number FROM r_" + field.refers_to + " t JOIN subject s ON s.id = t.subject_id"
            " WHERE s.state <> 'draft' AND (t.number = $4 OR t.subject_id = $5",
        { storage::to_value(place.asker.person), storage::to_value(place.asker.today), storage::to_value(place.unit.id), typed, id,
            permission_name(field.refers_to, "read") } };
    if (same && !place.made->name.empty())
        sql.add(" OR t.f_" + place.made->name + " = $4");
    sql.add(") AND ((s.unit_id = $3 AND (t.created_by = $1 OR " KPUHUB_MAY("s.unit_id", "$6") "))");
    if (field.reaches_above && !place.made->counts.records.empty()) {
        sql.add(" OR (s.unit_id IN (SELECT ancestor_id FROM unit_scope WHERE unit_id = $3 AND tree_version = (SELECT max(version) FROM unit_tree WHERE valid_from <= $2))");
        for (std::size_t at = 0; at < place.made->counts.records.size(); ++at)
            sql.add(at ? ", " : " AND s.state IN (").bind(place.made->counts.records[at]);
        sql.add("))");
    }
    auto text = sql.add(") LIMIT 2").text();
    return only_one(reader.query_values(Query { "record.record_numbered", text }, sql.values()));
}

void insert_record(storage::Transaction& transaction, Register const& made, Record const& record)
{
    auto number = record.number.empty() ? storage::Value {} : storage::Value { record.number };
    SqlText columns { "INSERT INTO " + made.table() + " (subject_id, kind, number, created_by, search" };
    SqlText values { ") VALUES ($1, $2, $3, $4, $5", { record.id.value, made.table(), number, storage::to_value(record.created_by), search_words(made, record) } };
    for (auto const& field : made.fields) {
        if (!RecordSql::is_column(field) || !record.content.filled(field))
            continue;
        columns.add(", f_").add(field.id);
        values.add(", ").bind(record.content.value(field.id));
    }
    auto text = columns.text() + values.text() + ")";
    transaction.execute_values(Query { "record.insert", text }, values.values());
    write_choices(transaction, made, record);
}

void update_record(storage::Transaction& transaction, Register const& made, Record const& record)
{
    auto number = record.number.empty() ? storage::Value {} : storage::Value { record.number };
    SqlText sql { "UPDATE " + made.table() + " SET number = $2, search = $3", { record.id.value, number, search_words(made, record) } };
    for (auto const& field : made.fields)
        if (RecordSql::is_column(field))
            sql.add(", f_").add(field.id).add(" = ").bind(record.content.value(field.id));
    auto text = sql.text() + " WHERE subject_id = $1";
    transaction.execute_values(Query { "record.update", text }, sql.values());
    for (auto const& field : made.fields)
        if (field.kind == FieldKind::ManyChoice) {
            auto clear = "DELETE FROM " + made.table() + "__" + field.id + " WHERE subject_id = $1";
            transaction.execute(Query { "record.clear_choices", clear }, record.id);
        }
    write_choices(transaction, made, record);
}

void drop_file(storage::Transaction& transaction, SubjectId subject, std::int64_t id, time::Instant at)
{
    transaction.execute(take_file_away, subject, id, at);
}

void delete_content(storage::Transaction& transaction, Register const& made, SubjectId id)
{
    for (auto const& field : made.fields)
        if (!RecordSql::is_column(field)) {
            auto text = "DELETE FROM " + made.table() + "__" + field.id + " WHERE subject_id = $1";
            transaction.execute(Query { "record.delete_part", text }, id);
        }
    auto text = "DELETE FROM " + made.table() + " WHERE subject_id = $1";
    transaction.execute(Query { "record.delete_content", text }, id);
    transaction.execute(take_files_away, id);
}

std::int64_t insert_child(storage::Transaction& transaction, Register const& made, Field const& list, SubjectId id, Content const& content)
{
    SqlText columns { "INSERT INTO " + made.table() + "__" + list.id + " (subject_id" };
    SqlText values { ") VALUES ($1", { id.value } };
    for (auto const& field : list.children) {
        if (!content.filled(field))
            continue;
        columns.add(", f_").add(field.id);
        values.add(", ").bind(content.value(field.id));
    }
    auto text = columns.text() + values.text() + ") RETURNING id";
    return transaction.query_values(Query { "record.insert_child", text }, values.values()).at(0).integer(0);
}

bool delete_child(storage::Transaction& transaction, Register const& made, Field const& list, SubjectId id, std::int64_t child)
{
    auto text = "DELETE FROM " + made.table() + "__" + list.id + " WHERE subject_id = $1 AND id = $2";
    return transaction.execute(Query { "record.delete_child", text }, id, child) > 0;
}

std::string next_number(storage::Transaction& transaction, Register const& made, organization::Unit const& unit, time::Date today)
{
    return made.numbering.pattern.empty() ? std::string {} : number_in(transaction, made.id, made.numbering, unit, today);
}

std::string number_in(storage::Transaction& transaction, std::string const& series, definition::Numbering const& numbering, organization::Unit const& unit,
    time::Date today)
{
    auto const number = transaction.first(next_in_series, series, unit.id, series_span(numbering, today))->integer(0);
    return number_text(numbering, unit.code, today, number);
}

std::int64_t insert_file(storage::Transaction& transaction, SubjectId id, RecordFile const& file, std::string const& original_hash, PersonId person,
    time::Instant at)
{
    return transaction.first(add_file, id, file.field, file.blob_hash, original_hash, file.media_type, file.bytes, file.name, person, at)->integer(0);
}

}
