#pragma once
#include "flow/clock.hpp"

namespace kpuhub::flow {

// Columns that read_clock expects, in order, from tables c (clock), r (clock_rule), s (subject).
#define KPUHUB_CLOCK_COLUMNS \
    "c.id, c.subject_id, c.name, c.unit_id, c.state, c.started_at, c.due_at, c.passed, c.stopped_at, c.round, c.next_step, c.next_change_at," \
    " c.officer_id, c.read_permission, c.link, c.calendar, c.version, s.kind, c.reader_id, c.owed_by," \
    " r.id, r.set_id, r.version, r.family, r.name, r.valid_from, r.valid_to, r.title_id, r.title_en, r.measure, r.amount, r.day, r.month," \
    " r.first_day, r.receipt, r.last_day, r.ends, r.article, r.source, r.confidence, r.warnings"
#define KPUHUB_CLOCK_TABLES " clock c JOIN clock_rule r ON r.id = c.rule_id JOIN subject s ON s.id = c.subject_id "

Clock read_clock(storage::Row const&);
/// Puts the pauses of the present round into each clock; `rows` are clock_id, from_at, to_at, reason in order.
void add_pauses(std::vector<Clock>&, storage::Rows const& rows);
/// Writes what counting changes. False when another has changed the clock since it was read.
bool save_counted(storage::Transaction&, Clock const&);

}
