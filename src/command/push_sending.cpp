#include "command/push_sending.hpp"
#include "command/secret_file.hpp"
#include "core/embedded.hpp"
#include "definition/node.hpp"

namespace kpuhub::command {

Result<outbox::P256Key> push_key(Settings const& settings)
{
    auto const path = settings.push_key_file.empty() ? settings.data + "/push.key" : settings.push_key_file;
    auto const secret = TRY(secret_of_file(path, "command.push_key", []() -> Result<std::string> {
        auto const made = TRY(outbox::P256Key::generate());
        return made.secret();
    }));
    auto key = outbox::P256Key::from_secret(secret);
    if (!key)
        return invalid_because("command.push_key", path);
    return key;
}

outbox::PushPlaces push_places(bool loopback)
{
    constexpr auto file = "definitions/push_services.yaml";
    outbox::PushPlaces places { {}, loopback };
    if (auto root = definition::parse(file, embedded_file(file)); root && !loopback)
        for (auto const& each : (*root)["services"].items)
            places.hosts.push_back(each["host"].text);
    return places;
}

std::string push_subject(Settings const& settings)
{
    return settings.smtp_from.empty() ? settings.url() : "mailto:" + settings.smtp_from;
}

}
