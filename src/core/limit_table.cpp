#include "core/limit_table.hpp"
#include "core/embedded.hpp"
#include <stdexcept>
#include <yaml-cpp/yaml.h>

namespace kpuhub {

Result<LimitTable> LimitTable::read(std::string_view yaml, std::string_view section)
{
    LimitTable table;
    table.m_section = section;
    try {
        auto entries = YAML::Load(std::string { yaml })[table.m_section];
        if (!entries || !entries.IsMap())
            return broken("limits.yaml: no map named " + table.m_section);
        for (auto const& entry : entries) {
            auto name = entry.first.as<std::string>();
            auto number = entry.second["number"].as<std::int64_t>(0);
            if (number <= 0 || entry.second["why"].as<std::string>("").empty())
                return broken("limits.yaml: " + name + " is not a positive number with its reason");
            table.m_numbers[name] = number;
        }
    } catch (YAML::Exception const& error) {
        return broken(std::string { "limits.yaml: " } + error.what());
    }
    return table;
}

LimitTable LimitTable::embedded(std::string_view section)
{
    auto table = read(embedded_file("definitions/limits.yaml"), section);
    if (!table)
        throw std::logic_error(table.error().detail);
    return std::move(*table);
}

std::int64_t LimitTable::take(std::string_view name)
{
    auto found = m_numbers.find(name);
    if (found == m_numbers.end())
        throw std::logic_error("limits.yaml: " + m_section + " lacks " + std::string { name });
    auto number = found->second;
    m_numbers.erase(found);
    return number;
}

Result<void> LimitTable::all_taken() const
{
    if (!m_numbers.empty())
        return broken("limits.yaml: " + m_section + " has an entry that the program does not know: " + m_numbers.begin()->first);
    return {};
}

}
