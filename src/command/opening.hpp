#pragma once
#include "command/settings.hpp"
#include "core/result.hpp"
#include "storage/database.hpp"
#include "text/messages.hpp"
#include "time/date.hpp"
#include <memory>

namespace kpuhub::command {

/// Opens the database of the settings, brings its schema up to date and loads what every installation has: roles and the
/// unit tree. Commands that write share it. Errors: as of Database::open and migrate.
Result<std::unique_ptr<storage::Database>> open_database(Settings const&, time::Clock const&);

/// The clock of the settings: the machine's, moved for --today.
std::unique_ptr<time::Clock> make_clock(Settings const&);

/// A fault in both languages, a line each, with its detail; and the exit code of its kind.
std::string words_of(Fault const&, text::Messages const&);
int exit_code(Fault const&);

/// Writes words_of a fault to stderr and gives its exit code.
int report(Fault const&, text::Messages const&);

}
