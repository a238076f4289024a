#pragma once
#include "support/office.hpp"
#include <string>
#include <vector>

namespace kpuhub::testing {

/// What campaigns need of a fresh database: registers, duties, meanings of states, rules of time limits, calendar.
void load_campaign_definitions(storage::Database&);

/// Adds staff of Kota Jambi until fifteen people hold a post there definitively. Returns the nine that were added.
std::vector<PersonId> fill_office(storage::Database&, Office const&);

/// One more, in a post of his own from a day on.
PersonId add_staff(storage::Database&, UnitId, std::string const& name, time::Date from = time::Date::of(2000, 1, 1));

}
