#include "record/retention_actions.hpp"
#include "journal/journal.hpp"
#include "organization/access.hpp"
#include "record/record_store.hpp"
#include "subject/subject.hpp"
#include <nlohmann/json.hpp>

namespace kpuhub::record {

using storage::Query;

namespace {

constexpr std::string_view job_kind = "record.destroy";
constexpr std::string_view for_good = "9999-12-31";

constexpr Query add_decision { "record.retention.add", R"sql(
    INSERT INTO retention_decision (subject_id, kind, register, year, decision, reason, keep_until, rule, legal_basis, records, decided_by, decided_at)
    VALUES ($1, 'retention', $2, $3, $4, $5, $6, $7, $8, 0, $9, $10) )sql" };
constexpr Query set_records { "record.retention.set_records", "UPDATE retention_decision SET records = $2 WHERE subject_id = $1" };
constexpr Query set_judged { "record.retention.judge", "UPDATE retention_decision SET judged_by = $2, judged_at = $3 WHERE subject_id = $1" };
constexpr Query find_decision { "record.retention.find",
    "SELECT s.unit_id, s.state, d.register, d.decided_by, d.records, d.rule, d.legal_basis, d.judged_by, CASE WHEN " KPUHUB_MAY("s.unit_id", "'retention.decide'")
    " THEN 1 ELSE 0 END, CASE WHEN " KPUHUB_MAY("s.unit_id", "'retention.approve'") " THEN 1 ELSE 0 END, CASE WHEN " KPUHUB_MAY("s.unit_id", "'plan.read'")
    " THEN 1 ELSE 0 END FROM retention_decision d JOIN subject s ON s.id = d.subject_id WHERE d.subject_id = $3" };
constexpr Query list_decisions { "record.retention.list", R"sql(
    SELECT d.subject_id, s.version, d.register, d.decision, d.reason, s.state, d.year, d.keep_until, d.records,
           (SELECT count(*) FROM retention_item i WHERE i.decision_id = d.subject_id AND i.outcome = 'destroyed'),
           (SELECT count(*) FROM retention_item i WHERE i.decision_id = d.subject_id AND i.outcome = 'left'),
           d.decided_by, p.name, COALESCE(j.name, ''), d.decided_at, d.judged_at
      FROM subject s JOIN retention_decision d ON d.subject_id = s.id JOIN person p ON p.id = d.decided_by LEFT JOIN person j ON j.id = d.judged_by
     WHERE s.unit_id = $1 AND s.kind = 'retention'
     ORDER BY CASE WHEN s.state = 'proposed' THEN 0 ELSE 1 END, d.subject_id DESC LIMIT $2 )sql" };
constexpr Query next_items { "record.retention.next", R"sql(
    SELECT subject_id FROM retention_item WHERE decision_id = $1 AND outcome = '' ORDER BY subject_id LIMIT $2 )sql" };
constexpr Query set_outcome { "record.retention.outcome", "UPDATE retention_item SET outcome = $3 WHERE decision_id = $1 AND subject_id = $2" };
constexpr Query definition_of { "record.retention.definition", R"sql(
    SELECT kind, definition_version, unit_id FROM subject WHERE id = $1 AND state NOT IN ('draft', 'discarded', 'destroyed') )sql" };

constexpr Query erase_values { "record.erase_values", R"sql(
    UPDATE event_value SET salt = NULL, value = NULL WHERE value IS NOT NULL AND event_id IN (SELECT id FROM event WHERE subject_id = $1) )sql" };
constexpr Query erase_reasons { "record.erase_reasons", "UPDATE flow_step SET reason = '' WHERE subject_id = $1" };
constexpr Query erase_comments { "record.erase_comments", "DELETE FROM comment WHERE subject_id = $1" };
constexpr Query erase_intake { "record.erase_intake", "DELETE FROM record_intake WHERE subject_id = $1" };
constexpr Query erase_reads { "record.erase_reads", "DELETE FROM read_log WHERE subject_id = $1" };

std::string rule_of(definition::Register const& made) { return std::to_string(made.retention.years) + (made.retention.after_closing ? " closed" : " created"); }

Result<RegisterRef> newest(storage::Reader& reader, definition::Shelf& shelf, std::string const& register_id)
{
    for (auto const& made : shelf.newest(reader))
        if (made->id == register_id)
            return made;
    return not_found();
}

}

Result<SubjectId> decide(storage::Transaction& transaction, journal::Act const& act, definition::Shelf& shelf, NewDecision const& wanted)
{
    constexpr std::size_t longest_reason = 2000;
    auto const unit = TRY(organization::unit_by_code(transaction, wanted.unit_code, act.today));
    auto const may = organization::may_each(transaction, act.actor, act.today, unit.id, { "retention.decide", "retention.approve", "plan.read" });
    if (!may[0])
        return may[1] || may[2] ? Result<SubjectId> { forbidden("record.forbidden.retention") } : Result<SubjectId> { not_found() };
    auto const made = TRY(newest(transaction, shelf, wanted.register_id));
    if (wanted.reason.empty() || wanted.reason.size() > longest_reason)
        return invalid("record.wrong", { { "reason", "record.wrong.reason" } });
    bool const keeps = wanted.fate == Fate::Keep;
    if (keeps && wanted.keep_until && *wanted.keep_until <= act.today)
        return invalid("record.wrong", { { "keep_until", "record.retention.wrong_day" } });
    std::optional<std::string> until;
    if (keeps)
        until = wanted.keep_until ? wanted.keep_until->iso() : std::string { for_good };
    auto const id = subject::create(transaction, "retention", unit.id, std::nullopt, keeps ? "kept" : "proposed", act.at);
    transaction.execute(add_decision, id, made->id, wanted.year, keeps ? "keep" : "destroy", wanted.reason, until, rule_of(*made), made->legal_basis, act.actor, act.at);
    auto const taken = take_over(transaction, *made, wanted.year, { unit, act.today, act.at }, id, retention_limits().most_items);
    if (taken == 0 || taken != wanted.shown)
        return conflict("record.retention.changed");
    transaction.execute(set_records, id, taken);
    journal::write(transaction, act, { keeps ? "retention.kept" : "retention.proposed", id, unit.id,
        { { "register", made->id }, { "year", std::to_string(wanted.year) }, { "records", std::to_string(taken) }, { "rule", rule_of(*made) },
            { "legal_basis", made->legal_basis }, { "reason", wanted.reason } } });
    return id;
}

Result<void> judge(storage::Transaction& transaction, journal::Act const& act, SubjectId id, std::int64_t version, Judgement judgement)
{
    auto locked = subject::lock(transaction, id, version);
    auto const row = transaction.first(find_decision, act.actor, act.today, id);
    if (!row || (!row->yes(8) && !row->yes(9) && !row->yes(10)))
        return not_found();
    bool const own = row->id<PersonTag>(3) == act.actor;
    bool const withdraws = judgement == Judgement::Refuse && own && row->yes(8);
    if (!row->yes(9) && !withdraws)
        return forbidden("record.forbidden.retention");
    if (own && judgement == Judgement::Approve)
        return forbidden("record.retention.own");
    TRY_VOID(std::move(locked));
    if (row->text(1) != "proposed")
        return conflict("record.retention.judged_already");
    bool const approved = judgement == Judgement::Approve;
    transaction.execute(set_judged, id, act.actor, act.at);
    subject::set_state(transaction, id, approved ? "approved" : "refused");
    journal::write(transaction, act, { approved ? "retention.approved" : "retention.refused", id, row->id<UnitTag>(0),
        { { "register", row->text(2) }, { "records", std::to_string(row->integer(4)) } } });
    if (approved)
        job::enqueue(transaction, job_kind, nlohmann::json { { "decision", id.value } }.dump(), id, act.actor, act.at);
    return {};
}

std::vector<Decision> decisions_of(storage::Reader& reader, UnitId unit, int limit)
{
    std::vector<Decision> found;
    for (auto const& row : reader.query(list_decisions, unit, limit)) {
        Decision each { row.id<SubjectTag>(0), row.integer(1), row.text(2), row.text(3), row.text(4), row.text(5) };
        each.year = static_cast<int>(row.integer(6));
        if (auto const until = row.optional_date(7); until && until->iso() != for_good)
            each.keep_until = until;
        each.records = row.integer(8);
        each.destroyed = row.integer(9);
        each.left = row.integer(10);
        each.decided_by = row.id<PersonTag>(11);
        each.decided_by_name = row.text(12);
        each.judged_by_name = row.text(13);
        each.decided_at = row.instant(14);
        each.judged_at = row.optional_instant(15);
        found.push_back(std::move(each));
    }
    return found;
}

Result<bool> destroy(storage::Transaction& transaction, journal::Act const& act, Desk const& desk, SubjectId decision, SubjectId id)
{
    TRY_VOID(subject::lock_all(transaction, { id }));
    auto const ruled = transaction.first(find_decision, act.actor, act.today, decision);
    auto const row = transaction.first(definition_of, id);
    if (!ruled || ruled->text(1) != "approved" || !row)
        return false;
    auto const unit = TRY(organization::unit_by_id(transaction, row->id<UnitTag>(2), act.today));
    auto const made = TRY(desk.shelf.find(transaction, row->text(0).substr(2), static_cast<int>(row->integer(1))));
    auto const current = TRY(newest(transaction, desk.shelf, made->id));
    auto const record = record_for_program(transaction, *made, id);
    if (!record || !is_over(transaction, *current, { unit, act.today, act.at }, id, decision))
        return false;
    TRY_VOID(tell(transaction, act, desk.listeners, { *made, &*record, nullptr, {} }));
    auto const values = transaction.execute(erase_values, id);
    for (auto const& erase : { erase_reasons, erase_comments, erase_intake, erase_reads })
        transaction.execute(erase, id);
    delete_content(transaction, *made, id);
    subject::set_state(transaction, id, "destroyed");
    journal::write(transaction, act, { "record.destroyed", id, unit.id,
        { { "register", made->id }, { "decision", std::to_string(decision.value) }, { "rule", ruled->text(5) }, { "legal_basis", ruled->text(6) },
            { "values", std::to_string(values) }, { "decided_by", std::to_string(ruled->integer(3)) }, { "approved_by", std::to_string(ruled->integer(7)) } } });
    transaction.execute(set_outcome, decision, id, "destroyed");
    return true;
}

/// One after another, each in its own write; a stop goes on where it was.
static Result<void> carry_out(Destroying const& with, job::Workshop const& workshop, job::Job const& work)
{
    constexpr int items_at_once = 20;
    SubjectId const decision { nlohmann::json::parse(work.payload)["decision"].get<std::int64_t>() };
    for (std::int64_t done = 0;;) {
        auto const items = TRY(with.database.read([&](storage::Reader& reader) -> Result<storage::Rows> { return reader.query(next_items, decision, items_at_once); }));
        for (auto const& item : items) {
            if (workshop.stopping())
                return job::stopped();
            auto const id = item.id<SubjectTag>(0);
            auto const act = journal::make_act(work.started_by, with.clock.now(), time::date_at(with.clock.now(), time::Zone::Wib));
            auto gone = with.database.write([&](storage::Transaction& transaction) { return destroy(transaction, act, with.desk, decision, id); });
            if (!gone && gone.error().kind != FaultKind::Conflict)      // a conflict: another record refers to it
                return tl::make_unexpected(std::move(gone).error());
            if (!gone || !*gone)
                TRY(with.database.write([&](storage::Transaction& transaction) -> Result<std::int64_t> { return transaction.execute(set_outcome, decision, id, "left"); }));
            ++done;
        }
        auto const held = TRY(with.database.write([&](storage::Transaction& transaction) -> Result<bool> {
            if (items.empty())
                subject::set_state(transaction, decision, "done");
            return job::progress(transaction, work, done, 0, with.clock.now());
        }));
        if (!held)
            return conflict("job.taken");
        if (items.empty())
            return {};
    }
}

void register_destroying(job::Workshop& workshop, Destroying with)
{
    workshop.add(std::string { job_kind }, [&workshop, with = std::move(with)](job::Job const& work) { return carry_out(with, workshop, work); });
}

}
