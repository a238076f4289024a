#include "portal/home.hpp"
#include "outbox/quarantine.hpp"
#include "plan/contribution.hpp"
#include "portal/held_pages.hpp"
#include <algorithm>
#include <set>

namespace kpuhub::portal {

namespace {

enum class By { Role, PostKind, Everybody };
struct Rule {
    BlockKind block;
    By by;
    std::string_view name;
};

/// In the order of the page: who decides comes before who works, and the work itself before what only informs.
constexpr Rule rules[] = {
    { BlockKind::Summary, By::PostKind, "chair" },
    { BlockKind::Summary, By::PostKind, "member" },
    { BlockKind::Decisions, By::PostKind, "secretary" },
    { BlockKind::Traffic, By::PostKind, "secretary" },
    { BlockKind::Offices, By::Role, "supervisor" },
    { BlockKind::Office, By::Role, "rb_secretary" },
    { BlockKind::Verify, By::Role, "area_owner" },
    { BlockKind::Verify, By::Role, "rb_secretary" },
    { BlockKind::Verify, By::PostKind, "head" },
    { BlockKind::People, By::Role, "account_administrator" },
    { BlockKind::Asked, By::Everybody, {} },
    { BlockKind::Limits, By::Role, "ppid_officer" },
    { BlockKind::Limits, By::Role, "ppid_superior" },
    { BlockKind::Limits, By::Role, "upg_officer" },
    { BlockKind::Limits, By::Role, "conflict_officer" },
    { BlockKind::Limits, By::Role, "risk_officer" },
    { BlockKind::Limits, By::Role, "register_officer" },
    { BlockKind::Tasks, By::PostKind, "staff" },
    { BlockKind::Tasks, By::PostKind, "head" },
    { BlockKind::Proposed, By::PostKind, "staff" },
    { BlockKind::Proposed, By::PostKind, "head" },
    { BlockKind::Proposed, By::Role, "rb_secretary" },
    { BlockKind::Campaigns, By::Everybody, {} },
    { BlockKind::Section, By::PostKind, "head" },
    { BlockKind::Returned, By::PostKind, "staff" },
    { BlockKind::Returned, By::PostKind, "head" },
    { BlockKind::Send, By::PostKind, "staff" },
    { BlockKind::Send, By::PostKind, "head" },
};

/// How many are read where two blocks share a list or a reminder is written from it.
constexpr int shared_lines = 120;
constexpr int proposals_read = 60;

bool holds(account::Reader const& reader, Rule const& rule)
{
    if (rule.by == By::Everybody)
        return true;
    if (rule.by == By::PostKind)
        return std::ranges::any_of(reader.posts, [&](account::Post const& post) { return post.kind == rule.name && post.unit == reader.unit; });
    return std::ranges::any_of(reader.roles, [&](account::Role const& role) { return role.name == rule.name && role.unit == reader.unit; });
}

}

std::vector<BlockKind> blocks_for(account::Reader const& reader)
{
    std::vector<BlockKind> blocks;
    for (auto const& rule : rules)
        if (std::ranges::find(blocks, rule.block) == blocks.end() && holds(reader, rule))
            blocks.push_back(rule.block);
    if (std::ranges::find(blocks, BlockKind::Decisions) != blocks.end())
        std::erase(blocks, BlockKind::Verify);      // what waits for him stands among his decisions
    return blocks;
}

plan::OpenUntil open_until(time::Date today)
{
    return { today.plus(std::chrono::days { 7 }), time::end_of_month(today.year(), today.month()) };
}

std::vector<SubdivisionId> own_subdivisions(account::Reader const& reader)
{
    std::set<SubdivisionId> own;
    for (auto const& post : reader.posts)
        if (post.unit == reader.unit && post.subdivision)
            own.insert(post.subdivision);
    return { own.begin(), own.end() };
}

HomeNews read_news(storage::Reader& database, account::Reader const& reader, std::span<BlockKind const> blocks, time::Instant now)
{
    auto shown = [&](std::initializer_list<BlockKind> kinds) {
        return std::ranges::any_of(kinds, [&](BlockKind kind) { return std::ranges::find(blocks, kind) != blocks.end(); });
    };
    auto person = reader.person;
    auto today = reader.today;
    auto unit = reader.unit;
    auto until = open_until(today);
    using enum BlockKind;

    HomeNews news;
    if (shown({ Tasks, Returned })) {
        auto own = plan::own_work(database, person, today, until.month, block_lines);
        news.tasks = std::move(own.tasks);
        news.returned = std::move(own.returned);
    }
    if (shown({ Proposed }))
        news.proposed = plan::proposals_in(database, person, today, unit, !shown({ Office }), proposals_read);
    auto const has_desk = shown({ Decisions, Verify });
    if (has_desk && !shown({ Office, Section }))
        news.desk = plan::desk_lines(database, person, today, unit, block_lines);
    if (shown({ Office, Section })) {
        auto lines = plan::unit_work(database, person, today, unit, std::max(until.soon, until.month), shared_lines);
        news.late = std::move(lines.late);
        news.soon = std::move(lines.due);
        if (has_desk)
            news.desk = plan::desk_lines(database, person, today, unit, std::move(lines.submitted), block_lines);
        auto work = plan::office_work(database, person, today, unit, until);
        news.open = std::move(work.open);
        news.unsorted = work.unsorted;
    } else if (shown({ Summary })) {
        news.late = plan::late_rows(database, person, today, unit, std::nullopt, {}, shared_lines);
    }
    if (shown({ Traffic }))                          // areas by quarter: all parts of the months
        news.sums = indicator::year_of_unit(database, plan::plan_progress, unit, today.year());
    else if (shown({ Summary, Office, Tasks }))
        news.sums = indicator::shown_year_of_unit(database, plan::plan_progress, unit, today.year());
    if (shown({ Send }) && !shown({ Office, Section }))
        news.unsorted = evidence::unsorted_in(database, { person, today }, unit);
    if (shown({ Offices }))
        news.children = indicator::years_of_children(database, plan::plan_progress, unit, today.year(), today);
    if (shown({ Asked, Campaigns }))
        news.campaigns = campaign::waiting_for(database, person, today, unit);
    if (shown({ Limits }))
        news.limits = flow::own_limits(database, person, now, time::start_of_day(until.soon.plus(std::chrono::days { 1 }), reader.zone));
    if (shown({ People })) {
        auto gaps = account::gaps_of(database, person, today, unit, block_lines);
        news.without_account = std::move(gaps.without_account);
        news.vacant = std::move(gaps.vacant);
        if (reader.unit_code == "00" && outbox::quarantined_since(database) && may_release_messages(database, reader))
            news.held = outbox::count_held(database);
    }
    return news;
}

}
