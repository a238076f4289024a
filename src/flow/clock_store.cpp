#include "flow/clock_store.hpp"
#include "organization/access.hpp"
#include <algorithm>
#include <charconv>
#include <fmt/format.h>

namespace kpuhub::flow {

using definition::WarningStep;
using storage::Query;

constexpr Query rule_there { "flow.rule_there", "SELECT 1 FROM clock_rule WHERE set_id = $1 AND version = $2 AND name = $3" };
constexpr Query insert_rule { "flow.insert_rule", R"sql(
    INSERT INTO clock_rule (set_id, version, family, name, valid_from, valid_to, title_id, title_en, measure, amount, day, month, first_day, receipt,
                            last_day, ends, article, source, confidence, warnings)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
    ON CONFLICT (set_id, version, name) DO NOTHING )sql" };
// The columns of read_rule, in its order.
#define KPUHUB_RULES \
    "SELECT r.id, r.set_id, r.version, r.family, r.name, r.valid_from, r.valid_to, r.title_id, r.title_en, r.measure, r.amount, r.day, r.month," \
    " r.first_day, r.receipt, r.last_day, r.ends, r.article, r.source, r.confidence, r.warnings FROM clock_rule r"
constexpr Query rule_on_day { "flow.rule_in_force", KPUHUB_RULES
    " WHERE r.family = $1 AND r.name = $2 AND r.valid_from <= $3 AND r.valid_to >= $3 ORDER BY r.valid_from DESC, r.version DESC LIMIT 1" };
constexpr Query of_family { "flow.rules_of_family", KPUHUB_RULES " WHERE r.family = $1 ORDER BY r.valid_from DESC, r.version DESC" };
constexpr Query all_shared { "flow.shared_rules", KPUHUB_RULES
    " WHERE r.set_id NOT LIKE 'register~_%' ESCAPE '~' ORDER BY r.valid_from DESC, r.version DESC" };
// A clock stands once for each pause of its round.
#define KPUHUB_WITH_PAUSES "SELECT " KPUHUB_CLOCK_COLUMNS ", cp.from_at, cp.to_at, cp.reason FROM" KPUHUB_CLOCK_TABLES \
    "LEFT JOIN clock_pause cp ON cp.clock_id = c.id AND cp.round = c.round "
constexpr Query of_subject { "flow.clocks_of", KPUHUB_WITH_PAUSES "WHERE c.subject_id = $1 ORDER BY c.started_at, c.id, cp.number" };
constexpr Query by_id { "flow.clock_by_id", KPUHUB_WITH_PAUSES "WHERE c.id = $1 ORDER BY cp.number" };
constexpr Query readable { "flow.clock_for", KPUHUB_WITH_PAUSES
    "WHERE c.id = $3 AND (c.reader_id = $1 OR " KPUHUB_MAY("c.unit_id", "c.read_permission") ") ORDER BY cp.number" };
constexpr Query save { "flow.save_counted", R"sql(
    UPDATE clock SET due_at = $3, passed = $4, next_step = $5, next_change_at = $6, calendar = $7, version = version + 1
     WHERE id = $1 AND version = $2 )sql" };

namespace {

constexpr std::size_t rule_at = 20, pause_at = 41;

std::string write_steps(std::vector<WarningStep> const& steps)
{
    std::string text;
    for (auto const& step : steps)
        text += fmt::format("{}{}:{}", text.empty() ? "" : ",", step.percent, step.to);
    return text;
}

std::vector<WarningStep> read_steps(std::string_view text)
{
    std::vector<WarningStep> steps;
    while (!text.empty()) {
        auto const part = text.substr(0, text.find(','));
        auto const colon = part.find(':');
        WarningStep step;
        std::from_chars(part.data(), part.data() + colon, step.percent);
        step.to = part.substr(colon + 1);
        steps.push_back(std::move(step));
        text.remove_prefix(std::min(text.size(), part.size() + 1));
    }
    return steps;
}

PublishedRule read_rule(storage::Row const& row, std::size_t at)
{
    auto number = [&](std::size_t column) { return static_cast<int>(row.integer(at + column)); };
    PublishedRule rule { row.id<ClockRuleTag>(at), {} };
    rule.text = { row.text(at + 1), number(2), row.text(at + 3), row.text(at + 4), row.date(at + 5), row.date(at + 6), row.text(at + 7), row.text(at + 8), {},
        row.text(at + 17), row.text(at + 18), row.text(at + 19), read_steps(row.text(at + 20)) };
    rule.text.rule = { static_cast<time::Measure>(number(9)), number(10), number(11), number(12), static_cast<time::FirstDay>(number(13)),
        static_cast<time::LateReceipt>(number(14)), static_cast<time::LastDay>(number(15)), static_cast<time::Ends>(number(16)) };
    return rule;
}


}

int publish_rules(storage::Transaction& transaction, std::vector<definition::ClockRule> const& rules)
{
    int added = 0;
    for (auto const& each : rules) {
        if (transaction.first(rule_there, each.set, each.version, each.name))
            continue;
        auto const& rule = each.rule;
        added += static_cast<int>(transaction.execute(insert_rule, each.set, each.version, each.family, each.name, each.from, each.to, each.title_id, each.title_en,
            static_cast<int>(rule.measure), rule.amount, rule.day, rule.month, static_cast<int>(rule.first), static_cast<int>(rule.receipt), static_cast<int>(rule.last),
            static_cast<int>(rule.ends), each.article, each.source, each.confidence, write_steps(each.warnings)));
    }
    return added;
}

Result<int> load_clock_rules(storage::Database& database)
{
    auto const rules = TRY(definition::embedded_clock_rules());
    return database.write([&](storage::Transaction& transaction) -> Result<int> { return publish_rules(transaction, rules); });
}

Result<PublishedRule> rule_in_force(storage::Reader& reader, std::string_view family, std::string_view name, time::Date received_on)
{
    auto const row = reader.first(rule_on_day, family, name, received_on);
    if (!row)
        return not_found("clock.no_rule");
    return read_rule(*row, 0);
}

std::vector<PublishedRule> rules_of_family(storage::Reader& reader, std::string_view family)
{
    std::vector<PublishedRule> rules;
    for (auto const& row : reader.query(of_family, family))
        rules.push_back(read_rule(row, 0));
    return rules;
}

std::map<std::string, std::vector<PublishedRule>, std::less<>> shared_rules(storage::Reader& reader)
{
    std::map<std::string, std::vector<PublishedRule>, std::less<>> rules;
    for (auto const& row : reader.query(all_shared)) {
        auto rule = read_rule(row, 0);
        auto const name = rule.text.family + "." + rule.text.name;
        rules[name].push_back(std::move(rule));
    }
    return rules;
}

Clock read_clock(storage::Row const& row)
{
    Clock clock;
    clock.id = row.id<ClockTag>(0);
    clock.subject = row.id<SubjectTag>(1);
    clock.name = row.text(2);
    clock.unit = row.id<UnitTag>(3);
    clock.state = row.text(4);
    clock.started_at = row.instant(5);
    clock.due_at = row.optional_instant(6);
    clock.passed = row.yes(7);
    clock.stopped_at = row.optional_instant(8);
    clock.round = row.integer(9);
    clock.next_step = row.integer(10);
    clock.next_change_at = row.optional_instant(11);
    clock.officer = row.id<PersonTag>(12);
    clock.read_permission = row.text(13);
    clock.link = row.text(14);
    clock.calendar = row.text(15);
    clock.version = row.integer(16);
    clock.subject_kind = row.text(17);
    clock.reader = row.id<PersonTag>(18);
    clock.owed_by = row.text(19);
    clock.rule = read_rule(row, rule_at);
    return clock;
}

void add_pauses(std::vector<Clock>& clocks, storage::Rows const& rows)
{
    std::map<ClockId, Clock*> by_id;
    for (auto& clock : clocks)
        by_id[clock.id] = &clock;
    for (auto const& row : rows) {
        auto const found = by_id.find(row.id<ClockTag>(0));
        if (found == by_id.end())
            continue;
        found->second->pauses.push_back({ row.instant(1), row.optional_instant(2) });
        found->second->pause_reasons.push_back(row.text(3));
    }
}

bool save_counted(storage::Transaction& transaction, Clock const& clock)
{
    return transaction.execute(save, clock.id, clock.version, clock.due_at, clock.passed, clock.next_step, clock.next_change_at, clock.calendar) == 1;
}

/// Rows of KPUHUB_WITH_PAUSES.
static std::vector<Clock> with_pauses(storage::Rows const& rows)
{
    std::vector<Clock> clocks;
    for (auto const& row : rows) {
        if (clocks.empty() || clocks.back().id != row.id<ClockTag>(0))
            clocks.push_back(read_clock(row));
        if (row.is_null(pause_at))
            continue;
        clocks.back().pauses.push_back({ row.instant(pause_at), row.optional_instant(pause_at + 1) });
        clocks.back().pause_reasons.push_back(row.text(pause_at + 2));
    }
    return clocks;
}

static std::optional<Clock> one_of(std::vector<Clock> clocks)
{
    return clocks.empty() ? std::nullopt : std::optional { std::move(clocks.front()) };
}

std::vector<Clock> clocks_of(storage::Reader& reader, SubjectId subject) { return with_pauses(reader.query(of_subject, subject)); }

std::optional<Clock> clock_by_id(storage::Reader& reader, ClockId id) { return one_of(with_pauses(reader.query(by_id, id))); }

Result<Clock> clock_for(storage::Reader& reader, PersonId person, time::Date today, ClockId id)
{
    auto found = one_of(with_pauses(reader.query(readable, person, today, id)));
    if (!found)
        return not_found();
    return std::move(*found);
}

}
