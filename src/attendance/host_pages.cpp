#include "account/form.hpp"
#include "account/password.hpp"
#include "attendance/attendance_model.hpp"
#include "attendance/attendance_pages.hpp"
#include "codec/paper_pdf.hpp"
#include "codec/qr.hpp"
#include <algorithm>
#include <fmt/format.h>

namespace kpuhub::attendance {

namespace {

constexpr int rows_shown = 200;
constexpr int rows_printed = 5000;
constexpr std::int64_t second_ms = 1000;

SubjectId record_id(account::Visit const& visit) { return { account::number_of(visit.request.parameter("record")) }; }
std::string address_of(SubjectId id) { return fmt::format("/records/{}/attendance", id.value); }
record::Asker asker_of(account::Visit const& visit) { return { visit.reader.person, visit.reader.today }; }

Result<Event> event_in_address(storage::Reader& reader, account::Visit const& visit, record::Surroundings const& around)
{
    return event_for(reader, around.shelf, asker_of(visit), record_id(visit));
}

std::optional<time::Date> day_of(Event const& event) { return time::Date::from_iso(event.text(event.fields->held_on)); }

Result<ListPage> make_page(account::Visit& visit, record::Surroundings const& around)
{
    return visit.database.read([&](storage::Reader& reader) -> Result<ListPage> {
        auto const event = TRY(event_in_address(reader, visit, around));
        auto const host = hosts(event);
        auto const address = address_of(event.record);
        ListPage page { event.text(event.fields->name), event.at.place.unit.name, event.text(event.fields->place), day_of(event) };
        page.host = host;
        page.open = event.open;
        page.opened = !event.key.empty();
        for (auto const& each : attendees(reader, event, rows_shown))
            page.rows.push_back(line_of(event, each, host));
        page.came = page.rows.size() < rows_shown ? static_cast<std::int64_t>(page.rows.size()) : count_attendees(reader, event);
        for (auto const& each : event.struck)
            page.struck.push_back({ each.who, each.reason, each.by });
        page.screen = { fmt::format("/units/{}/events/{}/screen", event.at.place.unit.code, event.record.value) };
        page.paper = { address + ".pdf" };
        page.record = { fmt::format("/records/{}", event.record.value) };
        page.to_open = { address };
        page.to_rows = { address + "/rows" };
        page.closes = event.unclosed && closes(event);
        page.to_closing = { address + "/closing" };
        if (page.rows.empty())
            page.nothing = view::EmptyState { { "attendance.none" }, view::Sentence { host ? "attendance.none_host" : "attendance.none_why" } };
        return page;
    });
}

http::Response shown(account::Visit& visit, ListPage const& page, int status)
{
    auto frame = visit.frame({ "attendance.title", { page.title } }, "registers");
    frame.crumbs = { { view::plain(page.title), page.record }, { { "attendance.list" }, {} } };
    if (auto const came = visit.request.query.integer("came"))
        frame.notice = view::Notice { view::Notice::Kind::Done, { "attendance.closed_now", { *came } } };
    if (visit.request.query.text("before") == "1")
        frame.notice = view::Notice { view::Notice::Kind::Known, { "attendance.before_host" } };
    return visit.page("attendance/list", page, frame, status);
}

Result<http::Response> show(account::Visit& visit, record::Surroundings const& around) { return shown(visit, TRY(make_page(visit, around)), 200); }

/// Runs a step of the host and leads back; what he can mend is said on the page itself.
template<typename Step>
Result<http::Response> take(account::Visit& visit, record::Surroundings const& around, Step const& step)
{
    auto const act = visit.act();
    auto const id = record_id(visit);
    auto outcome = visit.once([&](storage::Transaction& transaction) -> Result<std::string> { return address_of(id) + TRY(step(transaction, act, id)); });
    if (outcome || (outcome.error().kind != FaultKind::Invalid && outcome.error().kind != FaultKind::Conflict) || visit.request.wants_json)
        return outcome;
    auto page = TRY(make_page(visit, around));
    page.errors = view::field_errors(outcome.error());
    if (!page.errors)
        page.wrong = view::sentence_of(outcome.error());
    page.guest = visit.request.form.text("guest");
    page.institution = visit.request.form.text("institution");
    return shown(visit, page, http::status_of(outcome.error().kind));
}

using storage::Transaction;

Result<http::Response> take_open(account::Visit& visit, record::Surroundings const& around)
{
    auto const key = account::random_token();
    auto const act = visit.act();
    auto const id = record_id(visit);
    auto const unit = TRY(visit.database.read([&](storage::Reader& reader) -> Result<std::string> { return TRY(event_in_address(reader, visit, around)).at.place.unit.code; }));
    return visit.once([&](Transaction& transaction) -> Result<std::string> {
        TRY_VOID(open_list(transaction, act, around.desk(), id, key));
        return fmt::format("/units/{}/events/{}/screen", unit, id.value);
    });
}

Result<http::Response> take_row(account::Visit& visit, record::Surroundings const& around)
{
    auto const& form = visit.request.form;
    Signer const signer { { account::number_of(form.text("person")) }, form.text("guest"), form.text("institution") };
    return take(visit, around, [&](Transaction& transaction, journal::Act const& act, SubjectId id) -> Result<std::string> {
        return TRY(sign_by_host(transaction, act, around.desk(), id, signer)) == Signed::Before ? "?before=1" : "";
    });
}

Result<http::Response> end_row(account::Visit& visit, record::Surroundings const& around)
{
    return take(visit, around, [&](Transaction& transaction, journal::Act const& act, SubjectId id) -> Result<std::string> {
        TRY_VOID(strike(transaction, act, around.desk(), id, account::number_of(visit.request.parameter("row")), visit.request.form.text("reason")));
        return std::string {};
    });
}

Result<http::Response> take_closing(account::Visit& visit, record::Surroundings const& around)
{
    return take(visit, around, [&](Transaction& transaction, journal::Act const& act, SubjectId id) -> Result<std::string> {
        return fmt::format("?came={}", TRY(close_list(transaction, act, around.desk(), id)));
    });
}

Result<http::Response> send_paper(account::Visit& visit, record::Surroundings const& around)
{
    auto const paper = TRY(visit.database.read([&](storage::Reader& reader) -> Result<codec::Paper> {
        auto const event = TRY(event_in_address(reader, visit, around));
        auto const& unit = event.at.place.unit;
        return list_paper(event, attendees(reader, event, rows_printed), paper::signers_of(reader, unit.id, unit.name, visit.reader.today), visit.reader.today);
    }));
    http::Response answer;
    answer.body = TRY(codec::write_pdf(paper, { .sandbox_required = visit.door.settings().sandbox_required }));
    answer.with("Content-Type", "application/pdf").with("Content-Disposition", fmt::format("inline; filename=\"daftar-hadir-{}.pdf\"", record_id(visit).value));
    return answer;
}

// --- the screen ---

std::string sign_address(account::Visit const& visit, Event const& event)
{
    return fmt::format("{}/a/{}/{}", visit.door.settings().public_url, event.record.value, code_at(event.key, event.record, visit.now));
}

/// The event of the screen's address, which only its host opens.
Result<Event> event_on_screen(storage::Reader& reader, account::Visit const& visit, record::Surroundings const& around)
{
    auto event = TRY(event_in_address(reader, visit, around));
    if (event.at.place.unit.code != visit.request.parameter("unit"))
        return not_found();
    if (!hosts(event))
        return forbidden("attendance.forbidden");
    return event;
}

Result<http::Response> show_screen(account::Visit& visit, record::Surroundings const& around)
{
    auto const since = visit.request.query.integer("since").value_or(0);
    auto const page = TRY(visit.database.read([&](storage::Reader& reader) -> Result<ScreenPage> {
        auto const event = TRY(event_on_screen(reader, visit, around));
        ScreenPage made { event.text(event.fields->name), event.at.place.unit.name, event.text(event.fields->place), day_of(event) };
        made.open = event.open;
        made.newest = since;
        auto const newest = attendees(reader, event, static_cast<int>(rules().shown_names));
        auto const few = static_cast<std::int64_t>(newest.size());
        made.came = few < rules().shown_names ? few : count_attendees(reader, event);
        for (auto const& each : newest) {
            made.newest = std::max(made.newest, each.row);
            if (each.row > since)
                made.rows.push_back(line_of(event, each, false));
        }
        made.list = { address_of(event.record) };
        if (event.open) {
            auto const change_ms = rules().code_seconds * second_ms;
            made.address = sign_address(visit, event);
            made.code = { fmt::format("/units/{}/events/{}/code?at={}", event.at.place.unit.code, event.record.value, visit.now.milliseconds / change_ms) };
            made.seconds = (change_ms - visit.now.milliseconds % change_ms) / second_ms + 1;
        }
        return made;
    }));
    if (visit.request.wants_json)               // asked every few seconds: without the navigation
        return http::json(200, visit.door.renderer().json(page));
    auto answer = visit.page("attendance/screen", page, visit.frame(view::plain(page.title), "registers"));
    if (visit.request.query.text("auto") == "1")
        answer.with("Refresh", "10");           // for screens without script
    return answer;
}

Result<http::Response> send_code(account::Visit& visit, record::Surroundings const& around)
{
    auto const address = TRY(visit.database.read([&](storage::Reader& reader) -> Result<std::string> {
        auto const event = TRY(event_on_screen(reader, visit, around));
        if (!event.open)
            return conflict("attendance.closed");
        return sign_address(visit, event);
    }));
    http::Response answer;
    answer.body = TRY(codec::qr_svg(address));
    answer.with("Content-Type", "image/svg+xml").with("Cache-Control", "no-store").with("X-Content-Type-Options", "nosniff");
    return answer;
}

}

std::vector<record::FurtherPage> record_pages()
{
    std::vector<record::FurtherPage> pages;
    for (auto const& list : rules().lists)
        pages.push_back({ list.register_id, "/attendance", "attendance.list", list.list });
    return pages;
}

void register_host_pages(account::Door const& door, http::Router& router, record::Surroundings const& around)
{
    auto const with = [around](auto handler) { return [around, handler](account::Visit& visit) { return handler(visit, around); }; };
    door.get<ListPage>(router, "/records/{record}/attendance", "record.read", with(show));
    door.post(router, "/records/{record}/attendance", "record.edit", with(take_open));
    door.post(router, "/records/{record}/attendance/rows", "record.edit", with(take_row));
    door.post(router, "/records/{record}/attendance/rows/{row}/end", "record.edit", with(end_row));
    door.post(router, "/records/{record}/attendance/closing", "record.edit", with(take_closing));
    door.get(router, "/records/{record}/attendance.pdf", "record.read", with(send_paper));
    door.get<ScreenPage>(router, "/units/{unit}/events/{record}/screen", "record.edit", with(show_screen));
    door.get(router, "/units/{unit}/events/{record}/code", "record.edit", with(send_code));
}

void register_pages(account::Door const& door, http::Router& router, record::Surroundings const& around)
{
    register_host_pages(door, router, around);
    register_sign_pages(door, router, around);
}

}
