#include "account/form.hpp"
#include "organization/access.hpp"
#include "organization/handover.hpp"
#include "organization/unit_access.hpp"
#include "paper/paper.hpp"
#include "report/form_model.hpp"
#include "report/issue.hpp"
#include "report/report_pages.hpp"
#include "view/words.hpp"
#include <algorithm>

namespace kpuhub::report {

namespace {

PaperId paper_id(http::Request const& request) { return { account::number_of(request.parameter("paper")) }; }

Result<NewPage> new_page(account::Visit& visit)
{
    auto const& who = visit.reader;
    auto const& given = visit.request.method == http::Method::Post ? visit.request.form : visit.request.query;
    auto const kind = given.text("kind");
    auto const usual = reported_on(who.today);
    auto const code = given.text("period").empty() ? usual.code : given.text("period");
    return visit.database.read([&](storage::Reader& reader) -> Result<NewPage> {
        auto const unit = TRY(organization::unit_for(reader, who.person, who.today, visit.request.parameter("unit"), "plan.read"));
        if (!organization::may(reader, who.person, who.today, unit.id, "plan.manage"))
            return forbidden("plan.manage.forbidden");
        NewPage page { unit.name, { "/units/" + unit.code + "/papers/new" }, { "/units/" + unit.code + "/papers" } };
        page.year = given.integer("year").value_or(usual.year);
        for (auto const& form : form_definitions())
            page.kinds.push_back({ form.code, { "paper.kind." + form.code }, { "report.about." + form.code }, kind.empty() ? page.kinds.empty() : form.code == kind });
        for (auto const& each : period_kinds())
            page.periods.push_back({ each.code, { "report.period." + each.code }, each.code == code });
        for (auto const& line : organization::handovers_of(reader, who.person, who.today, unit.id))
            page.handovers.push_back({ std::to_string(line.id.value), line.from_name + " → " + line.to_name + ", " + view::short_date(line.on, view::Language::Indonesian) });
        return page;
    });
}

http::Response shown(account::Visit& visit, NewPage const& page, int status)
{
    auto frame = visit.frame({ "report.new.title" }, "plans");
    frame.crumbs = { { { "paper.crumb" }, page.back }, { { "report.new.title" }, {} } };
    return visit.page("report/new", page, frame, status);
}

Result<http::Response> show_new(account::Visit& visit) { return shown(visit, TRY(new_page(visit)), 200); }

Result<http::Response> start(account::Visit& visit)
{
    auto const unit = TRY(visit.database.read([&](storage::Reader& reader) {
        return organization::unit_for(reader, visit.reader.person, visit.reader.today, visit.request.parameter("unit"), "plan.read");
    }));
    auto const& form = visit.request.form;
    NewReport const wanted { unit.id, form.text("kind"), static_cast<int>(std::clamp<std::int64_t>(form.integer("year").value_or(visit.reader.today.year()), 0, 9999)), form.text("period"),
        { form.integer("handover").value_or(0) } };
    auto const act = visit.act();
    auto outcome = visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
        return "/papers/" + std::to_string(TRY(start_report(transaction, act, wanted)).value) + "/form";
    });
    if (outcome || visit.request.wants_json || (outcome.error().kind != FaultKind::Invalid && outcome.error().kind != FaultKind::Conflict))
        return outcome;
    auto page = TRY(new_page(visit));
    page.errors = view::field_errors(outcome.error());
    if (!page.errors)
        page.wrong = view::sentence_of(outcome.error());
    return shown(visit, page, http::status_of(outcome.error().kind));
}

struct Editing {
    paper::OfficialPaper paper {};
    FormDefinition const* form = nullptr;
    Content content {};
    Records records {};
};

Result<Editing> editing(account::Visit& visit)
{
    return visit.database.read([&](storage::Reader& reader) -> Result<Editing> {
        Editing found { TRY(paper::find_paper(reader, visit.reader.person, visit.reader.today, paper_id(visit.request))) };
        found.form = form_definition(found.paper.kind);
        if (found.form == nullptr)
            return not_found();
        if (!found.paper.may_manage)
            return forbidden("plan.manage.forbidden");
        found.content = TRY(content_from_json(found.paper.content));
        if (found.form->period)
            found.records = live_records(reader, found.paper.unit, found.content.year, visit.reader.today);
        return found;
    });
}

view::Sentence signer_heading(Signer const& signer, std::size_t at)
{
    if (signer.heading.empty())
        return { "report.form.signer", { static_cast<std::int64_t>(at + 1) } };
    auto words = signer.heading.substr(signer.heading.rfind('\n') + 1);
    if (words.ends_with(','))
        words.pop_back();
    return view::plain(words);
}

ReportForm form_of(Editing const& found, account::Visit const& visit)
{
    auto const here = "/papers/" + std::to_string(found.paper.id.value);
    auto const& content = found.content;
    ReportForm page { { "paper.kind." + found.paper.kind }, found.paper.title, found.paper.version, { here + "/form" }, { here } };
    for (auto const& rule : found.form->fields)
        page.fields.push_back({ rule.name, visit.reader.language == "en" ? rule.label_en : rule.label_id, content.text(rule.name), rule.type == "lines", rule.type == "date" });
    if (auto const span = period(content.year, content.period); found.form->period && span)
        for (auto const* due : unfinished_in(found.records, *span)) {
            auto const* row = found.records.row_of(due->node);
            auto const typed = content.reasons.find(due->id.value);
            page.reasons.push_back({ "reason_" + std::to_string(due->id.value), row_title(found.records, *row), standing(found.records, *due), row->owner,
                typed == content.reasons.end() ? due->reason : typed->second });
        }
    for (std::size_t i = 0; i < content.signers.size(); ++i)
        page.signers.push_back(paper::signer_fields("signer" + std::to_string(i), signer_heading(content.signers[i], i), content.signers[i].who));
    page.a4 = found.paper.size == codec::PaperSize::A4;
    return page;
}

http::Response shown(account::Visit& visit, ReportForm const& page, int status)
{
    auto frame = visit.frame(page.heading, "plans");
    frame.crumbs = { { page.heading, page.back }, { { "report.form.title" }, {} } };
    return visit.page("report/form", page, frame, status);
}

Result<http::Response> show_form(account::Visit& visit) { return shown(visit, form_of(TRY(editing(visit)), visit), 200); }

/// The content as the form sends it; dates that are none are a fault of their field.
Result<Content> content_in(http::Request const& request, Editing const& found)
{
    auto content = found.content;
    std::vector<FieldFault> wrong;
    for (auto const& rule : found.form->fields) {
        auto text = request.form.text(rule.name);
        if (rule.type == "date" && !text.empty()) {
            auto const day = account::day_in(request, rule.name);
            if (day)
                text = day->iso();
            else
                wrong.push_back({ rule.name, "people.day_wrong" });
        }
        content.texts[rule.name] = text;
    }
    for (auto const& [name, value] : request.form.pairs())
        if (name.starts_with("reason_"))
            content.reasons[account::number_of(std::string_view { name }.substr(7))] = value;
    content.reasons.erase(0);
    for (std::size_t i = 0; i < content.signers.size(); ++i)
        content.signers[i].who = paper::signer_in(request.form, "signer" + std::to_string(i));
    if (!wrong.empty())
        return invalid("people.wrong", wrong);
    return content;
}

Result<http::Response> keep_form(account::Visit& visit)
{
    auto found = TRY(editing(visit));
    auto const act = visit.act();
    auto const content = content_in(visit.request, found);
    auto const size = visit.request.form.text("size") == "A4" ? codec::PaperSize::A4 : codec::PaperSize::F4;
    auto outcome = visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
        auto const wanted = TRY(content);
        TRY_VOID(save_report(transaction, act, found.paper.id, visit.request.form.integer("version").value_or(0), wanted, size));
        TRY_VOID(paper::ask_preview(transaction, act, found.paper.id));
        return "/papers/" + std::to_string(found.paper.id.value);
    });
    if (outcome || visit.request.wants_json || (outcome.error().kind != FaultKind::Invalid && outcome.error().kind != FaultKind::Conflict))
        return outcome;
    for (auto const& rule : found.form->fields)          // what was typed stays
        found.content.texts[rule.name] = visit.request.form.text(rule.name);
    auto page = form_of(found, visit);
    page.errors = view::field_errors(outcome.error());
    if (!page.errors)
        page.wrong = view::sentence_of(outcome.error());
    return shown(visit, page, http::status_of(outcome.error().kind));
}

view::Choice state_choice(plan::State state)
{
    auto const code = std::string { plan::to_text(state) };
    return { code, "plan.state." + code };
}

void put_rows(LaterPage& page, Records const& before, Records const& now)
{
    for (auto const& due : before.dues) {
        if (before.apart(due))
            continue;
        auto const current = std::ranges::find(now.dues, due.id, &plan::Deliverable::id);
        LaterRow row { row_title(before, *before.row_of(due.node)), state_choice(due.state), state_choice(due.state), due.note, due.note, due.proofs, due.proofs, current == now.dues.end(),
            { "/deliverables/" + std::to_string(due.id.value) } };
        if (!row.gone && current->state == due.state && current->note == due.note && current->proofs == due.proofs) {
            ++page.same;
            continue;
        }
        if (row.gone) {
            row.link = {};
        } else {
            row.now = state_choice(current->state);
            row.note_now = current->note;
            row.proofs_now = current->proofs;
        }
        page.rows.push_back(std::move(row));
    }
}

Result<http::Response> show_later(account::Visit& visit)
{
    auto const page = TRY(visit.database.read([&](storage::Reader& reader) -> Result<LaterPage> {
        auto const paper = TRY(paper::find_paper(reader, visit.reader.person, visit.reader.today, paper_id(visit.request)));
        auto const before = TRY(snapshot_of(reader, paper.id));
        auto const now = live_records(reader, paper.unit, before.plan.year, visit.reader.today);
        LaterPage made { { "paper.heading." + paper.kind, { paper.number } }, paper.title, before.as_of, visit.reader.today };
        put_rows(made, before, now);
        auto const then_all = in_all(by_area(before)), now_all = in_all(by_area(now));
        made.verified_before = then_all.verified;
        made.verified_now = now_all.verified;
        made.late_before = then_all.late;
        made.late_now = now_all.late;
        made.back = { "/papers/" + std::to_string(paper.id.value) };
        return made;
    }));
    auto frame = visit.frame({ "report.later.title" }, "plans");
    frame.crumbs = { { page.heading, page.back }, { { "report.later.title" }, {} } };
    return visit.page("report/later", page, frame);
}

}

void register_form_pages(account::Door const& door, http::Router& router)
{
    door.get<NewPage>(router, "/units/{unit}/papers/new", "plan.manage", show_new);
    door.post(router, "/units/{unit}/papers/new", "plan.manage", start);
    door.get<ReportForm>(router, "/papers/{paper}/form", "plan.manage", show_form);
    door.post(router, "/papers/{paper}/form", "plan.manage", keep_form);
    door.get<LaterPage>(router, "/papers/{paper}/later", "plan.read", show_later);
}

}
