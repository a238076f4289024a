#include "paper/words.hpp"
#include "view/words.hpp"
#include <algorithm>
#include <array>
#include <utility>

namespace kpuhub::paper {

std::string office_name(std::string_view unit_name)
{
    constexpr std::string_view short_form = "KPU ";
    if (unit_name.starts_with(short_form))
        return "Komisi Pemilihan Umum " + std::string { unit_name.substr(short_form.size()) };
    return std::string { unit_name };
}

std::string place_of_office(std::string_view unit_name)
{
    for (std::string_view const start : { "KPU Kabupaten ", "KPU Kota ", "KPU Provinsi ", "KPU " })
        if (unit_name.starts_with(start))
            return std::string { unit_name.substr(start.size()) };
    return std::string { unit_name };
}

std::string capitals(std::string_view text)
{
    std::string upper { text };
    std::ranges::transform(upper, upper.begin(), [](char sign) { return sign >= 'a' && sign <= 'z' ? static_cast<char>(sign - 'a' + 'A') : sign; });
    return upper;
}

std::string printed_date(time::Date date) { return view::short_date(date, view::Language::Indonesian); }

static std::string below_thousand(int number)
{
    constexpr std::array<std::string_view, 12> small { "", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas" };
    auto const joined = [](std::string head, std::string const& tail) { return tail.empty() ? head : head + " " + tail; };
    auto const word = [&](int digit) { return std::string { small.at(static_cast<std::size_t>(digit)) }; };
    if (number < 12)
        return word(number);
    if (number < 20)
        return word(number - 10) + " belas";
    if (number < 100)
        return joined(word(number / 10) + " puluh", word(number % 10));
    return joined(number < 200 ? "seratus" : word(number / 100) + " ratus", below_thousand(number % 100));
}

std::string number_in_words(int number)
{
    if (number == 0)
        return "nol";
    if (number < 1000)
        return below_thousand(number);
    auto const head = number < 2000 ? std::string { "seribu" } : below_thousand(number / 1000) + " ribu";
    auto const tail = below_thousand(number % 1000);
    return tail.empty() ? head : head + " " + tail;
}

std::string day_in_words(time::Date date)
{
    auto const language = view::Language::Indonesian;
    return std::string { view::day_name(date.weekday(), language) } + " tanggal " + number_in_words(static_cast<int>(date.day())) + " bulan "
        + std::string { view::month_name(date.month(), language) } + " tahun " + number_in_words(date.year());
}

std::string roman(int number)
{
    constexpr std::array<std::pair<int, std::string_view>, 9> signs { { { 100, "C" }, { 90, "XC" }, { 50, "L" }, { 40, "XL" }, { 10, "X" }, { 9, "IX" }, { 5, "V" }, { 4, "IV" }, { 1, "I" } } };
    std::string made;
    for (auto const& [value, sign] : signs)
        for (; number >= value; number -= value)
            made += sign;
    return made;
}

std::string letter(int number)
{
    constexpr int letters = 26;
    std::string made;
    for (; number > 0; number = (number - 1) / letters)
        made.insert(made.begin(), static_cast<char>('a' + (number - 1) % letters));
    return made;
}

}
