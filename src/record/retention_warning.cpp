#include "record/retention_warning.hpp"
#include "definition/clock_file.hpp"
#include "job/daily.hpp"
#include "organization/unit.hpp"
#include "outbox/outbox.hpp"
#include "view/words.hpp"
#include <fmt/format.h>
#include <map>

namespace kpuhub::record {

using storage::Query;
using time::Date;

namespace {

constexpr std::string_view job_kind = "record.retention_warning";

constexpr Query find_officers { "record.retention_officers", R"sql(
    SELECT DISTINCT g.unit_id, p.id, coalesce(p.email, ''), coalesce((SELECT min(a.language) FROM account a WHERE a.person_id = p.id), 'id')
      FROM role_permission rp JOIN role_grant g ON g.role = rp.role AND g.valid_from <= $1 AND g.valid_to >= $1
      LEFT JOIN appointment held ON held.post_id = g.post_id AND held.valid_from <= $1 AND held.valid_to >= $1
      JOIN person p ON p.id = coalesce(g.person_id, held.person_id)
     WHERE rp.permission = 'retention.decide' AND p.left_on IS NULL ORDER BY g.unit_id, p.id )sql" };
constexpr Query told_before { "record.retention_told", "SELECT 1 FROM outbox WHERE message_key = $1" };

struct Officer {
    PersonId person {};
    std::string address;
    text::Language language = text::Language::Indonesian;
};

/// What one office's officers are told today about one register and last day.
struct Ending {
    EndingGroup group;
    int days_before = 0;
    std::vector<OverRecord> records {};         ///< one by one; none: only the number of them
};

std::map<UnitId, std::vector<Officer>> officers_of_all(storage::Reader& reader, Date today)
{
    std::map<UnitId, std::vector<Officer>> found;
    for (auto const& row : reader.query(find_officers, today))
        found[row.id<UnitTag>(0)].push_back({ row.id<PersonTag>(1), row.text(2), text::language_named(row.text(3)) });
    return found;
}

/// One office on one day.
class OfficeWarning {
public:
    OfficeWarning(RetentionWarning const& with, organization::Unit unit, std::vector<Officer> const& officers, time::Instant now)
        : m_with(with), m_unit(std::move(unit)), m_officers(officers), m_now(now), m_today(time::date_at(now, m_unit.zone))
    {
    }

    std::vector<Ending> endings(storage::Reader& reader) const
    {
        auto const times = m_with.calendars.of(reader, m_unit.id, m_today);
        auto const& limits = retention_limits();
        if (!times.calendar->is_working_day(m_today))
            return {};
        auto const before = times.calendar->next_working_day(m_today).plus(std::chrono::days { limits.warning_days.front() });
        OverQuestion const asked { m_unit, m_today, m_now };
        std::vector<Ending> found;
        for (auto& group : retention_groups(reader, m_with.shelf.newest(reader), asked, before).ending) {
            auto const due = retention_warning_due(limits.warning_days, group.last_day, m_today, *times.calendar);
            if (!due)
                continue;
            Ending each { std::move(group), *due };
            if (each.group.records <= limits.warned_one_by_one)
                each.records = records_ending(reader, *each.group.made, asked, each.group.last_day, limits.warned_one_by_one);
            found.push_back(std::move(each));
        }
        return found;
    }

    /// Whoever was told of all of a day at once is not told of each of them later, when some have gone.
    int write(storage::Transaction& transaction, Ending const& ending) const
    {
        int written = 0;
        for (auto const& officer : m_officers) {
            auto const whole = fmt::format("{}:{}", m_unit.id.value, ending.group.made->id);
            if (ending.records.empty())
                written += put(transaction, ending, officer, whole, fmt::format("{}", ending.group.records)) ? 1 : 0;
            else if (!transaction.first(told_before, key(ending, officer, whole)))
                for (auto const& record : ending.records)
                    written += put(transaction, ending, officer, std::to_string(record.id.value), record.number.empty() ? "#" + std::to_string(record.id.value) : record.number) ? 1 : 0;
        }
        return written;
    }

private:
    static std::string key(Ending const& ending, Officer const& officer, std::string const& what)
    {
        return fmt::format("retention:{}:{}:{}:{}", what, ending.group.last_day.iso(), ending.days_before, officer.person.value);
    }

    bool put(storage::Transaction& transaction, Ending const& ending, Officer const& officer, std::string const& what, std::string const& named) const
    {
        constexpr std::int64_t minute_ms = 60'000;
        auto const& made = *ending.group.made;
        auto const language = officer.language;
        auto const link = "/units/" + m_unit.code + "/retention";
        std::string const arguments[] = { made.title.in(language), named, view::long_date(ending.group.last_day, language),
            std::to_string(time::days_between(m_today, ending.group.last_day)), m_unit.name, m_with.public_url + link };
        std::string const which = ending.records.empty() ? "many" : "one";
        return outbox::put(transaction, { key(ending, officer, what), fmt::format("warning:{}", officer.person.value), officer.person, officer.address,
                m_with.messages.text("record.retention.mail." + which + ".heading", language, arguments),
                m_with.messages.text("record.retention.mail." + which + ".body", language, arguments), link },
            m_now, { definition::embedded_warnings().grouped_within_minutes * minute_ms });
    }

    RetentionWarning const& m_with;
    organization::Unit m_unit;
    std::vector<Officer> const& m_officers;
    time::Instant m_now;
    Date m_today;
};

}

std::optional<int> retention_warning_due(std::array<int, 3> const& days_before, Date last_day, Date today, time::WorkingCalendar const& calendar)
{
    if (last_day < today || !calendar.is_working_day(today))
        return std::nullopt;
    auto const next = calendar.next_working_day(today);
    std::optional<int> nearest;
    for (int days : days_before)
        if (last_day.plus(-std::chrono::days { days }) < next && (!nearest || days < *nearest))
            nearest = days;
    return nearest;
}

Result<int> warn_of_retention(RetentionWarning const& with, time::Instant now)
{
    auto const today = time::date_at(now, time::Zone::Wib);
    auto const officers = TRY(with.database.read([&](storage::Reader& reader) -> Result<std::map<UnitId, std::vector<Officer>>> { return officers_of_all(reader, today); }));
    int written = 0;
    for (auto const& [unit, persons] : officers) {
        auto const office = TRY(with.database.read([&](storage::Reader& reader) -> Result<OfficeWarning> {
            auto found = TRY(organization::unit_by_id(reader, unit, today));
            return OfficeWarning { with, std::move(found), persons, now };
        }));
        auto const endings = TRY(with.database.read([&](storage::Reader& reader) -> Result<std::vector<Ending>> { return office.endings(reader); }));
        for (auto const& each : endings)
            written += TRY(with.database.write([&](storage::Transaction& transaction) -> Result<int> { return office.write(transaction, each); }));
    }
    return written;
}

Result<bool> ask_for_retention_warnings(storage::Database& database, time::Instant now) { return job::ask_once_a_day(database, job_kind, now); }

void register_retention_warnings(job::Workshop& workshop, RetentionWarning with, time::Clock const& clock)
{
    workshop.add(std::string { job_kind }, [with = std::move(with), &clock](job::Job const&) -> Result<void> {
        TRY(warn_of_retention(with, clock.now()));
        return {};
    });
}

}
