#include "decree/line_breaks.hpp"
#include "codec/cell_signs.hpp"
#include "decree/words.hpp"
#include <map>
#include <set>

namespace kpuhub::decree {

namespace {

std::string first_word(std::string_view text)
{
    auto const mark = marker(text);
    auto const words = plain(text.substr(mark.length));
    return words.substr(0, words.find(' '));
}

/// Whether no word but the first has a capital: among names, a capital does not tell where a sentence begins.
bool in_small_letters(std::string_view text)
{
    auto const from = marker(text).length + 1;
    for (std::size_t i = from; i + 1 < text.size(); ++i)
        if (text[i] >= 'A' && text[i] <= 'Z' && text[i - 1] == ' ')
            return false;
    return true;
}

std::string settled(std::string_view text, std::set<std::string> const& beginnings)
{
    auto const sign = codec::full_line_separator;
    std::string out;
    std::size_t sentence = 0;       // where the last one begins
    for (std::size_t at = 0;;) {
        auto const end = text.find(sign, at);
        out += text.substr(at, end - at);
        if (auto const last = out.rfind(codec::line_separator); last != std::string::npos)
            sentence = std::max(sentence, last + codec::line_separator.size());
        if (end == std::string_view::npos)
            return out;
        at = end + sign.size();
        auto const rest = text.substr(at, text.find(sign, at) - at);
        auto const line = trimmed(rest.substr(0, rest.find(codec::line_separator)));
        if (in_small_letters(trimmed(std::string_view { out }.substr(sentence))) && in_small_letters(line) && beginnings.contains(first_word(line)))
            out += codec::line_separator;
        else if (out.ends_with(' ') && text.substr(at).starts_with(' '))
            ++at;
    }
}

}

codec::Document settle_breaks(codec::Document document)
{
    std::map<int, std::set<std::string>> beginnings;
    for (auto const& page : document.pages)
        for (auto const& cell : page.cells)
            if (auto word = first_word(cell.text); word.size() > 3)
                beginnings[cell.column].insert(std::move(word));
    for (auto& page : document.pages)
        for (auto& cell : page.cells)
            if (cell.text.find(codec::full_line_separator) != std::string::npos)
                cell.text = settled(cell.text, beginnings[cell.column]);
    return document;
}

}
