#include "command/settings_options.hpp"
#include <fstream>
#include <sstream>

namespace kpuhub::command {

SettingsOptions::SettingsOptions(CLI::App& command, bool serving)
    : m_command(command)
{
    command.add_option("--settings", m_file, "berkas pengaturan YAML / settings file");
    command.add_option("--data", m_given.data, "folder data / data folder");
    command.add_option("--database", m_given.database, "postgresql://... (bawaan / default: SQLite)");
    command.add_option("--sandbox", m_given.sandbox, "required, try (bawaan / default: required)");
    if (!serving)
        return;
    command.add_option("--listen", m_given.listen, "alamat:port / address:port");
    command.add_option("--status-listen", m_given.status_listen, "loopback: /readyz, /metrics");
    command.add_option("--public-url", m_given.public_url, "https://...");
    command.add_option("--push", m_given.push, "on, off: pemberitahuan peramban / messages to browsers");
    command.add_option("--log-level", m_given.log_level, "debug, info, warn");
    command.add_option("--today", m_given.today, "hari peragaan / day of the demonstration: 2026-06-15");
    command.add_flag("--demo", m_given.demo, "data peragaan, hanya loopback / demonstration data, loopback only");
}

static Result<Settings> read_file(std::string const& file)
{
    if (file.empty())
        return Settings {};
    std::ifstream stream(file);
    if (!stream)
        return invalid_because("settings.file", file);
    std::ostringstream text;
    text << stream.rdbuf();
    return read_settings(text.str());
}

Result<Settings> SettingsOptions::read() const
{
    auto settings = TRY(read_file(m_file));
    auto take = [&](char const* name, auto member) {
        if (auto const* option = m_command.get_option_no_throw(name); option != nullptr && option->count() > 0)
            settings.*member = m_given.*member;
    };
    take("--data", &Settings::data);
    take("--database", &Settings::database);
    take("--sandbox", &Settings::sandbox);
    take("--listen", &Settings::listen);
    take("--status-listen", &Settings::status_listen);
    take("--public-url", &Settings::public_url);
    take("--push", &Settings::push);
    take("--log-level", &Settings::log_level);
    take("--today", &Settings::today);
    take("--demo", &Settings::demo);
    TRY_VOID(check_settings(settings));
    return settings;
}

}
