#include "evidence/evidence_form.hpp"
#include "record/form_model.hpp"
#include "record/seal.hpp"
#include <algorithm>

namespace kpuhub::record {

using definition::Field;
using definition::FieldKind;

void FormPage::describe(view::Visitor& v) const
{
    v.field("title", title);
    v.field("lead", lead);
    v.field("who_reads", who_reads);
    v.field("action", action);
    v.field("cancel", cancel);
    v.field("discard", discard);
    v.list("first", first);
    v.list("more", more);
    v.field("more_fields", more_fields);
    v.field("more_open", more_open);
    v.field("version", version);
    v.field("upload", upload);
    v.field("documents", documents);
    v.field("may_draft", may_draft);
    v.field("button", button);
    v.field("asks_reason", asks_reason);
    v.field("reason_needed", reason_needed);
    v.field("reason", reason);
    v.field("row", row);
    v.field("reason_error", reason_error);
    v.field("errors", errors);
    v.field("wrong", wrong);
    v.field("conflict", conflict);
}

namespace {

/// The fields of the form, required ones first; of a record that was sent in, only those that the reader may see.
std::vector<Field const*> form_fields(Place const& place, Record const* record)
{
    std::vector<Field const*> fields;
    bool own = !record || is_own(*place.made, *record, place.asker.person);
    bool all = !record || record->is_draft();
    for (auto const& field : place.made->fields)
        if (field.on_form && !field.retired && field.kind != FieldKind::Children && (all || place.rights.sees(field, own)))
            fields.push_back(&field);
    std::ranges::stable_sort(fields, {}, [](auto const* field) { return field->required ? 0 : 1; });
    return fields;
}

/// Splits into what is seen at once (at most 8 fields) and the rest, which stands open when something in it is wrong.
void split(std::vector<InputGroup> groups, FormPage& page)
{
    constexpr std::size_t most_first = 8;
    auto wrong = [](InputGroup const& group) {
        return group.input.error || std::ranges::any_of(group.dependents, [](auto const& each) { return each.error.has_value(); });
    };
    std::size_t shown = 0;
    for (auto& group : groups) {
        shown += 1;
        bool required = !group.input.may_be_empty;
        if (shown <= most_first) {
            page.first.push_back(std::move(group));
            continue;
        }
        page.more_open = page.more_open || required || wrong(group);
        page.more_fields += 1 + static_cast<std::int64_t>(group.dependents.size());
        page.more.push_back(std::move(group));
    }
}

view::Sentence who_reads(Place const& place)
{
    auto const& read = place.made->access.read;
    if (std::ranges::find(read, "staff") != read.end() && std::ranges::any_of(place.made->fields, [](auto const& field) { return !field.seen_by.empty(); }))
        return { "record.form.who_staff" };
    bool const narrow = place.made->data_class >= definition::DataClass::Personal && std::ranges::find(read, "staff") == read.end();
    return { narrow ? "record.form.who_personal" : "record.form.who_internal" };
}

/// A form with what stands or was typed in it, and the fault that sent it back.
struct Shown {
    Place const& place;
    Record const* record = nullptr;
    Typed const* typed = nullptr;
    Fault const* fault = nullptr;
};

FormPage make_page(storage::Reader& reader, Shown const& shown, text::Language language, std::vector<Field const*> const& fields)
{
    InputSource source { shown.place, language, {}, {}, shown.typed, shown.record };
    read_choices(reader, shown.place, fields, source);
    FormPage page;
    if (shown.fault) {
        page.errors = view::field_errors(*shown.fault);
        source.errors = page.errors;
        source.conflict = shown.fault->kind == FaultKind::Conflict;
        if (source.conflict)
            page.conflict = view::sentence_of(*shown.fault);
        else if (!page.errors)
            page.wrong = view::sentence_of(*shown.fault);
    }
    auto groups = inputs_for(source, fields);
    put_in_form_order(page.errors, groups);
    split(std::move(groups), page);
    page.version = shown.record ? shown.record->version : 0;
    page.lead = shown.place.made->lead.in(language);
    return page;
}

void dress_record_form(FormPage& page, Place const& place, Record const* record, text::Language language)
{
    bool draft = !record || record->is_draft();
    page.title = record && !draft ? view::Sentence { "record.form.edit", { title_of(*place.made, *record, language) } } : view::plain(place.made->title.in(language));
    page.who_reads = who_reads(place);
    page.action = { record ? address_of(record->id) : place.address("/records") };
    page.cancel = { record && !draft ? address_of(record->id) : place.address() };
    page.may_draft = draft;
    page.button = { draft ? "record.form.send" : "record.form.save" };
    if (record && draft)
        page.discard = { address_of(record->id) + "/discarding" };
}

/// `crumb`: what is done here; empty: a record is made or corrected.
http::Response answer(account::Visit& visit, Place const& place, Record const* record, FormPage const& page, int status, std::string const& crumb = {})
{
    auto frame = frame_of(visit, place, page.title, record && !record->is_draft() ? address_of(record->id) : std::string {},
        record ? title_of(*place.made, *record, visit.public_frame({}).language) : std::string {});
    frame.crumbs.push_back({ !crumb.empty() ? view::plain(crumb) : record && !record->is_draft() ? view::Sentence { "record.edit" } : view::Sentence { "record.list.add" }, {} });
    return visit.page("record/form", page, frame, status);
}

Completeness completeness_of(http::Fields const& form) { return form.text("as") == "draft" ? Completeness::Draft : Completeness::Complete; }

/// The row of the plan that the reader came from, as it may stand in an address.
std::string row_of(http::Fields const& fields)
{
    auto target = evidence::target_of(fields.text("row"));
    return target ? evidence::text_of(*target) : std::string {};
}

/// Where a record that was made leads: to its page, or to the row of the plan that it is to prove.
std::string after_making(SubjectId id, definition::Register const& made, http::Fields const& form)
{
    auto row = row_of(form);
    bool proves = !row.empty() && completeness_of(form) == Completeness::Complete && made.data_class != definition::DataClass::Specific;
    return address_of(id) + (proves ? "/proofs?row=" + row : "?saved=1");
}

Result<http::Response> ask_new(account::Visit& visit, Surroundings const& around)
{
    auto language = visit.public_frame({}).language;
    Typed typed;        // an address may bring values along: "?f.event=12"
    auto [place, page] = TRY(visit.database.read([&](storage::Reader& reader) -> Result<std::pair<Place, FormPage>> {
        auto place = TRY(place_in_address(reader, visit, around));
        if (!place.rights.creates() || !place.on || place.made->retired)
            return forbidden("record.forbidden.create");
        auto fields = form_fields(place, nullptr);
        typed = typed_under(visit.request.query, "f.", fields);
        auto page = make_page(reader, { place, nullptr, &typed }, language, fields);
        dress_record_form(page, place, nullptr, language);
        page.row = row_of(visit.request.query);
        return std::pair { std::move(place), std::move(page) };
    }));
    return answer(visit, place, nullptr, page, 200);
}

Result<http::Response> ask_edit(account::Visit& visit, Surroundings const& around)
{
    auto language = visit.public_frame({}).language;
    auto [found, page] = TRY(visit.database.read([&](storage::Reader& reader) -> Result<std::pair<ReadRecord, FormPage>> {
        auto found = TRY(record_in_address(reader, visit, around));
        if (!may_edit(found.at.place, found.record))
            return forbidden("record.forbidden.edit");
        auto page = make_page(reader, { found.at.place, &found.record }, language, form_fields(found.at.place, &found.record));
        dress_record_form(page, found.at.place, &found.record, language);
        return std::pair { found, page };
    }));
    return answer(visit, found.at.place, &found.record, page, 200);
}

bool may_come_back(Fault const& fault) { return fault.kind == FaultKind::Invalid || (fault.kind == FaultKind::Conflict && fault.message_key == "subject.changed"); }

/// The files of a form for a new record, looked at before the action. Those of who may not make one are not.
Result<std::vector<NewFile>> files_of_new(account::Visit const& visit, Surroundings const& around)
{
    if (!brings_files(visit))
        return std::vector<NewFile> {};
    auto const place = TRY(visit.database.read([&](storage::Reader& reader) { return place_in_address(reader, visit, around); }));
    if (!place.rights.creates())
        return forbidden("record.forbidden.create");
    return files_in(visit, place, around);
}

Typed typed_in(account::Visit const& visit, Place const& place) { return typed_under(visit.request.form, "f.", form_fields(place, nullptr)); }

Result<http::Response> take_new(account::Visit& visit, Surroundings const& around)
{
    auto const act = visit.act();
    Sealer sealer;
    // nobody collects blobs between storing a file and naming it in a row
    auto held = around.files.blobs.hold();
    auto saved = [&]() -> Result<http::Response> {
        auto const files = TRY(files_of_new(visit, around));
        return visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
            auto const place = TRY(place_in_address(transaction, visit, around));
            NewRecord wanted { place.unit.code, place.made->id, sealer.sealed(*place.made, typed_in(visit, place)), completeness_of(visit.request.form), files };
            return after_making(TRY(create(transaction, act, around.desk(), place, wanted)), *place.made, visit.request.form);
        });
    }();
    if (saved || !may_come_back(saved.error()))
        return saved;
    auto language = visit.public_frame({}).language;
    auto [place, page] = TRY(visit.database.read([&](storage::Reader& reader) -> Result<std::pair<Place, FormPage>> {
        auto place = TRY(place_in_address(reader, visit, around));
        auto const typed = typed_in(visit, place);
        auto page = make_page(reader, { place, nullptr, &typed, &saved.error() }, language, form_fields(place, nullptr));
        return std::pair { std::move(place), std::move(page) };
    }));
    dress_record_form(page, place, nullptr, language);
    page.row = row_of(visit.request.form);
    return answer(visit, place, nullptr, page, http::status_of(saved.error().kind));
}

Result<http::Response> take_edit(account::Visit& visit, Surroundings const& around)
{
    auto found = TRY(visit.database.read([&](storage::Reader& reader) { return record_in_address(reader, visit, around); }));
    auto const& place = found.at.place;
    auto fields = form_fields(place, &found.record);
    auto typed = typed_under(visit.request.form, "f.", fields);
    auto act = visit.act();
    auto held = around.files.blobs.hold();
    auto saved = [&]() -> Result<http::Response> {
        if (!may_edit(place, found.record))
            return forbidden("record.forbidden.edit");
        auto files = TRY(files_in(visit, place, around));
        Correction wanted { found.record.id, visit.request.form.integer("version").value_or(0), Sealer {}.sealed(*place.made, typed),
            completeness_of(visit.request.form), std::move(files) };
        return visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
            TRY_VOID(correct(transaction, act, around.desk(), wanted));
            return address_of(found.record.id) + "?saved=1";
        });
    }();
    if (saved || !may_come_back(saved.error()))
        return saved;
    auto language = visit.public_frame({}).language;
    auto page = TRY(visit.database.read([&](storage::Reader& reader) -> Result<FormPage> {
        return make_page(reader, { place, &found.record, &typed, &saved.error() }, language, fields);
    }));
    dress_record_form(page, place, &found.record, language);
    return answer(visit, place, &found.record, page, http::status_of(saved.error().kind));
}

Result<http::Response> throw_away(account::Visit& visit, Surroundings const& around)
{
    auto id = TRY(record_id_in_address(visit));
    auto act = visit.act();
    return visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
        auto found = TRY(record_in_address(transaction, visit, around));
        TRY_VOID(discard(transaction, act, around.desk(), id, visit.request.form.integer("version").value_or(0)));
        return found.at.place.address();
    });
}

// --- the form of a step ---

definition::Step const* step_in_address(account::Visit const& visit, Place const& place) { return place.made->step(visit.request.parameter("step")); }

std::vector<Field const*> step_fields(Place const& place, definition::Step const& step)
{
    std::vector<Field const*> fields;
    for (auto const* list : { &step.needs, &step.asks })
        for (auto const& id : *list)
            if (auto const* field = place.made->field(id); field && field->kind != FieldKind::Children)
                fields.push_back(field);
    return fields;
}

void dress_step_form(FormPage& page, Place const& place, Record const& record, definition::Step const& step, text::Language language)
{
    page.title = { "record.form.step", { step.label.in(language), title_of(*place.made, record, language) } };
    page.lead.clear();
    page.action = { address_of(record.id) + "/steps/" + step.id };
    page.cancel = { address_of(record.id) };
    page.upload = false;
    page.documents = std::ranges::any_of(step_fields(place, step), [](auto const* field) { return field->kind == FieldKind::Document; });
    page.button = view::plain(step.label.in(language));
    page.asks_reason = step.reason != definition::Reason::None;
    page.reason_needed = step.reason == definition::Reason::Required;
    for (auto* groups : { &page.first, &page.more })
        for (auto& group : *groups)
            group.input.may_be_empty = std::ranges::none_of(step.needs, [&](auto const& id) { return group.input.name == "f." + id; });
}

Result<http::Response> ask_step(account::Visit& visit, Surroundings const& around)
{
    auto language = visit.public_frame({}).language;
    auto [found, page] = TRY(visit.database.read([&](storage::Reader& reader) -> Result<std::pair<ReadRecord, FormPage>> {
        auto found = TRY(record_in_address(reader, visit, around));
        auto const* step = step_in_address(visit, found.at.place);
        if (!step)
            return not_found();
        TRY_VOID(require_open(verdict_on(reader, found.at.place, found.record, *step)));
        auto page = make_page(reader, { found.at.place, &found.record }, language, step_fields(found.at.place, *step));
        dress_step_form(page, found.at.place, found.record, *step, language);
        return std::pair { found, page };
    }));
    return answer(visit, found.at.place, &found.record, page, 200, step_in_address(visit, found.at.place)->label.in(language));
}

Result<http::Response> take_step_form(account::Visit& visit, Surroundings const& around)
{
    auto found = TRY(visit.database.read([&](storage::Reader& reader) { return record_in_address(reader, visit, around); }));
    auto const& place = found.at.place;
    auto const* step = step_in_address(visit, place);
    if (!step)
        return not_found();
    auto fields = step_fields(place, *step);
    auto typed = typed_under(visit.request.form, "f.", fields);
    auto act = visit.act();
    auto const reason = visit.request.form.text("reason");
    auto held = around.files.blobs.hold();
    auto saved = [&]() -> Result<http::Response> {
        if (brings_files(visit)) {       // nobody's files are looked at for a step that is not his
            auto const verdict = TRY(visit.database.read([&](storage::Reader& reader) -> Result<flow::Verdict> { return verdict_on(reader, place, found.record, *step); }));
            if (verdict == flow::Verdict::NotHis || verdict == flow::Verdict::OwnWork)
                TRY_VOID(require_open(verdict));
        }
        auto files = TRY(files_in(visit, place, around));
        StepRequest wanted { found.record.id, visit.request.form.integer("version").value_or(0), step->id, Sealer {}.sealed(*place.made, typed), reason, std::move(files) };
        std::erase_if(wanted.files, [&](auto const& each) { return std::ranges::none_of(fields, [&](auto const* field) { return field->id == each.file.field; }); });
        return visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
            TRY_VOID(do_step(transaction, act, around.desk(), wanted));
            return address_of(found.record.id) + "?saved=1";
        });
    }();
    if (saved || !may_come_back(saved.error()))
        return saved;
    auto language = visit.public_frame({}).language;
    auto page = TRY(visit.database.read([&](storage::Reader& reader) -> Result<FormPage> {
        return make_page(reader, { place, &found.record, &typed, &saved.error() }, language, fields);
    }));
    dress_step_form(page, place, found.record, *step, language);
    page.reason = reason;
    page.reason_error = view::error_of(page.errors, "reason");
    return answer(visit, place, &found.record, page, http::status_of(saved.error().kind), step->label.in(language));
}

}

void register_form_pages(account::Door const& door, http::Router& router, Surroundings const& around)
{
    auto upload = http::BodyKind::Upload;
    door.get<FormPage>(router, "/units/{unit}/registers/{register}/new", "record.create", [around](account::Visit& visit) { return ask_new(visit, around); });
    door.post(router, "/units/{unit}/registers/{register}/records", "record.create", [around](account::Visit& visit) { return take_new(visit, around); }, upload);
    door.get<FormPage>(router, "/records/{record}/edit", "record.edit", [around](account::Visit& visit) { return ask_edit(visit, around); });
    door.post(router, "/records/{record}", "record.edit", [around](account::Visit& visit) { return take_edit(visit, around); }, upload);
    door.post(router, "/records/{record}/discarding", "record.edit", [around](account::Visit& visit) { return throw_away(visit, around); });
    door.get<FormPage>(router, "/records/{record}/steps/{step}", "record.step", [around](account::Visit& visit) { return ask_step(visit, around); });
    door.post(router, "/records/{record}/steps/{step}", "record.step", [around](account::Visit& visit) { return take_step_form(visit, around); }, upload);
}

}
