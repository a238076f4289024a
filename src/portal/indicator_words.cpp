#include "portal/indicator_words.hpp"
#include "definition/duty_file.hpp"
#include "indicator/period.hpp"
#include <algorithm>
#include <fmt/format.h>

namespace kpuhub::portal {

using definition::FieldKind;
using definition::IndicatorPart;
using definition::PartKind;
using definition::Register;
using definition::Requirement;
using definition::ValueKind;

std::string IndicatorWords::word(std::string const& key, std::vector<std::string> const& arguments) const
{
    return m_messages.text(key, m_language, arguments);
}

/// "1.250" or "3,75": whole numbers whole, others with two decimals.
std::string IndicatorWords::number(indicator::Exact const& exact) const
{
    bool const whole = exact.denominator == "1";
    auto const rounded = exact.rounded(whole ? 0 : 2);
    auto const negative = rounded.numerator < 0;
    auto const absolute = negative ? -rounded.numerator : rounded.numerator;
    auto digits = std::to_string(absolute / rounded.denominator);
    bool const english = m_language == text::Language::English;
    for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3)
        digits.insert(static_cast<std::size_t>(at), english ? "," : ".");
    return (negative ? "-" : "") + digits + (whole ? "" : fmt::format("{}{:02}", english ? '.' : ',', absolute % rounded.denominator));
}

std::string IndicatorWords::with_measure(std::string const& number) const
{
    auto const& measure = m_made.measure.in(m_language);
    return measure.empty() ? number : number + " " + measure;
}

view::Sentence IndicatorWords::bucket(int at) const
{
    auto const& edges = m_made.numerator.edges;
    auto edge = [&](int index) { return number(indicator::Exact::of(edges[static_cast<std::size_t>(index)])); };
    if (at <= 0)
        return { "indicator.bucket.first", { with_measure(edge(0)) } };
    if (at >= static_cast<int>(edges.size()))
        return { "indicator.bucket.last", { with_measure(edge(static_cast<int>(edges.size()) - 1)) } };
    return { "indicator.bucket.between", { edge(at - 1), with_measure(edge(at)) } };
}

view::Sentence IndicatorWords::value(indicator::Value const& value) const
{
    if (!value.measured())
        return { "indicator.standing." + std::string { indicator::to_text(value.standing) } };
    if (value.bucket >= 0)
        return bucket(value.bucket);
    if (indicator::in_percent(m_made, value)) {
        constexpr int decimals = 6;
        return { {}, { value.exact->rounded(decimals) } };
    }
    return view::plain(with_measure(number(*value.exact)));
}

std::optional<view::Sentence> IndicatorWords::target() const
{
    auto const wanted = indicator::target_of(m_made);
    if (!wanted)
        return std::nullopt;
    auto const key = m_made.higher_is_better ? "indicator.target.at_least" : "indicator.target.at_most";
    if (m_made.value == ValueKind::Share || m_made.value == ValueKind::Within)
        return view::Sentence { key, { wanted->rounded(4) } };
    return view::Sentence { key, { with_measure(number(*wanted)) } };
}

std::string IndicatorWords::field_name(Register const& counted, std::string const& what) const
{
    if (what == "created")
        return word("indicator.how.created");
    if (what.starts_with("state:")) {
        auto const* state = counted.state(what.substr(6));
        return word("indicator.how.reached", { state ? state->label.in(m_language) : what });
    }
    auto const* field = counted.field(what);
    return field ? field->label.in(m_language) : what;
}

std::string IndicatorWords::state_names(Register const& counted, std::vector<std::string> const& states) const
{
    std::string names;
    for (auto const& id : states) {
        auto const* state = counted.state(id);
        names += (names.empty() ? "" : word("indicator.how.or")) + (state ? state->label.in(m_language) : id);
    }
    return names;
}

std::string IndicatorWords::conditions(IndicatorPart const& part, Register const& counted) const
{
    std::string text;
    for (auto const& each : part.where) {
        std::string values;
        auto const* field = each.of == Requirement::Of::Field ? counted.field(each.name) : nullptr;
        for (auto const& value : each.values) {
            auto const* state = each.of == Requirement::Of::State ? counted.state(value) : nullptr;
            auto const* option = field ? field->option(value) : nullptr;
            auto const label = state ? state->label.in(m_language) : option ? option->label.in(m_language) : word("indicator.value." + value);
            values += (values.empty() ? "" : word("indicator.how.or")) + label;
        }
        auto const clock = std::ranges::find(counted.clocks, each.name, &definition::RegisterClock::id);
        auto const name = field ? field->label.in(m_language)
            : each.of == Requirement::Of::Clock && clock != counted.clocks.end() ? clock->label.in(m_language) : word("indicator.how.state");
        text += word("indicator.how.condition", { name, values });
    }
    return text;
}

std::string IndicatorWords::stock_value(std::string const& key, std::string const& value) const
{
    auto const* duty = key == "duty" ? definition::duty_named(value) : nullptr;
    return duty ? duty->title.in(m_language) : word("indicator.stock_value." + value);
}

std::string IndicatorWords::stock(IndicatorPart const& part) const
{
    auto text = word("indicator.stock." + part.of);
    for (auto const& each : part.where) {
        std::string values;
        for (auto const& value : each.values)
            values += (values.empty() ? "" : word("indicator.how.or")) + stock_value(each.name, value);
        text += word("indicator.how.condition", { word("indicator.stock_key." + each.name), values });
    }
    return text;
}

std::string IndicatorWords::part(IndicatorPart const& part) const
{
    if (part.kind == PartKind::Plan)
        return word("indicator.how.plan", { word("portal.part." + part.of) });
    if (part.kind == PartKind::Stock)
        return stock(part);
    auto const* counted = m_made.counted_register(part.of);
    if (!counted)
        return part.of;
    auto const title = counted->title.in(m_language);
    std::string text;
    if (part.kind == PartKind::Sum)
        text = word("indicator.how.sum", { counted->field(part.field)->label.in(m_language), title });
    else if (part.kind == PartKind::Histogram && part.time_to.empty())
        text = word("indicator.how.spread", { counted->field(part.field)->label.in(m_language), title });
    else if (part.kind == PartKind::Histogram)
        text = word("indicator.how.time", { field_name(*counted, part.time_from), state_names(*counted, part.time_to), title });
    else if (!part.field.empty())
        text = word("indicator.how.rows", { counted->field(part.field)->label.in(m_language), title });
    else
        text = title;
    return text + conditions(part, *counted);
}

std::vector<std::string> IndicatorWords::how() const
{
    std::vector<std::string> lines;
    auto add = [&](std::string const& key, IndicatorPart const& part) {
        lines.push_back(word(key, { this->part(part) }));
        auto const* counted = part.of_records() ? m_made.counted_register(part.of) : nullptr;
        if (!counted)
            return;
        std::string names;
        for (auto const& id : part.distinct_by)
            names += (names.empty() ? "" : ", ") + field_name(*counted, id);
        if (!names.empty())
            lines.push_back(word("indicator.how.distinct", { names }));
        auto dated = word("indicator.how.dated", { field_name(*counted, part.on) });
        if (std::ranges::find(lines, dated) == lines.end())
            lines.push_back(std::move(dated));
    };
    add(m_made.denominator ? "indicator.how.numerator" : "indicator.how.counted", m_made.numerator);
    if (m_made.denominator)
        add("indicator.how.denominator", *m_made.denominator);
    if (m_made.value == ValueKind::Median || m_made.value == ValueKind::P90)
        lines.push_back(word("indicator.how." + std::string { definition::to_text(m_made.value) }));
    if (m_made.value == ValueKind::Within)
        lines.push_back(word("indicator.how.within", { with_measure(std::to_string(m_made.within)) }));
    lines.push_back(word("indicator.tree." + std::string { definition::to_text(m_made.tree) }));
    lines.push_back(word("indicator.missing." + std::string { definition::to_text(m_made.missing) }));
    lines.push_back(word("indicator.how.closing", { std::to_string(m_made.closes_after) }));
    return lines;
}

std::optional<std::int64_t> chart_value(definition::Indicator const& made, indicator::Value const& value)
{
    if (!value.measured())
        return std::nullopt;
    constexpr int hundredths = 2, of_percent = 4;
    return value.exact->rounded(indicator::in_percent(made, value) ? of_percent : hundredths).numerator;
}

}
