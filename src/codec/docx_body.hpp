#pragma once
#include "codec/paper.hpp"
#include <pugixml.hpp>
#include <string>
#include <vector>

namespace kpuhub::codec {

// Blocks of a paper as WordprocessingML. Private to the DOCX writer.

/// Twentieths of a point, in which Word measures.
int twips(double mm);

/// A text without the signs that XML 1.0 forbids.
std::string xml_text(std::string_view);

/// An element with a value: <w:name w:val="..."/>.
pugi::xml_node put_value(pugi::xml_node parent, char const* name, std::string const& value);

/// The body of the document; the texts of QR codes are collected in the order of their pictures.
class DocxBody {
public:
    DocxBody(pugi::xml_node body, std::vector<std::string>& qr_texts) : m_body(body), m_qr_texts(qr_texts) {}

    /// Text width between the margins, for the blocks that follow.
    void set_width(double mm) { m_width_mm = mm; }
    /// Ends with a table: Word wants a paragraph behind it.
    [[nodiscard]] bool ends_with_table() const { return m_after_table; }
    pugi::xml_node paragraph(pugi::xml_node parent, std::string const& text, TextLook const&, double after_mm = 0);

    void operator()(Paragraph const&);
    void operator()(List const&);
    void operator()(LabelRows const&);
    void operator()(Table const&);
    void operator()(SignatureBlock const&);
    void operator()(QrCode const&);
    void operator()(Rule const&);
    void operator()(PageBreak const&);

private:
    pugi::xml_node open_table(std::vector<int> const& widths, bool lined, int indent = 0);
    pugi::xml_node cell(pugi::xml_node row, int width, int columns = 1);
    void item(pugi::xml_node parent, ListItem const&, int indent, int hanging);
    void runs(pugi::xml_node paragraph, std::string const& text, TextLook const&);
    void picture(pugi::xml_node paragraph, QrCode const&);
    void sign_cell(pugi::xml_node cell, SignatureColumn const&);
    void leave_table();

    pugi::xml_node m_body;
    std::vector<std::string>& m_qr_texts;
    double m_width_mm = 165;
    bool m_after_table = false;
};

}
