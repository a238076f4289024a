#pragma once
#include "definition/register.hpp"
#include <array>

namespace kpuhub::definition {

/// In the order of FieldKind and DataClass.
inline constexpr std::array<std::string_view, 17> kind_names { "text", "long_text", "integer", "decimal", "money", "date", "instant", "period",
    "yes_no", "choice", "many_choice", "person", "unit", "document", "reference", "sealed", "children" };
inline constexpr std::array<std::string_view, 4> class_names { "public", "internal", "personal", "specific" };

// --- parts of load_register, one file each ---

/// Reads values that several parts of a register have; notes what is wrong.
class RegisterReader {
public:
    RegisterReader(Faults& faults, KnownNames const& names) : m_faults(faults), m_names(names) {}
    std::vector<Field> fields(Node const& map, bool inside_list);
    void flow(Node const& map, Register&);
    void access(Node const& map, Register&);
    std::vector<RegisterClock> clocks(Node const& file);
    Numbering numbering(Node const& map);
    std::vector<Table> tables(Node const& file);
    std::optional<MonthCard> card(Node const& map);
    void counts(Node const& map, Register&);

    Words words(Node const& map, std::string_view key, bool required);
    bool flag(Node const& map, std::string_view key, bool otherwise = false);
    std::vector<std::string> names(Node const& map, std::string_view key);      ///< one name or a list of them
    std::vector<std::string> roles(Node const& map, std::string_view key);
    std::vector<std::string> doers(Node const& map);                            ///< roles of a step: "sender" too
    std::string name(std::string const& text, int line);
    template<typename Kind, std::size_t Count>
    Kind one_of(Node const& map, std::string_view key, std::array<std::string_view, Count> const& names, Kind otherwise);

private:
    Field field(std::string const& id, Node const& node, bool inside_list);
    void field_of_kind(Field&, Node const&, bool inside_list);
    void worked_out(Field&, Node const&, bool inside_list);
    std::vector<FieldOption> options(Node const&);
    std::optional<Condition> condition(Node const&);
    Step step(std::string const& id, Node const&);
    Numbering series(Node const& map);
    void rule(Node const& map, RegisterClock&);
    StateGroup group(std::string const& id, Node const&);
    Intake intake(Node const&);

    Faults& m_faults;
    KnownNames const& m_names;
};

/// The rows of the 180 systems under "systems"; one that is none of them is noted (systems.cpp).
std::vector<std::string> systems_in(Node const& file, Faults&);

/// Tables, lookups, links, month cards and public records: what they name must be there and fit (register_tables.cpp).
void check_tables(Register const&, Node const& file, Faults&);

/// What only the whole shows: names that point inside the register, states that no step reaches, clocks that nothing stops.
void check_register(Register const&, Node const& file, Faults&);

template<typename Kind, std::size_t Count>
Kind RegisterReader::one_of(Node const& map, std::string_view key, std::array<std::string_view, Count> const& list, Kind otherwise)
{
    if (!map.has(key))
        return otherwise;
    for (std::size_t at = 0; at < Count; ++at)
        if (map[key].text == list[at])
            return static_cast<Kind>(at);
    m_faults.add(map[key].line, "definition.choice_unknown", std::string { key });
    return otherwise;
}

}
