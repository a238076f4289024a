#pragma once
#include "organization/owners.hpp"
#include "plan/board_model.hpp"
#include "plan/plan_schedule.hpp"
#include "http/request.hpp"
#include "text/language.hpp"

namespace kpuhub::plan {

/// What the form of the schedule holds, word for word.
struct ScheduleForm {
    std::int64_t version = 0;
    std::set<std::int64_t> rows {};
    std::string schedule {};                ///< keep, set, printed, right
    std::set<int> months {};
    std::string rhythm {};
    std::string due {};                     ///< "month_end", "same", "next"; empty = keep
    std::string due_day {}, due_shift {};
    std::string owner {};                   ///< "s:3" sub-division, "p:4" post, "none", empty = keep
    std::string authority {}, tentative {}, applies {}, reason {};
};
ScheduleForm read_schedule_form(http::Fields const&);
/// Errors: Invalid when nothing is to be set, or months are asked and none is ticked.
Result<RowSetting> setting_of(ScheduleForm const&);

struct ScheduleRow {
    std::string id;
    std::string css;                        ///< depth: "k-l0" to "k-l3"
    std::string text;
    bool ticked = false;
    bool holds = false;                     ///< bears deliverables: months and owner are shown
    bool unscheduled = false, uncertain = false;
    std::string months;
    std::optional<view::Sentence> due {};   ///< a fixed due day
    std::string owner;
    std::vector<view::Sentence> flags;
    void describe(view::Visitor&) const;
};

/// web/templates/plan/schedule.mustache
struct SchedulePage {
    view::Year year;
    std::int64_t version = 0;
    std::vector<ScheduleRow> rows;
    std::vector<FilterOption> shows;        ///< which rows are listed
    std::vector<BoardStep> show_links;
    std::vector<FilterOption> schedules, months, rhythms, dues, due_shifts, owners, authorities, tentatives, applications;
    std::string reason, due_day;
    std::optional<view::FieldErrors> errors {};
    std::optional<view::Sentence> trouble {};
    view::Link action, board;
    std::optional<view::EmptyState> nothing {};
    void describe(view::Visitor&) const;
};

struct ScheduleParts {
    Board board {};
    organization::Owners owners;
};

/// `show`: all, unscheduled, uncertain, unowned.
SchedulePage schedule_page(ScheduleParts const&, std::string const& show, ScheduleForm const&, Fault const*, text::Language);

/// "Jan-Mar, Jun" in the language of the page.
std::string months_text(Months, text::Language);

}
