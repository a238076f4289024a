#include "codec/csv.hpp"
#include "input.hpp"
#include "organization/people_csv.hpp"

using namespace kpuhub::codec;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size)
{
    auto const text = input_text(bytes, size);
    (void)csv_separator(text);
    for (char const separator : { ',', ';', '\t' })
        if (auto const document = read_csv(text, separator, {}))
            for (auto const& cell : document->pages.front().cells)
                must(cell.row >= 1 && cell.column >= 1 && !cell.text.empty());
    kpuhub::organization::TableLimits const few { .rows = 20, .columns = 10, .cells = 100 };
    if (auto const table = kpuhub::organization::read_people_csv(text, few)) {
        must(table->size() <= few.rows);
        for (auto const& row : *table)
            must(!row.empty() && row.size() <= few.columns);
    }
    return 0;
}
