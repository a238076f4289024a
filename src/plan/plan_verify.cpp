#include "plan/plan_verify.hpp"
#include "journal/journal.hpp"
#include "plan/deliverable_step.hpp"
#include "plan/verifier.hpp"
#include <algorithm>

namespace kpuhub::plan {

namespace {

/// Reads the candidates of each office once for all lines.
class Offices {
public:
    Offices(storage::Reader& reader, time::Date today) : m_reader(reader), m_today(today) {}

    Verifier verifier(DeliverableForWork const& found)
    {
        auto known = m_candidates.find(found.plan.unit);
        if (known == m_candidates.end())
            known = m_candidates.emplace(found.plan.unit, verifier_candidates(m_reader, found.plan.unit, m_today)).first;
        return verifier_of(known->second, found.node, involved_in(m_reader, found.deliverable.id));
    }

private:
    storage::Reader& m_reader;
    time::Date m_today;
    std::map<UnitId, std::vector<Candidate>> m_candidates;
};

void write_decision(storage::Transaction& transaction, journal::Act const& act, DeliverableForWork const& found,
    Deliverable const& changed, Step step, std::string_view as, Changes& changes)
{
    save_progress(transaction, changed);
    std::vector<journal::Field> fields;
    if (!as.empty())
        fields.push_back({ "as", std::string(as) });
    if (!changed.reason.empty())
        fields.push_back({ "reason", changed.reason, true });
    journal::write(transaction, act,
        { "deliverable." + std::string(to_text(step)), subject_of(changed.id), found.plan.unit, std::move(fields) });
    changes.add(found.plan, found.node, found.deliverable, changed);
}

Result<void> decide_one(storage::Transaction& transaction, journal::Act const& act, Ruling const& ruling, Step step,
    Offices& offices, Changes& changes)
{
    auto found = TRY(lock_deliverable(transaction, act, ruling.shown));
    auto changed = found.deliverable;
    changed.state = TRY(after(changed.state, step));
    auto verifier = offices.verifier(found);
    auto const* self = verifier.who(act.actor);
    if (!self)
        return forbidden("plan.verify.forbidden");
    changed.decided_by = act.actor;
    changed.decided_at = act.at;
    changed.reason = ruling.reason;
    write_decision(transaction, act, found, changed, step, self->post_title, changes);
    return {};
}

Result<Rulings> decide(storage::Transaction& transaction, journal::Act const& act, std::vector<Ruling> sheet, Step step)
{
    constexpr std::size_t most_lines = 500;
    if (sheet.empty() || sheet.size() > most_lines)
        return invalid("plan.verify.how_many");
    for (auto const& ruling : sheet)
        TRY_VOID(check_reason(step, ruling.reason));
    std::ranges::sort(sheet, {}, [](Ruling const& ruling) { return ruling.shown.id; });
    auto same = std::ranges::unique(sheet, {}, [](Ruling const& ruling) { return ruling.shown.id; });
    sheet.erase(same.begin(), same.end());

    Offices offices(transaction, act.today);
    Changes changes;
    Rulings rulings;
    std::optional<Fault> last_fault;
    for (auto const& ruling : sheet) {
        auto decided = decide_one(transaction, act, ruling, step, offices, changes);
        if (decided) {
            rulings.decided.push_back(ruling.shown.id);
        } else {
            last_fault = decided.error();
            rulings.skipped.push_back({ ruling.shown.id, decided.error().message_key });
        }
    }
    if (rulings.decided.empty())
        return fail(*last_fault);
    changes.write(transaction);
    return rulings;
}

}

Result<Rulings> verify(storage::Transaction& transaction, journal::Act const& act, std::vector<Ruling> sheet)
{
    return decide(transaction, act, std::move(sheet), Step::Verify);
}

Result<Rulings> send_back(storage::Transaction& transaction, journal::Act const& act, std::vector<Ruling> sheet)
{
    return decide(transaction, act, std::move(sheet), Step::Return);
}

Result<void> reopen(storage::Transaction& transaction, journal::Act const& act, Shown shown, std::string reason)
{
    auto found = TRY(lock_deliverable(transaction, act, shown));
    TRY_VOID(check_reason(Step::Reopen, reason));
    auto changed = found.deliverable;
    changed.state = TRY(after(changed.state, Step::Reopen));
    bool const was_verified = found.deliverable.state == State::Verified;
    if (!found.may_manage) {
        auto verifier = Offices(transaction, act.today).verifier(found);
        if (!was_verified || !verifier.who(act.actor))
            return forbidden("plan.reopen.forbidden");
    }
    changed.submitted_by = {};
    changed.submitted_at.reset();
    changed.decided_by = {};
    changed.decided_at.reset();
    changed.reason = std::move(reason);
    Changes changes;
    write_decision(transaction, act, found, changed, Step::Reopen, {}, changes);
    changes.write(transaction);
    return {};
}

Result<void> mark_not_applicable(storage::Transaction& transaction, journal::Act const& act, Shown shown, std::string reason)
{
    auto found = TRY(lock_deliverable(transaction, act, shown));
    if (!found.may_manage)
        return forbidden("plan.manage.forbidden");
    TRY_VOID(check_reason(Step::MarkNotApplicable, reason));
    auto changed = found.deliverable;
    changed.state = TRY(after(changed.state, Step::MarkNotApplicable));
    changed.decided_by = act.actor;
    changed.decided_at = act.at;
    changed.reason = std::move(reason);
    Changes changes;
    write_decision(transaction, act, found, changed, Step::MarkNotApplicable, {}, changes);
    changes.write(transaction);
    return {};
}

}
