#pragma once
#include "core/id.hpp"
#include "storage/database.hpp"
#include "time/date.hpp"
#include <optional>
#include <string>
#include <vector>

namespace kpuhub::account {

/// A person of an office as the list of people shows him: posts of the day and the state of his account.
struct DirectoryLine {
    PersonId id {};
    std::string name;
    std::string employment;             ///< commissioner, pns, pppk, ppnpn
    std::vector<std::string> posts;     ///< titles of the day, "Plt. ..." for acting ones; his own before the others
    std::string user_name;              ///< empty: no account
    std::string account_state;          ///< none, waiting (no password yet), active, blocked
};

/// Who has the office as his home or holds a post there today, by name. One statement; empty when the reader may not read
/// the people of the unit.
std::vector<DirectoryLine> directory(storage::Reader&, PersonId reader, UnitId, time::Date today);

/// Those who cannot sign in for want of an account: for the administrator's start page.
std::vector<DirectoryLine> without_account(storage::Reader&, PersonId reader, UnitId, time::Date today);

/// The unit of a code with its name of the day, and what the reader may do with its people. Nothing when he may not read
/// them: the page is then as if it were not there.
struct PeopleRights {
    UnitId unit {};
    std::string code;
    std::string name;
    bool manage = false;
    bool hand_over = false;
};
std::optional<PeopleRights> people_rights(storage::Reader&, PersonId reader, std::string_view unit_code, time::Date today);

}
