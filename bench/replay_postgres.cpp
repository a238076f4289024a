#include "replay.hpp"
#include <libpq-fe.h>
#include <stdexcept>
#include <unordered_map>

namespace kpuhub::bench {

namespace {

class PostgresReplay final : public Replay {
public:
    explicit PostgresReplay(std::string const& address) : m_connection(PQconnectdb(address.c_str()))
    {
        if (PQstatus(m_connection) != CONNECTION_OK)
            throw std::runtime_error(PQerrorMessage(m_connection));
    }
    ~PostgresReplay() override { PQfinish(m_connection); }
    PostgresReplay(PostgresReplay const&) = delete;
    PostgresReplay& operator=(PostgresReplay const&) = delete;

    void run(std::vector<Recorded> const& writes, std::size_t) override
    {
        for (auto const& write : writes) {
            run_one({ { "begin", "BEGIN" }, nullptr, {}, true });
            for (auto const& each : write.statements)
                run_one(each);
            run_one({ { "commit", "COMMIT" }, nullptr, {}, true });
        }
    }

private:
    void done(PGresult* result)
    {
        auto const status = PQresultStatus(result);
        PQclear(result);
        if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
            throw std::runtime_error(PQerrorMessage(m_connection));
    }
    void run_one(Recorded::Statement const& each)
    {
        auto [found, fresh] = m_names.try_emplace(std::string { each.query.sql }, "s" + std::to_string(m_names.size()));
        if (fresh)
            done(PQprepare(m_connection, found->second.c_str(), found->first.c_str(), 0, nullptr));
        std::vector<std::string> texts(each.parameters.size());
        std::vector<char const*> values(each.parameters.size());
        std::vector<int> lengths(each.parameters.size()), formats(each.parameters.size());
        for (std::size_t i = 0; i < each.parameters.size(); ++i) {
            auto const& value = each.parameters[i];
            if (auto const* number = std::get_if<std::int64_t>(&value))
                texts[i] = std::to_string(*number);
            else if (auto const* text = std::get_if<std::string>(&value))
                texts[i] = *text;
            else if (auto const* blob = std::get_if<storage::Blob>(&value))
                texts[i] = blob->bytes;
            values[i] = std::holds_alternative<std::monostate>(value) ? nullptr : texts[i].c_str();
            lengths[i] = static_cast<int>(texts[i].size());
            formats[i] = std::holds_alternative<storage::Blob>(value) ? 1 : 0;
        }
        done(PQexecPrepared(m_connection, found->second.c_str(), static_cast<int>(values.size()), values.data(), lengths.data(), formats.data(), 0));
    }

    PGconn* m_connection;
    std::unordered_map<std::string, std::string> m_names;
};

}

std::unique_ptr<Replay> replay_on_postgres(std::string const& address) { return std::make_unique<PostgresReplay>(address); }

}
