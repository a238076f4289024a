#include "portal/plan_digest.hpp"
#include "core/limit_table.hpp"
#include "job/daily.hpp"
#include "outbox/outbox.hpp"
#include "plan/progress.hpp"
#include "portal/home_model.hpp"
#include "view/words.hpp"
#include <algorithm>
#include <fmt/format.h>

namespace kpuhub::portal {

using storage::Query;
using time::Date;
using time::Instant;

// Who could be reminded at all: an account, an address, a post today, not muted, not told within the week.
constexpr Query candidates { "portal.digest_candidates", R"sql(
    SELECT p.id, p.unit_id, p.name, coalesce(p.email, ''), a.language,
           (SELECT max(d.sent_on) FROM plan_digest d WHERE d.person_id = p.id),
           (SELECT count(*) FROM plan_digest d WHERE d.person_id = p.id AND d.sent_on >= $2)
      FROM person p JOIN account a ON a.person_id = p.id AND a.state = 'active'
     WHERE p.id > $1 AND (coalesce(p.email, '') <> '' OR EXISTS (SELECT 1 FROM push_device b WHERE b.person_id = p.id)) AND p.left_on IS NULL
       AND EXISTS (SELECT 1 FROM appointment m WHERE m.person_id = p.id AND m.valid_from <= $3 AND m.valid_to >= $3)
       AND NOT EXISTS (SELECT 1 FROM reminder_choice c WHERE c.person_id = p.id AND c.muted = 1 AND (c.muted_until IS NULL OR c.muted_until >= $3))
       AND NOT EXISTS (SELECT 1 FROM plan_digest d WHERE d.person_id = p.id AND d.sent_on > $4)
     ORDER BY p.id LIMIT 100 )sql" };
constexpr Query mark_sent { "portal.mark_digest", "INSERT INTO plan_digest (person_id, sent_on, late, soon) VALUES ($1, $2, $3, $4) ON CONFLICT (person_id, sent_on) DO NOTHING" };

namespace {

/// How often, and how far it looks ahead: definitions/limits.yaml.
struct DigestRules {
    std::int64_t most_a_month = 0;
    std::chrono::days between {}, ahead {};
};

DigestRules const& digest_rules()
{
    static DigestRules const read = [] {
        auto table = LimitTable::embedded("digest");
        return DigestRules { table.take("most_a_month"), std::chrono::days { table.take("days_between") }, std::chrono::days { table.take("days_ahead") } };
    }();
    return read;
}

}

bool digest_is_due(DigestCase const& of, Date today)
{
    auto const& rules = digest_rules();
    if (!of.working_day || of.late + of.soon == 0 || (of.last_sent && today < of.last_sent->plus(rules.between)))
        return false;
    return of.late > 0 || of.sent_this_month < rules.most_a_month;
}

std::vector<plan::WorkLine> own_rows(std::vector<plan::WorkLine> lines)
{
    std::erase_if(lines, [](plan::WorkLine const& line) { return line.node.authority != plan::Authority::Office || plan::apart(line.node, line.deliverable.state); });
    return lines;
}

namespace {

struct Candidate {
    PersonId person {};
    UnitId unit {};
    std::string name, address;
    text::Language language = text::Language::Indonesian;
    DigestCase what {};
};

struct Digest {
    Candidate to;
    std::string heading, body;
};

std::optional<Digest> digest_of(storage::Reader& reader, Candidate to, Date today, Wording const& wording)
{
    constexpr int most = 200;
    auto const until = today.plus(digest_rules().ahead);
    std::vector<plan::WorkLine> late, soon;
    for (auto& line : own_rows(plan::tasks_of(reader, to.person, today, until, most).lines)) {
        auto& list = plan::late(line.plan, line.node, line.deliverable, today) ? late : soon;
        if (&list == &late || (line.deliverable.due_on >= today && line.deliverable.due_on <= until))
            list.push_back(std::move(line));
    }
    to.what.late = static_cast<std::int64_t>(late.size());
    to.what.soon = static_cast<std::int64_t>(soon.size());
    if (!digest_is_due(to.what, today))
        return std::nullopt;
    std::string const arguments[] = { to.name, view::long_date(today, wording.language), std::to_string(late.size()), std::to_string(soon.size()), wording.public_url + "/account/reminders" };
    Digest digest { std::move(to), wording.messages.text("portal.digest.heading", wording.language, arguments), {} };
    digest.body = reminder_of(wording.messages.text("portal.digest.head", wording.language, arguments), late, soon, today, wording).text + "\n"
        + wording.messages.text("portal.digest.foot", wording.language, arguments);
    return digest;
}

/// The next persons who could be reminded. `last` moves on.
std::vector<Candidate> next_candidates(storage::Reader& reader, flow::CalendarShelf& calendars, Date today, std::int64_t& last)
{
    std::vector<Candidate> found;
    auto const month = Date::of(today.year(), today.month(), 1);
    for (auto const& row : reader.query(candidates, last, month, today, today.plus(-digest_rules().between))) {
        last = row.integer(0);
        Candidate each { row.id<PersonTag>(0), row.id<UnitTag>(1), row.text(2), row.text(3), text::language_named(row.text(4)) };
        each.what.last_sent = row.optional_date(5);
        each.what.sent_this_month = static_cast<int>(row.integer(6));
        each.what.working_day = calendars.of(reader, each.unit, today).calendar->is_working_day(today);
        found.push_back(std::move(each));
    }
    return found;
}

}

Result<int> write_digests(storage::Database& database, flow::CalendarShelf& calendars, text::Messages const& messages, std::string const& public_url, Instant now)
{
    auto const today = time::date_at(now, time::Zone::Wib);
    int written = 0;
    for (std::int64_t last = 0, before = -1; last != before;) {
        before = last;
        auto const digests = TRY(database.read([&](storage::Reader& reader) -> Result<std::vector<Digest>> {
            std::vector<Digest> found;
            for (auto& each : next_candidates(reader, calendars, today, last)) {
                if (!each.what.working_day)
                    continue;
                auto const language = each.language;
                if (auto digest = digest_of(reader, std::move(each), today, { messages, language, public_url }))
                    found.push_back(std::move(*digest));
            }
            return found;
        }));
        if (digests.empty())
            continue;
        written += TRY(database.write([&](storage::Transaction& transaction) -> Result<int> {
            int kept = 0;
            for (auto const& [to, heading, body] : digests) {
                transaction.execute(mark_sent, to.person, today, to.what.late, to.what.soon);
                kept += outbox::put(transaction, { fmt::format("plan_digest:{}:{}", to.person.value, today.iso()), fmt::format("digest:{}", to.person.value), to.person, to.address, heading, body, "/tasks" }, now) ? 1 : 0;
            }
            return kept;
        }));
    }
    return written;
}

Result<bool> ask_for_digests(storage::Database& database, Instant now) { return job::ask_once_a_day(database, "plan.digest", now); }

void register_digests(job::Workshop& workshop, storage::Database& database, flow::CalendarShelf& calendars, text::Messages const& messages, std::string public_url, time::Clock const& clock)
{
    workshop.add("plan.digest", [&, url = std::move(public_url)](job::Job const&) -> Result<void> {
        TRY(write_digests(database, calendars, messages, url, clock.now()));
        return {};
    });
}

}
