#include "organization/people_csv.hpp"
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

Result<Table> read_people_csv(std::string_view text)
{
    if (text.starts_with(byte_order_mark))
        text.remove_prefix(byte_order_mark.size());
    if (text.find('\0') != std::string_view::npos || text.starts_with("PK\x03\x04"))
        return invalid("people.wrong", { { "file", "people.import.not_csv" } });
    char separator = separator_of(text.substr(0, text.find('\n')));
    Table table;
    std::vector<std::string> row { "" };
    bool quoted = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        char sign = text[at];
        if (quoted && sign == '"' && at + 1 < text.size() && text[at + 1] == '"')
            row.back() += text[++at];
        else if (sign == '"' && (quoted || row.back().empty()))
            quoted = !quoted;
        else if (!quoted && sign == separator)
            row.emplace_back();
        else if (!quoted && sign == '\n')
            table.push_back(std::exchange(row, { "" }));
        else if (quoted || sign != '\r')
            row.back() += static_cast<unsigned char>(sign) < ' ' ? ' ' : sign;
    }
    if (quoted)
        return invalid("people.wrong", { { "file", "people.import.quote_open" } });
    if (row.size() > 1 || !row.front().empty())
        table.push_back(std::move(row));
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
