#pragma once
#include "storage/database.hpp"
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace kpuhub::bench {

/// What one read or write ran: names, texts and parameters of its statements, so that they can be run again without the
/// code around them.
struct Recorded {
    struct Statement {
        storage::Query query;
        std::shared_ptr<std::string const> text;    ///< what the query points at: some texts are made for one question
        std::vector<storage::Value> parameters;
        bool changes = false;
    };
    bool write = false;
    std::vector<Statement> statements;
};

/// Hands everything to another database and keeps, while asked to, what ran.
class RecordingDatabase final : public storage::Database {
public:
    explicit RecordingDatabase(storage::Database& inner) : m_inner(inner) {}
    void record(bool on)
    {
        m_on = on;
        m_recorded.clear();
    }
    [[nodiscard]] std::vector<Recorded> const& recorded() const { return m_recorded; }

    Result<int> migrate() override { return m_inner.migrate(); }
    Result<std::string> copy_to(std::string const& folder) override { return m_inner.copy_to(folder); }
    Result<std::vector<std::string>> check() override { return m_inner.check(); }
    [[nodiscard]] storage::Engine engine() const override { return m_inner.engine(); }
    [[nodiscard]] storage::Durability durability() const override { return m_inner.durability(); }
    [[nodiscard]] storage::Counters counters() const override { return m_inner.counters(); }

protected:
    Result<void> run_write(WriteAction const&) override;
    Result<void> run_read(ReadAction const&) override;

private:
    storage::Database& m_inner;
    void keep(Recorded);

    bool m_on = false;
    std::mutex m_mutex;                     ///< guards the vector
    std::vector<Recorded> m_recorded;
};

/// Runs the recorded statements again, each group in a transaction of its kind.
void replay(storage::Database&, std::vector<Recorded> const&);

}
