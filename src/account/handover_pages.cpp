#include "account/people_pages.hpp"
#include "organization/handover.hpp"
#include "organization/person.hpp"

namespace kpuhub::account {

using organization::HandoverDraft;
using organization::HandoverParticipants;

struct HandoverRow {
    view::Choice kind;
    std::string title;
    std::string detail;
    std::optional<time::Date> due_on;
    void describe(view::Visitor& v) const
    {
        v.field("kind", kind);
        v.field("title", title);
        v.field("detail", detail);
        v.field("due_on", due_on);
    }
};

/// One page for both: what would be moved, with the form to confirm it, and what was moved, for print.
struct HandoverPage {
    bool made = false;
    std::string unit_name, from_name, to_name, reason, made_by;
    view::Choice capacity;
    time::Date on;
    std::optional<time::Date> until;
    std::optional<view::Moment> made_at;
    std::vector<HandoverRow> rows;
    view::Link action, back, undo;
    std::string from, to, capacity_code, on_code_text, until_code_text, since_text;
    view::Sentence button;

    void describe(view::Visitor& v) const
    {
        v.field("made", made);
        v.field("unit_name", unit_name);
        v.field("from_name", from_name);
        v.field("to_name", to_name);
        v.field("reason", reason);
        v.field("made_by", made_by);
        v.field("capacity", capacity);
        v.field("on", on);
        v.field("until", until);
        v.field("made_at", made_at);
        v.list("rows", rows);
        v.field("action", action);
        v.field("back", back);
        v.field("undo", undo);
        v.field("from", from);
        v.field("to", to);
        v.field("capacity_given", capacity_code);
        v.field("on_given", on_code_text);
        v.field("until_given", until_code_text);
        v.field("since_given", since_text);
        v.field("button", button);
    }
};

static std::string handovers_address(PeopleRights const& rights, std::string_view below = {})
{
    return "/units/" + rights.code + "/handovers" + std::string { below };
}

static std::vector<HandoverRow> rows_of(std::vector<organization::HandoverItem> const& items)
{
    std::vector<HandoverRow> rows;
    for (auto const& item : items)
        rows.push_back({ choice_of("handover_kind", item.kind), item.title, item.detail, item.due_on });
    return rows;
}

/// Reads the form from a POST, or from the query when an earlier handover is taken back.
static FormPage handover_form(Visit& visit, PeopleRights const& rights)
{
    auto people = people_options(visit, rights.unit);
    auto const& query = visit.request.query;
    return { .title = { "people.handover.title", {} }, .lead = view::Sentence { "people.handover.lead", {} },
        .action = { handovers_address(rights, "/check") }, .button = { "people.handover.check", {} },
        .fields = { { .name = "from", .label = { "people.handover.from", {} }, .options = chosen(people, query.text("from")) },
            { .name = "to", .label = { "people.handover.to", {} }, .options = chosen(people, query.text("to")) },
            { .name = "capacity", .label = { "people.handover.capacity", {} }, .options = chosen(capacity_options(), "definitive") },
            { .name = "on", .label = { "people.handover.on", {} }, .value = visit.reader.today.iso(), .type = "date" },
            { .name = "until", .label = { "people.handover.until", {} }, .type = "date", .may_be_empty = true, .hint = view::Sentence { "people.handover.until_hint", {} } },
            { .name = "since", .label = { "people.handover.since", {} }, .value = query.text("since"), .type = "date", .may_be_empty = true, .hint = view::Sentence { "people.handover.since_hint", {} } },
            { .name = "reason", .label = { "people.handover.reason", {} }, .hint = view::Sentence { "people.handover.reason_hint", {} } } },
        .cancel = { people_address(rights) } };
}

static Result<PeopleRights> handing_in(Visit& visit)
{
    auto rights = TRY(rights_in(visit));
    if (!rights.hand_over)
        return forbidden("people.handover.forbidden");
    return rights;
}

static Result<HandoverDraft> draft_in(Visit& visit, PeopleRights const& rights)
{
    auto const& form = visit.request.form;
    auto const on = TRY(day_in(visit.request, "on"));
    HandoverDraft draft { rights.unit, { form.integer("from").value_or(0) }, { form.integer("to").value_or(0) }, form.text("capacity"),
        on, {}, form.text("reason"), {} };
    std::vector<FieldFault> faults;
    if (!draft.from)
        faults.push_back({ "from", "people.handover.choose" });
    if (!draft.to)
        faults.push_back({ "to", "people.handover.choose" });
    if (!faults.empty())
        return invalid("people.wrong", faults);
    if (!form.text("until").empty())
        draft.until = TRY(day_in(visit.request, "until"));
    if (!form.text("since").empty())
        draft.since = TRY(day_in(visit.request, "since"));
    return draft;
}

static Result<http::Response> ask(Visit& visit)
{
    auto rights = TRY(handing_in(visit));
    return form_page(visit, handover_form(visit, rights), "people");
}

/// The check changes nothing: the list is shown with the same values in a second form, status 422 until it is confirmed there.
static Result<http::Response> check(Visit& visit, HandoverParticipants const& participants)
{
    auto rights = TRY(handing_in(visit));
    auto draft = draft_in(visit, rights);
    if (!draft)
        return form_page(visit, handover_form(visit, rights), "people", draft.error());
    auto act = visit.act();
    HandoverPage page;
    auto previewed = visit.database.read([&](storage::Reader& reader) -> Result<void> {
        auto items = TRY(organization::preview_handover(reader, act, *draft, participants));
        page.rows = rows_of(items);
        page.from_name = TRY(organization::person_by_id(reader, draft->from)).facts.name;
        page.to_name = TRY(organization::person_by_id(reader, draft->to)).facts.name;
        return {};
    });
    if (!previewed)
        return form_page(visit, handover_form(visit, rights), "people", previewed.error());
    page.unit_name = rights.name;
    page.reason = draft->reason;
    page.capacity = choice_of("capacity", draft->capacity);
    page.on = draft->on;
    page.until = draft->until;
    page.action = { handovers_address(rights) };
    page.back = { handovers_address(rights, "/new") };
    page.from = std::to_string(draft->from.value);
    page.to = std::to_string(draft->to.value);
    page.capacity_code = draft->capacity;
    page.on_code_text = draft->on.iso();
    page.until_code_text = draft->until ? draft->until->iso() : "";
    page.since_text = draft->since ? draft->since->iso() : "";
    page.button = { "people.handover.make", { static_cast<std::int64_t>(page.rows.size()) } };
    return visit.page("people/handover", page, people_frame(visit, { "people.handover.title", {} }, rights), 422);
}

static Result<http::Response> make(Visit& visit, HandoverParticipants const& participants)
{
    auto rights = TRY(handing_in(visit));
    auto draft = draft_in(visit, rights);
    if (!draft)
        return form_page(visit, handover_form(visit, rights), "people", draft.error());
    auto act = visit.act();
    return submit(visit, handover_form(visit, rights), [&](storage::Transaction& transaction) -> Result<std::string> {
        auto id = TRY(organization::hand_over(transaction, act, *draft, participants));
        return handovers_address(rights, "/" + std::to_string(id.value));
    });
}

static Result<http::Response> show(Visit& visit)
{
    auto rights = TRY(rights_in(visit));
    auto handover = TRY(visit.database.read([&](storage::Reader& reader) {
        return organization::handover_by_id(reader, visit.reader.person, visit.reader.today, rights.unit, { number_of(visit.request.parameter("handover")) });
    }));
    HandoverPage page;
    page.made = true;
    page.unit_name = handover.unit_name;
    page.from_name = handover.from_name;
    page.to_name = handover.to_name;
    page.reason = handover.facts.reason;
    page.made_by = handover.made_by;
    page.capacity = choice_of("capacity", handover.facts.capacity);
    page.on = handover.facts.on;
    page.made_at = view::Moment { handover.made_at, visit.reader.zone };
    page.rows = rows_of(handover.items);
    page.back = { handovers_address(rights) };
    if (rights.hand_over)
        page.undo = { handovers_address(rights, "/new?from=" + std::to_string(handover.facts.to.value) + "&to=" + std::to_string(handover.facts.from.value)
            + "&since=" + handover.facts.on.iso()) };
    return visit.page("people/handover", page, people_frame(visit, { "people.handover.title", {} }, rights));
}

struct HandoverListRow {
    view::Link link;
    std::string from_name, to_name;
    view::Choice capacity;
    time::Date on;
    std::int64_t items = 0;
    void describe(view::Visitor& v) const
    {
        v.field("link", link);
        v.field("from_name", from_name);
        v.field("to_name", to_name);
        v.field("capacity", capacity);
        v.field("on", on);
        v.field("items", items);
    }
};

struct HandoverList {
    std::vector<HandoverListRow> rows;
    view::Link add;
    void describe(view::Visitor& v) const
    {
        v.list("rows", rows);
        v.field("add", add);
    }
};

static Result<http::Response> list(Visit& visit)
{
    auto rights = TRY(rights_in(visit));
    auto lines = TRY(visit.database.read([&](storage::Reader& reader) -> Result<std::vector<organization::HandoverLine>> {
        return organization::handovers_of(reader, visit.reader.person, visit.reader.today, rights.unit);
    }));
    HandoverList page;
    if (rights.hand_over)
        page.add = { handovers_address(rights, "/new") };
    for (auto const& line : lines)
        page.rows.push_back({ { handovers_address(rights, "/" + std::to_string(line.id.value)) }, line.from_name, line.to_name, choice_of("capacity", line.capacity), line.on, line.items });
    return visit.page("people/handovers", page, people_frame(visit, { "people.handover.list", {} }, rights));
}

void register_handover_pages(Door const& door, http::Router& router, HandoverParticipants participants)
{
    door.get<HandoverList>(router, "/units/{unit}/handovers", "people.read", list);
    door.get<FormPage>(router, "/units/{unit}/handovers/new", "handover.make", ask);
    door.post(router, "/units/{unit}/handovers/check", "handover.make", [participants](Visit& visit) { return check(visit, participants); });
    door.post(router, "/units/{unit}/handovers", "handover.make", [participants](Visit& visit) { return make(visit, participants); });
    door.get<HandoverPage>(router, "/units/{unit}/handovers/{handover}", "people.read", show);
}

}
