#include "plan/plan_fix.hpp"
#include "definition/register_use.hpp"
#include "journal/journal.hpp"
#include "plan/contribution.hpp"
#include "plan/owed.hpp"
#include "plan/plan_lock.hpp"
#include "plan/row_target.hpp"
#include "subject/subject.hpp"

namespace kpuhub::plan {

using storage::Query;

constexpr Query write_decree { "plan.write_decree", R"sql(
    UPDATE plan SET title = $2, number = $3, decided_on = $4, place = $5, signatory_name = $6, signatory_role = $7
     WHERE subject_id = $1 )sql" };
constexpr Query mark_fixed { "plan.mark_fixed", "UPDATE plan SET fixed_at = $2 WHERE subject_id = $1" };

static Result<void> check_decree(DecreeFields const& decree)
{
    constexpr std::size_t longest_field_bytes = 500;
    std::vector<FieldFault> faults;
    if (decree.number.empty())
        faults.push_back({ "number", "plan.fix.number_missing" });
    if (!decree.decided_on)
        faults.push_back({ "decided_on", "plan.fix.date_missing" });
    for (auto const& [field, text] : { std::pair { "number", &decree.number }, { "place", &decree.place },
             { "signatory_name", &decree.signatory_name }, { "signatory_role", &decree.signatory_role } })
        if (text->size() > longest_field_bytes)
            faults.push_back({ field, "plan.text.too_long" });
    if (!faults.empty())
        return invalid("plan.fix.invalid", std::move(faults));
    return {};
}

static void save_decree(storage::Transaction& transaction, PlanId id, std::string_view title, DecreeFields const& decree)
{
    transaction.execute(write_decree, id, title, decree.number, decree.decided_on, decree.place, decree.signatory_name,
        decree.signatory_role);
}

Result<void> fix(storage::Transaction& transaction, journal::Act const& act, PlanId id, std::int64_t shown_version,
    DecreeFields const& decree)
{
    auto plan = TRY(lock_to_change(transaction, act, id, shown_version));
    if (plan.state != PlanState::Draft)
        return conflict("plan.fixed_already");
    if (plan.kind == PlanKind::Model)
        return invalid("plan.fix.model");
    TRY_VOID(check_decree(decree));
    if (nodes_of(transaction, id).empty())
        return invalid("plan.fix.no_rows");

    auto before = contributions_of_plan(transaction, plan);
    save_decree(transaction, id, plan.title, decree);
    transaction.execute(mark_fixed, id, act.at);
    plan.state = PlanState::Fixed;
    plan.number = decree.number;
    plan.decided_on = decree.decided_on;
    subject::set_state(transaction, subject_of(id), to_text(plan.state));
    take_snapshot(transaction, act, plan, "");
    definition::switch_on(transaction, act, plan.unit, registers_of_plan(transaction, id), "plan");
    journal::write(transaction, act, { "plan.fixed", subject_of(id), plan.unit,
        { { "number", decree.number }, { "decided_on", decree.decided_on->iso() } } });
    indicator::apply_difference(transaction, plan_progress, plan.unit, before, contributions_of_plan(transaction, plan));
    return {};
}

Result<void> set_decree(storage::Transaction& transaction, journal::Act const& act, PlanId id, std::int64_t shown_version,
    std::string title, DecreeFields const& decree)
{
    auto plan = TRY(lock_to_manage(transaction, act, id, shown_version));
    if (plan.state != PlanState::Draft)
        return conflict("plan.fixed_already");
    save_decree(transaction, id, title, decree);
    journal::write(transaction, act, { "plan.decree_set", subject_of(id), plan.unit, { { "number", decree.number } } });
    return {};
}

}
