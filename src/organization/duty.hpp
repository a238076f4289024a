#pragma once
#include "core/id.hpp"
#include "core/result.hpp"
#include "journal/act.hpp"
#include "storage/database.hpp"
#include "time/date.hpp"
#include <map>
#include <string>
#include <string_view>
#include <vector>

/// Whether the definitive holder of a post (alias `p` person, `o` post) has the duty on a day; all are SQL expressions. What is noted for
/// the person goes before what is noted for the post, and both before the rules of definitions/duties.yaml.
#define KPUHUB_DUTY_NOTE(duty, on, whose) \
    "(SELECT e.obliged FROM duty_exception e WHERE e.duty = " duty " AND e.unit_id = o.unit_id AND " whose \
    " AND e.valid_from <= " on " AND e.valid_to >= " on " ORDER BY e.valid_from DESC, e.id DESC LIMIT 1)"
#define KPUHUB_HAS_DUTY(duty, on) \
    "COALESCE(" KPUHUB_DUTY_NOTE(duty, on, "e.person_id = p.id") ", " KPUHUB_DUTY_NOTE(duty, on, "e.post_id = o.id") ", " KPUHUB_DUTY_BY_RULE(duty, on) ") = 1"
#define KPUHUB_DUTY_BY_RULE(duty, on) \
    "(SELECT CASE WHEN count(*) > 0 THEN 1 ELSE 0 END FROM duty_rule r WHERE r.duty = " duty " AND r.valid_from <= " on " AND r.valid_to >= " on \
    " AND ((r.matches = 'post_kind' AND r.value = o.kind) OR (r.matches = 'employment' AND r.value = p.employment)" \
    "   OR (r.matches = 'title_word' AND lower(o.title) LIKE '%' || r.value || '%')))"

namespace kpuhub::organization {

/// definitions/duties.yaml into the table; what was read before is put anew. Returns how many rules.
Result<int> load_duties(storage::Database&);

/// One who has a duty on a day.
struct DutyHolder {
    PersonId person {};
    std::string name;
    std::string post_title;             ///< of his first post in the office
    std::string number {};              ///< NIP or PPPK number with its word; empty when he has neither
    SubdivisionId subdivision {};
    std::string subdivision_name;       ///< empty for chair, members and secretary
    time::Date since {};                ///< first day of his present appointment
};

/// The holders of a duty in a unit on a day, by the order of the office; each person once. One statement. No access rule: for actions
/// and figures, whose callers have checked the right.
std::vector<DutyHolder> duty_holders(storage::Reader&, UnitId, std::string_view duty, time::Date on);

/// How many have a duty on a day in each unit at or below a node of that day's tree: the denominator of shares. One statement.
std::map<UnitId, std::int64_t> count_duty_holders(storage::Reader&, UnitId node, std::string_view duty, time::Date on);

/// Everybody who holds a post definitively, with what he is obliged to and why.
struct DutyLine {
    PersonId person {};
    std::string name, post_title, subdivision_name;
    bool by_rule = false;
    bool obliged = false;
    std::string reason;                 ///< of what is noted for him or his post; empty: by rule
    std::optional<time::Date> noted_from {};
};
/// With people.read in the unit; otherwise empty. One statement.
std::vector<DutyLine> duty_lines(storage::Reader&, PersonId reader, UnitId, std::string_view duty, time::Date today);

/// Notes who is obliged from a day on, where it differs from what holds already. Needs duty.manage in the unit. Returns how many changed.
/// Errors: NotFound (no people.read there, or an unknown duty), Forbidden, Invalid (no reason, over 500 bytes, nobody of this office).
struct DutyChoice {
    std::string duty;
    std::vector<PersonId> obliged;      ///< all others of the office are not
    time::Date from {};
    std::string reason;
};
Result<int> note_duties(storage::Transaction&, journal::Act const&, UnitId, DutyChoice const&);

}
