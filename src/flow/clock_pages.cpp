#include "flow/clock_pages.hpp"
#include "account/form.hpp"
#include "flow/clock_model.hpp"
#include "flow/clock_store.hpp"
#include "organization/access.hpp"
#include "organization/unit.hpp"

namespace kpuhub::flow {

constexpr storage::Query open_of_unit { "flow.open_clocks_of_unit", "SELECT " KPUHUB_CLOCK_COLUMNS " FROM" KPUHUB_CLOCK_TABLES
    "WHERE c.unit_id = $3 AND c.state <> 'stopped' AND c.owed_by = 'office' AND (c.reader_id = $1 OR " KPUHUB_MAY("c.unit_id", "c.read_permission")
    ") ORDER BY c.due_at IS NULL, c.due_at, c.id LIMIT 200" };

constexpr storage::Query open_of_officer { "flow.open_clocks_of_officer", "SELECT " KPUHUB_CLOCK_COLUMNS " FROM" KPUHUB_CLOCK_TABLES
    "WHERE c.officer_id = $1 AND c.state <> 'stopped' AND c.owed_by = 'office' AND (c.reader_id = $1 OR " KPUHUB_MAY("c.unit_id", "c.read_permission")
    ") ORDER BY c.due_at IS NULL, c.due_at, c.id LIMIT 200" };

static Result<http::Response> show_clock(account::Visit& visit, Clocks& clocks)
{
    ClockId const id { account::number_of(visit.request.parameter("clock")) };
    auto const language = text::code(visit.public_frame({}).language);
    auto page = TRY(visit.database.read([&](storage::Reader& reader) -> Result<ClockPage> {
        auto const clock = TRY(clock_for(reader, visit.reader.person, visit.reader.today, id));
        auto const times = clock.stopped_at ? times_known_at(reader, clock.unit, *clock.stopped_at) : clocks.shelf().of(reader, clock.unit, visit.reader.today);
        return clock_page(clock, times, visit.now, language);
    }));
    auto frame = visit.frame(view::plain(page.line.title), "registers");
    frame.crumbs = { { { "clock.list.title" }, { "/clocks" } }, { view::plain(page.line.title), {} } };
    return visit.page("flow/clock", page, frame);
}

static Result<http::Response> list_clocks(account::Visit& visit, Clocks& clocks)
{
    auto const asked = visit.request.query.text("unit");
    auto const language = text::code(visit.public_frame({}).language);
    auto page = TRY(visit.database.read([&](storage::Reader& reader) -> Result<ClockListPage> {
        auto const unit = TRY(organization::unit_by_code(reader, asked.empty() ? visit.reader.unit_code : asked, visit.reader.today));
        ClockListPage list { .unit = unit.name };
        auto const times = clocks.shelf().of(reader, unit.id, visit.reader.today);
        list.mine = visit.request.query.text("mine") == "1";
        for (auto const& row : list.mine ? reader.query(open_of_officer, visit.reader.person, visit.reader.today) : reader.query(open_of_unit, visit.reader.person, visit.reader.today, unit.id))
            list.clocks.push_back(clock_line(read_clock(row), times.zone, visit.now, language));
        if (list.clocks.empty())
            list.nothing = view::EmptyState { { "clock.list.nothing" }, view::Sentence { "clock.list.nothing_body" } };
        return list;
    }));
    return visit.page("flow/clocks", page, visit.frame({ "clock.list.title", {} }, "registers"));
}

void register_clock_pages(account::Door const& door, http::Router& router, Clocks& clocks)
{
    door.get<ClockListPage>(router, "/clocks", "signed_in", [&clocks](account::Visit& visit) { return list_clocks(visit, clocks); });
    door.get<ClockPage>(router, "/clocks/{clock}", "clock.read", [&clocks](account::Visit& visit) { return show_clock(visit, clocks); });
}

}
