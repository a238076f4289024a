#include "record/record_actions.hpp"
#include "journal/journal.hpp"
#include "record/history.hpp"
#include "record/record_links.hpp"
#include "record/record_sql.hpp"
#include "record/value.hpp"
#include "subject/subject.hpp"
#include <algorithm>

namespace kpuhub::record {

using definition::draft_state;
using definition::Field;
using definition::FieldKind;
using definition::Step;
using storage::Transaction;

namespace {

bool lists(std::vector<std::string> const& list, std::string_view name) { return std::ranges::find(list, name) != list.end(); }

struct Opened {
    RecordPlace at;
    Record record;
};

/// The record as the actor may read it, locked. With a version: the one that the form showed, raised by one. Without: held as it is, for
/// what changes no value of the form that somebody else may be filling in.
Result<Opened> open(Transaction& transaction, journal::Act const& act, Desk const& desk, SubjectId id, std::optional<std::int64_t> version)
{
    auto locked = version ? subject::lock(transaction, id, *version) : subject::hold(transaction, id);
    // who may not read the record is not told that it changed
    auto at = TRY(place_of_record(transaction, desk.shelf, { act.actor, act.today }, id));
    auto record = TRY(find_record(transaction, at));
    TRY_VOID(std::move(locked));
    return Opened { std::move(at), std::move(record) };
}

/// Whether the field stands on the form and the actor may see it (all of them while he makes the record).
bool stands_on_form(Place const& place, Record const& record, Field const& field)
{
    return field.on_form && !field.retired
        && (record.is_draft() || !record.id || place.rights.sees(field, is_own(*place.made, record, place.asker.person)));
}

/// What was typed of fields that stand on the form; others keep their value.
Typed on_form(Place const& place, Record const& record, Typed const& typed)
{
    Typed kept;
    for (auto const& field : place.made->fields)
        if (auto found = typed.find(field.id); found != typed.end() && stands_on_form(place, record, field))
            kept.emplace(*found);
    return kept;
}

/// The same of files: documents of fields on the form, and attachments.
std::vector<NewFile> on_form(Place const& place, Record const& record, std::vector<NewFile> files)
{
    std::erase_if(files, [&](NewFile const& each) {
        auto const* field = each.file.field.empty() ? nullptr : place.made->field(each.file.field);
        return !each.file.field.empty() && (!field || !stands_on_form(place, record, *field));
    });
    return files;
}

}

Result<void> tell(Transaction& transaction, journal::Act const& act, Desk const& desk, RecordChange const& change, journal::Entry event)
{
    auto counted = [](Record const* record) { return record && !record->is_draft() ? record : nullptr; };
    RecordChange told { change.made, counted(change.before), counted(change.after), change.step, change.place };
    if (desk.clocks)
        TRY_VOID(desk.clocks->follow(transaction, act, told, std::move(event)));
    else
        journal::write(transaction, act, event);
    return tell(transaction, act, desk.listeners, told);
}

void store_files(Transaction& transaction, journal::Act const& act, Record& record, std::vector<NewFile> const& files)
{
    for (auto const& each : files) {
        auto id = insert_file(transaction, record.id, each.file, each.original_hash, act.actor, act.at);
        if (!each.file.field.empty())
            record.content.values[each.file.field] = id;
    }
}

Result<SubjectId> create(Transaction& transaction, journal::Act const& act, Desk const& desk, NewRecord const& wanted)
{
    return create(transaction, act, desk, TRY(place_of(transaction, desk.shelf, { act.actor, act.today }, wanted.unit_code, wanted.register_id)), wanted);
}

Result<SubjectId> create(Transaction& transaction, journal::Act const& act, Desk const& desk, Place const& place, NewRecord const& wanted)
{
    if (!place.rights.creates() || !place.on || place.made->retired)
        return forbidden("record.forbidden.create");
    auto const& made = *place.made;
    Record record;
    record.unit = place.unit.id;
    record.created_by = act.actor;
    record.created_at = act.at;
    record.state = wanted.completeness == Completeness::Draft ? std::string { draft_state } : made.start;
    auto const files = on_form(place, record, wanted.files);
    TRY_VOID(read_entry(transaction, place, on_form(place, record, wanted.typed), wanted.completeness, files, record));
    record.id = subject::create(transaction, made.table(), place.unit.id, std::nullopt, record.state, act.at, made.version);
    store_files(transaction, act, record, files);
    if (!record.is_draft())
        record.number = next_number(transaction, made, place.unit, act.today);
    insert_record(transaction, made, record);
    flow::record_step(transaction, act, record.id, { {}, {}, record.state, act.actor, act.at, {} });
    TRY_VOID(tell(transaction, act, desk, { made, nullptr, &record, {}, &place },
        { record.is_draft() ? "record.drafted" : "record.created", record.id, record.unit, change_fields(made, nullptr, record, place.unit.zone) }));
    return record.id;
}

bool may_edit(Place const& place, Record const& record)
{
    if (record.is_draft())
        return record.created_by == place.asker.person;
    bool own = is_own(*place.made, record, place.asker.person);
    auto const* state = place.made->state(record.state);
    return state && (place.rights.edits_in(record.state) || (own && lists(state->edit_by, definition::creator)));
}

Result<void> correct(Transaction& transaction, journal::Act const& act, Desk const& desk, Correction const& wanted)
{
    auto [at, record] = TRY(open(transaction, act, desk, wanted.id, wanted.version));
    auto const& place = at.place;
    if (!may_edit(place, record))
        return forbidden("record.forbidden.edit");
    auto before = record;
    bool draft = record.is_draft();
    bool send = draft && wanted.completeness == Completeness::Complete;
    auto const files = on_form(place, record, wanted.files);
    TRY_VOID(read_entry(transaction, place, on_form(place, record, wanted.typed), draft && !send ? Completeness::Draft : Completeness::Complete, files, record));
    store_files(transaction, act, record, files);
    if (send) {
        record.state = place.made->start;
        record.created_at = act.at;             // what is counted and measured from its making begins with the sending
        subject::begin_at(transaction, record.id, act.at);
        record.number = next_number(transaction, *place.made, place.unit, act.today);
    }
    update_record(transaction, *place.made, record);
    if (send)
        flow::record_step(transaction, act, record.id, { {}, before.state, record.state, act.actor, act.at, {} });
    return tell(transaction, act, desk, { *place.made, &before, &record, {}, &place },
        { send ? "record.created" : draft ? "record.drafted" : "record.edited", record.id, record.unit, change_fields(*place.made, &before, record, place.unit.zone) });
}

Result<void> discard(Transaction& transaction, journal::Act const& act, Desk const& desk, SubjectId id, std::int64_t version)
{
    auto [at, record] = TRY(open(transaction, act, desk, id, version));
    if (!record.is_draft())
        return conflict("record.conflict.sent");
    delete_content(transaction, *at.place.made, id);
    subject::set_state(transaction, id, "discarded");
    journal::write(transaction, act, { "record.discarded", id, record.unit, {} });
    return {};
}

bool does_as_person(storage::Reader& reader, Place const& place, Record const& record, Step const& step)
{
    return (lists(step.by, definition::creator) && is_own(*place.made, record, place.asker.person))
        || (lists(step.by, definition::superior) && is_superior(reader, place, record));
}

flow::Verdict verdict_on(storage::Reader& reader, Place const& place, Record const& record, Step const& step)
{
    std::optional<std::vector<flow::Clock>> clocks;
    auto may = [&](std::string_view) { return place.rights.does(step.id) || does_as_person(reader, place, record, step); };
    return flow::judge(step, record.state, { place.asker.person, record.created_by, may,
        [&](std::string_view name) {
            std::set<PersonId> people;
            for (auto const& done : flow::steps_of(reader, record.id))
                if (done.step == name)
                    people.insert(done.person);
            return people;
        }, [&](std::string_view name) {
            if (!clocks)
                clocks = flow::clocks_of(reader, record.id);
            return std::ranges::any_of(*clocks, [&](auto const& clock) { return clock.name == name && clock.passed; });
        } });
}

Result<void> require_open(flow::Verdict verdict)
{
    switch (verdict) {
    case flow::Verdict::OtherState: return conflict("record.conflict.state");
    case flow::Verdict::NotHis: return forbidden("record.forbidden.step");
    case flow::Verdict::OwnWork: return forbidden("record.forbidden.own");
    case flow::Verdict::TooLate: return conflict("record.conflict.too_late");
    case flow::Verdict::TooEarly: return conflict("record.conflict.too_early");
    case flow::Verdict::Open: break;
    }
    return {};
}

/// The fields that a step asks, filled; the reason where it wants one.
static Result<void> read_step(Transaction& transaction, Place const& place, Step const& step, StepRequest const& wanted, Record& record)
{
    Typed asked;
    for (auto const* list : { &step.needs, &step.asks })
        for (auto const& id : *list)
            if (auto found = wanted.typed.find(id); found != wanted.typed.end())
                asked.emplace(*found);
    TRY_VOID(read_entry(transaction, place, asked, Completeness::Draft, wanted.files, record));
    std::vector<FieldFault> faults;
    for (auto const& id : step.needs) {
        auto const* field = place.made->field(id);
        if (field && applies(*place.made, *field, record.content) && !record.content.filled(*field))
            faults.push_back({ "f." + id, "record.wrong.missing", field->label.id });
    }
    constexpr std::size_t longest_reason = 4000;
    if (wanted.reason.size() > longest_reason || (wanted.reason.empty() && step.reason == definition::Reason::Required))
        faults.push_back({ "reason", "record.wrong.reason" });
    if (!faults.empty())
        return invalid("record.wrong", std::move(faults));
    return {};
}

Result<void> do_step(Transaction& transaction, journal::Act const& act, Desk const& desk, StepRequest const& wanted)
{
    auto [at, record] = TRY(open(transaction, act, desk, wanted.id, wanted.version));
    auto const& place = at.place;
    auto const* step = place.made->step(wanted.step);
    if (!step)
        return not_found();
    TRY_VOID(require_open(verdict_on(transaction, place, record, *step)));
    return take_step(transaction, act, desk, { place, *step, wanted }, std::move(record));
}

Result<void> take_step(Transaction& transaction, journal::Act const& act, Desk const& desk, StepOf const& of, Record record)
{
    auto const& [place, taken, wanted] = of;
    auto const* step = &taken;
    auto before = record;
    store_files(transaction, act, record, wanted.files);
    TRY_VOID(read_step(transaction, place, *step, wanted, record));
    if (!step->numbers.empty() && !record.content.filled(*place.made->field(step->numbers)))
        record.content.values[step->numbers] = number_in(transaction, place.made->id + "." + step->numbers, step->series, place.unit, act.today);
    record.state = step->to;
    update_record(transaction, *place.made, record);
    flow::record_step(transaction, act, record.id, { step->id, before.state, step->to, act.actor, act.at, wanted.reason });
    auto fields = change_fields(*place.made, &before, record, place.unit.zone);
    fields.insert(fields.begin(), { "step", step->id });
    if (!wanted.reason.empty())
        fields.push_back({ "reason", wanted.reason, true });
    return tell(transaction, act, desk, { *place.made, &before, &record, step->id, &place }, { "record.step", record.id, record.unit, std::move(fields) });
}

static Result<Opened> open_to_edit(Transaction& transaction, journal::Act const& act, Desk const& desk, SubjectId id)
{
    auto opened = TRY(open(transaction, act, desk, id, std::nullopt));
    if (!may_edit(opened.at.place, opened.record))
        return forbidden("record.forbidden.edit");
    return opened;
}

static Field const* child_list(Place const& place, bool own, std::string const& name)
{
    auto const* field = place.made->field(name);
    return field && field->kind == FieldKind::Children && place.rights.sees(*field, own) ? field : nullptr;
}

static Field const* child_field(Field const& list, std::string_view name)
{
    auto found = std::ranges::find(list.children, name, [](Field const& each) -> std::string_view { return each.id; });
    return found == list.children.end() ? nullptr : &*found;
}

Result<void> add_child(Transaction& transaction, journal::Act const& act, Desk const& desk, SubjectId id, std::string const& name, Typed const& typed)
{
    auto [at, record] = TRY(open_to_edit(transaction, act, desk, id));
    auto const* list = child_list(at.place, is_own(*at.place.made, record, act.actor), name);
    if (!list)
        return not_found();
    auto content = TRY(read_child(transaction, at.place, *list, typed));
    if (!list->once_by.empty() && has_child_with(transaction, *at.place.made, *list, id, list->once_by, content.value(list->once_by)))
        return invalid("record.wrong", { { "c." + list->once_by, "record.wrong.once", code_of(*child_field(*list, list->once_by), content.value(list->once_by), at.place.unit.zone) } });
    if (list->links)
        TRY_VOID(check_link(transaction, at.place, *list, id, content));
    insert_child(transaction, *at.place.made, *list, id, content);
    return tell(transaction, act, desk, { *at.place.made, &record, &record, {}, &at.place },
        { "record.row_added", id, record.unit, child_fields(*list, content, at.place.unit.zone) });
}

Result<void> remove_child(Transaction& transaction, journal::Act const& act, Desk const& desk, SubjectId id, std::string const& name, std::int64_t row)
{
    auto [at, record] = TRY(open_to_edit(transaction, act, desk, id));
    auto const* list = child_list(at.place, is_own(*at.place.made, record, act.actor), name);
    if (!list)
        return not_found();
    auto const there = child_rows(transaction, *at.place.made, *list, id, row + 1, 1);
    if (there.empty() || there.front().id != row || !delete_child(transaction, *at.place.made, *list, id, row))
        return not_found();
    return tell(transaction, act, desk, { *at.place.made, &record, &record, {}, &at.place },
        { "record.row_removed", id, record.unit, child_fields(*list, there.front().content, at.place.unit.zone) });
}

Result<void> attach(Transaction& transaction, journal::Act const& act, Desk const& desk, SubjectId id, NewFile const& file)
{
    auto [at, record] = TRY(open_to_edit(transaction, act, desk, id));
    insert_file(transaction, id, file.file, file.original_hash, act.actor, act.at);
    journal::write(transaction, act, { "record.file_attached", id, record.unit, { { "file", file.file.name, true } } });
    return {};
}

Result<void> remove_file(Transaction& transaction, journal::Act const& act, Desk const& desk, SubjectId id, std::int64_t file, std::int64_t version)
{
    auto [at, record] = TRY(open(transaction, act, desk, id, version));
    auto const& place = at.place;
    if (!may_edit(place, record))
        return forbidden("record.forbidden.edit");
    auto const there = find_file(transaction, id, file);
    auto const* field = there && !there->field.empty() ? place.made->field(there->field) : nullptr;
    if (!there || (field && !stands_on_form(place, record, *field)))
        return not_found();
    if (field && field->required && !record.is_draft() && record.content.value(field->id) == storage::Value { file })
        return conflict("record.file.required");
    auto const before = record;
    if (field && record.content.value(field->id) == storage::Value { file }) {
        record.content.values.erase(field->id);
        update_record(transaction, *place.made, record);
    }
    drop_file(transaction, id, file, act.at);
    return tell(transaction, act, desk, { *place.made, &before, &record, {}, &place }, { "record.file_removed", id, record.unit, { { "file", there->name, true }, { "field", there->field } } });
}

Result<void> comment(Transaction& transaction, journal::Act const& act, Desk const& desk, SubjectId id, std::string body)
{
    auto [at, record] = TRY(open(transaction, act, desk, id, std::nullopt));
    return subject::add_comment(transaction, act, id, record.unit, std::move(body));
}

}
