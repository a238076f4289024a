#include "report/request_store.hpp"
#include "organization/access.hpp"

namespace kpuhub::report {

using storage::Query;

#define NAME_TODAY(alias, unit) \
    " JOIN unit_name " alias " ON " alias ".unit_id = " unit " AND " alias ".valid_from = (SELECT max(m.valid_from) FROM unit_name m WHERE m.unit_id = " unit ")"
#define REQUEST_COLUMNS \
    "r.subject_id, r.unit_id, ru.code, rn.name, r.title, r.body, r.wants, r.measure, r.due_on, rs.state, rs.version," \
    " (SELECT count(*) FROM request_answer c WHERE c.request_id = r.subject_id)," \
    " (SELECT count(*) FROM request_answer c JOIN subject cs ON cs.id = c.subject_id WHERE c.request_id = r.subject_id AND cs.state = 'answered')," \
    " (SELECT count(*) FROM request_answer c JOIN subject cs ON cs.id = c.subject_id WHERE c.request_id = r.subject_id AND cs.state = 'not_available')"
#define REQUEST_TABLES " unit_request r JOIN subject rs ON rs.id = r.subject_id JOIN unit ru ON ru.id = r.unit_id" NAME_TODAY("rn", "r.unit_id")
#define ANSWER_COLUMNS \
    "a.subject_id, a.request_id, a.unit_id, u.code, n.name, s.state, s.version, a.numerator, a.denominator, a.address, a.paper_id, a.blob_hash, a.file_name," \
    " a.media_type, a.bytes, a.note, COALESCE(o.title, ''), a.answered_at, COALESCE(p.name, ''), CASE WHEN " KPUHUB_MAY("a.unit_id", "'report.send'") " THEN 1 ELSE 0 END"
#define ANSWER_TABLES \
    " request_answer a JOIN subject s ON s.id = a.subject_id JOIN unit u ON u.id = a.unit_id" NAME_TODAY("n", "a.unit_id") \
    " LEFT JOIN official_paper o ON o.subject_id = a.paper_id LEFT JOIN person p ON p.id = a.answered_by"

constexpr std::size_t answer_at = 14;           ///< column where an answer begins behind a request

constexpr Query request_by_id { "report.request", "SELECT " REQUEST_COLUMNS " FROM" REQUEST_TABLES
    " WHERE r.subject_id = $3 AND " KPUHUB_MAY("r.unit_id", "'report.ask'") };
constexpr Query requests_by_unit { "report.requests_by", "SELECT " REQUEST_COLUMNS " FROM" REQUEST_TABLES
    " WHERE r.unit_id = $3 AND " KPUHUB_MAY("r.unit_id", "'report.ask'") " ORDER BY rs.state DESC, r.due_on, r.subject_id LIMIT 100" };
constexpr Query answers_by_request { "report.answers_of", "SELECT " ANSWER_COLUMNS " FROM" ANSWER_TABLES
    " JOIN unit_request r ON r.subject_id = a.request_id WHERE a.request_id = $3 AND " KPUHUB_MAY("r.unit_id", "'report.ask'") " ORDER BY u.code" };
constexpr Query answer_by_id { "report.answer", "SELECT " REQUEST_COLUMNS ", " ANSWER_COLUMNS " FROM" ANSWER_TABLES
    " JOIN unit_request r ON r.subject_id = a.request_id JOIN subject rs ON rs.id = r.subject_id JOIN unit ru ON ru.id = r.unit_id" NAME_TODAY("rn", "r.unit_id")
    " WHERE a.subject_id = $3 AND " KPUHUB_MAY("a.unit_id", "'plan.read'") };
constexpr Query answers_by_unit { "report.asked_of", "SELECT " REQUEST_COLUMNS ", " ANSWER_COLUMNS " FROM" ANSWER_TABLES
    " JOIN unit_request r ON r.subject_id = a.request_id JOIN subject rs ON rs.id = r.subject_id JOIN unit ru ON ru.id = r.unit_id" NAME_TODAY("rn", "r.unit_id")
    " WHERE a.unit_id = $3 AND " KPUHUB_MAY("a.unit_id", "'plan.read'")
    " ORDER BY CASE WHEN s.state = 'open' AND rs.state = 'open' THEN 0 ELSE 1 END, r.due_on, r.subject_id LIMIT 100" };
constexpr Query insert_row { "report.insert_request", R"sql(
    INSERT INTO unit_request (subject_id, unit_id, title, body, wants, measure, due_on, written_at, written_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) )sql" };
constexpr Query insert_answer_row { "report.insert_answer", "INSERT INTO request_answer (subject_id, request_id, unit_id) VALUES ($1, $2, $3)" };
constexpr Query update_answer { "report.write_answer", R"sql(
    UPDATE request_answer SET numerator = $2, denominator = $3, address = $4, paper_id = $5, note = $6, answered_at = $7, answered_by = $8 WHERE subject_id = $1 )sql" };
constexpr Query update_file { "report.write_answer_file", R"sql(
    UPDATE request_answer SET blob_hash = $2, file_name = $3, media_type = $4, bytes = $5 WHERE subject_id = $1 )sql" };
constexpr Query issued_paper { "report.issued_paper", R"sql(
    SELECT 1 FROM official_paper o JOIN subject s ON s.id = o.subject_id WHERE o.subject_id = $2 AND o.unit_id = $1 AND s.state = 'signed' )sql" };
constexpr Query end_open { "report.end_open_answers", R"sql(
    UPDATE subject SET state = 'not_answered' WHERE state = 'open' AND id IN (SELECT subject_id FROM request_answer WHERE request_id = $1) )sql" };
constexpr Query below { "report.units_below", R"sql(
    SELECT unit_id, depth FROM unit_scope WHERE ancestor_id = $1 AND depth > 0
       AND tree_version = (SELECT max(version) FROM unit_tree WHERE valid_from <= $2) ORDER BY unit_id )sql" };

static Request request_from(storage::Row const& row)
{
    return { row.id<RequestTag>(0), row.id<UnitTag>(1), row.text(2), row.text(3), row.text(4), row.text(5), wants_of(row.text(6)).value_or(Wants::Paper), row.text(7), row.date(8),
        row.text(9) == "closed", row.integer(10), row.integer(11), row.integer(12), row.integer(13) };
}

static Answer answer_from(storage::Row const& row, std::size_t at)
{
    Answer made { row.id<AnswerTag>(at), row.id<RequestTag>(at + 1), row.id<UnitTag>(at + 2), row.text(at + 3), row.text(at + 4) };
    made.state = row.text(at + 5) == "answered" ? AnswerState::Answered : row.text(at + 5) == "not_available" ? AnswerState::NotAvailable : AnswerState::Open;
    made.version = row.integer(at + 6);
    made.reply = { made.state == AnswerState::NotAvailable, row.optional_integer(at + 7), row.optional_integer(at + 8), row.text(at + 9), row.id<PaperTag>(at + 10), std::nullopt, row.text(at + 15) };
    if (!row.text(at + 11).empty())
        made.reply.file = AnswerFile { row.text(at + 11), row.text(at + 12), row.text(at + 13), row.integer(at + 14) };
    made.paper_title = row.text(at + 16);
    made.answered_at = row.optional_instant(at + 17);
    made.answered_by = row.text(at + 18);
    made.may_answer = row.yes(at + 19);
    return made;
}

Result<Request> find_request(storage::Reader& reader, PersonId person, time::Date today, RequestId id)
{
    auto row = reader.first(request_by_id, person, today, id.value);
    if (!row)
        return not_found();
    return request_from(*row);
}

std::vector<Request> requests_by(storage::Reader& reader, PersonId person, time::Date today, UnitId asking)
{
    std::vector<Request> all;
    for (auto const& row : reader.query(requests_by_unit, person, today, asking))
        all.push_back(request_from(row));
    return all;
}

std::vector<Answer> answers_of(storage::Reader& reader, PersonId person, time::Date today, RequestId id)
{
    std::vector<Answer> all;
    for (auto const& row : reader.query(answers_by_request, person, today, id.value))
        all.push_back(answer_from(row, 0));
    return all;
}

Result<Asked> find_answer(storage::Reader& reader, PersonId person, time::Date today, AnswerId id)
{
    auto row = reader.first(answer_by_id, person, today, id.value);
    if (!row)
        return not_found();
    return Asked { request_from(*row), answer_from(*row, answer_at) };
}

std::vector<Asked> asked_of(storage::Reader& reader, PersonId person, time::Date today, UnitId unit)
{
    std::vector<Asked> all;
    for (auto const& row : reader.query(answers_by_unit, person, today, unit))
        all.push_back({ request_from(row), answer_from(row, answer_at) });
    return all;
}

void insert_request(storage::Transaction& transaction, journal::Act const& act, RequestId id, UnitId unit, NewRequest const& asked)
{
    transaction.execute(insert_row, id, unit, asked.title, asked.body, to_text(asked.wants), asked.measure, asked.due_on, act.at, act.actor);
}

void insert_answer(storage::Transaction& transaction, AnswerId id, RequestId request, UnitId unit) { transaction.execute(insert_answer_row, id, request, unit); }

void write_answer(storage::Transaction& transaction, journal::Act const& act, AnswerId id, Reply const& reply)
{
    transaction.execute(update_answer, id, reply.numerator, reply.denominator, reply.address, reply.paper, reply.note, act.at, act.actor);
    if (reply.not_available || reply.file) {
        auto const file = reply.file.value_or(AnswerFile {});
        transaction.execute(update_file, id, file.hash, file.name, file.media_type, file.bytes);
    }
}

void end_open_answers(storage::Transaction& transaction, RequestId id) { transaction.execute(end_open, id); }

bool is_issued_paper(storage::Reader& reader, UnitId unit, PaperId paper) { return reader.first(issued_paper, unit, paper.value).has_value(); }

std::vector<Below> units_below(storage::Reader& reader, UnitId unit, time::Date on)
{
    std::vector<Below> all;
    for (auto const& row : reader.query(below, unit, on))
        all.push_back({ row.id<UnitTag>(0), row.integer(1) });
    return all;
}

}
