#include "codec/clean_child.hpp"
#include "evidence/evidence_actions.hpp"
#include "evidence/evidence_form.hpp"
#include "evidence/evidence_pages.hpp"
#include "evidence/page_parts.hpp"
#include "evidence/proof_list.hpp"
#include "journal/journal.hpp"

namespace kpuhub::evidence {

namespace {

constexpr int events_shown = 30;

struct HistoryLine {
    view::Moment at;
    view::Sentence words;
    void describe(view::Visitor& v) const
    {
        v.field("at", at);
        v.field("words", words);
    }
};

struct ProofPage {
    ProofLine proof;
    std::int64_t version = 0;
    view::Moment brought_at;
    std::string brought_by;
    std::optional<time::Date> covers_from {};
    std::optional<time::Date> covers_to {};
    std::optional<view::Link> download {};
    std::optional<view::Link> original {};
    std::optional<view::Link> outside {};
    view::Link record {};               ///< of a proof that is a record
    std::vector<RowLine> rows;
    std::vector<HistoryLine> history;
    bool may_change = false;
    bool may_discard = false;
    bool may_release = false;
    bool may_hide = false;
    view::Link change, release, hide, discard, unlink, sort;
    std::optional<view::FieldErrors> errors {};

    void describe(view::Visitor& v) const
    {
        v.field("proof", proof);
        v.field("version", version);
        v.field("brought_at", brought_at);
        v.field("brought_by", brought_by);
        v.field("covers_from", covers_from);
        v.field("covers_to", covers_to);
        v.field("download", download);
        v.field("original", original);
        v.field("outside", outside);
        v.field("record", record);
        v.list("rows", rows);
        v.list("history", history);
        v.field("may_change", may_change);
        v.field("may_discard", may_discard);
        v.field("may_release", may_release);
        v.field("may_hide", may_hide);
        v.field("change", change);
        v.field("release", release);
        v.field("hide", hide);
        v.field("discard", discard);
        v.field("unlink", unlink);
        v.field("sort", sort);
        v.field("errors", errors);
    }
};

std::string own_address(ProofRow const& proof) { return "/evidence/" + std::to_string(proof.id.value); }

void add_doors(ProofPage& page, ProofRow const& proof)
{
    auto own = own_address(proof);
    page.may_change = proof.may_change;
    page.may_discard = proof.may_change && proof.links == 0;
    page.may_release = proof.may_release && !proof.released && proof.ready() && proof.links > 0;
    page.may_hide = proof.may_release && proof.released;
    page.change = { own };
    page.release = { own + "/release" };
    page.hide = { own + "/release/end" };
    page.discard = { own + "/end" };
    page.unlink = { own + "/links/end" };
    page.sort = { "/evidence/sort?evidence=" + std::to_string(proof.id.value) };
    if (!proof.file.shown_hash.empty())
        page.download = view::Link { own + "/file" };
    bool other_original = !proof.file.original_hash.empty() && proof.file.original_hash != proof.file.shown_hash;
    if (other_original && (proof.may_change || proof.may_release))
        page.original = view::Link { own + "/original" };
    if (proof.kind == Kind::Link)
        page.outside = view::Link { proof.address };
    if (proof.kind == Kind::Record)
        page.record = { "/records/" + std::to_string(proof.record.value) };
}

Result<http::Response> answer(account::Visit& visit, SubjectCatalog& catalog, ProofRow const& proof, Fault const* fault)
{
    ProofPage page;
    page.proof = line_of(proof, visit.reader.zone);
    page.version = proof.version;
    page.brought_at = { proof.brought_at, visit.reader.zone };
    page.brought_by = proof.brought_by_name;
    page.covers_from = proof.covers_from;
    page.covers_to = proof.covers_to;
    add_doors(page, proof);
    TRY_VOID(visit.database.read([&](storage::Reader& reader) -> Result<void> {
        for (auto const& row : catalog.rows_proved_by(reader, visit.reader.person, visit.reader.today, proof.id)) {
            page.rows.push_back(row_line(row));
            page.rows.back().may_unlink = proof.may_change && row.state != "verified";
        }
        for (auto const& event : journal::of_subject(reader, subject_of(proof.id), {}, events_shown))
            page.history.push_back({ { event.at, visit.reader.zone }, { "evidence.event." + event.kind.substr(event.kind.find('.') + 1), { event.actor_name } } });
        return {};
    }));
    auto frame = visit.frame(view::plain(proof.title), "evidence");
    frame.crumbs = { { { "evidence.box.title", {} }, { "/evidence" } }, { view::plain(proof.title), {} } };
    if (fault) {
        page.errors = view::field_errors(*fault);
        frame.notice = view::Notice { view::Notice::Kind::Failed, view::sentence_of(*fault) };
    }
    return visit.page("evidence/proof", page, frame, fault ? http::status_of(fault->kind) : 200);
}

Result<http::Response> show(account::Visit& visit, SubjectCatalog& catalog)
{
    return answer(visit, catalog, TRY(proof_in_address(visit)), nullptr);
}

/// What the form asked for, or the page again with the reason why not.
Result<http::Response> or_page(account::Visit& visit, SubjectCatalog& catalog, Result<http::Response> done)
{
    if (done || (done.error().kind != FaultKind::Invalid && done.error().kind != FaultKind::Conflict))
        return done;
    return answer(visit, catalog, TRY(proof_in_address(visit)), &done.error());
}

Result<http::Response> change(account::Visit& visit, SubjectCatalog& catalog)
{
    auto proof = TRY(proof_in_address(visit));
    auto typed = proof_of(sending_of(visit.request.form));
    if (!typed)
        return or_page(visit, catalog, fail(typed.error()));
    auto version = visit.request.form.integer("version").value_or(0);
    return or_page(visit, catalog, visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
        TRY_VOID(correct(transaction, visit.act(), proof.id, version, { typed->title, typed->effective_on, typed->covers_from, typed->covers_to }));
        return own_address(proof);
    }));
}

/// A PDF with script or attached files is not shown to the public; the child looks, outside the transaction.
Result<void> must_be_harmless(FilePlaces const& files, AccountId account, ProofRow const& proof)
{
    if (proof.kind != Kind::File || proof.file.media_type != "application/pdf" || proof.file.shown_hash.empty())
        return {};
    auto path = TRY(files.blobs.path_of(proof.file.shown_hash));
    auto found = TRY(codec::clean_file_in_child(path, "x.pdf", cleaning_for(files, account)));
    if (found.active)
        return invalid("evidence.release.active");
    return {};
}

Result<http::Response> set_audience(account::Visit& visit, Surroundings const& around, Audience audience)
{
    auto proof = TRY(proof_in_address(visit));
    if (audience == Audience::Public && proof.may_release)
        if (auto harmless = must_be_harmless(around.files, visit.reader.account, proof); !harmless)
            return or_page(visit, around.catalog, fail(harmless.error()));
    auto version = visit.request.form.integer("version").value_or(0);
    return or_page(visit, around.catalog, visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
        TRY_VOID(release(transaction, visit.act(), proof.id, version, audience));
        return own_address(proof);
    }));
}

Result<http::Response> throw_away(account::Visit& visit, SubjectCatalog& catalog)
{
    auto id = TRY(id_in_address<EvidenceTag>(visit));
    auto version = visit.request.form.integer("version").value_or(0);
    return or_page(visit, catalog, visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
        TRY_VOID(discard(transaction, visit.act(), id, version));
        return "/evidence";
    }));
}

Result<http::Response> unlink_row(account::Visit& visit, Surroundings const& around)
{
    auto proof = TRY(proof_in_address(visit));
    auto target = target_of(visit.request.form.text("target"));
    if (!target)
        return not_found();
    return or_page(visit, around.catalog, visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
        TRY_VOID(unlink(transaction, visit.act(), around.listener, proof.id, *target));
        return own_address(proof);
    }));
}

}

void register_proof_pages(account::Door const& door, http::Router& router, Surroundings const& around)
{
    door.get<ProofPage>(router, "/evidence/{id}", "plan.read", [around](account::Visit& visit) { return show(visit, around.catalog); });
    door.post(router, "/evidence/{id}", "evidence.bring", [around](account::Visit& visit) { return change(visit, around.catalog); });
    door.post(router, "/evidence/{id}/release", "evidence.release", [around](account::Visit& visit) { return set_audience(visit, around, Audience::Public); });
    door.post(router, "/evidence/{id}/release/end", "evidence.release", [around](account::Visit& visit) { return set_audience(visit, around, Audience::Office); });
    door.post(router, "/evidence/{id}/end", "evidence.bring", [around](account::Visit& visit) { return throw_away(visit, around.catalog); });
    door.post(router, "/evidence/{id}/links/end", "evidence.bring", [around](account::Visit& visit) { return unlink_row(visit, around); });
}

}
