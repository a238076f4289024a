#pragma once
#include "flow/clock.hpp"
#include "journal/act.hpp"
#include "record/record.hpp"

namespace kpuhub::record {

struct Place;

/// What a write did to one record: the rows before and after. A new record has no row before; a draft that was thrown away none after.
/// Drafts count for nothing: a listener sees a record for the first time when it leaves that state. When a limit of the record passes,
/// the record is the same before and after, and the clocks differ.
struct RecordChange {
    definition::Register const& made;
    Record const* before = nullptr;
    Record const* after = nullptr;
    std::string step;                               ///< done in this write; empty: made or corrected
    Place const* place = nullptr;                   ///< as the one who wrote met it; none: a limit passed
    std::vector<flow::Clock> clocks_before {};      ///< when a limit passed: all of its limits; empty in every other change, for who needs them reads them
    std::vector<flow::Clock> clocks_after {};
};

/// Hears of each write of a record, inside its transaction, after the row was written and its clocks were set: the figures take the
/// difference of before and after. Runs more than once, as every action does: no clock, file or random number.
class RecordListener {
public:
    virtual ~RecordListener() = default;
    /// A fault rolls the whole write back.
    virtual Result<void> changed(storage::Transaction&, journal::Act const&, RecordChange const&) = 0;
};

using Listeners = std::vector<RecordListener*>;

/// Tells all of them; drafts are left out.
Result<void> tell(storage::Transaction&, journal::Act const&, Listeners const&, RecordChange const&);

}
