#pragma once
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace kpuhub::http {

/// Threads that may wait, behind a queue of bounded length.
class WorkerPool {
public:
    WorkerPool(std::size_t workers, std::size_t most_waiting);
    ~WorkerPool();
    WorkerPool(WorkerPool const&) = delete;
    WorkerPool& operator=(WorkerPool const&) = delete;

    /// False when the queue is full or the pool has stopped: the job will not run.
    [[nodiscard]] bool post(std::function<void()> job);
    /// Runs what waits and joins; later jobs are refused.
    void stop();
    [[nodiscard]] std::size_t waiting() const;

private:
    void work();

    std::size_t m_most_waiting;
    mutable std::mutex m_mutex;                 ///< guards the members below
    std::condition_variable m_changed;
    std::deque<std::function<void()>> m_jobs;
    bool m_stopped = false;
    std::vector<std::thread> m_threads;
};

}
