#include "portal/indicator_list.hpp"
#include "definition/systems.hpp"
#include "indicator/period.hpp"
#include "indicator/place.hpp"
#include "portal/indicator_model.hpp"
#include "portal/progress_figures.hpp"
#include "portal/small_figures.hpp"
#include "view/trend_chart.hpp"
#include <algorithm>
#include <fmt/format.h>

namespace kpuhub::portal {

using definition::Indicator;
using indicator::Value;

namespace {

/// Of the first system that it serves; 0 when that is none or belongs to any area.
int area_of(Indicator const& made)
{
    auto const* system = made.systems.empty() ? nullptr : definition::system_numbered(made.systems.front());
    return system && !system->areas.empty() ? system->areas.front() : 0;
}

/// By area and title in the language of the page, those of no area or of several last; the first of each bears the name of its area.
void group_by_area(std::vector<IndicatorLine>& lines)
{
    auto const place = [](IndicatorLine const& line) { return line.area > 0 ? line.area : areas + 1; };
    std::ranges::sort(lines, {}, [&](IndicatorLine const& line) { return std::pair { place(line), std::string_view { line.title } }; });
    for (std::size_t at = 0; at < lines.size(); ++at)
        if (at == 0 || lines[at].area != lines[at - 1].area)
            lines[at].heading = view::Sentence { lines[at].area > 0 ? area_key(static_cast<int>(lines[at].area)) : std::string { "indicator.list.across" } };
}

/// Who may read the records sees small numbers on the page of the indicator; here nobody does.
IndicatorLine line_of(account::Visit const& visit, organization::Unit const& unit, Indicator const& made, indicator::ListedValue const& listed, SmallFigures const& small)
{
    IndicatorWords const words { made, visit.door.renderer().messages(), visit.public_frame({}).language };
    auto hides = [&](Value const& value, std::string const& period) {
        return small.withholds(period, value.measured() ? value.numerator : 0);
    };
    IndicatorLine line { words.title(), area_of(made), {}, { fmt::format("/units/{}/indicators/{}", unit.code, made.id) }, period_words(indicator::period_of(visit.reader.today, made.period)),
        figure_value(words, made, listed.now, hides(listed.now, indicator::period_of(visit.reader.today, made.period))), words.target(), {} };
    std::vector<std::optional<std::int64_t>> values;
    for (auto const& each : listed.trend)
        values.push_back(hides(each.shown(), each.period) ? std::nullopt : chart_value(made, each.shown()));
    if (std::ranges::count_if(values, [](auto const& value) { return value.has_value(); }) > 1)
        line.trend = view::sparkline(values);
    return line;
}

}

view::Frame indicator_frame(account::Visit const& visit, view::Sentence title, std::string const& unit_code, std::string const& unit_name, bool below_list)
{
    auto frame = visit.frame(std::move(title), "indicators");
    frame.office = unit_name;
    frame.office_code = unit_code;
    if (below_list)
        frame.crumbs = { { { "nav.indicators" }, { "/units/" + unit_code + "/indicators" } } };
    return frame;
}

Result<http::Response> show_indicators(account::Visit& visit, IndicatorDesk const& desk)
{
    auto read = TRY(visit.database.read([&](storage::Reader& reader) -> Result<std::pair<organization::Unit, IndicatorsPage>> {
        auto const place = TRY(indicator::places_of(reader, desk.shelf, visit.reader.person, visit.reader.today, visit.request.parameter("unit")));
        auto const listed = TRY(indicator::listed_values(reader, desk.stocks, place.all, place.unit, visit.reader.today));
        IndicatorsPage page;
        page.unit_name = place.unit.name;
        page.dashboard = { fmt::format("/units/{}/dashboard", place.unit.code) };
        auto const this_year = indicator::period_of(visit.reader.today, definition::PeriodKind::Year);
        auto small = small_figures(reader, { visit.reader.person, visit.reader.today, place.unit.id, visit.reader.today,
            indicator::period_before(this_year, indicator::trend_length(definition::PeriodKind::Year)), this_year + "-Z" }, place.all);
        for (std::size_t at = 0; at < listed.size(); ++at)
            page.rows.push_back(line_of(visit, place.unit, *place.all[at], listed[at], small[place.all[at]->id]));
        group_by_area(page.rows);
        page.reached = std::ranges::count_if(page.rows, [](auto const& row) { return row.value.reached; });
        page.below = std::ranges::count_if(page.rows, [](auto const& row) { return row.value.below; });
        return std::pair { place.unit, page };
    }));
    auto const& [unit, page] = read;
    return visit.page("portal/indicators", page, indicator_frame(visit, { "nav.indicators" }, unit.code, unit.name, false));
}

}
