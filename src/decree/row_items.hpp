#pragma once
#include "decree/header.hpp"
#include "decree/month_words.hpp"
#include "decree/tree_builder.hpp"

namespace kpuhub::decree {

/// A text of a row and the column in which it stood.
struct Item {
    int column = 0;
    std::string text;
    Level level = Level::Area;   ///< decided by `place`
    bool misread = false;        ///< recognised with doubt, in a row with marks of its own: its first sign tells nothing
};

/// A row of the plan table taken apart.
struct RowItems {
    std::vector<Item> items {};
    std::vector<int> marks {};   ///< columns with a mark
    std::string number {};       ///< the cell of the number column, when it is a number
    std::string note {};
    std::string owner {};
    std::optional<WordedMonths> told {};                             ///< months told in words
    std::vector<std::pair<std::string, std::string>> extras {};      ///< other columns: heading and text
    int doubled = 0;             ///< texts that stood twice side by side
    bool grid = false;           ///< of a sheet or Word table: texts in the columns of levels stand where they belong
    bool printed = false;        ///< of a page of paper: each text has its place there; one that is in no column of a level was read wrong
    bool displaced = false;      ///< texts stood in other columns than the header says
    int shift = 0;               ///< columns by which the row is pushed to the right
};

/// The columns of the row before and what its texts turned out to be: a displaced row is seldom alone.
struct Habit {
    std::vector<int> columns {};
    std::vector<Level> levels {};
    bool displaced = false;
};

/// `real_marks`: the table has marks that are signs, so that a coloured cell is none.
RowItems take_apart(SourceRow const&, Layout const&, Shape const&, TreeBuilder const&, bool real_marks = false);

/// Decides the level of each item from its column and from how the numbers go on. OCR pushes a whole row to the left
/// or right, prints a text twice, or puts the next indicator into the sub-activity's column; the numbering tells.
void place(RowItems&, Layout const&, Shape const&, TreeBuilder const&, Habit const& = {});

Habit habit_of(RowItems const&);

}
