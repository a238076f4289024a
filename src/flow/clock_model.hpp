#pragma once
#include "flow/clock.hpp"
#include "view/parts.hpp"
#include "view/visitor.hpp"

namespace kpuhub::flow {

/// One clock in a line, for lists and for the page of its subject: {{#clocks}}{{> flow/clock_line}}{{/clocks}}.
struct ClockLine {
    std::string title;
    view::StateMark state;
    std::optional<view::Moment> due {};
    std::optional<view::Sentence> left {};      ///< "3 hari lagi"; nothing once it has stopped
    view::Link link;                            ///< of its explanation
    view::Link subject;
    void describe(view::Visitor&) const;
};
ClockLine clock_line(Clock const&, time::Zone, time::Instant now, std::string_view language);

/// One day of the explanation.
struct ClockDay {
    time::Date date;
    view::Choice what;                          ///< words at "clock.day.<code>"
    std::optional<std::int64_t> number {};      ///< which counted day
    std::optional<view::Sentence> time {};      ///< counted hours and minutes
    std::string reason;
    std::string source;
    bool counted = false;
    void describe(view::Visitor&) const;
};

struct ClockPause {
    view::Moment from;
    std::optional<view::Moment> to {};
    std::string reason;
    void describe(view::Visitor&) const;
};

/// One convention of counting in words.
struct ClockConvention {
    view::Sentence words;
    void describe(view::Visitor&) const;
};

struct ClockStep {
    view::Sentence what;                        ///< "75 % kepada petugas"
    std::optional<view::Moment> at {};
    bool done = false;
    void describe(view::Visitor&) const;
};

/// The page of one clock: when it is due and why, day by day.
struct ClockPage {
    ClockLine line;
    view::Sentence limit;                       ///< "10 hari kerja"
    std::vector<ClockConvention> conventions {};
    std::string article, source;
    view::Choice confidence;
    view::Moment started;
    std::optional<view::Moment> began {};       ///< when it differs from the start
    std::optional<view::Moment> stopped {};
    bool certain = true;
    std::vector<ClockDay> days {};
    std::vector<std::string> hours {};          ///< sources of the office hours that counted
    std::vector<ClockPause> pauses {};
    std::vector<ClockStep> steps {};
    void describe(view::Visitor&) const;
};
/// Errors: as time::compute.
Result<ClockPage> clock_page(Clock const&, UnitTimes const&, time::Instant now, std::string_view language);

/// Open limits of an office, those that end first on top.
struct ClockListPage {
    std::string unit;
    bool mine = false;                      ///< those of the reader only
    std::vector<ClockLine> clocks {};
    std::optional<view::EmptyState> nothing {};
    void describe(view::Visitor&) const;
};

}
