#include "plan/source_words.hpp"
#include <nlohmann/json.hpp>

namespace kpuhub::plan {

std::string source_words(std::string_view json)
{
    auto const source = nlohmann::json::parse(json, nullptr, false);
    if (!source.is_object())
        return {};
    if (auto cell = source.find("cell"); cell != source.end() && cell->is_string())
        return cell->get<std::string>();
    auto number = [&](char const* name) {
        auto found = source.find(name);
        return found != source.end() && found->is_number_integer() ? found->get<long long>() : 0;
    };
    auto const line = number("line");
    if (line <= 0)
        return {};
    auto words = std::to_string(line);
    if (auto last = number("last_line"); last > line)
        words += "-" + std::to_string(last);
    return words;
}

}
