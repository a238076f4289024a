#include "portal/held_pages.hpp"
#include "account/form.hpp"
#include "journal/journal.hpp"
#include "organization/access.hpp"
#include "outbox/quarantine.hpp"
#include <algorithm>
#include <fmt/format.h>

namespace kpuhub::portal {

using account::Visit;

void HeldRow::describe(view::Visitor& v) const
{
    v.field("id", id);
    v.field("kind", kind);
    v.field("to", to);
    v.field("written", written);
    v.field("useful_until", useful_until);
}

void HeldPage::describe(view::Visitor& v) const
{
    v.field("since", since);
    v.field("in_all", in_all);
    v.list("rows", rows);
    v.field("choose", choose);
    v.field("release", release);
    v.field("drop_all", drop_all);
    v.field("next", next);
    v.field("nothing", nothing);
}

void HeldAskPage::describe(view::Visitor& v) const
{
    v.field("dropping", dropping);
    v.field("title", title);
    v.field("lead", lead);
    v.list("picks", picks);
    v.field("shown", shown);
    v.field("action", action);
    v.field("back", back);
    v.field("button", button);
}

namespace {

constexpr int rows_shown = 100;
constexpr std::size_t most_picked = 200;
constexpr storage::Query may_release { "portal.may_release_messages", "SELECT 1 WHERE " KPUHUB_MAY("(SELECT nu.id FROM unit nu WHERE nu.code = '00')", "'outbox.manage'") };

bool may(storage::Reader& reader, PersonId person, time::Date today) { return reader.first(may_release, person, today).has_value(); }

Result<void> allowed(storage::Reader& reader, PersonId person, time::Date today)
{
    if (!may(reader, person, today))
        return forbidden("outbox.forbidden");
    return {};
}

/// Kinds of messages are what rooms begin their keys with; one without words of its own is "other".
view::Choice kind_words(std::string const& kind)
{
    static constexpr std::string_view known[] = { "clock", "clock_summary", "plan_digest", "campaign", "record", "retention" };
    return { kind, std::ranges::find(known, kind) == std::end(known) ? "outbox.kind.other" : "outbox.kind." + kind };
}

Result<http::Response> show(Visit& visit)
{
    auto const above = std::max<std::int64_t>(visit.request.query.integer("above").value_or(0), 0);
    auto const page = TRY(visit.database.read([&](storage::Reader& reader) -> Result<HeldPage> {
        TRY_VOID(allowed(reader, visit.reader.person, visit.reader.today));
        HeldPage made;
        auto const since = outbox::quarantined_since(reader);
        if (!since)
            return made;
        made.since = view::Moment { *since, visit.reader.zone };
        made.in_all = outbox::count_held(reader);
        for (auto const& each : outbox::held_messages(reader, MessageId { above }, rows_shown + 1)) {
            if (made.rows.size() == rows_shown) {
                made.next = view::Link { fmt::format("/messages/held?above={}", made.rows.back().id) };
                break;
            }
            made.rows.push_back({ each.id.value, kind_words(each.kind), each.name.empty() ? view::Sentence { "outbox.held.sender" } : view::plain(each.name),
                { each.written_at, visit.reader.zone }, { each.expires_at, visit.reader.zone } });
        }
        return made;
    }));
    auto shown = page;
    if (!page.since)
        shown.nothing = view::EmptyState { { "outbox.held.none" }, view::Sentence { "outbox.held.none_why" }, { "/" }, { "outbox.held.home" } };
    else if (page.rows.empty())
        shown.nothing = view::EmptyState { { "outbox.held.empty" }, view::Sentence { "outbox.held.empty_why" } };
    auto frame = visit.frame({ "outbox.held.title" }, "home");
    auto const dropped = visit.request.query.integer("dropped"), released = visit.request.query.integer("released");
    if (dropped)
        frame.notice = view::Notice { view::Notice::Kind::Done, { "outbox.held.dropped_now", { *dropped } } };
    else if (released)
        frame.notice = view::Notice { view::Notice::Kind::Done, { "outbox.held.released_now", { *released } } };
    return visit.page("portal/held", shown, frame);
}

/// Numbers of messages that were ticked, each once. Errors: Invalid when there are too many or one is no number.
Result<std::vector<MessageId>> picks_in(http::Fields const& fields)
{
    std::vector<MessageId> picks;
    for (auto const& text : fields.all("pick")) {
        MessageId const id { account::number_of(text) };
        if (id.value <= 0)
            return invalid_because("outbox.no_such", text.substr(0, 20));
        if (std::ranges::find(picks, id) == picks.end())
            picks.push_back(id);
    }
    if (picks.size() > most_picked)
        return invalid("outbox.many");
    return picks;
}

Result<http::Response> ask(Visit& visit, bool dropping)
{
    auto const all = visit.request.query.text("all") == "1";
    auto const picks = dropping && !all ? TRY(picks_in(visit.request.query)) : std::vector<MessageId> {};
    HeldAskPage page;
    page.dropping = dropping;
    TRY_VOID(visit.database.read([&](storage::Reader& reader) -> Result<void> {
        TRY_VOID(allowed(reader, visit.reader.person, visit.reader.today));
        if (!outbox::quarantined_since(reader))
            return conflict("outbox.not_held");
        page.shown = outbox::count_held(reader);
        return {};
    }));
    if (dropping && !all && picks.empty())
        return invalid("outbox.none_ticked");
    auto const count = picks.empty() ? page.shown : static_cast<std::int64_t>(picks.size());
    for (auto const id : picks)
        page.picks.push_back(std::to_string(id.value));
    std::string const what = dropping ? "drop" : "release";
    page.action = { "/messages/held/" + what };
    page.title = { "outbox.held.ask_" + what, { count } };
    page.lead = { "outbox.held.ask_" + what + "_why" };
    page.button = { "outbox.held.do_" + what, { count } };
    auto frame = visit.frame(page.title, "home");
    frame.crumbs = { { { "outbox.held.title" }, page.back }, { page.title, {} } };
    return visit.page("portal/held_ask", page, frame);
}

/// What was looked at is what is decided about: others may have come since.
Result<void> as_shown(storage::Reader& reader, std::int64_t shown)
{
    if (outbox::count_held(reader) != shown)
        return conflict("outbox.changed");
    return {};
}

Result<http::Response> drop(Visit& visit)
{
    auto const picks = TRY(picks_in(visit.request.form));
    auto const shown = visit.request.form.integer("shown").value_or(-1);
    auto const act = visit.act();
    return visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
        TRY_VOID(allowed(transaction, act.actor, act.today));
        if (picks.empty())
            TRY_VOID(as_shown(transaction, shown));
        auto const dropped = TRY(outbox::drop_held(transaction, picks, act.at));
        journal::write(transaction, act, { "outbox.dropped", {}, {}, { { "messages", std::to_string(dropped) } } });
        return fmt::format("/messages/held?dropped={}", dropped);
    });
}

Result<http::Response> release(Visit& visit)
{
    auto const shown = visit.request.form.integer("shown").value_or(-1);
    auto const act = visit.act();
    return visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
        TRY_VOID(allowed(transaction, act.actor, act.today));
        TRY_VOID(as_shown(transaction, shown));
        auto const waiting = TRY(outbox::end_quarantine(transaction));
        journal::write(transaction, act, { "outbox.released", {}, {}, { { "messages", std::to_string(waiting) } } });
        return fmt::format("/messages/held?released={}", waiting);
    });
}

}

bool may_release_messages(storage::Reader& reader, account::Reader const& who) { return may(reader, who.person, who.today); }

void register_held_pages(account::Door const& door, http::Router& router)
{
    door.get<HeldPage>(router, "/messages/held", "outbox.manage", show);
    door.get<HeldAskPage>(router, "/messages/held/drop", "outbox.manage", [](Visit& visit) { return ask(visit, true); });
    door.get<HeldAskPage>(router, "/messages/held/release", "outbox.manage", [](Visit& visit) { return ask(visit, false); });
    door.post(router, "/messages/held/drop", "outbox.manage", drop);
    door.post(router, "/messages/held/release", "outbox.manage", release);
}

}
