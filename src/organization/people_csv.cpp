#include "organization/people_csv.hpp"
#include "codec/cell_signs.hpp"
#include <algorithm>

namespace kpuhub::organization {

static constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

static char separator_of(std::string_view heading)
{
    char best = ',';
    for (char sign : { ';', '\t' })
        if (std::count(heading.begin(), heading.end(), sign) > std::count(heading.begin(), heading.end(), best))
            best = sign;
    return best;
}

static Result<void> over(char const* what, std::size_t most)
{
    return invalid("people.wrong", { { "file", what, std::to_string(most) } });
}

/// Whether a table may grow to so many rows and cells, a row to so many columns.
static Result<void> fits(TableLimits const& limits, std::size_t rows, std::size_t columns, std::size_t cells)
{
    if (rows > limits.rows)
        return over("people.import.many_rows", limits.rows - 1);
    if (columns > limits.columns)
        return over("people.import.many_columns", limits.columns);
    if (cells > limits.cells)
        return over("people.import.many_cells", limits.cells);
    return {};
}

Result<Table> read_people_csv(std::string_view text, TableLimits const& limits)
{
    if (text.starts_with(byte_order_mark))
        text.remove_prefix(byte_order_mark.size());
    if (text.find('\0') != std::string_view::npos || text.starts_with("PK\x03\x04"))
        return invalid("people.wrong", { { "file", "people.import.not_csv" } });
    char separator = separator_of(text.substr(0, text.find('\n')));
    Table table;
    std::vector<std::string> row { "" };
    std::size_t cells = 0;                  // the last of a row counts with its end
    bool quoted = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        char sign = text[at];
        if (quoted && sign == '"' && at + 1 < text.size() && text[at + 1] == '"')
            row.back() += text[++at];
        else if (sign == '"' && (quoted || row.back().empty()))
            quoted = !quoted;
        else if (!quoted && sign == separator) {
            TRY_VOID(fits(limits, 0, row.size() + 1, ++cells));
            row.emplace_back();
        } else if (!quoted && sign == '\n') {
            TRY_VOID(fits(limits, table.size() + 1, 0, ++cells));
            table.push_back(std::exchange(row, { "" }));
        } else if (quoted || sign != '\r')
            row.back() += static_cast<unsigned char>(sign) < ' ' ? ' ' : sign;
    }
    if (quoted)
        return invalid("people.wrong", { { "file", "people.import.quote_open" } });
    if (row.size() > 1 || !row.front().empty()) {
        TRY_VOID(fits(limits, table.size() + 1, 0, cells + 1));
        table.push_back(std::move(row));
    }
    return table;
}

Result<Table> table_of(codec::Document const& document, TableLimits const& limits)
{
    Table table;
    if (document.pages.empty())
        return table;
    std::size_t cells = 0;
    for (auto const& cell : document.pages.front().cells) {
        auto const row = static_cast<std::size_t>(cell.row), column = static_cast<std::size_t>(cell.column);
        auto const wide = row > table.size() ? 0 : table[row - 1].size();
        cells += column > wide ? column - wide : 0;
        TRY_VOID(fits(limits, row, column, cells));
        if (table.size() < row)
            table.resize(row);
        if (wide < column)
            table[row - 1].resize(column);
        table[row - 1][column - 1] = codec::one_line(cell.text);
    }
    return table;
}

static std::string cell_of(std::string const& text)
{
    bool formula = !text.empty() && std::string_view { "=+-@\t\r" }.find(text.front()) != std::string_view::npos;
    std::string quoted = formula ? "\"'" : "\"";
    for (char sign : text)
        quoted.append(sign == '"' ? 2 : 1, sign);
    return quoted + '"';
}

std::string csv_of(Table const& table)
{
    std::string text { byte_order_mark };
    for (auto const& row : table) {
        for (std::size_t at = 0; at < row.size(); ++at)
            text.append(at == 0 ? "" : ";").append(cell_of(row[at]));
        text += "\r\n";
    }
    return text;
}

}
