#include "record/import.hpp"
#include "record/record_sql.hpp"
#include "text/normal.hpp"
#include <algorithm>
#include <nlohmann/json.hpp>

namespace kpuhub::record {

using definition::Field;
using definition::FieldKind;
using storage::Query;

namespace {

constexpr std::size_t good_shown = 5;
constexpr Query insert_import { "record.insert_import", R"sql(
    INSERT INTO record_import (register, unit_id, person_id, file_name, body, state, written_at)
    VALUES ($1, $2, $3, $4, $5, 'waiting', $6) RETURNING id )sql" };
constexpr Query find_import { "record.find_import", R"sql(
    SELECT file_name, body, taken_rows, state FROM record_import WHERE id = $1 AND register = $2 AND unit_id = $3 AND person_id = $4 )sql" };
// The row itself is the lock: two browsers that take over at once wait for each other.
constexpr Query hold_import { "record.hold_import", "UPDATE record_import SET state = state WHERE id = $1" };
constexpr Query move_on { "record.move_import_on", "UPDATE record_import SET taken_rows = $2, state = $3 WHERE id = $1" };

bool importable(Field const& field)
{
    return field.on_form && !field.retired && field.kind != FieldKind::Children && field.kind != FieldKind::Document && field.kind != FieldKind::Sealed;
}

/// Which field each column fills, by its id or one of its labels; null for none.
std::vector<Field const*> columns_of(definition::Register const& made, std::vector<std::string> const& heading)
{
    std::vector<Field const*> columns;
    for (auto const& cell : heading) {
        auto wanted = text::normal(cell);
        auto found = std::ranges::find_if(made.fields, [&](Field const& field) {
            return importable(field) && (cell == field.id || wanted == text::normal(field.label.id) || wanted == text::normal(field.label.en));
        });
        columns.push_back(found == made.fields.end() || wanted.empty() ? nullptr : &*found);
    }
    return columns;
}

Typed typed_of(std::vector<Field const*> const& columns, std::vector<std::string> const& row)
{
    Typed typed;
    for (std::size_t at = 0; at < columns.size() && at < row.size(); ++at) {
        if (!columns[at] || row[at].empty())
            continue;
        auto& values = typed[columns[at]->id];
        if (columns[at]->kind != FieldKind::ManyChoice) {
            values = { row[at] };
            continue;
        }
        for (std::size_t from = 0; from <= row[at].size();) {       // "satu; dua"
            auto end = std::min(row[at].find(';', from), row[at].size());
            auto word = row[at].substr(from, end - from);
            std::erase_if(word, [first = true](char sign) mutable { bool blank = first && sign == ' '; first = first && blank; return blank; });
            for (auto const& option : columns[at]->options)
                if (option.label.id == word || option.label.en == word)
                    word = option.value;
            values.push_back(word);
            from = end + 1;
        }
    }
    return typed;
}

struct Kept {
    std::string file_name;
    Table table;
    std::int64_t taken = 0;
    bool done = false;
};

Result<Kept> find(storage::Reader& reader, Place const& place, RecordImportId id)
{
    auto row = reader.first(find_import, id, place.made->id, place.unit.id, place.asker.person);
    if (!row)
        return not_found();
    auto cells = nlohmann::json::parse(row->text(1), nullptr, false);
    if (!cells.is_array())
        return broken("a kept table does not parse");
    return Kept { row->text(0), cells.get<Table>(), row->integer(2), row->text(3) == "done" };
}

bool is_empty(std::vector<std::string> const& row)
{
    return std::ranges::all_of(row, [](auto const& cell) { return cell.empty(); });
}

}

Result<RecordImportId> keep_import(storage::Transaction& transaction, journal::Act const& act, Place const& place, std::string const& file_name, Table const& table)
{
    if (!place.rights.creates() || !place.on)
        return forbidden("record.forbidden.create");
    if (table.size() < 2)
        return invalid("record.wrong", { { "file", "record.import.no_rows" } });
    if (table.size() > most_import_rows + 1)
        return invalid("record.wrong", { { "file", "record.import.many", std::to_string(most_import_rows) } });
    auto columns = columns_of(*place.made, table.front());
    if (std::ranges::all_of(columns, [](auto const* field) { return field == nullptr; }))
        return invalid("record.wrong", { { "file", "record.import.no_columns" } });
    auto body = nlohmann::json(table).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    return transaction.insert<RecordImportTag>(insert_import, place.made->id, place.unit.id, act.actor, file_name, body, act.at);
}

Result<ImportPreview> preview_import(storage::Reader& reader, Place const& place, RecordImportId id)
{
    auto kept = TRY(find(reader, place, id));
    ImportPreview preview { kept.file_name, kept.done, kept.taken, {}, {}, 0, 0, {} };
    auto columns = columns_of(*place.made, kept.table.front());
    for (std::size_t at = 0; at < columns.size(); ++at)
        (columns[at] ? preview.known : preview.unknown).push_back(kept.table.front()[at]);
    for (std::size_t at = 1; at < kept.table.size(); ++at) {
        if (is_empty(kept.table[at]))
            continue;
        Record record;
        record.created_by = place.asker.person;
        auto read = read_entry(reader, place, typed_of(columns, kept.table[at]), Completeness::Complete, {}, record);
        auto first = std::ranges::find_if(kept.table[at], [](auto const& cell) { return !cell.empty(); });
        ImportLine line { static_cast<std::int64_t>(at) + 1, *first, read ? std::vector<FieldFault> {} : read.error().fields };
        (read ? preview.good : preview.wrong) += 1;
        if (!read || preview.good <= static_cast<std::int64_t>(good_shown))
            preview.lines.push_back(std::move(line));
    }
    return preview;
}

Result<bool> take_import(storage::Transaction& transaction, journal::Act const& act, Desk const& desk, Place const& place, RecordImportId id, std::int64_t rows)
{
    transaction.execute(hold_import, id);
    auto kept = TRY(find(transaction, place, id));
    auto columns = columns_of(*place.made, kept.table.front());
    auto last = static_cast<std::int64_t>(kept.table.size()) - 1;
    auto until = std::min(last, kept.taken + rows);
    for (auto at = kept.taken + 1; at <= until; ++at) {
        auto const& row = kept.table[static_cast<std::size_t>(at)];
        if (is_empty(row))
            continue;
        auto made = create(transaction, act, desk, { place.unit.code, place.made->id, typed_of(columns, row) });
        if (!made && made.error().kind != FaultKind::Invalid)
            return fail(made.error());
    }
    transaction.execute(move_on, id, until, until == last ? "done" : "waiting");
    return until < last;
}

Table import_template(definition::Register const& made)
{
    std::vector<std::string> heading;
    for (auto const& field : made.fields)
        if (importable(field))
            heading.push_back(field.label.id);
    return { heading };
}

}
