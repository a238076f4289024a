#include "definition/indicator_publication.hpp"
#include "core/embedded.hpp"
#include "journal/journal.hpp"
#include "storage/checksum.hpp"
#include <algorithm>
#include <fmt/format.h>

namespace kpuhub::definition {

using storage::Query;

namespace {

constexpr Query publication_lock { "definition.publication_lock", "SELECT pg_advisory_xact_lock(4242170016)" };
constexpr Query all_texts { "definition.indicator_texts", "SELECT indicator, version, body, hash FROM indicator_definition ORDER BY id" };
constexpr Query insert_text { "definition.insert_indicator", R"sql(
    INSERT INTO indicator_definition (indicator, version, body, hash, published_by, published_at) VALUES ($1, $2, $3, $4, $5, $6) )sql" };
constexpr Query one_text { "definition.indicator_text", "SELECT body FROM indicator_definition WHERE indicator = $1 AND version = $2" };
constexpr Query revision_now { "definition.indicator_revision", "SELECT " KPUHUB_INDICATOR_REVISION };
constexpr Query newest_texts { "definition.newest_indicators", R"sql(
    SELECT d.indicator, d.version, d.body FROM indicator_definition d
     WHERE d.version = (SELECT max(n.version) FROM indicator_definition n WHERE n.indicator = d.indicator) ORDER BY d.indicator )sql" };

using Registers = std::vector<std::shared_ptr<Register const>>;

FindRegister among(Registers const& registers)
{
    return [&registers](std::string_view id) -> Register const* {
        auto found = std::ranges::find_if(registers, [&](auto const& each) { return each->id == id; });
        return found == registers.end() ? nullptr : found->get();
    };
}

/// The indicators that stand in the database: newest version and text of each.
struct StandingIndicators {
    Registers registers;
    std::map<std::string, std::pair<int, std::string>, std::less<>> newest;
    std::set<std::string, std::less<>> hashes;
};

StandingIndicators standing_indicators(storage::Reader& reader)
{
    Shelf shelf;
    StandingIndicators found { shelf.newest(reader), {}, {} };
    for (auto const& row : reader.query(all_texts)) {
        found.newest[row.text(0)] = { static_cast<int>(row.integer(1)), row.text(2) };
        found.hashes.insert(row.text(3));
    }
    return found;
}

/// Which keys of the file differ from those of the version before.
std::vector<Change> changed_keys(std::string const& before, std::string const& now)
{
    auto old = parse("", before).value_or(Node {}), text = parse("", now).value_or(Node {});
    std::vector<Change> changes;
    auto same = [](auto const& self, Node const& a, Node const& b) -> bool {
        auto pair_same = [&](auto const& x, auto const& y) { return x.first == y.first && self(self, x.second, y.second); };
        return a.kind == b.kind && a.text == b.text && std::ranges::equal(a.items, b.items, [&](auto const& x, auto const& y) { return self(self, x, y); })
            && std::ranges::equal(a.entries, b.entries, pair_same);
    };
    for (auto const& [key, node] : text.entries)
        if (!old.has(key))
            changes.push_back({ Change::Kind::Added, key });
        else if (!same(same, old[key], node))
            changes.push_back({ Change::Kind::Altered, key });
    for (auto const& [key, node] : old.entries)
        if (!text.has(key))
            changes.push_back({ Change::Kind::Retired, key });
    return changes;
}

/// Reads and compares one file; nothing is written. The indicator is added to what stands.
Result<Published> plan_indicator(StandingIndicators& standing, RegisterText const& file, std::string const& hash)
{
    auto made = TRY(load_indicator(file.file, file.text, among(standing.registers)));
    Published outcome { made.id, made.version, false, false, {}, {} };
    if (standing.hashes.contains(hash))
        return outcome;
    outcome.changed = true;
    auto before = standing.newest.find(made.id);
    outcome.first = before == standing.newest.end();
    if (int const expected = outcome.first ? 1 : before->second.first + 1; made.version != expected) {
        Faults faults { file.file };
        faults.add(1, "definition.version_wrong", std::to_string(expected));
        return faults.failure();
    }
    if (!outcome.first)
        outcome.changes = changed_keys(before->second.second, file.text);
    standing.newest[made.id] = { made.version, file.text };
    standing.hashes.insert(hash);
    return outcome;
}

}

Result<std::vector<Published>> preview_indicators(storage::Database& database, std::vector<RegisterText> const& files)
{
    return database.read([&](storage::Reader& reader) -> Result<std::vector<Published>> {
        auto stands = standing_indicators(reader);
        std::vector<Published> outcomes;
        for (auto const& file : files)
            outcomes.push_back(TRY(plan_indicator(stands, file, storage::sha256_hex(file.text))));
        return outcomes;
    });
}

Result<std::vector<Published>> publish_indicators(storage::Database& database, journal::Act const& act, std::vector<RegisterText> const& files)
{
    bool sqlite = database.engine() == storage::Engine::Sqlite;
    return database.write([&](storage::Transaction& transaction) -> Result<std::vector<Published>> {
        if (!sqlite)
            transaction.query(publication_lock);
        auto stands = standing_indicators(transaction);
        std::vector<Published> outcomes;
        for (auto const& file : files) {
            auto hash = storage::sha256_hex(file.text);
            auto outcome = TRY(plan_indicator(stands, file, hash));
            if (outcome.changed) {
                transaction.execute(insert_text, outcome.id, outcome.version, file.text, hash, act.actor, act.at);
                journal::write(transaction, act,
                    { "definition.published", {}, {}, { { "indicator", outcome.id }, { "version", std::to_string(outcome.version) }, { "hash", hash } } });
            }
            outcomes.push_back(std::move(outcome));
        }
        return outcomes;
    });
}

std::vector<RegisterText> published_indicators(storage::Reader& reader)
{
    std::vector<RegisterText> texts;
    for (auto const& row : reader.query(all_texts))
        texts.push_back({ fmt::format("{}.{}.yaml", row.text(0), row.integer(1)), row.text(2) });
    return texts;
}

std::vector<RegisterText> shipped_indicators()
{
    std::vector<RegisterText> texts;
    for (auto const& file : embedded_files())
        if (file.path.starts_with("definitions/indicators/") && file.path.ends_with(".yaml"))
            texts.push_back({ std::string { file.path }, std::string { file.bytes } });
    return texts;
}

Result<std::shared_ptr<Indicator const>> IndicatorShelf::find(storage::Reader& reader, std::string const& id, int version)
{
    if (auto kept = kept_one(id, version))
        return kept;
    auto row = reader.first(one_text, id, version);
    if (!row)
        return not_found();
    if (auto made = keep(m_registers.newest(reader), id, version, row->text(0)))
        return made;
    return broken("a published indicator does not load: " + id);
}

std::shared_ptr<Indicator const> IndicatorShelf::kept_one(std::string const& id, int version)
{
    std::lock_guard lock { m_mutex };
    auto const kept = m_kept.find({ id, version });
    return kept == m_kept.end() ? nullptr : kept->second;
}

std::shared_ptr<Indicator const> IndicatorShelf::keep(Registers const& registers, std::string const& id, int version, std::string const& text)
{
    if (auto kept = kept_one(id, version))
        return kept;
    auto made = load_indicator(id, text, among(registers));
    if (!made)
        return nullptr;
    for (auto const& each : registers)
        if (each->id == made->numerator.of || (made->denominator && each->id == made->denominator->of))
            made->counted.push_back(each);
    auto shared = std::make_shared<Indicator const>(std::move(*made));
    std::lock_guard lock { m_mutex };
    return m_kept.try_emplace({ id, version }, std::move(shared)).first->second;
}

std::vector<std::shared_ptr<Indicator const>> IndicatorShelf::newest(storage::Reader& reader)
{
    return newest(reader, reader.first(revision_now)->integer(0));
}

std::vector<std::shared_ptr<Indicator const>> IndicatorShelf::newest(storage::Reader& reader, std::int64_t revision)
{
    {
        std::lock_guard lock { m_mutex };
        if (revision == m_revision)
            return m_newest;
    }
    auto const rows = reader.query(newest_texts);
    auto const registers = rows.empty() ? Registers {} : m_registers.newest(reader);
    std::vector<std::shared_ptr<Indicator const>> found;
    for (auto const& row : rows)
        if (auto made = keep(registers, row.text(0), static_cast<int>(row.integer(1)), row.text(2)); made && !made->retired)
            found.push_back(std::move(made));
    std::lock_guard lock { m_mutex };
    m_revision = revision;
    return m_newest = std::move(found);
}

}
