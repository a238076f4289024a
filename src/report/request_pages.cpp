#include "account/form.hpp"
#include "account/table_answer.hpp"
#include "evidence/file_answer.hpp"
#include "evidence/file_intake.hpp"
#include "organization/access.hpp"
#include "organization/unit_access.hpp"
#include "report/package_pages.hpp"
#include "report/request_model.hpp"
#include "subject/subject.hpp"
#include "view/words.hpp"
#include <algorithm>
#include <fmt/format.h>

namespace kpuhub::report {

namespace {

RequestId request_id(http::Request const& request) { return { account::number_of(request.parameter("request")) }; }
AnswerId answer_id(http::Request const& request) { return { account::number_of(request.parameter("answer")) }; }

std::vector<PackageOption> options(std::string const& key, std::initializer_list<char const*> codes, std::string const& chosen)
{
    std::vector<PackageOption> made;
    for (auto const* code : codes)
        made.push_back({ code, { code, key + code }, chosen.empty() ? made.empty() : chosen == code });
    return made;
}

Result<RequestsPage> requests_page(account::Visit& visit)
{
    auto const& who = visit.reader;
    auto const& form = visit.request.form;
    return visit.database.read([&](storage::Reader& reader) -> Result<RequestsPage> {
        auto const [unit, may] = TRY(organization::unit_for(reader, who.person, who.today, visit.request.parameter("unit"), { "plan.read", "report.ask", {} }));
        RequestsPage page { unit.name, tabs(unit.code, Place::Requests) };
        for (auto const& asked : asked_of(reader, who.person, who.today, unit.id))
            page.asked.push_back(asked_line(asked, who.today, who.zone));
        page.may_ask = may[1] && unit.level != "regency";
        if (page.may_ask) {
            for (auto const& request : requests_by(reader, who.person, who.today, unit.id))
                page.asking.push_back(asking_line(request));
            auto const chosen = form.all("office");
            for (auto const& office : organization::lower_units(reader, unit.id, who.today))
                page.offices.push_back({ std::to_string(office.id.value), office.name, std::ranges::find(chosen, std::to_string(office.id.value)) != chosen.end() });
        }
        page.title = form.text("title");
        page.body = form.text("body");
        page.measure = form.text("measure");
        page.due_on = form.text("due_on").empty() ? who.today.plus(std::chrono::days { 7 }).iso() : form.text("due_on");
        page.wants = options("report.wants.", { "paper", "number", "share" }, form.text("wants"));
        page.scopes = unit.level == "national" ? options("report.scope.", { "direct", "all", "chosen" }, form.text("scope")) : options("report.scope.", { "direct", "chosen" }, form.text("scope"));
        page.action = { fmt::format("/units/{}/requests", unit.code) };
        return page;
    });
}

http::Response shown(account::Visit& visit, RequestsPage const& page, int status)
{
    return visit.page("report/requests", page, visit.frame({ "report.requests.title", { page.unit_name } }, "reports"), status);
}

Result<http::Response> show_requests(account::Visit& visit) { return shown(visit, TRY(requests_page(visit)), 200); }

Result<http::Response> ask_offices(account::Visit& visit)
{
    auto const act = visit.act();
    auto const& form = visit.request.form;
    auto const unit = TRY(visit.database.read([&](storage::Reader& reader) { return organization::unit_for(reader, act.actor, act.today, visit.request.parameter("unit"), "plan.read"); }));
    NewRequest asked { form.text("title"), form.text("body"), wants_of(form.text("wants")).value_or(Wants::Paper), form.text("measure") };
    auto const due_on = account::day_in(visit.request, "due_on");
    auto const scope = form.text("scope");
    asked.scope = scope == "all" ? Scope::All : scope == "chosen" ? Scope::Chosen : Scope::Direct;
    for (auto const& office : form.all("office"))
        asked.chosen.push_back({ account::number_of(office) });
    asked.due_on = due_on.value_or(time::Date {});
    auto outcome = visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
        return fmt::format("/requests/{}", TRY(ask(transaction, act, unit.id, asked)).value);
    });
    if (outcome || outcome.error().kind != FaultKind::Invalid || visit.request.wants_json)
        return outcome;
    auto page = TRY(requests_page(visit));
    page.errors = view::field_errors(outcome.error());
    return shown(visit, page, http::status_of(FaultKind::Invalid));
}

/// "Ingatkan yang belum": who has not answered, to copy into WhatsApp.
std::string reminder_text(account::Visit const& visit, Request const& request, std::vector<Answer> const& answers)
{
    auto const language = visit.public_frame({}).language;
    auto const& renderer = visit.door.renderer();
    std::string offices;
    int number = 0;
    for (auto const& answer : answers)
        if (answer.state == AnswerState::Open)
            offices += fmt::format("{}. {}\n{}/answers/{}\n", ++number, answer.unit_name, visit.door.settings().public_url, answer.id.value);
    if (offices.empty())
        return {};
    return renderer.words({ "report.remind.head", { request.title, request.due_on } }, language) + "\n\n" + offices;
}

Result<std::pair<RequestPage, std::vector<Answer>>> matrix(account::Visit& visit)
{
    auto const& who = visit.reader;
    return visit.database.read([&](storage::Reader& reader) -> Result<std::pair<RequestPage, std::vector<Answer>>> {
        auto const request = TRY(find_request(reader, who.person, who.today, request_id(visit.request)));
        auto answers = answers_of(reader, who.person, who.today, request.id);
        auto page = request_page(request, answers, who.today, who.zone);
        if (!request.closed)
            page.reminder = reminder_text(visit, request, answers);
        return std::pair { std::move(page), std::move(answers) };
    });
}

http::Response shown(account::Visit& visit, RequestPage const& page, int status)
{
    auto frame = visit.frame({ "report.request.title", { page.title } }, "reports");
    frame.crumbs = { { { "report.tab.requests" }, page.list }, { view::Sentence { "report.request.title", { page.title } }, {} } };
    return visit.page("report/request", page, frame, status);
}

Result<http::Response> show_request(account::Visit& visit) { return shown(visit, TRY(matrix(visit)).first, 200); }

Result<http::Response> send_sheet(account::Visit& visit)
{
    auto const [page, answers] = TRY(matrix(visit));
    auto const language = visit.public_frame({}).language;
    auto const& messages = visit.door.renderer().messages();
    return account::table_answer(visit, request_sheet(page, answers, messages, language), fmt::format("permintaan-{}", request_id(visit.request).value));
}

/// Runs a step of the asking office and leads back; what the person can mend is said on the page itself.
template<typename Step>
Result<http::Response> take_step(account::Visit& visit, Step const& step)
{
    auto const act = visit.act();
    auto const id = request_id(visit.request);
    auto outcome = visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
        TRY_VOID(step(transaction, act, id, visit.request.form.integer("version").value_or(0)));
        return fmt::format("/requests/{}", id.value);
    });
    if (outcome || (outcome.error().kind != FaultKind::Invalid && outcome.error().kind != FaultKind::Conflict) || visit.request.wants_json)
        return outcome;
    auto page = TRY(matrix(visit)).first;
    page.errors = view::field_errors(outcome.error());
    if (!page.errors)
        page.wrong = view::sentence_of(outcome.error());
    return shown(visit, page, http::status_of(outcome.error().kind));
}

Result<http::Response> remind_offices(account::Visit& visit)
{
    return take_step(visit, [&](storage::Transaction& transaction, journal::Act const& act, RequestId id, std::int64_t version) -> Result<void> {
        TRY(remind(transaction, act, id, version, visit.request.form.text("body")));
        return {};
    });
}

Result<http::Response> close_request(account::Visit& visit)
{
    return take_step(visit, [&](storage::Transaction& transaction, journal::Act const& act, RequestId id, std::int64_t version) { return close(transaction, act, id, version); });
}

Result<AnswerPage> answer_parts(account::Visit& visit)
{
    auto const& who = visit.reader;
    return visit.database.read([&](storage::Reader& reader) -> Result<AnswerPage> {
        auto const asked = TRY(find_answer(reader, who.person, who.today, answer_id(visit.request)));
        bool const papers = asked.answer.may_answer && asked.request.wants == Wants::Paper;
        auto page = answer_page(asked, papers ? paper::papers_of(reader, who.person, who.today, asked.answer.unit) : std::vector<paper::OfficialPaper> {}, who.today, who.zone);
        for (auto const& comment : subject::history(reader, subject_of(asked.answer.id), 1).comments)
            page.comments.push_back({ comment.person_name, comment.body, { comment.written_at, who.zone } });
        return page;
    });
}

http::Response shown(account::Visit& visit, AnswerPage const& page, int status)
{
    auto frame = visit.frame({ "report.request.title", { page.title } }, "reports");
    frame.crumbs = { { { "report.tab.requests" }, page.list }, { view::Sentence { "report.request.title", { page.title } }, {} } };
    return visit.page("report/answer", page, frame, status);
}

Result<http::Response> show_answer(account::Visit& visit) { return shown(visit, TRY(answer_parts(visit)), 200); }

/// The file as the evidence room takes files: looked at in a child, cleaned, refused when something in it cannot be taken out.
Result<std::optional<AnswerFile>> file_sent(account::Visit& visit, PackagePlaces const& places)
{
    auto const& uploads = visit.request.uploads;
    if (uploads.empty() || uploads.front().bytes == 0)
        return std::optional<AnswerFile> {};
    auto const examined = TRY(evidence::examine(places.files, visit.reader.account, uploads.front().stored_at, uploads.front().file_name));
    auto const kept = TRY(evidence::keep(places.files, examined));
    if (kept.held)
        return invalid("report.form_wrong", { { "file", "report.answer.held" } });
    return std::optional { AnswerFile { kept.shown_hash, evidence::download_name(kept), kept.media_type, kept.bytes } };
}

Result<http::Response> send_answer(account::Visit& visit, PackagePlaces const& places)
{
    auto const act = visit.act();
    auto const& form = visit.request.form;
    auto const found = TRY(visit.database.read([&](storage::Reader& reader) { return find_answer(reader, act.actor, act.today, answer_id(visit.request)); }));
    if (!found.answer.may_answer)
        return forbidden("report.send.forbidden");
    auto const held = places.files.blobs.hold();
    auto const file = file_sent(visit, places);
    Reply reply { form.text("not_available") == "1", form.integer("numerator"), form.integer("denominator"), form.text("address"), { account::number_of(form.text("paper")) },
        file.value_or(std::nullopt), form.text("note") };
    auto outcome = visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
        if (!file)
            return tl::make_unexpected(file.error());
        TRY_VOID(answer(transaction, act, found.answer.id, form.integer("version").value_or(0), reply));
        return fmt::format("/answers/{}", found.answer.id.value);
    });
    if (outcome || (outcome.error().kind != FaultKind::Invalid && outcome.error().kind != FaultKind::Conflict) || visit.request.wants_json)
        return outcome;
    auto page = TRY(answer_parts(visit));
    page.errors = view::field_errors(outcome.error());
    if (!page.errors)
        page.wrong = view::sentence_of(outcome.error());
    page.not_available = reply.not_available;
    page.numerator = reply.numerator;
    page.denominator = reply.denominator;
    page.address = reply.address;
    page.note = reply.note;
    return shown(visit, page, http::status_of(outcome.error().kind));
}

Result<http::Response> send_file(account::Visit& visit, PackagePlaces const& places)
{
    auto const asked = TRY(visit.database.read([&](storage::Reader& reader) { return find_answer(reader, visit.reader.person, visit.reader.today, answer_id(visit.request)); }));
    if (!asked.answer.reply.file)
        return not_found();
    return evidence::shut_in_answer(TRY(places.files.blobs.path_of(asked.answer.reply.file->hash)), asked.answer.reply.file->media_type)
        .with("Content-Disposition", evidence::attachment_header(asked.answer.reply.file->name));
}

}

void register_request_pages(account::Door const& door, http::Router& router, PackagePlaces places)
{
    auto const with = [places](auto handler) { return [places, handler](account::Visit& visit) { return handler(visit, places); }; };
    door.get<RequestsPage>(router, "/units/{unit}/requests", "plan.read", show_requests);
    door.post(router, "/units/{unit}/requests", "report.ask", ask_offices);
    door.get<RequestPage>(router, "/requests/{request}", "report.ask", show_request);
    door.get(router, "/requests/{request}/sheet", "report.ask", send_sheet);
    door.post(router, "/requests/{request}/reminders", "report.ask", remind_offices);
    door.post(router, "/requests/{request}/closing", "report.ask", close_request);
    door.get<AnswerPage>(router, "/answers/{answer}", "plan.read", show_answer);
    door.post(router, "/answers/{answer}", "report.send", with(send_answer), http::BodyKind::Upload);
    door.get(router, "/answers/{answer}/file", "plan.read", with(send_file));
}

}
