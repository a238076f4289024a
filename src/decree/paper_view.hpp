#pragma once
#include "decree/import.hpp"
#include "view/visitor.hpp"
#include <optional>
#include <string>
#include <vector>

namespace kpuhub::decree {

/// A cell on the picture of its page. Unit: ten-thousandths of the page's width, in both directions.
struct PaperMark {
    std::int64_t left = 0, top = 0, width = 0, height = 0;
    bool chosen = false;                ///< of the row that is looked at
    void describe(view::Visitor&) const;
};

/// The picture of one page with cells marked, as SVG attributes.
struct PaperView {
    std::int64_t page = 0, pages = 0;
    view::Link picture;
    std::int64_t height = 0;            ///< of the page, when its width is 10000
    std::vector<PaperMark> marks;
    std::string detail;                 ///< viewBox of the strip around the chosen cells; empty = none chosen
    std::int64_t detail_width = 0, detail_height = 0;
    std::string cells;                  ///< names of the chosen cells, "C12, D12"
    std::int64_t confidence = 0;        ///< lowest percent of the chosen cells that were read with doubt; 0 = none
    std::optional<view::Link> page_before, page_after;
    void describe(view::Visitor&) const;
};

/// Whether the import was read from paper (pages with pictures).
bool on_paper(Draft const& original);

/// The number of the page of paper where the first of the sources stands; 0 = none of them is on paper.
int page_of(std::vector<Source> const&);

/// The page with the cells of `chosen` and, paler, of `others`; `address` is that of the import, `leaf` the address to which
/// "page=N" is added for the pages before and after (empty: none). Nothing when the import was no paper or has no such page.
std::optional<PaperView> paper_view(Draft const& original, std::string const& address, std::string const& leaf, int page,
    std::vector<Source> const& chosen, std::vector<Source> const& others);

}
