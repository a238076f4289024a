#pragma once
#include <cstddef>

/// The measures by which paper is read, in one place. Sizes are of the letters that such tables are printed in (5.5 to 12 points);
/// each was found on our own samples printed by several programs, and is a rule, not a fact about a sample.
namespace kpuhub::codec::reading {

// Pages (paper_reader.cpp).
inline constexpr int drawn_dpi = 150;               ///< a page with a text layer: only its lines and marks are looked at
inline constexpr int most_drawn_dpi = 360;
inline constexpr int scanned_dpi = 300;             ///< what tesseract was taught with
inline constexpr double scanned_share = 0.7;        ///< of the page that pictures cover: then it is a scan, whatever text lies under it
inline constexpr std::size_t least_letters = 20;    ///< fewer are a stamp or a page number, no text layer
inline constexpr double usual_letters = 7;          ///< points from the top to the bottom of a line's box: smaller print is drawn as large as usual print

inline constexpr double border_inches = 0.12;        ///< dark areas thicker than this that touch the edge of a scan are the lid of the scanner
inline constexpr int border_darkness = 120;         ///< grey

// Drawn lines (paper_rules.cpp), inches.
inline constexpr double level_inches = 0.30;        ///< shorter ones may be a dash or a letter's stroke
inline constexpr double upright_inches = 0.19;      ///< taller than the letters of a table
inline constexpr double most_thick_inches = 0.045;  ///< thinner than the letters of a table are high
inline constexpr double least_drawn = 0.8;          ///< of a line's length; of a line of writing less is ink at any one height
inline constexpr double gap_inches = 0.022;         ///< breaks of pale lines are closed; those between letters are wider
inline constexpr double meet_inches = 0.018;        ///< lines meet; writing keeps its distance
inline constexpr double long_level_inches = 1;      ///< no line of writing is so straight and dark: longer ones vouch for what meets them
inline constexpr double long_upright_inches = 0.5;
inline constexpr double bent_inches = 0.5;          ///< a bent line is taken as straight pieces, none shorter
inline constexpr double stain_inches = 0.1;        ///< around a point, in which specks are counted
inline constexpr double stain_share = 0.01;         ///< of that square that specks cover: on clean pages none is so dense
inline constexpr int contrast = 26;                 ///< grey steps by which a line is darker than its surroundings

// Cells (paper_grid.cpp), inches.
inline constexpr double touch_inches = 0.06;        ///< lines that end so near to each other meet
inline constexpr double same_line_inches = 0.045;   ///< pieces so near to each other are one line
inline constexpr double outer_inches = 0.15;        ///< lines that end so far beyond the last one have lost an edge of the table

// Marks (paper_marks.cpp, paper_page.cpp): inches, and percent of certainty.
inline constexpr double speck_inches = 0.020;       ///< dust of a scanner
inline constexpr double small_inches = 0.042;       ///< smaller ones are no mark for certain
inline constexpr int most_pieces = 4;               ///< of a mark whose stroke came apart
inline constexpr double margin_inches = 0.012;      ///< beside a removed line its rest is left
inline constexpr double widest_mark_column = 0.09;  ///< of the table: twelve of them take at most its width
inline constexpr double unlike_widths = 1.7;        ///< months stand in columns of like width
inline constexpr int header_rows = 5;               ///< headings stand in the first rows of a table
inline constexpr int sure_mark = 95;
inline constexpr int unsure_mark = 40;
inline constexpr double filled_steps = 28;          ///< grey steps by which a filled cell is darker than the others
inline constexpr double doubtful_steps = 16;        ///< the same: may be filled
inline constexpr int beside_printed = 50;           ///< a drawn mark among marks that are letters is doubtful
inline constexpr int asked_mark = 60;               ///< below it the months of a row are asked about
inline constexpr int asked_text = 65;               ///< below it a text is

// Tables without drawn lines (open_columns.cpp, open_table.cpp): all in points of the page, or shares of a letter's height.
inline constexpr std::size_t fewest_headings = 5;   ///< pieces of the line that a table begins with: number, two levels, indicator, months
inline constexpr std::size_t fewest_columns = 6;
inline constexpr std::size_t header_lines = 8;      ///< a header is no taller
inline constexpr std::size_t longest_label = 5;     ///< "Sept" and a sign: longer words are headings of wide columns
inline constexpr std::size_t shortest_label = 3;    ///< "Mei", where two have run into one word
inline constexpr std::size_t fewest_labels = 6;     ///< half a year
inline constexpr double widest_label = 5;           ///< of the letters' height: a month's column is narrow
inline constexpr double least_gutter = 3;           ///< points: narrower gaps part no columns; padding is 1 to 3 points on each side
inline constexpr double gutter_of_height = 0.42;    ///< a space between words is 0.2 to 0.35 of the height
inline constexpr int few_of_lines = 60;             ///< one line in so many may print over a gutter
inline constexpr int least_dip = 4;                 ///< two columns without a gap are parted where a quarter of the lines print, or less
inline constexpr double wide_gap = 0.6;             ///< of the letters' height: parts the pieces of a line
inline constexpr double widest_page = 5000;         ///< points
inline constexpr double row_gap = 1.12;             ///< of the usual distance of two lines: more lies between two rows
inline constexpr double recognised_row_gap = 1.3;   ///< the same on a scan, where a line with tall letters stands higher than one without
inline constexpr double least_usual = 0.15;         ///< share of the line distances that the usual one has, else there is none
inline constexpr double blank_line = 1.9;           ///< of the letters' height: parts rows where no usual distance is known
inline constexpr double off_middle = 0.4;           ///< of a line: marks in the middle of a row's height belong to the row
inline constexpr int doubtful_mark = 50;            ///< confidence of a mark whose row is not certain: asked about

// Writing that could not be recognised (paper_page.cpp): ink like that of a word, and no word.
inline constexpr int unread_parts = 4;              ///< letters, at least: a smudge or a tick has fewer parts
inline constexpr double unread_inches = 0.2;        ///< wide
inline constexpr int least_label_confidence = 40;   ///< percent: ticks are recognised as "V", "UNN", "YU" with 0 to 30, names of months with 80 to 96

}
