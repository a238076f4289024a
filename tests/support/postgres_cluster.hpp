#pragma once
#include <string>

namespace kpuhub::testing {

/// A PostgreSQL cluster for tests (tests/support/postgres.sh).
class PostgresCluster {
public:
    /// The one of KPUHUB_TEST_POSTGRES, or one that is started now and ends with this process.
    static PostgresCluster& of_this_process();

    [[nodiscard]] std::string address_of(std::string const& database) const;
    [[nodiscard]] bool has_database(std::string const& name) const;
    void run(std::string const& sql);           ///< throws when the server refuses
    bool try_to_run(std::string const& sql);

    PostgresCluster(PostgresCluster const&) = delete;
    PostgresCluster& operator=(PostgresCluster const&) = delete;
    ~PostgresCluster();

private:
    PostgresCluster();
    std::string m_folder;
    std::string m_address;
    bool m_started_here = false;
};

}
