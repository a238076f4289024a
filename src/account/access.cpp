#include "account/access.hpp"
#include "core/embedded.hpp"
#include <algorithm>
#include <set>
#include <tuple>
#include <yaml-cpp/yaml.h>

namespace kpuhub::account {

using storage::Query;

constexpr Query all_permissions { "account.role_permissions", "SELECT role, permission, below FROM role_permission WHERE register = ''" };
constexpr Query clear_permissions { "account.clear_role_permissions", "DELETE FROM role_permission WHERE register = ''" };
constexpr Query clear_those { "account.clear_permissions_of", "DELETE FROM role_permission WHERE register = $1" };
constexpr Query insert_permission { "account.insert_role_permission", R"sql(
    INSERT INTO role_permission (role, permission, below, register) VALUES ($1, $2, $3, $4) )sql" };

using Permissions = std::set<std::tuple<std::string, std::string, std::int64_t>>;

static Permissions embedded_roles()
{
    auto document = YAML::Load(std::string { embedded_file("definitions/access/roles.yaml") });
    Permissions permissions;
    for (auto const& role : document["roles"]) {
        auto name = role.first.as<std::string>();
        std::set<std::string> below;
        for (auto const& permission : role.second["below"])
            below.insert(permission.as<std::string>());
        for (auto const& permission : role.second["unit"])
            permissions.emplace(name, permission.as<std::string>(), below.contains(permission.as<std::string>()) ? 1 : 0);
    }
    return permissions;
}

Result<bool> load_roles(storage::Database& database)
{
    auto wanted = embedded_roles();
    return database.write([&](storage::Transaction& transaction) -> Result<bool> {
        Permissions present;
        for (auto const& row : transaction.query(all_permissions))
            present.emplace(row.text(0), row.text(1), row.integer(2));
        if (present == wanted)
            return false;
        transaction.execute(clear_permissions);
        for (auto const& [role, permission, below] : wanted)
            transaction.execute(insert_permission, role, permission, below, "");
        return true;
    });
}

void replace_permissions(storage::Transaction& transaction, std::string const& register_id, std::vector<RolePermission> permissions)
{
    transaction.execute(clear_those, register_id);
    std::sort(permissions.begin(), permissions.end());
    permissions.erase(std::unique(permissions.begin(), permissions.end(),
                          [](auto const& one, auto const& other) { return one.role == other.role && one.permission == other.permission; }),
        permissions.end());
    for (auto const& each : permissions)
        transaction.execute(insert_permission, each.role, each.permission, each.below ? 1 : 0, register_id);
}

}
