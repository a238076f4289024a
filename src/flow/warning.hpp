#pragma once
#include "flow/clock.hpp"
#include "text/messages.hpp"

namespace kpuhub::flow {

/// Writes the mails of one warning step: one outbox row for each (clock, round, percent, recipient), none twice. officer = the clock's
/// officer, superior = holders of the post above his, leader = role leader in the office. Where a clock has no officer or nobody stands
/// above him, the head of the secretariat is told. Mails to one person within ten minutes go out together.
void warn(storage::Transaction&, text::Messages const&, Clock const&, definition::WarningStep const&, time::Zone, std::string const& public_url, time::Instant now);

/// The leaders' summary of the day: one mail for each leader of an office that has open limits passed or due within three working
/// days, once a working day from the opening of the office on. Returns how many were written.
Result<int> write_summaries(storage::Transaction&, Clocks&, text::Messages const&, std::string const& public_url, time::Instant now);

}
