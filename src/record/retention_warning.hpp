#pragma once
#include "flow/clock_calendar.hpp"
#include "job/job.hpp"
#include "record/retention.hpp"
#include "text/messages.hpp"

namespace kpuhub::record {

/// How many days before the last day somebody is told today, or nothing: the nearest of definitions/limits.yaml that has come, or that
/// would come before the next working day. Nothing on a day without work, and nothing once the last day has passed. Pure.
std::optional<int> retention_warning_due(std::array<int, 3> const& days_before, time::Date last_day, time::Date today, time::WorkingCalendar const&);

/// What warning needs; all of it outlives the program's jobs.
struct RetentionWarning {
    storage::Database& database;
    definition::Shelf& shelf;
    flow::CalendarShelf& calendars;
    text::Messages const& messages;
    std::string public_url;
};

/// Tells the records officers of each office (who may retention.decide there) which records come to the end of their retention: one outbox
/// row for each (record, last day, days before, person), none twice. Where many records of a register end on one day, one row names
/// their number instead. Goes in the bundle of the warnings of limits. Returns how many rows were written.
Result<int> warn_of_retention(RetentionWarning const&, time::Instant now);

/// Asks for the warnings of the day, once a day from 8 in the morning (WIB) on. Returns whether it did.
Result<bool> ask_for_retention_warnings(storage::Database&, time::Instant now);
/// Kind "record.retention_warning".
void register_retention_warnings(job::Workshop&, RetentionWarning, time::Clock const&);

}
