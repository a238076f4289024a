#include "decree/import_store.hpp"
#include "decree/draft_json.hpp"
#include "organization/access.hpp"

namespace kpuhub::decree {

using storage::Query;

#define IMPORT_COLUMNS \
    "i.subject_id, i.unit_id, u.code, n.name, s.state, s.version, i.year, i.file_name, i.blob_hash, i.fault, i.plan_id," \
    " p.name, i.changed_at, i.started_at, CASE WHEN " KPUHUB_MAY("i.unit_id", "'plan.manage'") " THEN 1 ELSE 0 END"
#define IMPORT_TABLES \
    " FROM decree_import i JOIN subject s ON s.id = i.subject_id JOIN unit u ON u.id = i.unit_id" \
    " JOIN unit_name n ON n.unit_id = u.id AND n.valid_from = (SELECT max(m.valid_from) FROM unit_name m WHERE m.unit_id = u.id)" \
    " JOIN person p ON p.id = i.changed_by"

constexpr Query insert_row { "decree.insert_import", R"sql(
    INSERT INTO decree_import (subject_id, unit_id, file_name, blob_hash, started_by, started_at, changed_by, changed_at)
    VALUES ($1, $2, $3, $4, $5, $6, $5, $6) )sql" };
constexpr Query import_by_id { "decree.import_by_id",
    "SELECT " IMPORT_COLUMNS IMPORT_TABLES " WHERE i.subject_id = $3 AND " KPUHUB_MAY("i.unit_id", "'plan.read'") };
constexpr Query review_by_id { "decree.review_by_id",
    "SELECT " IMPORT_COLUMNS ", i.draft, i.original" IMPORT_TABLES " WHERE i.subject_id = $3 AND " KPUHUB_MAY("i.unit_id", "'plan.read'") };
constexpr Query imports_by_unit { "decree.imports_of",
    "SELECT " IMPORT_COLUMNS IMPORT_TABLES " WHERE i.unit_id = $3 AND s.state <> 'discarded' AND "
    KPUHUB_MAY("i.unit_id", "'plan.read'") " ORDER BY i.started_at DESC LIMIT 50" };
constexpr Query write_original { "decree.save_original", R"sql(
    UPDATE decree_import SET original = $2, draft = $3, year = $4, fault = '', changed_at = $5 WHERE subject_id = $1 )sql" };
constexpr Query write_draft { "decree.save_draft", R"sql(
    UPDATE decree_import SET draft = $2, changed_by = $3, changed_at = $4 WHERE subject_id = $1 )sql" };
constexpr Query write_fault { "decree.save_fault", "UPDATE decree_import SET fault = $2, changed_at = $3 WHERE subject_id = $1" };
constexpr Query write_plan { "decree.save_plan", "UPDATE decree_import SET plan_id = $2, year = $3 WHERE subject_id = $1" };
constexpr Query read_draft { "decree.draft", "SELECT draft FROM decree_import WHERE subject_id = $1" };
constexpr Query read_original { "decree.original", "SELECT original FROM decree_import WHERE subject_id = $1" };
constexpr Query insert_decision { "decree.insert_step", R"sql(
    INSERT INTO decree_decision (import_id, step, decision, rows, decided_by, decided_at)
    SELECT $1, COALESCE((SELECT max(d.step) FROM decree_decision d WHERE d.import_id = $1), 0) + 1, $2, $3, $4, $5
    RETURNING step )sql" };
constexpr Query undo_decision { "decree.undo_step", R"sql(
    UPDATE decree_decision SET undone = 1 WHERE import_id = $1 AND step = $2 AND undone = 0 )sql" };
constexpr Query list_decisions { "decree.steps", R"sql(
    SELECT d.step, d.decision, d.rows, p.name, d.decided_at, d.undone
      FROM decree_decision d JOIN person p ON p.id = d.decided_by WHERE d.import_id = $1 ORDER BY d.step )sql" };

static Import import_of(storage::Row const& row)
{
    Import found { row.id<ImportTag>(0), row.id<UnitTag>(1), row.text(2), row.text(3), row.text(4), row.integer(5),
        static_cast<int>(row.optional_integer(6).value_or(0)), row.text(7), row.text(8), row.text(9), row.id<PlanTag>(10),
        row.text(11), row.instant(12), row.instant(13), row.yes(14) };
    return found;
}

ImportId insert_import(storage::Transaction& transaction, SubjectId subject, UnitId unit, std::string const& file_name,
    std::string const& blob_hash, journal::Act const& act)
{
    transaction.execute(insert_row, subject, unit, file_name, blob_hash, act.actor, act.at);
    return { subject.value };
}

Result<Import> find_import(storage::Reader& reader, PersonId person, time::Date today, ImportId id)
{
    auto row = reader.first(import_by_id, person, today, id);
    if (!row)
        return not_found();
    return import_of(*row);
}

std::vector<Import> imports_of(storage::Reader& reader, PersonId person, time::Date today, UnitId unit)
{
    std::vector<Import> found;
    for (auto const& row : reader.query(imports_by_unit, person, today, unit))
        found.push_back(import_of(row));
    return found;
}

void save_original(storage::Transaction& transaction, ImportId id, Draft const& draft, time::Instant at)
{
    auto year = draft.decree.year == 0 ? std::optional<std::int64_t> {} : std::optional<std::int64_t> { draft.decree.year };
    transaction.execute(write_original, id, to_json(draft, true), to_json(draft, false), year, at);
}

void save_draft(storage::Transaction& transaction, ImportId id, Draft const& draft, journal::Act const& act)
{
    transaction.execute(write_draft, id, to_json(draft, false), act.actor, act.at);
}

void save_fault(storage::Transaction& transaction, ImportId id, std::string_view key, time::Instant at)
{
    transaction.execute(write_fault, id, key, at);
}

void save_plan(storage::Transaction& transaction, ImportId id, PlanId plan, int year) { transaction.execute(write_plan, id, plan, year); }

static Result<Draft> parsed(std::optional<storage::Row> row)
{
    if (!row || row->text(0).empty())
        return not_found();
    return from_json(row->text(0));
}

Result<Draft> draft_of(storage::Reader& reader, ImportId id) { return parsed(reader.first(read_draft, id)); }
Result<Draft> original_of(storage::Reader& reader, ImportId id) { return parsed(reader.first(read_original, id)); }

Result<Review> find_review(storage::Reader& reader, PersonId person, time::Date today, ImportId id)
{
    constexpr int draft = 15, original = 16;
    auto row = reader.first(review_by_id, person, today, id);
    if (!row)
        return not_found();
    Review found { import_of(*row), {} };
    if (!row->text(draft).empty()) {
        auto now = TRY(from_json(row->text(draft)));
        auto first = TRY(from_json(row->text(original)));
        found.drafts = Drafts { std::move(now), std::move(first) };
    }
    return found;
}

std::int64_t insert_step(storage::Transaction& transaction, ImportId id, Edit const& decision, int rows, journal::Act const& act)
{
    return transaction.first(insert_decision, id, to_json(decision), rows, act.actor, act.at)->integer(0);
}

bool mark_undone(storage::Transaction& transaction, ImportId id, std::int64_t step)
{
    return transaction.execute(undo_decision, id, step) == 1;
}

std::vector<Step> steps_of(storage::Reader& reader, ImportId id)
{
    std::vector<Step> steps;
    for (auto const& row : reader.query(list_decisions, id))
        if (auto decision = edit_from_json(row.text(1)))
            steps.push_back({ row.integer(0), *decision, row.integer(2), row.text(3), row.instant(4), row.yes(5) });
    return steps;
}

}
