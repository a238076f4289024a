#include "decree/month_words.hpp"
#include "decree/words.hpp"
#include <algorithm>
#include <set>

namespace kpuhub::decree {

namespace {

bool letter(char c) { return c >= 'a' && c <= 'z'; }
bool digit(char c) { return c >= '0' && c <= '9'; }

constexpr int months_in_a_year = 12;

/// Reads the tokens from left to right: a period, a range between two, numbers of the period named last.
class WhenReader {
public:
    WhenReader(Shape const& shape, Period bare) : m_shape(shape), m_period(bare) {}

    WordedMonths read(std::vector<std::string> tokens)
    {
        split_joined(tokens);
        for (m_at = 0; m_at < tokens.size();)
            step(tokens);
        if (m_open && !m_week)
            m_understood = false;
        if (m_from && m_months.size() == 1) {
            for (int month = *m_months.begin(); month <= months_in_a_year; ++month)
                m_months.insert(month);
            m_understood = false;
        }
        return { { m_months.begin(), m_months.end() }, m_understood && !m_months.empty(), m_exact };
    }

private:
    /// "TWIV", "SMTII": a period and its Roman number without a space.
    void split_joined(std::vector<std::string>& tokens) const
    {
        for (auto const* list : { "quarter", "semester" })
            for (auto const& words : m_shape.when.phrases.at(list))
                for (std::size_t i = 0; words.size() == 1 && i < tokens.size(); ++i)
                    if (auto& token = tokens[i]; token.size() > words[0].size() && token.starts_with(words[0]) && token.find_first_not_of("iv", words[0].size()) == std::string::npos) {
                        auto rest = token.substr(words[0].size());
                        token.resize(words[0].size());
                        tokens.insert(tokens.begin() + static_cast<std::ptrdiff_t>(i) + 1, std::move(rest));
                    }
    }

    /// How many tokens of the phrase list stand here; the longest phrase counts.
    [[nodiscard]] std::size_t phrase(char const* list, std::vector<std::string> const& tokens) const
    {
        std::size_t longest = 0;
        auto const found = m_shape.when.phrases.find(list);
        if (found == m_shape.when.phrases.end())
            return 0;
        for (auto const& words : found->second)
            if (words.size() > longest && m_at + words.size() <= tokens.size()
                && std::equal(words.begin(), words.end(), tokens.begin() + static_cast<std::ptrdiff_t>(m_at)))
                longest = words.size();
        return longest;
    }

    bool take(char const* list, std::vector<std::string> const& tokens)
    {
        auto const count = phrase(list, tokens);
        m_at += count;
        return count > 0;
    }

    void step(std::vector<std::string> const& tokens)
    {
        if (take("every_month", tokens))
            add({ 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 });
        else if (take("every_quarter", tokens))
            add({ 3, 6, 9, 12 });
        else if (take("every_semester", tokens))
            add({ 6, 12 });
        else if (take("from", tokens))
            m_from = true;
        else if (take("range", tokens))
            m_open = !m_last.empty() || m_week;
        else if (take("joining", tokens))
            ;
        else if (take("week", tokens)) {
            m_week = true;
            m_exact = false;
        } else if (auto const period = named_period(tokens); period != Period::None) {
            m_period = period;
            m_week = false;
        } else if (!number(tokens[m_at]) && !month_name(tokens[m_at]) && !take("filling", tokens)) {
            m_understood = false;
            ++m_at;
        }
    }

    Period named_period(std::vector<std::string> const& tokens)
    {
        if (take("quarter", tokens))
            return Period::Quarter;
        if (take("semester", tokens))
            return Period::Semester;
        return take("month", tokens) ? Period::Month : Period::None;
    }

    [[nodiscard]] int value_of(std::string const& token) const
    {
        if (digit(token[0]))
            return token.size() > 4 ? 0 : std::stoi(token);
        for (std::size_t i = 0; i < m_shape.when.ordinals.size(); ++i)
            if (std::ranges::find(m_shape.when.ordinals[i], token) != m_shape.when.ordinals[i].end())
                return static_cast<int>(i) + 1;
        return 0;
    }

    bool number(std::string const& token)
    {
        int const value = value_of(token);
        if (value == 0 && !digit(token[0]))
            return false;
        ++m_at;
        if (value > 1900)
            return true;
        auto const months = m_week ? std::vector<int> {} : months_of_period(m_period, value);
        if (months.empty()) {
            // A day or a week; the month follows.
            m_exact = false;
        } else
            add(months);
        return true;
    }

    bool month_name(std::string const& token)
    {
        if (token.size() < 2 || !letter(token[0]))
            return false;
        int const month = m_shape.month_of(token);
        if (month == 0)
            return false;
        ++m_at;
        m_week = false;
        add({ month });
        return true;
    }

    void add(std::vector<int> const& months)
    {
        if (m_open && !m_last.empty() && months.front() >= m_last.front())
            for (int month = m_last.front(); month < months.front(); ++month)
                m_months.insert(month);
        else if (m_open && !m_last.empty())
            m_understood = false;   // a range that runs backwards
        m_open = false;
        m_months.insert(months.begin(), months.end());
        m_last = months;
    }

    Shape const& m_shape;
    Period m_period;
    std::size_t m_at = 0;
    std::set<int> m_months;
    std::vector<int> m_last;    ///< of the period read last, for a range
    bool m_open = false;        ///< a range waits for its end
    bool m_from = false;
    bool m_week = false;
    bool m_understood = true;
    bool m_exact = true;
};

}

std::vector<int> months_of_period(Period period, int number)
{
    int const length = period == Period::Quarter ? 3 : period == Period::Semester ? 6 : period == Period::Month ? 1 : 0;
    if (length == 0 || number < 1 || number > months_in_a_year / length)
        return {};
    std::vector<int> months;
    for (int i = 1; i <= length; ++i)
        months.push_back((number - 1) * length + i);
    return months;
}

std::vector<std::string> when_tokens(std::string_view text)
{
    std::vector<std::string> tokens;
    enum class Kind { None, Letters, Digits };
    Kind last = Kind::None;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        // The dashes U+2010 to U+2015.
        if (c == '\xE2' && i + 2 < text.size() && text[i + 1] == '\x80' && text[i + 2] >= '\x90' && text[i + 2] <= '\x95') {
            c = '-';
            i += 2;
        }
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
        Kind const kind = letter(c) ? Kind::Letters : digit(c) ? Kind::Digits : Kind::None;
        if (kind == Kind::None) {
            if (c != ' ' && c != '.' && static_cast<unsigned char>(c) < 0x80 && c != '\t')
                tokens.emplace_back(1, c);
        } else if (kind == last)
            tokens.back() += c;
        else
            tokens.emplace_back(1, c);
        last = kind;
    }
    return tokens;
}

WordedMonths months_in_words(std::string_view text, Shape const& shape, Period bare)
{
    return WhenReader { shape, bare }.read(when_tokens(text));
}

Period period_of(std::string_view heading, Shape const& shape)
{
    auto const tokens = when_tokens(heading);
    auto const named = [&](char const* list) {
        auto const found = shape.when.phrases.find(list);
        return found != shape.when.phrases.end() && std::ranges::any_of(found->second, [&](auto& words) {
            return words.front().size() > 1 && std::search(tokens.begin(), tokens.end(), words.begin(), words.end()) != tokens.end();
        });
    };
    return named("quarter") ? Period::Quarter : named("semester") ? Period::Semester : named("month") ? Period::Month : Period::None;
}

}
