#include "plan/panel_model.hpp"
#include "definition/calendar_file.hpp"
#include "plan/history_words.hpp"
#include "plan/plan_marks.hpp"
#include "plan/progress.hpp"
#include "plan/source_words.hpp"
#include "view/words.hpp"
#include <algorithm>

namespace kpuhub::plan {

namespace {

constexpr std::size_t longest_title = 160;

bool open_for_work(State state) { return state == State::Scheduled || state == State::UnderWay || state == State::Returned; }

/// Makes the page from its parts and what was typed.
class Maker {
public:
    Maker(PanelParts const& parts, account::Reader const& reader, text::Language language, PanelForm const* typed, Fault const* fault)
        : m_parts(parts)
        , m_panel(parts.panel)
        , m_reader(reader)
        , m_language(language)
        , m_typed(typed)
        , m_fault(fault)
    {
    }

    PanelPage make()
    {
        head();
        facts();
        rights();
        if (m_fault)
            troubles();
        for (auto const& item : m_panel.items)
            m_page.lines.push_back(line(item));
        note();
        proofs();
        m_page.bound = bound_rows(m_panel, m_language, m_page.may_work);
        m_page.proposals = proposal_lines(m_panel, m_page.may_work);
        missing();
        shared();
        for (auto const& event : m_parts.history.events)
            m_page.history.push_back(told(event));
        for (auto const& [unit, event] : m_parts.shared_events)
            m_page.history.push_back(told_above(unit, event));
        std::ranges::stable_sort(m_page.history, std::ranges::greater {}, [](PanelEvent const& event) { return event.at.at.milliseconds; });
        if (!m_page.history.empty())
            m_page.history.front().css = "now";
        for (auto const& comment : m_parts.history.comments)
            m_page.comments.push_back({ comment.person_name, { comment.written_at, m_panel.head.plan.zone }, comment.body });
        return std::move(m_page);
    }

private:
    void head()
    {
        auto const& node = m_panel.node;
        auto const& deliverable = m_panel.deliverable;
        m_page.title = shortened(node.body, longest_title);
        if (m_page.title != node.body)
            m_page.full_text = node.body;
        m_page.code = row_code({ node.area_no > 0 ? std::to_string(node.area_no) : std::string {}, m_panel.activity_number, node.number });
        m_page.period = period_words(deliverable);
        m_page.due_on = deliverable.due_on;
        if (node.due.fixed())
            m_page.due_rule = view::Sentence { node.due.months_after ? "plan.due.rule_after" : "plan.due.rule",
                { std::int64_t { node.due.day }, view::Choice { std::string(to_text(node.due.shift)), "plan.due.shift." + std::string(to_text(node.due.shift)) } } };
        if (auto const day = definition::working_calendar().day(deliverable.due_on); node.due.fixed() && !day.working())
            m_page.due_off = day.reason.empty() ? view::Sentence { "plan.due.weekend" } : view::Sentence { "plan.due.holiday", { day.reason } };
        bool const is_late = late(m_panel.head.plan, node, deliverable, m_reader.today);
        if (open_for_work(deliverable.state) && (is_late || deliverable.due_on >= m_reader.today))
            m_page.when = view::days_from_today(deliverable.due_on, m_reader.today);
        else if (auto days = days_late_at_submission(m_panel.head.plan, node, deliverable))
            m_page.when = view::Sentence { "plan.panel.done_late", { *days } };
        m_page.state = state_mark(deliverable.state, is_late);
        if (backfilled(m_panel.head.plan, deliverable.due_on))
            m_page.flags.push_back({ "plan.flag.backfilled" });
        if (auto words = authority_words(node.authority))
            m_page.flags.push_back(*words);
        if (node.tentative)
            m_page.flags.push_back({ "plan.flag.tentative" });
        if (!node.applies)
            m_page.flags.push_back({ "plan.flag.not_applicable" });
        if (node.carried_from)
            m_page.flags.push_back({ "plan.flag.carried" });
        if (node.months_open())
            m_page.flags.push_back({ "plan.flag.uncertain" });
        m_page.version = deliverable.version;
        m_page.address = deliverable_address(deliverable.id);
    }

    void facts()
    {
        m_page.owner = m_panel.owner;
        m_page.source = source_words(m_panel.source);
        m_page.remark = m_panel.node.remark;
        for (auto const& person : m_panel.verifier.people) {
            auto title = person.post_title;
            if (person.capacity == "plt" || person.capacity == "plh")
                title = (person.capacity == "plt" ? "Plt. " : "Plh. ") + title;
            auto const key = std::string { "plan.verifier." } + std::to_string(static_cast<int>(m_panel.verifier.rank)) + (title.empty() ? ".person" : "");
            std::vector<view::Argument> words { person.person_name, view::Year { m_panel.node.area_no } };
            if (!title.empty())
                words.emplace_back(title);
            m_page.verifiers.push_back({ key, std::move(words) });
        }
        m_page.nobody_verifies = m_page.verifiers.empty();
        auto const months = m_panel.node.printed.count();
        m_page.schedule = months == 0 ? view::Sentence { "plan.panel.no_marks" } : view::Sentence { "plan.panel.marks", { std::int64_t { months } } };
        if (m_panel.previous)
            m_page.previous = { deliverable_address(m_panel.previous) };
        if (m_panel.next)
            m_page.next = { deliverable_address(m_panel.next) };
        auto const& deliverable = m_panel.deliverable;
        if (deliverable.state == State::Returned || deliverable.state == State::NotApplicable || (deliverable.state == State::UnderWay && !deliverable.reason.empty()))
            m_page.return_reason = view::Sentence { "plan.panel.reason." + std::string(to_text(deliverable.state)),
                { m_panel.decided_by.empty() ? std::string { "–" } : m_panel.decided_by, deliverable.reason } };
    }

    void rights()
    {
        auto const state = m_panel.deliverable.state;
        bool const closed = m_panel.head.plan.state == PlanState::Closed;
        bool const verifies = m_panel.verifier.who(m_reader.person) != nullptr;
        m_page.may_work = m_panel.may_work && open_for_work(state) && !closed;
        m_page.may_withdraw = m_panel.may_work && state == State::Submitted && !closed;
        m_page.may_decide = verifies && state == State::Submitted && !closed;
        m_page.may_reopen = !closed && ((state == State::Verified && (verifies || m_panel.head.rights.manage || m_panel.deliverable.decided_by == m_reader.person))
            || (state == State::NotApplicable && m_panel.head.rights.manage));
        m_page.may_leave_out = m_panel.head.rights.manage && open_for_work(state) && !closed;
        m_page.may_comment = m_panel.head.rights.comment && !closed;
        if (closed)
            m_page.closed_words = view::Sentence { "plan.panel.closed" };
        else if (open_for_work(state) && !m_panel.may_work)
            m_page.closed_words = view::Sentence { "plan.panel.not_yours", { m_panel.owner.empty() ? std::string { "–" } : m_panel.owner } };
        else if (state == State::Submitted && !m_page.may_decide)
            m_page.closed_words = view::Sentence { "plan.panel.waits" };
    }

    void troubles()
    {
        m_page.errors = view::field_errors(*m_fault);
        if (m_fault->kind == FaultKind::Conflict) {
            std::string who;
            for (auto const& event : m_parts.history.events)
                if (who.empty() && event.kind.starts_with("deliverable."))
                    who = event.actor_name;
            m_page.conflict = m_fault->message_key == "subject.changed" && !who.empty()
                ? view::Sentence { "plan.panel.conflict", { who } } : view::sentence_of(*m_fault);
        } else if (!m_page.errors) {
            m_page.errors = view::FieldErrors { { { "isi", view::sentence_of(*m_fault) } } };
        }
        m_page.reason = m_typed->reason;
        m_page.comment = m_typed->comment;
    }

    [[nodiscard]] bool conflict() const { return m_fault && m_fault->kind == FaultKind::Conflict; }

    static view::Sentence answer_words(PanelItem const& item)
    {
        if (!item.answered || item.item.answer == Answer::NotReported)
            return { "plan.item.saved.not_reported" };
        if (item.item.answer == Answer::NotApplicable)
            return { "plan.item.saved.not_applicable" };
        auto figure = figure_text(item.item, item.node.indicator_kind);
        if (!figure.empty() && item.item.denominator && item.node.indicator_kind != IndicatorKind::Index)
            figure += "/" + std::to_string(*item.item.denominator);
        if (figure.empty())
            return { item.item.fulfilled ? "plan.item.saved.fulfilled" : "plan.item.saved.reported" };
        return { item.item.fulfilled ? "plan.item.saved.figure_fulfilled" : "plan.item.saved.figure", { figure } };
    }

    static view::Sentence todo(PanelItem const& item)
    {
        if (item.item.answer == Answer::NotApplicable)
            return { "plan.item.todo.not_applicable" };
        if (!item.answered || item.item.answer == Answer::NotReported)
            return { "plan.item.todo.not_reported" };
        if (item.item.numerator && item.item.denominator && *item.item.denominator > *item.item.numerator && item.node.indicator_kind == IndicatorKind::Share)
            return { "plan.item.todo.short_of", { *item.item.denominator - *item.item.numerator } };
        return { "plan.item.todo.reported" };
    }

    PanelLine line(PanelItem const& item)
    {
        auto const& node = item.node;
        PanelLine made;
        made.id = std::to_string(node.id.value);
        made.anchor = "items." + made.id;
        made.number = bare_number(node.number);
        made.text = node.body;
        made.share = node.indicator_kind == IndicatorKind::Share;
        made.figure = node.indicator_kind == IndicatorKind::Count || node.indicator_kind == IndicatorKind::Index || node.indicator_kind == IndicatorKind::Trend;
        made.document = !made.share && !made.figure;
        made.done = item.item.answer == Answer::Reported && item.item.fulfilled;
        m_page.fulfilled += made.done ? 1 : 0;
        made.todo = todo(item);
        made.numerator = figure_text(item.item, node.indicator_kind);
        if (made.share && item.item.denominator)
            made.denominator = std::to_string(*item.item.denominator);
        made.fulfilled = item.item.fulfilled;
        auto answer = std::string(to_text(item.item.answer));
        if (made.share && item.item.numerator && item.item.denominator)
            made.value = Ratio { *item.item.numerator, *item.item.denominator };
        if (!item.written_by.empty() && item.written_at)
            made.written = view::Sentence { "plan.item.written", { item.written_by, view::Moment { *item.written_at, m_panel.head.plan.zone } } };
        auto const* typed = m_typed && m_typed->lines.contains(node.id) ? &m_typed->lines.at(node.id) : nullptr;
        if (typed) {
            made.numerator = typed->numerator;
            made.denominator = typed->denominator;
            made.fulfilled = typed->fulfilled;
            answer = typed->answer;
            made.value.reset();
            bool const changed = std::ranges::any_of(m_typed->items, [&](Item const& each) { return each.node == node.id; });
            if (conflict() && changed)
                made.saved = answer_words(item);
            made.error = view::error_of(m_page.errors, made.anchor);
        }
        for (auto each : { Answer::Reported, Answer::NotReported, Answer::NotApplicable }) {
            std::string code { to_text(each) };
            made.answers.push_back({ code, { "plan.item.answer." + code }, code == answer });
        }
        made.proofs = evidence::proof_list(m_parts.proofs, { subject_of(m_panel.deliverable.id), node.id }, m_panel.head.plan.zone, false);
        made.add_proof = { m_page.address + "/evidence/new?kind=camera&part=" + made.id };
        return made;
    }

    void note()
    {
        m_page.note = m_panel.deliverable.note;
        if (m_typed && m_typed->note) {
            m_page.note = *m_typed->note;
            if (conflict() && m_page.note != m_panel.deliverable.note)
                m_page.saved_note = m_panel.deliverable.note;
        }
    }

    /// Of the whole deliverable, and of indicators that are no longer asked here.
    void proofs()
    {
        auto whole = m_parts.proofs;
        for (auto& proof : whole) {
            bool const of_line = std::ranges::any_of(m_panel.items, [&](PanelItem const& item) { return item.node.id == proof.target.part; });
            if (!of_line)
                proof.target.part = {};
        }
        m_page.proofs = evidence::proof_list(whole, { subject_of(m_panel.deliverable.id), {} }, m_panel.head.plan.zone, m_page.may_work);
    }

    void shared()
    {
        m_page.takes_shared = !m_parts.shared.sources.empty();
        for (auto const& [proof, unit] : m_parts.shared.proofs) {
            SharedLine line { proof.title, {}, evidence::what_is(proof), unit };
            if (proof.kind == evidence::Kind::File)
                line.link = { "/evidence/" + std::to_string(proof.id.value) + "/file" };
            else if (proof.kind == evidence::Kind::Link)
                line.link = { proof.address };
            m_page.shared.push_back(std::move(line));
        }
    }

    /// Under the name of the office: who did it there is for its own people.
    [[nodiscard]] PanelEvent told_above(std::string const& unit, journal::Event const& event) const
    {
        std::string title;
        for (auto const& field : event.fields)
            if (field.name == "title")
                title = field.value;
        return { "done", { event.at, m_panel.head.plan.zone }, unit, {}, { "plan.history.shared." + event.kind, { title } }, {} };
    }

    void missing()
    {
        auto const open = std::ranges::count_if(m_panel.items, [](PanelItem const& item) { return item.item.answer == Answer::NotReported; });
        if (open > 0)
            m_page.missing.push_back({ "plan.panel.missing.items", { std::int64_t { open } } });
        if (m_parts.proofs.empty())
            m_page.missing.push_back({ "plan.panel.missing.proof" });
        if (m_panel.deliverable.note.empty())
            m_page.missing.push_back({ "plan.panel.missing.note" });
    }

    [[nodiscard]] PanelEvent told(journal::Event const& event) const
    {
        PanelEvent made { "done", { event.at, m_panel.head.plan.zone }, event.actor_name, event.on_behalf_title, history_words(event), {} };
        for (auto const& field : event.fields)
            if (field.name == "reason")
                made.reason = field.value;
        return made;
    }

    PanelParts const& m_parts;
    Panel const& m_panel;
    account::Reader const& m_reader;
    text::Language m_language;
    PanelForm const* m_typed;
    Fault const* m_fault;
    PanelPage m_page {};
};

}

PanelPage panel_page(PanelParts const& parts, account::Reader const& reader, text::Language language, PanelForm const* typed, Fault const* fault)
{
    return Maker(parts, reader, language, typed, fault).make();
}

}
