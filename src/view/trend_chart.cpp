#include "view/trend_chart.hpp"
#include "text/escape.hpp"
#include <algorithm>
#include <fmt/format.h>

namespace kpuhub::view {

using text::escaped_html;

namespace {

using Values = std::vector<std::optional<std::int64_t>>;

struct TrendPlot {
    std::int64_t width = 640, height = 220, side = 36, top = 34, bottom = 34;
    std::int64_t least = 0, most = 1;
    std::size_t count = 1;
    [[nodiscard]] std::int64_t x(std::size_t at) const
    {
        if (count == 1)
            return width / 2;
        return side + (width - 2 * side) * static_cast<std::int64_t>(at) / static_cast<std::int64_t>(count - 1);
    }
    [[nodiscard]] std::int64_t y(std::int64_t value) const
    {
        // in floating point: a sum of rupiah times the height may leave 64 bits
        auto const share = static_cast<double>(value - least) / static_cast<double>(most - least);
        return height - bottom - static_cast<std::int64_t>(static_cast<double>(height - top - bottom) * share);
    }
};

/// One line for each run of known values; a lone point is drawn by its dot.
std::string lines(TrendPlot const& plot, Values const& values)
{
    std::string svg, run;
    std::size_t length = 0;
    auto end_run = [&] {
        if (length > 1)
            svg += fmt::format(R"(<polyline class="l2" points="{}"/>)", run);
        run.clear();
        length = 0;
    };
    for (std::size_t at = 0; at < values.size(); ++at) {
        if (!values[at]) {
            end_run();
            continue;
        }
        run += fmt::format("{}{},{}", run.empty() ? "" : " ", plot.x(at), plot.y(*values[at]));
        ++length;
    }
    end_run();
    return svg;
}

void fit(TrendPlot& plot, Values const& values)
{
    plot.count = std::max<std::size_t>(values.size(), 1);
    for (auto const& value : values)
        if (value) {
            plot.most = std::max(plot.most, *value);
            plot.least = std::min(plot.least, *value);
        }
}

/// The target across the plot, and what it is in a strip of its own above: beside the line it would lie on the words of a point near it.
std::string target_line(TrendPlot const& plot, TrendChart const& chart)
{
    if (!chart.target)
        return {};
    constexpr std::int64_t sample_end = 40, sample_y = 17, words_x = 48, words_y = 22;
    auto const y = plot.y(*chart.target);
    return fmt::format(R"(<polyline class="l1" points="{},{} {},{}"/><polyline class="l1" points="8,{} {},{}"/><text class="t1" x="{}" y="{}">{}</text>)", plot.side / 2, y,
        plot.width - plot.side / 2, y, sample_y, sample_end, sample_y, words_x, words_y, escaped_html(chart.target_label));
}

/// Where the words of a point begin, are centred or end: those at the edges begin and end there, for large letters would be cut off.
std::pair<std::int64_t, char const*> place_of_words(TrendPlot const& plot, std::size_t at)
{
    constexpr std::int64_t edge = 8;
    if (plot.count > 1 && at == 0)
        return { edge, "start" };
    return at > 0 && at == plot.count - 1 ? std::pair { plot.width - edge, "end" } : std::pair { plot.x(at), "middle" };
}

}

SafeHtml trend_chart(TrendChart const& chart)
{
    if (chart.periods.empty() || chart.periods.size() != chart.values.size() || chart.value_words.size() != chart.values.size())
        return {};
    TrendPlot plot;
    plot.most = std::max<std::int64_t>(1, chart.least_top);
    fit(plot, chart.values);
    if (chart.target) {
        constexpr std::int64_t strip = 34;      // the words of a point on top reach up to 38 on a phone, where letters are large
        plot.top += strip;
        plot.height += strip;
        plot.most = std::max(plot.most, *chart.target);
    }
    auto svg = fmt::format(R"(<svg class="k-chart" viewBox="0 0 {} {}" role="img"><title>{}</title><desc>{}</desc><line class="ax" x1="8" y1="{}" x2="{}" y2="{}"/>)",
        plot.width, plot.height, escaped_html(chart.title), escaped_html(chart.description), plot.y(plot.least), plot.width - 8, plot.y(plot.least));
    svg += target_line(plot, chart) + lines(plot, chart.values);
    for (std::size_t at = 0; at < chart.values.size(); ++at) {
        bool const named = (chart.values.size() - 1 - at) % 3 == 0;     // on a phone every third name, the last among them
        svg += fmt::format(R"(<text{} x="{}" y="{}" text-anchor="middle">{}</text>)", named ? "" : R"( class="between")", plot.x(at), plot.height - 8, escaped_html(chart.periods[at]));
        if (!chart.values[at])
            continue;
        svg += fmt::format(R"(<circle class="d2" cx="{}" cy="{}" r="3.5"/>)", plot.x(at), plot.y(*chart.values[at]));
        auto const words = place_of_words(plot, at);
        svg += fmt::format(R"(<text class="t2{}" x="{}" y="{}" dy="-.7em" text-anchor="{}">{}</text>)", named ? "" : " between", words.first, plot.y(*chart.values[at]), words.second,
            escaped_html(chart.value_words[at]));
    }
    return { svg + "</svg>" };
}

SafeHtml sparkline(Values const& values)
{
    TrendPlot plot { .width = 96, .height = 28, .side = 4, .top = 4, .bottom = 4 };
    fit(plot, values);
    auto svg = fmt::format(R"(<svg class="k-spark" viewBox="0 0 {} {}" aria-hidden="true">{})", plot.width, plot.height, lines(plot, values));
    for (std::size_t at = values.size(); at-- > 0;)
        if (values[at]) {
            svg += fmt::format(R"(<circle class="d2" cx="{}" cy="{}" r="3"/>)", plot.x(at), plot.y(*values[at]));
            break;
        }
    return { svg + "</svg>" };
}

}
