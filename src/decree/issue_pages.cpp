#include "decree/issue_pages.hpp"
#include "account/form.hpp"
#include "decree/issue.hpp"
#include "organization/access.hpp"
#include "organization/unit_access.hpp"
#include "paper/signers.hpp"
#include "plan/page_office.hpp"
#include "view/parts.hpp"

namespace kpuhub::decree {

struct StartPage {
    std::string unit_name;
    view::Year year {};
    bool may_manage = false;
    view::Link action, board;
    void describe(view::Visitor& v) const
    {
        v.field("unit_name", unit_name);
        v.field("year", year);
        v.field("may_manage", may_manage);
        v.field("action", action);
        v.field("board", board);
    }
};

struct WarningLine {
    view::Sentence text;
    void describe(view::Visitor& v) const { v.field("text", text); }
};

struct WordingPage {
    std::string title;
    std::int64_t version = 0;
    view::Link action, back;
    std::string subject, considering, legal_basis, noting, dicta;
    std::vector<std::string> offered {};
    std::vector<WarningLine> warnings {};
    paper::SignerFields signatory {}, certifier {};
    bool a4 = false;
    std::optional<view::FieldErrors> errors {};
    void describe(view::Visitor& v) const
    {
        v.field("title", title);
        v.field("version", version);
        v.field("action", action);
        v.field("back", back);
        v.field("subject", subject);
        v.field("considering", considering);
        v.field("legal_basis", legal_basis);
        v.field("noting", noting);
        v.field("dicta", dicta);
        v.list("offered", offered);
        v.list("warnings", warnings);
        v.field("signatory", signatory);
        v.field("certifier", certifier);
        v.field("a4", a4);
        v.field("errors", errors);
    }
};

static std::string lines(std::vector<std::string> const& entries)
{
    std::string text;
    for (auto const& each : entries)
        text += each + "\n";
    return text;
}

static std::vector<std::string> entries(std::string const& text)
{
    std::vector<std::string> made;
    for (std::size_t at = 0; at < text.size();) {
        auto const end = std::min(text.find('\n', at), text.size());
        auto const first = text.find_first_not_of(" \t\r", at);
        auto const last = end == 0 ? end : text.find_last_not_of(" \t\r", end - 1);
        if (first != std::string::npos && first < end)
            made.push_back(text.substr(first, last - first + 1));
        at = end + 1;
    }
    return made;
}

static PaperId paper_id(http::Request const& request) { return { account::number_of(request.parameter("paper")) }; }

static Result<http::Response> show_decree(account::Visit& visit)
{
    struct Found {
        StartPage page;
        std::string address;
    };
    auto const found = TRY(visit.database.read([&](storage::Reader& reader) -> Result<Found> {
        auto const unit = TRY(organization::unit_for(reader, visit.reader.person, visit.reader.today, visit.request.parameter("unit"), "plan.read"));
        auto const year = TRY(plan::page_year(visit));
        auto const plan = TRY(plan_id_of(reader, unit.id, year));
        for (auto const& paper : paper::papers_about(reader, visit.reader.person, visit.reader.today, plan, paper_kind))
            if (paper.state < paper::State::Revoked)
                return Found { {}, "/papers/" + std::to_string(paper.id.value) };
        auto const board = "/units/" + unit.code + "/plans/" + std::to_string(year);
        return Found { { unit.name, { year }, organization::may(reader, visit.reader.person, visit.reader.today, unit.id, "plan.manage"), { board + "/decree" }, { board } }, {} };
    }));
    if (!found.address.empty())
        return http::see_other(found.address);
    return visit.page("decree/start", found.page, visit.frame({ "decree.paper.start", { found.page.year } }, "plans"));
}

static Result<http::Response> start(account::Visit& visit)
{
    auto const year = TRY(plan::page_year(visit));
    auto const unit = TRY(visit.database.read([&](storage::Reader& reader) {
        return organization::unit_for(reader, visit.reader.person, visit.reader.today, visit.request.parameter("unit"), "plan.read");
    }));
    auto const act = visit.act();
    return visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
        return "/papers/" + std::to_string(TRY(start_decree(transaction, act, unit.id, year)).value);
    });
}

static Result<paper::OfficialPaper> decree_to_edit(account::Visit& visit)
{
    auto const paper = TRY(visit.database.read([&](storage::Reader& reader) { return paper::find_paper(reader, visit.reader.person, visit.reader.today, paper_id(visit.request)); }));
    if (paper.kind != paper_kind)
        return not_found();
    if (!paper.may_manage)
        return forbidden("plan.manage.forbidden");
    return paper;
}

static Result<http::Response> show_wording(account::Visit& visit)
{
    auto const paper = TRY(decree_to_edit(visit));
    auto const wording = TRY(wording_from_json(paper.content));
    auto const here = "/papers/" + std::to_string(paper.id.value);
    WordingPage page { paper.title, paper.version, { here + "/wording" }, { here }, wording.subject, lines(wording.considering), lines(wording.legal_basis), lines(wording.noting), lines(wording.dicta) };
    page.offered = offered_rules(wording.legal_basis, visit.reader.today);
    for (auto const& each : decree_kind().warnings(paper, visit.reader.today))
        page.warnings.push_back({ each });
    page.signatory = paper::signer_fields("signatory", { "decree.paper.signatory" }, wording.signatory);
    page.certifier = paper::signer_fields("certifier", { "decree.paper.certifier" }, wording.certifier);
    page.a4 = paper.size == codec::PaperSize::A4;
    auto frame = visit.frame({ "decree.paper.wording" }, "plans");
    frame.crumbs = { { view::plain(paper.title), { here } }, { { "decree.paper.wording" }, {} } };
    return visit.page("decree/wording", page, frame);
}

static Result<http::Response> keep_wording(account::Visit& visit)
{
    auto const paper = TRY(decree_to_edit(visit));
    auto const& form = visit.request.form;
    Wording const wording { form.text("subject"), entries(form.text("considering")), entries(form.text("legal_basis")), entries(form.text("noting")), entries(form.text("dicta")),
        paper::signer_in(form, "signatory"), paper::signer_in(form, "certifier") };
    auto const act = visit.act();
    auto const size = form.text("size") == "A4" ? codec::PaperSize::A4 : codec::PaperSize::F4;
    return visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
        TRY_VOID(save_wording(transaction, act, paper.id, form.integer("version").value_or(0), wording, size, form.text("for_office") == "1"));
        return "/papers/" + std::to_string(paper.id.value);
    });
}

void register_issue_pages(account::Door const& door, http::Router& router)
{
    door.get<StartPage>(router, "/units/{unit}/plans/{year}/decree", "plan.read", show_decree);
    door.post(router, "/units/{unit}/plans/{year}/decree", "plan.manage", start);
    door.get<WordingPage>(router, "/papers/{paper}/wording", "plan.manage", show_wording);
    door.post(router, "/papers/{paper}/wording", "plan.manage", keep_wording);
}

}
