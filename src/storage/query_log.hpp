#pragma once
#include "storage/database.hpp"
#include <chrono>

namespace kpuhub::storage {

/// How many statements this thread has run since it began: the access log takes the difference over a request. Counted as
/// Counters::statements: what begins and ends a snapshot or transaction is not in it. What a write action runs on SQLite belongs to the
/// writer's thread.
std::int64_t statements_of_this_thread();
void count_statement();

/// Writes one debug line per statement: name, rows, microseconds, and rows that SQLite read because no index led to those wanted. Never a value. Costs nothing when the level is off.
class QueryLog {
public:
    explicit QueryLog(Query const&);
    void finished(std::int64_t rows, std::int64_t scanned = 0) const;

private:
    std::string_view m_name;
    std::chrono::steady_clock::time_point m_start {};
    bool m_on;
};

}
