#pragma once
#include "decree/import.hpp"
#include "decree/paper_view.hpp"
#include "view/visitor.hpp"
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace kpuhub::decree {

// Models of the review: what is still to be decided, what has been, the source beside it, the draft.

struct MonthChip {
    view::Choice month;                 ///< "month.1"
    void describe(view::Visitor&) const;
};

/// A row that a finding names, for "Lihat n baris".
struct RowLine {
    std::string path;                   ///< "1.2.3" by printed numbers
    std::string text;
    view::Link edit;
    std::vector<MonthChip> months;
    bool certain = false;
    std::int64_t marks = 0;             ///< marks as printed, when they are not twelve months
    std::int64_t confidence = 0;        ///< percent of a text read with doubt; 0 = none
    std::int64_t page = 0;              ///< of paper, where it stands
    std::optional<view::Link> mark {};  ///< paper: shows its cells on the picture of the page
    void describe(view::Visitor&) const;
};

struct GroupBlock {
    std::string code;                   ///< "full_year_marks"
    view::Sentence title;
    view::Sentence why;
    std::int64_t rows = 0;
    bool first = false;
    bool open = false;                  ///< its rows are shown
    std::string change;                 ///< of the proposal; empty = only to be looked at
    view::Sentence button;
    std::vector<MonthChip> months;      ///< what the proposal would set
    bool takes_text = false;            ///< the proposal needs a word from the person
    bool takes_number = false;          ///< ... and the number of an area
    std::string value;
    view::Link look;
    std::vector<RowLine> lines;
    std::vector<std::string> details;   ///< what each finding says
    void describe(view::Visitor&) const;
};

struct StepLine {
    std::int64_t step = 0;
    view::Sentence title;
    std::int64_t rows = 0;
    std::string person;
    view::Moment at;
    void describe(view::Visitor&) const;
};

struct SourceLine {
    std::int64_t number = 0;            ///< row of its sheet, or line
    std::string text;
    bool marked = false;
    std::string sheet {};               ///< its name, where the workbook has several
    void describe(view::Visitor&) const;
};

struct DraftRow {
    std::string css;                    ///< l1 area, l2 activity, l3 sub-activity
    std::string number;
    std::string text;
    view::Link link;                    ///< area: opens it; others: edit
    std::vector<MonthChip> months;
    bool uncertain = false;
    std::int64_t below = 0;             ///< area, activity: sub-activities under it
    void describe(view::Visitor&) const;
};

struct ReviewPage {
    std::int64_t version = 0;
    std::string file_name;
    std::string number;
    std::string unit_name;
    std::int64_t areas = 0, subactivities = 0, indicators = 0;
    std::string changed_by;
    view::Moment changed_at;
    std::int64_t decided = 0, all = 0;
    std::vector<GroupBlock> groups;
    std::vector<GroupBlock> notes;      ///< findings that need no decision
    std::vector<StepLine> steps;
    std::vector<SourceLine> source;
    std::string source_range;
    std::optional<PaperView> paper;     ///< of the page looked at, when the decree came on paper
    std::vector<DraftRow> rows;
    std::int64_t year = 0;
    view::Link self, decisions, undo, fix, file, discard;
    bool may_manage = false;
    void describe(view::Visitor&) const;
};

/// What the reader of a review looks at.
struct Looked {
    std::string group {};               ///< code of the group whose rows and source are shown; empty: the first
    int area = 0;                       ///< id of the area that is open in the draft; 0: none
    int row = 0;                        ///< id of the row whose cells are marked on paper; 0: the first of the group
    int page = 0;                       ///< of paper; 0: that of the row
};

/// The page of a draft in review.
ReviewPage review_page(Import const&, Drafts const&, std::vector<Step> const&, Looked const&, time::Zone);

/// The lines (numbers in Draft::lines, from 1) that sources name, and how a line is shown: by the row of its sheet.
std::set<int> lines_of(Draft const& original, std::vector<Source> const&);
SourceLine source_line(Draft const& original, int line, bool marked);

/// Twelve months as chips.
std::vector<MonthChip> chips(std::vector<int> const& months);

/// "1.2.3": printed numbers from the area down.
std::string path_of(Draft const&, Node const&);

/// At most so many bytes, cut between two letters, with "…" behind.
std::string shortened(std::string text, std::size_t most);

/// The words of a decision for the list and the journal.
view::Sentence title_of(Edit const&, std::int64_t rows);

}
