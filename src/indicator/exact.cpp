#include "indicator/exact.hpp"
#include <algorithm>
#include <boost/multiprecision/cpp_int.hpp>
#include <map>

namespace kpuhub::indicator {

using boost::multiprecision::cpp_int;
using boost::multiprecision::cpp_rational;

static cpp_rational number(Exact const& exact) { return { cpp_int { exact.numerator }, cpp_int { exact.denominator } }; }

static Exact exact_of(cpp_rational const& value) { return { numerator(value).str(), denominator(value).str() }; }

Exact Exact::of(std::int64_t n, std::int64_t d) { return exact_of(cpp_rational { cpp_int { n }, cpp_int { d } }); }

static bool is_whole(std::string_view text)
{
    if (text.starts_with('-'))
        text.remove_prefix(1);
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

Exact Exact::from_text(std::string_view text)
{
    auto const stroke = text.find('/');
    auto const above = text.substr(0, stroke), below = stroke == std::string_view::npos ? std::string_view { "1" } : text.substr(stroke + 1);
    if (!is_whole(above) || !is_whole(below) || below.find_first_not_of("-0") == std::string_view::npos)
        return {};
    // a leading 0 would be read as octal
    auto plain = [](std::string_view digits) {
        bool const negative = digits.starts_with('-');
        digits.remove_prefix(std::min(digits.find_first_of("123456789"), digits.size()));
        return (negative ? "-" : "") + (digits.empty() ? std::string { "0" } : std::string { digits });
    };
    return exact_of(cpp_rational { cpp_int { plain(above) }, cpp_int { plain(below) } });
}

Ratio Exact::rounded(int decimals) const
{
    std::int64_t scale = 1;
    for (int at = 0; at < decimals; ++at)
        scale *= 10;
    auto const doubled = cpp_int { numerator } * scale * 2 + cpp_int { denominator };
    cpp_int const by = cpp_int { denominator } * 2;
    cpp_int whole = doubled / by;
    if (doubled < 0 && doubled % by != 0)
        --whole;
    return { static_cast<std::int64_t>(whole), scale };
}

std::strong_ordering compare(Exact const& a, Exact const& b)
{
    auto const x = number(a), y = number(b);
    return x < y ? std::strong_ordering::less : y < x ? std::strong_ordering::greater : std::strong_ordering::equal;
}

/// Adds in pairs, so that the denominators grow as late as possible.
static cpp_rational sum(std::vector<cpp_rational> terms)
{
    while (terms.size() > 1) {
        std::vector<cpp_rational> next;
        for (std::size_t at = 0; at < terms.size(); at += 2)
            next.push_back(at + 1 < terms.size() ? cpp_rational { terms[at] + terms[at + 1] } : terms[at]);
        terms = std::move(next);
    }
    return terms.empty() ? cpp_rational { 0 } : terms.front();
}

Exact mean(std::vector<Weighed> const& values)
{
    std::map<std::string, cpp_int> by_denominator;
    cpp_int weights = 0;
    for (auto const& each : values) {
        by_denominator[each.value.denominator] += cpp_int { each.value.numerator } * each.weight;
        weights += each.weight;
    }
    std::vector<cpp_rational> terms;
    for (auto const& [below, above] : by_denominator)
        terms.emplace_back(above, cpp_int { below });
    return exact_of(sum(std::move(terms)) / cpp_rational { weights });
}

}
