#include "codec/csv.hpp"
#include "codec/text.hpp"
#include <algorithm>
#include <map>

namespace kpuhub::codec {

namespace {

/// Fields per line outside quotes, for the first lines of a text.
std::vector<int> separators_per_line(std::string_view text, char separator)
{
    std::vector<int> counts;
    int count = 0;
    bool quoted = false;
    bool filled = false;
    for (char const c : text.substr(0, 65536)) {
        if (c == '"')
            quoted = !quoted;
        else if (c == separator && !quoted)
            ++count;
        else if (c == '\n' && !quoted) {
            if (filled)
                counts.push_back(count);
            count = 0;
            filled = false;
            continue;
        }
        filled = filled || (c != '\r' && c != ' ');
    }
    if (filled)
        counts.push_back(count);
    return counts;
}

}

char csv_separator(std::string_view text)
{
    constexpr int least_fields = 4;
    // Lines with tabs keep their meaning: the commas in them belong to sentences.
    auto const tabs = std::ranges::count(text.substr(0, 65536), '\t');
    char best = 0;
    std::size_t best_lines = 2;
    for (char const separator : { ';', ',', '\t' }) {
        if (separator == '\t' ? text.find("\t\"") == std::string_view::npos : tabs > 20)
            continue;
        std::map<int, std::size_t> lines;
        for (int const count : separators_per_line(text, separator))
            ++lines[count];
        std::size_t most = 0;
        std::size_t total = 0;
        for (auto const& [count, number] : lines) {
            if (count < least_fields)
                continue;
            total += number;
            most = std::max(most, number);
        }
        if (most > best_lines && most * 10 >= total * 7) {
            best_lines = most;
            best = separator;
        }
    }
    return best;
}

Result<Document> read_csv(std::string_view text, char separator, Limits const& limits)
{
    Page page;
    std::string field;
    int line = 1;
    int record_line = 1;
    int column = 1;
    int quote_line = 0;
    auto const finish_field = [&] {
        if (!field.empty())
            page.cells.push_back({ record_line, column, 1, 1, field });
        field.clear();
        ++column;
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        char const c = text[i];
        if (c == '\n')
            ++line;
        if (static_cast<std::size_t>(line) > limits.lines || page.cells.size() > limits.cells || static_cast<std::size_t>(column) > limits.columns
            || field.size() > limits.cell_bytes)
            return invalid_because("codec.too_many_lines", std::to_string(limits.lines));
        if (quote_line != 0) {
            if (c != '"')
                field += c == '\n' || c == '\r' ? ' ' : c;
            else if (i + 1 < text.size() && text[i + 1] == '"') {
                field += '"';
                ++i;
            } else
                quote_line = 0;
        } else if (c == '"' && field.empty())
            quote_line = line;
        else if (c == separator)
            finish_field();
        else if (c == '\n') {
            finish_field();
            column = 1;
            record_line = line;
        } else if (c != '\r')
            field += c;
    }
    if (quote_line != 0)
        return invalid_because("codec.csv_quote", std::to_string(quote_line));
    finish_field();
    return Document { Format::Csv, { std::move(page) } };
}

}
