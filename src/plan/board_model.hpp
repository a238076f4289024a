#pragma once
#include "plan/board.hpp"
#include "view/parts.hpp"
#include <set>

namespace kpuhub::plan {

enum class BoardView { Months, Quarters, Semesters };

/// What the reader asked to see, as the address says it.
struct BoardFilter {
    BoardView view = BoardView::Months;
    std::string text;                       ///< normal form
    std::string typed;                      ///< as typed
    int area = 0;                           ///< position of the area, from 1; 0 = all
    std::string owner;
    std::string state;                      ///< a state, "late", "apart" or "unscheduled"; empty = all
    std::string proof;                      ///< "with", "without" or empty
    int month = 0;                          ///< only rows that owe something then; 0 = the whole year
    int shown_month = 0;                    ///< the month of the list on phones; 0 = the present one
    std::optional<std::set<int>> open {};   ///< positions of the open areas; none = those of the reader

    /// Whether rows are left out.
    [[nodiscard]] bool narrows() const;
    [[nodiscard]] bool asks_deliverables() const { return !state.empty() || !proof.empty() || month != 0; }
};

struct BoardMark {
    std::string css;
    std::string letter;
    view::Link link;
    view::Sentence title;                   ///< state, due day, flags in words
    view::Sentence words;                   ///< state alone
    time::Date due_on {};
    bool shown = false;                     ///< its words are on the page (phones, quarters)
    void describe(view::Visitor&) const;
};

struct BoardCell {
    std::string css;
    int span = 1;
    std::vector<BoardMark> marks {};
    void describe(view::Visitor&) const;
};

struct BoardLine {
    std::string css;                        ///< "r": owes something in the chosen month, "x": does not
    std::string number;
    std::string text;
    view::Link link {};
    std::optional<view::Sentence> indicators {};
    std::string owner;
    std::string proofs;
    std::vector<BoardCell> cells;
    bool unscheduled = false;
    bool uncertain = false;
    std::vector<view::Sentence> flags;
    std::string remark;
    std::string note;                       ///< keterangan realisasi
    void describe(view::Visitor&) const;
};

struct BoardActivity {
    std::string title;
    bool owes_now = false;                  ///< one of its rows owes something in the chosen month
    std::vector<BoardLine> rows;
    void describe(view::Visitor&) const;
};

/// Verified, due so far, all, late and apart: the counts of one area or of the plan.
struct BoardCount {
    std::int64_t verified = 0, due_verified = 0, due = 0, all = 0, late = 0, apart = 0;
    void add(BoardCount const&);
};

struct BoardArea {
    std::string title;
    std::string anchor;
    view::Sentence progress;
    BoardCount count {};
    view::Link toggle;
    view::Sentence toggle_words;
    std::vector<BoardActivity> activities;
    void describe(view::Visitor&) const;
};

struct BoardColumn {
    view::Sentence label;
    std::optional<view::Sentence> below {};
    std::string css;
    std::string width;                      ///< class of its <col>
    void describe(view::Visitor&) const;
};

struct FilterOption {
    std::string value;
    view::Sentence label;
    bool chosen = false;
    void describe(view::Visitor&) const;
};

struct BoardStep {
    view::Link link;
    view::Sentence label;
    void describe(view::Visitor&) const;
};

struct BoardBanner {
    view::Sentence head;
    view::Sentence body;
    std::vector<BoardStep> steps;
    void describe(view::Visitor&) const;
};

/// The year board: what web/templates/plan/board.mustache shows.
struct BoardPage {
    view::Year year;
    view::Sentence decree;
    view::Sentence progress;
    view::Sentence due_progress;
    std::int64_t late = 0;
    view::Link late_link;
    std::optional<view::Sentence> apart;
    std::optional<BoardBanner> banner;
    std::string css;                        ///< of the table: "m6" draws the stripe of June
    std::vector<BoardStep> views;           ///< month, quarter, semester
    std::int64_t chosen_view = 0;
    view::Link action;
    view::Link sheet, csv;                  ///< XLSX; the same rows as CSV
    view::Link clear;
    std::string view_code;
    std::string text;
    std::vector<FilterOption> areas_to_choose, owners, states, proofs, months, shown_months;
    std::vector<BoardColumn> columns;
    int width = 0;                          ///< columns of the table in all
    std::vector<BoardArea> areas;
    bool narrowed = false;
    std::optional<view::EmptyState> nothing;
    std::vector<BoardStep> more;            ///< schedule, compare, journal ...
    void describe(view::Visitor&) const;
};

/// Pure: everything that the page shows follows from the board, the wishes and today.
BoardPage board_page(Board const&, BoardFilter const&, time::Date today);

}
