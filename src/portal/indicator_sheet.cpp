#include "portal/indicator_model.hpp"
#include "portal/sheet_lines.hpp"
#include "view/words.hpp"

namespace kpuhub::portal {

namespace {

using Cells = std::vector<codec::SheetValue>;

/// Value, numerator and denominator as far as they are shown.
void add_value(Cells& cells, FigureValue const& value, text::Messages const& messages, text::Language language)
{
    if (value.percent)
        cells.emplace_back(codec::SheetShare { value.percent->numerator, value.percent->denominator });
    else
        cells.emplace_back(view::words(value.words, messages, language));
    if (value.counted) {
        cells.emplace_back(value.numerator);
        cells.emplace_back(value.denominator);
    }
}

}

codec::Sheet indicator_sheet(IndicatorPage const& page, text::Messages const& messages, text::Language language)
{
    using enum codec::CellLook;
    auto word = [&](std::string_view key) { return messages.text(key, language); };
    codec::Sheet sheet { word("nav.indicators") };
    sheet.widths = { 48, 20, 16, 16, 16 };
    SheetLines lines { sheet };
    auto add = [&](std::string first, FigureValue const& value) {
        Cells cells { std::move(first) };
        add_value(cells, value, messages, language);
        lines.add(std::move(cells));
    };
    auto const heading = [&](std::string first) {
        lines.skip();
        lines.add({ std::move(first), word("indicator.column.value"), page.numerator_words.empty() ? std::string {} : word("indicator.column.numerator"),
                      page.denominator_words.empty() ? std::string {} : word("indicator.column.denominator") }, Heading);
    };
    lines.add({ page.title }, Title);
    lines.add({ page.unit_name + ", " + view::words(page.period, messages, language) });
    if (page.target)
        lines.add({ word("indicator.target") + " " + view::words(*page.target, messages, language) });
    heading(word("indicator.column.what"));
    add(page.unit_name, page.value);
    if (!page.branches.empty())
        heading(word("indicator.column.office"));
    for (auto const& row : page.branches)
        add(row.code + " " + row.name, row.value);
    heading(word("portal.dashboard.period"));
    for (auto const& row : page.trend)
        add(view::words(row.period, messages, language), row.value);
    if (!page.buckets.empty()) {
        lines.skip();
        lines.add({ word("indicator.buckets"), word("indicator.column.records") }, Heading);
        for (auto const& bucket : page.buckets)
            lines.add({ view::words(bucket.range, messages, language), bucket.records });
    }
    lines.skip();
    lines.add({ word("indicator.how") }, Heading);
    for (auto const& line : page.how)
        lines.add({ line });
    lines.add({ page.source });
    return sheet;
}

}
