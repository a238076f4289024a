#pragma once
#include "storage/postgres/pool.hpp"
#include <atomic>

namespace kpuhub::storage::postgres {

/// PostgreSQL 15 or later: READ COMMITTED for writes, a repeatable snapshot for reads.
class PostgresDatabase final : public Database {
public:
    /// Errors: Invalid for a wrong or unsafe address or unsafe server settings, Unavailable when out of reach.
    static Result<std::unique_ptr<Database>> open(Settings const&);

    Result<int> migrate() override;
    Result<std::string> copy_to(std::string const& folder) override;
    Result<std::vector<std::string>> check() override;
    [[nodiscard]] Engine engine() const override { return Engine::Postgres; }
    [[nodiscard]] Durability durability() const override { return m_durability; }
    [[nodiscard]] Counters counters() const override;

private:
    explicit PostgresDatabase(Settings const&);
    Result<void> run_write(WriteAction const&) override;
    Result<void> run_read(ReadAction const&) override;
    /// One attempt in one transaction. Throws EngineError.
    Result<void> attempt(WriteAction const&);
    bool run_action(Connection&, WriteAction const&);

    Settings m_settings;
    Pool m_writers;
    Pool m_readers;
    Durability m_durability = Durability::Local;
    std::atomic<std::int64_t> m_actions = 0, m_commits = 0, m_reads = 0, m_statements = 0, m_repeated = 0;
};

}
