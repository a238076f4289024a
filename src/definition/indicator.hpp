#pragma once
#include "definition/register.hpp"
#include <functional>
#include <memory>

namespace kpuhub::definition {

/// The span of time that one value of an indicator stands for.
enum class PeriodKind : std::uint8_t { Month, Quarter, Semester, Year };
std::string_view to_text(PeriodKind);

/// What a part of an indicator adds up: records of a register, a field of them, their spread over buckets, people or units that
/// are there at the end of the period, or a part of the plan's progress.
enum class PartKind : std::uint8_t { Count, Sum, Histogram, Stock, Plan };

/// What the value says: one number, a share in percent, a quotient, or a point of the spread.
enum class ValueKind : std::uint8_t { Number, Share, Mean, Median, P90, Within };
std::string_view to_text(ValueKind);

/// How the value of a node of the tree of offices comes from the offices below it (docs/definitions.md).
enum class TreeRule : std::uint8_t { SumThenDivide, AverageOfUnits, Weighted, Minimum, ShareAtTarget, OwnOnly };
std::string_view to_text(TreeRule);

/// What an office that does not keep the register means for the offices above it.
enum class MissingRule : std::uint8_t { Incomplete, Zero, Skip };
std::string_view to_text(MissingRule);

/// A condition on a record: its state, a field, or how one of its time limits stands. Any of the values will do.
struct Requirement {
    enum class Of : std::uint8_t { State, Field, Clock };
    Of of = Of::State;
    std::string name;                               ///< of the field or clock
    std::vector<std::string> values;
};

/// How a time limit of a record stands, as `where: {clock: {notice: kept}}` words it.
inline constexpr std::string_view clock_running = "running";    ///< open and not passed
inline constexpr std::string_view clock_overdue = "overdue";    ///< open and passed
inline constexpr std::string_view clock_kept = "kept";          ///< ended in time
inline constexpr std::string_view clock_missed = "missed";      ///< ended too late

enum class TimeUnit : std::uint8_t { Minutes, Hours, Days };

/// Numerator, denominator or weight.
struct IndicatorPart {
    PartKind kind = PartKind::Count;
    int line = 0;                                   ///< in the file, for faults
    std::string of;                                 ///< id of a register, name of a stock, or part of the plan
    std::string field;                              ///< of a sum and a histogram; of a count: a child list whose rows are counted
    std::string time_from;                          ///< of a histogram of time: "created" or a field
    std::vector<std::string> time_to;               ///< the states of which the first that comes ends it
    TimeUnit time_in = TimeUnit::Days;
    std::vector<Requirement> where;
    std::vector<std::string> distinct_by;           ///< each combination of these fields counts once in an office and period
    std::string on;                                 ///< what dates it: a field, "created" or "state:accepted"
    std::vector<std::int64_t> edges;                ///< of a histogram: a bucket reaches to its edge, that included
    [[nodiscard]] bool of_records() const { return kind == PartKind::Count || kind == PartKind::Sum || kind == PartKind::Histogram; }
};

/// A number as a definition states it: 87.5 is 875 with one decimal.
struct Target {
    std::int64_t number = 0;
    int decimals = 0;
};

/// A measured figure as its YAML says: what it counts, for which span of time, and how offices add up.
struct Indicator {
    std::string id;
    int version = 0;
    std::string valid_from, source;
    Words title, lead;
    DataClass data_class = DataClass::Internal;
    int small_cells_below = 0;                      ///< smaller numbers are not shown to who may not read the records; 0: all are
    std::vector<std::string> systems;               ///< rows of the list of 180 systems
    std::vector<std::string> phrases;               ///< how decrees name it
    IndicatorPart numerator;
    std::optional<IndicatorPart> denominator {}, weight {};
    ValueKind value = ValueKind::Number;
    std::int64_t within = 0;                        ///< of ValueKind::Within: an edge
    int decimals = 0;                               ///< of the field that is summed: its numbers are scaled by them
    PeriodKind period = PeriodKind::Year;
    bool higher_is_better = true;
    std::optional<Target> target {};
    Words measure;                                  ///< unit of measure: "hari"; empty for a share
    TreeRule tree = TreeRule::SumThenDivide;
    MissingRule missing = MissingRule::Incomplete;
    int closes_after = 15;                          ///< days after the end of a period
    bool retired = false;
    std::vector<std::shared_ptr<Register const>> counted {};    ///< the registers that it counts, as they stood when it was read
    [[nodiscard]] Register const* counted_register(std::string_view id) const;
};

/// Finds the newest version of a register; nothing when there is none of that id.
using FindRegister = std::function<Register const*(std::string_view id)>;

/// What may be counted at a date, with the keys that its `where` knows.
struct StockName {
    std::string_view name;
    std::vector<std::string_view> keys;
};
std::vector<StockName> const& stock_names();
/// Parts of the plan's progress: "due", "verified" ...
bool is_plan_part(std::string_view);

/// Reads one indicator and, when registers are given, checks it against them. Errors: Invalid with file and line of each wrong
/// place: an unknown key, register, field, state, option, clock or stock, a field that only some may see, edges that do not rise, a
/// tree rule that does not fit the value.
Result<Indicator> load_indicator(std::string_view file, std::string_view text, FindRegister const& registers);

/// Whether the text is that of an indicator and not of a register.
bool is_indicator(std::string_view file, std::string_view text);

/// Notes what does not fit the registers that it counts.
void check_indicator(Indicator const&, FindRegister const&, Faults&);

}
