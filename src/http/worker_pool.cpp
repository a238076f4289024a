#include "http/worker_pool.hpp"

namespace kpuhub::http {

WorkerPool::WorkerPool(std::size_t workers, std::size_t most_waiting) : m_most_waiting(most_waiting)
{
    for (std::size_t count = 0; count < workers; ++count)
        m_threads.emplace_back([this] { work(); });
}

WorkerPool::~WorkerPool() { stop(); }

bool WorkerPool::post(std::function<void()> job)
{
    {
        std::lock_guard lock { m_mutex };
        if (m_stopped || m_jobs.size() >= m_most_waiting)
            return false;
        m_jobs.push_back(std::move(job));
    }
    m_changed.notify_one();
    return true;
}

void WorkerPool::stop()
{
    {
        std::lock_guard lock { m_mutex };
        m_stopped = true;
    }
    m_changed.notify_all();
    for (auto& thread : m_threads)
        if (thread.joinable())
            thread.join();
}

std::size_t WorkerPool::waiting() const
{
    std::lock_guard lock { m_mutex };
    return m_jobs.size();
}

void WorkerPool::work()
{
    for (;;) {
        std::function<void()> job;
        {
            std::unique_lock lock { m_mutex };
            m_changed.wait(lock, [this] { return m_stopped || !m_jobs.empty(); });
            if (m_jobs.empty())
                return;
            job = std::move(m_jobs.front());
            m_jobs.pop_front();
        }
        job();
    }
}

}
