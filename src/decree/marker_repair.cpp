#include "decree/marker_repair.hpp"
#include <algorithm>
#include <string_view>

namespace kpuhub::decree {

static bool looks_like(std::string token, char letter)
{
    while (!token.empty() && (token.back() == '.' || token.back() == ',' || token.back() == ')' || token.back() == ':'))
        token.pop_back();
    static std::map<char, std::vector<std::string_view>> const like {
        { 'a', { "ad", "da", "A", "@", "&", "aa", "ä", "á" } }, { 'b', { "B", "h", "bh", "6" } },
        { 'c', { "C", "Cc", "cC", "cc", "€", "«", "¢", "©", "(", "e", "Ce" } }, { 'd', { "D", "cd", "dl", "dd" } }, { 'e', { "E", "€", "«", "©", "ee", "c" } },
        { 'f', { "F", "£", "f£", "ff", "t" } }, { 'g', { "G", "9", "8", "q" } }, { 'h', { "H", "hh" } }
    };
    auto const found = like.find(letter);
    return found != like.end() && std::ranges::find(found->second, token) != found->second.end();
}

void MarkerRepair::repair(SourceRow& row)
{
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
        auto& text = row.cells[i];
        if (text.size() < 4)
            continue;
        auto const mark = marker(text);
        auto& last = m_markers[i];
        if (row.confidence_at(static_cast<int>(i)) >= 0 && mark.way != Numbering::Letter && mark.way != Numbering::Plain) {
            auto const space = text.find(' ');
            int const next = last.way == Numbering::Letter ? last.rank + 1 : 1;
            for (int const rank : { next, 1 })
                if (space != std::string::npos && looks_like(text.substr(0, space), static_cast<char>('a' + rank - 1))) {
                    text = std::string { static_cast<char>('a' + rank - 1) } + "." + text.substr(space);
                    break;
                }
        }
        if (auto const now = marker(text); now.way != Numbering::None)
            last = now;
    }
}

}
