#include "plan/plan_deliver.hpp"
#include "journal/journal.hpp"
#include "plan/checklist.hpp"
#include "plan/deliverable_step.hpp"

namespace kpuhub::plan {

using storage::Query;

constexpr Query write_item { "plan.write_item", R"sql(
    INSERT INTO deliverable_item (deliverable_id, node_id, answer, fulfilled, numerator, denominator, written_by, written_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    ON CONFLICT (deliverable_id, node_id) DO UPDATE SET answer = excluded.answer, fulfilled = excluded.fulfilled,
        numerator = excluded.numerator, denominator = excluded.denominator, written_by = excluded.written_by,
        written_at = excluded.written_at )sql" };
constexpr std::size_t longest_note_bytes = 4000;

/// The deliverable, when the actor may work on it; the act then says for which post he works.
static Result<DeliverableForWork> lock_to_work(storage::Transaction& transaction, journal::Act& act, Shown shown)
{
    auto found = TRY(lock_deliverable(transaction, act, shown));
    if (!found.owns_it && !found.may_work_any)
        return forbidden("plan.work.forbidden");
    if (!found.owns_it)
        act = act.acting_for(found.owner_post);
    return found;
}

static void save(storage::Transaction& transaction, journal::Act const& act, DeliverableForWork const& found,
    Deliverable const& changed, std::string kind, std::vector<journal::Field> fields)
{
    save_progress(transaction, changed);
    journal::write(transaction, act,
        { "deliverable." + std::move(kind), subject_of(changed.id), found.plan.unit, std::move(fields) });
    Changes changes;
    changes.add(found.plan, found.node, found.deliverable, changed);
    changes.write(transaction);
}

static Result<void> check_note(std::string const& note)
{
    if (note.size() > longest_note_bytes)
        return invalid("plan.note.too_long", { { "note", "plan.note.too_long" } });
    return {};
}

static Result<void> check_open_for_work(Deliverable const& deliverable)
{
    if (deliverable.state == State::Submitted || deliverable.state == State::Verified || deliverable.state == State::NotApplicable)
        return conflict("plan.step.not_now");
    return {};
}

static void begin(Deliverable& deliverable)
{
    if (deliverable.state == State::Scheduled)
        deliverable.state = State::UnderWay;
}

Result<void> start(storage::Transaction& transaction, journal::Act const& act, Shown shown)
{
    auto acting = act;
    auto found = TRY(lock_to_work(transaction, acting, shown));
    auto changed = found.deliverable;
    changed.state = TRY(after(changed.state, Step::Start));
    save(transaction, acting, found, changed, "started", {});
    return {};
}

Result<void> submit(storage::Transaction& transaction, journal::Act const& act, Shown shown, std::optional<std::string> note)
{
    auto acting = act;
    auto found = TRY(lock_to_work(transaction, acting, shown));
    auto changed = found.deliverable;
    changed.state = TRY(after(changed.state, Step::Submit));
    if (note) {
        TRY_VOID(check_note(*note));
        changed.note = *note;
    }
    changed.submitted_by = act.actor;
    changed.submitted_at = act.at;
    changed.decided_by = {};
    changed.decided_at.reset();
    save(transaction, acting, found, changed, "submitted", { { "note", changed.note, true } });
    return {};
}

Result<void> withdraw(storage::Transaction& transaction, journal::Act const& act, Shown shown)
{
    auto acting = act;
    auto found = TRY(lock_to_work(transaction, acting, shown));
    auto changed = found.deliverable;
    changed.state = TRY(after(changed.state, Step::Withdraw));
    changed.submitted_by = {};
    changed.submitted_at.reset();
    save(transaction, acting, found, changed, "withdrawn", {});
    return {};
}

Result<void> write_note(storage::Transaction& transaction, journal::Act const& act, Shown shown, std::string note)
{
    auto acting = act;
    auto found = TRY(lock_to_work(transaction, acting, shown));
    TRY_VOID(check_open_for_work(found.deliverable));
    TRY_VOID(check_note(note));
    auto changed = found.deliverable;
    begin(changed);
    changed.note = std::move(note);
    save(transaction, acting, found, changed, "note_written", { { "note", changed.note, true } });
    return {};
}

static std::optional<std::string> wrong_item(Item const& item, std::optional<IndicatorKind> kind)
{
    if (item.answer != Answer::Reported)
        return std::nullopt;
    if (kind == IndicatorKind::Share && (!item.numerator || !item.denominator || *item.denominator <= 0))
        return "plan.item.share_incomplete";
    if ((kind == IndicatorKind::Count || kind == IndicatorKind::Index) && !item.numerator)
        return "plan.item.figure_missing";
    bool const counts = kind == IndicatorKind::Share || kind == IndicatorKind::Count;
    if (counts && item.numerator && *item.numerator < 0)
        return "plan.item.below_zero";
    return std::nullopt;
}

static Result<void> check_items(storage::Reader& reader, PlanNodeId bearer, std::vector<Item> const& items)
{
    auto asked = checklist_of(reader, bearer);
    std::vector<FieldFault> faults;
    for (auto const& item : items) {
        auto field = "items." + std::to_string(item.node.value);
        auto found = asked.find(item.node);
        if (found == asked.end())
            faults.push_back({ field, "plan.item.unknown" });
        else if (auto wrong = wrong_item(item, found->second))
            faults.push_back({ field, *wrong });
    }
    if (!faults.empty())
        return invalid("plan.item.invalid", std::move(faults));
    return {};
}

Result<void> write_items(storage::Transaction& transaction, journal::Act const& act, Shown shown, std::vector<Item> const& items)
{
    auto acting = act;
    auto found = TRY(lock_to_work(transaction, acting, shown));
    TRY_VOID(check_open_for_work(found.deliverable));
    TRY_VOID(check_items(transaction, found.deliverable.node, items));
    std::vector<journal::Field> fields;
    for (auto const& item : items) {
        bool const reported = item.answer == Answer::Reported;
        transaction.execute(write_item, shown.id, item.node, to_text(item.answer), reported && item.fulfilled,
            reported ? item.numerator : std::nullopt, reported ? item.denominator : std::nullopt, act.actor, act.at);
        auto figure = item.numerator ? std::to_string(*item.numerator) : std::string {};
        if (item.denominator)
            figure += "/" + std::to_string(*item.denominator);
        fields.push_back({ "item_" + std::to_string(item.node.value),
            std::string(to_text(item.answer)) + (item.fulfilled ? " fulfilled " : " ") + figure });
    }
    auto changed = found.deliverable;
    begin(changed);
    save(transaction, acting, found, changed, "items_written", std::move(fields));
    return {};
}

}
