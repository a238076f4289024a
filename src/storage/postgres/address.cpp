#include "storage/postgres/address.hpp"
#include <libpq-fe.h>
#include <memory>
#include <sstream>

namespace kpuhub::storage::postgres {

using Parts = std::map<std::string, std::string>;

Result<Parts> address_parts(std::string const& address)
{
    // The message of libpq may quote the password, so it is not passed on.
    char* message = nullptr;
    std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption*)> options {
        PQconninfoParse(address.c_str(), &message), PQconninfoFree
    };
    PQfreemem(message);
    if (!options)
        return invalid("storage.address");
    Parts parts;
    for (auto const* option = options.get(); option->keyword; ++option)
        if (option->val)
            parts.emplace(option->keyword, option->val);
    return parts;
}

static bool is_this_machine(std::string const& host)
{
    return host.empty() || host.starts_with('/') || host.starts_with('@') || host == "localhost" || host == "127.0.0.1"
        || host == "::1";
}

Result<void> require_safe_transport(std::string const& address)
{
    auto parts = TRY(address_parts(address));
    bool local = true;
    for (auto const* keyword : { "host", "hostaddr" }) {
        std::stringstream hosts { parts[keyword] };
        for (std::string host; std::getline(hosts, host, ',');)
            local = local && is_this_machine(host);
    }
    if (!local && parts["sslmode"] != "verify-full")
        return invalid("storage.ssl_required");
    return {};
}

}
