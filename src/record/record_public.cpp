#include "record/public_records.hpp"
#include "record/record_sql.hpp"
#include "record/value.hpp"
#include "text/normal.hpp"
#include <algorithm>

namespace kpuhub::record {

using definition::Field;
using definition::FieldKind;
using storage::Query;

namespace {

constexpr Query find_public { "record.public_place", R"sql(
    SELECT u.id, u.code, u.level, n.name, n.zone, (SELECT max(d.version) FROM register_definition d WHERE d.register = $2)
      FROM unit u JOIN unit_name n ON n.unit_id = u.id AND n.valid_from = (SELECT max(m.valid_from) FROM unit_name m WHERE m.unit_id = u.id AND (m.valid_from <= $3 OR m.valid_from = u.opened_on))
      JOIN register_use x ON x.unit_id = u.id AND x.register = $2 AND x.state = 'on' WHERE u.code = $1 )sql" };

/// The public fields that are columns.
std::vector<Field const*> public_columns(definition::Register const& made)
{
    std::vector<Field const*> columns;
    for (auto const& field : made.fields)
        if (RecordSql::is_column(field) && std::ranges::find(made.counts.fields, field.id) != made.counts.fields.end())
            columns.push_back(&field);
    return columns;
}

/// "WHERE s.unit_id = $1 AND s.kind = $2 AND s.state IN ($3, ...)"
SqlText in_public(std::string text, Place const& place)
{
    SqlText sql { std::move(text) + " WHERE s.unit_id = $1 AND s.kind = $2 AND s.state IN (", { storage::to_value(place.unit.id), place.made->table() } };
    for (std::size_t at = 0; at < place.made->counts.records.size(); ++at)
        sql.add(at ? ", " : "").bind(place.made->counts.records[at]);
    sql.add(")");
    return sql;
}

SqlText of_records(std::string text, std::vector<Record> const& records)
{
    SqlText sql { std::move(text) };
    for (std::size_t at = 0; at < records.size(); ++at)
        sql.add(at ? ", " : "(").bind(records[at].id.value);
    sql.add(")");
    return sql;
}

void add_words(SqlText& sql, std::string const& typed)
{
    auto words = text::normal(typed);
    for (std::size_t at = 0; at < words.size();) {
        auto end = std::min(words.find(' ', at), words.size());
        std::string pattern = "%";
        for (char sign : words.substr(at, end - at))
            pattern += sign == '%' || sign == '_' || sign == '!' ? std::string { '!', sign } : std::string { sign };
        sql.add(" AND t.search LIKE ").bind(pattern + "%").add(" ESCAPE '!'");
        at = end + 1;
    }
}

}

Result<Place> public_place(storage::Reader& reader, definition::Shelf& shelf, std::string_view unit_code, std::string const& register_id, time::Date today)
{
    if (!definition::is_name(register_id))
        return not_found();
    auto row = reader.first(find_public, unit_code, register_id, today);
    if (!row || row->is_null(5))
        return not_found();
    auto made = TRY(shelf.find(reader, register_id, static_cast<int>(row->integer(5))));
    Place place { { row->id<UnitTag>(0), row->text(1), row->text(2), row->text(3), time::zone_named(row->text(4)).value_or(time::Zone::Wib) },
        std::move(made), true, false, Rights {}, Asker { {}, today } };
    if (place.made->counts.records.empty())
        return not_found();
    return place;
}

PublicListed public_list(storage::Reader& reader, Place const& place, PublicListQuestion const& question)
{
    auto fields = public_columns(*place.made);
    auto sql = in_public(RecordSql { *place.made }.select(fields), place);
    if (question.by && question.by->option(question.choice))
        sql.add(" AND t.f_" + question.by->id + " = ").bind(question.choice);
    add_words(sql, question.text);
    auto order = "COALESCE(t.f_" + question.order->id + ", '')";
    if (auto parting = question.after.rfind('~'); parting != std::string::npos) {
        auto id = question.after.substr(parting + 1);
        bool well = !id.empty() && id.size() <= 18 && id.find_first_not_of("0123456789") == std::string::npos;
        sql.add(" AND (" + order + ", s.id) < (").bind(question.after.substr(0, parting)).add(", ").bind(std::int64_t { well ? std::stoll(id) : 0 }).add(")");
    }
    auto text = sql.add(" ORDER BY " + order + " DESC, s.id DESC LIMIT ").bind(std::int64_t { question.limit + 1 }).text();
    PublicListed listed;
    for (auto const& row : reader.query_values(Query { "record.public_list", text }, sql.values()))
        listed.records.push_back(RecordSql { *place.made }.read(row, fields));
    if (static_cast<int>(listed.records.size()) > question.limit) {
        listed.records.pop_back();
        auto const& last = listed.records.back();
        listed.next = code_of(*question.order, last.content.value(question.order->id), place.unit.zone) + "~" + std::to_string(last.id.value);
    }
    return listed;
}

Result<Record> public_record(storage::Reader& reader, Place const& place, SubjectId id)
{
    auto fields = public_columns(*place.made);
    auto sql = in_public(RecordSql { *place.made }.select(fields), place);
    auto text = sql.add(" AND s.id = ").bind(id.value).text();
    auto rows = reader.query_values(Query { "record.public_record", text }, sql.values());
    if (rows.empty())
        return not_found();
    return RecordSql { *place.made }.read(rows.front(), fields);
}

PublicStanding public_standing(storage::Reader& reader, Place const& place)
{
    auto sql = in_public("SELECT count(DISTINCT s.id), max(e.at) FROM subject s LEFT JOIN event e ON e.subject_id = s.id", place);
    auto rows = reader.query_values(Query { "record.public_standing", sql.text() }, sql.values());
    PublicStanding standing { rows.front().integer(0) };
    if (!rows.front().is_null(1))
        standing.changed_at = rows.front().instant(1);
    return standing;
}

PublicParts parts_of(storage::Reader& reader, Place const& place, std::vector<Record> const& records)
{
    PublicParts parts;
    if (records.empty())
        return parts;
    auto files = of_records("SELECT f.subject_id, f.id, f.field, f.blob_hash, f.media_type, f.file_name, f.bytes FROM record_file f WHERE f.removed_at IS NULL AND f.field <> '' AND f.subject_id IN ", records);
    files.add(" ORDER BY f.id");
    for (auto const& row : reader.query_values(Query { "record.public_files", files.text() }, files.values())) {
        auto const& shown = place.made->counts.fields;
        if (std::ranges::find(shown, row.text(2)) != shown.end())       // the newest of a field holds: it comes last
            parts.files[row.integer(0)][row.text(2)] = { row.integer(1), row.text(2), row.text(3), row.text(4), row.text(5), row.integer(6), {}, {} };
    }
    auto changed = of_records("SELECT subject_id, max(at) FROM event WHERE subject_id IN ", records);
    auto text = changed.add(" GROUP BY subject_id").text();
    for (auto const& row : reader.query_values(Query { "record.public_changes", text }, changed.values()))
        parts.changed[row.integer(0)] = row.instant(1);
    std::vector<SubjectId> ids;
    for (auto const& record : records)
        ids.push_back(record.id);
    for (auto& link : links_of(reader, place, ids))
        parts.links[link.from.value].push_back(std::move(link));
    return parts;
}

}
