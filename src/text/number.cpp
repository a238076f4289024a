#include "text/number.hpp"
#include <string_view>

namespace kpuhub::text {

static std::uint64_t magnitude(std::int64_t value)
{
    return value < 0 ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
}

static std::string grouped(std::uint64_t value, Language language)
{
    char const separator = language == Language::English ? ',' : '.';
    char digits[32];
    int at = sizeof digits;
    int written = 0;
    do {
        if (written != 0 && written % 3 == 0)
            digits[--at] = separator;
        digits[--at] = static_cast<char>('0' + value % 10);
        ++written;
    } while ((value /= 10) != 0);
    return { digits + at, sizeof digits - static_cast<std::size_t>(at) };
}

static char decimal_sign(Language language) { return language == Language::English ? '.' : ','; }

std::string number(std::int64_t value, Language language)
{
    auto words = grouped(magnitude(value), language);
    return value < 0 ? "-" + words : words;
}

std::int64_t hundredths_of_percent(std::int64_t numerator, std::int64_t denominator)
{
    __extension__ using Wide = __int128;
    auto const scaled = static_cast<Wide>(numerator < 0 ? -static_cast<Wide>(numerator) : numerator) * 20'000;
    auto const rounded = (scaled + denominator) / (static_cast<Wide>(denominator) * 2);
    return static_cast<std::int64_t>(numerator < 0 ? -rounded : rounded);
}

std::string percent(std::int64_t numerator, std::int64_t denominator, Language language)
{
    if (denominator <= 0)
        return "\u2013";
    auto const hundredths = hundredths_of_percent(numerator, denominator);
    auto const size = magnitude(hundredths);
    std::string words = hundredths < 0 ? "-" : "";
    words += grouped(size / 100, language);
    if (size % 100 != 0) {
        words += decimal_sign(language);
        words += static_cast<char>('0' + size % 100 / 10);
        words += static_cast<char>('0' + size % 10);
    }
    return words += language == Language::English ? "%" : " %";
}

std::string rupiah(std::int64_t value, Language language)
{
    return (value < 0 ? "-Rp " : "Rp ") + grouped(magnitude(value), language);
}

std::string size(std::int64_t bytes, Language language)
{
    if (bytes < 1'000)
        return number(bytes, language) + " B";
    if (bytes < 1'000'000)
        return number((bytes + 500) / 1'000, language) + " kB";
    std::int64_t unit = 1'000'000;
    std::string_view name = " MB";
    if (bytes >= 1'000'000'000) {
        unit = 1'000'000'000;
        name = " GB";
    }
    auto const tenths = bytes / (unit / 10) + (bytes % (unit / 10) * 2 >= unit / 10 ? 1 : 0);
    auto words = number(tenths / 10, language);
    if (tenths % 10 != 0)
        words.append(1, decimal_sign(language)).append(1, static_cast<char>('0' + tenths % 10));
    return words.append(name);
}

}
