#include "account/access.hpp"
#include "account/form.hpp"
#include "plan/history_words.hpp"
#include "plan/page_office.hpp"
#include "plan/panel_model.hpp"
#include "plan/journal_model.hpp"
#include "plan/plan_pages.hpp"

namespace kpuhub::plan {

void JournalPage::describe(view::Visitor& v) const
{
    v.list("events", events);
    v.field("older", older);
    v.field("subject_link", subject);
    v.field("nothing", nothing);
}

namespace {

constexpr int events_shown = 50;
// The work on a plan is told to whoever may read the plan; everything else needs the right to read the journal. Records of registers
// (r_...) have their own page with their own readers.
constexpr storage::Query readable_subject { "plan.journal_subject",
    "SELECT s.kind FROM subject s WHERE s.id = $3 AND substr(s.kind, 1, 2) <> 'r_' AND (" KPUHUB_MAY("s.unit_id", "'journal.read'")
    " OR (s.kind IN ('plan', 'plan_node', 'deliverable', 'official_paper') AND " KPUHUB_MAY("s.unit_id", "'plan.read'") "))" };

Result<http::Response> show_journal(account::Visit& visit)
{
    SubjectId const id { TRY(account::number_in(visit.request, "id")) };
    auto const& who = visit.reader;
    EventId const before { visit.request.query.integer("before").value_or(0) };
    JournalPage page;
    auto read = visit.database.read([&](storage::Reader& reader) -> Result<void> {
        auto row = reader.first(readable_subject, who.person, who.today, id);
        if (!row)
            return not_found();
        if (row->text(0) == "deliverable")
            page.subject = { "/deliverables/" + std::to_string(id.value) };
        if (row->text(0) == "official_paper")
            page.subject = { "/papers/" + std::to_string(id.value) };
        auto events = journal::of_subject(reader, id, before, events_shown);
        for (auto const& event : events) {
            PanelEvent told { "done", { event.at, who.zone }, event.actor_name, event.on_behalf_title, history_words(event), {} };
            for (auto const& field : event.fields)
                if (field.name == "reason")
                    told.reason = field.value;
            page.events.push_back(std::move(told));
        }
        if (static_cast<int>(events.size()) == events_shown)
            page.older = { "/subjects/" + std::to_string(id.value) + "/journal?before=" + std::to_string(events.back().id.value) };
        return {};
    });
    TRY_VOID(std::move(read));
    if (page.events.empty())
        page.nothing = view::EmptyState { { "plan.journal.nothing" } };
    return visit.page("plan/journal", page, visit.frame({ "plan.journal.title" }, "board"));
}

}

void register_journal_pages(account::Door const& door, http::Router& router)
{
    door.get<JournalPage>(router, "/subjects/{id}/journal", "journal.read", show_journal);
}

}
