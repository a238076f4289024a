#include "plan/board_model.hpp"
#include "plan/board_address.hpp"
#include "plan/board_cells.hpp"
#include "plan/plan_marks.hpp"
#include "plan/progress.hpp"
#include <algorithm>
#include <map>

namespace kpuhub::plan {

bool BoardFilter::narrows() const { return !text.empty() || area != 0 || !owner.empty() || asks_deliverables(); }

void BoardCount::add(BoardCount const& other)
{
    verified += other.verified;
    due_verified += other.due_verified;
    due += other.due;
    all += other.all;
    late += other.late;
    apart += other.apart;
}

namespace {

/// A board on its way to a page: its rows by parent, its deliverables by row.
class Builder {
public:
    Builder(Board const& board, BoardFilter const& filter, time::Date today);
    BoardPage build();

private:
    using Owed = std::vector<Deliverable const*>;

    BoardArea area(std::size_t at, int position, BoardPage&);
    void activity(BoardArea&, std::size_t at, std::size_t end, bool open);
    BoardLine line(BoardRow const&, Owed const&) const;
    std::optional<view::Sentence> indicators(Node const&) const;
    Deliverable const* chosen(Owed const&) const;
    [[nodiscard]] bool shows(BoardRow const&, Owed const&) const;
    [[nodiscard]] bool answers(Node const&, Deliverable const&) const;
    [[nodiscard]] BoardCount count(Node const&, Owed const&) const;
    [[nodiscard]] std::size_t end_of(std::size_t at) const;
    [[nodiscard]] bool mine(std::size_t at, std::size_t end) const;
    void options(BoardPage&) const;
    void head(BoardPage&) const;
    void steps(BoardPage&) const;

    Board const& m_board;
    BoardFilter const& m_filter;
    time::Date m_today;
    int m_month;                                    ///< of the stripe and of the list on phones
    std::map<PlanNodeId, Owed> m_owed;
    std::map<PlanNodeId, Bearer> m_bearers;
    std::map<PlanNodeId, BoardRow const*> m_rows;
    bool m_any_mine = false;
    std::int64_t m_unscheduled = 0;
    std::int64_t m_uncertain = 0;
    BoardCount m_total {};
};

int month_of(Plan const& plan, BoardFilter const& filter, time::Date today)
{
    if (filter.month != 0)
        return filter.month;
    if (filter.shown_month != 0)
        return filter.shown_month;
    if (plan.year == today.year())
        return static_cast<int>(today.month());
    return plan.year < today.year() ? 12 : 1;
}

Builder::Builder(Board const& board, BoardFilter const& filter, time::Date today)
    : m_board(board)
    , m_filter(filter)
    , m_today(today)
    , m_month(month_of(board.head.plan, filter, today))
{
    std::vector<Node> nodes;
    nodes.reserve(board.rows.size());
    for (auto const& row : board.rows) {
        nodes.push_back(row.node);
        m_rows[row.node.id] = &row;
        m_any_mine = m_any_mine || row.mine;
    }
    for (auto const& deliverable : board.deliverables)
        m_owed[deliverable.node].push_back(&deliverable);
    for (auto& bearer : bearers(nodes, board.covers)) {
        auto const& node = m_rows.at(bearer.node)->node;
        bool const without = bearer.months.none() && !m_owed.contains(bearer.node);
        if (without && node.applies)
            ++m_unscheduled;
        if (node.months_open())
            ++m_uncertain;
        auto id = bearer.node;
        m_bearers[id] = std::move(bearer);
    }
}

BoardPage Builder::build()
{
    BoardPage page;
    auto const& plan = m_board.head.plan;
    page.year = { plan.year };
    page.columns = board_columns(m_filter.view, m_month);
    constexpr int other_columns = 5;
    page.width = static_cast<int>(page.columns.size()) + other_columns;
    if (m_filter.view == BoardView::Months)
        page.css = "m" + std::to_string(m_month);
    int position = 0;
    for (std::size_t at = 0; at < m_board.rows.size(); at = end_of(at)) {
        auto made = area(at, ++position, page);
        m_total.add(made.count);
        bool const asked = m_filter.area == 0 || m_filter.area == position;
        bool const empty = m_filter.narrows() && made.activities.empty();
        if (asked && !empty)
            page.areas.push_back(std::move(made));
    }
    page.narrowed = m_filter.narrows();
    head(page);
    options(page);
    steps(page);
    return page;
}

/// The position after the last row under the row at this position.
std::size_t Builder::end_of(std::size_t at) const
{
    auto const level = m_board.rows[at].node.level;
    std::size_t end = at + 1;
    while (end < m_board.rows.size() && m_board.rows[end].node.level > level)
        ++end;
    return end;
}

bool Builder::mine(std::size_t at, std::size_t end) const
{
    for (; at < end; ++at)
        if (m_board.rows[at].mine)
            return true;
    return false;
}

BoardArea Builder::area(std::size_t at, int position, BoardPage& page)
{
    auto const end = end_of(at);
    auto const& node = m_board.rows[at].node;
    BoardArea made;
    made.anchor = "a" + std::to_string(position);
    made.title = node.level == Level::Area ? bare_number(node.number) + " " + node.body : std::string {};
    page.areas_to_choose.push_back({ std::to_string(position), view::plain(made.title), m_filter.area == position });
    bool open = m_filter.narrows() || !m_any_mine || mine(at, end);
    if (m_filter.open && !m_filter.narrows())
        open = m_filter.open->contains(position);
    std::int64_t lines = 0;
    for (auto row = at; row < end; ++row) {
        auto const& each = m_board.rows[row];
        auto owed = m_owed.find(each.node.id);
        if (owed != m_owed.end())
            made.count.add(count(each.node, owed->second));
        if (owed != m_owed.end() || each.node.level == Level::Subactivity || m_bearers.contains(each.node.id))
            ++lines;
    }
    for (auto row = at + (node.level == Level::Area ? 1 : 0); row < end; row = end_of(row))
        activity(made, row, end_of(row), open);
    if (!open)
        made.activities.clear();
    made.progress = { "plan.board.area_progress", { made.count.due_verified, made.count.due } };
    made.toggle = { toggled_address(m_board.head, m_filter, position, open, [&](int other) {
        int index = 0;
        for (std::size_t each = 0; each < m_board.rows.size(); each = end_of(each))
            if (++index == other)
                return !m_any_mine || mine(each, end_of(each));
        return false;
    }) };
    if (open)
        made.toggle_words = { "plan.board.close" };
    else
        made.toggle_words = { "plan.board.open", { lines } };
    return made;
}

void Builder::activity(BoardArea& area, std::size_t at, std::size_t end, bool open)
{
    if (!open)
        return;
    auto const& first = m_board.rows[at];
    BoardActivity made;
    if (first.node.level == Level::Activity)
        made.title = bare_number(first.node.number) + (first.node.number.empty() ? "" : " ") + first.node.body;
    static Owed const none;
    for (; at < end; ++at) {
        auto const& row = m_board.rows[at];
        auto owed = m_owed.find(row.node.id);
        bool const bears = owed != m_owed.end() || m_bearers.contains(row.node.id);
        if (!bears && row.node.level != Level::Subactivity)
            continue;
        auto const& all = owed == m_owed.end() ? none : owed->second;
        if (shows(row, all))
            made.rows.push_back(line(row, all));
    }
    made.owes_now = std::ranges::any_of(made.rows, [](BoardLine const& row) { return row.css == "r"; });
    if (!made.rows.empty() || (!m_filter.narrows() && !made.title.empty()))
        area.activities.push_back(std::move(made));
}

bool Builder::answers(Node const& node, Deliverable const& deliverable) const
{
    auto const& plan = m_board.head.plan;
    if (m_filter.month != 0) {
        int const first = static_cast<int>(deliverable.starts_on.month());
        int const last = static_cast<int>(deliverable.ends_on.month());
        if (m_filter.month < first || m_filter.month > last)
            return false;
    }
    if (m_filter.proof == "without" && deliverable.proofs > 0)
        return false;
    if (m_filter.proof == "with" && deliverable.proofs == 0)
        return false;
    if (m_filter.state == "late")
        return late(plan, node, deliverable, m_today);
    if (m_filter.state == "apart")
        return apart(node, deliverable.state);
    return m_filter.state.empty() || m_filter.state == to_text(deliverable.state);
}

bool Builder::shows(BoardRow const& row, Owed const& owed) const
{
    if (!m_filter.owner.empty() && row.owner != m_filter.owner)
        return false;
    if (!m_filter.text.empty()) {
        bool found = row.search.find(m_filter.text) != std::string::npos;
        if (auto bearer = m_bearers.find(row.node.id); bearer != m_bearers.end())
            for (auto item : bearer->second.items)
                found = found || m_rows.at(item)->search.find(m_filter.text) != std::string::npos;
        if (!found)
            return false;
    }
    if (m_filter.state == "unscheduled")
        return owed.empty() && m_bearers.contains(row.node.id);
    if (!m_filter.asks_deliverables())
        return true;
    return std::ranges::any_of(owed, [&](Deliverable const* each) { return answers(row.node, *each); });
}

BoardCount Builder::count(Node const& node, Owed const& owed) const
{
    BoardCount made;
    for (auto const* each : owed) {
        if (apart(node, each->state)) {
            ++made.apart;
            continue;
        }
        ++made.all;
        bool const verified = each->state == State::Verified;
        made.verified += verified ? 1 : 0;
        if (each->due_on < m_today || verified) {
            ++made.due;
            made.due_verified += verified ? 1 : 0;
        }
        made.late += late(m_board.head.plan, node, *each, m_today) ? 1 : 0;
    }
    return made;
}

/// What the text of a row opens: what is owed now, else what comes next, else the last.
Deliverable const* Builder::chosen(Owed const& owed) const
{
    for (auto const* each : owed)
        if (static_cast<int>(each->ends_on.month()) >= m_month)
            return each;
    return owed.empty() ? nullptr : owed.back();
}

std::optional<view::Sentence> Builder::indicators(Node const& node) const
{
    constexpr std::size_t longest = 170;
    auto bearer = m_bearers.find(node.id);
    if (bearer == m_bearers.end())
        return std::nullopt;
    std::string text;
    std::int64_t number = 0;
    for (auto item : bearer->second.items) {
        if (item == node.id)
            continue;
        auto const& indicator = m_rows.at(item)->node;
        ++number;
        if (text.size() < longest)
            text += (text.empty() ? "" : " · ") + bare_number(indicator.number) + (indicator.number.empty() ? "" : " ") + indicator.body;
    }
    if (number == 0)
        return std::nullopt;
    text = shortened(text, longest);
    if (number == 1)
        return view::plain(text);
    return view::Sentence { "plan.board.indicators", { number, text } };
}

BoardLine Builder::line(BoardRow const& row, Owed const& owed) const
{
    constexpr std::size_t longest_text = 260;
    constexpr std::size_t longest_note = 90;
    auto const& node = row.node;
    BoardLine made;
    made.number = bare_number(node.number);
    made.text = shortened(node.body, longest_text);
    made.indicators = indicators(node);
    made.owner = row.owner;
    made.uncertain = node.months_open();
    made.cells = board_cells(m_board.head.plan, node, owed, m_filter.view, m_month, m_today);
    bool const now = std::ranges::any_of(made.cells, [](BoardCell const& cell) { return cell.css.find("kini") != std::string::npos && !cell.marks.empty(); });
    made.unscheduled = owed.empty() && node.applies && m_bearers.contains(node.id);
    if (owed.empty() && !made.unscheduled && !node.applies)
        made.cells.clear();
    made.css = now || made.unscheduled || m_filter.narrows() ? "r" : "x";
    if (auto const* shown = chosen(owed)) {
        made.link = { deliverable_address(shown->id) };
        made.note = shortened(shown->note, longest_note);
    }
    std::int64_t proofs = 0;
    for (auto const* each : owed)
        proofs += each->proofs;
    made.proofs = proofs == 0 ? "–" : std::to_string(proofs);
    if (!node.applies)
        made.flags.push_back({ "plan.flag.not_applicable" });
    if (auto words = authority_words(node.authority))
        made.flags.push_back(*words);
    if (node.tentative)
        made.flags.push_back({ "plan.flag.tentative" });
    if (row.shared > 0)
        made.flags.push_back({ "plan.flag.shared", { row.shared } });
    if (node.carried_from)
        made.flags.push_back({ "plan.flag.carried" });
    made.remark = shortened(node.remark, longest_note);
    return made;
}

void Builder::head(BoardPage& page) const
{
    auto const& plan = m_board.head.plan;
    page.decree = decree_words(plan);
    page.progress = { "plan.board.progress", { m_total.verified, m_total.all } };
    page.due_progress = { "plan.board.due_progress", { m_total.due_verified, m_total.due } };
    page.late = m_total.late;
    if (m_total.apart > 0)
        page.apart = view::Sentence { "plan.board.apart", { m_total.apart } };
    if (page.areas.empty() && page.narrowed)
        page.nothing = view::EmptyState { { "plan.board.nothing" }, view::Sentence { "plan.board.nothing_why" },
            { board_address(m_board.head.unit_code, plan.year) }, { "plan.board.show_all" } };
    page.banner = board_banner(m_board.head, m_unscheduled, m_uncertain);
}

void Builder::options(BoardPage& page) const
{
    std::set<std::string> owners;
    for (auto const& row : m_board.rows)
        if (!row.owner.empty())
            owners.insert(row.owner);
    for (auto const& owner : owners)
        page.owners.push_back({ owner, view::plain(owner), m_filter.owner == owner });
    filter_options(page, m_filter, m_month);
}

void Builder::steps(BoardPage& page) const { board_links(page, m_board.head, m_filter); }

}

BoardPage board_page(Board const& board, BoardFilter const& filter, time::Date today)
{
    return Builder(board, filter, today).build();
}

}
