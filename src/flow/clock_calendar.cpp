#include "flow/clock_calendar.hpp"
#include "core/embedded.hpp"
#include "definition/calendar_file.hpp"
#include "definition/clock_file.hpp"
#include "journal/journal.hpp"
#include "job/job.hpp"
#include "organization/access.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <functional>

namespace kpuhub::flow {

using storage::Query;
using time::Date;
using time::HolidayKind;

#define NATIONAL "(SELECT nu.id FROM unit nu WHERE nu.code = '00')"
#define TREE_OF_DAY "(SELECT max(t.version) FROM unit_tree t WHERE t.valid_from <= $2)"

constexpr Query revision_now { "flow.calendar_revision", "SELECT " KPUHUB_CALENDAR_REVISION };
constexpr Query set_revision { "flow.set_calendar_revision", R"sql(
    INSERT INTO setting (name, value) VALUES ('calendar_revision', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value )sql" };
// $1 unit, $2 day of the tree, $3 moment of knowledge; the country's own days come first
// and at the end the years of which all of them are known (kind 'year')
constexpr Query days_of_unit { "flow.holidays_of_unit", "SELECT h.day, h.name, h.kind, h.source, s.depth FROM holiday h"
    " JOIN unit_scope s ON s.ancestor_id = h.unit_id AND s.unit_id = $1 AND s.tree_version = " TREE_OF_DAY
    " WHERE h.entered_at <= $3 AND (h.removed_at IS NULL OR h.removed_at > $3)"
    " UNION ALL SELECT CAST(y.year AS TEXT), '', 'year', '', -1 FROM holiday_year y ORDER BY 5 DESC, 1" };
// Longer periods first, then the country, then the region, then the unit: of periods that meet the last one holds.
constexpr Query hours_of_unit { "flow.hours_of_unit", "SELECT o.valid_from, o.valid_to, o.week, o.source FROM office_hours o"
    " JOIN unit_scope s ON s.ancestor_id = o.unit_id AND s.unit_id = $1 AND s.tree_version = " TREE_OF_DAY
    " WHERE o.entered_at <= $3 AND (o.removed_at IS NULL OR o.removed_at > $3) ORDER BY s.depth DESC, o.id" };
constexpr Query zone_of_unit { "flow.zone_of_unit", "SELECT zone FROM unit_name WHERE unit_id = $1 AND valid_from <= $2 ORDER BY valid_from DESC LIMIT 1" };
constexpr Query years { "flow.calendar_years", "SELECT year FROM holiday_year ORDER BY year" };
constexpr Query national { "flow.national_unit", "SELECT id FROM unit WHERE code = '00'" };
constexpr Query any_hours { "flow.any_hours", "SELECT 1 FROM office_hours LIMIT 1" };
constexpr Query insert_year { "flow.insert_year", "INSERT INTO holiday_year (year, source) VALUES ($1, $2)" };
constexpr Query first_day { "flow.first_holiday", R"sql(
    INSERT INTO holiday (unit_id, day, name, kind, source, entered_at) VALUES ($1, $2, $3, $4, $5, 0) )sql" };
constexpr Query first_hours { "flow.first_hours", R"sql(
    INSERT INTO office_hours (unit_id, valid_from, valid_to, week, source, entered_at) VALUES ($1, $2, $3, $4, $5, 0) )sql" };
constexpr Query days_of_year { "flow.holidays_of_year", R"sql(
    SELECT h.id, h.unit_id, CASE WHEN u.code = '00' THEN '' ELSE (SELECT n.name FROM unit_name n WHERE n.unit_id = u.id AND n.valid_from <= $3 ORDER BY n.valid_from DESC LIMIT 1) END,
           h.day, h.name, h.kind, h.source
      FROM holiday h JOIN unit u ON u.id = h.unit_id
     WHERE h.removed_at IS NULL AND h.day >= $1 AND h.day <= $2 ORDER BY h.day, u.code )sql" };
constexpr Query all_hours { "flow.all_hours", R"sql(
    SELECT o.id, o.unit_id, CASE WHEN u.code = '00' THEN '' ELSE (SELECT n.name FROM unit_name n WHERE n.unit_id = u.id AND n.valid_from <= $1 ORDER BY n.valid_from DESC LIMIT 1) END,
           o.valid_from, o.valid_to, o.week, o.source
      FROM office_hours o JOIN unit u ON u.id = o.unit_id
     WHERE o.removed_at IS NULL ORDER BY u.code, o.valid_from, o.id )sql" };
constexpr Query may_manage { "flow.may_manage_calendar", "SELECT 1 WHERE " KPUHUB_MAY(NATIONAL, "'calendar.manage'") };
constexpr Query insert_day { "flow.add_holiday", R"sql(
    INSERT INTO holiday (unit_id, day, name, kind, source, entered_at, entered_by) VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT (unit_id, day) WHERE removed_at IS NULL DO NOTHING RETURNING id )sql" };
constexpr Query take_day { "flow.remove_holiday", R"sql(
    UPDATE holiday SET removed_at = $2, removed_by = $3 WHERE id = $1 AND removed_at IS NULL RETURNING unit_id, day, name )sql" };
constexpr Query insert_hours { "flow.add_hours", R"sql(
    INSERT INTO office_hours (unit_id, valid_from, valid_to, week, source, entered_at, entered_by) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id )sql" };
constexpr Query take_hours { "flow.remove_hours", R"sql(
    UPDATE office_hours SET removed_at = $2, removed_by = $3 WHERE id = $1 AND removed_at IS NULL RETURNING unit_id, valid_from, valid_to )sql" };

namespace {

HolidayKind kind_of(std::string const& text) { return text == "holiday" ? HolidayKind::Holiday : HolidayKind::CollectiveLeave; }
char const* word(HolidayKind kind) { return kind == HolidayKind::Holiday ? "holiday" : "collective_leave"; }

UnitTimes read_times(storage::Reader& reader, UnitId unit, Date today, time::Instant known_at)
{
    UnitTimes times;
    std::vector<time::Holiday> days;
    std::set<int> known;
    for (auto const& row : reader.query(days_of_unit, unit, today, known_at)) {
        if (row.text(2) == "year")
            known.insert(std::stoi(row.text(0)));
        else
            days.push_back({ row.date(0), row.text(1), kind_of(row.text(2)), row.text(3) });
    }
    std::vector<time::HoursPeriod> periods;
    for (auto const& row : reader.query(hours_of_unit, unit, today, known_at))
        if (auto week = time::read_week_hours(row.text(2)))
            periods.push_back({ row.date(0), row.date(1), std::move(*week), row.text(3) });
    std::ranges::stable_sort(periods, std::greater {}, [](time::HoursPeriod const& each) { return time::days_between(each.from, each.to); });
    times.calendar = std::make_shared<time::WorkingCalendar const>(std::move(days), std::move(known));
    times.hours = std::make_shared<time::OfficeHours const>(std::move(periods));
    if (auto const zone = reader.first(zone_of_unit, unit, today))
        times.zone = time::zone_named(zone->text(0)).value_or(time::Zone::Wib);
    return times;
}

/// What each change ends with: a new revision and the job that counts open clocks again.
void changed(storage::Transaction& transaction, journal::Act const& act, UnitId unit, Date from)
{
    std::string text;
    for (std::size_t i = 0; i < 8; ++i)
        text += fmt::format("{:02x}", act.seed[i]);
    transaction.execute(set_revision, text);
    job::enqueue(transaction, "clock.recount", fmt::format(R"({{"unit":{},"from":"{}"}})", unit.value, from.iso()), {}, act.actor, act.at);
}

Result<void> allowed(storage::Transaction& transaction, journal::Act const& act)
{
    if (!may_manage_calendar(transaction, act.actor, act.today))
        return forbidden("calendar.manage.forbidden");
    return {};
}

}

bool may_manage_calendar(storage::Reader& reader, PersonId person, Date today) { return reader.first(may_manage, person, today).has_value(); }

UnitTimes CalendarShelf::of(storage::Reader& reader, UnitId unit, Date today) { return of(reader, unit, today, reader.first(revision_now)->text(0)); }

UnitTimes CalendarShelf::of(storage::Reader& reader, UnitId unit, Date today, std::string_view now)
{
    {
        std::scoped_lock const lock { m_mutex };
        if (m_revision != now || m_today != today) {
            m_times.clear();
            m_revision = now;
            m_today = today;
        }
        if (auto const found = m_times.find(unit); found != m_times.end())
            return found->second;
    }
    constexpr time::Instant end_of_time { 253'402'300'799'000 };
    auto times = read_times(reader, unit, today, end_of_time);
    times.revision = now;
    std::scoped_lock const lock { m_mutex };
    if (m_revision == now)
        m_times.emplace(unit, times);
    return times;
}

UnitTimes times_known_at(storage::Reader& reader, UnitId unit, time::Instant at)
{
    return read_times(reader, unit, time::date_at(at, time::Zone::Wib), at);
}

std::vector<int> known_years(storage::Reader& reader)
{
    std::vector<int> found;
    for (auto const& row : reader.query(years))
        found.push_back(static_cast<int>(row.integer(0)));
    return found;
}

Result<int> load_calendar(storage::Database& database)
{
    constexpr auto days_file = "definitions/calendars/holidays.yaml", hours_file = "definitions/calendars/office_hours.yaml";
    auto const calendar = TRY(definition::load_calendar(days_file, embedded_file(days_file)));
    auto const periods = TRY(definition::load_office_hours(hours_file, embedded_file(hours_file)));
    return database.write([&](storage::Transaction& transaction) -> Result<int> {
        auto const unit = transaction.first(national);
        if (!unit)
            return 0;
        auto const id = unit->id<UnitTag>(0);
        auto const present = known_years(transaction);
        std::set<int> missing;
        int written = 0;
        for (auto const& day : calendar.holidays()) {
            if (std::ranges::find(present, day.date.year()) != present.end())
                continue;
            if (missing.insert(day.date.year()).second)
                transaction.execute(insert_year, day.date.year(), day.source);
            written += static_cast<int>(transaction.execute(first_day, id, day.date, day.name, word(day.kind), day.source));
        }
        if (!transaction.first(any_hours))
            for (auto const& period : periods)
                written += static_cast<int>(transaction.execute(first_hours, id, period.from, period.to, time::write_week_hours(period.week), period.source));
        return written;
    });
}

std::vector<HolidayRow> holidays_of(storage::Reader& reader, int year, Date today)
{
    std::vector<HolidayRow> rows;
    for (auto const& row : reader.query(days_of_year, Date::of(year, 1, 1), Date::of(year, 12, 31), today))
        rows.push_back({ row.id<HolidayTag>(0), row.id<UnitTag>(1), row.text_or_empty(2), { row.date(3), row.text(4), kind_of(row.text(5)), row.text(6) } });
    return rows;
}

std::vector<HoursRow> hours_in_force(storage::Reader& reader, Date today)
{
    std::vector<HoursRow> rows;
    for (auto const& row : reader.query(all_hours, today))
        rows.push_back({ row.id<OfficeHoursTag>(0), row.id<UnitTag>(1), row.text_or_empty(2), { row.date(3), row.date(4), time::read_week_hours(row.text(5)).value_or(time::WeekHours {}), row.text(6) } });
    return rows;
}

Result<HolidayId> add_holiday(storage::Transaction& transaction, journal::Act const& act, UnitId unit, time::Holiday const& day)
{
    TRY_VOID(allowed(transaction, act));
    constexpr std::size_t longest = 300;
    std::vector<FieldFault> wrong;
    if (day.name.empty() || day.name.size() > longest)
        wrong.push_back({ "name", "calendar.name_wrong" });
    if (day.source.empty() || day.source.size() > longest)
        wrong.push_back({ "source", "calendar.source_wrong" });
    if (day.date < Date::of(2000, 1, 1) || day.date > Date::of(2099, 12, 31))
        wrong.push_back({ "day", "calendar.day_wrong" });
    if (!wrong.empty())
        return invalid("calendar.wrong", std::move(wrong));
    auto const row = transaction.first(insert_day, unit, day.date, day.name, word(day.kind), day.source, act.at, act.actor);
    if (!row)
        return conflict("calendar.day_there");
    journal::write(transaction, act, { "calendar.holiday_added", {}, unit, { { "day", day.date.iso() }, { "name", day.name }, { "kind", word(day.kind) }, { "source", day.source } } });
    changed(transaction, act, unit, day.date);
    return row->id<HolidayTag>(0);
}

Result<void> remove_holiday(storage::Transaction& transaction, journal::Act const& act, HolidayId id)
{
    TRY_VOID(allowed(transaction, act));
    auto const row = transaction.first(take_day, id, act.at, act.actor);
    if (!row)
        return not_found();
    journal::write(transaction, act, { "calendar.holiday_removed", {}, row->id<UnitTag>(0), { { "day", row->text(1) }, { "name", row->text(2) } } });
    changed(transaction, act, row->id<UnitTag>(0), row->date(1));
    return {};
}

Result<OfficeHoursId> add_hours(storage::Transaction& transaction, journal::Act const& act, UnitId unit, time::HoursPeriod const& period)
{
    TRY_VOID(allowed(transaction, act));
    std::vector<FieldFault> wrong;
    if (period.source.empty())
        wrong.push_back({ "source", "calendar.source_wrong" });
    if (period.to < period.from)
        wrong.push_back({ "to", "calendar.order_wrong" });
    if (std::ranges::all_of(period.week, &time::DayHours::empty))
        wrong.push_back({ "monday", "calendar.hours_wrong" });
    if (!wrong.empty())
        return invalid("calendar.wrong", std::move(wrong));
    auto const week = time::write_week_hours(period.week);
    auto const id = transaction.insert<OfficeHoursTag>(insert_hours, unit, period.from, period.to, week, period.source, act.at, act.actor);
    journal::write(transaction, act, { "calendar.hours_added", {}, unit, { { "from", period.from.iso() }, { "to", period.to.iso() }, { "week", week }, { "source", period.source } } });
    changed(transaction, act, unit, period.from);
    return id;
}

Result<void> remove_hours(storage::Transaction& transaction, journal::Act const& act, OfficeHoursId id)
{
    TRY_VOID(allowed(transaction, act));
    auto const row = transaction.first(take_hours, id, act.at, act.actor);
    if (!row)
        return not_found();
    journal::write(transaction, act, { "calendar.hours_removed", {}, row->id<UnitTag>(0), { { "from", row->text(1) }, { "to", row->text(2) } } });
    changed(transaction, act, row->id<UnitTag>(0), row->date(1));
    return {};
}

}
