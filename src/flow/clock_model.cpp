#include "flow/clock_model.hpp"
#include "view/words.hpp"
#include <algorithm>
#include <array>

namespace kpuhub::flow {

using time::Counted;
using time::Measure;

void ClockLine::describe(view::Visitor& v) const
{
    v.field("title", title);
    v.field("state", state);
    v.field("due", due);
    v.field("left", left);
    v.field("link", link);
    v.field("subject", subject);
}

void ClockDay::describe(view::Visitor& v) const
{
    v.field("date", date);
    v.field("what", what);
    v.field("number", number);
    v.field("time", time);
    v.field("reason", reason);
    v.field("source", source);
    v.field("counted", counted);
}

void ClockPause::describe(view::Visitor& v) const
{
    v.field("from", from);
    v.field("to", to);
    v.field("reason", reason);
}

void ClockConvention::describe(view::Visitor& v) const { v.field("words", words); }

void ClockStep::describe(view::Visitor& v) const
{
    v.field("what", what);
    v.field("at", at);
    v.field("done", done);
}

void ClockPage::describe(view::Visitor& v) const
{
    v.field("line", line);
    v.field("limit", limit);
    v.list("conventions", conventions);
    v.field("article", article);
    v.field("source", source);
    v.field("confidence", confidence);
    v.field("started", started);
    v.field("began", began);
    v.field("stopped", stopped);
    v.field("certain", certain);
    v.list("days", days);
    v.list("hours", hours);
    v.list("pauses", pauses);
    v.list("steps", steps);
}

void ClockListPage::describe(view::Visitor& v) const
{
    v.field("unit", unit);
    v.field("mine", mine);
    v.list("clocks", clocks);
    v.field("nothing", nothing);
}

namespace {

view::StateMark state_of(Clock const& clock, time::Instant now)
{
    auto const late = clock.passed || (clock.open() && clock.due_at && *clock.due_at < now);
    auto const code = late && !clock.of_office() ? (clock.open() ? "expired" : "stopped") : clock.state == "stopped" ? (late ? "stopped_late" : "stopped") : clock.state == "paused" && !clock.due_at ? "paused" : late ? "late" : "running";
    static constexpr std::array marks { std::array { "stopped", "✓", "V" }, std::array { "stopped_late", "!", "V L" }, std::array { "paused", "", "badge" },
        std::array { "late", "!", "K L" }, std::array { "running", "", "badge" }, std::array { "expired", "", "badge" } };
    auto const mark = std::ranges::find_if(marks, [&](auto const& each) { return std::string_view { code } == each[0]; });
    return { code, (*mark)[1], (*mark)[2], { std::string { "clock.state." } + code, {} } };
}

view::Sentence length_of(time::DeadlineRule const& rule)
{
    constexpr int hour = 60;
    auto const hours = rule.amount % hour == 0;
    switch (rule.measure) {
    case Measure::OfficeMinutes: return { hours ? "clock.limit.office_hours" : "clock.limit.office_minutes", { std::int64_t { hours ? rule.amount / hour : rule.amount } } };
    case Measure::WallMinutes: return { hours ? "clock.limit.wall_hours" : "clock.limit.wall_minutes", { std::int64_t { hours ? rule.amount / hour : rule.amount } } };
    case Measure::WorkingDays: return { "clock.limit.working_days", { std::int64_t { rule.amount } } };
    case Measure::CalendarDays: return { "clock.limit.calendar_days", { std::int64_t { rule.amount } } };
    case Measure::Months: return { "clock.limit.months", { std::int64_t { rule.amount } } };
    case Measure::DayOfMonth: return { "clock.limit.day_of_month", { std::int64_t { rule.day }, std::int64_t { rule.amount } } };
    case Measure::DayOfYear: return { "clock.limit.day_of_year", { std::int64_t { rule.day }, view::Choice { "", "month.short." + std::to_string(rule.month) } } };
    }
    return {};
}

std::vector<ClockConvention> conventions_of(time::DeadlineRule const& rule)
{
    std::vector<ClockConvention> all;
    auto const fixed = rule.measure >= Measure::Months;
    if (rule.receipt == time::LateReceipt::NextOpening)
        all.push_back({ { "clock.rule.next_opening" } });
    if (!fixed)
        all.push_back({ { rule.first == time::FirstDay::SameDay ? "clock.rule.same_day" : rule.first == time::FirstDay::NextDay ? "clock.rule.next_day" : "clock.rule.next_working_day" } });
    if (rule.last == time::LastDay::NextWorkingDay)
        all.push_back({ { "clock.rule.moves" } });
    if (rule.measure >= Measure::WorkingDays)
        all.push_back({ { rule.ends == time::Ends::DayEnd ? "clock.rule.day_end" : "clock.rule.office_close" } });
    return all;
}

char const* code_of(Counted counted)
{
    switch (counted) {
    case Counted::Start: return "start";
    case Counted::Yes: return "counted";
    case Counted::Weekend: return "weekend";
    case Counted::Holiday: return "holiday";
    case Counted::CollectiveLeave: return "collective_leave";
    case Counted::NoHours: return "no_hours";
    case Counted::Paused: return "paused";
    case Counted::BeforeStart: return "before_start";
    case Counted::Moved: return "moved";
    }
    return "counted";
}

ClockDay day_of(time::ExplainedDay const& day)
{
    constexpr std::int64_t minute_ms = 60'000, hour = 60;
    std::string const code = code_of(day.counted);
    ClockDay line { day.date, { code, "clock.day." + code }, {}, {}, day.reason, day.reason.empty() ? std::string {} : day.source, day.counted == Counted::Yes || day.counted == Counted::Moved };
    if (day.number > 0)
        line.number = day.number;
    if (auto const minutes = day.milliseconds / minute_ms; minutes > 0)
        line.time = view::Sentence { "clock.time", { minutes / hour, minutes % hour } };
    return line;
}

}

ClockLine clock_line(Clock const& clock, time::Zone zone, time::Instant now, std::string_view language)
{
    ClockLine line { language == "en" ? clock.rule.text.title_en : clock.rule.text.title_id, state_of(clock, now), {}, {},
        { "/clocks/" + std::to_string(clock.id.value) }, { clock.link } };
    if (clock.due_at) {
        line.due = view::Moment { *clock.due_at, zone };
        if (clock.open())
            line.left = view::days_from_today(time::date_at(clock.due_at->plus(std::chrono::milliseconds { -1 }), zone), time::date_at(now, zone));
    }
    return line;
}

Result<ClockPage> clock_page(Clock const& clock, UnitTimes const& times, time::Instant now, std::string_view language)
{
    auto const& text = clock.rule.text;
    auto const deadline = TRY(time::compute(text.rule, clock.started_at, clock.pauses, times.office(), time::Explain::Yes));
    ClockPage page { clock_line(clock, times.zone, now, language), length_of(text.rule), conventions_of(text.rule), text.article, text.source,
        { text.confidence, "clock.confidence." + text.confidence }, { clock.started_at, times.zone } };
    if (deadline.began != clock.started_at)
        page.began = view::Moment { deadline.began, times.zone };
    if (clock.stopped_at)
        page.stopped = view::Moment { *clock.stopped_at, times.zone };
    page.certain = deadline.certain;
    for (auto const& day : deadline.days) {
        page.days.push_back(day_of(day));
        if (day.counted == Counted::Yes && !day.source.empty() && std::ranges::find(page.hours, day.source) == page.hours.end())
            page.hours.push_back(day.source);
    }
    for (std::size_t i = 0; i < clock.pauses.size(); ++i) {
        ClockPause pause { { clock.pauses[i].from, times.zone }, {}, clock.pause_reasons.size() > i ? clock.pause_reasons[i] : std::string {} };
        if (clock.pauses[i].to)
            pause.to = view::Moment { *clock.pauses[i].to, times.zone };
        page.pauses.push_back(std::move(pause));
    }
    for (std::size_t i = 0; i < text.warnings.size(); ++i) {
        ClockStep step { { "clock.step." + text.warnings[i].to, { std::int64_t { text.warnings[i].percent } } }, {}, static_cast<std::int64_t>(i) < clock.next_step };
        if (auto const at = TRY(time::moment_at_share(text.rule, text.warnings[i].percent, clock.started_at, clock.pauses, times.office())))
            step.at = view::Moment { *at, times.zone };
        page.steps.push_back(std::move(step));
    }
    return page;
}

}
