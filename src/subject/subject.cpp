#include "subject/subject.hpp"
#include "journal/journal.hpp"
#include "subject/history_sql.hpp"
#include <algorithm>

namespace kpuhub::subject {

using storage::Query;

constexpr Query insert_subject { "subject.insert", R"sql(
    INSERT INTO subject (kind, unit_id, period, state, created_at, definition_version) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id )sql" };
constexpr Query lock_version { "subject.lock_version", R"sql(
    UPDATE subject SET version = version + 1 WHERE id = $1 AND version = $2 )sql" };
constexpr Query lock_any { "subject.lock_any", "UPDATE subject SET version = version + 1 WHERE id = $1" };
constexpr Query begin_now { "subject.begin_at", "UPDATE subject SET created_at = $2 WHERE id = $1" };
constexpr Query hold_as_it_is { "subject.hold", "UPDATE subject SET version = version WHERE id = $1" };
constexpr Query change_state { "subject.set_state", "UPDATE subject SET state = $2 WHERE id = $1" };
constexpr Query history_of { "subject.history", KPUHUB_HISTORY " ORDER BY 1, 2 DESC" };
constexpr Query insert_comment { "subject.insert_comment", R"sql(
    INSERT INTO comment (subject_id, person_id, written_at, body) VALUES ($1, $2, $3, $4) )sql" };

SubjectId create(storage::Transaction& transaction, std::string_view kind, UnitId unit, std::optional<std::string> period,
    std::string_view state, time::Instant at, std::optional<std::int64_t> definition_version)
{
    return transaction.insert<SubjectTag>(insert_subject, kind, unit, period, state, at, definition_version);
}

Result<void> lock(storage::Transaction& transaction, SubjectId id, std::int64_t shown_version)
{
    if (transaction.execute(lock_version, id, shown_version) == 0)
        return conflict("subject.changed");
    return {};
}

Result<void> lock_all(storage::Transaction& transaction, std::vector<SubjectId> ids)
{
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    for (auto id : ids)
        if (transaction.execute(lock_any, id) == 0)
            return not_found();
    return {};
}

Result<void> hold(storage::Transaction& transaction, SubjectId id)
{
    if (transaction.execute(hold_as_it_is, id) == 0)
        return not_found();
    return {};
}

void set_state(storage::Transaction& transaction, SubjectId id, std::string_view state)
{
    transaction.execute(change_state, id, state);
}

void begin_at(storage::Transaction& transaction, SubjectId id, time::Instant at) { transaction.execute(begin_now, id, at); }

History history(storage::Reader& reader, SubjectId id, int most_events)
{
    return read_history(reader.query(history_of, id, most_events));
}

History read_history(std::span<storage::Row const> rows)
{
    auto const comments = std::ranges::find_if(rows, [](storage::Row const& row) { return row.yes(0); });
    History history { journal::read_events({ rows.begin(), comments }, 1), {} };
    for (auto row = comments; row != rows.end(); ++row)
        history.comments.push_back({ row->text(4), row->instant(2), row->text(8) });
    return history;
}

Result<void> add_comment(storage::Transaction& transaction, journal::Act const& act, SubjectId id, UnitId unit, std::string body)
{
    constexpr std::size_t longest_comment = 4000;
    if (body.empty() || body.size() > longest_comment)
        return invalid("subject.comment.length", { { "body", "subject.comment.length" } });
    transaction.execute(insert_comment, id, act.actor, act.at, body);
    journal::write(transaction, act, { "comment.added", id, unit, { { "body", body, true } } });
    return {};
}

}
