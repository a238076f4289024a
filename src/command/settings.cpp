#include "command/settings.hpp"
#include "outbox/mail.hpp"
#include "time/date.hpp"
#include <functional>
#include <map>
#include <yaml-cpp/yaml.h>

namespace kpuhub::command {

std::string Settings::database_address() const { return database.empty() ? "sqlite:" + data + "/kpuhub.db" : database; }
std::string Settings::url() const { return public_url.empty() ? "http://" + listen : public_url; }

bool is_loopback(std::string_view listen)
{
    return listen.starts_with("127.") || listen.starts_with("[::1]:") || listen.starts_with("localhost:");
}

using Setter = std::function<void(Settings&, YAML::Node const&)>;

static std::map<std::string, Setter> const& setters()
{
    auto text = [](std::string Settings::* member) {
        return [member](Settings& settings, YAML::Node const& node) { settings.*member = node.as<std::string>(); };
    };
    static std::map<std::string, Setter> const all {
        { "data", text(&Settings::data) },
        { "database", text(&Settings::database) },
        { "listen", text(&Settings::listen) },
        { "status_listen", text(&Settings::status_listen) },
        { "public_url", text(&Settings::public_url) },
        { "anchors", text(&Settings::anchors) },
        { "checkpoint_key_file", text(&Settings::checkpoint_key_file) },
        { "smtp_url", text(&Settings::smtp_url) },
        { "smtp_from", text(&Settings::smtp_from) },
        { "smtp_user", text(&Settings::smtp_user) },
        { "smtp_password_file", text(&Settings::smtp_password_file) },
        { "push", text(&Settings::push) },
        { "push_key_file", text(&Settings::push_key_file) },
        { "log_level", text(&Settings::log_level) },
        { "sandbox", text(&Settings::sandbox) },
        { "readers", [](Settings& settings, YAML::Node const& node) { settings.readers = node.as<int>(); } },
        { "trusted_proxies", [](Settings& settings, YAML::Node const& node) {
             settings.trusted_proxies = node.as<std::vector<std::string>>();
         } },
    };
    return all;
}

Result<Settings> read_settings(std::string_view yaml, Settings settings)
{
    YAML::Node document;
    try {
        document = YAML::Load(std::string { yaml });
    } catch (YAML::Exception const& error) {
        return invalid_because("settings.yaml", std::to_string(error.mark.line + 1));
    }
    if (document.IsNull())
        return settings;
    if (!document.IsMap())
        return invalid_because("settings.yaml", "1");
    for (auto const& entry : document) {
        auto line = std::to_string(entry.first.Mark().line + 1);
        auto name = entry.first.as<std::string>();
        auto setter = setters().find(name);
        if (setter == setters().end())
            return fail({ FaultKind::Invalid, "settings.unknown", name, {}, line + ": " + name });
        try {
            setter->second(settings, entry.second);
        } catch (YAML::Exception const&) {
            return fail({ FaultKind::Invalid, "settings.value", name, {}, line + ": " + name });
        }
    }
    return settings;
}

/// A password in the address of a PostgreSQL: it would stand in the settings file and in the list of processes.
static bool holds_secret(std::string const& database)
{
    auto const at = database.find('@');
    auto const user = database.find("://");
    bool in_user = at != std::string::npos && user != std::string::npos && database.substr(user + 3, at - user - 3).find(':') != std::string::npos;
    return in_user || database.find("password=") != std::string::npos;
}

Result<void> check_settings(Settings const& settings)
{
    if (settings.demo && !is_loopback(settings.listen))
        return invalid_because("settings.demo_beyond_loopback", settings.listen);
    if (settings.public_url.empty() && !is_loopback(settings.listen))
        return invalid_because("settings.public_url_missing", settings.listen);
    if (!is_loopback(settings.status_listen))
        return invalid_because("settings.status_beyond_loopback", settings.status_listen);
    if (!settings.today.empty() && !settings.demo)
        return invalid("settings.today_without_demo");
    if (!settings.today.empty() && !time::Date::from_iso(settings.today))
        return invalid_because("settings.today", settings.today);
    if (!settings.sandbox.empty() && settings.sandbox != "required" && settings.sandbox != "try")
        return invalid_because("settings.sandbox", settings.sandbox);
    if (settings.push != "on" && settings.push != "off")
        return invalid_because("settings.push", settings.push);
    if (settings.push == "on" && !settings.demo && !settings.url().starts_with("https://"))
        return invalid_because("settings.push_url", settings.url());
    if (holds_secret(settings.database))
        return invalid("settings.database_secret");
    if (!settings.smtp_url.empty() && ((!settings.smtp_url.starts_with("smtp://") && !settings.smtp_url.starts_with("smtps://")) || !outbox::is_mail_address(settings.smtp_from)))
        return invalid_because("settings.smtp", settings.smtp_url);
    if (settings.readers < 1 || settings.readers > 64)
        return invalid("settings.readers");
    return {};
}

}
