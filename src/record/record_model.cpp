#include "record/record_model.hpp"
#include "evidence/proof_list.hpp"
#include "record/record_sql.hpp"
#include <algorithm>

namespace kpuhub::record {

using definition::Field;
using definition::FieldKind;

void StepButton::describe(view::Visitor& v) const
{
    v.field("step", step);
    v.field("label", label);
    v.field("link", link);
    v.field("direct", direct);
    v.field("primary", first);
    v.field("version", version);
}

void FileLine::describe(view::Visitor& v) const
{
    v.field("name", name);
    v.field("link", link);
    v.field("size", size);
    v.field("by", by);
    v.field("at", at);
    v.field("end", end);
}

void CommentLine::describe(view::Visitor& v) const
{
    v.field("who", who);
    v.field("at", at);
    v.field("body", body);
}

void ChildLine::describe(view::Visitor& v) const
{
    v.list("cells", cells);
    v.field("end", end);
}

void ChildList::describe(view::Visitor& v) const
{
    v.field("field", field);
    v.field("label", label);
    v.field("in_all", in_all);
    v.list("heads", heads);
    v.list("rows", rows);
    v.list("inputs", inputs);
    v.field("add", add);
    v.field("all", all);
    v.field("next", next);
    v.field("errors", errors);
}

void FedLine::describe(view::Visitor& v) const
{
    v.field("title", title);
    v.field("period", period);
    v.field("link", link);
}

void RecordPage::describe(view::Visitor& v) const
{
    v.field("id", id);
    v.field("version", version);
    v.field("title", title);
    v.field("register_title", register_title);
    v.field("state", state);
    v.field("by", by);
    v.field("made_at", made_at);
    v.list("facts", facts);
    v.field("hidden", hidden);
    v.list("steps", steps);
    v.field("edit", edit);
    v.field("attach", attach);
    v.field("to_comments", comments);
    v.field("prove", prove);
    v.field("called", called);
    v.field("legal_status", legal_status);
    v.field("relations", relations);
    v.list("links", links);
    v.field("give_code", give_code);
    v.field("reads", reads);
    v.field("given_code", given_code);
    v.list("files", files);
    v.list("notes", notes);
    v.list("history", history);
    v.list("lists", lists);
    v.list("further", further);
    v.list("clocks", clocks);
    v.list("figures", figures);
    v.list("later_clocks", later_clocks);
    v.field("limits", limits);
    v.field("own_work", own_work);
    v.field("file_error", file_error);
}

namespace {

bool hidden_from(ReadRecord const& found, Field const& field) { return !found.at.place.rights.sees(field, found.own); }

void add_facts(RecordParts const& parts, RecordPage& page)
{
    auto const& [at, record, own] = parts.found;
    for (auto const& field : at.place.made->fields) {
        if (field.kind == FieldKind::Children || !record.content.filled(field))
            continue;
        if (hidden_from(parts.found, field)) {
            page.hidden += 1;
            continue;
        }
        auto cell = cell_for(field, record, at.place, parts.language);
        if (field.kind == FieldKind::Document)
            for (auto const& file : parts.files)
                if (file.field == field.id)
                    cell.name = file.name;
        page.facts.push_back(std::move(cell));
    }
}

void add_steps(RecordParts const& parts, RecordPage& page)
{
    auto const& [at, record, own] = parts.found;
    auto by_person = [&](definition::Step const& step) {
        auto names = [&](std::string_view role) { return std::ranges::find(step.by, role) != step.by.end(); };
        return (own && names(definition::creator)) || (parts.superior && names(definition::superior));
    };
    auto may = [&](std::string_view name) { return at.place.rights.does(name) || by_person(*at.place.made->step(name)); };
    flow::Actor actor { at.place.asker.person, record.created_by, may,
        [&](std::string_view name) {
            std::set<PersonId> people;
            for (auto const& done : parts.done)
                if (done.step == name)
                    people.insert(done.person);
            return people;
        },
        [&](std::string_view name) { return std::ranges::any_of(parts.clocks, [&](auto const& clock) { return clock.name == name && clock.passed; }); } };
    for (auto const* step : flow::steps_from(*at.place.made, record.state)) {
        auto verdict = flow::judge(*step, record.state, actor);
        if (verdict == flow::Verdict::OwnWork)
            page.own_work = view::Sentence { "record.forbidden.own" };
        if (verdict != flow::Verdict::Open)
            continue;
        bool direct = step->needs.empty() && step->asks.empty() && step->reason == definition::Reason::None;
        page.steps.push_back({ step->id, step->label.in(parts.language), { address_of(record.id) + "/steps/" + step->id }, direct, false, record.version });
        // What the sender does himself is never what the office is asked to do first.
        if (std::ranges::none_of(page.steps, &StepButton::first) && std::ranges::find(step->by, definition::sender) == step->by.end())
            page.steps.back().first = true;
    }
    if (!page.steps.empty() && std::ranges::none_of(page.steps, &StepButton::first))
        page.steps.front().first = true;
}

}

RecordPage record_page(RecordParts const& parts)
{
    auto const& [at, record, own] = parts.found;
    auto const& made = *at.place.made;
    auto zone = at.place.unit.zone;
    RecordPage page;
    page.id = record.id.value;
    page.version = record.version;
    page.title = title_of(made, record, parts.language);
    page.called = made.name.empty() ? std::string {} : called(made, record);
    page.register_title = made.title.in(parts.language);
    page.state = mark_of(made, record.state, parts.language);
    page.by = record.created_by ? record.created_by_name : parts.language == text::Language::English ? "the public page" : "halaman publik";
    page.made_at = { record.created_at, zone };
    add_facts(parts, page);
    add_steps(parts, page);
    auto address = address_of(record.id);
    if (may_edit(at.place, record)) {
        page.edit = { address + "/edit" };
        page.attach = { address + "/files" };
    }
    page.comments = { address + "/comments" };
    if (!record.is_draft() && made.data_class != definition::DataClass::Specific)
        page.prove = { address + "/proofs" };
    if (made.counts.intake && !record.is_draft() && at.place.rights.creates())
        page.give_code = { address + "/tracking-code" };
    if (made.data_class >= definition::DataClass::Personal && !record.is_draft() && at.place.rights.holds("journal.read"))
        page.reads = { address + "/reads" };
    for (auto const& file : parts.files) {
        auto const* field = made.field(file.field);
        if (!field || !hidden_from(parts.found, *field))
            page.files.push_back({ file.name, { address + "/files/" + std::to_string(file.id) }, evidence::size_words(file.bytes), file.brought_by,
                { file.brought_at, zone }, may_edit(at.place, record) ? view::Link { address + "/files/" + std::to_string(file.id) + "/end" } : view::Link {} });
    }
    for (auto const& comment : parts.comments)
        page.notes.push_back({ comment.person_name, { comment.written_at, zone }, comment.body });
    page.history = history_of(parts.events, at.place, own, parts.language);
    page.limits = !record.is_draft() && !made.clocks.empty();
    if (page.limits)
        for (auto& line : clock_lines(made, parts.clocks, zone, parts.now, parts.language))
            (line.waits ? page.later_clocks : page.clocks).push_back(std::move(line));
    return page;
}

ChildList child_list(storage::Reader& reader, ReadRecord const& found, Field const& list, std::int64_t below, int limit, InputSource const& source)
{
    auto const& place = found.at.place;
    auto address = address_of(found.record.id) + "/rows/" + list.id;
    ChildList made { list.id, list.label.in(source.language), 0, {}, {}, {}, {}, { address }, {}, {} };
    for (auto const& field : list.children)
        made.heads.push_back({ field.label.in(source.language) });
    auto rows = child_rows(reader, *place.made, list, found.record.id, below, limit + 1);
    made.in_all = !rows.empty() ? rows.front().in_all : below == 0 ? 0 : count_children(reader, *place.made, list, found.record.id);
    bool more = static_cast<int>(rows.size()) > limit;
    if (more)
        rows.pop_back();
    bool edits = may_edit(place, found.record);
    for (auto const& row : rows) {
        ChildLine line;
        Record as_record;
        as_record.content = row.content;
        as_record.names = row.names;
        for (auto const& field : list.children)
            line.cells.push_back(cell_for(field, as_record, place, source.language));
        if (edits)
            line.end = { address + "/" + std::to_string(row.id) + "/end" };
        made.rows.push_back(std::move(line));
    }
    if (more)
        made.next = { address + "?below=" + std::to_string(rows.back().id) };
    if (edits) {
        made.add = { address };
        made.inputs = child_inputs(source, list);
        made.errors = source.errors;
    }
    return made;
}

}
