#pragma once
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace kpuhub::view {

/// What a template asks of the parts and lists of a model, by their name; sections of one name count together, wherever they stand.
class Asked {
public:
    struct Names {
        bool all = false;               ///< another template stands inside, which may ask for anything
        std::set<std::string, std::less<>> names {};
        [[nodiscard]] bool contains(std::string_view name) const { return all || names.contains(name); }
    };

    /// The names asked inside a part, to be added to.
    [[nodiscard]] Names& inside(std::string_view part) { return m_parts.try_emplace(std::string { part }).first->second; }
    /// nullptr: nothing is asked inside a part of that name.
    [[nodiscard]] Names const* find(std::string_view part) const
    {
        auto const found = m_parts.find(part);
        return found == m_parts.end() ? nullptr : &found->second;
    }

private:
    std::map<std::string, Names, std::less<>> m_parts;
};

}
