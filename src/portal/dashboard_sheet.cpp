#include "codec/xlsx_writer.hpp"
#include "portal/dashboard_model.hpp"
#include "portal/sheet_lines.hpp"
#include "text/messages.hpp"
#include "view/words.hpp"

namespace kpuhub::portal {

namespace {

codec::SheetValue share(Ratio const& ratio) { return codec::SheetShare { ratio.numerator, ratio.denominator }; }

}

codec::Sheet dashboard_sheet(DashboardPage const& page, text::Messages const& messages, text::Language language)
{
    using enum codec::CellLook;
    auto word = [&](std::string_view key) { return messages.text(key, language); };
    codec::Sheet sheet { word("portal.sheet.name") };
    sheet.widths = { 44, 14, 14, 14, 14, 14, 14, 14, 14, 14, 14, 14 };
    SheetLines lines { sheet };
    lines.add({ page.unit_name + " " + std::to_string(page.year) }, Title);
    lines.add({ view::long_moment(page.as_of, language) });
    lines.skip();
    lines.add({ word("portal.dashboard.to_date"), share(page.to_date), page.to_date.numerator, page.to_date.denominator });
    lines.add({ word("portal.dashboard.of_year"), share(page.of_year), page.of_year.numerator, page.of_year.denominator });
    lines.add({ word("portal.dashboard.late"), page.late });
    lines.add({ word("portal.dashboard.no_proof"), page.no_proof });
    lines.add({ word("portal.part.submitted"), page.submitted });
    lines.add({ word("portal.part.apart"), page.apart });
    lines.skip();
    lines.add({ word("portal.dashboard.by_area"), word("portal.sheet.percent"), word("portal.dashboard.verified"), word("portal.part.due"), word("portal.dashboard.late") }, Heading);
    for (auto const& bar : page.bars)
        lines.add({ view::words(bar.label, messages, language), share(bar.share), bar.share.numerator, bar.share.denominator, bar.late });
    lines.skip();
    if (!page.rows.empty()) {
        std::vector<codec::SheetValue> heading { word("portal.dashboard.office") };
        for (auto const& head : page.heads)
            heading.emplace_back(std::to_string(head.number) + " " + view::words(head.name, messages, language));
        for (auto const* last : { "portal.dashboard.late", "portal.dashboard.plans" })
            heading.emplace_back(word(last));
        lines.add(std::move(heading), Heading);
        for (auto const& row : page.rows) {
            std::vector<codec::SheetValue> values { row.code + " " + row.name };
            for (auto const& cell : row.cells)
                values.push_back(row.has_plan ? share(cell.share) : codec::SheetValue { word("portal.heat.none_mark") });
            values.emplace_back(row.late);
            values.emplace_back(row.fixed);
            lines.add(std::move(values));
        }
        lines.skip();
    }
    lines.add({ word("portal.dashboard.period"), word("portal.dashboard.planned"), word("portal.part.due"), word("portal.dashboard.verified"),
                  page.is_office ? word("portal.dashboard.late") : std::string {} }, Heading);
    for (auto const& period : page.periods)
        lines.add({ view::words(period.name, messages, language), period.planned, period.due, period.verified,
            page.is_office ? codec::SheetValue { period.late } : codec::SheetValue { std::string {} } });
    if (!page.trend.empty()) {
        lines.skip();
        lines.add({ word("portal.trend.title"), std::to_string(page.year - 1), std::to_string(page.year) }, Heading);
        for (auto const& row : page.trend)
            lines.add({ view::words(row.name, messages, language), row.known_before ? share(row.before) : codec::SheetValue { word("portal.trend.none") },
                row.known_now ? share(row.now) : codec::SheetValue { std::string {} } });
    }
    return sheet;
}

}
