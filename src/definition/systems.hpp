#pragma once
#include "definition/register.hpp"

namespace kpuhub::definition {

/// Of the records of a register that serves several systems, those that prove this one: field `field` holds one of the values; without
/// a field all of them.
struct ProvingRecords {
    std::string register_id, field;
    std::vector<std::string> values;
};

/// One of the systems that action plans name (definitions/binding/systems.yaml): a target that success indicators are bound to.
struct SystemRow {
    std::string no;                         ///< "7.29"
    std::string id;
    Words title;
    std::vector<int> areas;                 ///< change areas where its rows usually stand; empty: anywhere
    std::vector<std::string> phrases;
    std::string room, address;              ///< of the page that serves it; empty: none
    std::vector<ProvingRecords> where;
};

/// Errors: Invalid with file and line: an unknown key, a number or id given twice, an area outside 1 to 8.
Result<std::vector<SystemRow>> load_systems(std::string_view file, std::string_view text);

/// Those of the program, in order of their numbers, read once.
std::vector<SystemRow> const& systems();

/// By its id or by its number; null when there is none.
SystemRow const* system_named(std::string_view id);
SystemRow const* system_numbered(std::string_view no);

}
