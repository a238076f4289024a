#include "definition/indicator.hpp"
#include "definition/register_reader.hpp"
#include <algorithm>
#include <array>
#include <charconv>

namespace kpuhub::definition {

namespace {

constexpr std::array<std::string_view, 4> period_names { "month", "quarter", "semester", "year" };
constexpr std::array<std::string_view, 6> value_names { "number", "share", "mean", "median", "p90", "within" };
constexpr std::array<std::string_view, 6> tree_names { "sum_then_divide", "average_of_units", "weighted", "minimum", "share_at_target", "own_only" };
constexpr std::array<std::string_view, 3> missing_names { "incomplete", "zero", "skip" };
constexpr std::array<std::string_view, 2> better_names { "higher", "lower" };
constexpr std::array<std::string_view, 3> time_names { "wall_minutes", "wall_hours", "calendar_days" };
constexpr std::array<std::string_view, 6> part_names { "count", "sum", "histogram", "stock", "plan", "overdue" };
constexpr std::size_t most_edges = 40;
constexpr std::int64_t largest_edge = 1'000'000'000'000;

std::optional<std::int64_t> whole(std::string const& text)
{
    std::int64_t value = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc {} && end == text.data() + text.size() ? std::optional { value } : std::nullopt;
}

/// "87.5" is 875 with one decimal; at most 4 decimals and 12 digits.
std::optional<Target> target_of(std::string const& text)
{
    constexpr std::size_t longest = 13, most_decimals = 4;
    auto point = text.find('.');
    auto decimals = point == std::string::npos ? 0 : text.size() - point - 1;
    auto digits = point == std::string::npos ? text : text.substr(0, point) + text.substr(point + 1);
    auto number = whole(digits);
    if (!number || text.size() > longest || decimals > most_decimals || (point != std::string::npos && (decimals == 0 || point == 0)))
        return std::nullopt;
    return Target { *number, static_cast<int>(decimals) };
}

class IndicatorReader {
public:
    explicit IndicatorReader(Faults& faults) : m_faults(faults) {}

    IndicatorPart part(Node const& map)
    {
        IndicatorPart made;
        made.line = map.line;
        std::string_view kind;
        for (auto const& name : part_names)
            if (map.has(name)) {
                if (!kind.empty())
                    m_faults.add(map.line, "indicator.part_kind");
                kind = name;
            }
        if (kind.empty()) {
            m_faults.add(map.line, "indicator.part_kind");
            return made;
        }
        read_kind(made, map, kind);
        if (made.kind == PartKind::Stock || made.kind == PartKind::Plan)
            return made;
        made.on = map.has("on") ? m_faults.required_text(map, "on") : "created";
        made.distinct_by = m_reader.names(map, "distinct_by");
        if (!made.distinct_by.empty() && made.kind != PartKind::Count)
            m_faults.add(map["distinct_by"].line, "definition.key_not_here", "distinct_by");
        return made;
    }

    RegisterReader& reader() { return m_reader; }

private:
    void read_kind(IndicatorPart& made, Node const& map, std::string_view kind)
    {
        made.of = m_faults.required_text(map, kind);
        if (kind == "stock") {
            made.kind = PartKind::Stock;
            m_faults.only_keys(map, { "stock", "where", "at" });
            if (map.has("at") && map["at"].text != "period_end")
                m_faults.add(map["at"].line, "definition.choice_unknown", "at");
            made.where = where(map);
            return;
        }
        if (kind == "plan") {
            made.kind = PartKind::Plan;
            m_faults.only_keys(map, { "plan" });
            return;
        }
        made.where = where(map);
        if (auto point = made.of.find('.'); point != std::string::npos) {
            made.field = made.of.substr(point + 1);
            made.of.resize(point);
        }
        if (kind == "histogram")
            return read_histogram(made, map);
        if (kind == "sum") {
            made.kind = PartKind::Sum;
            m_faults.only_keys(map, { "sum", "where", "on" });
            return;
        }
        if (kind == "count")
            return m_faults.only_keys(map, { "count", "where", "on", "distinct_by" });
        m_faults.only_keys(map, { "overdue", "clock", "where", "on", "distinct_by" });
        made.where.push_back({ Requirement::Of::Clock, m_faults.required_text(map, "clock"), { std::string { clock_overdue } } });
    }

    void read_histogram(IndicatorPart& made, Node const& map)
    {
        made.kind = PartKind::Histogram;
        m_faults.only_keys(map, { "histogram", "where", "on", "edges", "from", "to", "in" });
        made.time_from = m_faults.optional_text(map, "from");
        made.time_to = m_reader.names(map, "to");
        made.time_in = m_reader.one_of(map, "in", time_names, TimeUnit::Days);
        for (auto& state : made.time_to)
            if (state.starts_with("state:"))
                state = state.substr(6);
        if (made.field.empty() == made.time_to.empty())
            m_faults.add(map.line, "indicator.histogram_of_what");
        if (!made.time_to.empty() && made.time_from.empty())
            made.time_from = "created";
        auto const& edges = m_faults.required_list(map, "edges");
        for (auto const& edge : edges) {
            auto number = whole(edge.text);
            if (!number || *number < -largest_edge || *number > largest_edge || (!made.edges.empty() && *number <= made.edges.back()))
                m_faults.add(edge.line, "indicator.edges_rise");
            made.edges.push_back(number.value_or(0));
        }
        if (edges.size() > most_edges)
            m_faults.add(map["edges"].line, "indicator.edges_rise");
    }

    std::vector<Requirement> where(Node const& part)
    {
        std::vector<Requirement> found;
        auto const& map = part["where"];
        for (auto const& [key, node] : m_faults.optional_pairs(part, "where")) {
            if (key != "clock") {
                add(found, { key == "state" ? Requirement::Of::State : Requirement::Of::Field, key == "state" ? std::string {} : key, m_reader.names(map, key) }, node.line);
                continue;
            }
            if (node.kind != Node::Kind::Map)
                m_faults.add(node.line, "definition.not_map");
            for (auto const& [clock, values] : node.entries)
                add(found, { Requirement::Of::Clock, clock, m_reader.names(node, clock) }, values.line);
        }
        return found;
    }

    void add(std::vector<Requirement>& found, Requirement made, int line)
    {
        if (made.values.empty())
            m_faults.add(line, "definition.text_missing", made.name);
        found.push_back(std::move(made));
    }

    Faults& m_faults;
    KnownNames m_no_names {};
    RegisterReader m_reader { m_faults, m_no_names };
};

/// What fits together without knowing the registers.
void check_shape(Indicator const& made, Node const& root, Faults& faults)
{
    bool spread = made.numerator.kind == PartKind::Histogram;
    bool point = made.value == ValueKind::Median || made.value == ValueKind::P90 || made.value == ValueKind::Within;
    bool quotient = made.value == ValueKind::Share || made.value == ValueKind::Mean;
    if (spread != point || (quotient != made.denominator.has_value()) || (made.denominator && made.denominator->kind == PartKind::Histogram))
        faults.add(root["value"].line ? root["value"].line : root.line, "indicator.value_unfit");
    bool of_point = made.value == ValueKind::Median || made.value == ValueKind::P90;
    if (of_point && made.tree != TreeRule::SumThenDivide && made.tree != TreeRule::OwnOnly)
        faults.add(root["tree"].line, "indicator.tree_unfit");
    if ((made.tree == TreeRule::Weighted) != made.weight.has_value() || (made.weight && made.weight->kind != PartKind::Stock))
        faults.add(root["tree"].line, "indicator.weight");
    if (made.tree == TreeRule::ShareAtTarget && !made.target)
        faults.add(root["tree"].line, "indicator.target_needed");
    if (made.value == ValueKind::Within && std::ranges::find(made.numerator.edges, made.within) == made.numerator.edges.end())
        faults.add(root["within"].line ? root["within"].line : root.line, "indicator.within_no_edge");
}

}

std::string_view to_text(PeriodKind kind) { return period_names.at(static_cast<std::size_t>(kind)); }
std::string_view to_text(ValueKind kind) { return value_names.at(static_cast<std::size_t>(kind)); }
std::string_view to_text(TreeRule rule) { return tree_names.at(static_cast<std::size_t>(rule)); }
std::string_view to_text(MissingRule rule) { return missing_names.at(static_cast<std::size_t>(rule)); }

bool is_indicator(std::string_view file, std::string_view text)
{
    auto root = parse(file, text);
    return root && root->has("numerator");
}

static ValueKind usual_value(Indicator const& made)
{
    if (made.denominator)
        return ValueKind::Share;
    return made.numerator.kind == PartKind::Histogram ? ValueKind::Median : ValueKind::Number;
}

static void read_numbers(IndicatorReader& read, Node const& root, Indicator& made, Faults& faults)
{
    constexpr int longest_wait = 366, largest_cell = 1000;
    made.value = read.reader().one_of(root, "value", value_names, usual_value(made));
    if (root.has("within")) {
        auto edge = whole(root["within"].text);
        if (!edge || made.value != ValueKind::Within)
            faults.add(root["within"].line, "definition.number_wrong", "within");
        made.within = edge.value_or(0);
    }
    if (root.has("target") && !(made.target = target_of(root["target"].text)))
        faults.add(root["target"].line, "definition.number_wrong", "target");
    if (root.has("closes_after"))
        made.closes_after = faults.required_number(root, "closes_after", 0, longest_wait);
    if (root.has("small_cells_below"))
        made.small_cells_below = faults.required_number(root, "small_cells_below", 0, largest_cell);
}

Result<Indicator> load_indicator(std::string_view file, std::string_view text, FindRegister const& registers)
{
    auto root = TRY(parse(file, text));
    Faults faults { file };
    faults.only_keys(root, { "id", "version", "valid_from", "source", "title", "lead", "class", "small_cells_below", "systems", "phrases", "numerator",
        "denominator", "weight", "value", "within", "period", "better", "target", "measure", "tree", "missing", "closes_after", "retired" });
    auto heading = read_heading(root, faults);
    IndicatorReader read { faults };
    Indicator made;
    made.id = read.reader().name(heading.id, root["id"].line);
    made.version = heading.version;
    made.valid_from = heading.valid_from;
    made.source = heading.source;
    made.title = read.reader().words(root, "title", true);
    made.lead = read.reader().words(root, "lead", false);
    made.data_class = read.reader().one_of(root, "class", class_names, DataClass::Internal);
    made.systems = systems_in(root, faults);
    made.phrases = faults.optional_texts(root, "phrases");
    made.numerator = read.part(root["numerator"]);
    if (root.has("denominator"))
        made.denominator = read.part(root["denominator"]);
    if (root.has("weight"))
        made.weight = read.part(root["weight"]);
    read_numbers(read, root, made, faults);
    faults.required_text(root, "period");
    made.period = read.reader().one_of(root, "period", period_names, PeriodKind::Year);
    made.higher_is_better = read.reader().one_of(root, "better", better_names, 0) == 0;
    made.measure = read.reader().words(root, "measure", false);
    faults.required_text(root, "tree");
    made.tree = read.reader().one_of(root, "tree", tree_names, TreeRule::SumThenDivide);
    made.missing = read.reader().one_of(root, "missing", missing_names, MissingRule::Incomplete);
    made.retired = read.reader().flag(root, "retired");
    check_shape(made, root, faults);
    if (registers && faults.none()) {
        check_indicator(made, registers, faults);
        if (auto const* counted = made.numerator.of_records() ? registers(made.numerator.of) : nullptr) {
            auto const* field = made.numerator.field.empty() ? nullptr : counted->field(made.numerator.field);
            made.decimals = field && field->kind == FieldKind::Decimal ? field->decimals : 0;
            // as in the list of the register: numbers of few people are for those who may read the records
            if (!root.has("small_cells_below") && counted->data_class >= DataClass::Personal)
                made.small_cells_below = counted->counts.small_cells_below;
        }
    }
    if (!faults.none())
        return faults.failure();
    return made;
}

}
