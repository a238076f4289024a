#include "flow/clock_model.hpp"
#include "record/record_model.hpp"
#include <algorithm>

namespace kpuhub::record {

void RecordClockLine::describe(view::Visitor& v) const
{
    v.field("label", label);
    v.field("source", source);
    v.field("state", state);
    v.field("due", due);
    v.field("stopped", stopped);
    v.field("left", left);
    v.field("used", used);
    v.field("link", link);
    v.field("waits", waits);
    v.field("paused", paused);
}

/// What a limit that has not started waits for: "Dihitung sejak Tanggal penerimaan".
static view::Sentence waits_for(definition::Register const& made, definition::RegisterClock const& clock, text::Language language)
{
    auto const& start = clock.starts.front();
    if (auto const* field = made.field(start))
        return { "record.clock.waits_field", { field->label.in(language) } };
    auto const* state = start.starts_with("state:") ? made.state(start.substr(6)) : nullptr;
    if (state)
        return { "record.clock.waits_state", { state->label.in(language) } };
    auto const* step = start.starts_with("step:") ? made.step(start.substr(5)) : nullptr;
    return step ? view::Sentence { "record.clock.waits_state", { step->label.in(language) } } : view::Sentence { "record.clock.none" };
}

static RecordClockLine line_of(definition::RegisterClock const& about, flow::Clock const& clock, time::Zone zone, time::Instant now, text::Language language)
{
    auto const shown = flow::clock_line(clock, zone, now, language == text::Language::English ? "en" : "id");
    RecordClockLine line { about.label.in(language), clock.rule.text.article, shown.state, shown.due, {}, shown.left, {}, shown.link, {}, clock.state == "paused" };
    if (clock.stopped_at)
        line.stopped = view::Moment { *clock.stopped_at, zone };
    constexpr std::int64_t whole = 100;
    if (clock.due_at && clock.open()) {
        auto const length = clock.due_at->milliseconds - clock.started_at.milliseconds;
        auto const gone = now.milliseconds - clock.started_at.milliseconds;
        line.used = length > 0 ? std::clamp<std::int64_t>(gone * whole / length, 0, whole) : whole;
    }
    return line;
}

std::vector<RecordClockLine> clock_lines(definition::Register const& made, std::vector<flow::Clock> const& clocks, time::Zone zone, time::Instant now,
    text::Language language)
{
    std::vector<RecordClockLine> lines;
    for (auto const& about : made.clocks) {
        auto const found = std::ranges::find(clocks, about.id, &flow::Clock::name);
        if (found != clocks.end())
            lines.push_back(line_of(about, *found, zone, now, language));
    }
    for (auto const& about : made.clocks)
        if (std::ranges::find(clocks, about.id, &flow::Clock::name) == clocks.end()) {
            RecordClockLine line;
            line.label = about.label.in(language);
            line.source = about.source;
            line.waits = waits_for(made, about, language);
            lines.push_back(std::move(line));
        }
    return lines;
}

}
