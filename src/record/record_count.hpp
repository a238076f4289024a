#pragma once
#include "record/listener.hpp"

namespace kpuhub::record {

/// Keeps the number of records of each office and state true: each write of a record adds the difference, in the same transaction.
class CountKeeper final : public RecordListener {
public:
    Result<void> changed(storage::Transaction&, journal::Act const&, RecordChange const&) override;
};

/// A number that is not what the rows say.
struct WrongCount {
    std::string unit_code, kind, state;
    std::int64_t kept = 0, counted = 0;
};
std::vector<WrongCount> wrong_counts(storage::Reader&);

/// Counts all rows anew: for what writes records past the actions (generated data). Returns how many numbers there are.
std::int64_t count_all_again(storage::Transaction&);

}
