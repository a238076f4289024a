#pragma once
#include "record/listener.hpp"

namespace kpuhub::command {

/// Tells the plan of each record that is done, so that it proposes itself as proof (plan/proposal.hpp): the rooms of records and of plans
/// do not know each other. Records with specific data prove nothing by name.
class ProvableListener final : public record::RecordListener {
public:
    Result<void> changed(storage::Transaction&, journal::Act const&, record::RecordChange const&) override;
};

}
