#pragma once
#include "storage/sqlite/connection.hpp"
#include <condition_variable>
#include <mutex>

namespace kpuhub::storage::sqlite {

/// Connections that only read. A caller waits for a free one; each read sees one snapshot.
class ReaderPool {
public:
    using Action = std::function<void(Reader&)>;

    ReaderPool(std::string const& path, int connections);
    Result<void> run(Action const&);
    void add_to(Counters&) const;

private:
    std::unique_ptr<Connection> take();
    void give_back(std::unique_ptr<Connection>, int statements);

    mutable std::mutex m_mutex;         ///< guards all below
    std::condition_variable m_returned;
    std::vector<std::unique_ptr<Connection>> m_free;
    std::int64_t m_reads = 0;
    std::int64_t m_statements = 0;
};

}
