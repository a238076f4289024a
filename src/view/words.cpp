#include "view/words.hpp"
#include "text/messages.hpp"
#include "text/number.hpp"
#include <array>
#include <charconv>
#include <fmt/format.h>

namespace kpuhub::view {

using Names12 = std::array<std::string_view, 12>;
using Names7 = std::array<std::string_view, 7>;

static constexpr Names12 months_id { "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September",
    "Oktober", "November", "Desember" };
static constexpr Names12 months_en { "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December" };
static constexpr Names12 short_id { "Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agt", "Sept", "Okt", "Nov", "Des" };
static constexpr Names12 short_en { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec" };
static constexpr Names7 days_id { "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu" };
static constexpr Names7 days_en { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday" };

static bool english(Language language) { return language == Language::English; }

std::string_view month_name(unsigned month, Language language) { return (english(language) ? months_en : months_id).at(month - 1); }
std::string_view short_month_name(unsigned month, Language language) { return (english(language) ? short_en : short_id).at(month - 1); }
std::string_view day_name(unsigned weekday, Language language) { return (english(language) ? days_en : days_id).at(weekday - 1); }

// A board or list shows hundreds of dates: they are put together without a format text, and taken apart once.
static void add_number(std::string& text, int number)
{
    char digits[12];
    text.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
}

static void add_day_and_month(std::string& text, std::chrono::year_month_day date, Language language)
{
    add_number(text, static_cast<int>(static_cast<unsigned>(date.day())));
    text.append(1, ' ').append(month_name(static_cast<unsigned>(date.month()), language));
}

static void add_short_date(std::string& text, time::Date date, Language language)
{
    std::chrono::year_month_day const parts { date.days };
    add_day_and_month(text, parts, language);
    add_number(text.append(1, ' '), static_cast<int>(parts.year()));
}

std::string day_and_month(time::Date date, Language language)
{
    std::string text;
    add_day_and_month(text, date.days, language);
    return text;
}

std::string short_date(time::Date date, Language language)
{
    std::string text;
    add_short_date(text, date, language);
    return text;
}

std::string long_date(time::Date date, Language language)
{
    std::string text { day_name(date.weekday(), language) };
    add_short_date(text.append(", "), date, language);
    return text;
}

std::string clock_time(Moment const& moment)
{
    auto const local = moment.at.plus(time::offset(moment.zone)).milliseconds;
    auto const minutes = (local - time::start_of_day(time::date_at(moment.at, moment.zone), moment.zone)
                              .plus(time::offset(moment.zone)).milliseconds) / 60'000;
    return fmt::format("{:02}.{:02} {}", minutes / 60, minutes % 60, time::name(moment.zone));
}

std::string long_moment(Moment const& moment, Language language)
{
    return fmt::format("{}, {}", long_date(time::date_at(moment.at, moment.zone), language), clock_time(moment));
}

Sentence days_from_today(time::Date due, time::Date today)
{
    auto const days = time::days_between(today, due);
    if (days == 0)
        return { "words.today" };
    if (days == 1)
        return { "words.tomorrow" };
    if (days == -1)
        return { "words.one_day_past" };
    if (days < 0)
        return { "words.days_past", { -days } };
    return { "words.days_left", { days } };
}

std::string words(Sentence const& sentence, text::Messages const& messages, Language language)
{
    struct {
        text::Messages const& messages;
        Language language;
        std::string operator()(std::string const& text) const { return text; }
        std::string operator()(std::int64_t number) const { return text::number(number, language); }
        std::string operator()(time::Date date) const { return long_date(date, language); }
        std::string operator()(Moment const& moment) const { return long_moment(moment, language); }
        std::string operator()(Ratio const& share) const { return text::percent(share.numerator, share.denominator, language); }
        std::string operator()(Money const& money) const { return text::rupiah(money.rupiah, language); }
        std::string operator()(Year year) const { return std::to_string(year.number); }
        std::string operator()(Choice const& choice) const { return messages.text(choice.message_key, language); }
    } const worded { messages, language };
    std::vector<std::string> arguments;
    for (auto const& argument : sentence.arguments)
        arguments.push_back(std::visit(worded, argument));
    if (sentence.message_key.empty())
        return arguments.empty() ? std::string {} : arguments.front();
    return messages.text(sentence.message_key, language, arguments);
}

}
