#pragma once
#include "storage/database.hpp"
#include <atomic>
#include <functional>
#include <latch>
#include <thread>

namespace kpuhub::testing {

/// A write of another connection that has done its work and does not end before it is let go. On PostgreSQL; SQLite has one writer.
class HeldWrite {
public:
    using Work = std::function<Result<void>(storage::Transaction&)>;

    HeldWrite(storage::Settings settings, Work work)
        : m_thread([this, settings = std::move(settings), work = std::move(work)]() mutable { run(std::move(settings), work); })
    {
        m_ready.wait();
    }
    ~HeldWrite() { (void)let_go(); }
    HeldWrite(HeldWrite const&) = delete;
    HeldWrite& operator=(HeldWrite const&) = delete;

    Result<void> let_go()
    {
        if (m_thread.joinable()) {
            m_end.count_down();
            m_thread.join();
        }
        return m_outcome;
    }

private:
    void run(storage::Settings settings, Work const& work)
    {
        settings.rerun = false;
        auto database = storage::Database::open(settings);
        m_outcome = !database ? Result<void> { fail(database.error()) } : (*database)->write([&](storage::Transaction& transaction) -> Result<void> {
            auto done = work(transaction);
            tell();
            m_end.wait();
            return done;
        });
        tell();
    }
    void tell()
    {
        if (!m_told.exchange(true))
            m_ready.count_down();
    }

    Result<void> m_outcome;
    std::latch m_ready { 1 }, m_end { 1 };
    std::atomic<bool> m_told = false;
    std::thread m_thread;               ///< last: starts when the rest is there
};

}
