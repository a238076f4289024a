#include "account/form.hpp"
#include "flow/calendar_model.hpp"
#include "flow/clock_pages.hpp"
#include "organization/unit.hpp"
#include <algorithm>
#include <charconv>
#include <fmt/format.h>

namespace kpuhub::flow {

using account::Action;
using account::FormPage;
using account::Option;
using account::Visit;
using time::Date;

static view::Link calendar_address(int year) { return { fmt::format("/calendar?year={}", year) }; }

static std::string hours_in_words(time::DayHours const& day)
{
    constexpr int hour = 60;
    std::string text;
    for (auto const& span : day)
        text += fmt::format("{}{:02}.{:02}–{:02}.{:02}", text.empty() ? "" : ", ", span.from / hour, span.from % hour, span.to / hour, span.to % hour);
    return text;
}

static std::string kind_code(time::HolidayKind kind) { return kind == time::HolidayKind::Holiday ? "holiday" : "collective_leave"; }

static DayLine day_line(HolidayRow const& row, bool manage)
{
    auto const code = kind_code(row.day.kind);
    DayLine line { row.day.date, row.day.name, { code, "clock.day." + code }, row.unit_name, row.day.source };
    if (manage)
        line.removal = Action { { fmt::format("/calendar/days/{}/removal", row.id.value) }, { "calendar.remove", {} }, true };
    return line;
}

static HoursLine hours_line(HoursRow const& row, bool manage)
{
    HoursLine line { row.period.from, row.period.to, row.unit_name, row.period.source };
    for (std::size_t i = 0; i < row.period.week.size(); ++i)
        line.days.push_back({ { std::to_string(i + 1), fmt::format("calendar.weekday.{}", i + 1) }, hours_in_words(row.period.week[i]) });
    if (manage)
        line.removal = Action { { fmt::format("/calendar/hours/{}/removal", row.id.value) }, { "calendar.remove", {} }, true };
    return line;
}

static Result<http::Response> show(Visit& visit)
{
    auto const year = static_cast<int>(std::clamp<std::int64_t>(visit.request.query.integer("year").value_or(visit.reader.today.year()), 2000, 2099));
    auto page = TRY(visit.database.read([&](storage::Reader& reader) -> Result<CalendarPage> {
        CalendarPage made { { year } };
        made.manage = may_manage_calendar(reader, visit.reader.person, visit.reader.today);
        std::vector<time::Holiday> national_days;
        for (auto const& row : holidays_of(reader, year, visit.reader.today)) {
            made.days.push_back(day_line(row, made.manage));
            if (row.unit_name.empty())
                national_days.push_back(row.day);
        }
        for (auto const& row : hours_in_force(reader, visit.reader.today))
            if (row.period.from.year() <= year && row.period.to.year() >= year)
                made.hours.push_back(hours_line(row, made.manage));
        auto const years = known_years(reader);
        made.known = std::ranges::find(years, year) != years.end();
        for (int each : years)
            made.years.push_back({ { each }, calendar_address(each), each == year });
        time::WorkingCalendar const calendar { national_days, { year } };
        made.working_days = calendar.working_days_between(Date::of(year - 1, 12, 31), Date::of(year, 12, 31));
        return made;
    }));
    page.add_day = { "/calendar/days/new" };
    page.add_hours = { "/calendar/hours/new" };
    return visit.page("flow/calendar", page, visit.frame({ "calendar.title", { view::Year { year } } }));
}

static Result<void> must_manage(Visit& visit)
{
    return visit.database.read([&](storage::Reader& reader) -> Result<void> {
        if (!may_manage_calendar(reader, visit.reader.person, visit.reader.today))
            return forbidden("calendar.manage.forbidden");
        return {};
    });
}

static FormPage day_form()
{
    std::vector<Option> kinds { { "holiday", { "clock.day.holiday", {} } }, { "collective_leave", { "clock.day.collective_leave", {} } } };
    return { .title = { "calendar.day.title", {} }, .lead = view::Sentence { "calendar.day.lead", {} }, .action = { "/calendar/days/new" }, .button = { "calendar.day.button", {} },
        .fields = { { .name = "day", .label = { "calendar.day.day", {} }, .type = "date" }, { .name = "name", .label = { "calendar.day.name", {} } },
            { .name = "kind", .label = { "calendar.day.kind", {} }, .options = kinds },
            { .name = "source", .label = { "calendar.day.source", {} }, .hint = view::Sentence { "calendar.day.source_hint", {} } },
            { .name = "unit", .label = { "calendar.unit", {} }, .may_be_empty = true, .hint = view::Sentence { "calendar.unit_hint", {} } } },
        .cancel = { "/calendar" } };
}

static FormPage hours_form()
{
    FormPage page { .title = { "calendar.hours.title", {} }, .lead = view::Sentence { "calendar.hours.lead", {} }, .action = { "/calendar/hours/new" }, .button = { "calendar.hours.button", {} },
        .fields = { { .name = "from", .label = { "calendar.hours.from", {} }, .type = "date" }, { .name = "to", .label = { "calendar.hours.to", {} }, .type = "date" } }, .cancel = { "/calendar" } };
    static constexpr std::array names { "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday" };
    for (std::size_t i = 0; i < names.size(); ++i) {
        account::Field field { .name = names[i], .label = { fmt::format("calendar.weekday.{}", i + 1), {} }, .may_be_empty = true };
        if (i == 0)
            field.hint = view::Sentence { "calendar.hours.hint", {} };
        page.fields.push_back(std::move(field));
    }
    page.fields.push_back({ .name = "source", .label = { "calendar.day.source", {} } });
    page.fields.push_back({ .name = "unit", .label = { "calendar.unit", {} }, .may_be_empty = true, .hint = view::Sentence { "calendar.unit_hint", {} } });
    return page;
}

/// The unit that the form names; the whole country when it names none.
static Result<UnitId> unit_of(Visit const& visit, storage::Reader& reader)
{
    auto const code = visit.request.form.text("unit");
    auto const unit = organization::unit_by_code(reader, code.empty() ? "00" : code, visit.reader.today);
    if (!unit)
        return invalid("calendar.wrong", { { "unit", "calendar.unit_wrong" } });
    return unit->id;
}

static Result<http::Response> ask_day(Visit& visit)
{
    TRY_VOID(must_manage(visit));
    return account::form_page(visit, day_form(), "");
}

static Result<http::Response> write_day(Visit& visit)
{
    TRY_VOID(must_manage(visit));
    auto const act = visit.act();
    auto answer = visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
        time::Holiday day { TRY(account::day_in(visit.request, "day")), std::string { visit.request.form.text("name") }, {}, std::string { visit.request.form.text("source") } };
        day.kind = visit.request.form.text("kind") == "collective_leave" ? time::HolidayKind::CollectiveLeave : time::HolidayKind::Holiday;
        TRY(add_holiday(transaction, act, TRY(unit_of(visit, transaction)), day));
        return calendar_address(day.date.year()).address;
    });
    if (answer)
        return answer;
    return account::form_page(visit, day_form(), "", answer.error());
}

static Result<http::Response> take_day(Visit& visit)
{
    auto const act = visit.act();
    return visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
        TRY_VOID(remove_holiday(transaction, act, { account::number_of(visit.request.parameter("day")) }));
        return "/calendar";
    });
}

static Result<http::Response> ask_hours(Visit& visit)
{
    TRY_VOID(must_manage(visit));
    return account::form_page(visit, hours_form(), "");
}

/// "07.30-12.00, 13.00-16.00" as people write it, to "0730-1200+1300-1600".
static std::string plain_hours(std::string_view typed)
{
    std::string text;
    for (char c : typed)
        if ((c >= '0' && c <= '9') || c == '-')
            text += c;
        else if (c == ',' || c == '+')
            text += '+';
        else if (c != '.' && c != ':' && c != ' ')
            text += '?';
    return text;
}

static Result<time::WeekHours> week_in(Visit const& visit)
{
    static constexpr std::array names { "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday" };
    time::WeekHours week;
    std::vector<FieldFault> wrong;
    for (std::size_t i = 0; i < week.size(); ++i) {
        auto day = time::read_day_hours(plain_hours(visit.request.form.text(names[i])));
        if (!day)
            wrong.push_back({ names[i], "calendar.hours_wrong" });
        week[i] = day.value_or(time::DayHours {});
    }
    if (!wrong.empty())
        return invalid("calendar.wrong", std::move(wrong));
    return week;
}

static Result<http::Response> write_hours(Visit& visit)
{
    TRY_VOID(must_manage(visit));
    auto const act = visit.act();
    auto answer = visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
        auto const from = TRY(account::day_in(visit.request, "from")), to = TRY(account::day_in(visit.request, "to"));
        auto const week = TRY(week_in(visit));
        time::HoursPeriod const period { from, to, week, std::string { visit.request.form.text("source") } };
        TRY(add_hours(transaction, act, TRY(unit_of(visit, transaction)), period));
        return calendar_address(period.from.year()).address;
    });
    if (answer)
        return answer;
    return account::form_page(visit, hours_form(), "", answer.error());
}

static Result<http::Response> take_hours(Visit& visit)
{
    auto const act = visit.act();
    return visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
        TRY_VOID(remove_hours(transaction, act, { account::number_of(visit.request.parameter("hours")) }));
        return "/calendar";
    });
}

void register_calendar_pages(account::Door const& door, http::Router& router)
{
    door.get<CalendarPage>(router, "/calendar", "signed_in", show);
    door.get<account::FormPage>(router, "/calendar/days/new", "calendar.manage", ask_day);
    door.post(router, "/calendar/days/new", "calendar.manage", write_day);
    door.post(router, "/calendar/days/{day}/removal", "calendar.manage", take_day);
    door.get<account::FormPage>(router, "/calendar/hours/new", "calendar.manage", ask_hours);
    door.post(router, "/calendar/hours/new", "calendar.manage", write_hours);
    door.post(router, "/calendar/hours/{hours}/removal", "calendar.manage", take_hours);
}

}
