#include "portal/home_builder.hpp"
#include "view/chart.hpp"
#include "view/words.hpp"

namespace kpuhub::portal {

HomeBlock HomeBuilder::summary_late() const
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

HomeBlock HomeBuilder::summary_areas() const
{
    HomeBlock block { .kind = "areas", .title = { "portal.dashboard.by_area" }, .lead = view::Sentence { "portal.dashboard.by_area_note" } };
    block.without_plan = !has_plan();
    block.bars = area_bars(m_year, figures(""));
    if (has_plan())
        block.main = view::Link { fmt::format("/units/{}/plans/{}", m_reader.unit_code, m_this_year) };
    block.main_words = { "portal.home.open_board" };
    return block;
}

HomeBlock HomeBuilder::decisions() const
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

HomeBlock HomeBuilder::traffic() const
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

HomeBlock HomeBuilder::offices() const
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

CountRow HomeBuilder::row(std::string const& name, std::string const& address, std::int64_t count) const
{
    return { { "portal.list." + name }, { address }, count, false, {} };
}

std::string HomeBuilder::reminder_head(std::string const& whose) const
{
    std::string const arguments[] = { std::string { view::month_name(m_today.month(), m_wording.language) }, std::to_string(m_this_year), whose };
    return m_wording.messages.text("portal.remind.head", m_wording.language, arguments);
}

HomeBlock HomeBuilder::office() const
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

HomeBlock HomeBuilder::verify() const
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

}
