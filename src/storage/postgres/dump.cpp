#include "storage/postgres/dump.hpp"
#include "storage/child.hpp"
#include "storage/file_system.hpp"
#include "storage/postgres/address.hpp"
#include <cstdlib>
#include <filesystem>
#include <unistd.h>

namespace kpuhub::storage::postgres {

namespace {

/// How a child of PostgreSQL reaches the server: all in its environment, the password in a file of mode 0600 that
/// leaves with this object.
class ChildAccess {
public:
    static Result<std::unique_ptr<ChildAccess>> create(std::string const& address)
    {
        auto parts = TRY(address_parts(address));
        std::unique_ptr<ChildAccess> access { new ChildAccess };
        for (auto const& [keyword, variable] : { std::pair { "host", "PGHOST" }, { "hostaddr", "PGHOSTADDR" },
                 { "port", "PGPORT" }, { "user", "PGUSER" }, { "dbname", "PGDATABASE" }, { "sslmode", "PGSSLMODE" },
                 { "sslrootcert", "PGSSLROOTCERT" }, { "sslcert", "PGSSLCERT" }, { "sslkey", "PGSSLKEY" } })
            if (parts.contains(keyword))
                access->m_environment.push_back(std::string { variable } + "=" + parts[keyword]);
        if (parts.contains("password"))
            TRY_VOID(access->write_password(parts["password"]));
        else if (parts.contains("passfile"))
            access->m_environment.push_back("PGPASSFILE=" + parts["passfile"]);
        return access;
    }
    ~ChildAccess()
    {
        if (!m_password_file.empty())
            ::unlink(m_password_file.c_str());
    }
    ChildAccess(ChildAccess const&) = delete;
    ChildAccess& operator=(ChildAccess const&) = delete;

    [[nodiscard]] std::vector<std::string> const& environment() const { return m_environment; }

private:
    ChildAccess() = default;

    Result<void> write_password(std::string const& password)
    {
        std::string line = "*:*:*:*:";
        for (char sign : password) {
            if (sign == ':' || sign == '\\')
                line += '\\';
            line += sign;
        }
        line += '\n';
        m_password_file = (std::filesystem::temp_directory_path() / "kpuhub_pgpass_XXXXXX").string();
        int descriptor = ::mkstemp(m_password_file.data());     // mode 0600
        if (descriptor < 0)
            return fail(disk_fault(errno, "password file"));
        auto written = ::write(descriptor, line.data(), line.size());
        ::close(descriptor);
        if (written != static_cast<ssize_t>(line.size()))
            return fail(disk_fault(ENOSPC, "password file"));
        m_environment.push_back("PGPASSFILE=" + m_password_file);
        return {};
    }

    std::vector<std::string> m_environment;
    std::string m_password_file;
};

Result<void> run(std::string const& address, std::vector<std::string> const& command)
{
    auto access = TRY(ChildAccess::create(address));
    auto ended = TRY(run_child(command, access->environment()));
    if (ended.exit_code != 0)
        return unavailable("storage.dump_failed", command.front() + ": " + ended.messages);
    return {};
}

}

Result<std::string> dump(std::string const& address, std::string const& folder)
{
    std::string const name = "database.pgdump";
    auto target = (std::filesystem::path { folder } / name).string();
    TRY_VOID(run(address, { "pg_dump", "--format=custom", "--no-password", "--no-owner", "--file=" + target }));
    TRY_VOID(sync_file(target));
    TRY_VOID(sync_folder(folder));
    return name;
}

Result<void> fill_from_dump(std::string const& address, std::string const& file)
{
    auto parts = TRY(address_parts(address));
    return run(address, { "pg_restore", "--no-password", "--no-owner", "--single-transaction", "--exit-on-error",
                            "--dbname=" + parts["dbname"], file });
}

}
