#include "decree/read_decree.hpp"
#include "decree/areas.hpp"
#include "decree/decree_fields.hpp"
#include "decree/findings.hpp"
#include "decree/linear_reader.hpp"
#include "decree/proposals.hpp"
#include "decree/table_reader.hpp"
#include <algorithm>

namespace kpuhub::decree {

namespace {

/// More month cells than any damage explains (12 labels were seen under up to 19 cells): another kind of table.
constexpr int most_month_cells = 30;

Result<void> check_layout(Layout const& layout)
{
    if (layout.month_first < 0)
        return invalid("decree.no_months");
    if (layout.periods.empty() && layout.month_cells > most_month_cells)
        return invalid_because("decree.too_many_months", std::to_string(layout.month_cells));
    return {};
}

Result<std::size_t> read_table(Draft& draft, std::vector<SourceRow> const& rows, std::size_t first, Shape const& shape)
{
    TRY_VOID(check_layout(read_header(rows, first, shape).first));
    auto const end = TableReader { draft, shape }.read(rows, first);
    return end;
}

}

Result<Draft> read_decree(codec::Document const& document, Shape const& shape)
{
    auto const rows = source_rows(document);
    if (decisions_in(rows) > 1)
        return invalid("decree.two_plans");
    Draft draft;
    draft.lines = shown_lines(document);
    draft.pages = source_pages(document);
    auto const header = std::ranges::find_if(rows, [&](auto& row) { return row.cells.size() > 2 && is_header(row, shape); });
    std::size_t first = 0;
    std::size_t end = 0;
    if (header != rows.end()) {
        first = static_cast<std::size_t>(header - rows.begin());
        end = TRY(read_table(draft, rows, first, shape));
    } else {
        auto const [from, to] = linear_table(rows, shape);
        if (from == to)
            return invalid("decree.no_table");
        first = from;
        end = to;
        read_linear(draft, rows, first, end, shape);
    }
    std::span<SourceRow const> const all { rows };
    draft.decree = read_decree_fields(all.first(first), all.subspan(end));
    recognise_areas(draft, shape);
    if (draft.nodes.empty())
        return invalid("decree.no_rows");
    add_findings(draft);
    propose(draft, shape);
    return draft;
}

}
