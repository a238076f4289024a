#pragma once
#include "evidence/evidence_store.hpp"

namespace kpuhub::evidence {

/// How many proofs wait to be sorted in an office: all of them, and those that the asker brought. One statement.
struct Unsorted {
    std::int64_t office = 0;            ///< 0 when the asker may not read the office
    std::int64_t mine = 0;
};
Unsorted unsorted_in(storage::Reader&, Asker, UnitId);

}
