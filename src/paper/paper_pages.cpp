#include "paper/paper_pages.hpp"
#include "account/form.hpp"
#include "job/job.hpp"
#include "paper/paper_model.hpp"
#include "paper/press.hpp"
#include <algorithm>

namespace kpuhub::paper {

static PaperId paper_id(http::Request const& request) { return { account::number_of(request.parameter("paper")) }; }
static std::string address_of(PaperId id) { return "/papers/" + std::to_string(id.value); }

static http::Response shown(account::Visit& visit, PaperPage const& page, int status)
{
    auto frame = visit.frame(page.heading, "plans");
    frame.crumbs = { { { "paper.crumb" }, { "/units/" + page.unit_code + "/papers" } }, { page.heading, {} } };
    auto answer = visit.page("paper/paper", page, frame, status);
    if (page.writing)
        answer.with("Refresh", "2");            // works without script; a paper is written within seconds
    return answer;
}

static Result<PaperPage> page_of(account::Visit& visit, PagePlaces const& places)
{
    return visit.database.read([&](storage::Reader& reader) -> Result<PaperPage> {
        auto const paper = TRY(find_paper(reader, visit.reader.person, visit.reader.today, paper_id(visit.request)));
        return paper_page(paper, initials_of(reader, paper.id), files_of(reader, paper.id), job::latest_of(reader, subject_of(paper.id)), places.kinds, visit.reader.today, visit.reader.zone);
    });
}

static Result<http::Response> show_paper(account::Visit& visit, PagePlaces const& places)
{
    return shown(visit, TRY(page_of(visit, places)), 200);
}

/// Runs a step and leads back to the paper; what the person can mend is said on the page itself.
template<typename Step>
static Result<http::Response> take_step(account::Visit& visit, PagePlaces const& places, Step const& step)
{
    auto const act = visit.act();
    auto const id = paper_id(visit.request);
    auto const version = visit.request.form.integer("version").value_or(0);
    auto outcome = visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
        TRY_VOID(step(transaction, act, id, version));
        return address_of(id);
    });
    if (outcome || (outcome.error().kind != FaultKind::Invalid && outcome.error().kind != FaultKind::Conflict) || visit.request.wants_json)
        return outcome;
    auto page = TRY(page_of(visit, places));
    page.errors = view::field_errors(outcome.error());
    if (!page.errors)
        page.wrong = view::sentence_of(outcome.error());
    return shown(visit, page, http::status_of(outcome.error().kind));
}

static Result<http::Response> initial_paper(account::Visit& visit, PagePlaces const& places)
{
    return take_step(visit, places, [&](storage::Transaction& transaction, journal::Act const& act, PaperId id, std::int64_t version) {
        return put_initials(transaction, act, id, version, visit.reader.post_title());
    });
}

static Result<http::Response> agree_paper(account::Visit& visit, PagePlaces const& places)
{
    auto const on = account::day_in(visit.request, "minutes_on", visit.reader.today);
    return take_step(visit, places, [&](storage::Transaction& transaction, journal::Act const& act, PaperId id, std::int64_t version) -> Result<void> {
        auto const day = TRY(on);
        return set_minutes(transaction, act, id, version, visit.request.form.text("minutes_number"), day);
    });
}

static Result<http::Response> number_paper(account::Visit& visit, PagePlaces const& places)
{
    auto const& form = visit.request.form;
    auto const on = account::day_in(visit.request, "dated_on");
    std::optional<WantedNumber> wanted;
    if (!form.text("sequence").empty())
        wanted = WantedNumber { form.integer("sequence").value_or(0), form.text("suffix"), form.text("reason") };
    return take_step(visit, places, [&](storage::Transaction& transaction, journal::Act const& act, PaperId id, std::int64_t version) -> Result<void> {
        auto const day = on ? *on : visit.reader.today;
        if (!on) {          // the right comes before the form
            TRY(find_paper(transaction, act.actor, act.today, id));
            return tl::make_unexpected(on.error());
        }
        return give_number(transaction, act, places.kinds, id, version, day, form.text("place"), wanted);
    });
}

static Result<http::Response> cancel_paper(account::Visit& visit, PagePlaces const& places)
{
    return take_step(visit, places, [&](storage::Transaction& transaction, journal::Act const& act, PaperId id, std::int64_t version) {
        return cancel(transaction, act, id, version, visit.request.form.text("reason"));
    });
}

static Result<http::Response> revoke_paper(account::Visit& visit, PagePlaces const& places)
{
    auto const on = account::day_in(visit.request, "revoked_on", visit.reader.today);
    return take_step(visit, places, [&](storage::Transaction& transaction, journal::Act const& act, PaperId id, std::int64_t version) -> Result<void> {
        auto const day = TRY(on);
        return revoke(transaction, act, id, version, day, visit.request.form.text("reason"));
    });
}

static Result<http::Response> preview_paper(account::Visit& visit, PagePlaces const& places)
{
    return take_step(visit, places, [&](storage::Transaction& transaction, journal::Act const& act, PaperId id, std::int64_t) { return ask_preview(transaction, act, id); });
}

/// The signed paper as it came: PDF or a picture, looked at in a child, kept byte for byte (a changed file would lose its electronic signature).
static Result<StoredFile> take_original(account::Visit& visit, PagePlaces const& places)
{
    auto const& uploads = visit.request.uploads;
    if (uploads.empty() || uploads.front().bytes == 0)
        return invalid("paper.original.missing", { { "file", "paper.original.missing" } });
    auto const looked = TRY(codec::clean_file_in_child(uploads.front().stored_at, uploads.front().file_name, places.looking));
    std::string const media = looked.media_type == "application/pdf" ? "pdf" : looked.media_type == "image/jpeg" ? "jpg" : looked.media_type == "image/png" ? "png" : "";
    if (media.empty() || looked.active)
        return invalid("paper.original.kind", { { "file", "paper.original.kind" } });
    auto const kept = TRY(places.blobs.put_file(uploads.front().stored_at));
    return StoredFile { "original", media, kept.hash, kept.bytes, visit.now };
}

static Result<http::Response> sign_paper(account::Visit& visit, PagePlaces const& places)
{
    auto const paper = TRY(visit.database.read([&](storage::Reader& reader) { return find_paper(reader, visit.reader.person, visit.reader.today, paper_id(visit.request)); }));
    if (!paper.may_manage)
        return forbidden("plan.manage.forbidden");
    auto const held = places.blobs.hold();
    auto const original = take_original(visit, places);
    return take_step(visit, places, [&](storage::Transaction& transaction, journal::Act const& act, PaperId id, std::int64_t version) -> Result<void> {
        auto const file = TRY(original);
        return keep_original(transaction, act, places.kinds, id, version, file);
    });
}

static std::string_view type_of(std::string_view media)
{
    if (media == "pdf")
        return "application/pdf";
    if (media == "docx")
        return "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    return media == "jpg" ? "image/jpeg" : "image/png";
}

static Result<http::Response> send_paper(account::Visit& visit, PagePlaces const& places)
{
    auto const asked = visit.request.parameter("file");
    auto const file = TRY(visit.database.read([&](storage::Reader& reader) -> Result<StoredFile> {
        auto const paper = TRY(find_paper(reader, visit.reader.person, visit.reader.today, paper_id(visit.request)));
        auto const files = files_of(reader, paper.id);
        auto const found = std::ranges::find_if(files, [&](StoredFile const& each) { return each.edition + "." + each.media == asked; });
        if (found == files.end())
            return not_found();
        return *found;
    }));
    http::Response answer;
    answer.file = TRY(places.blobs.path_of(file.hash));
    bool const ours = file.edition != "original" && file.media == "pdf";       // made by this program: may be looked at
    answer.with("Content-Type", std::string { type_of(file.media) })
        .with("Content-Disposition", std::string { ours ? "inline" : "attachment" } + "; filename=\"naskah-" + std::to_string(paper_id(visit.request).value) + "-" + asked + "\"");
    if (!ours)
        answer.with("Content-Security-Policy", "sandbox; default-src 'none'");
    return answer;
}

static Result<http::Response> show_papers(account::Visit& visit)
{
    auto page = TRY(visit.database.read([&](storage::Reader& reader) -> Result<PapersPage> {
        auto const [unit, may] = TRY(organization::unit_for(reader, visit.reader.person, visit.reader.today, visit.request.parameter("unit"), { "plan.read", "plan.manage", {} }));
        auto const year = static_cast<int>(visit.request.query.integer("year").value_or(visit.reader.today.year()));
        auto series = visit.request.query.text("series");
        return papers_page(reader, visit.reader, unit, may[1], series.empty() ? "decree" : series, year);
    }));
    auto frame = visit.frame({ "paper.list.title", { page.unit_name } }, "plans");
    return visit.page("paper/papers", page, frame);
}

static Result<http::Response> set_series(account::Visit& visit)
{
    auto const unit = TRY(visit.database.read([&](storage::Reader& reader) {
        return organization::unit_for(reader, visit.reader.person, visit.reader.today, visit.request.parameter("unit"), "plan.read");
    }));
    auto const act = visit.act();
    auto const code = visit.request.form.text("series");
    return visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
        TRY_VOID(set_pattern(transaction, act, unit.id, code, visit.request.form.text("pattern")));
        return "/units/" + unit.code + "/papers?series=" + code;
    });
}

void register_paper_pages(account::Door const& door, http::Router& router, PagePlaces places)
{
    auto const with = [places](auto handler) { return [places, handler](account::Visit& visit) { return handler(visit, places); }; };
    door.get<PapersPage>(router, "/units/{unit}/papers", "plan.read", show_papers);
    door.post(router, "/units/{unit}/papers/series", "plan.manage", set_series);
    door.get<PaperPage>(router, "/papers/{paper}", "plan.read", with(show_paper));
    door.get(router, "/papers/{paper}/files/{file}", "plan.read", with(send_paper));
    door.post(router, "/papers/{paper}/preview", "plan.verify", with(preview_paper));
    door.post(router, "/papers/{paper}/initials", "plan.verify", with(initial_paper));
    door.post(router, "/papers/{paper}/minutes", "plan.manage", with(agree_paper));
    door.post(router, "/papers/{paper}/number", "plan.manage", with(number_paper));
    door.post(router, "/papers/{paper}/original", "plan.manage", with(sign_paper), http::BodyKind::Upload);
    door.post(router, "/papers/{paper}/cancellation", "plan.manage", with(cancel_paper));
    door.post(router, "/papers/{paper}/revocation", "plan.manage", with(revoke_paper));
}

}
