#include "support/paths.hpp"
#include "support/postgres_cluster.hpp"
#include "support/test_folder.hpp"
#include <cstdlib>
#include <fstream>
#include <libpq-fe.h>
#include <memory>
#include <stdexcept>
#include <unistd.h>

namespace kpuhub::testing {

static std::string script(std::string const& arguments)
{
    return kpuhub::testing::source_folder() + "/tests/support/postgres.sh " + arguments;
}

PostgresCluster& PostgresCluster::of_this_process()
{
    static PostgresCluster cluster;
    return cluster;
}

PostgresCluster::PostgresCluster()
{
    if (auto const* given = std::getenv("KPUHUB_TEST_POSTGRES"); given && *given) {
        m_folder = given;
    } else {
        auto name = (TestFolder::parent() / "kpuhub_cluster_XXXXXX").string();
        if (!::mkdtemp(name.data()))
            throw std::runtime_error("no folder for the test cluster");
        m_folder = name;
        if (std::system(script("start " + m_folder + " " + std::to_string(::getpid()) + " >/dev/null").c_str()) != 0)
            throw std::runtime_error("the test cluster did not start");
        m_started_here = true;
    }
    std::ifstream address { m_folder + "/address" };
    if (!std::getline(address, m_address))
        throw std::runtime_error("no test cluster at " + m_folder);
}

PostgresCluster::~PostgresCluster()
{
    if (!m_started_here)
        return;
    if (std::system(script("stop " + m_folder).c_str()) == 0)
        std::filesystem::remove_all(m_folder);
}

std::string PostgresCluster::address_of(std::string const& database) const
{
    auto address = m_address;
    std::string const maintenance = "/postgres?";
    return address.replace(address.find(maintenance), maintenance.size(), "/" + database + "?");
}

static std::unique_ptr<PGresult, void (*)(PGresult*)> run_on(std::string const& address, std::string const& sql)
{
    std::unique_ptr<PGconn, void (*)(PGconn*)> connection { PQconnectdb(address.c_str()), PQfinish };
    return { PQexec(connection.get(), sql.c_str()), PQclear };
}

bool PostgresCluster::has_database(std::string const& name) const
{
    auto result = run_on(m_address, "SELECT 1 FROM pg_database WHERE datname = '" + name + "'");
    return PQntuples(result.get()) == 1;
}

bool PostgresCluster::try_to_run(std::string const& sql)
{
    return PQresultStatus(run_on(m_address, sql).get()) == PGRES_COMMAND_OK;
}

void PostgresCluster::run(std::string const& sql)
{
    auto result = run_on(m_address, sql);
    if (PQresultStatus(result.get()) != PGRES_COMMAND_OK)
        throw std::runtime_error(sql + ": " + PQresultErrorMessage(result.get()));
}

}
