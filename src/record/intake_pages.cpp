#include "record/intake.hpp"
#include "account/password.hpp"
#include "record/input.hpp"
#include "record/page_parts.hpp"
#include "record/receipt.hpp"
#include "record/track_pages.hpp"
#include <algorithm>

namespace kpuhub::record {

using definition::Field;
using definition::FieldKind;

namespace {

/// What web/templates/record/intake.mustache shows.
struct IntakePage {
    std::string title, lead, office, button;
    view::Link action, track, counts;
    std::vector<InputGroup> inputs;
    bool upload = false;
    std::string purpose, legal_basis;
    std::int64_t kept_years = 0;
    std::optional<view::FieldErrors> errors {};
    std::optional<view::Sentence> wrong {};
    void describe(view::Visitor& v) const
    {
        v.field("title", title);
        v.field("lead", lead);
        v.field("office", office);
        v.field("button", button);
        v.field("action", action);
        v.field("track", track);
        v.field("counts", counts);
        v.list("inputs", inputs);
        v.field("upload", upload);
        v.field("purpose", purpose);
        v.field("legal_basis", legal_basis);
        v.field("kept_years", kept_years);
        v.field("errors", errors);
        v.field("wrong", wrong);
    }
};

IntakePage make_page(Place const& place, Typed const& typed, Fault const* fault, text::Language language)
{
    auto const& made = *place.made;
    auto const& door = *made.counts.intake;
    auto const here = "/public/units/" + place.unit.code;
    IntakePage page { door.title.in(language), door.lead.in(language), place.unit.name, door.button.in(language), { here + "/" + door.path }, { "/track" }, {}, {}, false,
        made.purpose.in(language), made.legal_basis, made.retention.years };
    if (made.counts.counts)
        page.counts = { here + "/registers/" + made.id };
    InputSource source { place, language, {}, {}, &typed };
    if (fault) {
        page.errors = view::field_errors(*fault);
        source.errors = page.errors;
        if (!page.errors)
            page.wrong = view::sentence_of(*fault);
    }
    auto const fields = intake_fields(made);
    page.inputs = inputs_for(source, fields);
    put_in_form_order(page.errors, page.inputs);
    page.upload = std::ranges::any_of(fields, [](auto const* field) { return field->kind == FieldKind::Document; });
    return page;
}

Result<Place> place_in(storage::Reader& reader, account::Visit const& visit, Surroundings const& around)
{
    return place_of_intake(reader, around.shelf, visit.request.parameter("unit"), visit.request.parameter("intake"), visit.reader.today);
}

http::Response answer(account::Visit& visit, Place const& place, Typed const& typed, Fault const* fault, int status)
{
    auto frame = visit.public_frame({});
    auto const page = make_page(place, typed, fault, frame.language);
    frame.title = view::plain(page.title);
    frame.office = place.unit.name;
    frame.office_code = place.unit.code;
    frame.request_key = account::random_token();
    frame.crumbs = { { view::plain(place.unit.name), { "/public/units/" + place.unit.code } }, { view::plain(page.title), {} } };
    return visit.page("record/intake", page, frame, status);
}

Result<http::Response> show(account::Visit& visit, Surroundings const& around)
{
    auto const place = TRY(visit.database.read([&](storage::Reader& reader) { return place_in(reader, visit, around); }));
    return answer(visit, place, {}, nullptr, 200);
}

/// What the form is known by: everything that was sent, its request key first. Without a key (a program that sends JSON) it is new.
std::string secret_of(http::Request const& request)
{
    auto const key = request.form.text("request_key");
    std::string covered = request.path + "\n" + (key.empty() ? account::random_token() : key);
    for (auto const& [name, value] : request.form.pairs())
        if (name != "csrf")
            covered += '\n' + name + '=' + value;
    for (auto const& upload : request.uploads)
        covered += '\n' + upload.field + ':' + std::to_string(upload.bytes);
    return covered;
}

Result<SubjectId> take(account::Visit& visit, Surroundings const& around, Place const& place, Typed const& typed, std::string const& secret)
{
    auto const form_key = account::token_hash("form\n" + secret);
    TRY_VOID(visit.database.read([&](storage::Reader& reader) -> Result<void> {
        return was_sent(reader, form_key) ? Result<void> {} : require_quiet(reader, place, visit.request.client_network, visit.now);
    }));
    auto const fields = intake_fields(*place.made);
    auto files = TRY(files_in(visit, place, around));
    SentForm sent { place.unit.code, place.made->counts.intake->path, typed, std::move(files), form_key,
        receipt_digest(*tidy_receipt(receipt_code(secret))), visit.request.client_network, visit.public_frame({}).language };
    std::erase_if(sent.files, [&](auto const& each) { return std::ranges::none_of(fields, [&](auto const* field) { return field->id == each.file.field; }); });
    auto const act = journal::make_act({}, visit.now, time::date_at(visit.now, place.unit.zone));
    auto write = [&] { return visit.database.write([&](storage::Transaction& transaction) { return receive(transaction, act, around.desk(), sent); }); };
    auto made = write();
    return !made && made.error().kind == FaultKind::Conflict ? write() : made;      // the same form at the same moment: the other one won
}

/// Leads to the page of the tracking code, which a cookie of this browser holds: no address, log or Referer ever has it.
Result<http::Response> receive_form(account::Visit& visit, Surroundings const& around)
{
    auto const place = TRY(visit.database.read([&](storage::Reader& reader) { return place_in(reader, visit, around); }));
    auto const typed = typed_under(visit.request.form, "f.", intake_fields(*place.made));
    auto const secret = secret_of(visit.request);
    auto held = around.files.blobs.hold();
    auto const made = take(visit, around, place, typed, secret);
    if (!made)
        count_refused_files(visit, place, made.error());
    if (!made && (made.error().kind == FaultKind::Invalid || made.error().message_key == "record.intake.busy"))
        return answer(visit, place, typed, &made.error(), http::status_of(made.error().kind));
    if (!made)
        return fail(made.error());
    auto response = http::see_other("/track?sent=1");
    keep_code(response, visit.request, receipt_code(secret));
    return response;
}

}

void register_intake_pages(account::Door const& door, http::Router& router, Surroundings const& around)
{
    constexpr auto pattern = "/public/units/{unit}/{intake}";
    door.get_public_form<IntakePage>(router, pattern, [around](account::Visit& visit) { return show(visit, around); });
    door.post_public(router, pattern, [around](account::Visit& visit) { return receive_form(visit, around); }, http::BodyKind::Upload);
}

}
