#include "account/form.hpp"
#include "campaign/campaign_model.hpp"
#include "campaign/campaign_pages.hpp"
#include "campaign/own_model.hpp"
#include <algorithm>
#include <fmt/format.h>

namespace kpuhub::campaign {

void OwnPage::describe(view::Visitor& v) const
{
    v.field("title", title);
    v.field("unit_name", unit_name);
    v.field("lead", lead);
    v.field("asks", asks);
    v.field("statement", statement);
    v.field("due_on", due_on);
    v.field("late", late);
    v.field("open", open);
    v.field("closed", closed);
    v.field("meaning", meaning);
    v.field("state", state);
    v.field("why", why);
    v.field("version", version);
    v.list("facts", facts);
    v.list("inputs", inputs);
    v.field("action", action);
    v.field("record", record);
    v.field("home", home);
    v.field("errors", errors);
    v.field("wrong", wrong);
}

namespace {

using definition::Field;
using definition::FieldKind;

/// The reader's own record of the campaign in the address. Errors: NotFound when nothing is asked of him.
struct Own {
    Campaign campaign;
    Person person;
    record::RecordPlace at;
    record::Record record;
};

Result<Own> own_in_address(storage::Reader& reader, account::Visit const& visit, Surroundings const& around)
{
    auto const& who = visit.reader;
    auto campaign = TRY(find_campaign(reader, who.person, who.today, { account::number_of(visit.request.parameter("campaign")) }));
    auto person = own_row(reader, who.person, who.today, campaign.id);
    if (!person)
        return not_found("campaign.not_asked");
    auto at = TRY(record::place_of_record(reader, around.records.shelf, { who.person, who.today }, person->record));
    auto record = TRY(record::find_record(reader, at));
    return Own { std::move(campaign), std::move(*person), std::move(at), std::move(record) };
}

/// What the step asks, then the document of the register that he may bring along.
std::vector<Field const*> fields_of(Own const& own)
{
    auto const& made = *own.at.place.made;
    std::vector<Field const*> fields;
    auto const* step = made.step(own.campaign.kind->file_step);
    for (auto const* list : { &step->needs, &step->asks })
        for (auto const& id : *list)
            if (auto const* field = made.field(id); field && field->kind != FieldKind::Children)
                fields.push_back(field);
    for (auto const& field : made.fields)
        if (field.kind == FieldKind::Document && !field.retired && std::ranges::find(fields, &field) == fields.end())
            fields.push_back(&field);
    return fields;
}

/// The day of today stands in the first date that is still empty: most file on the day itself.
record::Typed proposed(Own const& own, std::vector<Field const*> const& fields, time::Date today)
{
    record::Typed typed;
    for (auto const* field : fields)
        if (field->kind == FieldKind::Date && !own.record.content.filled(*field)) {
            typed[field->id] = { today.iso() };
            break;
        }
    return typed;
}

void add_inputs(Own const& own, text::Language language, OwnPage& page, record::Typed const& typed)
{
    auto const fields = fields_of(own);
    auto const& made = *own.at.place.made;
    auto const& needs = made.step(own.campaign.kind->file_step)->needs;
    record::InputSource source { own.at.place, language };
    source.record = &own.record;
    source.typed = &typed;
    source.errors = page.errors;
    page.inputs = record::inputs_for(source, fields);
    for (auto& group : page.inputs)
        group.input.may_be_empty = std::ranges::none_of(needs, [&](auto const& id) { return group.input.name == "f." + id; });
}

OwnPage page_of(Own const& own, text::Language language, time::Date today)
{
    auto const& campaign = own.campaign;
    auto const& kind = *campaign.kind;
    bool const open = own.person.meaning == Meaning::Open;
    auto const asked = [&](definition::Words const& words) { return open ? words.in(language) : std::string {}; };
    OwnPage page { title_of(kind, campaign.period, language), campaign.unit_name, asked(kind.lead), asked(kind.asks), asked(kind.statement), own.person.due_on };
    page.open = open;
    page.closed = !campaign.open();
    page.late = page.open && own.person.due_on < today;
    page.version = own.person.version;
    auto const& made = *own.at.place.made;
    if (auto const* state = made.state(own.person.state); state && !page.open)
        page.state = state->label.in(language);
    constexpr std::array<char const*, 4> words { "open", "filed", "accepted", "exempt" };
    auto const* word = words.at(static_cast<std::size_t>(own.person.meaning));
    page.meaning = { word, std::string { "campaign.meaning." } + word };
    for (auto const& id : kind.shows)
        if (auto const* field = made.field(id); field && !page.open && own.record.content.filled(*field))
            page.facts.push_back(record::cell_for(*field, own.record, own.at.place, language));
    page.action = { fmt::format("/c/{}", campaign.id.value) };
    page.record = { fmt::format("/records/{}", own.person.record.value) };
    page.home = { "/" };
    return page;
}

http::Response shown(account::Visit& visit, OwnPage const& page, int status)
{
    auto frame = visit.frame(view::plain(page.title), "home");
    if (visit.request.query.text("done") == "1")
        frame.notice = view::Notice { view::Notice::Kind::Done, { "campaign.own.done" } };
    return visit.page("campaign/own", page, frame, status);
}

Result<http::Response> show(account::Visit& visit, Surroundings const& around)
{
    auto const language = visit.public_frame({}).language;
    auto const today = visit.reader.today;
    return shown(visit, TRY(visit.database.read([&](storage::Reader& reader) -> Result<OwnPage> {
        auto const own = TRY(own_in_address(reader, visit, around));
        auto page = page_of(own, language, today);
        if (page.open && own.person.state != own.at.place.made->start)
            if (auto const done = flow::steps_of(reader, own.person.record); !done.empty() && !done.back().reason.empty())
                page.why = view::Sentence { "campaign.own.returned", { done.back().reason } };
        if (page.open)
            add_inputs(own, language, page, proposed(own, fields_of(own), today));
        return page;
    })), 200);
}

/// The file first (a correction of his record), then the step; both or neither.
Result<http::Response> take(account::Visit& visit, Surroundings const& around)
{
    auto const act = visit.act();
    auto const own = TRY(visit.database.read([&](storage::Reader& reader) { return own_in_address(reader, visit, around); }));
    auto const typed = record::typed_under(visit.request.form, "f.", fields_of(own));
    auto const held = around.records.files.blobs.hold();
    auto outcome = [&]() -> Result<http::Response> {
        auto files = TRY(record::files_in(visit, own.at.place, around.records));
        std::erase_if(files, [](auto const& each) { return each.file.field.empty(); });
        auto const version = visit.request.form.integer("version").value_or(0);
        auto const desk = around.records.desk();
        return visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
            if (!files.empty())
                TRY_VOID(record::correct(transaction, act, desk, { own.person.record, version, {}, record::Completeness::Complete, files }));
            TRY_VOID(record::do_step(transaction, act, desk, { own.person.record, version + (files.empty() ? 0 : 1), own.campaign.kind->file_step, typed }));
            return fmt::format("/c/{}?done=1", own.campaign.id.value);
        });
    }();
    if (outcome || (outcome.error().kind != FaultKind::Invalid && outcome.error().kind != FaultKind::Conflict) || visit.request.wants_json)
        return outcome;
    auto const language = visit.public_frame({}).language;
    auto page = page_of(own, language, visit.reader.today);
    page.errors = view::field_errors(outcome.error());
    if (!page.errors)
        page.wrong = view::sentence_of(outcome.error());
    if (page.open)
        add_inputs(own, language, page, typed);
    return shown(visit, page, http::status_of(outcome.error().kind));
}

}

void register_own_pages(account::Door const& door, http::Router& router, Surroundings const& around)
{
    door.get<OwnPage>(router, "/c/{campaign}", "campaign.asked", [around](account::Visit& visit) { return show(visit, around); });
    door.post(router, "/c/{campaign}", "campaign.asked", [around](account::Visit& visit) { return take(visit, around); }, http::BodyKind::Upload);
}

}
