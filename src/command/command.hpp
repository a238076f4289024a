#pragma once
#include <CLI/CLI.hpp>
#include <functional>
#include <string>

namespace kpuhub::command {

/// Exit codes, after sysexits.h: 0 done, 64 wrong use, 65 bad input, 69 unavailable, 70 broken, 74 not durable, 78 settings.
enum ExitCode { done = 0, wrong_use = 64, bad_input = 65, not_available = 69, broken = 70, not_durable = 74, wrong_settings = 78 };

class Workplace;

/// What the chosen command will do once all options are read, and where; its value is the exit code.
using Work = std::function<int(Workplace&)>;

/// Each command adds itself to the command line; one file per command.
void add_serve(CLI::App&, Work&);
void add_migrate(CLI::App&, Work&);
void add_user(CLI::App&, Work&);
void add_unit(CLI::App&, Work&);
void add_clean_file(CLI::App&, Work&);
void add_import(CLI::App&, Work&);
void add_export(CLI::App&, Work&);
void add_issue(CLI::App&, Work&);
void add_generate(CLI::App&, Work&);
void add_backup(CLI::App&, Work&);
void add_restore(CLI::App&, Work&);
void add_verify(CLI::App&, Work&);
void add_outbox(CLI::App&, Work&);
void add_recount(CLI::App&, Work&);
void add_definitions(CLI::App&, Work&);
void add_read_file(CLI::App&, Work&);
void add_write_pdf(CLI::App&, Work&);

}
