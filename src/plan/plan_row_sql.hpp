#pragma once

/// The same rules as plan::apart and the contributions of a deliverable (contribution.hpp), for statements that count
/// rows; the tests hold both against each other. Aliases: n = node, d, sd = deliverable and its subject, p = plan.
#define KPUHUB_APART \
    "(n.authority <> 'office' OR n.tentative = 1 OR n.applies = 0 OR sd.state = 'not_applicable'" \
    " OR (n.months_certain = 0 AND n.working_months IS NULL))"
#define KPUHUB_DUE "(d.passed = 1 OR sd.state = 'verified')"
#define KPUHUB_PASSED_LATE \
    "(d.passed = 1 AND sd.state <> 'submitted' AND sd.state <> 'verified'" \
    " AND NOT (p.decided_on IS NOT NULL AND d.due_on < p.decided_on))"
