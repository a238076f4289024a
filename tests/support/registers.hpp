#pragma once
#include "definition/indicator_publication.hpp"
#include "support/hub.hpp"

namespace kpuhub::testing {

/// Publishes these texts (the registers of the program when there are none). Throws when one is refused.
void publish_registers(storage::Database&, std::vector<definition::RegisterText> const& texts = definition::shipped_registers());

/// Publishes these indicators (those of the program when there are none). Throws when one is refused.
void publish_indicators(storage::Database&, std::vector<definition::RegisterText> const& texts = definition::shipped_indicators());

/// Switches a register on in an office and gives a role there to a person.
void switch_on(storage::Database&, std::string_view register_id, UnitId);
void give_role(storage::Database&, std::string_view role, UnitId, PersonId);

/// "/records/7" of the answer to a form that made a record; fails the test otherwise.
std::string record_of(http::Response const&);

}
