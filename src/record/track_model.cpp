#include "record/track_model.hpp"
#include "evidence/proof_list.hpp"
#include <algorithm>

namespace kpuhub::record {

using definition::Field;
using definition::FieldKind;

void TrackAskPage::describe(view::Visitor& v) const
{
    v.field("action", action);
    v.field("offices", offices);
    v.field("wrong", wrong);
}

void TrackedClock::describe(view::Visitor& v) const
{
    v.field("label", label);
    v.field("due", due);
    v.field("stopped", stopped);
    v.field("paused", paused);
    v.field("late", late);
    v.field("certain", certain);
    v.list("days", days);
    v.field("article", article);
}

void TrackedStep::describe(view::Visitor& v) const
{
    v.field("step", step);
    v.field("label", label);
    v.field("action", action);
    v.list("inputs", inputs);
    v.field("version", version);
    v.field("asks_reason", asks_reason);
    v.field("upload", upload);
    v.field("reason", reason);
    v.field("reason_error", reason_error);
    v.field("errors", errors);
    v.field("open", open);
}

void TrackedLine::describe(view::Visitor& v) const
{
    v.field("at", at);
    v.field("state", state);
    v.field("reason", reason);
}

void TrackPage::describe(view::Visitor& v) const
{
    v.field("title", title);
    v.field("number", number);
    v.field("office", office);
    v.field("code", code);
    v.field("explains", explains);
    v.field("message", message);
    v.field("fresh", fresh);
    v.field("state", state);
    v.field("sent_at", sent_at);
    v.list("clocks", clocks);
    v.list("steps", steps);
    v.list("facts", facts);
    v.list("files", files);
    v.list("lines", lines);
    v.field("end", end);
    v.field("wrong", wrong);
}

bool is_released(definition::Register const& made, Record const& record, RecordFile const& file)
{
    auto const& released = made.counts.intake->releases;
    auto const* current = std::get_if<std::int64_t>(&record.content.value(file.field));
    return !file.field.empty() && std::ranges::find(released, file.field) != released.end() && current && *current == file.id;
}

std::vector<Field const*> sender_fields(definition::Register const& made, definition::Step const& step)
{
    std::vector<Field const*> fields;
    for (auto const* list : { &step.needs, &step.asks })
        for (auto const& id : *list)
            if (auto const* field = made.field(id); field && !field->retired && field->kind != FieldKind::Children)
                fields.push_back(field);
    return fields;
}

namespace {

Result<TrackedClock> clock_of(definition::RegisterClock const& about, flow::Clock const& clock, TrackParts const& parts)
{
    TrackedClock line { about.label.in(parts.language), {}, {}, clock.state == "paused", clock.passed, true, {}, clock.rule.text.article };
    if (clock.stopped_at)
        line.stopped = view::Moment { *clock.stopped_at, parts.times.zone };
    auto const page = TRY(flow::clock_page(clock, parts.times, parts.now, text::code(parts.language)));
    line.due = page.line.due;
    line.certain = page.certain;
    for (auto const& day : page.days)
        if (!day.counted && day.what.code != "start")
            line.days.push_back(day);
    return line;
}

TrackedStep step_of(definition::Step const& step, TrackParts const& parts)
{
    auto const& place = parts.found.at.place;
    auto const& record = parts.found.record;
    bool const back = parts.returned.step == step.id;
    TrackedStep line { step.id, step.label.in(parts.language), { "/track/steps/" + step.id }, {}, record.version, step.reason != definition::Reason::None };
    auto const fields = sender_fields(*place.made, step);
    Record shown;                           // what the sender gave himself stands in the form, and nothing that others wrote
    for (auto const* field : fields)
        if (std::ranges::find(place.made->counts.intake->fields, field->id) != place.made->counts.intake->fields.end() && record.content.filled(*field))
            shown.content.values[field->id] = record.content.value(field->id);
    InputSource source { place, parts.language, {}, {}, back ? &parts.returned.typed : nullptr, &shown };
    if (back && parts.returned.fault) {
        line.errors = view::field_errors(*parts.returned.fault);
        source.errors = line.errors;
        line.reason = parts.returned.reason;
        line.reason_error = view::error_of(line.errors, "reason");
        line.open = true;
    }
    line.inputs = inputs_for(source, fields);
    put_in_form_order(line.errors, line.inputs);
    for (auto& group : line.inputs)
        group.input.may_be_empty = std::ranges::none_of(step.needs, [&](auto const& id) { return group.input.name == "f." + id; });
    bool const waiting = std::ranges::any_of(parts.clocks, [](auto const& clock) { return clock.state == "paused"; });
    line.open = line.open || (waiting && !step.needs.empty());
    line.upload = std::ranges::any_of(fields, [](auto const* field) { return field->kind == FieldKind::Document; });
    return line;
}

void add_lines(TrackParts const& parts, TrackPage& page)
{
    auto const& made = *parts.found.at.place.made;
    for (auto done = parts.done.rbegin(); done != parts.done.rend(); ++done) {
        auto const* state = made.state(done->to);
        auto const* step = made.step(done->step);
        page.lines.push_back({ { done->at, parts.times.zone }, state ? state->label.in(parts.language) : done->to, step && (step->tells || !done->person) ? done->reason : std::string {} });
        if (page.lines.size() == 1 && done->person)
            page.message = page.lines.back().reason;
    }
}

}

Result<TrackPage> track_page(TrackParts const& parts)
{
    auto const& [at, record] = parts.found;
    auto const& made = *at.place.made;
    auto const& door = *made.counts.intake;
    TrackPage page { made.title.in(parts.language), record.number, at.place.unit.name, parts.code, {}, mark_of(made, record.state, parts.language),
        { record.created_at, parts.times.zone }, {}, {}, {}, {}, {}, { "/track/end" } };
    if (auto const* state = made.state(record.state))
        page.explains = state->explains.in(parts.language);
    for (auto const& about : made.clocks)
        if (auto const found = std::ranges::find(parts.clocks, about.id, &flow::Clock::name); about.shown && found != parts.clocks.end())
            page.clocks.push_back(TRY(clock_of(about, *found, parts)));
    for (auto const* step : flow::steps_from(made, record.state))
        if (sender_verdict(*step, record, parts.clocks) == flow::Verdict::Open)
            page.steps.push_back(step_of(*step, parts));
    for (auto const& id : door.shows)
        if (auto const* field = made.field(id); field && record.content.filled(*field))
            page.facts.push_back(cell_for(*field, record, at.place, parts.language));
    for (auto const& file : parts.files)
        if (is_released(made, record, file))
            page.files.push_back({ file.name, { "/track/files/" + std::to_string(file.id) }, evidence::size_words(file.bytes), made.field(file.field)->label.in(parts.language),
                { file.brought_at, parts.times.zone } });
    add_lines(parts, page);
    if (parts.returned.fault && (page.steps.empty() || parts.returned.fault->kind == FaultKind::Conflict))
        page.wrong = view::sentence_of(*parts.returned.fault);
    return page;
}

}
