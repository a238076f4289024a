#include "flow/warning.hpp"
#include "core/limit_table.hpp"
#include "outbox/outbox.hpp"
#include "view/words.hpp"
#include <algorithm>
#include <fmt/format.h>

namespace kpuhub::flow {

using storage::Query;
using time::Instant;

constexpr std::int64_t minute_ms = 60'000, day_ms = 86'400'000;

/// What falls to one person within this time goes out together.
static std::int64_t group_ms() { return definition::embedded_warnings().grouped_within_minutes * minute_ms; }

#define PERSON_COLUMNS "p.id, coalesce(p.email, ''), coalesce((SELECT min(a.language) FROM account a WHERE a.person_id = p.id), 'id')"

constexpr Query officer { "flow.officer", "SELECT " PERSON_COLUMNS " FROM person p WHERE p.id = $1" };
constexpr Query superiors { "flow.superiors", "SELECT DISTINCT " PERSON_COLUMNS R"sql(
      FROM appointment mine JOIN post own ON own.id = mine.post_id AND own.unit_id = $2
      JOIN appointment above ON above.post_id = own.superior_id AND above.valid_from <= $3 AND above.valid_to >= $3
      JOIN person p ON p.id = above.person_id
     WHERE mine.person_id = $1 AND mine.valid_from <= $3 AND mine.valid_to >= $3 AND p.id <> $1 ORDER BY p.id )sql" };
constexpr Query secretaries { "flow.secretaries", "SELECT DISTINCT " PERSON_COLUMNS R"sql(
      FROM post o JOIN appointment held ON held.post_id = o.id AND held.valid_from <= $2 AND held.valid_to >= $2
      JOIN person p ON p.id = held.person_id
     WHERE o.unit_id = $1 AND o.kind = 'secretary' ORDER BY p.id )sql" };
constexpr Query leaders { "flow.leaders", "SELECT DISTINCT " PERSON_COLUMNS R"sql(
      FROM role_grant g LEFT JOIN appointment held ON held.post_id = g.post_id AND held.valid_from <= $2 AND held.valid_to >= $2
      JOIN person p ON p.id = coalesce(g.person_id, held.person_id)
     WHERE g.unit_id = $1 AND g.role = 'leader' AND g.valid_from <= $2 AND g.valid_to >= $2 ORDER BY p.id )sql" };
constexpr Query open_by_unit { "flow.open_limits", R"sql(
    SELECT c.unit_id, sum(CASE WHEN c.due_at <= $1 THEN 1 ELSE 0 END), sum(CASE WHEN c.due_at > $1 THEN 1 ELSE 0 END), u.code
      FROM clock c JOIN unit u ON u.id = c.unit_id
     WHERE c.state <> 'stopped' AND c.owed_by = 'office' AND c.due_at <= $2 GROUP BY c.unit_id, u.code ORDER BY c.unit_id )sql" };

namespace {

struct Recipient {
    PersonId person {};
    std::string address;
    text::Language language = text::Language::Indonesian;
};

std::vector<Recipient> read(storage::Rows const& rows)
{
    std::vector<Recipient> found;
    for (auto const& row : rows)
        found.push_back({ row.id<PersonTag>(0), row.text(1), text::language_named(row.text(2)) });
    return found;
}

std::vector<Recipient> recipients(storage::Reader& reader, Clock const& clock, std::string const& to, time::Date today)
{
    std::vector<Recipient> found;
    if (to == "leader")
        found = read(reader.query(leaders, clock.unit, today));
    else if (clock.officer && to == "officer")
        found = read(reader.query(officer, clock.officer));
    else if (clock.officer)
        found = read(reader.query(superiors, clock.officer, clock.unit, today));
    return found.empty() ? read(reader.query(secretaries, clock.unit, today)) : found;
}

}

void warn(storage::Transaction& transaction, text::Messages const& messages, Clock const& clock, definition::WarningStep const& step, time::Zone zone,
    std::string const& public_url, Instant now)
{
    for (auto const& each : recipients(transaction, clock, step.to, time::date_at(now, zone))) {
        auto const& title = each.language == text::Language::English ? clock.rule.text.title_en : clock.rule.text.title_id;
        auto const due = clock.due_at ? view::long_moment({ *clock.due_at, zone }, each.language) : std::string {};
        std::string const arguments[] = { title, due, std::to_string(step.percent), public_url + clock.link, fmt::format("{}/clocks/{}", public_url, clock.id.value) };
        auto const* what = clock.passed ? "passed" : "coming";
        // with its due moment: a limit whose date was corrected, or that a later holiday moves, is warned of anew
        auto const moment = clock.due_at ? clock.due_at->milliseconds : 0;
        outbox::put(transaction, { fmt::format("clock:{}:{}:{}:{}:{}", clock.id.value, clock.round, moment, step.percent, each.person.value), fmt::format("warning:{}", each.person.value), each.person,
            each.address, messages.text(fmt::format("clock.mail.{}.heading", what), each.language, arguments), messages.text(fmt::format("clock.mail.{}.body", what), each.language, arguments), clock.link },
            now, { group_ms() });
    }
}

Result<int> write_summaries(storage::Transaction& transaction, Clocks& clocks, text::Messages const& messages, std::string const& public_url, Instant now)
{
    static std::int64_t const soon_ms = LimitTable::embedded("clock_summary").take("days_ahead") * day_ms;
    int written = 0;
    for (auto const& row : transaction.query(open_by_unit, now, now.milliseconds + soon_ms)) {
        auto const unit = row.id<UnitTag>(0);
        auto const times = clocks.shelf().of(transaction, unit, time::date_at(now, time::Zone::Wib));
        auto const today = time::date_at(now, times.zone);
        auto const& hours = times.hours->on(today);
        auto const minute = (now.milliseconds - time::start_of_day(today, times.zone).milliseconds) / minute_ms;
        if (!times.calendar->is_working_day(today) || hours.empty() || minute < hours.front().from)
            continue;
        for (auto const& each : read(transaction.query(leaders, unit, today))) {
            std::string const arguments[] = { std::to_string(row.integer(1)), std::to_string(row.integer(2)), view::long_date(today, each.language), public_url + "/clocks?unit=" + row.text(3) };
            written += outbox::put(transaction, { fmt::format("clock_summary:{}:{}:{}", unit.value, each.person.value, today.iso()), fmt::format("summary:{}", each.person.value), each.person,
                each.address, messages.text("clock.mail.summary.heading", each.language, arguments), messages.text("clock.mail.summary.body", each.language, arguments), "/clocks?unit=" + row.text(3) },
                now, { group_ms(), day_ms }) ? 1 : 0;
        }
    }
    return written;
}

}
