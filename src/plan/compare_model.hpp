#pragma once
#include "plan/board_model.hpp"
#include "plan/plan_compare.hpp"
#include "text/language.hpp"

namespace kpuhub::plan {

struct CompareRow {
    std::string css;                        ///< depth: "k-l0" to "k-l3"
    std::string kind;                       ///< added, removed, changed
    view::Choice words;
    std::string before, after;              ///< number and text
    std::vector<view::Sentence> fields;     ///< what differs, with both values
    void describe(view::Visitor&) const;
};

/// Two moments, or two plans, row by row: web/templates/plan/compare.mustache.
struct ComparePage {
    view::Year year;
    view::Sentence before, after;
    std::int64_t added = 0, removed = 0, changed = 0;
    std::vector<CompareRow> rows;
    std::vector<FilterOption> befores, afters;
    std::string with;
    view::Link action, board;
    std::optional<view::EmptyState> nothing {};
    void describe(view::Visitor&) const;
};

void fill_rows(ComparePage&, std::vector<RowDifference> const&, text::Language);

}
