#include "view/chart.hpp"
#include "text/escape.hpp"
#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace kpuhub::view {

using text::escaped_html;

SafeHtml segment_bar(Segments const& bar)
{
    struct Part {
        char state;
        std::int64_t count;
    };
    std::array const parts { Part { 'V', bar.verified }, Part { 'A', bar.submitted }, Part { 'K', bar.working },
        Part { 'L', bar.late }, Part { 'T', bar.scheduled } };
    std::int64_t total = 0;
    for (auto const& part : parts)
        total += std::max<std::int64_t>(part.count, 0);
    constexpr std::int64_t width = 1000;
    auto svg = fmt::format(R"(<svg class="k-seg" viewBox="0 0 {} 12" preserveAspectRatio="none" role="img"><title>{}</title><desc>{}</desc>)",
        width, escaped_html(bar.title), escaped_html(bar.description));
    std::int64_t before = 0;
    for (auto const& [state, count] : parts) {
        if (count <= 0)
            continue;
        auto const from = before * width / total;
        before += count;
        svg += fmt::format(R"(<rect class="f-{}" x="{}" y="0" width="{}" height="12"/>)", state, from, before * width / total - from);
    }
    return { svg += "</svg>" };
}

/// The area inside the axes, and where a value stands in it.
struct Plot {
    std::int64_t width = 640, height = 220, left = 8, right = 8, top = 34, bottom = 34;
    std::int64_t most = 1;
    std::size_t periods = 1;
    [[nodiscard]] std::int64_t x(std::size_t period) const
    {
        auto const steps = static_cast<std::int64_t>(std::max<std::size_t>(periods - 1, 1));
        return left + 16 + (width - left - right - 32) * static_cast<std::int64_t>(period) / steps;
    }
    [[nodiscard]] std::int64_t y(std::int64_t value) const { return height - bottom - (height - top - bottom) * std::max<std::int64_t>(value, 0) / most; }
};

static std::string points(Plot const& plot, std::vector<std::int64_t> const& values)
{
    std::string text;
    for (std::size_t at = 0; at < values.size(); ++at)
        text += fmt::format("{}{},{}", at == 0 ? "" : " ", plot.x(at), plot.y(values[at]));
    return text;
}

static std::string axes(Plot const& plot, std::vector<std::string> const& periods)
{
    std::string svg;
    for (std::int64_t quarter = 0; quarter <= 2; ++quarter) {
        auto const y = plot.y(plot.most * quarter / 2);
        svg += fmt::format(R"(<line class="ax" x1="{}" y1="{}" x2="{}" y2="{}"/>)", plot.left, y, plot.width - plot.right, y);
    }
    // On a phone only every third name is shown, larger.
    for (std::size_t at = 0; at < periods.size(); ++at)
        svg += fmt::format(R"(<text{} x="{}" y="{}" text-anchor="middle">{}</text>)", at % 3 == 2 ? "" : R"( class="between")", plot.x(at),
            plot.height - 6, escaped_html(periods[at]));
    return svg;
}

static std::string table(PlanAndVerified const& chart)
{
    auto html = fmt::format(R"(<details class="k-more"><summary>{}</summary><table class="table"><thead><tr><th scope="col">{}</th>)"
                            R"(<th scope="col" class="r">{}</th><th scope="col" class="r">{}</th></tr></thead><tbody>)",
        escaped_html(chart.as_table), escaped_html(chart.period), escaped_html(chart.plan_label), escaped_html(chart.verified_label));
    auto cell = [](std::vector<std::int64_t> const& values, std::size_t at) { return at < values.size() ? std::to_string(values[at]) : std::string { "\u2013" }; };
    for (std::size_t at = 0; at < chart.periods.size(); ++at)
        html += fmt::format(R"(<tr><td>{}</td><td class="r">{}</td><td class="r">{}</td></tr>)", escaped_html(chart.periods[at]),
            cell(chart.plan, at), cell(chart.verified, at));
    return html + "</tbody></table></details>";
}

/// The plan's label stands above its end, the other one below its own: so they never meet.
static std::string end_labels(Plot const& plot, PlanAndVerified const& chart)
{
    auto const end = chart.plan.size() - 1;
    auto svg = fmt::format(R"(<text class="t1" x="{}" y="{}" dy="-.5em" text-anchor="end">{} {}</text>)", plot.x(end), plot.y(chart.plan.back()),
        chart.plan.back(), escaped_html(chart.plan_label));
    if (chart.verified.empty())
        return svg;
    auto const last = chart.verified.size() - 1;
    bool const to_the_left = last * 2 > end;
    return svg + fmt::format(R"(<text class="t2" x="{}" y="{}" dy="1.3em" text-anchor="{}">{} {}</text>)", plot.x(last),
        plot.y(chart.verified.back()), to_the_left ? "end" : "start", chart.verified.back(), escaped_html(chart.verified_label));
}

SafeHtml plan_and_verified(PlanAndVerified const& chart)
{
    if (chart.plan.empty() || chart.plan.size() != chart.periods.size() || chart.verified.size() > chart.plan.size())
        return {};
    Plot plot;
    plot.periods = chart.plan.size();
    for (auto const* values : { &chart.plan, &chart.verified })
        for (auto value : *values)
            plot.most = std::max(plot.most, value);
    auto html = fmt::format(R"(<figure class="k-figure"><svg class="k-chart" viewBox="0 0 {} {}" role="img"><title>{}</title><desc>{}</desc>)",
        plot.width, plot.height, escaped_html(chart.title), escaped_html(chart.description));
    html += axes(plot, chart.periods);
    html += fmt::format(R"(<polyline class="l1" points="{}"/><polyline class="l2" points="{}"/>)", points(plot, chart.plan), points(plot, chart.verified));
    for (std::size_t at = 0; at < chart.verified.size(); ++at)
        html += fmt::format(R"(<circle class="d2" cx="{}" cy="{}" r="3.5"/>)", plot.x(at), plot.y(chart.verified[at]));
    html += end_labels(plot, chart) + "</svg>";
    return { html + table(chart) + "</figure>" };
}

std::string_view heat_class(Ratio const& share)
{
    constexpr std::array<std::string_view, 5> steps { "h1", "h2", "h3", "h4", "h5" };
    if (!share.measurable())
        return "hn";
    if (share.numerator <= 0)
        return "h0";
    auto const step = std::min<std::int64_t>(share.numerator * 5 / share.denominator, 4);
    return steps[static_cast<std::size_t>(step)];
}

}
