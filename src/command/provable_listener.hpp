#pragma once
#include "definition/publication.hpp"
#include "record/listener.hpp"

namespace kpuhub::command {

/// Tells the plan of each record that is done, so that it proposes itself as proof (plan/proposal.hpp): the rooms of records and of plans
/// do not know each other. Records with specific data prove nothing by name.
class ProvableListener final : public record::RecordListener {
public:
    Result<void> changed(storage::Transaction&, journal::Act const&, record::RecordChange const&) override;
};

/// Tells the plan of records that were done before anybody listened, and of all of a register again when what they prove has changed:
/// at most `most` records of one register, which it holds. Returns how many it looked at; 0 when none waits. For the scheduler.
Result<int> tell_waiting_records(storage::Transaction&, definition::Shelf&, int most);

}
