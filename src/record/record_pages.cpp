#include "account/form.hpp"
#include "account/password.hpp"
#include "indicator/contribution.hpp"
#include "indicator/period_words.hpp"
#include "journal/journal.hpp"
#include "record/intake.hpp"
#include "record/public_records.hpp"
#include "record/record_around.hpp"
#include "record/receipt.hpp"
#include "record/record_model.hpp"
#include <algorithm>

namespace kpuhub::record {

using definition::FieldKind;

namespace {

constexpr int events_shown = 40;
constexpr int rows_shown = 10;
constexpr auto given_cookie = "kpuhub-given";       // a code on its way from the form to the page, for two minutes

/// What came back with faults from one of the small forms of the page.
struct Returned {
    std::string list;                       ///< the child list whose row was wrong
    Typed typed;
    std::optional<view::FieldErrors> errors {};
    std::optional<view::Sentence> file_error {};
};

/// The figures that the record is counted in, each once: a share counts it in its numerator and its denominator.
std::vector<FedLine> figures_of(storage::Reader& reader, Surroundings const& around, ReadRecord const& found, text::Language language)
{
    std::vector<FedLine> lines;
    if (!around.indicators || found.record.is_draft())
        return lines;
    for (auto const& fed : indicator::figures_fed(reader, found.record.id)) {
        auto const made = around.indicators->find(reader, fed.indicator, fed.version);
        auto const link = "/units/" + found.at.place.unit.code + "/indicators/" + fed.indicator + "?period=" + fed.period;
        if (made && !(*made)->retired && (lines.empty() || lines.back().link.address != link))
            lines.push_back({ (*made)->title.in(language), indicator::period_words(fed.period), { link } });
    }
    return lines;
}

/// A list whose rows another room keeps.
void show_only(ChildList& list)
{
    list.inputs.clear();
    list.add = {};
    for (auto& row : list.rows)
        row.end = {};
}

Result<http::Response> show(account::Visit& visit, Surroundings const& around, Returned const& returned = {}, int status = 200)
{
    auto language = visit.public_frame({}).language;
    auto read = visit.database.read([&](storage::Reader& reader) -> Result<std::pair<Place, RecordPage>> {
        auto found = TRY(record_in_address(reader, visit, around));
        auto const& place = found.at.place;
        auto id = found.record.id;
        auto const [history, steps, files] = around_record(reader, id, events_shown);
        auto const clocks = place.made->clocks.empty() ? std::vector<flow::Clock> {} : flow::clocks_of(reader, id);
        bool superior = place.made->knows_superior() && is_superior(reader, place, found.record);
        auto page = record_page({ found, steps, files, history.comments, history.events, clocks, visit.now, language, superior });
        if (place.made->link_list() && !found.record.is_draft()) {
            page.relations = { address_of(id) + "/relations" };
            auto links = links_of(reader, place, { id });
            for (auto const& link : links)
                page.links.push_back(link_line(link, *place.made, language));
            if (auto const* feed = feed_over(*place.made))
                page.legal_status = feed_status(*feed, found.record, links).in(language);
        }
        page.file_error = returned.file_error;
        page.figures = figures_of(reader, around, found, language);
        if (auto const given = visit.request.cookies.find(given_cookie); given != visit.request.cookies.end() && !page.give_code.address.empty() && tidy_receipt(given->second))
            page.given_code = given->second;
        for (auto const& each : around.further)
            if (each.register_id == place.made->id && !found.record.is_draft())
                page.further.push_back({ { address_of(id) + each.path }, { each.words } });
        std::vector<definition::Field const*> lists;
        for (auto const& field : place.made->fields)
            if (field.kind == FieldKind::Children && place.rights.sees(field, found.own))
                lists.push_back(&field);
        InputSource source { place, language };
        if (may_edit(place, found.record))
            read_choices(reader, place, lists, source);
        for (auto const* list : lists) {
            bool wrong = list->id == returned.list;
            source.typed = wrong ? &returned.typed : nullptr;
            source.errors = wrong ? returned.errors : std::nullopt;
            page.lists.push_back(child_list(reader, found, *list, 0, rows_shown, source));
            if (around.kept_elsewhere(place.made->id, list->id))
                show_only(page.lists.back());
        }
        return std::pair { std::move(place), std::move(page) };
    });
    auto [place, page] = TRY(std::move(read));
    auto frame = frame_of(visit, place, view::plain(page.title), address_of({ page.id }), page.title);
    frame.crumbs.back().link = {};
    if (visit.request.query.text("saved") == "1")
        frame.notice = view::Notice { view::Notice::Kind::Done, { "record.saved" } };
    return visit.page("record/record", page, frame, status);
}

/// An answer to a small form: what was typed stays when it is wrong.
Result<http::Response> back_or(account::Visit& visit, Surroundings const& around, Result<http::Response> done, Returned returned)
{
    if (done || done.error().kind != FaultKind::Invalid)
        return done;
    returned.errors = view::field_errors(done.error());
    if (returned.list.empty())
        returned.file_error = returned.errors ? view::error_of(returned.errors, "attachment") : std::nullopt;
    if (returned.list.empty() && !returned.file_error)
        returned.file_error = view::sentence_of(done.error());
    return show(visit, around, returned, http::status_of(FaultKind::Invalid));
}

/// The same form twice gives the same code.
Result<http::Response> take_code(account::Visit& visit, Surroundings const& around)
{
    auto const id = TRY(record_id_in_address(visit));
    auto const act = visit.act();
    auto const key = visit.request.form.text("request_key");
    auto const code = receipt_code(visit.request.path + "\n" + (key.empty() ? account::random_token() : key));
    auto const digest = receipt_digest(*tidy_receipt(code));
    auto answer = TRY(visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
        TRY_VOID(give_code(transaction, act, around.desk(), id, digest, visit.public_frame({}).language));
        return address_of(id) + "?code=1#kode";
    }));
    return answer.with("Set-Cookie", std::string { given_cookie } + "=" + code + "; Path=" + address_of(id) + "; Max-Age=120; HttpOnly; SameSite=Strict" + (visit.request.secure ? "; Secure" : ""));
}

Result<http::Response> take_comment(account::Visit& visit, Surroundings const& around)
{
    auto id = TRY(record_id_in_address(visit));
    auto act = visit.act();
    return visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
        TRY_VOID(comment(transaction, act, around.desk(), id, visit.request.form.text("comment")));
        return address_of(id) + "?saved=1#catatan";
    });
}

Result<http::Response> take_file(account::Visit& visit, Surroundings const& around)
{
    auto found = TRY(visit.database.read([&](storage::Reader& reader) { return record_in_address(reader, visit, around); }));
    if (!may_edit(found.at.place, found.record))
        return forbidden("record.forbidden.edit");
    auto held = around.files.blobs.hold();
    auto act = visit.act();
    auto done = [&]() -> Result<http::Response> {
        auto files = TRY(files_in(visit, found.at.place, around));
        std::erase_if(files, [](auto const& each) { return !each.file.field.empty(); });
        if (files.empty())
            return invalid("record.wrong", { { "attachment", "evidence.file.missing" } });
        return visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
            for (auto const& file : files)
                TRY_VOID(attach(transaction, act, around.desk(), found.record.id, file));
            return address_of(found.record.id) + "?saved=1#berkas";
        });
    }();
    return back_or(visit, around, std::move(done), {});
}

Result<http::Response> end_file(account::Visit& visit, Surroundings const& around)
{
    auto const id = TRY(record_id_in_address(visit));
    auto const file = TRY(account::number_in(visit.request, "file"));
    auto const act = visit.act();
    auto done = visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
        TRY_VOID(remove_file(transaction, act, around.desk(), id, file, visit.request.form.integer("version").value_or(0)));
        return address_of(id) + "?saved=1#berkas";
    });
    return back_or(visit, around, std::move(done), {});
}

Result<http::Response> give_file(account::Visit& visit, Surroundings const& around)
{
    auto const number = TRY(account::number_in(visit.request, "file"));
    auto file = TRY(visit.database.read([&](storage::Reader& reader) -> Result<RecordFile> {
        auto found = TRY(record_in_address(reader, visit, around, ReadAct::File));
        auto file = find_file(reader, found.record.id, number);
        auto const* field = file ? found.at.place.made->field(file->field) : nullptr;
        if (!file || (field && !found.at.place.rights.sees(*field, found.own)))
            return not_found();
        return *file;
    }));
    return file_answer(around, file);
}

// --- rows of child lists ---

struct RowsPage {
    std::string title;
    ChildList list;
    view::Link record;
    void describe(view::Visitor& v) const
    {
        v.field("title", title);
        v.field("list", list);
        v.field("record", record);
    }
};

Result<http::Response> show_rows(account::Visit& visit, Surroundings const& around)
{
    constexpr int page_rows = 100;
    auto language = visit.public_frame({}).language;
    auto [place, page] = TRY(visit.database.read([&](storage::Reader& reader) -> Result<std::pair<Place, RowsPage>> {
        auto found = TRY(record_in_address(reader, visit, around));
        auto const* field = found.at.place.made->field(visit.request.parameter("field"));
        if (!field || field->kind != FieldKind::Children || !found.at.place.rights.sees(*field, found.own))
            return not_found();
        auto below = visit.request.query.integer("below").value_or(0);
        RowsPage page { title_of(*found.at.place.made, found.record, language),
            child_list(reader, found, *field, below, page_rows, { found.at.place, language }), { address_of(found.record.id) } };
        page.list.inputs.clear();
        page.list.add = {};
        if (around.kept_elsewhere(found.at.place.made->id, field->id))
            show_only(page.list);
        return std::pair { found.at.place, page };
    }));
    auto frame = frame_of(visit, place, view::plain(page.list.label), page.record.address, page.title);
    frame.crumbs.push_back({ view::plain(page.list.label), {} });
    return visit.page("record/rows", page, frame);
}

Result<void> require_kept_here(Surroundings const& around, ReadRecord const& found, std::string const& list)
{
    if (!around.kept_elsewhere(found.at.place.made->id, list))
        return {};
    if (!may_edit(found.at.place, found.record))
        return forbidden("record.forbidden.edit");
    return conflict("record.conflict.kept_elsewhere");
}

Result<http::Response> take_row(account::Visit& visit, Surroundings const& around)
{
    auto found = TRY(visit.database.read([&](storage::Reader& reader) { return record_in_address(reader, visit, around); }));
    auto const* list = found.at.place.made->field(visit.request.parameter("field"));
    if (!list || list->kind != FieldKind::Children)
        return not_found();
    TRY_VOID(require_kept_here(around, found, list->id));
    std::vector<definition::Field const*> children;
    for (auto const& field : list->children)
        children.push_back(&field);
    auto typed = typed_under(visit.request.form, "c.", children);
    auto act = visit.act();
    auto done = visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
        TRY_VOID(add_child(transaction, act, around.desk(), found.record.id, list->id, typed));
        auto const& place = found.at.place;
        auto month = visit.request.form.text("card");       // filled in on the card of a month: back there
        bool of_card = place.made->card && place.made->card->list == list->id && is_month(month);
        return of_card ? place.address("/card?saved=1&month=" + month) : address_of(found.record.id) + "?saved=1#" + list->id;
    });
    return back_or(visit, around, std::move(done), { list->id, typed });
}

Result<http::Response> end_row(account::Visit& visit, Surroundings const& around)
{
    auto id = TRY(record_id_in_address(visit));
    auto const row = TRY(account::number_in(visit.request, "row"));
    auto act = visit.act();
    return visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
        TRY_VOID(require_kept_here(around, TRY(record_in_address(transaction, visit, around)), visit.request.parameter("field")));
        TRY_VOID(remove_child(transaction, act, around.desk(), id, visit.request.parameter("field"), row));
        auto month = visit.request.form.text("card");
        if (is_month(month))
            return TRY(record_in_address(transaction, visit, around)).at.place.address("/card?month=" + month);
        return address_of(id) + "?saved=1#" + visit.request.parameter("field");
    });
}

}

bool Surroundings::kept_elsewhere(std::string_view register_id, std::string_view list) const
{
    return std::ranges::any_of(further, [&](auto const& page) { return page.register_id == register_id && page.list == list && !page.list.empty(); });
}

void register_record_pages(account::Door const& door, http::Router& router, Surroundings const& around)
{
    door.get<RecordPage>(router, "/records/{record}", "record.read", [around](account::Visit& visit) { return show(visit, around); });
    door.post(router, "/records/{record}/comments", "record.read", [around](account::Visit& visit) { return take_comment(visit, around); });
    door.post(router, "/records/{record}/tracking-code", "record.create", [around](account::Visit& visit) { return take_code(visit, around); });
    door.post(router, "/records/{record}/files", "record.edit", [around](account::Visit& visit) { return take_file(visit, around); }, http::BodyKind::Upload);
    door.get(router, "/records/{record}/files/{file}", "record.read", [around](account::Visit& visit) { return give_file(visit, around); });
}

void register_row_pages(account::Door const& door, http::Router& router, Surroundings const& around)
{
    door.post(router, "/records/{record}/files/{file}/end", "record.edit", [around](account::Visit& visit) { return end_file(visit, around); });
    door.get<RowsPage>(router, "/records/{record}/rows/{field}", "record.read", [around](account::Visit& visit) { return show_rows(visit, around); });
    door.post(router, "/records/{record}/rows/{field}", "record.edit", [around](account::Visit& visit) { return take_row(visit, around); });
    door.post(router, "/records/{record}/rows/{field}/{row}/end", "record.edit", [around](account::Visit& visit) { return end_row(visit, around); });
}

}
