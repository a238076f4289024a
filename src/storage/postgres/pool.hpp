#pragma once
#include "storage/postgres/connection.hpp"
#include <condition_variable>
#include <mutex>

namespace kpuhub::storage::postgres {

/// At most so many connections, opened when they are needed. A broken one is dropped when it comes back.
class Pool {
public:
    Pool(std::string address, int limit);

    /// A borrowed connection; goes back, its transaction undone, when it leaves scope.
    class Lease {
    public:
        Lease(Pool& pool, std::unique_ptr<Connection> connection);
        ~Lease();
        Lease(Lease const&) = delete;
        Lease& operator=(Lease const&) = delete;
        Connection* operator->() { return m_connection.get(); }
        Connection& operator*() { return *m_connection; }

    private:
        Pool& m_pool;
        std::unique_ptr<Connection> m_connection;
    };

    /// Waits for a free connection, or opens one. Throws EngineError when the server is out of reach.
    Lease borrow();
    /// Forgets the idle connections, after one of them turned out broken (the server was started again).
    void drop_idle();

private:
    void give_back(std::unique_ptr<Connection>);

    std::string const m_address;
    int const m_limit;
    std::mutex m_mutex;                 ///< guards all below
    std::condition_variable m_returned;
    std::vector<std::unique_ptr<Connection>> m_free;
    int m_open = 0;
};

}
