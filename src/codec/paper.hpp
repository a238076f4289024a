#pragma once
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace kpuhub::codec {

/// An official paper as a value: what `write_pdf` and `write_docx` print. Everything here is plain text (escaped by the writers),
/// sizes are in millimetres of paper and points of type. A line break inside a text is '\n'.
/// The words of signatures, dates and headings are made by room `paper`; the writers know only how they look.

enum class PaperSize { A4, F4 };                ///< 210 x 297 mm; 215 x 330 mm (folio, as offices print)
enum class Orientation { Portrait, Landscape };
enum class Align { Left, Centre, Right, Justified };
enum class PageNumbers { None, TopCentre, BottomCentre };

struct TextLook {
    Align align = Align::Left;
    bool bold = false;
    bool italic = false;
    bool underlined = false;
    double points = 0;                          ///< 0 = as the paper or the table says
};

struct Paragraph {
    std::string text;
    TextLook look {};
    double indent_mm = 0;                       ///< from the left margin, all lines
    double after_mm = 2;                        ///< space below
    bool keep_with_next = false;                ///< stays on the page of what follows
};

/// "a. bahwa ...": the label hangs left of the text; items below it are indented.
struct ListItem {
    std::string label;
    std::string text;
    std::vector<ListItem> items {};
};
struct List {
    std::vector<ListItem> items;
    double indent_mm = 0;
    double label_mm = 8;
};

/// "Menimbang : a. bahwa ...", "KESATU : Menetapkan ...", "Nomor : 5". A row has a text, items, or both.
struct LabelRow {
    std::string label;
    std::string text {};
    std::vector<ListItem> items {};
    TextLook look {};                           ///< of the text; the label is bold when `bold_label`
    bool bold_label = false;
};
struct LabelRows {
    std::vector<LabelRow> rows;
    double label_mm = 36;
    double indent_mm = 0;
    double after_mm = 2;                        ///< space below each row
};

/// Rows and columns count from 0; a cell covers `rows` x `columns` places; a place that no cell covers is empty.
struct TableCell {
    int row = 0;
    int column = 0;
    std::string text {};
    int rows = 1;
    int columns = 1;
    TextLook look {};
    bool shaded = false;                        ///< light grey
};
struct Table {
    std::vector<double> widths_mm;              ///< of the columns; scaled together to the width between the margins
    int heading_rows = 0;                       ///< the first rows: printed again on every page
    std::vector<TableCell> cells;
    double points = 0;                          ///< size of type in the table; 0 = as the paper
    bool lined = true;                          ///< lines around the cells
};

/// A QR code of a text, usually the address of the verification page.
struct QrCode {
    std::string text;
    double size_mm = 22;
    std::vector<std::string> caption {};        ///< small lines beside it
};

/// One signature: lines above ("Ditetapkan di Jambi", "pada tanggal ...", the post), free space for stamp and signature or a
/// mark in its place ("ttd."), the name, lines below ("NIP ..."). Made by paper/signature.hpp.
struct SignatureColumn {
    std::vector<std::string> above {};
    double space_mm = 22;
    std::string mark {};                        ///< stands in the middle of the space
    std::string name {};
    bool name_underlined = false;
    std::vector<std::string> below {};
    std::optional<QrCode> qr {};                ///< stands in the space, or alone in a column without signature
    Align align = Align::Centre;
};
/// Columns side by side, of equal width; a column without content keeps its place free. Never divided by a page end.
struct SignatureBlock {
    std::vector<SignatureColumn> columns;
};

// Kept apart from the lines found on a scanned page, of which the linker would otherwise make one type.
inline namespace printed {
/// A thick and a thin line across (below a letterhead), or a thin one.
struct Rule {
    bool twofold = false;
};
}
/// Everything after it begins a new page of the same section.
struct PageBreak {};

using Block = std::variant<Paragraph, List, LabelRows, Table, SignatureBlock, QrCode, Rule, PageBreak>;

/// Pages of one orientation. A new section begins a new page.
struct Section {
    Orientation orientation = Orientation::Portrait;
    std::vector<Block> blocks {};
    PageNumbers numbers = PageNumbers::TopCentre;   ///< "- 2 -", counted through the whole paper
    bool number_first_page = false;
    std::string header {};                      ///< small, at the top right of every page: "Lampiran Keputusan ..."
    double margin_mm = 25;
};

struct Paper {
    std::string title;                          ///< shown by readers in their window
    PaperSize size = PaperSize::F4;
    std::vector<Section> sections {};
    double points = 12;
    std::string stamp {};                       ///< "KONSEP", "SALINAN": framed at the top left of every page
    std::string footer {};                      ///< small, at the foot of every page: where to verify the paper
};

}
