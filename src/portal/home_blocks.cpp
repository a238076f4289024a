#include "portal/home_model.hpp"
#include "organization/people.hpp"
#include "plan/plan_marks.hpp"
#include "portal/progress_figures.hpp"
#include "view/chart.hpp"
#include "view/words.hpp"
#include <algorithm>
#include <map>
#include <ranges>
#include <utility>
#include <fmt/format.h>

namespace kpuhub::portal {

namespace {

constexpr std::size_t block_lines = 7;

/// Builds the blocks of one page.
class Builder {
public:
    Builder(account::Reader const& reader, HomeNews const& news, Wording const& wording);
    std::vector<HomeBlock> blocks(BlockKind) const;
    void sentences(HomePage&) const;
    view::Link pleno() const { return has_plan() ? view::Link { fmt::format("/units/{}/plans/{}/pleno.pdf", m_reader.unit_code, m_this_year) } : view::Link {}; }

private:
    HomeBlock summary_late() const;
    HomeBlock summary_areas() const;
    HomeBlock decisions() const;
    HomeBlock traffic() const;
    HomeBlock offices() const;
    HomeBlock office() const;
    HomeBlock verify() const;
    HomeBlock people() const;
    HomeBlock asked() const;
    HomeBlock campaigns() const;
    HomeBlock tasks() const;
    HomeBlock section(account::Post const&) const;
    HomeBlock returned() const;
    HomeBlock proposed() const;
    HomeBlock send() const;

    bool has_plan() const { return m_year.of("plan.fixed") + m_year.of("plan.draft") > 0; }
    void say_no_plan(HomeBlock&) const;
    CountRow row(std::string const& name, std::string const& address, std::int64_t count) const;
    std::string reminder_head(std::string const& whose) const;
    std::string figures(std::string const& rest) const { return fmt::format("/units/{}/figures?{}", m_reader.unit_code, rest); }

    account::Reader const& m_reader;
    HomeNews const& m_news;
    Wording const& m_wording;
    time::Date m_today;
    int m_this_year;
    indicator::Sums m_year;
    plan::OpenUntil m_until;
};

Builder::Builder(account::Reader const& reader, HomeNews const& news, Wording const& wording)
    : m_reader(reader), m_news(news), m_wording(wording), m_today(reader.today), m_this_year(reader.today.year()), m_until(open_until(reader.today))
{
    if (auto found = news.sums.find(std::to_string(m_this_year)); found != news.sums.end())
        m_year = found->second;
}

std::vector<HomeBlock> Builder::blocks(BlockKind kind) const
{
    switch (kind) {
    case BlockKind::Summary: return { summary_late(), summary_areas() };
    case BlockKind::Decisions: return { decisions() };
    case BlockKind::Traffic: return { traffic() };
    case BlockKind::Offices: return { offices() };
    case BlockKind::Office: return { office() };
    case BlockKind::Verify: return { verify() };
    case BlockKind::People: return { people() };
    case BlockKind::Tasks: return { tasks() };
    case BlockKind::Send: return { send() };
    case BlockKind::Proposed:
        if (m_news.proposed.empty())
            return {};
        return { proposed() };
    case BlockKind::Asked:
    case BlockKind::Campaigns: {
        auto block = kind == BlockKind::Asked ? asked() : campaigns();
        return block.asks.empty() && block.bars.empty() ? std::vector<HomeBlock> {} : std::vector<HomeBlock> { std::move(block) };
    }
    case BlockKind::Returned:
        if (m_news.returned.lines.empty())
            return {};
        return { returned() };
    case BlockKind::Section: {
        std::vector<HomeBlock> sections;
        for (auto const& post : m_reader.posts)
            if (post.kind == "head" && post.unit == m_reader.unit && post.subdivision)
                sections.push_back(section(post));
        return sections;
    }
    }
    return {};
}

void Builder::sentences(HomePage& page) const
{
    auto to_date = m_year.ratio("verified", "due");
    if (to_date.measurable())
        page.sentence = view::Sentence { "portal.home.state", { to_date.numerator, to_date.denominator, to_date } };
    else
        page.sentence = view::Sentence { has_plan() ? "portal.home.nothing_due" : "portal.home.no_plan", { view::Year { m_this_year } } };
    if (m_news.late.total > 0)
        page.late_sentence = view::Sentence { "portal.home.late_since", { m_news.late.total, m_news.late.lines.front().deliverable.due_on } };
}

void Builder::say_no_plan(HomeBlock& block) const
{
    block.without_plan = true;
    view::EmptyState nothing { { "portal.home.no_plan", { view::Year { m_this_year } } }, view::Sentence { "portal.home.no_plan_why" } };
    if (m_reader.has_role("rb_secretary")) {
        nothing.body = view::Sentence { "portal.home.no_plan_import" };
        nothing.link = { "/units/" + m_reader.unit_code + "/imports" };
        nothing.step = { "portal.home.import" };
    }
    block.nothing = std::move(nothing);
}

template<typename Wanted>
std::vector<plan::WorkLine> lines_where(plan::WorkLines const& lines, Wanted const& wanted)
{
    std::vector<plan::WorkLine> found;
    std::ranges::copy_if(lines.lines, std::back_inserter(found), wanted);
    return found;
}

std::vector<plan::WorkLine> first_lines(std::vector<plan::WorkLine> lines)
{
    if (lines.size() > block_lines)
        lines.erase(lines.begin() + block_lines, lines.end());
    return lines;
}

/// "1.1.3 FGD Rencana Aksi (Yuliana Sari); 6.1.2 Reviu Renstra": the first two of a list.
std::string first_two(std::vector<plan::WorkLine> const& lines, time::Date today)
{
    constexpr std::size_t named = 2, title_bytes = 60;
    std::string text;
    for (auto const& line : lines | std::views::take(named)) {
        auto row = work_row(line, today);
        text += (text.empty() ? "" : "; ") + row.code + " " + plan::shortened(row.title, title_bytes);
        if (!line.owner_person.empty())
            text += " (" + line.owner_person + ")";
    }
    return text;
}

HomeBlock Builder::summary_late() const
{
    HomeBlock block { .kind = "late", .title = { "portal.part.late" }, .count = m_news.late.total, .named = true };
    block.rows = work_rows(first_lines(m_news.late.lines), m_today);
    if (!has_plan())
        say_no_plan(block);
    else if (block.rows.empty())
        block.nothing = view::EmptyState { { "portal.home.none_late" } };
    else
        block.all = view::Link { "/tasks?list=late" };
    return block;
}

HomeBlock Builder::summary_areas() const
{
    HomeBlock block { .kind = "areas", .title = { "portal.dashboard.by_area" }, .lead = view::Sentence { "portal.dashboard.by_area_note" } };
    block.without_plan = !has_plan();
    block.bars = area_bars(m_year, figures(""));
    block.main = view::Link { fmt::format("/units/{}/plans/{}", m_reader.unit_code, m_this_year) };
    block.main_words = { "portal.home.open_board" };
    return block;
}

HomeBlock Builder::decisions() const
{
    auto lines = m_news.desk.without_verifier.lines;
    lines.insert(lines.end(), m_news.desk.waiting.lines.begin(), m_news.desk.waiting.lines.end());
    auto total = m_news.desk.without_verifier.total + m_news.desk.waiting.total;
    HomeBlock block { .kind = "decisions", .title = { "portal.home.decisions" }, .count = total, .sent = true };
    block.rows = work_rows(first_lines(lines), m_today);
    if (lines.empty())
        block.nothing = view::EmptyState { { "portal.home.no_decisions" }, view::Sentence { "portal.home.no_decisions_why" } };
    else
        block.all = view::Link { "/verification" };
    return block;
}

HomeBlock Builder::traffic() const
{
    constexpr int quarters = 4, months_of_quarter = 3;
    HomeBlock block { .kind = "traffic", .title = { "portal.home.traffic", { view::Year { m_this_year } } }, .lead = view::Sentence { "portal.home.traffic_note" } };
    for (int area = 1; area <= areas; ++area) {
        QuarterRow row { { "area." + std::to_string(area) }, {} };
        for (int quarter = 1; quarter <= quarters; ++quarter) {
            auto sums = sums_of_quarter(m_news.sums, m_this_year, quarter);
            auto share = sums.ratio_of_area(area, "verified", "due");
            auto part = fmt::format("a{}.", area);
            QuarterCell cell { std::string { view::heat_class(share) }, "–", sums.of(part + "late"), {} };
            if (share.measurable()) {
                cell.text = fmt::format("{}/{}", share.numerator, share.denominator);
                cell.link = view::Link { figures(fmt::format("period={}-Q{}&part={}due", m_this_year, quarter, part)) };
            }
            row.cells.push_back(std::move(cell));
        }
        block.quarters.push_back(std::move(row));
    }
    static_assert(quarters * months_of_quarter == 12);
    if (!has_plan()) {
        block.quarters.clear();
        say_no_plan(block);
    }
    return block;
}

HomeBlock Builder::offices() const
{
    HomeBlock block { .kind = "offices", .title = { "portal.home.offices" } };
    std::int64_t fixed = 0, units = 0;
    std::vector<indicator::ChildYear const*> below;
    for (auto const& child : m_news.children)
        if (child.unit != m_reader.unit) {
            below.push_back(&child);
            fixed += child.of_year().of("plan.fixed");
            units += child.units;
        }
    block.lead = view::Sentence { "portal.home.offices_lead", { fixed, units } };
    block.count = static_cast<std::int64_t>(below.size());
    auto calls = [](indicator::ChildYear const* child) { return child->of_year().of("plan.fixed") < child->units || child->of_year().total("late") > 0; };
    std::ranges::stable_partition(below, calls);
    if (below.size() > block_lines)
        below.erase(below.begin() + block_lines, below.end());
    std::ranges::sort(below, {}, [](auto const* child) { return child->code; });
    for (auto const* child : below) {
        auto made = child->of_year().of("plan.fixed");
        OfficeRow row { child->code, child->name, { fmt::format("/units/{}/dashboard?year={}", child->code, m_this_year) }, {}, made, child->units,
            child->units > 1, child->of_year().ratio("verified", "due"), child->of_year().total("late"),
            { fmt::format("/units/{}/figures?period={}&part=late", child->code, m_this_year) } };
        std::string state = made > 0 ? "fixed" : child->of_year().of("plan.draft") > 0 ? "draft" : "none";
        row.plan = { state, "portal.plan." + state };
        block.offices.push_back(std::move(row));
    }
    block.main = view::Link { fmt::format("/units/{}/offices?year={}", m_reader.unit_code, m_this_year) };
    block.main_words = { "portal.home.open_offices" };
    block.all = view::Link { fmt::format("/units/{}/dashboard?year={}", m_reader.unit_code, m_this_year) };
    return block;
}

CountRow Builder::row(std::string const& name, std::string const& address, std::int64_t count) const
{
    return { { "portal.list." + name }, { address }, count, false, {} };
}

std::string Builder::reminder_head(std::string const& whose) const
{
    std::string const arguments[] = { std::string { view::month_name(m_today.month(), m_wording.language) }, std::to_string(m_this_year), whose };
    return m_wording.messages.text("portal.remind.head", m_wording.language, arguments);
}

HomeBlock Builder::office() const
{
    HomeBlock block { .kind = "office", .title = { "portal.home.whole_office" }, .lead = view::Sentence { "portal.home.whole_office_note" } };
    if (!has_plan()) {
        say_no_plan(block);
        return block;
    }
    plan::OpenWork sum;
    for (auto const& each : m_news.open) {
        sum.late += each.late;
        sum.month += each.month;
        sum.unowned += each.unowned;
    }
    auto month = lines_where(m_news.soon, [&](plan::WorkLine const& line) { return line.deliverable.due_on <= m_until.month; });
    block.counts = { row("late", "/tasks?list=late", sum.late), row("month", "/tasks?list=month", sum.month),
        row("unsorted", "/evidence?of=office", m_news.unsorted.office), row("unowned", "/tasks?list=unowned", sum.unowned),
        row("unscheduled", fmt::format("/units/{}/plans/{}", m_reader.unit_code, m_this_year), m_year.total("unscheduled")) };
    block.counts[0].urgent = true;
    block.counts[0].about = first_two(m_news.late.lines, m_today);
    block.counts[1].about = first_two(month, m_today);
    block.reminder = reminder_of(reminder_head(m_reader.unit_name), m_news.late.lines, month, m_today, m_wording);
    return block;
}

HomeBlock Builder::verify() const
{
    HomeBlock block { .kind = "verify", .title = { "portal.home.verify" }, .count = m_news.desk.waiting.total, .sent = true };
    block.rows = work_rows(m_news.desk.waiting.lines, m_today);
    if (block.rows.empty()) {
        block.nothing = view::EmptyState { { "portal.home.none_waiting" }, view::Sentence { "portal.home.none_waiting_why" } };
    } else {
        block.main = view::Link { "/verification" };
        block.main_words = { "portal.home.verify_all", { m_news.desk.waiting.total } };
    }
    return block;
}

HomeBlock Builder::people() const
{
    auto address = "/units/" + m_reader.unit_code;
    HomeBlock block { .kind = "people", .title = { "portal.home.people" } };
    block.counts = { row("without_account", address + "/people", m_news.without_account.total),
        row("vacant", address + "/posts", static_cast<std::int64_t>(m_news.vacant.size())) };
    constexpr std::size_t named = 5;
    for (auto const& person : m_news.without_account.people | std::views::take(named))
        block.counts[0].about += (block.counts[0].about.empty() ? "" : ", ") + person.name;
    for (auto const& post : m_news.vacant | std::views::take(named)) {
        block.counts[1].about += (block.counts[1].about.empty() ? "" : "; ") + post.title;
        if (!post.holders.empty())
            block.counts[1].about += " (" + organization::title_in(post.holders.front().capacity, post.holders.front().name) + ")";
    }
    return block;
}

HomeBlock Builder::asked() const
{
    HomeBlock block { .kind = "asked", .title = { "campaign.home.asked" } };
    for (auto const& line : m_news.campaigns)
        if (line.mine && block.asks.size() < block_lines)
            block.asks.push_back({ { fmt::format("/c/{}", line.id.value) }, line.kind->title.in(m_wording.language) + " " + line.period, line.kind->asks.in(m_wording.language), line.due_on,
                line.due_on < m_today });
    block.count = static_cast<std::int64_t>(block.asks.size());
    return block;
}

HomeBlock Builder::campaigns() const
{
    HomeBlock block { .kind = "campaigns", .title = { "campaign.home.running" }, .lead = view::Sentence { "campaign.home.running_note" } };
    for (auto const& line : m_news.campaigns)
        if (!line.mine && block.bars.size() < block_lines)
            block.bars.push_back({ view::plain(line.kind->title.in(m_wording.language) + " " + line.period), { fmt::format("/campaigns/{}", line.id.value) }, line.counts.share() });
    block.main = view::Link { "/units/" + m_reader.unit_code + "/campaigns" };
    block.main_words = { "campaign.to_list" };
    return block;
}

HomeBlock Builder::tasks() const
{
    HomeBlock block { .kind = "tasks", .title = { "portal.home.tasks" }, .count = m_news.tasks.total };
    block.rows = work_rows(m_news.tasks.lines, m_today);
    if (!block.rows.empty()) {
        block.all = view::Link { "/tasks?list=mine" };
    } else if (!has_plan()) {
        say_no_plan(block);
    } else {
        block.nothing = view::EmptyState { { "portal.home.no_tasks" }, view::Sentence { "portal.home.no_tasks_why" },
            { fmt::format("/units/{}/plans/{}", m_reader.unit_code, m_this_year) }, { "portal.home.open_board" } };
    }
    return block;
}

HomeBlock Builder::section(account::Post const& post) const
{
    auto mine = [&](plan::WorkLine const& line) { return line.node.owner_subdivision == post.subdivision; };
    auto late = lines_where(m_news.late, mine);
    auto soon = lines_where(m_news.soon, [&](plan::WorkLine const& line) { return mine(line) && line.deliverable.due_on <= m_until.soon; });
    plan::OpenWork own;
    std::int64_t unowned = 0;
    for (auto const& each : m_news.open) {
        unowned += each.unowned;
        if (each.subdivision == post.subdivision)
            own = each;
    }
    auto title = organization::title_in(post.capacity, post.title);
    HomeBlock block { .kind = "section", .title = { "portal.home.section" }, .lead = view::plain(title) };
    auto of = "&subdivision=" + std::to_string(post.subdivision.value);
    block.counts = { row("late", "/tasks?list=late" + of, own.late), row("soon", "/tasks?list=soon" + of, own.soon), row("unowned", "/tasks?list=unowned", unowned) };
    block.counts[0].urgent = true;
    block.counts[0].about = first_two(late, m_today);
    block.counts[1].about = first_two(soon, m_today);
    if (!late.empty() || !soon.empty())
        block.reminder = reminder_of(reminder_head(title), late, soon, m_today, m_wording);
    return block;
}

HomeBlock Builder::returned() const
{
    HomeBlock block { .kind = "returned", .title = { "portal.home.returned" }, .count = m_news.returned.total };
    block.rows = work_rows(m_news.returned.lines, m_today);
    block.all = view::Link { "/tasks?list=returned" };
    return block;
}

/// Records that propose themselves as proof, one line for each row of the plan.
HomeBlock Builder::proposed() const
{
    constexpr std::size_t longest_title = 110;
    HomeBlock block { .kind = "proposed", .title = { "portal.home.proposed" }, .lead = view::Sentence { "portal.home.proposed_note" } };
    std::map<DeliverableId, std::size_t> place;
    for (auto const& each : m_news.proposed) {
        auto const [at, fresh] = place.try_emplace(each.proposal.deliverable, block.counts.size());
        if (fresh && block.counts.size() < block_lines)
            block.counts.push_back({ view::plain(plan::shortened(each.node.body, longest_title)),
                { plan::deliverable_address(each.proposal.deliverable) + "#usulan" }, 0, false, each.proposal.title });
        if (at->second < block.counts.size())
            ++block.counts[at->second].count;
    }
    block.count = static_cast<std::int64_t>(place.size());
    return block;
}

HomeBlock Builder::send() const
{
    HomeBlock block { .kind = "send", .title = { "portal.home.send" }, .lead = view::Sentence { "portal.home.send_note" }, .send = true };
    block.counts = { row("box", "/evidence", m_news.unsorted.mine) };
    return block;
}

/// Blocks that inform stand beside those in which one works.
bool stands_beside(HomeBlock const& block)
{
    static constexpr std::string_view beside[] = { "areas", "people", "proposed", "section", "returned", "send", "campaigns" };
    return std::ranges::find(beside, block.kind) != std::end(beside);
}

/// Without a plan there is nothing in the other blocks that are made of it: the first of them says so and what to do.
void keep_one_without_plan(std::vector<HomeBlock>& blocks)
{
    bool said = false;
    std::erase_if(blocks, [&](HomeBlock const& block) { return block.without_plan && std::exchange(said, true); });
}

}

HomePage home_page(account::Reader const& reader, time::Instant now, std::span<BlockKind const> kinds, HomeNews const& news, Wording const& wording)
{
    HomePage page { { now, reader.zone }, reader.unit_name };
    Builder builder { reader, news, wording };
    std::vector<HomeBlock> blocks;
    for (auto kind : kinds)
        std::ranges::move(builder.blocks(kind), std::back_inserter(blocks));
    keep_one_without_plan(blocks);
    for (auto& block : blocks)
        (page.wide.empty() || !stands_beside(block) ? page.wide : page.narrow).push_back(std::move(block));
    if (!page.wide.empty())
        page.wide.front().first = true;
    if (std::ranges::any_of(kinds, [](BlockKind kind) { return kind == BlockKind::Summary || kind == BlockKind::Decisions || kind == BlockKind::Office; }))
        page.pleno = builder.pleno();
    if (std::ranges::find(kinds, BlockKind::Summary) != kinds.end()) {
        builder.sentences(page);
        for (auto const* post : { "chair", "member", "secretary" })
            page.signers.emplace_back(wording.messages.text(std::string { "portal.sign." } + post, wording.language));
    }
    return page;
}

}
