#include "decree/linear_reader.hpp"
#include "decree/linear_page.hpp"
#include "decree/table_reader.hpp"
#include <algorithm>
#include <map>

namespace kpuhub::decree {

namespace {

class LinearWriter {
public:
    LinearWriter(Draft& draft, LinearPlan const& plan) : m_draft(draft), m_plan(plan) {}

    void write()
    {
        std::map<int, int> areas;
        for (auto const& group : m_plan.groups) {
            auto [found, fresh] = areas.try_emplace(group.area, 0);
            if (fresh)
                found->second = area(group);
            write_group(group, found->second);
        }
        for (auto const* cell : m_plan.unread)
            m_draft.findings.push_back({ FindingKind::UnreadLine, Severity::Warning, cell->lines, {}, { cell->text.substr(0, 80) } });
    }

private:
    int add(Level level, int parent, LinearCell const* cell, std::vector<Source> sources)
    {
        Node node;
        node.id = m_draft.next_id++;
        node.parent = parent;
        node.level = level;
        if (cell != nullptr) {
            node.number = cell->mark.printed;
            node.text = trimmed(std::string_view { cell->text }.substr(cell->mark.length));
        }
        node.sources = std::move(sources);
        m_draft.nodes.push_back(std::move(node));
        return m_draft.nodes.back().id;
    }

    static std::vector<Source> lines_of(std::vector<LinearCell const*> const& cells)
    {
        std::vector<Source> lines;
        for (auto const* cell : cells)
            lines.insert(lines.end(), cell->lines.begin(), cell->lines.end());
        return lines;
    }

    int area(LinearGroup const& group)
    {
        if (group.area >= 0) {
            auto const& cells = m_plan.areas[static_cast<std::size_t>(group.area)].cells;
            return add(Level::Area, 0, cells.front(), lines_of(cells));
        }
        int const id = add(Level::Area, 0, nullptr, first_lines(group));
        m_draft.nodes.back().inferred = true;
        return id;
    }

    static std::vector<Source> first_lines(LinearGroup const& group)
    {
        if (!group.activity.empty())
            return group.activity.front()->lines;
        return group.subs.empty() || group.subs.front().cell == nullptr ? std::vector<Source> { Source {} } : group.subs.front().cell->lines;
    }

    void write_group(LinearGroup const& group, int parent)
    {
        auto const first_id = m_draft.next_id;
        int const activity = add(Level::Activity, parent, group.activity.empty() ? nullptr : group.activity.front(),
            group.activity.empty() ? first_lines(group) : lines_of(group.activity));
        std::vector<int> ids;
        std::vector<std::vector<int>> indicators(group.subs.size());
        for (std::size_t i = 0; i < group.subs.size(); ++i) {
            auto const& sub = group.subs[i];
            ids.push_back(add(Level::Subactivity, activity, sub.cell, sub.cell->lines));
            for (auto const* cell : sub.indicators)
                indicators[i].push_back(add(Level::Indicator, ids.back(), cell, cell->lines));
        }
        for (std::size_t i = 0; i < group.subs.size(); ++i)
            if (int const by = group.subs[i].covered_by; by >= 0)
                for (int const id : indicators[static_cast<std::size_t>(by)]) {
                    auto& covers = m_draft.nodes[static_cast<std::size_t>(id) - 1].covers;
                    if (covers.empty())
                        covers.push_back(ids[static_cast<std::size_t>(by)]);
                    covers.push_back(ids[i]);
                }
        if (!group.guessed)
            return;
        Finding finding { FindingKind::PairingGuessed, Severity::Info, { first_lines(group).front() }, {}, {} };
        for (int id = first_id; id < m_draft.next_id; ++id)
            finding.nodes.push_back(id);
        m_draft.findings.push_back(std::move(finding));
    }

    Draft& m_draft;
    LinearPlan const& m_plan;
};

}

std::pair<std::size_t, std::size_t> linear_table(std::vector<SourceRow> const& rows, Shape const& shape)
{
    std::size_t first = rows.size();
    bool headings = false;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto const text = rows[i].joined();
        bool const month_line = is_month_line(text, shape);
        bool const months_heading = shape.column_of(text) == Column::Months && text.find("BULAN") != std::string::npos;
        if (first == rows.size() && (month_line || months_heading))
            first = i;
        headings = headings || (is_header_line(text, shape) && plain(text).find("kegiatan") != std::string::npos);
    }
    if (first == rows.size() || !headings)
        return { 0, 0 };
    std::size_t last_header = first;
    for (std::size_t i = first; i < rows.size(); ++i)
        if (is_month_line(rows[i].joined(), shape))
            last_header = i;
    std::size_t end = last_header;
    while (end < rows.size() && !is_closing(rows[end].joined()))
        ++end;
    return { first, end };
}

void read_linear(Draft& draft, std::vector<SourceRow> const& rows, std::size_t first, std::size_t end, Shape const& shape)
{
    std::vector<SourceRow> outside;
    auto const cells = linear_cells(std::span { rows }.subspan(first, end - first), shape, outside);
    auto const plan = linear_plan(cells, shape);
    LinearWriter { draft, plan }.write();
    for (auto const& row : outside)
        draft.findings.push_back({ FindingKind::LineOutside, Severity::Info, { row.source }, {}, { row.joined().substr(0, 80) } });
}

}
