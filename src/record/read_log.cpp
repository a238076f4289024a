#include "record/read_log.hpp"
#include "record/record_sql.hpp"
#include <algorithm>
#include <span>

namespace kpuhub::record {

using storage::Query;

namespace {

constexpr std::size_t lines_at_once = 100;      // nine values each, in one statement

#define READ_COLUMNS \
    "SELECT l.id, l.at, p.name, COALESCE((SELECT min(o.title) FROM appointment a JOIN post o ON o.id = a.post_id WHERE a.person_id = l.person_id" \
    " AND a.valid_from <= $2 AND a.valid_to >= $2), ''), l.register, l.act, l.subject_id, l.shown_rows FROM read_log l JOIN person p ON p.id = l.person_id"

constexpr Query of_record { "record.reads_of_record", READ_COLUMNS
    " WHERE l.subject_id = $1 AND ($3 = 0 OR l.id < $3) ORDER BY l.id DESC LIMIT $4" };
constexpr Query of_unit { "record.reads_of_unit", READ_COLUMNS
    " WHERE l.unit_id = $1 AND ($3 = 0 OR l.id < $3) AND ($5 = '' OR l.register = $5) ORDER BY l.id DESC LIMIT $4" };
constexpr Query forget { "record.forget_reads", R"sql(
    DELETE FROM read_log WHERE id IN (SELECT r.id FROM read_log r WHERE r.at < $1 LIMIT $2) )sql" };

}

std::string_view to_text(ReadAct act)
{
    switch (act) {
    case ReadAct::Opened: return "opened";
    case ReadAct::File: return "file";
    case ReadAct::Listed: return "listed";
    case ReadAct::Searched: return "searched";
    case ReadAct::Exported: return "exported";
    case ReadAct::BrokenOff: return "broken_off";
    }
    return "opened";
}

void ReadLog::note(ReadLine line)
{
    if (line.data_class < definition::DataClass::Personal || line.rows == 0 || !line.person)
        return;
    std::lock_guard lock { m_mutex };
    m_lines.push_back(std::move(line));
}

static void insert_lines(storage::Transaction& transaction, std::span<ReadLine const> lines)
{
    SqlText sql { "INSERT INTO read_log (at, person_id, unit_id, register, subject_id, act, class, shown_rows) VALUES " };
    for (std::size_t at = 0; at < lines.size(); ++at) {
        auto const& line = lines[at];
        storage::Value const values[] = { storage::to_value(line.at), storage::to_value(line.person), storage::to_value(line.unit), line.register_id,
            storage::to_value(line.record), storage::to_value(to_text(line.act)), storage::to_value(definition::to_text(line.data_class)), line.rows };
        sql.add(at ? ", (" : "(");
        for (std::size_t column = 0; column < std::size(values); ++column)
            sql.add(column ? ", " : "").bind(values[column]);
        sql.add(")");
    }
    transaction.execute_values(Query { "record.write_reads", sql.text() }, sql.values());
}

Result<std::int64_t> ReadLog::write(storage::Database& database)
{
    std::vector<ReadLine> lines;
    {
        std::lock_guard lock { m_mutex };
        lines.swap(m_lines);
    }
    std::span<ReadLine const> rest { lines };
    while (!rest.empty()) {
        auto const some = rest.first(std::min(rest.size(), lines_at_once));
        auto written = database.write([&](storage::Transaction& transaction) -> Result<void> {
            insert_lines(transaction, some);
            return {};
        });
        if (!written) {
            std::lock_guard lock { m_mutex };
            m_lines.insert(m_lines.begin(), rest.begin(), rest.end());
            return tl::make_unexpected(std::move(written).error());
        }
        rest = rest.subspan(some.size());
    }
    return static_cast<std::int64_t>(lines.size());
}

static std::vector<ReadByLine> lines_from(storage::Rows const& rows)
{
    std::vector<ReadByLine> lines;
    for (auto const& row : rows)
        lines.push_back({ row.integer(0), row.instant(1), row.text(2), row.text(3), row.text(4), row.text(5), row.id<SubjectTag>(6), row.integer(7) });
    return lines;
}

std::vector<ReadByLine> reads_of_record(storage::Reader& reader, SubjectId id, time::Date today, std::int64_t below, int limit)
{
    return lines_from(reader.query(of_record, id, today, below, limit));
}

std::vector<ReadByLine> reads_of_unit(storage::Reader& reader, UnitId unit, time::Date today, std::string_view register_id, std::int64_t below, int limit)
{
    return lines_from(reader.query(of_unit, unit, today, below, limit, register_id));
}

std::int64_t forget_reads(storage::Transaction& transaction, time::Instant before, std::int64_t at_most)
{
    return transaction.execute(forget, before, at_most);
}

}
