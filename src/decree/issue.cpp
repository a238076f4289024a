#include "decree/issue.hpp"
#include "decree/issue_pages.hpp"
#include "organization/access.hpp"
#include "organization/unit.hpp"
#include "paper/signers.hpp"
#include "paper/words.hpp"
#include "plan/plan_create.hpp"
#include "plan/plan_fix.hpp"
#include <algorithm>

namespace kpuhub::decree {

using storage::Query;

constexpr auto wording_setting = "decree.wording";
constexpr Query plan_of_year { "decree.plan_of_year", "SELECT subject_id FROM plan WHERE unit_id = $1 AND year = $2 AND plan_kind = 'office'" };
constexpr Query year_of_plan { "decree.year_of_plan", R"sql(
    SELECT p.year, s.state, s.version, (SELECT count(*) FROM plan_node n WHERE n.plan_id = p.subject_id AND n.removed_at IS NULL),
           (SELECT count(*) FROM plan_node n WHERE n.plan_id = p.subject_id AND n.removed_at IS NULL AND n.body = '…')
      FROM plan p JOIN subject s ON s.id = p.subject_id WHERE p.subject_id = $1 )sql" };

Wording wording_of(storage::Reader& reader, UnitId unit, time::Date on)
{
    auto const settings = organization::unit_settings(reader, unit);
    auto const saved = settings.find(wording_setting);
    auto wording = saved == settings.end() ? default_wording() : wording_from_json(saved->second).value_or(default_wording());
    auto const found = organization::unit_by_id(reader, unit, on);
    auto const unit_name = found ? found->name : std::string {};
    auto const words = certifier_words();
    for (auto const& signer : paper::signers_of(reader, unit, unit_name, on)) {
        bool const named = std::ranges::any_of(words, [&](auto const& word) { return signer.title.find(word) != std::string::npos; });
        if (signer.kind == "chair" && wording.signatory.name.empty())
            wording.signatory = signer.who;
        else if (signer.kind == "head" && named && (wording.certifier.name.empty() || wording.certifier.post.starts_with("Sekretaris")))
            wording.certifier = signer.who;
        else if (signer.kind == "secretary" && wording.certifier.name.empty()) {
            wording.certifier = signer.who;
            wording.certifier.post = signer.title;          // the heading above it names the office already
        }
    }
    if (wording.signatory.post.empty())
        wording.signatory.post = "Ketua " + paper::office_name(unit_name);
    return wording;
}

static std::string filled(std::string text, std::string_view name, std::string const& value)
{
    if (auto const at = text.find(name); at != std::string::npos)
        text.replace(at, name.size(), value);
    return text;
}

Result<SubjectId> plan_id_of(storage::Reader& reader, UnitId unit, int year)
{
    auto const row = reader.first(plan_of_year, unit, year);
    if (!row)
        return not_found();
    return row->id<SubjectTag>(0);
}

Result<PaperId> start_decree(storage::Transaction& transaction, journal::Act const& act, UnitId unit, int year)
{
    auto const plan = TRY(plan_id_of(transaction, unit, year));
    if (act.actor && !organization::may(transaction, act.actor, act.today, unit, "plan.read"))
        return not_found();
    auto const wording = wording_of(transaction, unit, act.today);
    auto const office = TRY(organization::unit_by_id(transaction, unit, act.today));
    auto const title = filled(filled(wording.subject, "{unit}", paper::office_name(office.name)), "{year}", std::to_string(year));
    return paper::create(transaction, act, { unit, paper_kind, plan, std::to_string(year), title, to_json(wording), codec::PaperSize::F4 });
}

Result<void> save_wording(storage::Transaction& transaction, journal::Act const& act, PaperId id, std::int64_t shown_version, Wording const& wording, codec::PaperSize size, bool for_office)
{
    auto const paper = TRY(paper::find_paper(transaction, act.actor, act.today, id));
    auto const row = transaction.first(year_of_plan, paper.about);
    auto const year = row ? row->integer(0) : 0;
    auto const title = filled(filled(wording.subject, "{unit}", paper::office_name(paper.unit_name)), "{year}", std::to_string(year));
    TRY_VOID(paper::save_content(transaction, act, id, shown_version, title, to_json(wording), size));
    if (!for_office)
        return {};
    auto of_office = wording;
    of_office.signatory = {};           // who signs follows from the posts of the day
    of_office.certifier = {};
    return organization::set_unit_setting(transaction, act, paper.unit, wording_setting, to_json(of_office));
}

Result<codec::Paper> make_decree(storage::Reader& reader, paper::OfficialPaper const& paper, paper::Edition edition, std::string const& public_url)
{
    auto const row = reader.first(year_of_plan, paper.about);
    if (!row)
        return not_found();
    auto const wording = TRY(wording_from_json(paper.content));
    auto const tree = plan::tree_of(reader, { paper.about.value });
    return decree_paper(tree, wording, { paper.unit_name, static_cast<int>(row->integer(0)), paper.number, paper.dated_on, paper.place, paper.minutes_number, paper.minutes_on, edition, paper.size,
        public_url, edition == paper::Edition::Preview ? std::string {} : paper.code });
}

static Result<void> check_plan(storage::Transaction& transaction, journal::Act const&, paper::OfficialPaper const& paper)
{
    auto const row = transaction.first(year_of_plan, paper.about);
    if (!row || row->integer(3) == 0)
        return invalid("plan.fix.no_rows");
    if (row->integer(4) > 0)        // left open by an import: nothing may be put into a new decree's mouth
        return invalid_because("decree.paper.open_rows", std::to_string(row->integer(4)));
    auto const wording = TRY(wording_from_json(paper.content));
    if (wording.signatory.name.empty())
        return invalid("decree.paper.no_signatory");
    return {};
}

/// A draft plan becomes the fixed one of its decree; a fixed one (imported, revised) stays as it is.
static Result<void> fix_plan(storage::Transaction& transaction, journal::Act const& act, paper::OfficialPaper const& paper)
{
    auto const row = transaction.first(year_of_plan, paper.about);
    if (!row || row->text(1) != "draft")
        return {};
    auto const wording = TRY(wording_from_json(paper.content));
    return plan::fix(transaction, act, { paper.about.value }, row->integer(2), { paper.number, paper.dated_on, paper.place, wording.signatory.name, wording.signatory.post });
}

static std::vector<view::Sentence> warnings_of(paper::OfficialPaper const& paper, time::Date on)
{
    std::vector<view::Sentence> sentences;
    auto const wording = wording_from_json(paper.content);
    if (!wording)
        return sentences;
    for (auto const& each : legal_warnings(wording->legal_basis, on)) {
        if (each.kind == LegalWarning::Kind::Ended)
            sentences.push_back({ "decree.paper.ended", { each.line, *time::Date::from_iso(each.by) } });
        else
            sentences.push_back({ each.kind == LegalWarning::Kind::Revoked ? "decree.paper.revoked" : "decree.paper.changed", { each.line, each.by } });
    }
    return sentences;
}

paper::Kind decree_kind()
{
    paper::Kind kind { "decree", true, true, make_decree };
    kind.check = check_plan;
    kind.signed_with = fix_plan;
    kind.warnings = warnings_of;
    kind.edit_address = [](paper::OfficialPaper const& paper) { return "/papers/" + std::to_string(paper.id.value) + "/wording"; };
    return kind;
}

}
