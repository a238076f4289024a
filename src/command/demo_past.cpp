#include "command/demo_past.hpp"
#include "evidence/evidence_actions.hpp"
#include "plan/board.hpp"
#include "plan/checklist.hpp"
#include "plan/desk.hpp"
#include "plan/plan_deliver.hpp"
#include "plan/plan_proof.hpp"
#include "plan/plan_verify.hpp"
#include "plan/progress.hpp"
#include <algorithm>
#include <map>

namespace kpuhub::command {

using storage::Query;

constexpr Query version_now { "command.demo_version_now", "SELECT version FROM subject WHERE id = $1" };
constexpr Query workers { "command.demo_workers", R"sql(
    SELECT a.person_id FROM appointment a JOIN post p ON p.id = a.post_id
     WHERE p.subdivision_id = $1 AND a.valid_from <= $2 AND a.valid_to >= $2
     ORDER BY CASE p.kind WHEN 'staff' THEN 0 ELSE 1 END, a.person_id )sql" };

namespace {

enum class Kind { Prove, Submit, Verify, Return };

/// One thing that somebody did on a day.
struct Move {
    time::Date day {};
    std::size_t row = 0;                ///< of the list of work
    Kind kind = Kind::Prove;
};

/// A deliverable with its row, and a number that makes its story: equal for equal plans, spread over all values.
struct Work {
    plan::Deliverable deliverable {};
    plan::Node node {};
    std::uint32_t chance = 0;
};

std::uint32_t scatter(std::uint32_t number)
{
    number ^= number >> 16;
    number *= 0x7feb352dU;
    number ^= number >> 15;
    number *= 0x846ca68bU;
    return number ^ number >> 16;
}

time::Date working_day(time::Date day)
{
    auto const weekday = day.weekday();
    return weekday <= 5 ? day : day.plus(std::chrono::days { 8 - static_cast<int>(weekday) });
}

std::vector<Work> work_of(plan::Board const& board)
{
    std::map<PlanNodeId, plan::Node const*> nodes;
    for (auto const& row : board.rows)
        nodes[row.node.id] = &row.node;
    std::vector<Work> work;
    std::uint32_t number = 0;
    for (auto const& each : board.deliverables) {
        auto const chance = scatter(++number + static_cast<std::uint32_t>(board.head.unit_code.size()) * 7919U);
        auto const& node = *nodes.at(each.node);
        if (!plan::apart(node, each.state))
            work.push_back({ each, node, chance });
    }
    return work;
}

/// The story of one deliverable: in a hundred that were due long ago 85 are verified (8 of them late), 7 were returned
/// and sent again, 8 nobody has sent; of the last weeks half waits for verification or is under way; of the next 45 days
/// some are begun or sent already.
class Story {
public:
    Story(time::Date begin, time::Date today) : m_begin(begin), m_today(today) {}

    void tell(Work const& work, std::size_t row, std::vector<Move>& moves) const
    {
        auto const chance = static_cast<int>(work.chance % 100);
        auto const spread = static_cast<int>(work.chance / 100 % 9);
        auto const until_due = time::days_between(m_today, work.deliverable.due_on);
        auto const add = [&](Kind kind, time::Date day) {
            day = working_day(day);
            if (day <= m_today)
                moves.push_back({ day, row, kind });
        };
        if (until_due > 45 || (until_due > 0 && chance >= 60))
            return;
        auto const sent = sent_on(work, chance, spread);
        bool const sends = until_due < -40 ? chance < 92 : until_due <= 0 ? chance < 80 : chance < 40;
        if (sends || chance % 2 == 0)
            add(Kind::Prove, before(sent));
        if (!sends)
            return;
        add(Kind::Submit, sent);
        if (chance % 14 == 3) {
            add(Kind::Return, plus(sent, 3));
            if (until_due < -40) {
                add(Kind::Submit, plus(sent, 8));
                add(Kind::Verify, plus(sent, 12));
            }
        } else if (until_due < -25 || chance % 5 < (until_due <= 0 ? 2 : 1)) {
            add(Kind::Verify, plus(sent, 2 + spread));
        }
    }

private:
    static time::Date plus(time::Date day, int days) { return working_day(day.plus(std::chrono::days { days })); }
    [[nodiscard]] time::Date before(time::Date day) const { return std::max(m_begin, day.plus(std::chrono::days { -2 })); }

    [[nodiscard]] time::Date sent_on(Work const& work, int chance, int spread) const
    {
        bool const late = chance % 11 == 5;
        auto const due = work.deliverable.due_on;
        auto const planned = late ? due.plus(std::chrono::days { 4 + 2 * spread }) : due.plus(std::chrono::days { -spread });
        auto const earliest = m_begin.plus(std::chrono::days { 1 + spread });
        return working_day(due <= m_today ? std::max(planned, earliest) : std::max(earliest, m_today.plus(std::chrono::days { -spread })));
    }

    time::Date m_begin;
    time::Date m_today;
};

/// Carries the moves out.
class Actors {
public:
    Actors(text::Messages const& messages, plan::Plan const& plan, PersonId secretary, time::Instant now)
        : m_messages(messages), m_plan(plan), m_secretary(secretary), m_now(now)
    {
    }

    Result<void> perform(storage::Transaction& transaction, Move const& move, Work const& work)
    {
        auto const hour = std::chrono::minutes { 8 * 60 + static_cast<int>(work.chance / 7 % 420) + 2 * static_cast<int>(move.kind) };
        auto const at = std::min(m_now, time::start_of_day(move.day, m_plan.zone).plus(hour));
        plan::Shown const shown { work.deliverable.id, transaction.first(version_now, work.deliverable.id)->integer(0) };
        if (move.kind == Kind::Prove || move.kind == Kind::Submit) {
            auto const act = journal::make_act(worker(transaction, work, move.day), at, move.day);
            return move.kind == Kind::Prove ? prove(transaction, act, work) : submit(transaction, act, work, shown);
        }
        auto const verifier = plan::verifier_now(transaction, work.deliverable.id, m_plan.unit, work.node, move.day);
        if (verifier.people.empty())
            return {};
        auto const act = journal::make_act(verifier.people.front().person, at, move.day);
        if (move.kind == Kind::Verify)
            TRY(plan::verify(transaction, act, { { shown, {} } }));
        else
            TRY(plan::send_back(transaction, act, { { shown, words("reason", work.chance, 3) } }));
        return {};
    }

private:
    PersonId worker(storage::Reader& reader, Work const& work, time::Date day)
    {
        auto& people = m_workers[work.node.owner_subdivision];
        if (people.empty())
            for (auto const& row : reader.query(workers, work.node.owner_subdivision, day))
                people.push_back(row.id<PersonTag>(0));
        return people.empty() ? m_secretary : people[work.chance / 3 % std::min<std::size_t>(people.size(), 2)];
    }

    [[nodiscard]] std::string words(std::string const& about, std::uint32_t chance, std::uint32_t choices) const
    {
        return m_messages.text("demo." + about + "." + std::to_string(chance / 13 % choices + 1), text::Language::Indonesian);
    }

    Result<void> prove(storage::Transaction& transaction, journal::Act const& act, Work const& work)
    {
        evidence::Proof proof;
        proof.title = words("proof", work.chance, 6);
        proof.effective_on = act.today;
        auto const number = std::to_string(work.chance % 240 + 1);
        if (work.chance % 3 == 0) {
            proof.kind = evidence::Kind::Reference;
            proof.paper = { words("paper", work.chance, 3), number + "/" + std::to_string(act.today.year()), act.today };
        } else {
            proof.kind = evidence::Kind::Link;
            proof.address = "https://arsip.example/" + std::to_string(act.today.year()) + "/" + number;
        }
        TRY(evidence::bring(transaction, act, m_listener, m_plan.unit, proof, { { subject_of(work.deliverable.id), {} } }));
        return {};
    }

    static plan::Item answered(PlanNodeId node, std::optional<plan::IndicatorKind> kind, std::uint32_t chance)
    {
        plan::Item item { node, plan::Answer::Reported, true, {}, {} };
        if (kind == plan::IndicatorKind::Share) {
            item.numerator = 80 + chance % 21;
            item.denominator = 100;
        } else if (kind == plan::IndicatorKind::Count) {
            item.numerator = 1 + chance % 6;
        } else if (kind == plan::IndicatorKind::Index) {
            item.numerator = 70 + chance % 25;
        }
        return item;
    }

    Result<void> submit(storage::Transaction& transaction, journal::Act const& act, Work const& work, plan::Shown shown)
    {
        std::vector<plan::Item> items;
        for (auto const& [node, kind] : plan::checklist_of(transaction, work.deliverable.node))
            items.push_back(answered(node, kind, work.chance));
        if (!items.empty()) {
            TRY_VOID(plan::write_items(transaction, act, shown, items));
            shown.version = transaction.first(version_now, shown.id)->integer(0);
        }
        return plan::submit(transaction, act, shown, words("note", work.chance, 5));
    }

    text::Messages const& m_messages;
    plan::Plan const& m_plan;
    PersonId m_secretary;
    time::Instant m_now;
    plan::ProofListener m_listener;
    std::map<SubdivisionId, std::vector<PersonId>> m_workers;
};

}

Result<int> load_demo_past(storage::Database& database, text::Messages const& messages, PlanId id, PersonId secretary, time::Instant now)
{
    auto const today = time::date_at(now, time::Zone::Wib);
    auto const board = TRY(database.read([&](storage::Reader& reader) { return plan::board(reader, secretary, today, id); }));
    auto const& plan = board.head.plan;
    auto const begin = plan.decided_on.value_or(today).plus(std::chrono::days { 3 });
    auto const last = std::min(today, time::Date::of(plan.year, 12, 31));
    auto const work = work_of(board);
    Story const story(begin, last);
    std::vector<Move> moves;
    for (std::size_t i = 0; i < work.size(); ++i)
        story.tell(work[i], i, moves);
    std::ranges::stable_sort(moves, {}, [](Move const& move) { return std::tuple { move.day, move.row, move.kind == Kind::Verify }; });
    constexpr std::size_t at_once = 100;
    for (std::size_t from = 0; from < moves.size(); from += at_once) {
        auto const until = std::min(moves.size(), from + at_once);
        TRY(database.write([&](storage::Transaction& transaction) -> Result<int> {
            Actors actors(messages, plan, secretary, now);
            for (auto i = from; i < until; ++i)
                TRY_VOID(actors.perform(transaction, moves[i], work[moves[i].row]));
            return 0;
        }));
    }
    return static_cast<int>(moves.size());
}

}
