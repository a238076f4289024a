#include "decree/linear_page.hpp"
#include <algorithm>
#include <utility>
#include <numeric>

namespace kpuhub::decree {

namespace {

using Cells = std::vector<LinearCell const*>;

std::string bare(LinearCell const& cell) { return trimmed(std::string_view { cell.text }.substr(cell.mark.length)); }

/// Words that two texts have in common by their first five letters, the longer the better.
int kinship(std::string_view a, std::string_view b)
{
    int common = 0;
    auto const others = split(plain(b), ' ');
    for (auto const& word : split(plain(a), ' '))
        if (word.size() >= 4)
            for (auto const& other : others)
                if (other.substr(0, 5) == word.substr(0, 5)) {
                    common += static_cast<int>(word.size());
                    break;
                }
    return common;
}

class PageReader {
public:
    PageReader(LinearPlan& plan, Cells cells, Shape const& shape) : m_plan(plan), m_cells(std::move(cells)), m_shape(shape) {}

    void read()
    {
        m_first_group = m_plan.groups.size();
        settle_merged();
        for (std::size_t i = 0; i < m_cells.size(); ++i)
            i < m_first_merged ? plain_cell(i) : merged_cell(i);
        close_block();
        name_groups();
        fill_needs();
        place_areas();
    }

private:
    [[nodiscard]] bool is(std::size_t i, LinearKind kind) const { return i < m_cells.size() && m_cells[i]->kind == kind; }
    [[nodiscard]] bool first_sub(std::size_t i) const { return is(i, LinearKind::Subactivity) && m_cells[i]->mark.rank == 1; }

    [[nodiscard]] bool repeats(std::size_t i) const
    {
        auto const text = plain(m_cells[i]->text);
        auto const from = m_first_group > 3 ? m_first_group - 3 : 0;
        for (auto g = from; g < m_first_group; ++g)
            for (auto const* cell : m_plan.groups[g].activity)
                if (plain(bare(*cell)) == text && !first_sub(i + 1))
                    return true;
        return false;
    }

    /// The last activities of a page that no row follows name the groups that came without one.
    void settle_merged()
    {
        m_merged.assign(m_cells.size(), false);
        std::size_t nameless = 0;
        int last_rank = 0;
        for (std::size_t i = 0; i < m_cells.size(); ++i)
            if (is(i, LinearKind::Subactivity)) {
                int const rank = m_cells[i]->mark.rank;
                if (rank <= last_rank || last_rank == 0)
                    nameless += rank == 1 && !(i > 0 && is(i - 1, LinearKind::Activity)) ? 1 : 0;
                last_rank = rank;
            }
        for (std::size_t i = m_cells.size(); i-- > 0;) {
            if (!is(i, LinearKind::Activity) || first_sub(i + 1))
                continue;
            if (repeats(i))
                m_merged[i] = true;
            else if (nameless > 0) {
                m_merged[i] = true;
                --nameless;
            }
        }
        for (std::size_t i = 0; i < m_cells.size(); ++i)
            if (is(i, LinearKind::Area))
                m_merged[i] = !(is(i + 1, LinearKind::Activity) && !m_merged[i + 1]);
        m_first_merged = static_cast<std::size_t>(std::ranges::find(m_merged, true) - m_merged.begin());
    }

    LinearGroup& group() { return m_plan.groups.back(); }

    void plain_cell(std::size_t i)
    {
        auto const* cell = m_cells[i];
        switch (cell->kind) {
        case LinearKind::Area:
            m_plan.areas.push_back({ { cell } });
            m_plain_areas.emplace_back(m_plan.groups.size(), static_cast<int>(m_plan.areas.size()) - 1);
            break;
        case LinearKind::Activity:
            m_plan.groups.push_back({});
            group().activity.push_back(cell);
            break;
        case LinearKind::Subactivity: {
            bool const fresh = !m_plan.groups.empty() && group().subs.empty() && group().loose.empty();
            if (!fresh && (m_plan.groups.empty() || cell->mark.rank == 1 || (group().subs.empty() && !group().loose.empty())))
                m_plan.groups.push_back({});
            group().subs.push_back({ cell });
            break;
        }
        case LinearKind::Text:
        case LinearKind::Item:
            plain_text(i);
            break;
        }
    }

    void plain_text(std::size_t i)
    {
        auto const* cell = m_cells[i];
        if (m_plan.groups.empty()) {
            leave_over(cell);
            return;
        }
        if (group().subs.empty()) {
            group().loose.push_back(cell);
            return;
        }
        auto& own = group().subs.back().indicators;
        bool const list_goes_on = !own.empty() && cell->kind == LinearKind::Item && own.back()->kind == LinearKind::Item && m_over.empty();
        if (i > 0 && (own.empty() || list_goes_on) && m_over.empty())
            own.push_back(cell);
        else
            leave_over(cell);
    }

    void merged_cell(std::size_t i)
    {
        auto const* cell = m_cells[i];
        if (cell->kind == LinearKind::Activity) {
            if (repeats(i))
                repeat_activity(cell);
            else
                m_names.push_back(cell);
        } else if (cell->kind == LinearKind::Area)
            m_merged_areas.push_back(cell);
        else
            leave_over(cell);
    }

    void repeat_activity(LinearCell const* cell)
    {
        for (auto g = m_plan.groups.size(); g-- > 0;)
            for (auto const* known : m_plan.groups[g].activity)
                if (plain(bare(*known)) == plain(cell->text)) {
                    m_plan.groups[g].activity.push_back(cell);
                    return;
                }
    }

    /// Items of one list are one unit; a list ends with a full stop or when its numbers start again.
    void leave_over(LinearCell const* cell)
    {
        bool const goes_on = cell->kind == LinearKind::Item && !m_block.empty() && m_block.back()->kind == LinearKind::Item
            && (cell->mark.way == Numbering::Dash ? !trimmed(m_block.back()->text).ends_with('.') : cell->mark.rank > m_block.back()->mark.rank);
        if (!goes_on)
            close_block();
        m_block.push_back(cell);
        if (m_over.empty())
            m_over.push_back({});
    }

    void close_block()
    {
        if (m_block.empty())
            return;
        m_units.push_back(std::exchange(m_block, {}));
    }

    /// Names go to groups in order, unless their words clearly belong the other way round.
    void name_groups()
    {
        std::vector<std::size_t> nameless;
        for (auto g = m_first_group; g < m_plan.groups.size(); ++g)
            if (m_plan.groups[g].activity.empty())
                nameless.push_back(g);
        auto const count = std::min(nameless.size(), m_names.size());
        std::vector<std::size_t> order(m_names.size());
        std::iota(order.begin(), order.end(), 0U);
        auto best = order;
        int most = -1;
        if (m_names.size() <= 6)
            do {
                int score = 0;
                for (std::size_t k = 0; k < count; ++k)
                    score += kinship(m_names[order[k]]->text, group_text(m_plan.groups[nameless[k]]));
                if (score > most) {
                    most = score;
                    best = order;
                }
            } while (std::ranges::next_permutation(order).found);
        for (std::size_t k = 0; k < m_names.size(); ++k) {
            if (k >= count) {
                m_plan.unread.push_back(m_names[best[k]]);
                continue;
            }
            m_plan.groups[nameless[k]].activity.push_back(m_names[best[k]]);
            m_plan.groups[nameless[k]].guessed = true;
        }
    }

    static std::string group_text(LinearGroup const& group)
    {
        std::string text;
        for (auto const* cell : group.activity)
            text += cell->text + " ";
        for (auto const& sub : group.subs) {
            text += (sub.cell != nullptr ? sub.cell->text : "") + " ";
            for (auto const* indicator : sub.indicators)
                text += indicator->text + " ";
        }
        for (auto const* cell : group.loose)
            text += cell->text + " ";
        return text;
    }

    /// Merged cells come column by column: first sub-activities that stand alone, then indicators over several rows.
    void fill_needs()
    {
        give_subactivities();
        struct Need {
            std::size_t group;
            std::size_t from;
            std::size_t to;
            bool whole;
        };
        std::vector<Need> needs;
        auto const begin = m_first_group > 0 ? m_first_group - 1 : 0;
        for (auto g = begin; g < m_plan.groups.size(); ++g) {
            auto const& subs = m_plan.groups[g].subs;
            for (std::size_t k = 0; k < subs.size();) {
                auto end = k;
                while (end < subs.size() && subs[end].indicators.empty() && subs[end].covered_by < 0)
                    ++end;
                bool const here = end > k && subs[k].cell != nullptr && subs[k].cell->page == m_cells.front()->page;
                if (here)
                    needs.push_back({ g, k, end, k == 0 && end == subs.size() });
                k = std::max(end, k + 1);
            }
        }
        if (m_units.size() < needs.size()) {
            auto const whole = static_cast<std::size_t>(std::ranges::count_if(needs, &Need::whole));
            if (m_units.size() <= whole)
                std::erase_if(needs, [](auto& need) { return !need.whole; });
        }
        for (std::size_t k = 0; k < m_units.size(); ++k) {
            if (k >= needs.size()) {
                m_plan.unread.insert(m_plan.unread.end(), m_units[k].begin(), m_units[k].end());
                continue;
            }
            auto& group = m_plan.groups[needs[k].group];
            group.subs[needs[k].from].indicators = m_units[k];
            group.guessed = true;
            for (auto s = needs[k].from + 1; s < needs[k].to; ++s)
                group.subs[s].covered_by = static_cast<int>(needs[k].from);
        }
        m_units.clear();
    }

    void give_subactivities()
    {
        for (auto g = m_first_group; g < m_plan.groups.size(); ++g) {
            auto& group = m_plan.groups[g];
            if (group.loose.empty() || !group.subs.empty())
                continue;
            auto unit = std::ranges::find_if(m_units, [](auto& unit) { return unit.front()->kind == LinearKind::Subactivity; });
            if (unit == m_units.end())
                unit = std::ranges::find_if(m_units, [](auto& unit) { return unit.front()->kind == LinearKind::Text; });
            group.guessed = true;
            if (unit == m_units.end()) {
                group.subs.push_back({ group.loose.front(), { group.loose.begin() + 1, group.loose.end() } });
            } else {
                group.subs.push_back({ unit->front(), group.loose });
                m_units.erase(unit);
            }
            group.loose.clear();
        }
    }

    [[nodiscard]] int number_of(int area) const { return area < 0 ? 0 : m_plan.areas[static_cast<std::size_t>(area)].cells.front()->mark.rank; }

    void place_areas()
    {
        int open = m_first_group > 0 ? m_plan.groups[m_first_group - 1].area : -1;
        std::size_t next = 0;
        for (auto g = m_first_group; g < m_plan.groups.size(); ++g) {
            while (next < m_plain_areas.size() && m_plain_areas[next].first <= g)
                open = m_plain_areas[next++].second;
            m_plan.groups[g].area = open;
        }
        for (auto const* cell : m_merged_areas)
            place_merged_area(cell);
    }

    void place_merged_area(LinearCell const* cell)
    {
        for (auto& area : m_plan.areas)
            if (area.cells.front()->mark.rank == cell->mark.rank) {
                area.cells.push_back(cell);
                return;
            }
        m_plan.areas.push_back({ { cell } });
        int const area = static_cast<int>(m_plan.areas.size()) - 1;
        std::size_t from = m_first_group;
        std::size_t to = m_plan.groups.size();
        for (auto g = m_first_group; g < m_plan.groups.size(); ++g) {
            int const number = number_of(m_plan.groups[g].area);
            if (number > cell->mark.rank)
                to = std::min(to, g);
        }
        auto best = from;
        int most = -1;
        bool const nothing_before = from < to && m_plan.groups[from].area < 0;
        for (auto split = from; split < to && !nothing_before; ++split) {
            int score = 0;
            for (auto g = from; g < to; ++g) {
                auto const text = plain(group_text(m_plan.groups[g]));
                score += m_shape.weight(g < split ? number_of(m_plan.groups[g].area) : cell->mark.rank, text);
            }
            if (score > most) {
                most = score;
                best = split;
            }
        }
        for (auto g = best; g < to; ++g)
            m_plan.groups[g].area = area;
    }

    LinearPlan& m_plan;
    Cells m_cells;
    Shape const& m_shape;
    std::size_t m_first_group = 0;
    std::size_t m_first_merged = 0;
    std::vector<bool> m_merged;
    Cells m_names;
    Cells m_block;
    std::vector<Cells> m_units;
    std::vector<int> m_over;
    Cells m_merged_areas;
    std::vector<std::pair<std::size_t, int>> m_plain_areas;
};

/// Pages begin with the printed header; where it is not repeated, a list that goes on behind a narrow cell shows the break.
std::vector<Cells> pages_of(std::vector<LinearCell> const& cells)
{
    std::vector<Cells> pages;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        bool const goes_on = i > 0 && cells[i - 1].kind == LinearKind::Activity && cells[i].kind == LinearKind::Subactivity && cells[i].mark.rank > 1;
        if (pages.empty() || cells[i].page != cells[i - 1].page || goes_on)
            pages.push_back({});
        pages.back().push_back(&cells[i]);
    }
    return pages;
}

}

LinearPlan linear_plan(std::vector<LinearCell> const& cells, Shape const& shape)
{
    LinearPlan plan;
    for (auto& page : pages_of(cells))
        PageReader { plan, std::move(page), shape }.read();
    return plan;
}

}
