#include "portal/indicator_model.hpp"

namespace kpuhub::portal {

using definition::ValueKind;

void FigureValue::describe(view::Visitor& v) const
{
    v.field("standing", standing);
    v.field("words", words);
    v.field("exact", exact);
    v.field("numerator", numerator);
    v.field("denominator", denominator);
    v.field("counted", counted);
    v.field("alone", alone);
    v.field("reached", reached);
    v.field("below", below);
    v.field("incomplete", incomplete);
    v.field("reported", reported);
    v.field("expected", expected);
}

void IndicatorLine::describe(view::Visitor& v) const
{
    v.field("title", title);
    v.field("area", area);
    v.field("heading", heading);
    v.field("link", link);
    v.field("period", period);
    v.field("value", value);
    v.field("target", target);
    v.field("trend", trend);
}

void IndicatorsPage::describe(view::Visitor& v) const
{
    v.field("unit_name", unit_name);
    v.list("rows", rows);
    v.field("reached_count", reached);
    v.field("below_count", below);
    v.field("dashboard", dashboard);
}

void BranchRow::describe(view::Visitor& v) const
{
    v.field("code", code);
    v.field("name", name);
    v.field("link", link);
    v.field("value", value);
    v.field("numerator_list", numerator_list);
    v.field("denominator_list", denominator_list);
    v.field("now", now);
}

void TrendLine::describe(view::Visitor& v) const
{
    v.field("period", period);
    v.field("link", link);
    v.field("value", value);
    v.field("closed", closed);
    v.field("current", current);
}

void BucketRow::describe(view::Visitor& v) const
{
    v.field("range", range);
    v.field("records", records);
    v.field("list", list);
}

void IndicatorPage::describe(view::Visitor& v) const
{
    v.field("unit_name", unit_name);
    v.field("title", title);
    v.field("lead", lead);
    v.field("period", period);
    v.field("period_name", period_code);
    v.field("value", value);
    v.field("numerator_words", numerator_words);
    v.field("denominator_words", denominator_words);
    v.field("numerator_list", numerator_list);
    v.field("denominator_list", denominator_list);
    v.field("target", target);
    v.field("closed", closed);
    v.field("building", building);
    v.field("own_only", own_only);
    v.field("changed_to", changed_to);
    v.field("chart", chart);
    v.field("charted", !chart.markup.empty());
    v.list("branches", branches);
    v.list("trend", trend);
    v.list("buckets", buckets);
    v.list("how", how);
    v.field("source", source);
    v.field("since", since);
    v.field("earlier", earlier);
    v.field("later", later);
    v.field("xlsx", xlsx);
    v.field("csv", csv);
    v.field("all", all);
    v.field("borders", borders);
    v.field("borders_of_today", borders_of_today);
}

void BehindRow::describe(view::Visitor& v) const
{
    v.field("unit_name", unit_name);
    v.field("number", number);
    v.field("title", title);
    v.field("state", state);
    v.field("link", link);
    v.field("on", on);
}

void BehindPage::describe(view::Visitor& v) const
{
    v.field("unit_name", unit_name);
    v.field("title", title);
    v.field("what", what);
    v.field("period", period);
    v.list("rows", rows);
    v.field("hidden", hidden);
    v.field("more", more);
    v.field("back", back);
}

FigureValue figure_value(IndicatorWords const& words, definition::Indicator const& made, indicator::Value const& value, bool withheld)
{
    FigureValue shown;
    auto const code = withheld ? std::string { "withheld" } : std::string { indicator::to_text(value.standing) };
    shown.standing = { code, "indicator.standing." + code };
    shown.reported = value.reported;
    shown.expected = value.expected;
    shown.incomplete = made.missing == definition::MissingRule::Incomplete && value.reported < value.expected && value.reported > 0;
    if (withheld) {
        shown.words = { "indicator.standing.withheld" };
        return shown;
    }
    shown.words = words.value(value);
    if (!value.measured())
        return shown;
    constexpr int decimals = 6;
    shown.exact = value.exact->text();
    if (indicator::in_percent(made, value))
        shown.percent = value.exact->rounded(decimals);
    shown.numerator = value.numerator;
    shown.denominator = value.denominator;
    bool const of_units = made.tree != definition::TreeRule::SumThenDivide && made.tree != definition::TreeRule::OwnOnly && value.expected > 1;
    shown.counted = made.value == ValueKind::Share || made.value == ValueKind::Within || made.value == ValueKind::Mean || indicator::is_share_of_offices(made, value);
    // a sum of decimals is stored scaled: it says nothing to people
    shown.counted = shown.counted && made.decimals == 0 && (!of_units || indicator::is_share_of_offices(made, value));
    shown.alone = value.bucket >= 0;
    auto const reaches = indicator::reaches_target(made, value);
    shown.reached = reaches == true;
    shown.below = reaches == false;
    return shown;
}

}
