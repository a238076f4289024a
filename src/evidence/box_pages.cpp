#include "evidence/evidence_actions.hpp"
#include "evidence/evidence_form.hpp"
#include "evidence/evidence_pages.hpp"
#include "evidence/page_parts.hpp"
#include "evidence/proof_list.hpp"

namespace kpuhub::evidence {

namespace {

constexpr int lines_a_page = 50;
constexpr int rows_to_choose = 60;

struct BoxPage {
    bool whole_office = false;
    bool may_see_office = false;
    std::vector<ProofLine> proofs;
    std::optional<view::EmptyState> nothing {};
    std::optional<view::Link> older {};
    view::Link mine { "/evidence" };
    view::Link office { "/evidence?of=office" };
    view::Link sort { "/evidence/sort" };
    view::Link camera { "/evidence/new?kind=camera" };
    view::Link file { "/evidence/new?kind=file" };
    view::Link address { "/evidence/new?kind=link" };
    view::Link paper { "/evidence/new?kind=reference" };

    void describe(view::Visitor& v) const
    {
        v.field("whole_office", whole_office);
        v.field("may_see_office", may_see_office);
        v.list("proofs", proofs);
        v.field("nothing", nothing);
        v.field("older", older);
        v.field("mine", mine);
        v.field("office", office);
        v.field("sort", sort);
        v.field("camera", camera);
        v.field("file", file);
        v.field("address", address);
        v.field("paper", paper);
    }
};

/// Choosing rows for ticked proofs, or proofs for one row: the same list of things to tick.
struct SortPage {
    std::vector<ProofLine> proofs;
    std::vector<RowLine> rows;
    std::string text;
    bool more = false;                  ///< not all rows are shown: a search helps
    std::optional<view::FieldErrors> errors {};
    view::Link search { "/evidence/sort" };
    view::Link action { "/evidence/links" };
    view::Link back { "/evidence" };

    void describe(view::Visitor& v) const
    {
        v.list("proofs", proofs);
        v.list("rows", rows);
        v.field("text", text);
        v.field("more", more);
        v.field("errors", errors);
        v.field("search", search);
        v.field("action", action);
        v.field("back", back);
    }
};

struct ExistingPage {
    RowLine row;
    std::string part;
    std::string text;
    std::vector<ProofLine> proofs;
    view::Link search, action, back;

    void describe(view::Visitor& v) const
    {
        v.field("row", row);
        v.field("part", part);
        v.field("text", text);
        v.list("proofs", proofs);
        v.field("search", search);
        v.field("action", action);
        v.field("back", back);
    }
};

std::vector<ProofLine> lines_of(std::vector<ProofRow> const& rows, time::Zone zone)
{
    std::vector<ProofLine> lines;
    lines.reserve(rows.size());
    for (auto const& row : rows)
        lines.push_back(line_of(row, zone));
    return lines;
}

std::vector<EvidenceId> ticked(http::Fields const& fields)
{
    std::vector<EvidenceId> ids;
    for (auto const& text : fields.all("evidence"))
        if (auto target = target_of(text))
            ids.push_back({ target->subject.value });
    return ids;
}

view::Notice done_notice(char const* key, std::int64_t count)
{
    return { view::Notice::Kind::Done, { key, { count } } };
}

Result<http::Response> show_box(account::Visit& visit)
{
    auto rights = TRY(must_bring(visit));
    BoxPage page;
    page.whole_office = visit.request.query.text("of") == "office";
    page.may_see_office = rights.may_work_any;
    EvidenceId before { visit.request.query.integer("before").value_or(0) };
    auto rows = TRY(visit.database.read([&](storage::Reader& reader) -> Result<std::vector<ProofRow>> {
        return unsorted(reader, asker_of(visit), visit.reader.unit, page.whole_office ? Whose::Office : Whose::Mine, before, lines_a_page + 1);
    }));
    if (rows.size() > lines_a_page) {
        rows.pop_back();
        page.older = view::Link { (page.whole_office ? "/evidence?of=office&before=" : "/evidence?before=") + std::to_string(rows.back().id.value) };
    }
    page.proofs = lines_of(rows, visit.reader.zone);
    if (page.proofs.empty())
        page.nothing = view::EmptyState { { "evidence.box.empty", {} }, view::Sentence { "evidence.box.empty_why", {} }, page.file, { "evidence.send", {} } };
    auto frame = visit.frame({ "evidence.box.title", {} }, "evidence");
    if (!page.proofs.empty())
        frame.dock.reset();             // the action bar stands in its place
    if (auto sent = visit.request.query.integer("sent"); sent && *sent > 0)
        frame.notice = done_notice("evidence.box.sent", *sent);
    if (auto linked = visit.request.query.integer("linked"); linked && *linked > 0)
        frame.notice = done_notice("evidence.box.linked", *linked);
    return visit.page("evidence/box", page, frame);
}

Result<http::Response> sort_page(account::Visit& visit, SubjectCatalog& catalog, std::vector<EvidenceId> const& ids,
    std::string const& text, Fault const* fault)
{
    constexpr std::size_t most_ticked = 50;
    SortPage page;
    page.text = text;
    TRY_VOID(visit.database.read([&](storage::Reader& reader) -> Result<void> {
        std::vector<ProofRow> proofs;
        for (auto id : ids)
            if (proofs.size() < most_ticked)
                if (auto proof = find(reader, asker_of(visit), id))
                    proofs.push_back(std::move(*proof));
        page.proofs = lines_of(proofs, visit.reader.zone);
        for (auto const& row : catalog.rows_to_prove(reader, visit.reader.person, visit.reader.today, visit.reader.unit, text, rows_to_choose))
            page.rows.push_back(row_line(row));
        return {};
    }));
    if (page.proofs.empty())
        return http::see_other("/evidence");
    page.more = page.rows.size() == rows_to_choose;
    auto frame = visit.frame({ "evidence.sort.title", {} }, "evidence");
    frame.dock.reset();
    frame.crumbs = { { { "evidence.box.title", {} }, { "/evidence" } }, { { "evidence.sort.title", {} }, {} } };
    if (fault)
        frame.notice = view::Notice { view::Notice::Kind::Failed, view::sentence_of(*fault) };
    return visit.page("evidence/sort", page, frame, fault ? http::status_of(fault->kind) : 200);
}

Result<http::Response> show_sort(account::Visit& visit, SubjectCatalog& catalog)
{
    TRY_VOID(must_bring(visit));
    return sort_page(visit, catalog, ticked(visit.request.query), visit.request.query.text("q"), nullptr);
}

Result<http::Response> link_ticked(account::Visit& visit, Surroundings const& around)
{
    auto const& form = visit.request.form;
    auto ids = ticked(form);
    auto targets = targets_of(form);
    auto answer = !targets ? Result<http::Response> { fail(targets.error()) } : visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
        TRY_VOID(link(transaction, visit.act(), around.listener, ids, *targets));
        return "/evidence?linked=" + std::to_string(ids.size());
    });
    if (!answer && (answer.error().kind == FaultKind::Invalid || answer.error().kind == FaultKind::Conflict) && !ids.empty())
        return sort_page(visit, around.catalog, ids, form.text("q"), &answer.error());
    return answer;
}

Result<http::Response> show_existing(account::Visit& visit, SubjectCatalog& catalog)
{
    auto row = TRY(row_in_address(visit, catalog));
    ExistingPage page;
    page.row = row_line(row);
    page.part = row.target.part ? std::to_string(row.target.part.value) : std::string {};
    page.text = visit.request.query.text("q");
    page.search = { row.address + "/evidence/existing" };
    page.action = { row.address + "/evidence/existing" };
    page.back = { row.address };
    auto proofs = TRY(visit.database.read([&](storage::Reader& reader) -> Result<std::vector<ProofRow>> {
        return existing(reader, asker_of(visit), row.unit, page.text, row.target.part ? SubjectId {} : row.target.subject, lines_a_page);
    }));
    page.proofs = lines_of(proofs, visit.reader.zone);
    auto frame = visit.frame({ "evidence.existing.title", {} }, "evidence");
    frame.dock.reset();
    frame.crumbs = { { view::plain(page.row.number + " " + row.title), { row.address } }, { { "evidence.existing.title", {} }, {} } };
    return visit.page("evidence/existing", page, frame);
}

Result<http::Response> link_existing(account::Visit& visit, Surroundings const& around)
{
    auto row = TRY(row_in_address(visit, around.catalog));
    auto ids = ticked(visit.request.form);
    return visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
        TRY_VOID(link(transaction, visit.act(), around.listener, ids, { row.target }));
        return row.address;
    });
}

/// "taken" is "proof:part" of the button that was pressed in the panel.
Result<http::Response> unlink_from_row(account::Visit& visit, Surroundings const& around)
{
    auto row = TRY(row_in_address(visit, around.catalog));
    auto taken = target_of(visit.request.form.text("taken"));
    if (!taken)
        return not_found();
    return visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
        TRY_VOID(unlink(transaction, visit.act(), around.listener, { taken->subject.value }, { row.target.subject, taken->part }));
        return row.address;
    });
}

}

void register_box_pages(account::Door const& door, http::Router& router, Surroundings const& around)
{
    auto bring = "evidence.bring";
    door.get<BoxPage>(router, "/evidence", bring, show_box);
    door.get<SortPage>(router, "/evidence/sort", bring, [around](account::Visit& visit) { return show_sort(visit, around.catalog); });
    door.post(router, "/evidence/links", bring, [around](account::Visit& visit) { return link_ticked(visit, around); });
    door.get<ExistingPage>(router, "/deliverables/{id}/evidence/existing", bring, [around](account::Visit& visit) { return show_existing(visit, around.catalog); });
    door.post(router, "/deliverables/{id}/evidence/existing", bring, [around](account::Visit& visit) { return link_existing(visit, around); });
    door.post(router, "/deliverables/{id}/evidence/end", bring, [around](account::Visit& visit) { return unlink_from_row(visit, around); });
}

}
