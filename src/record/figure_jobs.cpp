#include "record/figure_jobs.hpp"
#include "indicator/wrong_units.hpp"
#include "record/record_source.hpp"
#include "storage/earlier_writes.hpp"
#include <nlohmann/json.hpp>

namespace kpuhub::record {

using storage::Query;

namespace {

constexpr std::string_view rebuild_kind = "indicator.rebuild";
constexpr int piece = 200;                          // some 10 ms of the writer on SQLite

constexpr Query hold_piece { "record.hold_piece", R"sql(
    UPDATE subject SET version = version WHERE kind = $1 AND id > $2 AND id <= $3 )sql" };
constexpr Query built { "indicator.built", "SELECT indicator, version FROM indicator_build" };
constexpr Query note_built { "indicator.note_built", R"sql(
    INSERT INTO indicator_build (indicator, version, built_at) VALUES ($1, $2, $3)
    ON CONFLICT (indicator) DO UPDATE SET version = excluded.version, built_at = excluded.built_at )sql" };
constexpr Query of_other_kinds { "indicator.of_other_kinds", R"sql(
    SELECT DISTINCT c.subject_id FROM contribution c JOIN subject s ON s.id = c.subject_id
     WHERE c.indicator = $1 AND s.kind <> $2 AND s.kind <> $3 LIMIT $4 )sql" };
constexpr Query tallied_units { "indicator.tallied_units", "SELECT DISTINCT unit_id FROM tally WHERE indicator = $1 ORDER BY 1" };
constexpr Query all_units { "indicator.all_units", "SELECT id FROM unit ORDER BY id" };
constexpr Query is_published { "indicator.is_published", "SELECT version FROM indicator_definition WHERE indicator = $1 LIMIT 1" };
constexpr Query count_kind { "record.count_kind", "SELECT count(*) FROM subject WHERE kind = $1" };

struct Rebuild : Rebuilding {
    IndicatorRef made;
    std::function<bool(std::int64_t, std::int64_t)> const& progress;
    std::int64_t done = 0, all = 0, wrong = 0;

    /// A new record that another version counted is seen by nobody until its writer ends: a rebuild before that would pass it by.
    Result<void> await_writers() const
    {
        constexpr std::chrono::seconds patience { 1 };
        while (!TRY(storage::earlier_writes_ended(database, patience)))
            if (!progress(done, all))
                return conflict("job.taken");
        return {};
    }

    /// All records of one register.
    Result<void> count_register(definition::Register const& counted)
    {
        FigureKeeper keeper { shelf };
        all += TRY(database.read([&](storage::Reader& reader) -> Result<std::int64_t> { return reader.first(count_kind, counted.table())->integer(0); }));
        for (SubjectId last {};;) {
            auto const ids = TRY(database.read([&](storage::Reader& reader) -> Result<std::vector<SubjectId>> { return record_ids(reader, counted, {}, last, piece); }));
            if (ids.empty())
                return {};
            wrong += TRY(database.write([&](storage::Transaction& transaction) -> Result<std::int64_t> {
                // the one writer of SQLite holds everything already
                if (database.engine() == storage::Engine::Postgres)
                    transaction.execute(hold_piece, counted.table(), last.value, ids.back());
                return keeper.count_again(transaction, counted, ids, made->id);
            }));
            last = ids.back();
            done += static_cast<std::int64_t>(ids.size());
            if (!progress(done, all))
                return conflict("job.taken");
        }
    }

    /// What is left of registers that are counted no more.
    Result<void> drop_others(std::vector<std::string> kinds)
    {
        kinds.resize(2);
        for (;;) {
            // Found while others write: all contributions are looked at.
            auto const ids = TRY(database.read([&](storage::Reader& reader) -> Result<std::vector<SubjectId>> {
                std::vector<SubjectId> found;
                for (auto const& row : reader.query(of_other_kinds, made->id, kinds[0], kinds[1], piece))
                    found.push_back(row.id<SubjectTag>(0));
                return found;
            }));
            if (ids.empty())
                return {};
            TRY_VOID(database.write([&](storage::Transaction& transaction) -> Result<void> {
                indicator::replace_contributions(transaction, ids, { made->id }, {});
                return {};
            }));
            wrong += static_cast<std::int64_t>(ids.size());
            if (ids.size() < piece)
                return {};
            if (!progress(done, all))
                return conflict("job.taken");
        }
    }

    /// Keys and tallies of the units where they are wrong; what does not come from records is compared everywhere.
    Result<void> mend_units()
    {
        auto const other = std::ranges::find(others, std::string_view { made->id }, &indicator::Source::indicator);
        bool const from_records = other == others.end();
        auto const units = TRY(database.read([&](storage::Reader& reader) -> Result<std::vector<UnitId>> {
            if (from_records)
                return indicator::wrong_units(reader, made->id);
            std::vector<UnitId> found;
            for (auto const& row : reader.query(tallied_units, made->id))
                found.push_back(row.id<UnitTag>(0));
            return found;
        }));
        for (auto unit : units) {
            wrong += TRY(database.write([&](storage::Transaction& transaction) -> Result<std::int64_t> {
                return from_records ? indicator::mend_unit(transaction, made->id, unit) : indicator::rebuild(transaction, **other, unit);
            }));
            if (!progress(done, all))
                return conflict("job.taken");
        }
        return {};
    }
};

Result<IndicatorRef> newest_of(storage::Database& database, definition::IndicatorShelf& shelf, std::string const& id)
{
    return database.read([&](storage::Reader& reader) -> Result<IndicatorRef> {
        for (auto const& made : shelf.newest(reader))
            if (made->id == id)
                return made;
        return not_found();
    });
}

}

Result<std::int64_t> rebuild_indicator(Rebuilding const& with, std::string const& indicator, std::function<bool(std::int64_t, std::int64_t)> const& progress)
{
    auto const made = TRY(newest_of(with.database, with.shelf, indicator));
    Rebuild work { with, made, progress };
    TRY_VOID(work.await_writers());
    auto const registers = TRY(with.database.read([&](storage::Reader& reader) -> Result<std::vector<std::shared_ptr<definition::Register const>>> {
        return with.shelf.registers().newest(reader);
    }));
    std::vector<std::string> kinds;
    for (auto const& each : registers)
        if (counts(*made, each->id)) {
            kinds.push_back(each->table());
            TRY_VOID(work.count_register(*each));
        }
    TRY_VOID(work.drop_others(kinds));
    TRY_VOID(work.mend_units());
    auto const now = with.clock.now();
    TRY_VOID(with.database.write([&](storage::Transaction& transaction) -> Result<void> {
        transaction.execute(note_built, made->id, made->version, now);
        return {};
    }));
    return work.wrong;
}

/// The indicators whose newest version has not been counted yet.
static std::vector<std::string> not_built(storage::Reader& reader, definition::IndicatorShelf& shelf)
{
    std::map<std::string, int> versions;
    for (auto const& row : reader.query(built))
        versions[row.text(0)] = static_cast<int>(row.integer(1));
    std::vector<std::string> found;
    for (auto const& made : shelf.newest(reader))
        if (versions[made->id] != made->version)
            found.push_back(made->id);
    return found;
}

namespace {

/// One run of the job.
struct RebuildRun : Rebuilding {
    job::Workshop& workshop;
    job::Job const& work;
    std::int64_t before = 0, last = 0;

    bool tell(std::int64_t done, std::int64_t all)
    {
        last = before + done;
        auto const kept = database.write([&, now = clock.now()](storage::Transaction& transaction) -> Result<bool> {
            return job::progress(transaction, work, last, before + all, now);
        });
        return kept && *kept && !workshop.stopping();
    }

    Result<void> one(std::string const& id)
    {
        auto told = rebuild_indicator(*this, id, [&](std::int64_t done, std::int64_t all) { return tell(done, all); });
        before = last;
        if (!told && told.error().kind != FaultKind::NotFound)      // retired meanwhile: nothing to do
            return fail(told.error());
        return {};
    }

    /// What does not come from records, office by office.
    Result<void> other_sources()
    {
        auto const units = TRY(database.read([](storage::Reader& reader) -> Result<std::vector<UnitId>> {
            std::vector<UnitId> found;
            for (auto const& row : reader.query(all_units))
                found.push_back(row.id<UnitTag>(0));
            return found;
        }));
        for (auto const* source : others)
            for (std::size_t at = 0; at < units.size(); ++at) {
                TRY(database.write([&](storage::Transaction& transaction) -> Result<std::int64_t> { return indicator::rebuild(transaction, *source, units[at]); }));
                if (at % 20 == 0 && !tell(static_cast<std::int64_t>(at), static_cast<std::int64_t>(units.size())))
                    return conflict("job.taken");
            }
        before = last;
        return {};
    }

    Result<void> run()
    {
        auto const payload = nlohmann::json::parse(work.payload, nullptr, false);
        if (payload.is_discarded())
            return broken("payload of indicator.rebuild");
        auto const wanted = payload.value("indicator", std::string {});
        bool const all = payload.value("all", false);
        auto const ids = TRY(database.read([&](storage::Reader& reader) -> Result<std::vector<std::string>> {
            if (!wanted.empty())
                return std::vector { wanted };
            std::vector<std::string> every;
            for (auto const& made : shelf.newest(reader))
                every.push_back(made->id);
            return all ? every : not_built(reader, shelf);
        }));
        if (all)
            TRY_VOID(other_sources());
        for (auto const& id : ids)
            TRY_VOID(one(id));
        return {};
    }
};

}

void register_rebuild(job::Workshop& workshop, Rebuilding with)
{
    workshop.add(std::string { rebuild_kind }, [&workshop, with = std::move(with)](job::Job const& work) -> Result<void> {
        RebuildRun run { with, workshop, work };
        auto done = run.run();
        if (!done && workshop.stopping())
            return job::stopped();
        return done;
    });
}

Result<JobId> ask_for_recount(storage::Transaction& transaction, std::string const& indicator, time::Instant now)
{
    if (!indicator.empty() && !transaction.first(is_published, indicator))
        return not_found("indicator.unknown");
    auto const payload = indicator.empty() ? nlohmann::json { { "all", true } } : nlohmann::json { { "indicator", indicator } };
    return job::enqueue(transaction, rebuild_kind, payload.dump(), {}, {}, now);
}

Result<bool> ask_for_rebuilds(storage::Database& database, definition::IndicatorShelf& shelf, time::Instant now)
{
    auto const wanted = TRY(database.read([&](storage::Reader& reader) -> Result<bool> {
        return !not_built(reader, shelf).empty() && job::unfinished(reader, rebuild_kind, {}).all == 0;
    }));
    if (!wanted)
        return false;
    return database.write([&](storage::Transaction& transaction) -> Result<bool> {
        job::enqueue(transaction, rebuild_kind, "{}", {}, {}, now);
        return true;
    });
}

}
