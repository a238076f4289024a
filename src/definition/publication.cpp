#include "definition/publication.hpp"
#include "core/embedded.hpp"
#include "definition/clock_file.hpp"
#include "journal/journal.hpp"
#include "storage/checksum.hpp"
#include "storage/sql_text.hpp"
#include <algorithm>
#include <fmt/format.h>

namespace kpuhub::definition {

using storage::Query;

namespace {

constexpr Query publication_lock { "definition.publication_lock", "SELECT pg_advisory_xact_lock(4242170016)" };
constexpr Query all_texts { "definition.texts", "SELECT register, version, body, hash FROM register_definition ORDER BY id" };
constexpr Query insert_text { "definition.insert_text", R"sql(
    INSERT INTO register_definition (register, version, body, hash, published_by, published_at) VALUES ($1, $2, $3, $4, $5, $6) )sql" };
constexpr Query insert_migration { "definition.insert_migration", R"sql(
    INSERT INTO migration (name, checksum, origin, applied_at) VALUES ($1, $2, 'definition', $3) )sql" };
constexpr Query applied { "definition.applied", "SELECT name FROM migration WHERE origin = 'definition'" };
constexpr Query one_text { "definition.text", "SELECT body FROM register_definition WHERE register = $1 AND version = $2" };
constexpr Query newest_versions { "definition.newest", R"sql(
    SELECT register, max(version) FROM register_definition GROUP BY register ORDER BY register )sql" };
constexpr Query newest_texts { "definition.newest_texts", R"sql(
    SELECT d.register, d.version, d.body FROM register_definition d
     WHERE d.version = (SELECT max(n.version) FROM register_definition n WHERE n.register = d.register) ORDER BY d.register )sql" };

/// The registers that stand in the database, newest version each.
struct Standing {
    std::map<std::string, Register, std::less<>> registers;
    std::set<std::string, std::less<>> hashes;
    KnownNames names { known_roles(), {}, {} };

    void add(Register made, std::string hash)
    {
        names.registers.insert(made.id);
        hashes.insert(std::move(hash));
        auto id = made.id;
        registers.insert_or_assign(id, std::move(made));
    }
};

Result<Standing> standing(storage::Reader& reader)
{
    Standing found;
    for (auto const& row : reader.query(all_texts))
        found.add(TRY(load_register(row.text(0), row.text(2), found.names)), row.text(3));
    return found;
}

std::string migration_name(Register const& made) { return fmt::format("definition.{}.{}", made.id, made.version); }

/// Reads and compares one file; nothing is written. The register is added to what stands.
Result<Published> plan(Standing& standing, RegisterText const& file)
{
    auto hash = storage::sha256_hex(file.text);
    auto names = standing.names;
    names.rules = known_rules();
    auto made = TRY(load_register(file.file, file.text, names));
    Published outcome { made.id, made.version, false, false, {}, {} };
    if (standing.hashes.contains(hash))
        return outcome;
    outcome.changed = true;
    auto before = standing.registers.find(made.id);
    outcome.first = before == standing.registers.end();
    if (!outcome.first)
        outcome.changes = TRY(compare(file.file, before->second, made));
    outcome.statements = statements_for(made, outcome.first ? nullptr : &before->second);
    standing.add(std::move(made), std::move(hash));
    return outcome;
}

void run_statements(storage::Transaction& transaction, bool sqlite, Register const& made, std::vector<std::string> const& statements,
    time::Instant at)
{
    std::string all;
    for (auto const& statement : statements) {
        auto text = sqlite ? storage::as_sqlite(statement) : statement;
        transaction.execute(Query { "definition.make_table", text });
        all += statement + ";\n";
    }
    transaction.execute(insert_migration, migration_name(made), storage::sha256_hex(all), at);
}

}

Result<std::vector<Published>> preview(storage::Database& database, std::vector<RegisterText> const& files)
{
    return database.read([&](storage::Reader& reader) -> Result<std::vector<Published>> {
        auto stands = TRY(standing(reader));
        std::vector<Published> outcomes;
        for (auto const& file : files)
            outcomes.push_back(TRY(plan(stands, file)));
        return outcomes;
    });
}

Result<std::vector<Published>> publish(storage::Database& database, journal::Act const& act, std::vector<RegisterText> const& files,
    PublicationListener const& listener)
{
    bool sqlite = database.engine() == storage::Engine::Sqlite;
    return database.write([&](storage::Transaction& transaction) -> Result<std::vector<Published>> {
        if (!sqlite)
            transaction.query(publication_lock);
        auto stands = TRY(standing(transaction));
        std::vector<Published> outcomes;
        for (auto const& file : files) {
            auto outcome = TRY(plan(stands, file));
            if (outcome.changed) {
                auto const& made = stands.registers.at(outcome.id);
                auto hash = storage::sha256_hex(file.text);
                run_statements(transaction, sqlite, made, outcome.statements, act.at);
                transaction.execute(insert_text, made.id, made.version, file.text, hash, act.actor, act.at);
                listener(transaction, made);
                journal::write(transaction, act,
                    { "definition.published", {}, {}, { { "register", made.id }, { "version", std::to_string(made.version) }, { "hash", hash } } });
            }
            outcomes.push_back(std::move(outcome));
        }
        return outcomes;
    });
}

Result<int> replay(storage::Database& database, time::Instant now, PublicationListener const& listener)
{
    bool sqlite = database.engine() == storage::Engine::Sqlite;
    return database.write([&](storage::Transaction& transaction) -> Result<int> {
        std::set<std::string> present;
        for (auto const& row : transaction.query(applied))
            present.insert(row.text(0));
        int ran = 0;
        Standing stands;
        for (auto const& row : transaction.query(all_texts)) {
            auto made = TRY(load_register(row.text(0), row.text(2), stands.names));
            auto before = stands.registers.find(made.id);
            if (!present.contains(migration_name(made))) {
                run_statements(transaction, sqlite, made, statements_for(made, before == stands.registers.end() ? nullptr : &before->second), now);
                listener(transaction, made);
                ++ran;
            }
            stands.add(std::move(made), row.text(3));
        }
        return ran;
    });
}

std::vector<RegisterText> published_texts(storage::Reader& reader)
{
    std::vector<RegisterText> texts;
    for (auto const& row : reader.query(all_texts))
        texts.push_back({ fmt::format("{}.{}.yaml", row.text(0), row.integer(1)), row.text(2) });
    return texts;
}

/// The registers that a file refers to, without checking it.
static std::vector<std::string> references_of(Node const& root)
{
    std::vector<std::string> found;
    for (auto const& [id, field] : root["fields"].entries)
        if (field.has("register"))
            found.push_back(field["register"].text);
    return found;
}

std::vector<RegisterText> shipped_registers()
{
    std::vector<std::pair<RegisterText, Node>> waiting;
    std::vector<RegisterText> ordered;
    std::set<std::string> there;
    for (auto const& file : embedded_files())
        if (file.path.starts_with("definitions/registers/") && file.path.ends_with(".yaml"))
            waiting.push_back({ { std::string { file.path }, std::string { file.bytes } }, parse(file.path, file.bytes).value_or(Node {}) });
    for (bool more = true; more;) {
        auto ready = std::ranges::find_if(waiting, [&](auto const& each) {
            auto references = references_of(each.second);
            return std::ranges::all_of(references, [&](auto const& id) { return there.contains(id) || id == each.second["id"].text; });
        });
        more = ready != waiting.end();
        if (more) {
            there.insert(ready->second["id"].text);
            ordered.push_back(std::move(ready->first));
            waiting.erase(ready);
        }
    }
    for (auto& each : waiting)      // what refers to nothing known is told by publishing it
        ordered.push_back(std::move(each.first));
    return ordered;
}

std::shared_ptr<Register const> Shelf::kept_one(std::string const& id, int version)
{
    std::lock_guard lock { m_mutex };
    auto const kept = m_kept.find({ id, version });
    return kept == m_kept.end() ? nullptr : kept->second;
}

Result<std::shared_ptr<Register const>> Shelf::find(storage::Reader& reader, std::string const& id, int version)
{
    if (auto kept = kept_one(id, version))
        return kept;
    auto row = reader.first(one_text, id, version);
    if (!row)
        return not_found();
    auto made = keep(id, version, row->text(0));
    if (!made)
        return broken("a published register does not load: " + id);
    return made;
}

std::vector<std::shared_ptr<Register const>> Shelf::newest(storage::Reader& reader)
{
    std::vector<std::shared_ptr<Register const>> found;
    auto const versions = reader.query(newest_versions);
    for (auto const& row : versions)
        if (auto kept = kept_one(row.text(0), static_cast<int>(row.integer(1))))
            found.push_back(std::move(kept));
    if (found.size() == versions.size())
        return found;
    found.clear();
    for (auto const& row : reader.query(newest_texts))
        if (auto made = keep(row.text(0), static_cast<int>(row.integer(1)), row.text(2)))
            found.push_back(std::move(made));
    return found;
}

std::shared_ptr<Register const> Shelf::keep(std::string const& id, int version, std::string const& text)
{
    if (auto kept = kept_one(id, version))
        return kept;
    // what it refers to and its roles were checked when it was published
    KnownNames names { known_roles(), {} };
    if (auto root = parse(id, text))
        for (auto const& other : references_of(*root))
            names.registers.insert(other);
    auto made = load_register(id, text, names);
    if (!made)
        return nullptr;
    auto shared = std::make_shared<Register const>(std::move(*made));
    std::lock_guard lock { m_mutex };
    return m_kept.try_emplace({ id, version }, std::move(shared)).first->second;
}

}
