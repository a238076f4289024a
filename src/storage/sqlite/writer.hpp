#pragma once
#include "storage/sqlite/connection.hpp"
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace kpuhub::storage::sqlite {

/// The one thread that writes. It commits the actions of many callers together: a savepoint each, one fsync for
/// all, at most 64 actions or 5 ms per group (design.md 9, security.md 1). It never waits for company: the actions
/// that arrive while a group commits form the next one.
class Writer {
public:
    using Action = std::function<bool(Transaction&)>;

    Writer(std::unique_ptr<Connection>, bool rerun);
    /// Finishes what waits, then stops.
    ~Writer();

    /// Waits until the action is durable or refused. Any thread but the writer's own.
    Result<void> run(Action const&);

    [[nodiscard]] Counters counters() const;

private:
    struct Job {
        Action const& action;
        Result<void> outcome {};
        bool done = false;
        std::condition_variable finished {};
    };
    using Group = std::vector<Job*>;

    void work();
    Job* wait_for_job();
    Job* next_job();
    void answer(Group const&);
    Group commit_together(Job& first);
    /// Runs one action inside the open transaction; false when the whole group is lost.
    bool run_in_savepoint(Job&);
    bool attempt(Job&, bool keep);
    void run_alone(Job&);
    bool begin();
    bool commit();
    void execute(Query const&);
    void checkpoint_when_due();

    std::unique_ptr<Connection> m_connection;
    bool const m_rerun;

    mutable std::mutex m_mutex;         ///< guards all below
    std::condition_variable m_arrived;
    std::deque<Job*> m_waiting;
    bool m_stopping = false;
    Counters m_counters;

    std::thread m_thread;               ///< last: starts when the rest is there
};

}
