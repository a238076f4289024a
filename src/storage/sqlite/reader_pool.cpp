#include "storage/sqlite/reader_pool.hpp"
#include "storage/engine_fault.hpp"

namespace kpuhub::storage::sqlite {

constexpr Query begin_reading { "storage.begin_read", "BEGIN" };

ReaderPool::ReaderPool(std::string const& path, int connections)
{
    for (int number = 0; number < std::max(1, connections); ++number)
        m_free.push_back(std::make_unique<Connection>(path, Purpose::Read));
}

Result<void> ReaderPool::run(Action const& action)
{
    auto connection = take();
    ConnectionTransaction reader { *connection };
    Result<void> outcome;
    try {
        connection->execute(begin_reading);
        action(reader);
    } catch (...) {
        outcome = fail(fault_of_escaped());
    }
    connection->undo();
    give_back(std::move(connection), reader.statements());
    return outcome;
}

void ReaderPool::add_to(Counters& counters) const
{
    std::lock_guard lock { m_mutex };
    counters.reads += m_reads;
    counters.statements += m_statements;
}

std::unique_ptr<Connection> ReaderPool::take()
{
    std::unique_lock lock { m_mutex };
    m_returned.wait(lock, [&] { return !m_free.empty(); });
    auto connection = std::move(m_free.back());
    m_free.pop_back();
    return connection;
}

void ReaderPool::give_back(std::unique_ptr<Connection> connection, int statements)
{
    {
        std::lock_guard lock { m_mutex };
        m_free.push_back(std::move(connection));
        ++m_reads;
        m_statements += statements;
    }
    m_returned.notify_one();
}

}
