#include "portal/dashboard_pages.hpp"
#include "account/table_answer.hpp"
#include "definition/plan_years.hpp"
#include "organization/unit_access.hpp"
#include "plan/contribution.hpp"
#include "portal/dashboard_model.hpp"
#include "portal/progress_figures.hpp"
#include "view/chart.hpp"
#include <algorithm>
#include <fmt/format.h>

namespace kpuhub::portal {

/// The list behind a figure of an office or a branch, open for "part=": a branch has its lower units with it and the year is this
/// one unless the address says otherwise (show_figure), so that the hundreds of links of a table stay short.
static std::string list_address(std::string const& code, int year, int this_year)
{
    return fmt::format("/units/{}/figures?", code) + (year == this_year ? "" : fmt::format("period={}&", year));
}

static HeatCell cell_of(indicator::Sums const& sums, int area, bool has_plan, std::string const& list)
{
    HeatCell cell;
    cell.share = sums.ratio_of_area(area, "verified", "due");
    if (!has_plan) {
        cell.css = "hb";
        cell.text = "bl";
        return cell;
    }
    cell.css = std::string { view::heat_class(cell.share) };
    if (!cell.share.measurable()) {
        cell.text = "–";
        return cell;
    }
    cell.text = std::to_string((cell.share.numerator * 200 + cell.share.denominator) / (2 * cell.share.denominator));
    cell.link = view::Link { fmt::format("{}part=a{}.due", list, area) };
    return cell;
}

static std::optional<view::Sentence> lowest_area(indicator::Sums const& sums)
{
    int lowest = 0;
    Ratio least;
    for (int area = 1; area <= areas; ++area) {
        auto share = sums.ratio_of_area(area, "verified", "due");
        if (share.measurable() && (lowest == 0 || share.numerator * least.denominator < least.numerator * share.denominator)) {
            lowest = area;
            least = share;
        }
    }
    if (lowest == 0)
        return std::nullopt;
    return view::Sentence { "portal.dashboard.lowest", { view::Choice { std::to_string(lowest), area_key(lowest) }, least } };
}

static HeatRow row_of(indicator::ChildYear const& child, int year, int this_year, bool is_node)
{
    auto const& sums = child.of_year();
    auto list = list_address(child.code, year, this_year) + (is_node ? "below=0&" : "");
    HeatRow row;
    row.code = child.code;
    row.name = child.name;
    row.link = { fmt::format("/units/{}/dashboard", child.code) + (year == this_year ? "" : fmt::format("?year={}", year)) };
    row.fixed = sums.of("plan.fixed");
    row.units = child.units;
    row.has_plan = row.fixed > 0;
    row.late = sums.total("late");
    row.late_link = { list + "part=late" };
    row.lowest = lowest_area(sums);
    for (int area = 1; area <= areas; ++area)
        row.cells.push_back(cell_of(sums, area, row.has_plan, list));
    return row;
}

static view::SafeHtml year_chart(account::Visit const& visit, indicator::SumsByPeriod const& periods, int year)
{
    auto const& messages = visit.door.renderer().messages();
    auto language = visit.public_frame({}).language;
    auto line = year_line(periods, year, visit.reader.today);
    view::PlanAndVerified chart;
    chart.title = messages.text("portal.dashboard.line", language);
    std::string const counts[] = { std::to_string(line.verified.empty() ? 0 : line.verified.back()), std::to_string(line.plan.back()) };
    chart.description = messages.text("portal.dashboard.line_says", language, counts);
    chart.plan_label = messages.text("portal.dashboard.planned", language);
    chart.verified_label = messages.text("portal.dashboard.verified", language);
    chart.as_table = messages.text("words.as_table", language);
    chart.period = messages.text("portal.dashboard.month", language);
    for (int month = 1; month <= 12; ++month)
        chart.periods.push_back(messages.text("month.short." + std::to_string(month), language));
    chart.plan = line.plan;
    chart.verified = line.verified;
    return view::plan_and_verified(chart);
}

static int year_asked(account::Visit const& visit)
{
    auto asked = visit.request.query.integer("year").value_or(visit.reader.today.year());
    return definition::plan_years().hold(asked) ? static_cast<int>(asked) : visit.reader.today.year();
}

static void fill_figures(DashboardPage& page, indicator::Sums const& sums, std::string const& code, int year, int this_year)
{
    auto list = list_address(code, year, this_year);
    page.to_date = sums.ratio("verified", "due");
    page.of_year = sums.ratio("verified", "all");
    page.late = sums.total("late");
    page.no_proof = sums.total("no_proof");
    page.apart = sums.total("apart");
    page.submitted = sums.total("submitted");
    page.fixed = sums.of("plan.fixed");
    page.late_list = { list + "part=late" };
    page.no_proof_list = { list + "part=no_proof" };
    page.apart_list = { list + "part=apart" };
    page.submitted_list = { list + "part=submitted" };
    page.bars = area_bars(sums, list);
}

static indicator::Sums sums_in(indicator::SumsByPeriod const& sums, int year, int number, bool by_quarter)
{
    if (by_quarter)
        return sums_of_quarter(sums, year, number);
    auto found = sums.find(fmt::format("{}-{:02}", year, number));
    return found == sums.end() ? indicator::Sums {} : found->second;
}

/// Months or quarters with what is planned, due, verified and, of one office, late.
static void fill_periods(DashboardPage& page, indicator::SumsByPeriod const& sums, std::string const& code, bool by_quarter)
{
    constexpr int months = 12, quarters = 4;
    auto year = static_cast<int>(page.year);
    page.by_quarter = by_quarter;
    page.other_view = { fmt::format("{}?year={}{}#periods", page.self.address, year, by_quarter ? "" : "&view=quarter") };
    for (int number = 1; number <= (by_quarter ? quarters : months); ++number) {
        auto period = by_quarter ? fmt::format("{}-Q{}", year, number) : fmt::format("{}-{:02}", year, number);
        auto part = sums_in(sums, year, number, by_quarter);
        auto list = fmt::format("/units/{}/figures?period={}&", code, period);
        page.periods.push_back({ view::Sentence { (by_quarter ? "portal.quarter." : "month.short.") + std::to_string(number) }, part.total("all"), part.total("due"),
            part.total("verified"), part.total("late"), { list + "part=all" }, { list + "part=due" },
            { list + "part=verified" }, { list + "part=late" } });
    }
}

/// The months (quarters) of this year that have begun, each beside that of last year.
static void fill_trend(DashboardPage& page, indicator::SumsByPeriod const& sums, std::string const& code, time::Date today)
{
    constexpr int months = 12, months_of_quarter = 3;
    auto const year = static_cast<int>(page.year);
    int last = year > today.year() ? 0 : year < today.year() ? months : static_cast<int>(today.month());
    if (page.by_quarter)
        last = (last + months_of_quarter - 1) / months_of_quarter;
    page.has_last_year = sums.contains(std::to_string(year - 1));
    for (int number = 1; number <= last; ++number) {
        auto list = [&](int of_year) {
            return view::Link { page.by_quarter ? fmt::format("/units/{}/figures?period={}-Q{}&part=all", code, of_year, number)
                                                : fmt::format("/units/{}/figures?period={}-{:02}&part=all", code, of_year, number) };
        };
        TrendRow row { { (page.by_quarter ? "portal.quarter." : "month.short.") + std::to_string(number) },
            sums_in(sums, year, number, page.by_quarter).ratio("verified", "all"), sums_in(sums, year - 1, number, page.by_quarter).ratio("verified", "all"),
            false, false, list(year), list(year - 1) };
        row.known_now = row.now.measurable();
        row.known_before = row.before.measurable();
        page.trend.push_back(std::move(row));
    }
}

static Result<DashboardPage> dashboard_page(account::Visit& visit)
{
    auto year = year_asked(visit);
    return visit.database.read([&](storage::Reader& reader) -> Result<DashboardPage> {
        auto unit = TRY(organization::unit_for(reader, visit.reader.person, visit.reader.today, visit.request.parameter("unit"), "plan.read"));
        DashboardPage made;
        made.unit_name = unit.name;
        made.year = year;
        made.as_of = { visit.now, unit.zone };
        made.is_office = unit.level == "regency";
        std::vector<indicator::ChildYear> children;
        if (!made.is_office)
            children = indicator::years_of_children(reader, plan::plan_progress, unit.id, year, visit.reader.today);
        auto periods = made.is_office ? indicator::shown_year_of_unit(reader, plan::plan_progress, unit.id, year, 1) : indicator::sum_of(children);
        fill_figures(made, periods[std::to_string(year)], unit.code, year, visit.reader.today.year());
        made.line = year_chart(visit, periods, year);
        made.board = { fmt::format("/units/{}/plans/{}", unit.code, year) };
        made.earlier = { fmt::format("/units/{}/dashboard?year={}", unit.code, year - 1) };
        made.self = { fmt::format("/units/{}/dashboard", unit.code) };
        made.indicators = { fmt::format("/units/{}/indicators", unit.code) };
        made.xlsx = { fmt::format("/units/{}/dashboard.xlsx?year={}", unit.code, year) };
        made.csv = { made.xlsx.address + "&form=csv" };
        fill_periods(made, periods, unit.code, visit.request.query.text("view") == "quarter");
        if (made.is_office) {
            fill_trend(made, periods, unit.code, visit.reader.today);
            constexpr int longest = 7;
            if (year == visit.reader.today.year())
                made.late_rows = work_rows(plan::late_rows(reader, visit.reader.person, visit.reader.today, unit.id, std::nullopt, {}, longest).lines,
                    visit.reader.today);
            return made;
        }
        for (int area = 1; area <= areas; ++area)
            made.heads.push_back({ area, { "area.short." + std::to_string(area), {} } });
        for (auto const& child : children) {
            made.rows.push_back(row_of(child, year, visit.reader.today.year(), child.unit == unit.id));
            made.units += child.units;
        }
        return made;
    });
}

static Result<http::Response> show_dashboard(account::Visit& visit)
{
    auto page = TRY(dashboard_page(visit));
    auto frame = visit.frame({ "portal.dashboard.title", {} }, "dashboard");
    frame.year = view::Year { static_cast<int>(page.year) };
    return visit.page("portal/dashboard", page, frame);
}

static Result<http::Response> send_sheet(account::Visit& visit)
{
    auto page = TRY(dashboard_page(visit));
    return account::table_answer(visit, dashboard_sheet(page, visit.door.renderer().messages(), visit.public_frame({}).language),
        fmt::format("dasbor-{}-{}", visit.request.parameter("unit"), page.year));
}

struct FigureRow {
    std::string unit_name, number, title, owner;
    view::Link link;
    view::Choice state;
    time::Date on {};
    void describe(view::Visitor& v) const
    {
        v.field("unit_name", unit_name);
        v.field("number", number);
        v.field("title", title);
        v.field("owner", owner);
        v.field("link", link);
        v.field("state", state);
        v.field("on", on);
    }
};

struct FigurePage {
    std::string unit_name;
    view::Sentence what;
    std::vector<FigureRow> rows;
    std::optional<view::Link> more;
    std::int64_t from = 0;
    view::Link back;
    void describe(view::Visitor& v) const
    {
        v.field("unit_name", unit_name);
        v.field("what", what);
        v.list("rows", rows);
        v.field("more", more);
        v.field("from", from);
        v.field("back", back);
    }
};

/// "a3.late" in words: "Terlambat, Penataan Organisasi".
static std::optional<view::Sentence> words_of(std::string const& part)
{
    static constexpr std::string_view parts[] = { "all", "due", "verified", "submitted", "returned", "under_way", "late", "no_proof", "apart" };
    auto dot = part.find('.');
    auto name = dot == std::string::npos ? part : part.substr(dot + 1);
    if (std::find(std::begin(parts), std::end(parts), name) == std::end(parts))
        return std::nullopt;
    if (dot == std::string::npos)
        return view::Sentence { "portal.part." + name, {} };
    if (dot != 2 || part[0] != 'a' || part[1] < '0' || part[1] > '8')
        return std::nullopt;
    std::string area { part[1] };
    return view::Sentence { "portal.part_of_area", { view::Choice { name, "portal.part." + name }, view::Choice { area, "area." + area } } };
}

static Result<http::Response> show_figure(account::Visit& visit, indicator::Source const& source)
{
    constexpr std::int64_t page_size = 50;
    auto const& query = visit.request.query;
    auto const period = query.text("period").empty() ? std::to_string(visit.reader.today.year()) : query.text("period");
    indicator::Figure figure { {}, false, period, query.text("part") };
    auto what = words_of(figure.part);
    if (!what)
        return invalid("portal.figure.unknown");
    auto skip = std::max<std::int64_t>(0, query.integer("from").value_or(0));
    auto page = TRY(visit.database.read([&](storage::Reader& reader) -> Result<FigurePage> {
        auto unit = TRY(organization::unit_for(reader, visit.reader.person, visit.reader.today, visit.request.parameter("unit"), "plan.read"));
        figure.unit = unit.id;
        figure.with_lower_units = unit.level != "regency" && query.text("below") != "0";
        FigurePage made { unit.name, *what, {}, {}, skip, { "/units/" + unit.code + "/dashboard?year=" + figure.period.substr(0, 4) } };
        for (auto const& row : source.rows_behind(reader, visit.reader.person, visit.reader.today, figure, skip, page_size + 1))
            made.rows.push_back({ row.unit_name, row.number, row.title, row.owner, { "/deliverables/" + std::to_string(row.subject.value) },
                { row.state, "plan.state." + row.state }, row.on });
        if (static_cast<std::int64_t>(made.rows.size()) > page_size) {
            made.rows.pop_back();
            made.more = view::Link { fmt::format("/units/{}/figures?period={}&part={}{}&from={}", unit.code, figure.period, figure.part,
                query.text("below") == "0" ? "&below=0" : "", skip + page_size) };
        }
        return made;
    }));
    return visit.page("portal/figure", page, visit.frame({ "portal.figure.title", {} }, "dashboard"));
}

void register_dashboard_pages(account::Door const& door, http::Router& router, indicator::Source const& source)
{
    door.get<DashboardPage>(router, "/units/{unit}/dashboard", "plan.read", show_dashboard);
    door.get(router, "/units/{unit}/dashboard.xlsx", "plan.read", send_sheet);
    door.get<FigurePage>(router, "/units/{unit}/figures", "plan.read", [&source](account::Visit& visit) { return show_figure(visit, source); });
}

}
