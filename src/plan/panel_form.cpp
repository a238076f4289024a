#include "plan/panel_form.hpp"
#include <algorithm>

namespace kpuhub::plan {

static std::string without_dress(std::string_view text)
{
    std::string plain;
    if (text.starts_with("Rp") || text.starts_with("rp"))
        text.remove_prefix(2);
    for (char sign : text)
        if (sign != ' ' && sign != '\t')
            plain += sign;
    while (plain.ends_with('%'))
        plain.pop_back();
    return plain;
}

static std::optional<std::int64_t> digits(std::string_view text)
{
    constexpr std::size_t longest = 15;
    if (text.empty() || text.size() > longest || !std::ranges::all_of(text, [](char sign) { return sign >= '0' && sign <= '9'; }))
        return std::nullopt;
    return std::stoll(std::string(text));
}

/// Dots that part thousands: "1.246.300", never "12.5".
static std::optional<std::string> without_thousands(std::string_view text)
{
    constexpr std::size_t group = 3;
    auto dot = text.find('.');
    if (dot == std::string_view::npos)
        return std::string(text);
    std::string whole { text.substr(0, dot) };
    if (dot == 0 || dot > group)
        return std::nullopt;
    for (auto at = dot; at < text.size(); at += group + 1) {
        if (text[at] != '.' || at + group >= text.size())
            return std::nullopt;
        whole += text.substr(at + 1, group);
    }
    return whole;
}

std::optional<std::int64_t> whole_number(std::string_view typed)
{
    auto plain = without_thousands(without_dress(typed));
    return plain ? digits(*plain) : std::nullopt;
}

std::optional<Decimal> decimal_number(std::string_view typed)
{
    constexpr std::size_t most_decimals = 4;
    auto plain = without_dress(typed);
    auto comma = plain.find(',');
    if (comma == std::string::npos && !without_thousands(plain))
        comma = plain.find('.');
    if (comma == std::string::npos) {
        auto whole = whole_number(plain);
        return whole ? std::optional { Decimal { *whole, 1 } } : std::nullopt;
    }
    auto whole = without_thousands(std::string_view(plain).substr(0, comma));
    auto decimals = std::string_view(plain).substr(comma + 1);
    if (!whole || decimals.size() > most_decimals)
        return std::nullopt;
    auto number = digits(*whole + std::string(decimals));
    if (!number)
        return std::nullopt;
    Decimal found { *number, 1 };
    for (std::size_t each = 0; each < decimals.size(); ++each)
        found.denominator *= 10;
    return found;
}

std::string figure_text(Item const& item, std::optional<IndicatorKind> kind)
{
    if (!item.numerator)
        return {};
    if (kind != IndicatorKind::Index || item.denominator.value_or(1) <= 1)
        return std::to_string(*item.numerator);
    auto decimals = std::to_string(*item.denominator).size() - 1;
    auto text = std::to_string(*item.numerator % *item.denominator);
    text.insert(0, decimals - text.size(), '0');
    return std::to_string(*item.numerator / *item.denominator) + "," + text;
}

namespace {

struct Reading {
    PanelForm::Line line;
    Item item;
    std::optional<std::string> wrong {};
};

void read_figures(Reading& reading, std::optional<IndicatorKind> kind)
{
    auto const& line = reading.line;
    if (!line.numerator.empty()) {
        if (kind == IndicatorKind::Index) {
            if (auto value = decimal_number(line.numerator)) {
                reading.item.numerator = value->numerator;
                if (value->denominator > 1)
                    reading.item.denominator = value->denominator;
            } else {
                reading.wrong = "plan.item.not_a_number";
            }
        } else if (auto value = whole_number(line.numerator)) {
            reading.item.numerator = value;
        } else {
            reading.wrong = "plan.item.not_a_number";
        }
    }
    if (!line.denominator.empty()) {
        reading.item.denominator = whole_number(line.denominator);
        if (!reading.item.denominator)
            reading.wrong = "plan.item.not_a_number";
    }
}

Reading read_line(http::Fields const& form, PanelItem const& shown)
{
    auto const id = std::to_string(shown.node.id.value);
    Reading reading { { form.text("answer-" + id), form.text("n-" + id), form.text("d-" + id), form.find("ok-" + id).has_value() },
        { shown.node.id } };
    read_figures(reading, shown.node.indicator_kind);
    auto& item = reading.item;
    bool const figures = item.numerator || item.denominator;
    auto answer = from_text<Answer>(reading.line.answer).value_or(Answer::NotReported);
    // a figure or a tick says more than the choice that nobody touched
    if (answer == Answer::NotReported && (figures || reading.line.fulfilled || reading.wrong))
        answer = Answer::Reported;
    item.answer = answer;
    item.fulfilled = reading.line.fulfilled;
    if (answer != Answer::Reported) {
        item.fulfilled = false;
        item.numerator.reset();
        item.denominator.reset();
        reading.wrong.reset();
    }
    return reading;
}

bool same(Item const& one, Item const& other)
{
    return one.answer == other.answer && one.fulfilled == other.fulfilled && one.numerator == other.numerator
        && one.denominator == other.denominator;
}

}

PanelForm read_panel_form(http::Fields const& form, Panel const& panel)
{
    PanelForm typed;
    typed.version = form.integer("version").value_or(0);
    if (form.find("note"))
        typed.note = form.text("note");
    typed.reason = form.text("reason");
    typed.comment = form.text("comment");
    for (auto const& shown : panel.items) {
        auto const id = std::to_string(shown.node.id.value);
        if (!form.find("answer-" + id) && !form.find("n-" + id))
            continue;
        auto reading = read_line(form, shown);
        if (reading.wrong)
            typed.faults.push_back({ "items." + id, *reading.wrong });
        if (!same(reading.item, shown.item))
            typed.items.push_back(reading.item);
        typed.lines[shown.node.id] = std::move(reading.line);
    }
    return typed;
}

}
