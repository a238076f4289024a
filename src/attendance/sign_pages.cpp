#include "account/form.hpp"
#include "attendance/attendance_model.hpp"
#include "attendance/attendance_pages.hpp"
#include "text/escape.hpp"
#include <fmt/format.h>

namespace kpuhub::attendance {

using storage::Query;

constexpr Query count_hit { "attendance.count_rate", R"sql(
    INSERT INTO rate (name, window_at, hits) VALUES ($1, $2, 1) ON CONFLICT (name, window_at) DO UPDATE SET hits = rate.hits + 1 RETURNING hits )sql" };

namespace {

SubjectId event_id(account::Visit const& visit) { return { account::number_of(visit.request.parameter("event")) }; }

/// The event of the address; nothing is told of it to who shows neither a good code nor a ticket, not even whether there is one.
Result<std::optional<Event>> event_in_address(account::Visit const& visit, record::Surroundings const& around)
{
    auto found = visit.database.read([&](storage::Reader& reader) { return event_by_code(reader, around.shelf, { visit.reader.person, visit.reader.today }, event_id(visit)); });
    if (!found && found.error().kind != FaultKind::NotFound)
        return fail(found.error());
    return found ? std::optional { std::move(*found) } : std::nullopt;
}

/// `shown`: the ticket that the page was asked with. It is carried on and never made longer; a new one is only for who shows the code.
SignPage page_for(account::Visit const& visit, Event const* event, std::string const& shown = {})
{
    SignPage page;
    page.staff = visit.reader.signed_in();
    page.person = visit.reader.name;
    page.home = { "/" };
    page.action = { visit.request.path };
    page.sign_in = { "/sign-in?next=" + text::url_part(visit.request.path) };
    if (!event)
        return page;
    page.good = true;
    page.title = event->text(event->fields->name);
    page.unit_name = event->at.place.unit.name;
    page.place = event->text(event->fields->place);
    page.held_on = time::Date::from_iso(event->text(event->fields->held_on));
    page.ticket = shown.empty() ? ticket(event->key, event->record, visit.now) : shown;
    return page;
}

http::Response shown(account::Visit& visit, SignPage const& page, int status)
{
    auto const frame = page.staff ? visit.frame({ "attendance.sign.title" }) : visit.public_frame({ "attendance.sign.title" });
    auto answer = visit.page("attendance/sign", page, frame, status);
    answer.with("Cache-Control", "no-store");
    return answer;
}

Result<http::Response> show(account::Visit& visit, record::Surroundings const& around)
{
    auto const done = visit.request.query.text("done");
    auto const event = TRY(event_in_address(visit, around));
    auto const shown_ticket = visit.request.query.text("ticket");
    bool const again = event && (done == "1" || done == "before") && ticket_is_good(event->key, event->record, shown_ticket, visit.now);
    bool const good = event && code_is_good(event->key, event->record, visit.request.parameter("code"), visit.now);
    if (!again && (!good || !event->open)) {
        auto page = page_for(visit, nullptr);
        page.wrong = view::Sentence { good ? "attendance.closed" : "attendance.code_old" };
        return shown(visit, page, http::status_of(FaultKind::Conflict));
    }
    auto page = page_for(visit, &*event, again ? shown_ticket : std::string {});
    page.done = again;
    page.before = done == "before";
    return shown(visit, page, 200);
}

/// Guests are counted by network: a hall shares one address, a machine that fills lists does not get far.
Result<void> count_guest(storage::Transaction& transaction, account::Visit const& visit)
{
    constexpr std::int64_t window_ms = 600'000;
    auto const window = visit.now.milliseconds / window_ms * window_ms;
    if (transaction.first(count_hit, "attendance.network:" + visit.request.client_network, window)->integer(0) > rules().guests_per_network)
        return unavailable("attendance.busy");
    return {};
}

Result<http::Response> take(account::Visit& visit, record::Surroundings const& around)
{
    auto const act = visit.act();
    auto const& form = visit.request.form;
    auto const event = TRY(event_in_address(visit, around));
    auto const shown_ticket = form.text("ticket");
    if (!event || !ticket_is_good(event->key, event->record, shown_ticket, visit.now)) {
        auto page = page_for(visit, nullptr);
        page.wrong = view::Sentence { "attendance.code_old" };
        return shown(visit, page, http::status_of(FaultKind::Conflict));
    }
    bool const staff = visit.reader.signed_in();
    Signer const signer { visit.reader.person, staff ? std::string {} : form.text("guest"), staff ? visit.reader.unit_name : form.text("institution") };
    auto const outcome = visit.database.write([&](storage::Transaction& transaction) -> Result<Signed> {
        if (!staff)
            TRY_VOID(count_guest(transaction, visit));
        return sign(transaction, act, around.desk(), event->record, signer, staff ? How::Scan : How::Guest);
    });
    if (outcome)
        return http::see_other(fmt::format("{}?done={}&ticket={}", visit.request.path, *outcome == Signed::Before ? "before" : "1", shown_ticket));
    auto const kind = outcome.error().kind;
    if ((kind != FaultKind::Invalid && kind != FaultKind::Conflict) || visit.request.wants_json)
        return fail(outcome.error());
    auto page = page_for(visit, &*event, shown_ticket);
    page.errors = view::field_errors(outcome.error());
    if (!page.errors)
        page.wrong = view::sentence_of(outcome.error());
    page.guest = form.text("guest");
    page.institution = form.text("institution");
    return shown(visit, page, http::status_of(kind));
}

}

void register_sign_pages(account::Door const& door, http::Router& router, record::Surroundings const& around)
{
    door.get<SignPage>(router, "/a/{event}/{code}", "public", [around](account::Visit& visit) { return show(visit, around); });
    door.post(router, "/a/{event}/{code}", "public", [around](account::Visit& visit) { return take(visit, around); });
}

}
