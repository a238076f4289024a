#pragma once
#include "storage/database.hpp"
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <thread>
#include <vector>

namespace kpuhub::bench {

/// Short writes of another, every 5 ms, while long work goes on; tells how long they took.
class ShortWrites {
public:
    /// Writes to the version of the `many` subjects from `first` on.
    ShortWrites(storage::Database& database, std::int64_t first, std::int64_t many) : m_thread([this, &database, first, many] { work(database, first, many); }) {}
    ~ShortWrites() { end(); }
    ShortWrites(ShortWrites const&) = delete;
    ShortWrites& operator=(ShortWrites const&) = delete;

    /// Ends them and prints a line: how many, median, p99 and longest in milliseconds.
    void print(char const* what)
    {
        end();
        std::ranges::sort(m_spans);
        if (!m_spans.empty())
            std::printf("short writes %s: %zu, median %.2f ms, p99 %.2f ms, longest %.1f ms\n", what, m_spans.size(), m_spans[m_spans.size() / 2], m_spans[m_spans.size() * 99 / 100], m_spans.back());
    }

private:
    void end()
    {
        m_end = true;
        if (m_thread.joinable())
            m_thread.join();
    }
    void work(storage::Database& database, std::int64_t first, std::int64_t many)
    {
        using namespace std::chrono;
        constexpr storage::Query short_write { "bench.write", "UPDATE subject SET version = version + 1 WHERE id = $1" };
        for (std::int64_t i = 0; !m_end; ++i) {
            auto const begin = steady_clock::now();
            if (!database.write([&](storage::Transaction& transaction) -> Result<int> { return static_cast<int>(transaction.execute(short_write, first + i % many)); }))
                std::printf("! a short write failed\n");
            m_spans.push_back(duration<double, std::milli>(steady_clock::now() - begin).count());
            std::this_thread::sleep_for(milliseconds { 5 });
        }
    }

    std::atomic<bool> m_end { false };
    std::vector<double> m_spans;
    std::thread m_thread;
};

}
