#pragma once
#include "storage/database.hpp"
#include <chrono>

namespace kpuhub::storage {

/// Writes one debug line per statement: name, rows, microseconds. Never a value. Costs nothing when the level is off.
class QueryLog {
public:
    explicit QueryLog(Query const&);
    void finished(std::int64_t rows) const;

private:
    std::string_view m_name;
    std::chrono::steady_clock::time_point m_start {};
    bool m_on;
};

}
