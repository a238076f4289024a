#include "report/issue.hpp"
#include "organization/access.hpp"
#include "organization/handover.hpp"
#include "organization/unit.hpp"
#include "paper/signers.hpp"
#include "paper/words.hpp"
#include <algorithm>

namespace kpuhub::report {

using storage::Query;

constexpr Query keep_snapshot { "report.keep_snapshot", "INSERT INTO report_snapshot (paper_id, taken_on, taken_at, earlier_id, content) VALUES ($1, $2, $3, $4, $5)" };
constexpr Query kept_snapshot { "report.snapshot", "SELECT content, earlier_id FROM report_snapshot WHERE paper_id = $1" };
constexpr Query issued_reports { "report.issued", R"sql(
    SELECT o.subject_id, o.content FROM official_paper o JOIN report_snapshot r ON r.paper_id = o.subject_id
     WHERE o.unit_id = $1 AND o.paper_kind = 'monitoring' AND o.void = 0 AND o.subject_id <> $2 ORDER BY r.taken_at DESC, o.subject_id DESC LIMIT 24 )sql" };
constexpr Query issued_report { "report.issued_by_id", R"sql(
    SELECT o.number, o.dated_on, o.content, r.content FROM official_paper o JOIN report_snapshot r ON r.paper_id = o.subject_id WHERE o.subject_id = $1 )sql" };

static Signer signer_for(std::string const& role, std::string const& heading, std::vector<paper::OfficeSigner> const& all, std::string const& office)
{
    auto const found = std::ranges::find(all, role, &paper::OfficeSigner::kind);
    if (found != all.end())
        return { heading, found->who };
    auto const post = role == "chair" ? "Ketua " + office : role == "secretary" ? "Sekretaris " + office : role == "head" ? std::string { "Kepala Subbagian" } : std::string {};
    return { heading, { post } };
}

static std::vector<Signer> signers_for(FormDefinition const& form, std::vector<paper::OfficeSigner> const& all, std::string const& office)
{
    std::vector<Signer> made;
    for (auto const& rule : form.signers) {
        if (rule.role != "members") {
            made.push_back(signer_for(rule.role, rule.heading, all, office));
            continue;
        }
        made.push_back(signer_for("chair", rule.heading, all, office));
        for (auto const& each : all)
            if (each.kind == "member")
                made.push_back({ rule.heading, each.who });
    }
    return made;
}

static std::string people_lines(std::vector<paper::OfficeSigner> const& all)
{
    std::string lines;
    for (auto const& each : all)
        lines += each.who.name + " | " + each.title + "\n";
    return lines;
}

/// What a handover moved, as fields of its record. Errors: NotFound.
static Result<void> put_handover(storage::Reader& reader, journal::Act const& act, NewReport const& wanted, Content& content)
{
    auto const handover = TRY(organization::handover_by_id(reader, act.actor, act.today, wanted.unit, wanted.handover));
    content.texts["first"] = handover.from_name;
    content.texts["second"] = handover.to_name;
    content.texts["held_on"] = handover.facts.on.iso();
    content.texts["basis"] = handover.facts.reason;
    std::string lines;
    for (auto const& item : handover.items)
        lines += item.title + " | " + item.detail + (item.due_on ? " | " + paper::printed_date(*item.due_on) : "") + "\n";
    content.texts["items"] = lines;
    if (content.signers.size() > 1) {
        content.signers[0].who.name = handover.from_name;
        content.signers[1].who.name = handover.to_name;
    }
    return {};
}

static Result<Content> first_content(storage::Reader& reader, journal::Act const& act, FormDefinition const& form, NewReport const& wanted, std::string const& unit_name)
{
    Content content { wanted.year, form.period ? wanted.period : std::string {} };
    auto const all = paper::signers_of(reader, wanted.unit, unit_name, act.today);
    content.signers = signers_for(form, all, paper::office_name(unit_name));
    for (auto const& field : form.fields)
        content.texts[field.name] = field.type == "date" ? act.today.iso() : field.start == "people" ? people_lines(all) : filled(field.start, content, { unit_name });
    if (form.handover && wanted.handover)
        TRY_VOID(put_handover(reader, act, wanted, content));
    return content;
}

Result<PaperId> start_report(storage::Transaction& transaction, journal::Act const& act, NewReport const& wanted)
{
    auto const* form = form_definition(wanted.kind);
    if (form == nullptr)
        return not_found();
    if (act.actor && !organization::may(transaction, act.actor, act.today, wanted.unit, "plan.manage"))
        return organization::may(transaction, act.actor, act.today, wanted.unit, "plan.read") ? Result<PaperId> { forbidden("plan.manage.forbidden") } : Result<PaperId> { not_found() };
    if (wanted.year < 2000 || wanted.year > 2100)
        return invalid("report.year", { { "year", "report.year" } });
    if (form->period && !period(wanted.year, wanted.period))
        return invalid("report.period", { { "period", "report.period" } });
    auto const unit = TRY(organization::unit_by_id(transaction, wanted.unit, act.today));
    auto const content = TRY(first_content(transaction, act, *form, wanted, unit.name));
    auto const once = form->period ? std::to_string(wanted.year) + "-" + wanted.period : std::string {};
    return paper::create(transaction, act, { wanted.unit, wanted.kind, {}, once, title_of(*form, content, unit.name), to_json(content), codec::PaperSize::F4 });
}

Result<void> save_report(storage::Transaction& transaction, journal::Act const& act, PaperId id, std::int64_t shown_version, Content const& content, codec::PaperSize size)
{
    auto const paper = TRY(paper::find_paper(transaction, act.actor, act.today, id));
    auto const* form = form_definition(paper.kind);
    if (form == nullptr)
        return not_found();
    return paper::save_content(transaction, act, id, shown_version, title_of(*form, content, paper.unit_name), to_json(content), size);
}

Result<Records> snapshot_of(storage::Reader& reader, PaperId id)
{
    auto const kept = reader.first(kept_snapshot, id);
    if (!kept)
        return not_found();
    return records_from_json(kept->text(0));
}

/// "State as of" of the paper; of those without it (monitoring) today, or for the preview written by a job the day on which it was written last.
Result<Records> records_of(storage::Reader& reader, paper::OfficialPaper const& paper, Content const& content, time::Date today)
{
    if (!paper.number.empty())
        return snapshot_of(reader, paper.id);
    return live_records(reader, paper.unit, content.year, time::Date::from_iso(content.text("on")).value_or(today));
}

/// The report issued last among those of an earlier period, as far as it speaks of one that ended before.
static PaperId report_before(storage::Reader& reader, paper::OfficialPaper const& paper, Content const& content)
{
    auto const own = period(content.year, content.period);
    PaperId best {};
    time::Date best_until {};
    for (auto const& row : reader.query(issued_reports, paper.unit, paper.id)) {
        auto const other = content_from_json(row.text(1));
        auto const span = other ? period(other->year, other->period) : std::nullopt;
        if (own && span && span->until() < own->until() && span->until() > best_until) {
            best = row.id<PaperTag>(0);
            best_until = span->until();
        }
    }
    return best;
}

static Result<std::optional<Earlier>> earlier_of(storage::Reader& reader, paper::OfficialPaper const& paper, Content const& content)
{
    auto const kept = reader.first(kept_snapshot, paper.id);
    auto const id = kept ? kept->id<PaperTag>(1) : report_before(reader, paper, content);
    auto const row = id ? reader.first(issued_report, id) : std::nullopt;
    if (!row)
        return std::optional<Earlier> {};
    auto other = TRY(content_from_json(row->text(2)));
    auto const span = period(other.year, other.period).value_or(Period { other.year, "Y" });
    auto records = TRY(records_from_json(row->text(3)));
    return std::optional { Earlier { row->text(0), row->optional_date(1).value_or(time::Date {}), span, std::move(other), std::move(records) } };
}

static Result<codec::Paper> make(storage::Reader& reader, paper::OfficialPaper const& paper, paper::Edition edition, std::string const& public_url)
{
    auto const* form = form_definition(paper.kind);
    if (form == nullptr)
        return not_found();
    auto const content = TRY(content_from_json(paper.content));
    bool const draft = edition == paper::Edition::Preview;
    auto const settings = organization::unit_settings(reader, paper.unit);
    auto const address = settings.find(paper::address_setting);
    Facts const facts { paper.unit_name, paper.number, paper.dated_on, paper.place, edition, paper.size, public_url, draft ? std::string {} : paper.code,
        draft ? paper::initials_of(reader, paper.id) : std::vector<paper::Initialled> {}, paper::address_lines(address == settings.end() ? "" : address->second) };
    if (!form->records)
        return form_paper(*form, content, facts);
    auto const fallback = period(content.year, content.period).value_or(Period { content.year, "Y" }).until();
    auto const records = TRY(records_of(reader, paper, content, fallback));
    if (paper.kind == "monitoring")
        return monitoring_paper(records, content, facts, TRY(earlier_of(reader, paper, content)));
    return paper.kind == "plan_matrix" ? matrix_paper(records, content, facts) : pleno_paper(records, content, facts);
}

Result<codec::Paper> pleno_of(storage::Reader& reader, PersonId person, time::Date today, UnitId unit, std::string const& unit_name, int year)
{
    if (!organization::may(reader, person, today, unit, "plan.read"))
        return not_found();
    auto const& form = *form_definition("pleno_material");
    Content content;
    content.year = year;
    content.signers = signers_for(form, paper::signers_of(reader, unit, unit_name, today), paper::office_name(unit_name));
    return pleno_paper(live_records(reader, unit, year, today), content, { unit_name, {}, {}, {}, paper::Edition::Final });
}

static Result<void> check(storage::Transaction& transaction, journal::Act const& act, paper::OfficialPaper const& paper)
{
    auto const content = TRY(content_from_json(paper.content));
    if (std::ranges::all_of(content.signers, [](Signer const& each) { return each.who.name.empty(); }))
        return invalid("report.no_signer");
    auto const* form = form_definition(paper.kind);
    if (form == nullptr || !form->records)
        return {};
    auto const records = live_records(transaction, paper.unit, content.year, act.today);
    if (!records.plan.id)
        return invalid("report.no_plan");
    auto const earlier = paper.kind == "monitoring" ? report_before(transaction, paper, content) : PaperId {};
    transaction.execute(keep_snapshot, paper.id, act.today, act.at, earlier, to_json(records));
    return {};
}

paper::Kinds report_kinds()
{
    paper::Kinds kinds;
    for (auto const& form : form_definitions()) {
        paper::Kind kind { form.series, form.initials, false, make };
        kind.check = check;
        kind.edit_address = [](paper::OfficialPaper const& paper) { return "/papers/" + std::to_string(paper.id.value) + "/form"; };
        if (form.records)
            kind.later_address = [](paper::OfficialPaper const& paper) { return "/papers/" + std::to_string(paper.id.value) + "/later"; };
        kinds.emplace(form.code, std::move(kind));
    }
    return kinds;
}

}
