#include "time/deadline.hpp"
#include <algorithm>

namespace kpuhub::time {

namespace {

using std::chrono::days;

constexpr int longest_days = 2600, longest_minutes = 1'000'000, most_days_ahead = 7400;
constexpr std::int64_t minute_ms = 60'000, day_ms = 86'400'000;
constexpr days one_day { 1 };

Instant at_minute(Date date, int minute, Zone zone) { return { start_of_day(date, zone).milliseconds + minute * minute_ms }; }

bool is_fixed(Measure measure) { return measure >= Measure::Months; }
bool is_minutes(Measure measure) { return measure <= Measure::WallMinutes; }

/// The one computation, with the state that its steps share.
class Counting {
public:
    Counting(DeadlineRule const& rule, std::vector<Pause> const& pauses, OfficeTimes const& office, Explain explain)
        : m_rule(rule), m_pauses(pauses), m_office(office), m_explain(explain == Explain::Yes)
    {
    }
    Result<Deadline> run(Instant start);
    Result<std::optional<Instant>> opening_after(Instant start, int whole_days);

private:
    [[nodiscard]] bool works(Date date) const { return m_office.calendar.is_working_day(date) && !m_office.hours.on(date).empty(); }
    [[nodiscard]] Instant opening(Date date) const { return works(date) ? at_minute(date, m_office.hours.on(date).front().from, m_office.zone) : start_of_day(date, m_office.zone); }
    [[nodiscard]] Instant end_of(Date date) const;
    [[nodiscard]] bool stands_at(Instant end) const;
    [[nodiscard]] bool stands_for_good(Instant end) const { return !m_pauses.empty() && !m_pauses.back().to && end > m_pauses.back().from; }
    [[nodiscard]] Counted why_not(Date date) const;
    Instant receipt(Instant start);
    Date first_date(Date day0) const;
    Result<void> count_days(int amount);
    Result<void> count_minutes(std::int64_t left);
    std::int64_t count_part(Instant from, Instant to, std::int64_t left, std::int64_t& counted);
    Date fixed_date(Date day0) const;
    Result<void> finish(Date last);
    void note(Date, Counted, int number = 0, std::int64_t milliseconds = 0);
    [[nodiscard]] bool too_far(Date date) const { return days_between(date_at(m_deadline.began, m_office.zone), date) > most_days_ahead; }

    DeadlineRule const& m_rule;
    std::vector<Pause> const& m_pauses;
    OfficeTimes const& m_office;
    bool m_explain;
    Deadline m_deadline;
    std::optional<Date> m_last;
};

Result<void> check(DeadlineRule const& rule)
{
    auto const most = is_minutes(rule.measure) ? longest_minutes : longest_days;
    auto const least = rule.measure == Measure::DayOfMonth || rule.measure == Measure::DayOfYear ? 0 : 1;
    auto const dated = rule.measure == Measure::DayOfMonth || rule.measure == Measure::DayOfYear;
    if (rule.amount < least || rule.amount > most || (dated && (rule.day < 1 || rule.day > 31))
        || (rule.measure == Measure::DayOfYear && (rule.month < 1 || rule.month > 12)))
        return invalid("deadline.amount");
    return {};
}

/// docs/clocks.md 6: the end of office hours of a day on which the office works, else 24:00.
Instant Counting::end_of(Date date) const
{
    if (m_rule.ends == Ends::OfficeClose && works(date))
        return at_minute(date, m_office.hours.on(date).back().to, m_office.zone);
    return start_of_day(date.plus(one_day), m_office.zone);
}

/// docs/clocks.md 5: whether the clock stands still just before this moment.
bool Counting::stands_at(Instant end) const
{
    return std::ranges::any_of(m_pauses, [&](Pause const& pause) { return pause.from < end && (!pause.to || end <= *pause.to); });
}

/// docs/clocks.md 2: what comes outside office hours counts as received at the next opening, when the rule says so.
Instant Counting::receipt(Instant start)
{
    auto const day0 = date_at(start, m_office.zone);
    if (m_rule.receipt == LateReceipt::AsItIs)
        return start;
    if (works(day0) && start < at_minute(day0, m_office.hours.on(day0).back().to, m_office.zone))
        return std::max(start, opening(day0));
    for (auto date = day0.plus(one_day); days_between(day0, date) < most_days_ahead; date = date.plus(one_day))
        if (works(date))
            return opening(date);
    return start;
}

/// docs/clocks.md 3: the first day that may count.
Date Counting::first_date(Date day0) const
{
    if (m_rule.first == FirstDay::SameDay)
        return day0;
    auto date = day0.plus(one_day);
    while (m_rule.first == FirstDay::NextWorkingDay && !works(date) && !too_far(date))
        date = date.plus(one_day);
    return date;
}

Counted Counting::why_not(Date date) const
{
    switch (m_office.calendar.kind(date)) {
    case DayKind::Weekend: return Counted::Weekend;
    case DayKind::Holiday: return Counted::Holiday;
    case DayKind::CollectiveLeave: return Counted::CollectiveLeave;
    case DayKind::Working: break;
    }
    return Counted::NoHours;
}

void Counting::note(Date date, Counted counted, int number, std::int64_t milliseconds)
{
    if (!m_explain)
        return;
    ExplainedDay line { date, counted, number, milliseconds };
    auto const day = m_office.calendar.day(date);
    line.reason = day.reason;
    line.source = day.working() ? m_office.hours.source(date) : day.source;
    m_deadline.days.push_back(std::move(line));
}

/// docs/clocks.md 4 and 5: a day counts when it is of the kind that the rule counts and the clock runs at its end.
Result<void> Counting::count_days(int amount)
{
    auto const day0 = date_at(m_deadline.began, m_office.zone);
    auto const first = first_date(day0);
    for (auto date = day0; date < first; date = date.plus(one_day))
        note(date, date == day0 ? Counted::Start : why_not(date));
    int number = 0;
    for (auto date = first; number < amount; date = date.plus(one_day)) {
        if (too_far(date))
            return invalid("deadline.too_far");
        auto const end = end_of(date);
        if (stands_for_good(end))
            return {};
        if (m_rule.measure == Measure::WorkingDays && !works(date))
            note(date, why_not(date));
        else if (end <= m_deadline.began)
            note(date, Counted::BeforeStart);
        else if (stands_at(end))
            note(date, Counted::Paused);
        else {
            note(date, Counted::Yes, ++number);
            m_last = date;
        }
    }
    return finish(*m_last);
}

/// docs/clocks.md 7: what of [from, to) counts, without the pauses; where it reaches `left` the limit ends. Gives what is left.
std::int64_t Counting::count_part(Instant from, Instant to, std::int64_t left, std::int64_t& counted)
{
    auto run = [&](Instant until) {
        auto const span = std::min(std::max<std::int64_t>(until.milliseconds - from.milliseconds, 0), left);
        counted += span;
        left -= span;
        if (left == 0 && span > 0)
            m_deadline.due = from.plus(std::chrono::milliseconds { span });
    };
    for (auto const& pause : m_pauses) {
        if (left == 0 || pause.from >= to)
            break;
        run(std::min(pause.from, to));
        from = std::max(from, pause.to.value_or(to));
    }
    if (left > 0 && from < to)
        run(to);
    return left;
}

Result<void> Counting::count_minutes(std::int64_t left)
{
    static DayHours const whole_day { { 0, 1440 } };
    auto const wall = m_rule.measure == Measure::WallMinutes;
    for (auto date = date_at(m_deadline.began, m_office.zone); left > 0; date = date.plus(one_day)) {
        if (too_far(date))
            return invalid("deadline.too_far");
        if (stands_for_good(std::max(start_of_day(date, m_office.zone), m_deadline.began)))
            return {};
        auto const& hours = wall ? whole_day : m_office.hours.on(date);
        m_last = date;
        if (!wall && !works(date)) {
            note(date, why_not(date));
            continue;
        }
        std::int64_t counted = 0;
        for (auto const& span : hours)
            left = count_part(std::max(at_minute(date, span.from, m_office.zone), m_deadline.began), at_minute(date, span.to, m_office.zone), left, counted);
        auto const after_hours = m_deadline.began >= at_minute(date, hours.back().to, m_office.zone);
        note(date, counted > 0 ? Counted::Yes : after_hours ? Counted::BeforeStart : Counted::Paused, 0, counted);
    }
    return {};
}

Date on_day(int year, int month, int day)
{
    auto const last = end_of_month(year, static_cast<unsigned>(month));
    return Date::of(year, static_cast<unsigned>(month), std::min(static_cast<unsigned>(day), last.day()));
}

/// docs/clocks.md 8.
Date Counting::fixed_date(Date day0) const
{
    constexpr int months_of_year = 12;
    if (m_rule.measure == Measure::DayOfYear) {
        auto const date = on_day(day0.year(), m_rule.month, m_rule.day);
        return date >= day0 ? date : on_day(day0.year() + 1, m_rule.month, m_rule.day);
    }
    auto in_months = [&](int months, int day) {
        auto const month = static_cast<int>(day0.month()) - 1 + months;
        return on_day(day0.year() + month / months_of_year, month % months_of_year + 1, day);
    };
    if (m_rule.measure == Measure::Months)
        return in_months(m_rule.amount, static_cast<int>(day0.day()));
    auto const date = in_months(m_rule.amount, m_rule.day);
    return date >= day0 ? date : in_months(m_rule.amount + 1, m_rule.day);
}

/// docs/clocks.md 6: the moment of the last day; moved to a working day at whose end the clock runs when the rule says so.
Result<void> Counting::finish(Date last)
{
    auto const stands = [&](Date date) { return !is_fixed(m_rule.measure) && stands_at(end_of(date)); };
    while (m_rule.last == LastDay::NextWorkingDay && (!works(last) || stands(last))) {
        last = last.plus(one_day);
        if (too_far(last))
            return invalid("deadline.too_far");
        if (!is_fixed(m_rule.measure) && stands_for_good(end_of(last)))
            return {};
        note(last, !works(last) ? why_not(last) : stands(last) ? Counted::Paused : Counted::Moved);
    }
    m_last = last;
    m_deadline.due = end_of(last);
    return {};
}

Result<Deadline> Counting::run(Instant start)
{
    TRY_VOID(check(m_rule));
    m_deadline.began = receipt(start);
    auto const day0 = date_at(m_deadline.began, m_office.zone);
    if (is_fixed(m_rule.measure)) {
        auto const date = fixed_date(day0);
        note(day0, Counted::Start);
        if (date != day0)
            note(date, Counted::Yes);
        TRY_VOID(finish(date));
    } else if (is_minutes(m_rule.measure)) {
        if (m_rule.first != FirstDay::SameDay) {
            auto const first = first_date(day0);
            m_deadline.began = m_rule.first == FirstDay::NextWorkingDay ? opening(first) : start_of_day(first, m_office.zone);
            note(day0, Counted::Start);
        }
        TRY_VOID(count_minutes(m_rule.amount * minute_ms));
    } else {
        TRY_VOID(count_days(m_rule.amount));
    }
    for (int year = day0.year(); m_last && year <= m_last->year(); ++year)
        m_deadline.certain = m_deadline.certain && m_office.calendar.knows(year);
    return std::move(m_deadline);
}

/// The opening of counted day number whole_days + 1.
Result<std::optional<Instant>> Counting::opening_after(Instant start, int whole_days)
{
    TRY_VOID(check(m_rule));
    m_deadline.began = receipt(start);
    TRY_VOID(count_days(whole_days + 1));
    if (!m_deadline.due)
        return std::optional<Instant> {};
    return std::optional { std::max(m_deadline.began, opening(*m_last)) };
}

}

Result<Deadline> compute(DeadlineRule const& rule, Instant start, std::vector<Pause> const& pauses, OfficeTimes const& office, Explain explain)
{
    return Counting { rule, pauses, office, explain }.run(start);
}

Result<std::optional<Instant>> moment_at_share(DeadlineRule const& rule, int percent, Instant start, std::vector<Pause> const& pauses, OfficeTimes const& office)
{
    constexpr std::int64_t whole = 100;
    if (percent >= whole)
        return TRY(compute(rule, start, pauses, office)).due;
    if (is_fixed(rule.measure)) {
        auto const deadline = TRY(compute(rule, start, pauses, office));
        auto const span = deadline.due->milliseconds - deadline.began.milliseconds;
        return std::optional { Instant { deadline.began.milliseconds + span / whole * percent } };
    }
    if (!is_minutes(rule.measure)) {
        auto part = rule;
        part.last = LastDay::Stays;
        return Counting { part, pauses, office, Explain::No }.opening_after(start, static_cast<int>(rule.amount * std::int64_t { percent } / whole));
    }
    auto part = rule;
    part.amount = std::max(1, static_cast<int>(rule.amount * std::int64_t { percent } / whole));
    return TRY(compute(part, start, pauses, office)).due;
}

std::int64_t office_time_between(Instant from, Instant to, OfficeTimes const& office)
{
    std::int64_t sum = 0;
    for (auto date = date_at(from, office.zone); start_of_day(date, office.zone) < to; date = date.plus(one_day))
        if (office.calendar.is_working_day(date))
            for (auto const& span : office.hours.on(date)) {
                auto const begin = std::max(at_minute(date, span.from, office.zone), from);
                auto const end = std::min(at_minute(date, span.to, office.zone), to);
                sum += std::max<std::int64_t>(end.milliseconds - begin.milliseconds, 0);
            }
    return sum;
}

bool is_under_one_day(DeadlineRule const& rule)
{
    constexpr int office_day = 450, wall_day = 1440;   // 7.5 hours: 37 h 30 min a week (Perpres 21/2023)
    return (rule.measure == Measure::OfficeMinutes && rule.amount < office_day) || (rule.measure == Measure::WallMinutes && rule.amount < wall_day);
}

}
