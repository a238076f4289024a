#pragma once
#include "record/record_list.hpp"

namespace kpuhub::record {

/// One way in which a register assesses its records by a table: likelihood and impact of the risk as it is, with controls, as wanted ...
struct Assessment {
    definition::Table const* table = nullptr;
    definition::Field const* row = nullptr;         ///< "likelihood"
    definition::Field const* column = nullptr;      ///< "impact"
    definition::Field const* value = nullptr;       ///< the integer worked out; null when the register keeps only the band
    definition::Field const* level = nullptr;       ///< the choice worked out
};
/// In the order of the definition; only those with a level. Empty: the register has no matrix.
std::vector<Assessment> assessments_of(definition::Register const&);

/// How many records that the asker may read stand at each pair of options; closed states are left out. One statement.
std::map<std::pair<std::string, std::string>, std::int64_t> count_cells(storage::Reader&, Place const&, Assessment const&);

/// A child list of the register that assesses again from time to time, with the period field it is dated by; nothing when there is none.
struct Reassessment {
    definition::Field const* list = nullptr;
    definition::Field const* period = nullptr;
    definition::Field const* level = nullptr;
};
std::optional<Reassessment> reassessment_of(definition::Register const&);

/// For each month ("2026-01" ...) how many records stood at each level by their last reassessment up to it. One statement.
std::map<std::string, std::map<std::string, std::int64_t>> levels_by_month(storage::Reader&, Place const&, Reassessment const&, std::vector<std::string> const& months);

}
