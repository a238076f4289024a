#include "portal/indicator_pages.hpp"
#include "account/table_answer.hpp"
#include "definition/campaign_file.hpp"
#include "indicator/contribution.hpp"
#include "indicator/part_places.hpp"
#include "indicator/period.hpp"
#include "indicator/place.hpp"
#include "organization/access.hpp"
#include "portal/indicator_model.hpp"
#include "record/record_source.hpp"
#include "record/small_cells.hpp"
#include "view/trend_chart.hpp"
#include "view/words.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <map>

namespace kpuhub::portal {

namespace {

using definition::Indicator;
using definition::IndicatorPart;
using definition::TreeRule;
using indicator::IndicatorPlace;
using indicator::Value;

/// One page of one indicator while it is made.
struct Making {
    account::Visit const& visit;
    IndicatorPlace const& place;
    std::string period;
    IndicatorWords words;
    int smallest = 0;                       ///< smaller numbers are withheld from this reader; 0: none

    [[nodiscard]] Indicator const& made() const { return *place.made; }
    [[nodiscard]] std::string address(std::string const& unit_code, std::string const& of_period) const
    {
        return fmt::format("/units/{}/indicators/{}?period={}", unit_code, made().id, of_period);
    }
    [[nodiscard]] bool withholds(Value const& value) const { return smallest > 0 && value.measured() && value.numerator > 0 && value.numerator < smallest; }
    [[nodiscard]] FigureValue shown(Value const& value, bool withheld) const { return figure_value(words, made(), value, withheld); }

    /// People who hold a duty are listed by the campaign that asks it of them, with who is missing; other stocks have no list.
    [[nodiscard]] view::Link campaign_list(std::string const& unit_code, IndicatorPart const& part) const
    {
        for (auto const& kind : definition::embedded_campaigns())
            for (auto const& each : part.where)
                if (made().period == definition::PeriodKind::Year && each.name == "duty" && std::ranges::find(each.values, kind.duty) != each.values.end())
                    return { fmt::format("/units/{}/campaigns/{}/{}", unit_code, kind.matter, period) };
        return {};
    }

    /// The list behind a part: of records here, of the plan and of people asked on pages of their own; other stocks have none.
    [[nodiscard]] view::Link list(std::string const& unit_code, IndicatorPart const& part, std::string const& name, bool with_lower) const
    {
        auto const below = with_lower ? "" : "&below=0";
        if (part.kind == definition::PartKind::Plan)
            return { fmt::format("/units/{}/figures?period={}&part={}{}", unit_code, period, part.of, below) };
        if (!part.of_records())
            return campaign_list(unit_code, part);
        return { fmt::format("/units/{}/indicators/{}/records?period={}&part={}{}", unit_code, made().id, period, name, below) };
    }
};

bool with_lower_units(Indicator const& made) { return made.tree != TreeRule::OwnOnly; }

/// The period of the address if it is one of this kind that has begun; otherwise the running one.
std::string period_asked(account::Visit const& visit, Indicator const& made)
{
    auto const running = indicator::period_of(visit.reader.today, made.period);
    auto const asked = visit.request.query.text("period");
    constexpr int oldest_year = 2000;
    bool const known = indicator::kind_of_period(asked) == made.period && indicator::first_day(asked).year() >= oldest_year && asked <= running;
    return known ? asked : running;
}

int smallest_shown(storage::Reader& reader, account::Visit const& visit, IndicatorPlace const& place)
{
    auto const& made = *place.made;
    auto const counted = made.numerator.of_records() ? made.numerator.of : std::string {};
    if (made.small_cells_below == 0 || counted.empty()
        || organization::may(reader, visit.reader.person, visit.reader.today, place.unit.id, record::permission_name(counted, "read")))
        return 0;
    return made.small_cells_below;
}

/// Which branches are withheld: small ones, and when that is only one, the next smallest beside it, so that subtraction tells nothing.
std::vector<bool> withheld_branches(Making const& making, std::vector<indicator::BranchValue> const& branches)
{
    std::vector<record::CountCell> cells;
    for (auto const& branch : branches)
        cells.push_back({ {}, (branch.closed ? *branch.closed : branch.live).numerator });
    if (making.smallest > 0)
        (void)record::suppress_small(cells, making.smallest);
    std::vector<bool> withheld;
    for (auto const& cell : cells)
        withheld.push_back(!cell.shown);
    return withheld;
}

void add_branches(Making const& making, indicator::FigureValues const& values, IndicatorPage& page)
{
    if (values.branches.size() < 2)
        return;
    auto const withheld = withheld_branches(making, values.branches);
    for (std::size_t at = 0; at < values.branches.size(); ++at) {
        auto const& branch = values.branches[at];
        bool const alone = branch.unit == making.place.unit.id;
        BranchRow row { branch.code, branch.name, { making.address(branch.code, making.period) }, making.shown(branch.closed ? *branch.closed : branch.live, withheld[at]), {}, {} };
        row.numerator_list = making.list(branch.code, making.made().numerator, "n", !alone);
        if (making.made().denominator)
            row.denominator_list = making.list(branch.code, *making.made().denominator, "d", !alone);
        if (branch.closed && !withheld[at] && branch.closed->exact != branch.live.exact && !making.withholds(branch.live))
            row.now = making.words.value(branch.live);
        page.branches.push_back(std::move(row));
    }
}

view::SafeHtml chart_of(Making const& making, indicator::FigureValues const& values)
{
    auto const& messages = making.visit.door.renderer().messages();
    auto const language = making.visit.public_frame({}).language;
    view::TrendChart chart;
    chart.title = making.words.title();
    for (auto const& each : values.trend) {
        auto const& value = each.shown();
        auto const text = view::words(making.words.value(value), messages, language);
        auto const period = view::words(period_words(each.period), messages, language);
        chart.periods.push_back(each.period.size() == 4 ? each.period : period.substr(0, period.rfind(' ')));
        chart.values.push_back(making.withholds(value) ? std::nullopt : chart_value(making.made(), value));
        chart.value_words.push_back(value.bucket >= 0 ? std::string {} : text);
        if (chart.values.back())
            chart.description += (chart.description.empty() ? "" : "; ") + period + ": " + text;
    }
    if (auto const target = indicator::target_of(making.made()); target && making.made().tree != TreeRule::ShareAtTarget) {
        Value as_value { indicator::Standing::Measured };
        as_value.exact = target;
        chart.target = chart_value(making.made(), as_value);
        chart.target_label = messages.text("indicator.target", language) + " " + view::words(*making.words.target(), messages, language);
    }
    constexpr std::int64_t all_of_it = 10'000;
    if (making.made().value == definition::ValueKind::Share)
        chart.least_top = all_of_it;
    bool const any = std::ranges::any_of(chart.values, [](auto const& value) { return value.has_value(); });
    return any ? view::trend_chart(chart) : view::SafeHtml {};
}

/// Periods before the first of which anything is known say nothing.
std::size_t first_known(indicator::FigureValues const& values)
{
    auto const begin = values.trend.begin();
    auto const found = std::find_if(begin, values.trend.end() - 1, [](auto const& each) { return each.closed || (each.live.measured() && each.live.numerator != 0); });
    return static_cast<std::size_t>(found - begin);
}

void add_trend(Making const& making, indicator::FigureValues& values, IndicatorPage& page)
{
    values.trend.erase(values.trend.begin(), values.trend.begin() + static_cast<std::ptrdiff_t>(first_known(values)));
    for (auto const& each : values.trend)
        page.trend.push_back({ period_words(each.period), { making.address(making.place.unit.code, each.period) },
            making.shown(each.shown(), making.withholds(each.shown())), each.closed.has_value(), each.period == making.period });
    std::ranges::reverse(page.trend);
    page.chart = chart_of(making, values);
}

void add_buckets(Making const& making, Value const& live, IndicatorPage& page)
{
    if (making.smallest > 0)
        return;
    for (std::size_t at = 0; at < live.buckets.size(); ++at)
        page.buckets.push_back({ making.words.bucket(static_cast<int>(at)), live.buckets[at],
            making.list(making.place.unit.code, making.made().numerator, indicator::bucket_part(indicator::numerator_part, at), with_lower_units(making.made())) });
}

IndicatorPage page_of(Making const& making, indicator::FigureValues values)
{
    auto const& made = making.made();
    auto const language = making.visit.public_frame({}).language;
    auto const now = values.trend.back();
    auto const& code = making.place.unit.code;
    IndicatorPage page;
    page.unit_name = making.place.unit.name;
    page.title = making.words.title();
    page.lead = made.lead.in(language);
    page.period = period_words(making.period);
    page.period_code = making.period;
    page.value = making.shown(now.shown(), making.withholds(now.shown()));
    page.numerator_words = making.words.part(made.numerator);
    page.numerator_list = making.list(code, made.numerator, "n", with_lower_units(made));
    if (made.denominator) {
        page.denominator_words = making.words.part(*made.denominator);
        page.denominator_list = making.list(code, *made.denominator, "d", with_lower_units(made));
    }
    page.target = making.words.target();
    page.closed = now.closed.has_value();
    page.building = !making.place.built;
    page.own_only = !with_lower_units(made);
    bool const changed = now.closed && (now.closed->exact != now.live.exact || now.closed->numerator != now.live.numerator || now.closed->denominator != now.live.denominator);
    if (changed && !making.withholds(now.live) && !making.withholds(*now.closed))
        page.changed_to = page.value.counted && now.live.measured()
            ? view::Sentence { "indicator.changed.counted", { now.live.numerator, now.live.denominator } }
            : view::Sentence { "indicator.changed", { view::words(making.words.value(now.live), making.visit.door.renderer().messages(), language) } };
    add_branches(making, values, page);
    add_trend(making, values, page);
    add_buckets(making, now.live, page);
    page.how = making.words.how();
    page.source = made.source;
    page.since = { "indicator.since", { std::int64_t { made.version }, view::short_date(time::Date::from_iso(made.valid_from).value_or(time::Date::of(2000, 1, 1)), language) } };
    page.earlier = { making.address(code, indicator::period_before(making.period, 1)) };
    if (making.period < indicator::period_of(making.visit.reader.today, made.period))
        page.later = { making.address(code, indicator::period_before(making.period, -1)) };
    page.xlsx = { fmt::format("/units/{}/indicators/{}/export?period={}", code, made.id, making.period) };
    page.csv = { page.xlsx.address + "&form=csv" };
    page.all = { fmt::format("/units/{}/indicators", code) };
    return page;
}

/// Values were frozen in the borders of their time.
void forget_closed(indicator::FigureValues& values)
{
    for (auto& each : values.trend)
        each.closed.reset();
    for (auto& branch : values.branches)
        branch.closed.reset();
}

Result<IndicatorPage> indicator_page(account::Visit const& visit, IndicatorDesk const& desk)
{
    return visit.database.read([&](storage::Reader& reader) -> Result<IndicatorPage> {
        auto const place = TRY(indicator::place_of(reader, desk.shelf, visit.reader.person, visit.reader.today, visit.request.parameter("unit"), visit.request.parameter("indicator")));
        auto const& made = *place.made;
        auto const period = period_asked(visit, made);
        Making const making { visit, place, period, { made, visit.door.renderer().messages(), visit.public_frame({}).language }, smallest_shown(reader, visit, place) };
        auto const end = std::min(indicator::last_day(period), visit.reader.today);
        bool const borders_of_today = visit.request.query.text("borders") == "today" && end < visit.reader.today;
        indicator::ValueQuestion const question { made, place.unit.id, with_lower_units(made), borders_of_today ? visit.reader.today : end, visit.reader.today,
            place.unit.level == "national", !borders_of_today };
        auto values = TRY(indicator::figure_values(reader, desk.stocks, question, period, indicator::trend_length(made.period)));
        if (borders_of_today)
            forget_closed(values);
        auto page = page_of(making, std::move(values));
        page.borders_of_today = borders_of_today;
        if (end < visit.reader.today && page.branches.size() > 1)
            page.borders = { making.address(place.unit.code, period) + (borders_of_today ? "" : "&borders=today") };
        return page;
    });
}

view::Frame frame_for(account::Visit const& visit, view::Sentence title, std::string const& unit_code, std::string const& unit_name, bool below_list)
{
    auto frame = visit.frame(std::move(title), "indicators");
    frame.office = unit_name;
    frame.office_code = unit_code;
    if (below_list)
        frame.crumbs = { { { "nav.indicators" }, { "/units/" + unit_code + "/indicators" } } };
    return frame;
}

Result<http::Response> show_indicator(account::Visit& visit, IndicatorDesk const& desk)
{
    auto const page = TRY(indicator_page(visit, desk));
    return visit.page("portal/indicator", page, frame_for(visit, view::plain(page.title), visit.request.parameter("unit"), page.unit_name, true));
}

Result<http::Response> send_indicator(account::Visit& visit, IndicatorDesk const& desk)
{
    auto const page = TRY(indicator_page(visit, desk));
    return account::table_answer(visit, indicator_sheet(page, visit.door.renderer().messages(), visit.public_frame({}).language),
        fmt::format("{}-{}-{}", visit.request.parameter("indicator"), visit.request.parameter("unit"), page.period_code));
}

IndicatorLine line_of(account::Visit const& visit, organization::Unit const& unit, Indicator const& made, indicator::ListedValue const& listed, bool careful)
{
    IndicatorWords const words { made, visit.door.renderer().messages(), visit.public_frame({}).language };
    auto hides = [&](Value const& value) { return careful && value.measured() && value.numerator > 0 && value.numerator < made.small_cells_below; };
    IndicatorLine line { words.title(), { fmt::format("/units/{}/indicators/{}", unit.code, made.id) }, period_words(indicator::period_of(visit.reader.today, made.period)),
        figure_value(words, made, listed.now, hides(listed.now)), words.target(), {} };
    std::vector<std::optional<std::int64_t>> values;
    for (auto const& each : listed.trend)
        values.push_back(hides(each.shown()) ? std::nullopt : chart_value(made, each.shown()));
    if (std::ranges::count_if(values, [](auto const& value) { return value.has_value(); }) > 1)
        line.trend = view::sparkline(values);
    return line;
}

Result<http::Response> show_indicators(account::Visit& visit, IndicatorDesk const& desk)
{
    auto read = TRY(visit.database.read([&](storage::Reader& reader) -> Result<std::pair<organization::Unit, IndicatorsPage>> {
        auto const place = TRY(indicator::places_of(reader, desk.shelf, visit.reader.person, visit.reader.today, visit.request.parameter("unit")));
        auto const listed = TRY(indicator::listed_values(reader, desk.stocks, place.all, place.unit, visit.reader.today));
        IndicatorsPage page;
        page.unit_name = place.unit.name;
        page.dashboard = { fmt::format("/units/{}/dashboard", place.unit.code) };
        // who may read the records sees small numbers on the page of the indicator; here nobody does
        for (std::size_t at = 0; at < listed.size(); ++at)
            page.rows.push_back(line_of(visit, place.unit, *place.all[at], listed[at], place.all[at]->small_cells_below > 0));
        std::ranges::sort(page.rows, {}, &IndicatorLine::title);       // as people look for them, in the page's language
        page.reached = std::ranges::count_if(page.rows, [](auto const& row) { return row.value.reached; });
        page.below = std::ranges::count_if(page.rows, [](auto const& row) { return row.value.below; });
        return std::pair { place.unit, page };
    }));
    auto const& [unit, page] = read;
    return visit.page("portal/indicators", page, frame_for(visit, { "nav.indicators" }, unit.code, unit.name, false));
}

std::string state_words(definition::Register const& counted, std::string const& state, text::Language language)
{
    auto const* known = counted.state(state);
    return known ? known->label.in(language) : state;
}

/// "n", "d" or a bucket of the numerator.
bool known_part(Indicator const& made, std::string const& part)
{
    if (part == indicator::numerator_part)
        return made.numerator.of_records();
    if (part == indicator::denominator_part)
        return made.denominator && made.denominator->of_records();
    for (std::size_t at = 0; at <= made.numerator.edges.size(); ++at)
        if (made.numerator.kind == definition::PartKind::Histogram && part == indicator::bucket_part(indicator::numerator_part, at))
            return true;
    return false;
}

/// Records of others that the list shows are noted in the read log, a line for each of their offices.
void note_rows(account::Visit const& visit, record::ReadLog& reads, definition::Register const& counted, std::vector<indicator::SourceRow> const& rows)
{
    std::map<UnitId, std::int64_t> others;
    for (auto const& row : rows)
        others[row.unit] += row.own ? 0 : 1;
    for (auto const& [unit, count] : others)
        reads.note({ visit.now, visit.reader.person, unit, counted.id, {}, record::ReadAct::Listed, counted.data_class, count });
}

Result<BehindPage> behind_page(account::Visit const& visit, IndicatorDesk const& desk)
{
    constexpr std::int64_t page_size = 50;
    auto const& query = visit.request.query;
    return visit.database.read([&](storage::Reader& reader) -> Result<BehindPage> {
        auto const place = TRY(indicator::place_of(reader, desk.shelf, visit.reader.person, visit.reader.today, visit.request.parameter("unit"), visit.request.parameter("indicator")));
        auto const& made = *place.made;
        auto const language = visit.public_frame({}).language;
        IndicatorWords const words { made, visit.door.renderer().messages(), language };
        indicator::Figure const figure { place.unit.id, query.text("below") != "0" && with_lower_units(made), period_asked(visit, made), query.text("part") };
        if (!known_part(made, figure.part))
            return invalid("portal.figure.unknown");
        record::RecordSource const source { desk.shelf, place.made };
        auto const counted = source.register_behind(figure.part);
        auto const skip = std::max<std::int64_t>(0, query.integer("from").value_or(0));
        auto rows = source.rows_behind(reader, visit.reader.person, visit.reader.today, figure, skip, page_size + 1);
        auto const behind = source.count_behind(reader, visit.reader.person, visit.reader.today, figure);
        auto const& part = figure.part == indicator::denominator_part ? *made.denominator : made.numerator;
        BehindPage page { place.unit.name, words.title(), words.part(part), period_words(figure.period), {} };
        page.hidden = made.small_cells_below > 0 ? 0 : behind.all - behind.readable;
        auto const address = fmt::format("/units/{}/indicators/{}", place.unit.code, made.id);
        if (static_cast<std::int64_t>(rows.size()) > page_size) {
            rows.pop_back();
            page.more = view::Link { fmt::format("{}/records?period={}&part={}{}&from={}", address, figure.period, figure.part, figure.with_lower_units ? "" : "&below=0", skip + page_size) };
        }
        if (counted)
            note_rows(visit, desk.reads, *counted, rows);
        for (auto const& row : rows)
            page.rows.push_back({ row.unit_name, row.number.empty() && counted ? counted->title.in(language) : row.number, row.title,
                counted ? state_words(*counted, row.state, language) : row.state, { "/records/" + std::to_string(row.subject.value) }, row.on });
        page.back = { address + "?period=" + figure.period };
        return page;
    });
}

Result<http::Response> show_behind(account::Visit& visit, IndicatorDesk const& desk)
{
    auto const page = TRY(behind_page(visit, desk));
    auto frame = frame_for(visit, { "portal.figure.title" }, visit.request.parameter("unit"), page.unit_name, true);
    frame.crumbs.push_back({ view::plain(page.title), page.back });
    return visit.page("portal/behind", page, frame);
}

}

void register_indicator_pages(account::Door const& door, http::Router& router, IndicatorDesk desk)
{
    door.get<IndicatorsPage>(router, "/units/{unit}/indicators", "plan.read", [desk](account::Visit& visit) { return show_indicators(visit, desk); });
    door.get<IndicatorPage>(router, "/units/{unit}/indicators/{indicator}", "plan.read", [desk](account::Visit& visit) { return show_indicator(visit, desk); });
    door.get(router, "/units/{unit}/indicators/{indicator}/export", "plan.read", [desk](account::Visit& visit) { return send_indicator(visit, desk); });
    door.get<BehindPage>(router, "/units/{unit}/indicators/{indicator}/records", "plan.read", [desk](account::Visit& visit) { return show_behind(visit, desk); });
}

}
