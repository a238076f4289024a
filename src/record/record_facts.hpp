#pragma once
#include "record/contribution.hpp"

namespace kpuhub::record {

using IndicatorRef = std::shared_ptr<definition::Indicator const>;
using IndicatorRefs = std::vector<IndicatorRef>;

/// A record with what it is counted by.
struct CountedRecord {
    Record record;
    Facts facts;
};

/// Which facts some indicators ask of a register's records.
struct Needs {
    std::set<std::string> children, choices;
    bool clocks = false, states = false;
};
Needs needs_of(definition::Register const&, IndicatorRefs const&);

/// Puts the facts but the zone to the records: one statement for each child list, and one for clocks and for states, as far as they are
/// needed.
void add_facts(storage::Reader&, definition::Register const&, Needs const&, std::vector<CountedRecord>&);

/// The zone of each record's office: one statement for each office.
void add_zones(storage::Reader&, std::vector<CountedRecord>&);

/// Records as they stand, drafts left out, with their facts. At most some hundred at once.
std::vector<CountedRecord> counted_records(storage::Reader&, definition::Register const&, Needs const&, std::vector<SubjectId> const&);

/// Records after an id, in order of their ids: of one office, or of all (none).
std::vector<SubjectId> record_ids(storage::Reader&, definition::Register const&, UnitId, SubjectId after, int limit);

/// What the records add to the indicators.
std::vector<indicator::Contributed> contributions(IndicatorRefs const&, definition::Register const&, std::vector<CountedRecord> const&);

}
