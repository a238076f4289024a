#pragma once
#include "codec/document.hpp"
#include "codec/paper_ink.hpp"
#include "core/result.hpp"
#include <string_view>
#include <vector>

namespace kpuhub::codec {

/// A word and where it stands: in points of its page (text layer) or in pixels (recognised).
struct PaperWord {
    Area area {};
    std::string text {};
    int confidence = -1;        ///< percent; -1 = from a text layer
    int picture = 0;            ///< recognised: number of the picture in the list, from 1
    friend bool operator==(PaperWord const&, PaperWord const&) = default;
};

/// The mean of the words' certainty, by their length; -1 when there are none, or one comes from a text layer.
int confidence_of(std::vector<PaperWord> const&);

struct PageWords {
    double width = 0;           ///< in points
    double height = 0;
    std::vector<PaperWord> words {};
};

/// What `pdftotext -bbox-layout` prints. Errors: codec.unreadable; codec.too_many_lines over the cap on cells.
Result<std::vector<PageWords>> words_of_layout(std::string_view xml, Limits const&);

/// What `tesseract ... tsv` prints: words with their confidence; lines that do not follow the format are left out.
std::vector<PaperWord> words_of_recognition(std::string_view tsv, Limits const&);

/// The words in reading order as lines; words of one line are told by their height on the page.
struct PaperLine {
    Area area {};
    std::vector<PaperWord> words {};
    [[nodiscard]] std::string text() const;
};
std::vector<PaperLine> lines_of(std::vector<PaperWord>);

/// Lines as one text; a word that a hyphen ends goes on without a space. Where a line was broken on purpose stands U+2028: before one
/// that begins with a number of a list ("b. ", "2. "), and in the cell where they stand, before one whose first word had had room
/// on the line above; where the line above was full and a capital follows, in a cell, stands U+2029.
std::string joined(std::vector<PaperLine> const&, Area const* cell = nullptr);

}
