#pragma once
#include <cstddef>

/// The measures by which paper is read, in one place. Sizes are of the letters that such tables are printed in (5.5 to 12 points);
/// each was found on our own samples printed by several programs, and is a rule, not a fact about a sample.
namespace kpuhub::codec::reading {

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

// Small print (paper_reader.cpp): drawn as large as usual print.
inline constexpr double usual_letters = 7;          ///< points from the top to the bottom of a line's box: type of 6 points and more needs nothing

// Writing that could not be recognised (paper_page.cpp): ink like that of a word, and no word.
inline constexpr int unread_parts = 4;              ///< letters, at least: a smudge or a tick has fewer parts
inline constexpr double unread_inches = 0.2;        ///< wide
inline constexpr int least_label_confidence = 40;   ///< percent: ticks are recognised as "V", "UNN", "YU" with 0 to 30, names of months with 80 to 96

}
