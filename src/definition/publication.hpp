#pragma once
#include "definition/register_change.hpp"
#include "journal/act.hpp"
#include "storage/database.hpp"
#include <functional>
#include <memory>
#include <mutex>
#include <map>

namespace kpuhub::definition {

/// A file that is to be published.
struct RegisterText {
    std::string file;                   ///< only named in faults
    std::string text;
};

/// What publishing did or would do with one file.
struct Published {
    std::string id;
    int version = 0;
    bool changed = false;               ///< false: this very text is published already
    bool first = false;                 ///< a new register
    std::vector<Change> changes;
    std::vector<std::string> statements;    ///< the generated DDL
};

/// Runs inside the transaction that publishes, once for each register that changed (record/ writes its permissions there).
using PublicationListener = std::function<void(storage::Transaction&, Register const&)>;

/// Publishes files in the given order as far as each needs only earlier ones, all or nothing, under one lock. The DDL is
/// recorded in the migration table, the texts in register_definition. The same text again changes nothing.
/// Errors: Invalid with file and line (load_register, compare).
Result<std::vector<Published>> publish(storage::Database&, journal::Act const&, std::vector<RegisterText> const&, PublicationListener const&);

/// The same without writing anything.
Result<std::vector<Published>> preview(storage::Database&, std::vector<RegisterText> const&);

/// Makes the tables of published definitions that this database does not have (a restored or copied one): in order of version, each
/// as publishing did. Returns how many ran.
Result<int> replay(storage::Database&, time::Instant now, PublicationListener const&);

/// The published texts, all versions, in order of publication.
std::vector<RegisterText> published_texts(storage::Reader&);

/// The files of definitions/registers/ compiled into the program, those first that others refer to.
std::vector<RegisterText> shipped_registers();

/// Published registers as values, read once for each version and kept; they never change. Threads share one.
class Shelf {
public:
    /// Errors: NotFound when there is none of that id and version.
    Result<std::shared_ptr<Register const>> find(storage::Reader&, std::string const& id, int version);
    /// The newest version of each register, by id. One statement, when all of them were read before, otherwise two.
    std::vector<std::shared_ptr<Register const>> newest(storage::Reader&);

private:
    std::shared_ptr<Register const> kept_one(std::string const& id, int version);
    std::shared_ptr<Register const> keep(std::string const& id, int version, std::string const& text);
    std::mutex m_mutex;
    std::map<std::pair<std::string, int>, std::shared_ptr<Register const>> m_kept;     ///< guarded by m_mutex
};

}
