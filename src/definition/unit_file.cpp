#include "definition/unit_file.hpp"
#include <algorithm>
#include <map>

namespace kpuhub::definition {

namespace {

std::map<std::string_view, UnitLevel> const levels {
    { "national", UnitLevel::National }, { "province", UnitLevel::Province },
    { "regency", UnitLevel::Regency }, { "city", UnitLevel::City },
};

bool is_code(std::string_view code)
{
    return (code.size() == 2 || code.size() == 4)
        && std::ranges::all_of(code, [](char c) { return c >= '0' && c <= '9'; });
}

/// KPU RI is "00"; provinces have two digits; of the four-digit codes a kota has 71 or more at its end.
bool fits(UnitLevel level, std::string_view code)
{
    if (code == "00" || code.size() == 2)
        return (level == UnitLevel::National) == (code == "00") && level != UnitLevel::Regency && level != UnitLevel::City;
    return level == (code.substr(2) >= "71" ? UnitLevel::City : UnitLevel::Regency);
}

class Reader {
public:
    explicit Reader(Faults& faults) : m_faults(faults) {}

    UnitEntry read(Node const& node)
    {
        m_faults.only_keys(node, { "code", "name", "area", "level", "parent", "zone", "also" });
        UnitEntry unit { m_faults.required_text(node, "code"), m_faults.required_text(node, "name"),
            m_faults.required_text(node, "area") };
        unit.also = m_faults.optional_texts(node, "also");
        read_code_and_level(node, unit);
        auto zone = time::zone_named(m_faults.required_text(node, "zone"));
        if (!zone)
            m_faults.add(node.line, "definition.choice_unknown", "zone");
        unit.zone = zone.value_or(time::Zone::Wib);
        if (unit.level != UnitLevel::National) {
            unit.parent = m_faults.required_text(node, "parent");
            if (!m_levels.contains(unit.parent))
                m_faults.add(node.line, "definition.reference_missing", "parent");
        } else if (m_levels.size() != 1) {
            m_faults.add(node.line, "definition.key_twice", "level");
        }
        return unit;
    }

private:
    void read_code_and_level(Node const& node, UnitEntry& unit)
    {
        auto level = levels.find(m_faults.required_text(node, "level"));
        if (level == levels.end())
            m_faults.add(node.line, "definition.choice_unknown", "level");
        else
            unit.level = level->second;
        if (!is_code(unit.code) || (level != levels.end() && !fits(unit.level, unit.code)))
            m_faults.add(node.line, "definition.code_wrong", "code");
        if (!m_levels.emplace(unit.code, unit.level).second)
            m_faults.add(node.line, "definition.key_twice", "code");
    }

    Faults& m_faults;
    std::map<std::string, UnitLevel> m_levels;
};

}

Result<UnitTable> load_units(std::string_view file, std::string_view text)
{
    auto root = TRY(parse(file, text));
    Faults faults { file };
    faults.only_keys(root,
        { "id", "version", "valid_from", "holds_from", "title", "source", "read_on", "licence", "attribution", "units" });
    auto heading = read_heading(root, faults);
    auto const valid_from = time::Date::from_iso(heading.valid_from).value_or(time::Date {});
    auto const holds_from = time::Date::from_iso(faults.required_text(root, "holds_from"));
    if (!holds_from || *holds_from > valid_from)
        faults.add(root["holds_from"].line, "definition.date_wrong", "holds_from");
    UnitTable table { valid_from, holds_from.value_or(valid_from), heading.source, {} };
    Reader reader { faults };
    for (auto const& node : faults.required_list(root, "units"))
        table.units.push_back(reader.read(node));
    if (table.units.empty() || table.units.front().level != UnitLevel::National)
        faults.add(root["units"].line, "definition.reference_missing", "units");
    if (!faults.none())
        return faults.failure();
    return table;
}

}
