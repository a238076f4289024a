#include "portal/public_page.hpp"
#include "evidence/proof_list.hpp"
#include "plan/contribution.hpp"
#include "portal/progress_figures.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <sstream>

namespace kpuhub::portal {

void PublicPlanRow::describe(view::Visitor& v) const
{
    v.field("heading", heading);
    v.field("indicator", indicator);
    v.field("number", number);
    v.field("body", body);
    v.field("state", state);
    v.field("late", late);
}

void PublicDocument::describe(view::Visitor& v) const
{
    v.field("title", title);
    v.field("link", link);
    v.field("facts", facts);
    v.field("on", on);
}

void PublicPage::describe(view::Visitor& v) const
{
    v.field("unit_name", unit_name);
    v.field("year", year);
    v.field("updated", updated);
    v.field("has_plan", has_plan);
    v.field("sentence", sentence);
    v.field("late_sentence", late_sentence);
    v.field("decree", decree);
    v.field("decided_on", decided_on);
    v.list("bars", bars);
    v.field("area", area);
    v.list("rows", rows);
    v.list("services", services);
    v.list("documents", documents);
    v.field("journal_head", journal_head);
    v.field("journal_at", journal_at);
    v.field("journal_events", journal_events);
    v.field("earlier", earlier);
    v.field("self", self);
    v.field("offices", offices);
    v.field("later", later);
    v.field("nothing", nothing);
}

void PublicService::describe(view::Visitor& v) const
{
    v.field("title", title);
    v.field("link", link);
    v.field("counts", counts);
}

PublicState public_state(storage::Reader& reader, PublicQuestion const& asked)
{
    PublicState state { plan::public_plan(reader, asked.unit.id, asked.year), {}, journal::standing(reader, asked.unit.id) };
    if (state.plan)
        state.sums = indicator::shown_year_of_unit(reader, plan::plan_progress, asked.unit.id, asked.year);
    return state;
}

std::string checked_origins(std::string const& setting)
{
    constexpr std::string_view scheme = "https://";
    constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyz0123456789.-:";
    std::istringstream words { setting };
    std::string origins;
    for (std::string word; words >> word;) {
        if (!word.starts_with(scheme) || word.size() == scheme.size() || word.find_first_not_of(allowed, scheme.size()) != std::string::npos)
            continue;
        origins += (origins.empty() ? "" : " ") + word;
    }
    return origins;
}

/// "Penataan Tata Laksana, Penguatan Pengawasan dan Pelayanan Publik": names without their numbers, as one says them.
static std::string spoken(std::vector<int> const& area_numbers, text::Messages const& messages, text::Language language)
{
    std::string text;
    for (std::size_t i = 0; i < area_numbers.size(); ++i) {
        auto name = messages.text(area_key(area_numbers[i]), language);
        if (auto blank = name.find(' '); blank != std::string::npos)
            name.erase(0, blank + 1);
        if (i > 0)
            text += i + 1 == area_numbers.size() ? messages.text("portal.public.and", language) : ", ";
        text += name;
    }
    return text;
}

static void fill_progress(PublicPage& page, PublicQuestion const& asked, PublicState const& state, text::Messages const& messages, text::Language language)
{
    auto found = state.sums.find(std::to_string(asked.year));
    auto const year = found == state.sums.end() ? indicator::Sums {} : found->second;
    auto to_date = year.ratio("verified", "due");
    page.sentence = to_date.measurable() ? view::Sentence { "portal.public.state", { to_date.denominator, to_date.numerator } }
                                         : view::Sentence { "portal.public.nothing_due", { year.total("all") } };
    page.bars = area_bars(year, {});
    std::vector<int> late;
    for (int area = 1; area <= areas; ++area) {
        auto& bar = page.bars[static_cast<std::size_t>(area - 1)];
        bar.link = { fmt::format("{}?year={}&area={}#rencana", page.self.address, asked.year, area) };
        if (bar.late > 0)
            late.push_back(area);
    }
    if (!late.empty())
        page.late_sentence = view::Sentence { "portal.public.late", { static_cast<std::int64_t>(late.size()), std::int64_t { areas }, spoken(late, messages, language) } };
}

static PublicPlanRow public_row(plan::PublicRow const& row)
{
    PublicPlanRow made { row.level == plan::Level::Area || row.level == plan::Level::Activity, row.level == plan::Level::Indicator, row.number, row.body, {}, row.late };
    if (row.all > 0)
        made.state = row.verified == row.all ? view::Sentence { "portal.public.done" }
            : row.due == 0                   ? view::Sentence { "portal.public.not_due" }
                                             : view::Sentence { "portal.public.done_of", { row.verified, row.all } };
    else if (row.apart > 0)
        made.state = view::Sentence { "portal.public.apart" };
    return made;
}

static PublicDocument public_document(evidence::ProofRow const& proof, time::Zone zone)
{
    PublicDocument made { proof.title, {}, {}, proof.effective_on.value_or(time::date_at(proof.brought_at, zone)) };
    switch (proof.kind) {
    case evidence::Kind::File:
        made.link = view::Link { "/documents/" + std::to_string(proof.id.value) };
        made.facts = evidence::size_words(proof.file.bytes);
        break;
    case evidence::Kind::Link:
        made.link = view::Link { proof.address };
        made.facts = view::plain(evidence::host_of(proof.address));
        break;
    case evidence::Kind::Reference:
    case evidence::Kind::Record:
        made.facts = view::plain(proof.paper.kind + (proof.paper.number.empty() ? "" : " ") + proof.paper.number);
    }
    return made;
}

PublicPage public_page(storage::Reader& reader, PublicQuestion const& asked, PublicState const& state, text::Messages const& messages, text::Language language)
{
    constexpr int most_documents = 12;
    PublicPage page;
    page.unit_name = asked.unit.name;
    page.year = { asked.year };
    page.self = { "/public/units/" + asked.unit.code };
    page.earlier = { fmt::format("{}?year={}", page.self.address, asked.year - 1) };
    page.offices = { "/public" };
    if (asked.year < asked.today.year())
        page.later = view::Link { fmt::format("{}?year={}", page.self.address, asked.year + 1) };
    if (state.journal.last)
        page.updated = view::Moment { state.journal.last_at, asked.unit.zone };
    page.has_plan = state.plan.has_value();
    if (state.plan) {
        page.decree = state.plan->number;
        page.decided_on = state.plan->decided_on;
        fill_progress(page, asked, state, messages, language);
        if (asked.area_no > 0) {
            page.area = view::Sentence { area_key(asked.area_no) };
            for (auto const& row : plan::public_rows(reader, state.plan->id, asked.area_no))
                if (row.level != plan::Level::Area)
                    page.rows.push_back(public_row(row));
        }
    } else {
        page.nothing = view::EmptyState { { "portal.public.no_plan", { page.year } }, view::Sentence { "portal.public.no_plan_why" } };
    }
    if (asked.documents)
        for (auto const& proof : evidence::released_of_unit(reader, asked.unit.id, most_documents))
            page.documents.push_back(public_document(proof, asked.unit.zone));
    if (auto const& head = state.journal.head; head.total > 0) {
        page.journal_head = head.head;
        page.journal_at = view::Moment { head.at, asked.unit.zone };
        page.journal_events = head.total;
    }
    return page;
}

}
