#include "record/csv_export.hpp"
#include "account/session.hpp"
#include "http/cookie.hpp"
#include "record/record_sql.hpp"
#include "record/value.hpp"
#include "text/escape.hpp"

namespace kpuhub::record {

using definition::Field;
using definition::FieldKind;

std::vector<Field const*> export_fields(Place const& place)
{
    std::vector<Field const*> fields;
    for (auto const& field : place.made->fields)
        if (RecordSql::is_column(field) && field.kind != FieldKind::Document && field.kind != FieldKind::Sealed && place.rights.sees(field, false))
            fields.push_back(&field);
    return fields;
}

std::vector<std::string> export_heading(std::vector<Field const*> const& fields)
{
    std::vector<std::string> cells { "Nomor", "Status", "Dibuat pada", "Dibuat oleh" };
    for (auto const* field : fields)
        cells.push_back(field->label.id);
    return cells;
}

std::vector<std::string> export_cells(Record const& record, Place const& place, std::vector<Field const*> const& fields)
{
    auto const* state = place.made->state(record.state);
    std::vector<std::string> cells { record.number, state ? state->label.id : "Konsep", time::date_at(record.created_at, place.unit.zone).iso(), record.created_by_name };
    for (auto const* field : fields)
        cells.push_back(cell_of(*field, record.content.value(field->id), place.unit.zone, record.name(field->id)));
    return cells;
}

std::string csv_line(std::vector<std::string> const& cells)
{
    std::string line;
    for (std::size_t at = 0; at < cells.size(); ++at)
        line += (at ? ";" : "") + text::csv_cell(cells[at]);
    return line + "\r\n";
}

std::optional<ExportSlots::Slot> ExportSlots::take(AccountId account)
{
    std::lock_guard lock { m_taken->mutex };
    if (!m_taken->accounts.insert(account).second)
        return std::nullopt;
    return Slot { nullptr, [taken = m_taken, account](void*) {
                     std::lock_guard release { taken->mutex };
                     taken->accounts.erase(account);
                 } };
}

CsvExport::CsvExport(account::Visit const& visit, Surroundings const& around, Place place, Question question, std::vector<Field const*> fields, ExportSlots::Slot slot)
    : m_database(visit.database), m_clock(visit.door.clock()), m_around(around), m_place(std::move(place)), m_question(std::move(question)),
      m_fields(std::move(fields)), m_slot(std::move(slot))
{
    auto const token = visit.request.cookies.find(http::session_cookie_name(visit.request.secure));
    m_token = token == visit.request.cookies.end() ? std::string {} : token->second;
    m_question.limit = rows_of_a_piece;
    m_question.sort = nullptr;              // a keyset over a column without an index would sort the million for each piece
}

CsvExport::~CsvExport()
{
    m_around.reads.note({ m_clock.now(), m_place.asker.person, m_place.unit.id, m_place.made->id, {}, m_whole ? ReadAct::Exported : ReadAct::BrokenOff,
        m_place.made->data_class, m_rows });
}

Result<Listed> CsvExport::read_piece()
{
    auto const now = m_clock.now();
    auto session = TRY(m_database.read([&](storage::Reader& reader) -> Result<account::Reader> { return account::reader_of(reader, m_token, now); }));
    if (!session.signed_in())
        return forbidden("record.forbidden.read");
    if (account::needs_touch(session, now))         // a long download is a person at work
        TRY_VOID(m_database.write([&](storage::Transaction& transaction) -> Result<void> {
            account::touch_session(transaction, session.token_hash, now);
            return {};
        }));
    return m_database.read([&](storage::Reader& reader) -> Result<Listed> {
        auto const today = TRY(place_of(reader, m_around.shelf, m_place.asker, m_place.unit.code, m_place.made->id));
        m_place.rights = today.rights;
        if (!m_place.lists() || export_fields(m_place) != m_fields)
            return forbidden("record.forbidden.read");
        return list(reader, m_place, m_question);
    });
}

Result<std::string> CsvExport::next()
{
    if (m_whole)
        return std::string {};
    auto const listed = TRY(read_piece());
    std::string piece;
    for (auto const& record : listed.records)
        piece += csv_line(export_cells(record, m_place, m_fields));
    m_rows += static_cast<std::int64_t>(listed.records.size());
    m_question.after = listed.next;
    m_whole = listed.next.empty();
    return piece;
}

std::vector<std::pair<std::string, std::string>> CsvExport::trailer() const
{
    return { { std::string { row_count_field }, std::to_string(m_rows) } };
}

}
