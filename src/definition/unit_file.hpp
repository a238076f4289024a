#pragma once
#include "definition/node.hpp"
#include "time/date.hpp"

namespace kpuhub::definition {

enum class UnitLevel { National, Province, Regency, City };

/// One office (satuan kerja) as definitions/units/units.yaml lists it.
struct UnitEntry {
    std::string code;                   ///< Kemendagri area code without dot: "00", "15", "1571"
    std::string name;                   ///< "KPU Kota Jambi", "KIP Aceh"
    std::string area;                   ///< "Kota Jambi"
    UnitLevel level = UnitLevel::Regency;
    std::string parent {};              ///< code of the office above; empty for KPU RI only
    time::Zone zone = time::Zone::Wib;
    std::vector<std::string> also {};   ///< other spellings met in papers, for recognition
};

struct UnitTable {
    time::Date valid_from;
    time::Date holds_from;              ///< first day of names and borders when the table is first loaded; not after valid_from
    std::string source;
    std::vector<UnitEntry> units;       ///< parents before children
};

/// Errors: Invalid with file and line: a code that is not 2 or 4 digits, given twice, or whose office above is missing or
/// stands later in the file; an unknown level or zone; a level that does not fit the code; no or several roots.
Result<UnitTable> load_units(std::string_view file, std::string_view text);

}
