#include "plan/edit_model.hpp"
#include <charconv>

namespace kpuhub::plan {

std::string month_numbers(Months months)
{
    std::string text;
    for (auto run : runs(months)) {
        text += (text.empty() ? "" : ", ") + std::to_string(run.first);
        if (run.last != run.first)
            text += "-" + std::to_string(run.last);
    }
    return text;
}

std::optional<Months> months_of(std::string_view text)
{
    constexpr int last_month = 12;
    std::vector<int> numbers;
    auto number = [&](int& value) {
        while (text.starts_with(' '))
            text.remove_prefix(1);
        auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        while (text.starts_with(' '))
            text.remove_prefix(1);
        return error == std::errc {} && value >= 1 && value <= last_month;
    };
    while (!text.empty()) {
        int first = 0;
        if (!number(first))
            return std::nullopt;
        int last = first;
        if (text.starts_with('-')) {
            text.remove_prefix(1);
            if (!number(last) || last < first)
                return std::nullopt;
        }
        for (; first <= last; ++first)
            numbers.push_back(first);
        if (text.starts_with(','))
            text.remove_prefix(1);
        else if (!text.empty())
            return std::nullopt;
    }
    return Months::of(numbers);
}

}
