#include "storage/sqlite/writer.hpp"
#include "storage/engine_fault.hpp"
#include <chrono>
#include <spdlog/spdlog.h>

namespace kpuhub::storage::sqlite {

namespace {
constexpr Query begin_now { "storage.begin", "BEGIN IMMEDIATE" };
constexpr Query commit_all { "storage.commit", "COMMIT" };
constexpr Query open_savepoint { "storage.savepoint", "SAVEPOINT action" };
constexpr Query undo_savepoint { "storage.undo_savepoint", "ROLLBACK TO action" };
constexpr Query close_savepoint { "storage.close_savepoint", "RELEASE action" };

constexpr std::size_t group_limit = 64;
constexpr std::chrono::milliseconds group_time { 5 };
constexpr int checkpoint_frames = 1000;         // 4 MB of 4 KiB pages
constexpr int pressing_frames = 16384;          // 64 MB: wait for readers of the old log for a moment
}

Writer::Writer(std::unique_ptr<Connection> connection, bool rerun)
    : m_connection(std::move(connection)), m_rerun(rerun), m_thread([this] { work(); })
{
}

Writer::~Writer()
{
    {
        std::lock_guard lock { m_mutex };
        m_stopping = true;
    }
    m_arrived.notify_all();
    m_thread.join();
}

Result<void> Writer::run(Action const& action)
{
    if (std::this_thread::get_id() == m_thread.get_id())
        return broken("a write inside an action");
    Job job { action };
    std::unique_lock lock { m_mutex };
    m_waiting.push_back(&job);
    m_arrived.notify_one();
    job.finished.wait(lock, [&] { return job.done; });
    return std::move(job.outcome);
}

Counters Writer::counters() const
{
    std::lock_guard lock { m_mutex };
    return m_counters;
}

void Writer::work()
{
    while (auto* first = wait_for_job()) {
        answer(commit_together(*first));
        checkpoint_when_due();
    }
}

Writer::Job* Writer::wait_for_job()
{
    std::unique_lock lock { m_mutex };
    m_arrived.wait(lock, [&] { return m_stopping || !m_waiting.empty(); });
    if (m_waiting.empty())
        return nullptr;
    auto* job = m_waiting.front();
    m_waiting.pop_front();
    return job;
}

Writer::Job* Writer::next_job()
{
    std::lock_guard lock { m_mutex };
    if (m_waiting.empty())
        return nullptr;
    auto* job = m_waiting.front();
    m_waiting.pop_front();
    return job;
}

void Writer::answer(Group const& group)
{
    std::lock_guard lock { m_mutex };
    for (auto* job : group) {
        ++m_counters.actions;
        job->done = true;
        job->finished.notify_one();
    }
}

Writer::Group Writer::commit_together(Job& first)
{
    auto end = std::chrono::steady_clock::now() + group_time;
    Group group { &first };
    bool sound = begin();
    while (sound) {
        sound = run_in_savepoint(*group.back());
        if (!sound || group.size() == group_limit || std::chrono::steady_clock::now() >= end)
            break;
        auto* next = next_job();
        if (!next)
            break;
        group.push_back(next);
    }
    if (sound && commit())
        return group;
    m_connection->undo();
    for (auto* job : group)
        run_alone(*job);
    return group;
}

bool Writer::run_in_savepoint(Job& job)
{
    if (m_rerun && !attempt(job, false))
        return false;
    return attempt(job, true);
}

bool Writer::attempt(Job& job, bool keep)
{
    bool harmed = false;
    try {
        execute(open_savepoint);
        job.outcome = {};
        ConnectionTransaction transaction { *m_connection };
        try {
            keep = job.action(transaction) && keep;
        } catch (EngineError const& error) {
            keep = false;
            harmed = harms_all(error.fault());
            job.outcome = fail(fault_of(error));
        } catch (...) {
            keep = false;
            job.outcome = fail(fault_of_escaped());
        }
        if (harmed || !m_connection->in_transaction())
            return false;
        if (!keep)
            execute(undo_savepoint);
        execute(close_savepoint);
        std::lock_guard lock { m_mutex };
        m_counters.statements += transaction.statements();
    } catch (EngineError const& error) {
        spdlog::warn("storage: group lost: {}", error.what());
        return false;
    }
    return m_connection->in_transaction();
}

void Writer::run_alone(Job& job)
{
    {
        std::lock_guard lock { m_mutex };
        ++m_counters.repeated;
    }
    job.outcome = {};
    try {
        execute(begin_now);
        ConnectionTransaction transaction { *m_connection };
        if (job.action(transaction)) {
            execute(commit_all);
            std::lock_guard lock { m_mutex };
            ++m_counters.commits;
        }
    } catch (...) {
        job.outcome = fail(fault_of_escaped());
        spdlog::warn("storage: {}", job.outcome.error().detail);
    }
    m_connection->undo();
}

bool Writer::begin()
{
    try {
        execute(begin_now);
        return true;
    } catch (EngineError const& error) {
        spdlog::warn("storage: {}", error.what());
        return false;
    }
}

bool Writer::commit()
{
    try {
        execute(commit_all);
    } catch (EngineError const& error) {
        spdlog::warn("storage: group lost: {}", error.what());
        return false;
    }
    std::lock_guard lock { m_mutex };
    ++m_counters.commits;
    return true;
}

void Writer::execute(Query const& query) { m_connection->execute(query); }

void Writer::checkpoint_when_due()
{
    if (m_connection->log_frames() < checkpoint_frames)
        return;
    try {
        m_connection->checkpoint(m_connection->log_frames() < pressing_frames);
    } catch (EngineError const& error) {
        spdlog::warn("storage: the log stays as it is for now: {}", error.what());
    }
}

}
