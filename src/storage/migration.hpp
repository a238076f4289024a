#pragma once
#include "storage/database.hpp"
#include <string>
#include <vector>

namespace kpuhub::storage {

/// A schema file as one engine runs it.
struct Migration {
    std::string name;                       ///< file name without ".sql"; "<name>.sqlite" for one engine only
    std::string checksum;                   ///< SHA-256 of the file as written, in hexadecimal
    std::vector<std::string> statements;
};

/// The files that concern the engine, by name: "name.sql" for both, "name.sqlite.sql" or "name.postgres.sql" for one.
std::vector<Migration> migrations_for(Engine, std::vector<SchemaText> const&);

/// The files of migrations/ compiled into the program.
std::vector<SchemaText> compiled_schema();

/// Brings the database to the schema of these files (nothing = the compiled-in ones), each in one transaction with
/// its line in the table "migration"; returns how many ran. Killed anywhere, the next call goes on.
/// Errors: Conflict "storage.schema_changed" when a file that ran has other bytes now, "storage.schema_newer" when
/// the database knows a file that the program does not; Broken when a statement fails. (security.md 18)
Result<int> run_migrations(Database&, std::optional<std::vector<SchemaText>> const&);

/// How many files run_migrations would run now. Errors: as there.
Result<int> pending_migrations(Database&, std::optional<std::vector<SchemaText>> const&);

/// Name of the last schema file that ran; empty for a new database.
Result<std::string> schema_version(Database&);

}
