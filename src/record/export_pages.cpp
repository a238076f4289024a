#include "codec/xlsx_writer.hpp"
#include "record/csv_export.hpp"
#include "record/record_sql.hpp"

namespace kpuhub::record {

using definition::Field;
using definition::FieldKind;

namespace {

constexpr std::int64_t most_sheet_rows = 20'000;

/// Page after page, so that no snapshot is held while the rows are written.
template<typename Take>
Result<std::int64_t> for_each(account::Visit& visit, Place const& place, Question question, Take take)
{
    question.limit = rows_of_a_piece;
    std::int64_t rows = 0;
    for (bool more = true; more;) {
        auto listed = TRY(visit.database.read([&](storage::Reader& reader) { return list(reader, place, question); }));
        for (auto const& record : listed.records)
            TRY_VOID(take(record, rows++));
        question.after = listed.next;
        more = !listed.next.empty();
    }
    return rows;
}

http::Response attachment(std::string media_type, std::string const& name)
{
    http::Response answer;
    return answer.with("Content-Type", std::move(media_type)).with("Content-Disposition", "attachment; filename=\"" + name + "\"")
        .with("X-Content-Type-Options", "nosniff");
}

/// The first piece is made before the answer begins: what is wrong is still told by a page, and what fits one piece has a length.
Result<http::Response> csv(account::Visit& visit, Surroundings const& around, ExportSlots& slots, Place const& place, Question const& question, std::vector<Field const*> const& fields)
{
    auto slot = slots.take(visit.reader.account);
    if (!slot)
        return unavailable("record.export.running");
    auto answer = attachment("text/csv; charset=utf-8", place.made->id + "-" + place.unit.code + ".csv");
    auto made = std::make_shared<CsvExport>(visit, around, place, question, fields, std::move(*slot));
    auto first = TRY(made->next());
    answer.body = "\xEF\xBB\xBF" + csv_line(export_heading(fields)) + std::move(first);
    if (made->whole())
        return answer.with(std::string { row_count_field }, std::to_string(made->rows()));
    answer.with("Trailer", std::string { row_count_field });
    answer.stream = std::move(made);
    return answer;
}

Result<http::Response> sheet(account::Visit& visit, Surroundings const& around, Place const& place, Question const& question, std::vector<Field const*> const& fields)
{
    codec::Sheet made { place.made->title.id.substr(0, 31), {}, {}, 0, 0 };
    std::erase_if(made.name, [](char sign) { return std::string_view { "[]:*?/\\" }.find(sign) != std::string_view::npos; });
    auto head = export_heading(fields);
    for (std::size_t at = 0; at < head.size(); ++at)
        made.cells.push_back({ 0, static_cast<int>(at), head[at], codec::CellLook::Heading });
    auto rows = TRY(for_each(visit, place, question, [&](Record const& record, std::int64_t number) -> Result<void> {
        if (number >= most_sheet_rows)
            return invalid_because("record.export.many", std::to_string(most_sheet_rows));
        auto cells = export_cells(record, place, fields);
        for (std::size_t at = 0; at < cells.size(); ++at) {
            codec::SheetValue value = cells[at];
            auto const* amount = at < 4 ? nullptr : std::get_if<std::int64_t>(&record.content.value(fields[at - 4]->id));
            if (amount && (fields[at - 4]->kind == FieldKind::Money || fields[at - 4]->kind == FieldKind::Integer))
                value = *amount;
            made.cells.push_back({ static_cast<int>(number) + 1, static_cast<int>(at), std::move(value) });
        }
        return {};
    }));
    auto answer = attachment("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", place.made->id + "-" + place.unit.code + ".xlsx");
    note_read(visit, around, place, ReadAct::Exported, rows);
    answer.with(std::string { row_count_field }, std::to_string(rows));
    answer.body = TRY(codec::write_workbook({ made }));
    return answer;
}

Result<http::Response> give(account::Visit& visit, Surroundings const& around, ExportSlots& slots)
{
    auto [place, question] = TRY(visit.database.read([&](storage::Reader& reader) -> Result<std::pair<Place, Question>> {
        auto place = TRY(place_in_address(reader, visit, around));
        if (!place.lists())
            return forbidden("record.forbidden.read");
        auto question = TRY(question_of(visit.request.query, place));
        return std::pair { place, question };
    }));
    auto fields = export_fields(place);
    question.columns = fields;
    question.limits = false;
    question.after.clear();
    return visit.request.query.text("format") == "xlsx" ? sheet(visit, around, place, question, fields) : csv(visit, around, slots, place, question, fields);
}

}

void register_export_pages(account::Door const& door, http::Router& router, Surroundings const& around)
{
    door.get(router, "/units/{unit}/registers/{register}/export", "record.read",
        [around, slots = std::make_shared<ExportSlots>()](account::Visit& visit) { return give(visit, around, *slots); });
}

}
