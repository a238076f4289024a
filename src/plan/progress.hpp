#pragma once
#include "core/result.hpp"
#include "plan/plan.hpp"

namespace kpuhub::plan {

/// What may be done with a deliverable.
enum class Step { Start, Submit, Withdraw, Verify, Return, Reopen, MarkNotApplicable };

std::string_view to_text(Step);

/// The state that a step leads to. Errors: Conflict "plan.step.not_now" when the state does not allow it.
///   start: scheduled; submit: scheduled, under way, returned; withdraw, verify, return: submitted;
///   reopen: verified, not applicable; mark not applicable: scheduled, under way, returned.
Result<State> after(State, Step);

/// Return, reopen and "not applicable" say why.
bool needs_reason(Step);

/// Errors: Invalid when a reason is needed and empty, or over 2,000 bytes.
Result<void> check_reason(Step, std::string_view reason);

/// Counted apart and never late: under another authority, tentative, "tidak berlaku", or months that nobody has settled.
bool apart(Node const&, State);

/// Due before the date of the decree ("diisi mundur"): never late.
bool backfilled(Plan const&, time::Date due_on);

/// Terlambat: the due day has ended without submission. Nothing of a draft is late.
bool late(Plan const&, Node const&, Deliverable const&, time::Date today);

/// The same from the stored row alone, for figures: the scheduler has written "passed".
bool late_as_stored(Plan const&, Node const&, Deliverable const&);

/// "Selesai terlambat n hari": days from the due day to the submission; nothing when in time, backfilled or unfinished.
std::optional<std::int64_t> days_late_at_submission(Plan const&, Node const&, Deliverable const&);

/// The month ("2026-12") in which a deliverable is counted: that of its due day, in the year of its plan. What falls due after
/// the year has ended (the card of December, due on 10 January) counts in December. plan_source.cpp says the same in SQL.
std::string counted_month(Plan const&, time::Date due_on);

/// The start of the day after the due day in the zone of the office: when "passed" turns to 1.
time::Instant passes_at(time::Date due_on, time::Zone);

}
