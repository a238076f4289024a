#pragma once
#include "record/page_parts.hpp"
#include "record/recap.hpp"

namespace kpuhub::record {

struct RecapCell {
    std::string label;
    std::int64_t count = 0;
    void describe(view::Visitor&) const;
};

struct RecapRow {
    std::string unit;
    view::Link link;                        ///< the recap of the branch, or the list of the office; empty: neither is there
    bool own = false;                       ///< the office of the page, without those below
    std::int64_t keeping = 0, offices = 0;
    std::vector<RecapCell> cells;
    std::int64_t in_all = 0;
    void describe(view::Visitor&) const;
};

struct RecapHead {
    std::string label;
    void describe(view::Visitor&) const;
};

/// What web/templates/record/recap.mustache shows.
struct RecapPage {
    std::string title, office;
    std::vector<RecapHead> heads;           ///< states that any record stands in
    std::vector<RecapRow> rows;
    std::vector<RecapCell> sums;
    std::int64_t in_all = 0, keeping = 0, offices = 0;
    bool rounded = false;
    std::int64_t step = 1;                  ///< numbers are rounded down to multiples of it; 1 = they are exact
    view::Link list, csv;
    std::optional<view::EmptyState> nothing {};
    void describe(view::Visitor&) const;
};
RecapPage recap_page(Recap const&, text::Language);

}
