#pragma once
#include "definition/indicator.hpp"
#include "indicator/contribution.hpp"
#include "record/record.hpp"

namespace kpuhub::record {

/// What a record is counted by beside its own row.
struct Facts {
    std::map<std::string, std::int64_t> children;       ///< rows of each child list
    std::map<std::string, std::string> clocks;          ///< how each time limit stands: definition::clock_kept ...
    std::map<std::string, time::Instant> reached;       ///< when it first came into each state
    time::Zone zone = time::Zone::Wib;                  ///< of its office: days are counted there
};

/// What a record adds to an indicator: at most one part of each kind. Pure. A draft adds nothing.
std::vector<indicator::Contributed> contributions(definition::Indicator const&, definition::Register const&, Record const&, Facts const&);

/// Whether the record fulfils all conditions. Pure.
bool fulfils(std::vector<definition::Requirement> const&, definition::Register const&, Record const&, Facts const&);

/// Whether the indicator counts records of the register.
bool counts(definition::Indicator const&, std::string_view register_id);

}
