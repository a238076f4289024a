#include "record/value.hpp"
#include "indicator/period_words.hpp"
#include "text/number.hpp"
#include "text/utf8.hpp"
#include <algorithm>
#include <charconv>
#include <cstdio>
#include <fmt/format.h>

namespace kpuhub::record {

using definition::Field;
using definition::FieldKind;
using storage::Value;
using Read = tl::expected<Value, std::string>;

namespace {

constexpr std::size_t longest_text = 500;
constexpr std::size_t longest_long_text = 20'000;

tl::unexpected<std::string> wrong(char const* key) { return tl::make_unexpected(std::string { key }); }

std::string without(std::string text, std::string_view signs)
{
    std::erase_if(text, [&](char sign) { return signs.find(sign) != std::string_view::npos; });
    return text;
}

std::optional<std::int64_t> whole(std::string_view text)
{
    std::int64_t number = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc {} && end == text.data() + text.size() && !text.empty() ? std::optional { number } : std::nullopt;
}

/// "1.214", "1 214" and "1214" are the same number; a point that does not part thousands is none of them.
Read integer(Field const& field, std::string typed)
{
    bool money = field.kind == FieldKind::Money;
    if (money && (typed.starts_with("Rp") || typed.starts_with("rp")))
        typed.erase(0, typed.starts_with("Rp.") ? 3 : 2);
    if (money && typed.ends_with(",00"))
        typed.resize(typed.size() - 3);
    typed = without(std::move(typed), " ");
    for (auto dot = typed.find('.'); dot != std::string::npos; dot = typed.find('.', dot)) {
        auto next = typed.find_first_not_of("0123456789", dot + 1);
        auto digits = (next == std::string::npos ? typed.size() : next) - dot - 1;
        if (digits != 3)
            return wrong(money ? "record.wrong.money" : "record.wrong.integer");
        typed.erase(dot, 1);
    }
    auto number = whole(typed);
    if (!number)
        return wrong(money ? "record.wrong.money" : "record.wrong.integer");
    if ((field.least && *number < *field.least) || (field.most && *number > *field.most))
        return wrong("record.wrong.limits");
    return Value { *number };
}

std::int64_t scale_of(int decimals)
{
    std::int64_t scale = 1;
    for (int at = 0; at < decimals; ++at)
        scale *= 10;
    return scale;
}

Read decimal(Field const& field, std::string typed)
{
    typed = without(std::move(typed), " ");
    auto comma = typed.find_last_of(",.");
    auto fraction = comma == std::string::npos ? std::string {} : typed.substr(comma + 1);
    auto front = without(typed.substr(0, comma), ".,");
    if (fraction.size() > static_cast<std::size_t>(field.decimals) || fraction.find_first_not_of("0123456789") != std::string::npos)
        return wrong("record.wrong.decimal");
    fraction.resize(static_cast<std::size_t>(field.decimals), '0');
    constexpr std::size_t most_digits = 18;
    auto number = whole(front + fraction);
    if (!number || front.empty() || front == "-" || front.size() + fraction.size() > most_digits)
        return wrong("record.wrong.decimal");
    return Value { *number };
}

std::optional<time::Date> day(std::string const& text)
{
    if (auto iso = time::Date::from_iso(text))
        return iso;
    int day = 0, month = 0, year = 0, end = 0;
    if (std::sscanf(text.c_str(), "%2d%*1[-/.]%2d%*1[-/.]%4d%n", &day, &month, &year, &end) != 3 || static_cast<std::size_t>(end) != text.size())
        return std::nullopt;
    return time::Date::from_iso(fmt::format("{:04}-{:02}-{:02}", year, month, day));
}

Read instant(std::string typed, time::Zone zone)
{
    auto parting = typed.find_first_of("T ");
    if (parting == std::string::npos)
        return wrong("record.wrong.instant");
    auto date = day(typed.substr(0, parting));
    int hour = 0, minute = 0, end = 0;
    auto clock = typed.substr(parting + 1);
    bool well = std::sscanf(clock.c_str(), "%2d%*1[:.]%2d%n", &hour, &minute, &end) == 2 && static_cast<std::size_t>(end) == clock.size();
    if (!date || !well || hour > 23 || minute > 59 || hour < 0 || minute < 0)
        return wrong("record.wrong.instant");
    auto at = time::start_of_day(*date, zone).plus(std::chrono::hours { hour } + std::chrono::minutes { minute });
    return Value { at.milliseconds };
}

Read period(std::string const& typed)
{
    auto year = whole(typed.substr(0, 4));
    bool well = year && *year >= 1945 && *year <= 2200 && typed.size() >= 4;
    auto rest = typed.size() > 4 ? typed.substr(4) : std::string {};
    bool month = rest.size() == 3 && rest[0] == '-' && whole(rest.substr(1)).value_or(0) >= 1 && whole(rest.substr(1)).value_or(13) <= 12;
    bool quarter = rest.size() == 3 && rest.starts_with("-Q") && rest[2] >= '1' && rest[2] <= '4';
    bool half = rest.size() == 3 && rest.starts_with("-S") && (rest[2] == '1' || rest[2] == '2');
    if (!well || !(rest.empty() || month || quarter || half))
        return wrong("record.wrong.period");
    return Value { typed };
}

Read choice(Field const& field, std::string const& typed)
{
    if (field.option(typed))
        return Value { typed };
    for (auto const& option : field.options)        // from a sheet: the label as shown
        if (option.label.id == typed || option.label.en == typed)
            return Value { option.value };
    return wrong("record.wrong.choice");
}

Read yes_no(std::string const& typed)
{
    if (typed == "yes" || typed == "1" || typed == "Ya" || typed == "ya" || typed == "Yes")
        return Value { std::int64_t { 1 } };
    if (typed == "no" || typed == "0" || typed == "Tidak" || typed == "tidak" || typed == "No")
        return Value { std::int64_t { 0 } };
    return wrong("record.wrong.choice");
}

Read long_enough(std::string typed, std::size_t most)
{
    if (text::sign_count(typed) > most)
        return wrong("record.wrong.long");
    return Value { std::move(typed) };
}

std::string decimal_text(std::int64_t number, int decimals, char comma)
{
    auto scale = scale_of(decimals);
    auto front = number / scale, rest = number % scale;
    return fmt::format("{}{}{}{:0{}}", number < 0 && front == 0 ? "-" : "", front, comma, rest < 0 ? -rest : rest, decimals);
}

std::string instant_code(std::int64_t milliseconds, time::Zone zone)
{
    time::Instant at { milliseconds };
    auto date = time::date_at(at, zone);
    auto minutes = (milliseconds - time::start_of_day(date, zone).milliseconds) / 60'000;
    return fmt::format("{}T{:02}:{:02}", date.iso(), minutes / 60, minutes % 60);
}

}

Read value_of(Field const& field, std::string typed, time::Zone zone)
{
    if (typed.empty())
        return Value {};
    switch (field.kind) {
    case FieldKind::Text: return long_enough(std::move(typed), longest_text);
    case FieldKind::LongText: return long_enough(std::move(typed), longest_long_text);
    case FieldKind::Integer:
    case FieldKind::Money: return integer(field, std::move(typed));
    case FieldKind::Decimal: return decimal(field, std::move(typed));
    case FieldKind::Date: {
        auto date = day(typed);
        return date ? Read { Value { date->iso() } } : Read { wrong("record.wrong.date") };
    }
    case FieldKind::Instant: return instant(std::move(typed), zone);
    case FieldKind::Period: return period(typed);
    case FieldKind::YesNo: return yes_no(typed);
    case FieldKind::Choice: return choice(field, typed);
    case FieldKind::Person:
    case FieldKind::Unit:
    case FieldKind::Reference:
        if (auto number = whole(typed))
            return Value { *number };
        return wrong("record.wrong.not_found");
    default: return long_enough(std::move(typed), longest_long_text);
    }
}

std::string code_of(Field const& field, Value const& value, time::Zone zone)
{
    if (auto const* text = std::get_if<std::string>(&value))
        return *text;
    auto const* number = std::get_if<std::int64_t>(&value);
    if (!number)
        return {};
    switch (field.kind) {
    case FieldKind::Decimal: return decimal_text(*number, field.decimals, '.');
    case FieldKind::Instant: return instant_code(*number, zone);
    case FieldKind::YesNo: return *number != 0 ? "yes" : "no";
    default: return std::to_string(*number);
    }
}

std::optional<std::string_view> plain_words(Field const& field, Value const& value, text::Language language, std::string const& name)
{
    if (!name.empty())
        return name;
    auto const* text = std::get_if<std::string>(&value);
    if (!text || field.kind == FieldKind::Sealed || field.kind == FieldKind::Date || field.kind == FieldKind::Period)
        return std::nullopt;
    auto const* option = field.kind == FieldKind::Choice ? field.option(*text) : nullptr;
    return option ? option->label.in(language) : *text;
}

view::Sentence words_of(Field const& field, Value const& value, time::Zone zone, text::Language language, std::string const& name)
{
    if (auto const words = plain_words(field, value, language, name))
        return view::plain(std::string { *words });
    if (auto const* text = std::get_if<std::string>(&value)) {
        auto const date = field.kind == FieldKind::Date ? time::Date::from_iso(*text) : std::nullopt;
        if (field.kind == FieldKind::Sealed)
            return { "record.sealed" };
        if (field.kind == FieldKind::Period)
            return indicator::period_words(*text);
        return date ? view::Sentence { {}, { *date } } : view::plain(*text);
    }
    auto const* number = std::get_if<std::int64_t>(&value);
    if (!number)
        return {};
    switch (field.kind) {
    case FieldKind::Money: return { {}, { view::Money { *number } } };
    case FieldKind::Instant: return { {}, { view::Moment { { *number }, zone } } };
    case FieldKind::YesNo: return { *number != 0 ? "record.yes" : "record.no" };
    case FieldKind::Decimal: return view::plain(decimal_text(*number, field.decimals, language == text::Language::English ? '.' : ','));
    case FieldKind::Integer: return { {}, { *number } };
    default: return view::plain(std::to_string(*number));
    }
}

std::string cell_of(Field const& field, Value const& value, time::Zone zone, std::string const& name)
{
    auto const* text = std::get_if<std::string>(&value);
    if (field.kind == FieldKind::Sealed)
        return {};
    if (auto const* option = text && field.kind == FieldKind::Choice ? field.option(*text) : nullptr)
        return option->label.id;
    auto const* number = std::get_if<std::int64_t>(&value);
    if (number && field.kind == FieldKind::YesNo)
        return *number != 0 ? "Ya" : "Tidak";
    if (number && !name.empty())
        return name;
    if (number && field.kind == FieldKind::Decimal)
        return decimal_text(*number, field.decimals, ',');
    return code_of(field, value, zone);
}

}
