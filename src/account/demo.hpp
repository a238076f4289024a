#pragma once
#include "core/result.hpp"
#include "definition/demo_file.hpp"
#include "storage/database.hpp"
#include "time/date.hpp"
#include <string>
#include <string_view>
#include <vector>

namespace kpuhub::account {

/// The demonstration offices as the program carries them.
Result<definition::DemoFile> demo_file();

/// Loads sub-divisions, posts, people, appointments, roles and accounts of the demonstration offices, all with the same
/// password, and marks the database as demo for ever. Loaded before = changes nothing. Returns whether it loaded.
/// The units must be there. Errors: as the actions give them.
Result<bool> load_demo_offices(storage::Database&, std::string_view password, time::Instant now);

/// Whether the database was ever used for the demonstration: then it is never served without --demo, since its accounts
/// share a printed password (security: secrets and demonstration accounts).
bool ever_demo(storage::Reader&);

/// Accounts of the demonstration with what one tries as each: for the printed list.
struct DemoSignIn {
    std::string user_name;
    std::string name;
    std::string holds;                  ///< may be empty
};
std::vector<DemoSignIn> demo_sign_ins();

}
