#pragma once
#include "core/id.hpp"
#include "flow/clock_calendar.hpp"
#include "job/job.hpp"
#include "plan/task_lists.hpp"
#include "text/messages.hpp"
#include <string>

namespace kpuhub::portal {

/// What a digest would hold for one person, and when he had the last ones.
struct DigestCase {
    std::int64_t late = 0;                      ///< rows of this office that are late
    std::int64_t soon = 0;                      ///< due within a week
    std::optional<time::Date> last_sent {};
    int sent_this_month = 0;
    bool working_day = true;
};

/// One digest a week while something is late, otherwise at most two a month; never on a day without work, never empty.
bool digest_is_due(DigestCase const&, time::Date today);

/// Rows of this office's own: nothing that KPU Provinsi or KPU RI answers for is anybody's to be reminded of.
std::vector<plan::WorkLine> own_rows(std::vector<plan::WorkLine>);

/// Asks for the digests of the day, once a day from 8 in the morning (WIB) on. Returns whether it did.
Result<bool> ask_for_digests(storage::Database&, time::Instant now);

/// Writes the digest of every person who has an address, has not muted it and for whom it is due: one outbox row for each person and
/// day. Kind "plan.digest"; `public_url` stands in the links.
void register_digests(job::Workshop&, storage::Database&, flow::CalendarShelf&, text::Messages const&, std::string public_url, time::Clock const&);
/// The same at once. Returns how many were written.
Result<int> write_digests(storage::Database&, flow::CalendarShelf&, text::Messages const&, std::string const& public_url, time::Instant now);

}
