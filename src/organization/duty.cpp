#include "organization/duty.hpp"
#include "definition/duty_file.hpp"
#include "journal/journal.hpp"
#include "organization/access.hpp"
#include <algorithm>
#include <set>

namespace kpuhub::organization {

using storage::Query;

constexpr Query forget_rules { "duty.forget_rules", "DELETE FROM duty_rule" };
constexpr Query insert_rule { "duty.insert_rule", R"sql(
    INSERT INTO duty_rule (duty, matches, value, valid_from, valid_to, source, confidence) VALUES ($1, $2, $3, $4, $5, $6, $7) )sql" };

// The order of an office: chair, members, secretary, then by sub-division, heads before staff.
#define KIND_ORDER "CASE o.kind WHEN 'chair' THEN 1 WHEN 'member' THEN 2 WHEN 'secretary' THEN 3 WHEN 'head' THEN 4 ELSE 5 END"
#define HOLDS(on) \
    " FROM appointment a JOIN post o ON o.id = a.post_id JOIN person p ON p.id = a.person_id LEFT JOIN subdivision d ON d.id = o.subdivision_id" \
    " WHERE a.capacity = 'definitive' AND a.valid_from <= " on " AND a.valid_to >= " on " AND (p.left_on IS NULL OR p.left_on >= " on ")"

constexpr Query holders { "duty.holders",
    "SELECT p.id, p.name, o.title, COALESCE(p.nip, ''), COALESCE(p.pppk_number, ''), COALESCE(d.id, 0), COALESCE(d.name, ''), a.valid_from" HOLDS("$3")
    " AND o.unit_id = $1 AND " KPUHUB_HAS_DUTY("$2", "$3")
    " ORDER BY CASE WHEN d.id IS NULL THEN 0 ELSE 1 END, COALESCE(d.name, ''), " KIND_ORDER ", o.id, p.name, p.id" };
constexpr Query count_holders { "duty.count", "SELECT o.unit_id, count(DISTINCT p.id)" HOLDS("$3")
    " AND o.unit_id IN (SELECT sc.unit_id FROM unit_scope sc WHERE sc.ancestor_id = $1"
    "   AND sc.tree_version = (SELECT max(t.version) FROM unit_tree t WHERE t.valid_from <= $3))"
    " AND " KPUHUB_HAS_DUTY("$2", "$3") " GROUP BY o.unit_id" };

#define NOTE_REASON(what) \
    "COALESCE((SELECT " what " FROM duty_exception e WHERE e.duty = $4 AND e.unit_id = o.unit_id AND e.person_id = p.id AND e.valid_from <= $2 AND e.valid_to >= $2" \
    " ORDER BY e.valid_from DESC, e.id DESC LIMIT 1), (SELECT " what " FROM duty_exception e WHERE e.duty = $4 AND e.unit_id = o.unit_id AND e.post_id = o.id" \
    " AND e.valid_from <= $2 AND e.valid_to >= $2 ORDER BY e.valid_from DESC, e.id DESC LIMIT 1), '')"
constexpr Query lines { "duty.lines",
    "SELECT p.id, p.name, o.title, COALESCE(d.name, ''), " KPUHUB_DUTY_BY_RULE("$4", "$2") ", CASE WHEN " KPUHUB_HAS_DUTY("$4", "$2") " THEN 1 ELSE 0 END, "
    NOTE_REASON("e.reason") ", " NOTE_REASON("e.valid_from") HOLDS("$2") " AND o.unit_id = $3 AND " KPUHUB_MAY("o.unit_id", "'people.read'")
    " ORDER BY CASE WHEN d.id IS NULL THEN 0 ELSE 1 END, COALESCE(d.name, ''), " KIND_ORDER ", o.id, p.name, p.id" };
constexpr Query lock_unit { "duty.lock_unit", "UPDATE unit SET level = level WHERE id = $1" };
constexpr Query insert_note { "duty.insert_note", R"sql(
    INSERT INTO duty_exception (duty, unit_id, person_id, obliged, valid_from, reason, written_by, written_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) )sql" };

Result<int> load_duties(storage::Database& database)
{
    auto const& duties = definition::embedded_duties();
    return database.write([&](storage::Transaction& transaction) -> Result<int> {
        int rules = 0;
        transaction.execute(forget_rules);
        for (auto const& duty : duties)
            for (auto const& holder : duty.holders) {
                transaction.execute(insert_rule, duty.id, holder.matches, holder.value, duty.from, duty.to, duty.source, duty.confidence);
                ++rules;
            }
        return rules;
    });
}

static std::string number_of(std::string const& nip, std::string const& pppk)
{
    return !nip.empty() ? "NIP " + nip : !pppk.empty() ? "NIPPPK " + pppk : std::string {};
}

std::vector<DutyHolder> duty_holders(storage::Reader& reader, UnitId unit, std::string_view duty, time::Date on)
{
    std::vector<DutyHolder> found;
    std::set<PersonId> known;
    for (auto const& row : reader.query(holders, unit, duty, on))
        if (auto const person = row.id<PersonTag>(0); known.insert(person).second)
            found.push_back({ person, row.text(1), row.text(2), number_of(row.text(3), row.text(4)), SubdivisionId { row.integer(5) }, row.text(6), row.date(7) });
    return found;
}

std::map<UnitId, std::int64_t> count_duty_holders(storage::Reader& reader, UnitId node, std::string_view duty, time::Date on)
{
    std::map<UnitId, std::int64_t> counts;
    for (auto const& row : reader.query(count_holders, node, duty, on))
        counts[row.id<UnitTag>(0)] = row.integer(1);
    return counts;
}

std::vector<DutyLine> duty_lines(storage::Reader& reader, PersonId person, UnitId unit, std::string_view duty, time::Date today)
{
    std::vector<DutyLine> found;
    for (auto const& row : reader.query(lines, person, today, unit, duty)) {
        auto const who = row.id<PersonTag>(0);
        auto const known = std::ranges::find(found, who, &DutyLine::person);
        if (known != found.end()) {                 // a second post: obliged by either
            known->by_rule = known->by_rule || row.yes(4);
            known->obliged = known->obliged || row.yes(5);
            continue;
        }
        found.push_back({ who, row.text(1), row.text(2), row.text(3), row.yes(4), row.yes(5), row.text(6), time::Date::from_iso(row.text(7)) });
    }
    return found;
}

Result<int> note_duties(storage::Transaction& transaction, journal::Act const& act, UnitId unit, DutyChoice const& choice)
{
    constexpr std::size_t longest_reason = 500;
    transaction.execute(lock_unit, unit);
    if (!definition::duty_named(choice.duty) || !may(transaction, act.actor, act.today, unit, "people.read"))
        return not_found();
    if (!may(transaction, act.actor, act.today, unit, "duty.manage"))
        return forbidden("duty.forbidden");
    auto const now = duty_lines(transaction, act.actor, unit, choice.duty, choice.from);
    std::set<PersonId> const wanted { choice.obliged.begin(), choice.obliged.end() };
    std::vector<FieldFault> wrong;
    if (choice.reason.empty() || choice.reason.size() > longest_reason)
        wrong.push_back({ "reason", "duty.reason_wrong" });
    if (std::ranges::any_of(wanted, [&](PersonId person) { return std::ranges::find(now, person, &DutyLine::person) == now.end(); }))
        wrong.push_back({ "person", "duty.person_unknown" });
    if (!wrong.empty())
        return invalid("duty.wrong", std::move(wrong));
    int changed = 0;
    for (auto const& line : now) {
        bool const obliged = wanted.contains(line.person);
        if (obliged == line.obliged)
            continue;
        transaction.execute(insert_note, choice.duty, unit, line.person, obliged, choice.from, choice.reason, act.actor, act.at);
        journal::write(transaction, act, { obliged ? "duty.obliged" : "duty.relieved", {}, unit,
            { { "duty", choice.duty }, { "person", std::to_string(line.person.value) }, { "name", line.name, true }, { "from", choice.from.iso() }, { "reason", choice.reason, true } } });
        ++changed;
    }
    return changed;
}

}
