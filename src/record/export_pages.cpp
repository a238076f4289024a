#include "codec/xlsx_writer.hpp"
#include "record/page_parts.hpp"
#include "record/record_sql.hpp"
#include "record/value.hpp"
#include "text/escape.hpp"
#include <fstream>
#include <unistd.h>

namespace kpuhub::record {

using definition::Field;
using definition::FieldKind;

namespace {

constexpr int piece = 2000;
constexpr std::int64_t most_sheet_rows = 20'000;

/// A file on its way out, removed unless it is handed over to the answer.
class OutgoingFile {
public:
    static Result<OutgoingFile> create(std::string const& folder)
    {
        auto path = folder + "/export-XXXXXX";
        int number = ::mkstemp(path.data());
        if (number < 0)
            return unavailable("storage.unavailable", "no file for an export");
        ::close(number);
        return OutgoingFile { path };
    }
    OutgoingFile(OutgoingFile&& other) noexcept : m_path(std::exchange(other.m_path, {})) {}
    OutgoingFile& operator=(OutgoingFile&&) = delete;
    ~OutgoingFile()
    {
        if (!m_path.empty())
            ::unlink(m_path.c_str());
    }
    [[nodiscard]] std::string const& path() const { return m_path; }
    std::string hand_over() { return std::exchange(m_path, {}); }

private:
    explicit OutgoingFile(std::string path) : m_path(std::move(path)) {}
    std::string m_path;
};

/// What the reader may see, in the order of the definition.
std::vector<Field const*> export_fields(Place const& place)
{
    std::vector<Field const*> fields;
    for (auto const& field : place.made->fields)
        if (RecordSql::is_column(field) && field.kind != FieldKind::Document && field.kind != FieldKind::Sealed && place.rights.sees(field, false))
            fields.push_back(&field);
    return fields;
}

std::vector<std::string> heading(std::vector<Field const*> const& fields)
{
    std::vector<std::string> cells { "Nomor", "Status", "Dibuat pada", "Dibuat oleh" };
    for (auto const* field : fields)
        cells.push_back(field->label.id);
    return cells;
}

std::vector<std::string> cells_of(Record const& record, Place const& place, std::vector<Field const*> const& fields)
{
    auto const* state = place.made->state(record.state);
    std::vector<std::string> cells { record.number, state ? state->label.id : "Konsep", time::date_at(record.created_at, place.unit.zone).iso(), record.created_by_name };
    for (auto const* field : fields) {
        auto name = record.names.find(field->id);
        cells.push_back(cell_of(*field, record.content.value(field->id), place.unit.zone, name == record.names.end() ? std::string {} : name->second));
    }
    return cells;
}

std::string csv_line(std::vector<std::string> const& cells)
{
    std::string line;
    for (std::size_t at = 0; at < cells.size(); ++at)
        line += (at ? ";" : "") + text::csv_cell(cells[at]);
    return line + "\r\n";
}

/// Page after page, so that no snapshot is held while a million rows are written.
template<typename Take>
Result<std::int64_t> for_each(account::Visit& visit, Place const& place, Question question, Take take)
{
    question.limit = piece;
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

Result<http::Response> csv(account::Visit& visit, Surroundings const& around, Place const& place, Question const& question, std::vector<Field const*> const& fields)
{
    auto out = TRY(OutgoingFile::create(around.exports_folder));
    std::ofstream file(out.path(), std::ios::binary);
    file << "\xEF\xBB\xBF" << csv_line(heading(fields));
    auto rows = TRY(for_each(visit, place, question, [&](Record const& record, std::int64_t) -> Result<void> {
        file << csv_line(cells_of(record, place, fields));
        return {};
    }));
    file.close();
    if (!file)
        return unavailable("storage.full", "an export was not written");
    auto answer = attachment("text/csv; charset=utf-8", place.made->id + "-" + place.unit.code + ".csv");
    answer.with("X-Row-Count", std::to_string(rows));
    answer.file = out.hand_over();
    answer.remove_file = true;
    return answer;
}

Result<http::Response> sheet(account::Visit& visit, Place const& place, Question const& question, std::vector<Field const*> const& fields)
{
    codec::Sheet made { place.made->title.id.substr(0, 31), {}, {}, 0, 0 };
    std::erase_if(made.name, [](char sign) { return std::string_view { "[]:*?/\\" }.find(sign) != std::string_view::npos; });
    auto head = heading(fields);
    for (std::size_t at = 0; at < head.size(); ++at)
        made.cells.push_back({ 0, static_cast<int>(at), head[at], codec::CellLook::Heading });
    auto rows = TRY(for_each(visit, place, question, [&](Record const& record, std::int64_t number) -> Result<void> {
        if (number >= most_sheet_rows)
            return invalid_because("record.export.many", std::to_string(most_sheet_rows));
        auto cells = cells_of(record, place, fields);
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
    answer.with("X-Row-Count", std::to_string(rows));
    answer.status = 200;
    answer.body = TRY(codec::write_workbook({ made }));
    return answer;
}

Result<http::Response> give(account::Visit& visit, Surroundings const& around)
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
    question.after.clear();
    return visit.request.query.text("format") == "xlsx" ? sheet(visit, place, question, fields) : csv(visit, around, place, question, fields);
}

}

void register_export_pages(account::Door const& door, http::Router& router, Surroundings const& around)
{
    door.get(router, "/units/{unit}/registers/{register}/export", "record.read", [around](account::Visit& visit) { return give(visit, around); });
}

}
