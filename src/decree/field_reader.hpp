#pragma once
#include "decree/draft.hpp"
#include "decree/source_rows.hpp"
#include "decree/words.hpp"
#include <span>

namespace kpuhub::decree {

/// Reads the lines of a decision in order and knows at each in which part of it they stand.
class FieldReader {
public:
    explicit FieldReader(Decree& decree) : m_decree(decree) {}
    void read(std::span<SourceRow const> rows);
    /// The words behind "KEPUTUSAN" up to the number: they name the office.
    [[nodiscard]] std::string const& heading() const { return m_heading; }

private:
    enum class Part { Head, Title, Opening, Considering, LegalBasis, Noting, Decides, Dicta, Place, Signatory, Certifier, Annex };

    void read_line(std::string line, int blank_before);
    void open(Part part);
    bool keyword(std::string const& line);
    bool number_line(std::string const& line);
    bool section(std::string const& line);
    bool dictum(std::string const& line);
    bool ending(std::string const& line);
    void set(std::string& field, std::string value);
    void set_date(std::string const& line);
    void text(std::string const& line, int blank_before);
    /// A title ends with its year; an annex that stands alone goes on with the title of the plan.
    void title_line(std::string const& line);
    /// The certifier's block may interrupt a list at the foot of a page; the list goes on with its next number.
    void certifier_line(std::string const& line, int blank_before);
    static void list_item(std::vector<std::string>& list, std::string const& line, Numbering way);
    void end_block();
    void end_signatory();
    void end_certifier();
    void end_annex();

    Decree& m_decree;
    Part m_part = Part::Head;
    Part m_return_to = Part::Head;
    bool m_heading_open = false;
    std::string m_heading;
    std::vector<std::string> m_block;
};

std::string lowered(std::string_view);
/// The words without stops, commas and colons at their end.
std::string without_end(std::string text);

}
