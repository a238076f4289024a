#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace kpuhub::codec {

/// What the bytes were found to be; decided by content, never by name.
enum class Format { Text, Csv, Xlsx, Docx, Pdf, Picture };

/// Where something stands on its page, in ten-thousandths of the width and height from the upper left corner; all 0 = unknown.
struct Box {
    int left = 0;
    int top = 0;
    int right = 0;
    int bottom = 0;
    friend bool operator==(Box const&, Box const&) = default;
};

/// One filled cell of a sheet or of a CSV record. Rows and columns count from 1; a merged cell stands once, at its
/// first row and column, with the number of rows and columns that it covers.
struct Cell {
    int row = 0;
    int column = 0;
    int row_span = 1;
    int column_span = 1;
    std::string text;
    Box box {};             ///< on the page; unknown for sheets and Word tables
    int confidence = -1;    ///< of the text recognition in percent; -1 = the text was not recognised from a picture
    friend bool operator==(Cell const&, Cell const&) = default;
};

/// A sheet or a page of paper (cells of its tables, and the text outside them as lines), or the whole of a text (lines,
/// numbered from 1 by their place in the vector).
struct Page {
    std::string name;
    std::vector<std::string> lines;
    std::vector<Cell> cells;
    int width = 0;              ///< of a page of paper, in points (1/72 inch); 0 = no paper
    int height = 0;
    std::vector<int> line_rows {};  ///< beside `lines`, of paper: the row of the cells before which the line stands; else empty
    friend bool operator==(Page const&, Page const&) = default;
};

/// Plain values with positions, all text UTF-8 without control characters other than tab.
struct Document {
    Format format = Format::Text;
    std::vector<Page> pages;
    friend bool operator==(Document const&, Document const&) = default;
};

/// Caps on what a file may be (security.md 8). A file over a cap is refused, never cut.
struct Limits {
    std::size_t input_bytes = 50U << 20U;
    std::size_t unpacked_bytes = 200U << 20U;
    std::size_t zip_entries = 2000;
    std::size_t zip_ratio = 100;
    std::size_t lines = 200'000;
    std::size_t cells = 500'000;
    std::size_t rows = 100'000;
    std::size_t columns = 400;
    std::size_t cell_bytes = 100'000;
    std::size_t output_bytes = 64U << 20U;
    int wall_seconds = 60;
};

}
