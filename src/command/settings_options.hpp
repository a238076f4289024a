#pragma once
#include "command/settings.hpp"
#include <CLI/CLI.hpp>
#include <memory>

namespace kpuhub::command {

/// The options that every command shares: --settings FILE, --data, --database, and those of serve. What is given on the
/// command line wins over the file.
class SettingsOptions {
public:
    /// Adds the options to the command; `serving` adds those that only serve knows.
    SettingsOptions(CLI::App& command, bool serving = false);

    /// The file, then the options given, then the checks of check_settings. Errors: Invalid with the line or option.
    [[nodiscard]] Result<Settings> read() const;

private:
    CLI::App& m_command;
    std::string m_file;
    Settings m_given;
};

}
