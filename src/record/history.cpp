#include "record/history.hpp"
#include "record/record_sql.hpp"
#include "record/value.hpp"
#include <algorithm>
#include <nlohmann/json.hpp>

namespace kpuhub::record {

using definition::Field;
using definition::FieldKind;

namespace {

std::string joined(std::vector<std::string> const& values)
{
    std::string text;
    for (auto const& value : values)
        text += (text.empty() ? "" : ", ") + value;
    return text;
}

std::string text_of(Field const& field, Record const& record, time::Zone zone)
{
    if (field.kind == FieldKind::Sealed || field.kind == FieldKind::Document)
        return record.content.filled(field) ? "*" : "";
    if (field.kind == FieldKind::ManyChoice) {
        auto found = record.content.choices.find(field.id);
        return found == record.content.choices.end() ? std::string {} : joined(found->second);
    }
    if (auto name = record.names.find(field.id); name != record.names.end())
        return name->second;
    return code_of(field, record.content.value(field.id), zone);
}

}

std::vector<journal::Field> change_fields(definition::Register const& made, Record const* before, Record const& after, time::Zone zone)
{
    nlohmann::ordered_json changed = nlohmann::ordered_json::object();
    for (auto const& field : made.fields) {
        auto now = text_of(field, after, zone);
        if (now != (before ? text_of(field, *before, zone) : std::string {}))
            changed[field.id] = now;
    }
    std::vector<journal::Field> fields;
    if (!before || before->state != after.state) {
        fields.push_back({ "from", before ? before->state : std::string {} });
        fields.push_back({ "to", after.state });
    }
    if (!after.number.empty() && (!before || before->number != after.number))
        fields.push_back({ "number", after.number });
    if (!changed.empty())
        fields.push_back({ "values", changed.dump(), true });
    return fields;
}

std::vector<journal::Field> child_fields(Field const& list, Content const& content, time::Zone zone)
{
    nlohmann::ordered_json values = nlohmann::ordered_json::object();
    for (auto const& field : list.children)
        if (content.filled(field))
            values[field.id] = code_of(field, content.value(field.id), zone);
    return { { "list", list.id }, { "row", values.dump(), true } };
}

void HistoryLine::describe(view::Visitor& v) const
{
    v.field("at", at);
    v.field("who", who);
    v.field("on_behalf", on_behalf);
    v.field("what", what);
    v.field("reason", reason);
    v.field("due", due);
    v.list("changes", changes);
}

namespace {

std::string field_of(journal::Event const& event, std::string_view name)
{
    for (auto const& field : event.fields)
        if (field.name == name)
            return field.value;
    return {};
}

/// "2026-02-18T09:00:00.000Z" as events have it.
std::optional<time::Instant> instant_of(std::string const& iso)
{
    constexpr std::size_t shortest = 19;
    auto const date = time::Date::from_iso(iso.substr(0, 10));
    if (!date || iso.size() < shortest || iso.find_first_not_of("0123456789-T:.Z") != std::string::npos)
        return std::nullopt;
    auto part = [&](std::size_t at) { return (iso[at] - '0') * 10 + (iso[at + 1] - '0'); };
    constexpr std::int64_t second = 1000, minute = 60 * second, hour = 60 * minute, wib = 7 * hour;
    return time::start_of_day(*date, time::Zone::Wib).plus(std::chrono::milliseconds { wib + part(11) * hour + part(14) * minute + part(17) * second });
}

view::Sentence what_of(journal::Event const& event, Place const& place, bool own, text::Language language)
{
    auto const& made = *place.made;
    if (event.kind == "record.step") {
        auto const* step = made.step(field_of(event, "step"));
        return { "record.history.step", { step ? step->label.in(language) : field_of(event, "step") } };
    }
    if (event.kind == "record.row_added" || event.kind == "record.row_removed") {
        auto const* list = made.field(field_of(event, "list"));
        return { event.kind == "record.row_added" ? "record.history.row_added" : "record.history.row_removed",
            { list ? list->label.in(language) : std::string {} } };
    }
    if (event.kind.starts_with("clock.")) {
        auto const* clock = made.clock(field_of(event, "clock"));
        return { "record.history." + event.kind, { clock ? clock->label.in(language) : field_of(event, "clock") } };
    }
    if (event.kind == "comment.added")
        return { "record.history.comment" };
    if (event.kind == "record.drafted")
        return { "record.history.drafted" };
    if (event.kind == "record.edited")
        return { "record.history.edited" };
    if (event.kind == "record.code_given")
        return { "record.history.code_given" };
    if (event.kind == "record.file_attached")
        return { "record.history.file_attached" };
    if (event.kind == "record.file_removed") {
        auto const* document = made.field(field_of(event, "field"));
        if (document && !place.rights.sees(*document, own))         // the name of a file says what it is
            return { "record.history.file_removed", { document->label.in(language) } };
        return { "record.history.file_removed", { field_of(event, "file") } };
    }
    static constexpr std::string_view plain[] = { "attendance.opened", "attendance.closed" };
    if (std::ranges::find(plain, event.kind) != std::end(plain))
        return { "record.history." + event.kind };
    if (event.kind == "attendance.struck") {
        auto name = field_of(event, "name");
        return name.empty() ? view::Sentence { "record.history.attendance.struck" } : view::Sentence { "record.history.attendance.struck_name", { std::move(name) } };
    }
    return { event.kind == "record.created" || event.kind == "record.sent" ? "record.history.created" : "record.history.other" };
}

void add_changes(HistoryLine& line, std::string const& values, Place const& place, bool own, text::Language language)
{
    auto parsed = nlohmann::json::parse(values, nullptr, false);
    if (!parsed.is_object())
        return;
    for (auto const& field : place.made->fields)
        if (auto found = parsed.find(field.id); found != parsed.end() && found->is_string() && place.rights.sees(field, own)) {
            auto text = found->get<std::string>();
            auto const* option = field.kind == FieldKind::Choice ? field.option(text) : nullptr;
            line.changes.push_back(field.label.in(language) + ": " + (option ? option->label.in(language) : text.empty() ? "-" : text));
        }
}

}

std::vector<HistoryLine> history_of(std::vector<journal::Event> const& events, Place const& place, bool own, text::Language language)
{
    std::vector<HistoryLine> lines;
    for (auto const& event : events) {
        if (event.kind == "clock.assigned")         // who is warned first follows from the step before
            continue;
        HistoryLine line { { event.at, place.unit.zone }, event.actor_name, event.on_behalf_title, what_of(event, place, own, language),
            field_of(event, "reason"), {} };
        if (!event.actor)
            line.who = event.kind.starts_with("clock.") ? "KPU HUB" : language == text::Language::English ? "Sender" : "Pengirim";
        if (auto const due = instant_of(field_of(event, "due")); due && event.kind != "clock.stopped")
            line.due = view::Moment { *due, place.unit.zone };
        add_changes(line, field_of(event, "values"), place, own, language);
        lines.push_back(std::move(line));
    }
    return lines;
}

}
