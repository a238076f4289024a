#pragma once
#include "account/form.hpp"
#include "view/visitor.hpp"
#include <optional>
#include <string>
#include <vector>

namespace kpuhub::flow {

/// A day off with the decree behind it.
struct DayLine {
    time::Date date;
    std::string name;
    view::Choice kind;
    std::string where;              ///< region; empty = the whole country
    std::string source;
    std::optional<account::Action> removal {};
    void describe(view::Visitor& v) const
    {
        v.field("date", date);
        v.field("name", name);
        v.field("kind", kind);
        v.field("where", where);
        v.field("source", source);
        v.field("removal", removal);
    }
};

struct HoursOfDay {
    view::Choice day;
    std::string hours;              ///< "07.30-12.00, 13.00-16.00"; empty = none
    void describe(view::Visitor& v) const
    {
        v.field("day", day);
        v.field("hours", hours);
    }
};

/// Office hours from a day to a day.
struct HoursLine {
    time::Date from, to;
    std::string where;
    std::string source;
    std::vector<HoursOfDay> days {};
    std::optional<account::Action> removal {};
    void describe(view::Visitor& v) const
    {
        v.field("from", from);
        v.field("to", to);
        v.field("where", where);
        v.field("source", source);
        v.list("days", days);
        v.field("removal", removal);
    }
};

struct YearLink {
    view::Year year;
    view::Link link;
    bool current = false;
    void describe(view::Visitor& v) const
    {
        v.field("year", year);
        v.field("link", link);
        v.field("current", current);
    }
};

/// Days off of a year and the office hours in force in it.
struct CalendarPage {
    view::Year year;
    std::int64_t working_days = 0;
    bool known = true;
    std::vector<YearLink> years {};
    std::vector<DayLine> days {};
    std::vector<HoursLine> hours {};
    bool manage = false;
    view::Link add_day {}, add_hours {};
    void describe(view::Visitor& v) const
    {
        v.field("year", year);
        v.field("working_days", working_days);
        v.field("known", known);
        v.list("years", years);
        v.list("days", days);
        v.list("hours", hours);
        v.field("manage", manage);
        v.field("add_day", add_day);
        v.field("add_hours", add_hours);
    }
};

}
