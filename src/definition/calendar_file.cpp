#include "definition/calendar_file.hpp"
#include "core/embedded.hpp"
#include <charconv>
#include <stdexcept>

namespace kpuhub::definition {

namespace {

using time::Date;
using time::Holiday;
using time::HolidayKind;

Holiday read_day(Node const& node, int year, std::string const& source, Faults& faults)
{
    faults.only_keys(node, { "date", "name", "kind", "confidence" });
    Holiday holiday { {}, faults.required_text(node, "name"), HolidayKind::Holiday, source };
    auto date = Date::from_iso(faults.required_text(node, "date"));
    if (!date || date->year() != year)
        faults.add(node.line, "definition.date_wrong", "date");
    else
        holiday.date = *date;
    auto kind = faults.required_text(node, "kind");
    if (kind == "cuti_bersama")
        holiday.kind = HolidayKind::CollectiveLeave;
    else if (kind != "holiday")
        faults.add(node.line, "definition.choice_unknown", "kind");
    return holiday;
}

void check_total(Node const& node, int year, std::vector<Holiday> const& days, Faults& faults)
{
    auto stated = faults.required_number(node, "working_days", 1, 366);
    time::WorkingCalendar calendar { days, { year } };
    if (calendar.working_days_between(Date::of(year - 1, 12, 31), Date::of(year, 12, 31)) != stated)
        faults.add(node["working_days"].line, "definition.working_days_differ", std::to_string(year));
}

std::vector<Holiday> read_year(Node const& node, int year, Faults& faults)
{
    faults.only_keys(node, { "source", "note", "working_days", "working_days_by_month", "days" });
    auto source = faults.required_text(node, "source");
    std::vector<Holiday> days;
    std::set<Date> seen;
    for (auto const& item : faults.required_list(node, "days")) {
        days.push_back(read_day(item, year, source, faults));
        if (!seen.insert(days.back().date).second)
            faults.add(item.line, "definition.key_twice", "date");
    }
    if (faults.none())
        check_total(node, year, days, faults);
    return days;
}

}

Result<time::WorkingCalendar> load_calendar(std::string_view file, std::string_view text)
{
    auto root = TRY(parse(file, text));
    Faults faults { file };
    faults.only_keys(root, { "id", "version", "valid_from", "title", "source", "read_on", "years" });
    read_heading(root, faults);
    std::vector<Holiday> holidays;
    std::set<int> years;
    if (root["years"].entries.empty())
        faults.add(root.line, "definition.list_missing", "years");
    for (auto const& [key, node] : root["years"].entries) {
        int year = 0;
        std::from_chars(key.data(), key.data() + key.size(), year);
        if (key.size() != 4 || year < 2000 || year > 2200) {
            faults.add(node.line, "definition.number_wrong", "years");
            continue;
        }
        auto days = read_year(node, year, faults);
        holidays.insert(holidays.end(), days.begin(), days.end());
        years.insert(year);
    }
    if (!faults.none())
        return faults.failure();
    return time::WorkingCalendar { std::move(holidays), std::move(years) };
}

time::WorkingCalendar const& working_calendar()
{
    static time::WorkingCalendar const calendar = [] {
        constexpr auto file = "definitions/calendars/holidays.yaml";
        auto loaded = load_calendar(file, embedded_file(file));
        if (!loaded)
            throw std::runtime_error(loaded.error().detail);
        return std::move(*loaded);
    }();
    return calendar;
}

}
