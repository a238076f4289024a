#include "portal/reminder_pages.hpp"
#include "account/password.hpp"
#include "plan/plan_marks.hpp"
#include "portal/due_calendar.hpp"
#include "portal/plan_digest.hpp"
#include "portal/work_line.hpp"
#include "journal/journal.hpp"
#include "outbox/push.hpp"
#include <fmt/format.h>

namespace kpuhub::portal {

using account::Visit;
using storage::Query;

constexpr Query choice_of { "portal.reminder_choice", R"sql(
    SELECT coalesce(c.muted, 0), c.muted_until, CASE WHEN c.calendar_hash IS NULL THEN 0 ELSE 1 END, c.calendar_made_at, CASE WHEN coalesce(p.email, '') = '' THEN 0 ELSE 1 END
      FROM person p LEFT JOIN reminder_choice c ON c.person_id = p.id WHERE p.id = $1 )sql" };
constexpr Query set_muted { "portal.set_muted", R"sql(
    INSERT INTO reminder_choice (person_id, muted, muted_until) VALUES ($1, $2, $3)
    ON CONFLICT (person_id) DO UPDATE SET muted = excluded.muted, muted_until = excluded.muted_until )sql" };
constexpr Query set_calendar { "portal.set_calendar", R"sql(
    INSERT INTO reminder_choice (person_id, calendar_hash, calendar_made_at) VALUES ($1, $2, $3)
    ON CONFLICT (person_id) DO UPDATE SET calendar_hash = excluded.calendar_hash, calendar_made_at = excluded.calendar_made_at )sql" };
constexpr Query feed_owner { "portal.feed_owner", R"sql(
    SELECT p.id, p.name, a.language FROM reminder_choice c JOIN person p ON p.id = c.person_id JOIN account a ON a.person_id = p.id AND a.state = 'active'
     WHERE c.calendar_hash = $1 AND p.left_on IS NULL )sql" };
constexpr Query own_clocks { "portal.own_clocks", R"sql(
    SELECT c.id, c.due_at, r.title_id, r.title_en, coalesce((SELECT n.zone FROM unit_name n WHERE n.unit_id = c.unit_id AND n.valid_from <= $2 ORDER BY n.valid_from DESC LIMIT 1), 'WIB')
      FROM clock c JOIN clock_rule r ON r.id = c.rule_id
     WHERE c.officer_id = $1 AND c.state <> 'stopped' AND c.due_at IS NOT NULL ORDER BY c.due_at, c.id LIMIT 300 )sql" };

constexpr std::size_t token_length = 22;        // of base64url: 132 bits

void PushLine::describe(view::Visitor& v) const
{
    v.field("device", device);
    v.field("made", made);
    v.field("told", told);
    v.field("end", end);
}

void ReminderPage::describe(view::Visitor& v) const
{
    v.field("muted", muted);
    v.field("muted_until", muted_until);
    v.field("has_address", has_address);
    v.field("calendar", calendar);
    v.field("calendar_made", calendar_made);
    v.field("mute", mute);
    v.field("mute_month", mute_month);
    v.field("unmute", unmute);
    v.field("make", make);
    v.field("end", end);
    v.field("fresh", fresh);
    v.field("push_key", push_key);
    v.field("push_marks", push_marks);
    v.list("devices", devices);
    v.field("push", push);
}

static void add_devices(Visit const& visit, storage::Reader& reader, ReminderPage& page)
{
    page.push_key = visit.door.settings().push_key;
    for (auto const& each : outbox::devices_of(reader, visit.reader.person)) {
        auto const told = each.told_at ? std::optional { view::Moment { *each.told_at, visit.reader.zone } } : std::nullopt;
        page.devices.push_back({ each.device, { each.made_at, visit.reader.zone }, told,
            { { fmt::format("/account/push/{}/end", each.id.value) }, { "portal.push.end", {} } } });
        page.push_marks += (page.push_marks.empty() ? "" : " ") + each.mark;
    }
}

static Result<http::Response> page_with(Visit& visit, std::string fresh)
{
    auto page = TRY(visit.database.read([&](storage::Reader& reader) -> Result<ReminderPage> {
        ReminderPage made;
        if (auto const row = reader.first(choice_of, visit.reader.person)) {
            made.muted_until = row->optional_date(1);
            made.muted = row->yes(0) && (!made.muted_until || *made.muted_until >= visit.reader.today);
            made.calendar = row->yes(2);
            if (auto const at = row->optional_instant(3))
                made.calendar_made = view::Moment { *at, visit.reader.zone };
            made.has_address = row->yes(4);
        }
        add_devices(visit, reader, made);
        made.has_address = made.has_address || !made.devices.empty();
        return made;
    }));
    page.mute = { { "/account/reminders/mute" }, { "portal.reminders.mute", {} } };
    page.mute_month = { { "/account/reminders/mute-month" }, { "portal.reminders.mute_month", {} } };
    page.unmute = { { "/account/reminders/unmute" }, { "portal.reminders.unmute", {} } };
    page.make = { { "/account/reminders/calendar" }, { page.calendar ? "portal.reminders.make_anew" : "portal.reminders.make", {} } };
    page.end = { { "/account/reminders/calendar/end" }, { "portal.reminders.end", {} }, true };
    page.fresh = std::move(fresh);
    auto frame = visit.frame({ "portal.reminders.title", {} }, "account");
    if (auto const done = visit.request.query.text("push"); done == "on" || done == "off")
        frame.notice = view::Notice { view::Notice::Kind::Done, { done == "on" ? "portal.push.is_on" : "portal.push.is_off" } };
    return visit.page("portal/reminders", page, frame);
}

static account::PageHandler muting(bool muted, int days)
{
    return [muted, days](Visit& visit) -> Result<http::Response> {
        auto const act = visit.act();
        auto const until = days > 0 ? std::optional { visit.reader.today.plus(std::chrono::days { days }) } : std::nullopt;
        return visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
            transaction.execute(set_muted, act.actor, muted, until);
            journal::write(transaction, act, { muted ? "reminders.muted" : "reminders.unmuted", {}, visit.reader.unit, {} });
            return "/account/reminders";
        });
    };
}

/// Not once per request key: that would keep the address, which stands nowhere in clear.
static Result<http::Response> make_calendar(Visit& visit)
{
    auto const act = visit.act();
    auto const token = account::random_token().substr(0, token_length);
    TRY_VOID(visit.database.write([&](storage::Transaction& transaction) -> Result<void> {
        transaction.execute(set_calendar, act.actor, account::token_hash(token), act.at);
        journal::write(transaction, act, { "reminders.calendar_made", {}, visit.reader.unit, {} });
        return {};
    }));
    return http::see_other("/account/reminders/calendar/" + token);
}

static Result<http::Response> show_calendar_address(Visit& visit)
{
    auto const& token = visit.request.parameter("token");
    auto const own = TRY(visit.database.read([&](storage::Reader& reader) -> Result<bool> {
        auto const owner = reader.first(feed_owner, account::token_hash(token));
        return owner && owner->id<PersonTag>(0) == visit.reader.person;
    }));
    if (!own)
        return not_found();
    return page_with(visit, visit.door.settings().public_url + "/calendar-feed/" + token + ".ics");
}

static Result<http::Response> end_calendar(Visit& visit)
{
    auto const act = visit.act();
    return visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
        transaction.execute(set_calendar, act.actor, std::nullopt, std::nullopt);
        journal::write(transaction, act, { "reminders.calendar_ended", {}, visit.reader.unit, {} });
        return "/account/reminders";
    });
}

static std::vector<DueDay> due_days(storage::Reader& reader, PersonId person, time::Date today, text::Language language, std::string const& public_url)
{
    constexpr std::chrono::days ahead { 366 };
    constexpr int most = 500;
    constexpr std::size_t title_bytes = 120;
    std::vector<DueDay> days;
    for (auto const& line : own_rows(plan::tasks_of(reader, person, today, today.plus(ahead), most).lines)) {
        auto const row = work_row(line, today);
        days.push_back({ fmt::format("deliverable-{}@kpuhub", line.deliverable.id.value), row.due, row.code + " " + plan::shortened(row.title, title_bytes), public_url + row.link.address });
    }
    for (auto const& row : reader.query(own_clocks, person, today)) {
        auto const zone = time::zone_named(row.text(4)).value_or(time::Zone::Wib);
        days.push_back({ fmt::format("clock-{}@kpuhub", row.integer(0)), time::date_at(row.instant(1).plus(std::chrono::milliseconds { -1 }), zone),
            row.text(language == text::Language::English ? 3 : 2), fmt::format("{}/clocks/{}", public_url, row.integer(0)) });
    }
    return days;
}

static Result<http::Response> feed(Visit& visit)
{
    auto token = visit.request.parameter("token");
    if (token.ends_with(".ics"))
        token.resize(token.size() - 4);
    auto text = TRY(visit.database.read([&](storage::Reader& reader) -> Result<std::string> {
        auto const owner = token.size() == token_length ? reader.first(feed_owner, account::token_hash(token)) : std::nullopt;
        if (!owner)
            return not_found();
        auto const today = time::date_at(visit.now, time::Zone::Wib);
        auto const language = text::language_named(owner->text(2));
        auto const name = visit.door.renderer().messages().text("portal.reminders.calendar_name", language);
        return due_calendar(name, due_days(reader, owner->id<PersonTag>(0), today, language, visit.door.settings().public_url), visit.now);
    }));
    auto answer = http::text(200, std::move(text));
    std::erase_if(answer.headers, [](auto const& header) { return header.first == "Content-Type"; });
    answer.with("Content-Type", "text/calendar; charset=utf-8").with("Cache-Control", "private, max-age=900").with("Referrer-Policy", "no-referrer");
    return answer;
}

void register_reminder_pages(account::Door const& door, http::Router& router)
{
    door.get<ReminderPage>(router, "/account/reminders", "signed_in", [](Visit& visit) { return page_with(visit, {}); });
    door.post(router, "/account/reminders/mute", "signed_in", muting(true, 0));
    door.post(router, "/account/reminders/mute-month", "signed_in", muting(true, 30));
    door.post(router, "/account/reminders/unmute", "signed_in", muting(false, 0));
    door.post(router, "/account/reminders/calendar", "signed_in", make_calendar);
    door.post(router, "/account/reminders/calendar/end", "signed_in", end_calendar);
    door.get(router, "/account/reminders/calendar/{token}", "signed_in", show_calendar_address);
    door.get(router, "/calendar-feed/{token}", "public", feed);
}

}
