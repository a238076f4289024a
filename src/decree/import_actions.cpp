#include "core/embedded.hpp"
#include "decree/draft_to_plan.hpp"
#include "decree/findings.hpp"
#include "decree/import.hpp"
#include "decree/import_store.hpp"
#include "definition/plan_years.hpp"
#include "definition/unit_file.hpp"
#include "job/job.hpp"
#include "journal/journal.hpp"
#include "organization/access.hpp"
#include "organization/unit.hpp"
#include "plan/plan_create.hpp"
#include "plan/plan_fix.hpp"
#include "subject/subject.hpp"
#include <algorithm>
#include <initializer_list>

namespace kpuhub::decree {

Result<ImportId> start(storage::Transaction& transaction, journal::Act const& act, UnitId unit, std::string file_name, std::string blob_hash)
{
    if (!organization::may(transaction, act.actor, act.today, unit, "plan.read"))
        return not_found();
    if (!organization::may(transaction, act.actor, act.today, unit, "plan.manage"))
        return forbidden("decree.import.forbidden");
    auto subject = subject::create(transaction, "decree_import", unit, {}, "reading", act.at);
    auto id = insert_import(transaction, subject, unit, file_name, blob_hash, act);
    job::enqueue(transaction, "decree.read", "{}", subject, act.actor, act.at);
    journal::write(transaction, act, { "import.started", subject, unit, { { "file", file_name }, { "hash", blob_hash } } });
    return id;
}

static void leave_reading(storage::Transaction& transaction, journal::Act const& act, ImportId id, std::string_view state)
{
    subject::set_state(transaction, subject_of(id), state);
    journal::write(transaction, act, { "import." + std::string { state }, subject_of(id), {}, {} });
}

/// The name of an office and the other spellings that papers use for it.
static OfficeNames names_of(std::string const& code, std::string const& name)
{
    OfficeNames names { name };
    static auto const table = definition::load_units("units.yaml", embedded_file("definitions/units/units.yaml"));
    if (table)
        for (auto const& unit : table->units)
            if (unit.code == code)
                names.insert(names.end(), unit.also.begin(), unit.also.end());
    return names;
}

void keep_draft(storage::Transaction& transaction, journal::Act const& act, ImportId id, Draft draft, int year)
{
    if (auto const import = find_import(transaction, act.actor, act.today, id)) {
        if (import->state != "reading")
            return;
        compare_with_office(draft, names_of(import->unit_code, import->unit_name), year);
    }
    save_original(transaction, id, draft, act.at);
    leave_reading(transaction, act, id, "review");
}

void keep_fault(storage::Transaction& transaction, journal::Act const& act, ImportId id, Fault const& fault)
{
    if (auto const import = find_import(transaction, act.actor, act.today, id); import && import->state != "reading")
        return;
    save_fault(transaction, id, fault.argument.empty() ? fault.message_key : fault.message_key + " " + fault.argument, act.at);
    leave_reading(transaction, act, id, "failed");
}

/// Locks the import for a change while it stands in one of these states.
static Result<Import> for_change(storage::Transaction& transaction, journal::Act const& act, ImportId id, std::int64_t shown_version,
    std::initializer_list<std::string_view> states = { "review", "failed" })
{
    auto before = TRY(find_import(transaction, act.actor, act.today, id));
    if (!before.may_manage)
        return forbidden("decree.import.forbidden");
    TRY_VOID(subject::lock(transaction, subject_of(id), shown_version));
    if (std::ranges::find(states, before.state) == states.end())
        return conflict("decree.import.closed");
    return before;
}

Result<void> take(storage::Transaction& transaction, journal::Act const& act, ImportId id, std::int64_t shown_version, Edit const& decision)
{
    auto found = TRY(for_change(transaction, act, id, shown_version));
    auto decided = TRY(decide(TRY(draft_of(transaction, id)), decision));
    if (decided.touched == 0)
        return {};
    auto step = insert_step(transaction, id, decision, decided.touched, act);
    save_draft(transaction, id, decided.draft, act);
    journal::write(transaction, act, { "import.decided", subject_of(id), found.unit, { { "step", std::to_string(step) }, { "decision", to_json(decision) } } });
    return {};
}

Result<void> take_back(storage::Transaction& transaction, journal::Act const& act, ImportId id, std::int64_t shown_version, std::int64_t step)
{
    auto found = TRY(for_change(transaction, act, id, shown_version));
    if (!mark_undone(transaction, id, step))
        return conflict("subject.changed");
    std::vector<Edit> decisions;
    for (auto const& each : steps_of(transaction, id))
        if (!each.undone)
            decisions.push_back(each.decision);
    auto draft = replay(TRY(original_of(transaction, id)), decisions);
    save_draft(transaction, id, draft, act);
    journal::write(transaction, act, { "import.taken_back", subject_of(id), found.unit, { { "step", std::to_string(step) } } });
    return {};
}

Result<void> discard(storage::Transaction& transaction, journal::Act const& act, ImportId id, std::int64_t shown_version)
{
    auto found = TRY(for_change(transaction, act, id, shown_version, { "reading", "review", "failed" }));
    if (auto const job = job::latest_of(transaction, subject_of(id)); job && found.state == "reading")
        job::cancel(transaction, job->id, act.at);
    subject::set_state(transaction, subject_of(id), "discarded");
    journal::write(transaction, act, { "import.discarded", subject_of(id), found.unit, {} });
    return {};
}

Result<PlanId> make_plan(storage::Transaction& transaction, journal::Act const& act, ImportId id, std::int64_t shown_version, int year, bool fix_it)
{
    auto found = TRY(for_change(transaction, act, id, shown_version));
    if (!definition::plan_years().hold(year))
        return invalid("decree.fix.year_wrong", { { "year", "decree.fix.year_wrong" } });
    auto tree = to_plan(TRY(draft_of(transaction, id)), organization::subdivisions(transaction, found.unit, act.today));
    auto plan = TRY(plan::create(transaction, act, found.unit, year, plan::PlanKind::Office, tree));
    if (fix_it) {
        constexpr std::int64_t just_created = 1;
        TRY_VOID(plan::fix(transaction, act, plan, just_created, tree.decree));
    }
    save_plan(transaction, id, plan, year);
    subject::set_state(transaction, subject_of(id), "fixed");
    journal::write(transaction, act, { "import.fixed", subject_of(id), found.unit, { { "plan", std::to_string(plan.value) } } });
    return plan;
}

}
