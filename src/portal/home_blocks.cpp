#include "portal/home_builder.hpp"
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

HomeBuilder::HomeBuilder(account::Reader const& reader, HomeNews const& news, Wording const& wording)
    : m_reader(reader), m_news(news), m_wording(wording), m_today(reader.today), m_this_year(reader.today.year()), m_until(open_until(reader.today))
{
    if (auto found = news.sums.find(std::to_string(m_this_year)); found != news.sums.end())
        m_year = found->second;
}

std::vector<HomeBlock> HomeBuilder::blocks(BlockKind kind) const
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
    case BlockKind::Limits:
        if (m_news.limits.late + m_news.limits.soon == 0)
            return {};
        return { limits() };
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

void HomeBuilder::sentences(HomePage& page) const
{
    auto to_date = m_year.ratio("verified", "due");
    if (to_date.measurable())
        page.sentence = view::Sentence { "portal.home.state", { to_date.numerator, to_date.denominator, to_date } };
    else
        page.sentence = view::Sentence { has_plan() ? "portal.home.nothing_due" : "portal.home.no_plan", { view::Year { m_this_year } } };
    if (m_news.late.total > 0)
        page.late_sentence = view::Sentence { "portal.home.late_since", { m_news.late.total, m_news.late.lines.front().deliverable.due_on } };
}

void HomeBuilder::say_no_plan(HomeBlock& block) const
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

std::vector<plan::WorkLine> first_lines(std::vector<plan::WorkLine> lines)
{
    if (lines.size() > block_lines)
        lines.erase(lines.begin() + block_lines, lines.end());
    return lines;
}

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

HomeBlock HomeBuilder::people() const
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
        if (!post.holder.empty())
            block.counts[1].about += " (" + organization::title_in(post.capacity, post.holder) + ")";
    }
    if (m_news.held) {
        block.counts.push_back(row("held", "/messages/held", *m_news.held));
        block.counts.back().urgent = true;
    }
    return block;
}

HomeBlock HomeBuilder::asked() const
{
    HomeBlock block { .kind = "asked", .title = { "campaign.home.asked" } };
    block.count = std::ranges::count_if(m_news.campaigns, [](auto const& line) { return line.mine; });
    for (auto const& line : m_news.campaigns)
        if (line.mine && block.asks.size() < block_lines)
            block.asks.push_back({ { fmt::format("/c/{}", line.id.value) }, line.kind->title.in(m_wording.language) + " " + line.period, line.kind->asks.in(m_wording.language), line.due_on,
                line.due_on < m_today });
    return block;
}

HomeBlock HomeBuilder::limits() const
{
    HomeBlock block { .kind = "limits", .title = { "portal.home.limits" }, .lead = view::Sentence { "portal.home.limits_note" } };
    block.counts = { row("limits_late", "/clocks?mine=1", m_news.limits.late), row("limits_soon", "/clocks?mine=1", m_news.limits.soon) };
    block.counts[0].urgent = m_news.limits.late > 0;
    return block;
}

HomeBlock HomeBuilder::campaigns() const
{
    HomeBlock block { .kind = "campaigns", .title = { "campaign.home.running" }, .lead = view::Sentence { "campaign.home.running_note" } };
    for (auto const& line : m_news.campaigns)
        if (!line.mine && line.counts.share().measurable() && block.bars.size() < block_lines)       // while nobody has been asked there is nothing to tell
            block.bars.push_back({ view::plain(line.kind->title.in(m_wording.language) + " " + line.period), { fmt::format("/campaigns/{}", line.id.value) }, line.counts.share() });
    block.main = view::Link { "/units/" + m_reader.unit_code + "/campaigns" };
    block.main_words = { "campaign.to_list" };
    return block;
}

HomeBlock HomeBuilder::tasks() const
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

HomeBlock HomeBuilder::section(account::Post const& post) const
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

HomeBlock HomeBuilder::returned() const
{
    HomeBlock block { .kind = "returned", .title = { "portal.home.returned" }, .count = m_news.returned.total };
    block.rows = work_rows(m_news.returned.lines, m_today);
    block.all = view::Link { "/tasks?list=returned" };
    return block;
}

/// Records that propose themselves as proof, one line for each row of the plan.
HomeBlock HomeBuilder::proposed() const
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

HomeBlock HomeBuilder::send() const
{
    HomeBlock block { .kind = "send", .title = { "portal.home.send" }, .lead = view::Sentence { "portal.home.send_note" }, .send = true };
    block.counts = { row("box", "/evidence", m_news.unsorted.mine) };
    return block;
}

namespace {

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
    HomeBuilder builder { reader, news, wording };
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
