#include "storage/postgres/pool.hpp"

namespace kpuhub::storage::postgres {

Pool::Pool(std::string address, int limit) : m_address(std::move(address)), m_limit(std::max(1, limit)) {}

Pool::Lease::Lease(Pool& pool, std::unique_ptr<Connection> connection)
    : m_pool(pool), m_connection(std::move(connection))
{
}

Pool::Lease::~Lease()
{
    m_connection->undo();
    m_pool.give_back(std::move(m_connection));
}

Pool::Lease Pool::borrow()
{
    {
        std::unique_lock lock { m_mutex };
        m_returned.wait(lock, [&] { return !m_free.empty() || m_open < m_limit; });
        if (!m_free.empty()) {
            auto connection = std::move(m_free.back());
            m_free.pop_back();
            return Lease { *this, std::move(connection) };
        }
        ++m_open;
    }
    try {
        return Lease { *this, std::make_unique<Connection>(m_address) };
    } catch (...) {
        give_back(nullptr);
        throw;
    }
}

void Pool::drop_idle()
{
    std::vector<std::unique_ptr<Connection>> dropped;
    {
        std::lock_guard lock { m_mutex };
        dropped.swap(m_free);
        m_open -= static_cast<int>(dropped.size());
    }
    m_returned.notify_all();
}

void Pool::give_back(std::unique_ptr<Connection> connection)
{
    {
        std::lock_guard lock { m_mutex };
        if (connection && connection->usable())
            m_free.push_back(std::move(connection));
        else
            --m_open;
    }
    m_returned.notify_one();
}

}
