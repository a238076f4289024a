#include "job/job.hpp"

namespace kpuhub::job {

using storage::Query;

#define JOB_COLUMNS "id, kind, payload, subject_id, state, done_steps, all_steps, fence, attempts, started_by, fault, running_since"

constexpr Query insert_job { "job.insert", R"sql(
    INSERT INTO job (kind, payload, subject_id, state, started_by, written_at) VALUES ($1, $2, $3, 'waiting', $4, $5)
    RETURNING id )sql" };
constexpr Query job_by_id { "job.find", "SELECT " JOB_COLUMNS " FROM job WHERE id = $1" };
constexpr Query job_of_subject { "job.latest_of", "SELECT " JOB_COLUMNS " FROM job WHERE subject_id = $1 ORDER BY id DESC LIMIT 1" };
constexpr Query claim_next { "job.claim", R"sql(
    UPDATE job SET state = 'running', fence = fence + 1, attempts = attempts + 1, lease_until = $2, running_since = $1
     WHERE id = (SELECT j.id FROM job j WHERE j.state = 'waiting' OR (j.state = 'running' AND j.lease_until < $1)
                  ORDER BY j.id LIMIT 1)
       AND (state = 'waiting' OR (state = 'running' AND lease_until < $1))
    RETURNING )sql" JOB_COLUMNS };
constexpr Query tell_progress { "job.progress", R"sql(
    UPDATE job SET done_steps = $3, all_steps = $4, lease_until = $5, attempts = CASE WHEN $3 > done_steps THEN 1 ELSE attempts END
     WHERE id = $1 AND fence = $2 AND state = 'running' )sql" };
constexpr Query end_job { "job.finish", R"sql(
    UPDATE job SET state = $3, fault = $4, finished_at = $5 WHERE id = $1 AND fence = $2 AND state = 'running' )sql" };
constexpr Query release_job { "job.release", R"sql(
    UPDATE job SET state = 'waiting', attempts = attempts - 1 WHERE id = $1 AND fence = $2 AND state = 'running' )sql" };
constexpr Query release_jobs { "job.release_all", "UPDATE job SET state = 'waiting' WHERE state = 'running'" };
constexpr Query cancel_job { "job.cancel", R"sql(
    UPDATE job SET state = 'cancelled', finished_at = $2 WHERE id = $1 AND state IN ('waiting', 'running') )sql" };

constexpr Query count_unfinished { "job.unfinished", R"sql(
    SELECT COUNT(*), COALESCE(sum(CASE WHEN started_by = $2 THEN 1 ELSE 0 END), 0) FROM job
     WHERE kind = $1 AND state IN ('waiting', 'running') )sql" };

static Job job_of(storage::Row const& row)
{
    return { row.id<JobTag>(0), row.text(1), row.text(2), row.id<SubjectTag>(3), row.text(4), row.integer(5), row.integer(6),
        row.integer(7), row.integer(8), row.id<PersonTag>(9), row.text(10), row.optional_integer(11).value_or(0) };
}

static std::optional<Job> one(std::optional<storage::Row> row)
{
    return row ? std::optional<Job> { job_of(*row) } : std::nullopt;
}

JobId enqueue(storage::Transaction& transaction, std::string_view kind, std::string payload, SubjectId subject, PersonId person, time::Instant now)
{
    return transaction.insert<JobTag>(insert_job, kind, payload, subject, person, now);
}

std::optional<Job> find(storage::Reader& reader, JobId id) { return one(reader.first(job_by_id, id)); }
std::optional<Job> latest_of(storage::Reader& reader, SubjectId subject) { return one(reader.first(job_of_subject, subject)); }

Unfinished unfinished(storage::Reader& reader, std::string_view kind, PersonId person)
{
    auto row = reader.first(count_unfinished, kind, person);
    return { row->integer(0), row->integer(1) };
}

std::optional<Job> claim(storage::Transaction& transaction, time::Instant now, std::int64_t lease_ms)
{
    return one(transaction.first(claim_next, now, now.milliseconds + lease_ms));
}

bool progress(storage::Transaction& transaction, Job const& job, std::int64_t done, std::int64_t all, time::Instant now, std::int64_t lease_ms)
{
    return transaction.execute(tell_progress, job.id, job.fence, done, all, now.milliseconds + lease_ms) == 1;
}

bool finish(storage::Transaction& transaction, Job const& job, std::string_view state, std::string_view fault, time::Instant now)
{
    return transaction.execute(end_job, job.id, job.fence, state, fault, now) == 1;
}

bool release(storage::Transaction& transaction, Job const& job) { return transaction.execute(release_job, job.id, job.fence) == 1; }
std::int64_t release_all(storage::Transaction& transaction) { return transaction.execute(release_jobs); }

bool cancel(storage::Transaction& transaction, JobId id, time::Instant now) { return transaction.execute(cancel_job, id, now) == 1; }

bool Workshop::work_once()
{
    constexpr std::int64_t most_attempts = 3;
    auto claimed = m_database.write([&](storage::Transaction& transaction) -> Result<std::optional<Job>> {
        return claim(transaction, m_clock.now());
    });
    if (!claimed || !*claimed)
        return false;
    auto const& job = **claimed;
    auto worker = m_workers.find(job.kind);
    Result<void> outcome = worker == m_workers.end() ? Result<void> { broken("no worker for " + job.kind) }
        : job.attempts > most_attempts              ? Result<void> { unavailable("job.tried_often") }
                                                    : worker->second(job);
    auto ended = m_database.write([&](storage::Transaction& transaction) -> Result<bool> {
        if (!outcome && outcome.error().message_key == stopped().value().message_key)
            return release(transaction, job);
        return finish(transaction, job, outcome ? "done" : "failed", outcome ? "" : outcome.error().message_key, m_clock.now());
    });
    return ended.has_value();
}

}
