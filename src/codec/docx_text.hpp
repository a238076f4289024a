#pragma once
#include "codec/docx_numbering.hpp"
#include <pugixml.hpp>
#include <string>
#include <vector>

namespace kpuhub::codec {

/// A paragraph as people see it: its own text, and the texts of boxes that hang on it.
struct TextParagraph {
    std::string text;                       ///< lines are joined by line_separator
    std::vector<pugi::xml_node> boxes {};   ///< contents of text boxes
};

/// Turns paragraphs of a Word document into text: inserted text stays, deleted and hidden text goes, symbol fonts and
/// check boxes become "√" and "☐", automatic numbers are printed.
class WordText {
public:
    explicit WordText(Numbering& numbering) : m_numbering(numbering) {}
    TextParagraph read(pugi::xml_node paragraph);

private:
    void runs(pugi::xml_node, TextParagraph&, int depth);
    void run(pugi::xml_node, TextParagraph&, int depth);
    void run_part(pugi::xml_node, std::string_view font, TextParagraph&, int depth);
    void control(pugi::xml_node, TextParagraph&, int depth);
    [[nodiscard]] bool hidden(pugi::xml_node run_properties) const;

    Numbering& m_numbering;
};

/// How deep elements may stand in each other: no office program goes as far, and the reader walks them by recursion.
inline constexpr int deepest = 60;

/// Whether an element was deleted or moved away in the tracked changes of the document.
bool is_deleted(std::string_view local_name);

/// A switch of Word ("w:vanish", w:val="0") that is there and not turned off.
bool is_on(pugi::xml_node);

}
