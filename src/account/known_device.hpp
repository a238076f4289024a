#pragma once
#include "core/id.hpp"
#include "storage/database.hpp"
#include "time/date.hpp"
#include <string>
#include <string_view>

namespace kpuhub::account {

/// A browser in which somebody has signed in before. Its cookie says only that: it opens nothing.
struct DeviceFound {
    bool of_account = false;            ///< this account has signed in here
    bool of_anybody = false;            ///< somebody has: several people share one office computer
};
DeviceFound find_known_device(storage::Reader&, AccountId, std::string_view token, time::Instant now);

/// Remembers the device (or that it was seen again); the oldest beyond the limit go.
void remember_device(storage::Transaction&, AccountId, std::string_view token, time::Instant now);

/// All devices of the account become unknown: after a reset or a block.
void forget_devices(storage::Transaction&, AccountId);

}
