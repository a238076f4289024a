#pragma once
#include "codec/paper_words.hpp"
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace kpuhub::codec {

/// The lines of a page on which no lines are drawn; `number`: its place in the document.
struct OpenLines {
    std::size_t number = 0;
    double width = 0;
    double height = 0;
    std::vector<PaperLine> lines {};
};

/// A column of a table without drawn lines: the strip in which its words stand.
struct OpenColumn {
    double left = 0;
    double right = 0;
    bool label = false;         ///< has its heading in the lowest line of headings: a month
};

/// Where the headings of such a table stand: places of lines on its first page.
struct OpenHeader {
    std::size_t page = 0;       ///< in the list of pages
    std::size_t first = 0;
    std::size_t labels = 0;     ///< the line of most headings
    std::size_t data = 0;       ///< the first line behind them
    std::vector<std::string> texts {};
    [[nodiscard]] bool repeats(PaperLine const&) const;
};

/// Words of a line that stand close together. A line of short words only ("Jan Feb Mar") has each of them apart.
std::vector<PaperLine> pieces_of(PaperLine const&);

/// Headings of months that fill their columns run into each other ("MaretApril"): parts such words of a line of labels.
void part_labels(PaperLine&);

std::optional<OpenHeader> find_open_header(std::vector<OpenLines> const&);

/// The strips between which nothing is printed, each with a heading; over all pages of the size of the first.
std::vector<OpenColumn> find_open_columns(std::vector<OpenLines> const&, OpenHeader const&);

/// Pages of one size with the one of the header take part.
bool takes_part(OpenLines const& page, OpenLines const& first);

}
