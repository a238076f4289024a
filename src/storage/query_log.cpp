#include "storage/query_log.hpp"
#include <spdlog/spdlog.h>

namespace kpuhub::storage {

static thread_local std::int64_t run_here = 0;

std::int64_t statements_of_this_thread() { return run_here; }
void count_statement() { ++run_here; }

QueryLog::QueryLog(Query const& query) : m_name(query.name), m_on(spdlog::should_log(spdlog::level::debug))
{
    if (m_on)
        m_start = std::chrono::steady_clock::now();
}

void QueryLog::finished(std::int64_t rows, std::int64_t scanned) const
{
    if (!m_on)
        return;
    auto spent = std::chrono::steady_clock::now() - m_start;
    spdlog::debug("sql {} rows={} us={} scanned={}", m_name, rows,
        std::chrono::duration_cast<std::chrono::microseconds>(spent).count(), scanned);
}

}
