#pragma once
#include "definition/node.hpp"
#include "definition/register.hpp"
#include "time/deadline.hpp"
#include <string>
#include <vector>

namespace kpuhub::definition {

/// Who is warned when this share of a limit has been used up.
struct WarningStep {
    int percent = 100;
    std::string to;             ///< officer | superior | leader
    friend bool operator==(WarningStep const&, WarningStep const&) = default;
};

/// One limit of a rule set, with what it rests on.
struct ClockRule {
    std::string set;            ///< id of the file: "clocks_ppid_general"
    int version = 1;
    std::string family;         ///< the matter: "ppid_general"
    std::string name;           ///< "notice"
    time::Date from, to;        ///< days of receipt that it holds for
    std::string title_id, title_en;
    time::DeadlineRule rule;
    std::string article;
    std::string source;         ///< of the whole set
    std::string confidence;     ///< verified | memory | uncertain
    std::vector<WarningStep> warnings {};
    friend bool operator==(ClockRule const&, ClockRule const&) = default;
};

/// "10 working_days", "60 office_minutes", "4 office_hours", "72 wall_hours", "14 calendar_days", "3 months".
std::optional<time::DeadlineRule> read_length(std::string_view);

/// Reads "within" or "on" with "receipt", "first", "last" and "ends"; notes what is wrong.
time::DeadlineRule read_limit(Node const&, Faults&);

/// The rule that a register publishes for a limit of its own ("within"). It holds for records of that version alone, whatever their day.
ClockRule own_rule(Register const&, RegisterClock const&);

/// Warnings of rules that name none of their own.
struct WarningDefaults {
    std::vector<WarningStep> usual, under_one_day;
    int grouped_within_minutes = 10;
};
Result<WarningDefaults> load_warnings(std::string_view file, std::string_view text);

/// Those of the program (definitions/clocks/warnings.yaml); a faulty file ends the program, and the start reads it first.
WarningDefaults const& embedded_warnings();

/// One file of definitions/clocks. Errors: Invalid with file and line of every wrong place.
Result<std::vector<ClockRule>> load_clock_rules(std::string_view file, std::string_view text, WarningDefaults const&);

/// All files of definitions/clocks that are compiled in. Errors: as above; Invalid "definition.clock_overlap" when two
/// sets of one family hold for the same day.
Result<std::vector<ClockRule>> embedded_clock_rules();

/// Their names: "ppid_general.notice".
std::set<std::string, std::less<>> known_rules();

/// definitions/calendars/office_hours.yaml. Errors: Invalid with file and line.
Result<std::vector<time::HoursPeriod>> load_office_hours(std::string_view file, std::string_view text);

}
