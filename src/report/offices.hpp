#pragma once
#include "core/id.hpp"
#include "storage/database.hpp"
#include "time/date.hpp"
#include <string>
#include <string_view>
#include <vector>

namespace kpuhub::report {

/// A lower office with its whole branch, as the office above sees it (Satker saya).
struct OfficeStand {
    UnitId unit {};
    std::string code, name;
    std::int64_t units = 0;             ///< how many offices the branch has, itself included
    std::int64_t fixed = 0;             ///< with a fixed or closed plan of the year
    std::int64_t late = 0;              ///< rows, from the tallies
    std::int64_t sent = 0;              ///< packages of the period addressed to the office above, not received yet
    std::int64_t received = 0;          ///< received or accepted
    std::int64_t returned = 0;
    std::int64_t package = 0;           ///< of the office itself; 0 = none
    std::int64_t requests = 0;          ///< of the office above, open
};

/// The offices directly below in which the reader has plan.read, by code. Two statements.
std::vector<OfficeStand> offices_below(storage::Reader&, PersonId, time::Date today, UnitId above, int year, std::string_view period);

}
