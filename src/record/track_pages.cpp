#include "record/track_pages.hpp"
#include "account/form.hpp"
#include "account/password.hpp"
#include "account/rate.hpp"
#include "core/limit_table.hpp"
#include "evidence/evidence_form.hpp"
#include "record/receipt.hpp"
#include "record/track_model.hpp"
#include <algorithm>

namespace kpuhub::record {

namespace {

constexpr auto code_cookie = "kpuhub-track";
constexpr std::int64_t hour_ms = 3'600'000;

std::int64_t wrong_codes_per_hour()
{
    static std::int64_t const read = LimitTable::embedded("tracking").take("wrong_codes_per_network_and_hour");
    return read;
}

/// The code that this browser keeps, as it was shown; empty: none.
std::string kept_code(account::Visit const& visit)
{
    auto const found = visit.request.cookies.find(code_cookie);
    return found == visit.request.cookies.end() || !tidy_receipt(found->second) ? std::string {} : found->second;
}

http::Response ask(account::Visit& visit, std::optional<view::Sentence> wrong, int status)
{
    auto frame = visit.public_frame({ "record.track.title" });
    frame.request_key = account::random_token();
    return visit.page("record/track_ask", TrackAskPage { { "/track" }, { "/public" }, std::move(wrong) }, frame, status);
}

std::string rate_name(account::Visit const& visit) { return "track:" + visit.request.client_network; }
std::int64_t window_of(account::Visit const& visit) { return visit.now.milliseconds / hour_ms * hour_ms; }

/// Whoever tries codes is stopped, whether he types them or sets the cookie. Errors: Unavailable "record.track.wait".
Result<void> may_try(storage::Reader& reader, account::Visit const& visit)
{
    if (account::hits(reader, rate_name(visit), window_of(visit)) >= wrong_codes_per_hour())
        return fail({ FaultKind::Unavailable, "record.track.wait", {}, {}, std::to_string((window_of(visit) + hour_ms - visit.now.milliseconds) / 60'000 + 1) });
    return {};
}

Result<void> count_miss(account::Visit& visit)
{
    return visit.database.write([&](storage::Transaction& transaction) -> Result<void> {
        account::count_hit(transaction, rate_name(visit), window_of(visit));
        return {};
    });
}

/// The record of the code that the cookie keeps. Errors: NotFound, which is counted; Unavailable after too many of these.
Result<Tracked> of_kept_code(account::Visit& visit, Surroundings const& around, std::string const& code)
{
    auto found = visit.database.read([&](storage::Reader& reader) -> Result<Tracked> {
        TRY_VOID(may_try(reader, visit));
        return tracked(reader, around.shelf, receipt_digest(*tidy_receipt(code)), visit.reader.today);
    });
    if (!found && found.error().kind == FaultKind::NotFound)
        TRY_VOID(count_miss(visit));
    return found;
}

Result<http::Response> page_of(account::Visit& visit, Surroundings const& around, std::string const& code, ReturnedStep const& returned, int status)
{
    auto frame = visit.public_frame({ "record.track.title" });
    frame.request_key = account::random_token();
    auto const tidy = *tidy_receipt(code);
    auto const digest = receipt_digest(tidy);
    auto const shown_code = shown_receipt(tidy);
    auto page = visit.database.read([&](storage::Reader& reader) -> Result<TrackPage> {
        TRY_VOID(may_try(reader, visit));
        auto const found = TRY(tracked(reader, around.shelf, digest, visit.reader.today));
        auto const& place = found.at.place;
        auto const files = place.made->counts.intake->releases.empty() ? std::vector<RecordFile> {} : files_of(reader, found.record.id);
        auto const times = around.clocks.clocks().shelf().of(reader, place.unit.id, visit.reader.today);
        return track_page({ found, flow::clocks_of(reader, found.record.id), flow::steps_of(reader, found.record.id), files, times, visit.now, frame.language, shown_code, returned });
    });
    if (!page && page.error().kind == FaultKind::Unavailable && page.error().message_key == "record.track.wait")
        return ask(visit, view::sentence_of(page.error()), http::status_of(FaultKind::Unavailable));
    if (!page && page.error().kind == FaultKind::NotFound) {
        TRY_VOID(count_miss(visit));
        auto gone = ask(visit, view::Sentence { "record.track.unknown" }, 404);
        keep_code(gone, visit.request, {});
        return gone;
    }
    auto shown = TRY(std::move(page));
    frame.office = shown.office;
    shown.fresh = visit.request.query.text("sent") == "1";
    if (shown.fresh)
        frame.notice = view::Notice { view::Notice::Kind::Done, { "record.track.sent" } };
    if (visit.request.query.text("saved") == "1")
        frame.notice = view::Notice { view::Notice::Kind::Done, { "record.track.saved" } };
    return visit.page("record/track", shown, frame, status);
}

Result<http::Response> show(account::Visit& visit, Surroundings const& around)
{
    auto const code = kept_code(visit);
    return code.empty() ? ask(visit, {}, 200) : page_of(visit, around, code, {}, 200);
}

/// A hit, a miss and a wrong check symbol take the same steps.
Result<http::Response> find(account::Visit& visit, Surroundings const& around)
{
    auto const tidy = tidy_receipt(visit.request.form.text("code"));
    auto const digest = receipt_digest(tidy.value_or("-"));
    auto const there = visit.database.read([&](storage::Reader& reader) -> Result<bool> {
        TRY_VOID(may_try(reader, visit));
        auto const found = tracked(reader, around.shelf, digest, visit.reader.today);
        return tidy.has_value() && found.has_value();
    });
    if (!there && there.error().kind == FaultKind::Unavailable)
        return ask(visit, view::sentence_of(there.error()), http::status_of(FaultKind::Unavailable));
    if (!TRY(there)) {
        TRY_VOID(count_miss(visit));
        return ask(visit, view::Sentence { "record.track.unknown" }, 422);
    }
    auto response = http::see_other("/track");
    keep_code(response, visit.request, *tidy);
    return response;
}

Result<http::Response> take_sender_step(account::Visit& visit, Surroundings const& around)
{
    auto const code = kept_code(visit);
    if (code.empty())
        return http::see_other("/track");
    auto const digest = receipt_digest(*tidy_receipt(code));
    auto const found = TRY(of_kept_code(visit, around, code));
    auto const& place = found.at.place;
    auto const* step = place.made->step(visit.request.parameter("step"));
    if (!step || std::ranges::find(step->by, definition::sender) == step->by.end())
        return not_found();
    auto const typed = typed_under(visit.request.form, "f.", sender_fields(*place.made, *step));
    auto const act = journal::make_act({}, visit.now, time::date_at(visit.now, place.unit.zone));
    auto held = around.files.blobs.hold();
    auto const done = [&]() -> Result<void> {
        TRY_VOID(visit.database.read([&](storage::Reader& reader) -> Result<void> {
            TRY_VOID(require_quiet(reader, place, visit.request.client_network, visit.now));
            return require_open(sender_verdict(*step, found.record, flow::clocks_of(reader, found.record.id)));      // before its files are looked at
        }));
        auto files = TRY(files_in(visit, place, around));
        StepRequest wanted { found.record.id, visit.request.form.integer("version").value_or(0), step->id, typed, visit.request.form.text("reason"),
            std::move(files) };
        return visit.database.write([&](storage::Transaction& transaction) { return sender_step(transaction, act, around.desk(), digest, wanted); });
    }();
    if (done)
        return http::see_other("/track?saved=1");
    count_refused_files(visit, place, done.error());
    if (done.error().kind != FaultKind::Invalid && done.error().kind != FaultKind::Conflict && done.error().message_key != "record.intake.busy")
        return fail(done.error());
    return page_of(visit, around, code, { step->id, typed, visit.request.form.text("reason"), &done.error() }, http::status_of(done.error().kind));
}

Result<http::Response> give_released(account::Visit& visit, Surroundings const& around)
{
    auto const code = kept_code(visit);
    auto const number = TRY(account::number_in(visit.request, "file"));
    if (code.empty())
        return not_found();
    auto const found = TRY(of_kept_code(visit, around, code));
    auto const file = TRY(visit.database.read([&](storage::Reader& reader) -> Result<RecordFile> {
        auto file = find_file(reader, found.record.id, number);
        if (!file || !is_released(*found.at.place.made, found.record, *file))
            return not_found();
        return *file;
    }));
    return file_answer(around, file);
}

Result<http::Response> forget(account::Visit& visit)
{
    auto response = http::see_other("/track");
    keep_code(response, visit.request, {});
    return response;
}

}

void keep_code(http::Response& response, http::Request const& request, std::string const& code)
{
    constexpr auto half_an_hour = "; Max-Age=1800", at_once = "; Max-Age=0";
    response.with("Set-Cookie", std::string { code_cookie } + "=" + code + "; Path=/track; HttpOnly; SameSite=Lax" + (code.empty() ? at_once : half_an_hour)
            + (request.secure ? "; Secure" : ""));
}

void register_track_pages(account::Door const& door, http::Router& router, Surroundings const& around)
{
    auto const policy = http::PagePolicy::Traceless;
    door.get_public_form<TrackAskPage, TrackPage>(router, "/track", [around](account::Visit& visit) { return show(visit, around); }, policy);
    door.post_public(router, "/track", [around](account::Visit& visit) { return find(visit, around); }, http::BodyKind::Form, policy);
    door.post_public(router, "/track/steps/{step}", [around](account::Visit& visit) { return take_sender_step(visit, around); }, http::BodyKind::Upload, policy);
    door.post_public(router, "/track/end", [](account::Visit& visit) { return forget(visit); }, http::BodyKind::Form, policy);
    door.get_public(router, "/track/files/{file}", [around](account::Visit& visit) { return give_released(visit, around); });
}

}
