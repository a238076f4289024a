#include "storage/database.hpp"
#include "storage/postgres/database.hpp"
#include "storage/sqlite/database.hpp"

namespace kpuhub::storage {

Result<std::unique_ptr<Database>> Database::open(Settings const& settings)
{
    std::string_view address = settings.address;
    constexpr std::string_view sqlite_start = "sqlite:";
    if (address.starts_with(sqlite_start) && address.size() > sqlite_start.size())
        return sqlite::SqliteDatabase::open(std::string { address.substr(sqlite_start.size()) }, settings);
    if (address.starts_with("postgresql://") || address.starts_with("postgres://"))
        return postgres::PostgresDatabase::open(settings);
    return invalid("storage.address");
}

}
