#include "definition/clock_file.hpp"
#include "core/embedded.hpp"
#include <algorithm>
#include <charconv>
#include <map>

namespace kpuhub::definition {

namespace {

using time::Date;
using time::DeadlineRule;
using time::Measure;

std::optional<int> number(std::string_view text)
{
    int value = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc {} && end == text.data() + text.size() ? std::optional { value } : std::nullopt;
}

/// One of a list of words; the first when the key is missing.
template<typename Of>
Of choice(Node const& node, std::string_view key, std::vector<std::pair<std::string_view, Of>> const& choices, Faults& faults)
{
    if (!node.has(key))
        return choices.front().second;
    for (auto const& [word, value] : choices)
        if (node[key].text == word)
            return value;
    faults.add(node[key].line, "definition.choice_unknown", std::string { key });
    return choices.front().second;
}

DeadlineRule read_date_rule(Node const& node, Faults& faults)
{
    faults.only_keys(node, { "day", "month", "months_ahead" });
    constexpr int most_days = 31, most_months = 12, most_ahead = 24;
    DeadlineRule rule;
    rule.day = faults.required_number(node, "day", 1, most_days);
    rule.measure = node.has("month") ? Measure::DayOfYear : Measure::DayOfMonth;
    if (rule.measure == Measure::DayOfYear)
        rule.month = faults.required_number(node, "month", 1, most_months);
    else
        rule.amount = faults.required_number(node, "months_ahead", 0, most_ahead);
    return rule;
}

std::vector<WarningStep> read_steps(Node const& node, Faults& faults)
{
    constexpr int whole = 100;
    std::vector<WarningStep> steps;
    for (auto const& item : node.items) {
        faults.only_keys(item, { "at", "to" });
        WarningStep step { faults.required_number(item, "at", 1, whole), faults.required_text(item, "to") };
        if (step.to != "officer" && step.to != "superior" && step.to != "leader")
            faults.add(item.line, "definition.choice_unknown", "to");
        if (!steps.empty() && step.percent < steps.back().percent)
            faults.add(item.line, "definition.number_wrong", "at");
        steps.push_back(std::move(step));
    }
    return steps;
}

ClockRule read_rule(std::string const& name, Node const& node, ClockRule rule, Faults& faults)
{
    faults.only_keys(node, { "title", "within", "on", "receipt", "first", "last", "ends", "article", "confidence", "warnings" });
    rule.name = name;
    rule.title_id = faults.required_text(node["title"], "id");
    rule.title_en = faults.required_text(node["title"], "en");
    rule.rule = read_limit(node, faults);
    rule.article = faults.required_text(node, "article");
    rule.confidence = faults.required_text(node, "confidence");
    if (rule.confidence != "verified" && rule.confidence != "memory" && rule.confidence != "uncertain")
        faults.add(node.line, "definition.choice_unknown", "confidence");
    if (node.has("warnings"))
        rule.warnings = read_steps(node["warnings"], faults);
    return rule;
}

Date read_date(Node const& node, std::string_view key, Faults& faults)
{
    auto const date = Date::from_iso(faults.required_text(node, key));
    if (!date)
        faults.add(node[key].line, "definition.date_wrong", std::string { key });
    return date.value_or(Date {});
}

}

std::optional<DeadlineRule> read_length(std::string_view text)
{
    constexpr int minutes_of_hour = 60;
    static std::map<std::string_view, std::pair<Measure, int>> const units { { "office_minutes", { Measure::OfficeMinutes, 1 } }, { "office_hours", { Measure::OfficeMinutes, minutes_of_hour } },
        { "wall_minutes", { Measure::WallMinutes, 1 } }, { "wall_hours", { Measure::WallMinutes, minutes_of_hour } }, { "working_days", { Measure::WorkingDays, 1 } },
        { "calendar_days", { Measure::CalendarDays, 1 } }, { "months", { Measure::Months, 1 } } };
    auto const space = text.find(' ');
    if (space == std::string_view::npos)
        return std::nullopt;
    auto const amount = number(text.substr(0, space));
    auto const unit = units.find(text.substr(space + 1));
    constexpr int most = 10'000;
    if (!amount || *amount < 1 || *amount > most || unit == units.end())
        return std::nullopt;
    return DeadlineRule { .measure = unit->second.first, .amount = *amount * unit->second.second };
}

DeadlineRule read_limit(Node const& node, Faults& faults)
{
    DeadlineRule rule;
    if (node.has("on"))
        rule = read_date_rule(node["on"], faults);
    else if (auto const length = read_length(faults.required_text(node, "within")))
        rule = *length;
    else
        faults.add(node["within"].line, "definition.span_wrong", node["within"].text);
    using namespace time;
    rule.receipt = choice<LateReceipt>(node, "receipt", { { "as_it_is", LateReceipt::AsItIs }, { "next_opening", LateReceipt::NextOpening } }, faults);
    rule.first = choice<FirstDay>(node, "first", { { "next_day", FirstDay::NextDay }, { "same_day", FirstDay::SameDay }, { "next_working_day", FirstDay::NextWorkingDay } }, faults);
    rule.last = choice<LastDay>(node, "last", { { "stays", LastDay::Stays }, { "next_working_day", LastDay::NextWorkingDay } }, faults);
    rule.ends = choice<Ends>(node, "ends", { { "office_close", Ends::OfficeClose }, { "day_end", Ends::DayEnd } }, faults);
    return rule;
}

Result<WarningDefaults> load_warnings(std::string_view file, std::string_view text)
{
    constexpr int most_minutes = 120;
    auto const root = TRY(parse(file, text));
    Faults faults { file };
    faults.only_keys(root, { "id", "version", "valid_from", "title", "source", "usual", "under_one_day", "grouped_within_minutes" });
    read_heading(root, faults);
    WarningDefaults defaults { read_steps(root["usual"], faults), read_steps(root["under_one_day"], faults),
        faults.required_number(root, "grouped_within_minutes", 1, most_minutes) };
    if (!faults.none())
        return faults.failure();
    return defaults;
}

Result<std::vector<ClockRule>> load_clock_rules(std::string_view file, std::string_view text, WarningDefaults const& defaults)
{
    auto const root = TRY(parse(file, text));
    Faults faults { file };
    faults.only_keys(root, { "id", "version", "family", "valid_from", "valid_to", "title", "source", "rules" });
    auto const heading = read_heading(root, faults);
    ClockRule common { heading.id, heading.version, faults.required_text(root, "family"), {}, Date::from_iso(heading.valid_from).value_or(Date {}), Date::of(9999, 12, 31), {}, {}, {}, {}, heading.source, {} };
    if (root.has("valid_to"))
        common.to = read_date(root, "valid_to", faults);
    if (common.to < common.from)
        faults.add(root["valid_to"].line, "definition.date_wrong", "valid_to");
    std::vector<ClockRule> rules;
    if (root["rules"].entries.empty())
        faults.add(root.line, "definition.list_missing", "rules");
    for (auto const& [name, node] : root["rules"].entries) {
        auto rule = read_rule(name, node, common, faults);
        if (rule.warnings.empty() && !node.has("warnings"))
            rule.warnings = time::is_under_one_day(rule.rule) ? defaults.under_one_day : defaults.usual;
        rules.push_back(std::move(rule));
    }
    if (!faults.none())
        return faults.failure();
    return rules;
}

constexpr std::string_view warnings = "definitions/clocks/warnings.yaml";

WarningDefaults const& embedded_warnings()
{
    static WarningDefaults const made = load_warnings(warnings, embedded_file(warnings)).value();
    return made;
}

Result<std::vector<ClockRule>> embedded_clock_rules()
{
    constexpr std::string_view folder = "definitions/clocks/";
    auto const defaults = TRY(load_warnings(warnings, embedded_file(warnings)));
    std::vector<ClockRule> all;
    for (auto const& file : embedded_files()) {
        if (!file.path.starts_with(folder) || !file.path.ends_with(".yaml") || file.path == warnings)
            continue;
        for (auto& rule : TRY(load_clock_rules(file.path, file.bytes, defaults))) {
            auto const meets = [&](ClockRule const& other) {
                return other.set != rule.set && other.family == rule.family && other.name == rule.name && other.from <= rule.to && rule.from <= other.to;
            };
            if (std::ranges::any_of(all, meets))
                return invalid_because("definition.clock_overlap", rule.family + " " + rule.name);
            all.push_back(std::move(rule));
        }
    }
    return all;
}

std::set<std::string, std::less<>> known_rules()
{
    std::set<std::string, std::less<>> names;
    for (auto const& rule : embedded_clock_rules().value_or(std::vector<ClockRule> {}))
        names.insert(rule.family + "." + rule.name);
    return names;
}

Result<std::vector<time::HoursPeriod>> load_office_hours(std::string_view file, std::string_view text)
{
    auto const root = TRY(parse(file, text));
    Faults faults { file };
    faults.only_keys(root, { "id", "version", "valid_from", "title", "source", "read_on", "periods" });
    read_heading(root, faults);
    std::vector<time::HoursPeriod> periods;
    for (auto const& item : faults.required_list(root, "periods")) {
        faults.only_keys(item, { "from", "to", "week", "source", "confidence" });
        auto const week = time::read_week_hours(faults.required_text(item, "week"));
        if (!week)
            faults.add(item.line, "definition.hours_wrong", "week");
        periods.push_back({ read_date(item, "from", faults), read_date(item, "to", faults), week.value_or(time::WeekHours {}), faults.required_text(item, "source") });
    }
    if (!faults.none())
        return faults.failure();
    return periods;
}

}
