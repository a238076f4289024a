#include "indicator/period.hpp"
#include <fmt/format.h>
#include <stdexcept>

namespace kpuhub::indicator {

namespace {

constexpr int months_of_year = 12;

int months_in(PeriodKind kind)
{
    switch (kind) {
    case PeriodKind::Month: return 1;
    case PeriodKind::Quarter: return 3;
    case PeriodKind::Semester: return 6;
    default: return months_of_year;
    }
}

bool digits(std::string_view text) { return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos; }

/// A period as the number of its first month, counted from year 0.
struct Span {
    PeriodKind kind = PeriodKind::Year;
    int first_month = 0;
};

std::optional<Span> span_of(std::string_view text)
{
    constexpr std::size_t year_signs = 4;
    if (text.size() < year_signs || !digits(text.substr(0, year_signs)))
        return std::nullopt;
    int const first = std::stoi(std::string { text.substr(0, year_signs) }) * months_of_year;
    if (text.size() == year_signs)
        return Span { PeriodKind::Year, first };
    if (text.size() != year_signs + 3 || text[year_signs] != '-')
        return std::nullopt;
    auto const rest = text.substr(year_signs + 1);
    int const number = rest[1] - '0';
    if (rest[0] == 'Q' && number >= 1 && number <= 4)
        return Span { PeriodKind::Quarter, first + (number - 1) * 3 };
    if (rest[0] == 'S' && (number == 1 || number == 2))
        return Span { PeriodKind::Semester, first + (number - 1) * 6 };
    if (!digits(rest))
        return std::nullopt;
    int const month = (rest[0] - '0') * 10 + number;
    return month >= 1 && month <= months_of_year ? std::optional { Span { PeriodKind::Month, first + month - 1 } } : std::nullopt;
}

Span known_span(std::string_view text)
{
    auto const span = span_of(text);
    if (!span)
        throw std::invalid_argument("no period: " + std::string { text });
    return *span;
}

std::string name_of(Span span)
{
    int const year = span.first_month / months_of_year, month = span.first_month % months_of_year;
    switch (span.kind) {
    case PeriodKind::Month: return fmt::format("{:04}-{:02}", year, month + 1);
    case PeriodKind::Quarter: return fmt::format("{:04}-Q{}", year, month / 3 + 1);
    case PeriodKind::Semester: return fmt::format("{:04}-S{}", year, month / 6 + 1);
    default: return fmt::format("{:04}", year);
    }
}

}

std::string period_of(time::Date day, PeriodKind kind)
{
    int const month = static_cast<int>(day.month()) - 1;
    return name_of({ kind, day.year() * months_of_year + month - month % months_in(kind) });
}

std::optional<PeriodKind> kind_of_period(std::string_view text)
{
    auto const span = span_of(text);
    return span ? std::optional { span->kind } : std::nullopt;
}

time::Date first_day(std::string_view period)
{
    auto const first = known_span(period).first_month;
    return time::Date::of(first / months_of_year, static_cast<unsigned>(first % months_of_year) + 1, 1);
}

time::Date last_day(std::string_view period)
{
    auto const span = known_span(period);
    int const last = span.first_month + months_in(span.kind) - 1;
    return time::end_of_month(last / months_of_year, static_cast<unsigned>(last % months_of_year) + 1);
}

std::string period_before(std::string_view period, int steps)
{
    auto span = known_span(period);
    span.first_month -= steps * months_in(span.kind);
    return name_of(span);
}

std::vector<std::string> periods_until(std::string_view period, int count)
{
    std::vector<std::string> periods;
    for (int steps = count - 1; steps >= 0; --steps)
        periods.push_back(period_before(period, steps));
    return periods;
}

int trend_length(PeriodKind kind)
{
    switch (kind) {
    case PeriodKind::Semester: return 10;
    case PeriodKind::Year: return 5;
    default: return 12;
    }
}

}
