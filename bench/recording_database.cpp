#include "recording_database.hpp"

namespace kpuhub::bench {

class RecordingTransaction final : public storage::Transaction {
public:
    RecordingTransaction(storage::Reader& reader, storage::Transaction* writer, Recorded& recorded)
        : m_reader(reader), m_writer(writer), m_recorded(recorded)
    {
    }
    storage::Rows query_values(storage::Query const& query, std::span<storage::Value const> values) override
    {
        keep(query, values, false);
        return m_reader.query_values(query, values);
    }
    std::int64_t execute_values(storage::Query const& query, std::span<storage::Value const> values) override
    {
        keep(query, values, true);
        return m_writer->execute_values(query, values);
    }

private:
    void keep(storage::Query const& query, std::span<storage::Value const> values, bool changes)
    {
        auto text = std::make_shared<std::string const>(query.sql);
        m_recorded.statements.push_back({ { query.name, *text }, text, { values.begin(), values.end() }, changes });
    }

    storage::Reader& m_reader;
    storage::Transaction* m_writer;
    Recorded& m_recorded;
};

Result<void> RecordingDatabase::run_write(WriteAction const& action)
{
    Recorded recorded { true, {} };
    bool kept = false;
    auto outcome = m_inner.write([&](storage::Transaction& transaction) -> Result<void> {
        if (!m_on) {
            kept = action(transaction);
        } else {
            recorded.statements.clear();
            RecordingTransaction recording(transaction, &transaction, recorded);
            kept = action(recording);
        }
        if (!kept)
            return broken("rolled back");
        if (m_on)
            keep(std::move(recorded));      // here, so that the order is that of the writer
        return {};
    });
    return kept ? outcome : Result<void> {};
}

Result<void> RecordingDatabase::run_read(ReadAction const& action)
{
    Recorded recorded { false, {} };
    auto outcome = m_inner.read([&](storage::Reader& reader) -> Result<void> {
        if (!m_on) {
            action(reader);
            return {};
        }
        RecordingTransaction recording(reader, nullptr, recorded);
        action(recording);
        return {};
    });
    if (m_on)
        keep(std::move(recorded));
    return outcome;
}

void RecordingDatabase::keep(Recorded recorded)
{
    std::lock_guard lock { m_mutex };
    m_recorded.push_back(std::move(recorded));
}

void replay(storage::Database& database, std::vector<Recorded> const& groups)
{
    for (auto const& group : groups) {
        if (group.write) {
            (void)database.write([&](storage::Transaction& transaction) -> Result<void> {
                for (auto const& each : group.statements) {
                    if (each.changes)
                        transaction.execute_values(each.query, each.parameters);
                    else
                        transaction.query_values(each.query, each.parameters);
                }
                return {};
            });
            continue;
        }
        (void)database.read([&](storage::Reader& reader) -> Result<void> {
            for (auto const& each : group.statements)
                reader.query_values(each.query, each.parameters);
            return {};
        });
    }
}

}
