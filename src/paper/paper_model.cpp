#include "paper/paper_model.hpp"
#include "organization/access.hpp"
#include "paper/words.hpp"
#include <algorithm>

namespace kpuhub::paper {

void InitialLine::describe(view::Visitor& v) const
{
    v.field("name", name);
    v.field("post", post);
    v.field("at", at);
}

void FileLine::describe(view::Visitor& v) const
{
    v.field("edition", edition);
    v.field("media", media);
    v.field("link", link);
    v.field("hash", hash);
    v.field("kilobytes", kilobytes);
}

void StepLine::describe(view::Visitor& v) const
{
    v.field("label", label);
    v.field("detail", detail);
    v.field("done", done);
    v.field("now", now);
}

namespace {

struct WarningLine {
    view::Sentence text;
    void describe(view::Visitor& v) const { v.field("text", text); }
};

}

void PaperPage::describe(view::Visitor& v) const
{
    v.field("heading", heading);
    v.field("unit_name", unit_name);
    v.field("title", title);
    v.field("number", number);
    v.field("place", place);
    v.field("code", code);
    v.field("reason", reason);
    v.field("minutes_number", minutes_number);
    v.field("kind", kind);
    v.field("state", state);
    v.field("size", size);
    v.field("version", version);
    v.field("dated_on", dated_on);
    v.field("minutes_on", minutes_on);
    v.field("revoked_on", revoked_on);
    v.field("today", today);
    v.list("steps", steps);
    v.list("initials", initials);
    std::vector<WarningLine> lines;
    for (auto const& each : warnings)
        lines.push_back({ each });
    v.list("warnings", lines);
    v.list("files", files);
    v.field("writing", writing);
    v.field("failed", failed);
    v.field("self", self);
    v.field("edit", edit);
    v.field("verify", verify);
    v.field("later", later);
    v.field("journal", journal);
    v.field("may_edit", may_edit);
    v.field("may_initial", may_initial);
    v.field("may_agree", may_agree);
    v.field("may_number", may_number);
    v.field("may_sign", may_sign);
    v.field("may_cancel", may_cancel);
    v.field("may_revoke", may_revoke);
    v.field("may_preview", may_preview);
    v.field("to_preview", to_preview);
    v.field("to_initials", to_initials);
    v.field("to_minutes", to_minutes);
    v.field("to_number", to_number);
    v.field("to_original", to_original);
    v.field("to_cancellation", to_cancellation);
    v.field("to_revocation", to_revocation);
    v.field("errors", errors);
    v.field("wrong", wrong);
}

static std::vector<StepLine> steps_of(OfficialPaper const& paper, std::vector<Initialled> const& initials, Kind const* kind)
{
    bool const ended = paper.state >= State::Revoked;
    std::vector<StepLine> steps { { { "paper.step.draft" }, view::plain(paper.title), true } };
    steps.push_back({ { "paper.step.initials" }, {}, !initials.empty() });
    if (!initials.empty())
        steps.back().detail = view::Sentence { "paper.step.initials_by", { static_cast<std::int64_t>(initials.size()) } };
    if (kind != nullptr && kind->needs_minutes)
        steps.push_back({ { "paper.step.minutes" }, paper.minutes_number.empty() ? std::nullopt : std::optional { view::plain(paper.minutes_number) }, !paper.minutes_number.empty() });
    steps.push_back({ { "paper.step.number" }, paper.number.empty() ? std::nullopt : std::optional { view::plain(paper.number) }, !paper.number.empty() });
    steps.push_back({ { "paper.step.sign" }, {}, paper.state == State::Signed || paper.state == State::Revoked });
    if (ended)
        steps.push_back({ { paper.state == State::Revoked ? "paper.step.revoked" : "paper.step.cancelled" }, view::plain(paper.reason), true });
    auto const next = std::ranges::find(steps, false, &StepLine::done);
    if (next != steps.end() && !ended)
        next->now = true;
    return steps;
}

PaperPage paper_page(OfficialPaper const& paper, std::vector<Initialled> const& initials, std::vector<StoredFile> const& files, std::optional<job::Job> const& newest, Kinds const& kinds,
    time::Date today, time::Zone zone)
{
    auto const found = kinds.find(paper.kind);
    auto const* kind = found == kinds.end() ? nullptr : &found->second;
    auto const here = "/papers/" + std::to_string(paper.id.value);
    PaperPage page { paper.number.empty() ? view::Sentence { "paper.heading_draft." + paper.kind } : view::Sentence { "paper.heading." + paper.kind, { paper.number } }, paper.unit_code, paper.unit_name,
        paper.title, paper.number, paper.place, paper.code, paper.reason, paper.minutes_number, { paper.kind, "paper.kind." + paper.kind },
        { std::string { to_text(paper.state) }, "paper.state." + std::string { to_text(paper.state) } }, { paper.size == codec::PaperSize::A4 ? "A4" : "F4", {} }, paper.version, paper.dated_on,
        paper.minutes_on, paper.revoked_on, today };
    page.steps = steps_of(paper, initials, kind);
    for (auto const& each : initials)
        page.initials.push_back({ each.name, each.post, { each.at, zone } });
    if (kind != nullptr && kind->warnings)
        page.warnings = kind->warnings(paper, paper.dated_on.value_or(today));
    for (auto const& each : files)
        if (each.edition != "preview" || paper.in_draft())
            page.files.push_back({ { each.edition, "paper.edition." + each.edition }, each.media, { here + "/files/" + each.edition + "." + each.media }, each.hash, (each.bytes + 1023) / 1024 });
    page.writing = newest && (newest->state == "waiting" || newest->state == "running");
    if (newest && newest->state == "failed")
        page.failed = view::Sentence { newest->fault.empty() ? "codec.pdf_not_written" : newest->fault };
    page.self = { here };
    if (!paper.number.empty())
        page.verify = { "/verify/" + paper.code };
    page.journal = { "/subjects/" + std::to_string(paper.id.value) + "/journal" };
    if (!paper.number.empty() && kind != nullptr && kind->later_address)
        page.later = { kind->later_address(paper) };
    bool const draft = paper.in_draft();
    if (draft && page.place.empty())
        page.place = place_of_office(paper.unit_name);
    page.may_edit = paper.may_manage && draft && kind != nullptr && kind->edit_address;
    if (page.may_edit)
        page.edit = { kind->edit_address(paper) };
    page.may_initial = paper.may_initial && draft;
    page.may_preview = paper.may_initial && draft && !page.writing;
    page.may_agree = paper.may_manage && draft && kind != nullptr && kind->needs_minutes;
    page.may_number = paper.may_manage && draft;
    page.may_sign = paper.may_manage && paper.state == State::Numbered;
    page.may_cancel = paper.may_manage && paper.state < State::Signed;
    page.may_revoke = paper.may_manage && paper.state == State::Signed;
    page.to_preview = { here + "/preview" };
    page.to_initials = { here + "/initials" };
    page.to_minutes = { here + "/minutes" };
    page.to_number = { here + "/number" };
    page.to_original = { here + "/original" };
    page.to_cancellation = { here + "/cancellation" };
    page.to_revocation = { here + "/revocation" };
    return page;
}

void PaperLine::describe(view::Visitor& v) const
{
    v.field("link", link);
    v.field("title", title);
    v.field("number", number);
    v.field("kind", kind);
    v.field("state", state);
    v.field("dated_on", dated_on);
}

void BookLine::describe(view::Visitor& v) const
{
    v.field("number", number);
    v.field("title", title);
    v.field("reason", reason);
    v.field("gap", gap);
    v.field("is_gap", is_gap);
    v.field("cancelled", cancelled);
    v.field("dated_on", dated_on);
    v.field("link", link);
}

void SeriesLine::describe(view::Visitor& v) const
{
    v.field("code", code);
    v.field("title", title);
    v.field("pattern", pattern);
    v.field("example", example);
    v.field("link", link);
    v.field("current", current);
}

void PapersPage::describe(view::Visitor& v) const
{
    v.field("unit_name", unit_name);
    v.field("series_code", series_code);
    v.field("series_title", series_title);
    v.field("year", year);
    v.list("papers", papers);
    v.list("series", series);
    v.list("book", book);
    v.field("may_manage", may_manage);
    v.field("to_series", to_series);
    v.field("to_new", to_new);
}

static BookLine book_line(NumberLine const& line)
{
    if (line.number.empty())
        return { {}, {}, {}, { "paper.book.gap", { line.sequence, line.last } }, true, false, {}, {} };
    auto const link = line.paper ? view::Link { "/papers/" + std::to_string(line.paper.value) } : view::Link {};
    return { line.number, line.title, line.cancelled ? line.cancel_reason : line.reason, {}, false, line.cancelled, line.dated_on, link };
}

PapersPage papers_page(storage::Reader& reader, account::Reader const& who, organization::Unit const& unit, bool may_manage, std::string const& series, int year)
{
    PapersPage page;
    page.unit_name = unit.name;
    page.year = { year };
    page.may_manage = may_manage;
    page.to_series = { "/units/" + unit.code + "/papers/series" };
    page.to_new = { "/units/" + unit.code + "/papers/new" };
    for (auto const& each : papers_of(reader, who.person, who.today, unit.id))
        page.papers.push_back({ { "/papers/" + std::to_string(each.id.value) }, each.title, each.number, { each.kind, "paper.kind." + each.kind },
            { std::string { to_text(each.state) }, "paper.state." + std::string { to_text(each.state) } }, each.dated_on });
    for (auto const& each : series_of(reader, unit.id)) {
        auto const title = who.language == "en" ? each.title_en : each.title_id;
        // What a number looks like is shown to whoever may change it.
        auto const pattern = page.may_manage ? each.pattern : std::string {};
        auto const example = page.may_manage ? number_text(each.pattern, 7, "", unit.code, who.today).value_or(std::string {}) : std::string {};
        page.series.push_back({ each.code, title, pattern, example, { "/units/" + unit.code + "/papers?series=" + each.code }, each.code == series });
        if (each.code == series) {
            page.series_code = each.code;
            page.series_title = title;
        }
    }
    for (auto const& line : number_book(reader, who.person, who.today, unit.id, series, year))
        page.book.push_back(book_line(line));
    return page;
}

}
