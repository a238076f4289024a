#pragma once
#include "codec/paper.hpp"
#include "paper/paper.hpp"
#include "report/content.hpp"
#include "report/form_definition.hpp"
#include "report/records.hpp"
#include <optional>
#include <string>
#include <vector>

namespace kpuhub::report {

/// What every paper of this room says beside its records and typed texts.
struct Facts {
    std::string unit_name;                      ///< "KPU Kota Gorontalo"
    std::string number {};                      ///< empty prints dots
    std::optional<time::Date> dated_on {};
    std::string place {};
    paper::Edition edition = paper::Edition::Preview;
    codec::PaperSize size = codec::PaperSize::F4;
    std::string public_url {};                  ///< with `code`: a QR code to the public page
    std::string code {};
    std::vector<paper::Initialled> initials {};
    std::vector<std::string> address {};        ///< of the office, below its name in the letterhead
};

/// A report issued before, for the first section of the next one.
struct Earlier {
    std::string number;
    time::Date dated_on {};
    Period period {};
    Content content {};
    Records records {};
};

// Pure functions: the same values give the same paper.

/// Bahan pleno, one page: one sentence, a bar for each area, late rows with their owners, decisions asked, places to sign.
codec::Paper pleno_paper(Records const&, Content const&, Facts const&);
/// Monitoring of a part of the year: follow-up of the last report, figures, each row due with state, note, proofs and reason, then what was concluded.
codec::Paper monitoring_paper(Records const&, Content const&, Facts const&, std::optional<Earlier> const&);
/// The plan across the months with the letter of each state.
codec::Paper matrix_paper(Records const&, Content const&, Facts const&);
/// A form as its definition lays it out.
codec::Paper form_paper(FormDefinition const&, Content const&, Facts const&);

/// What the period of a report holds: due in it and not apart, in the order of the plan.
std::vector<plan::Deliverable const*> due_in(Records const&, Period const&);
/// Of these, what is neither verified nor submitted: the form asks why.
std::vector<plan::Deliverable const*> unfinished_in(Records const&, Period const&);

// Parts that the papers share (paper_parts.cpp).

/// Placeholders of definitions/papers/forms.yaml filled.
std::string filled(std::string_view text, Content const&, Facts const&);
std::string title_of(FormDefinition const&, Content const&, std::string const& unit_name);
/// Signatures in the layout, then a QR code when the paper has a number.
void put_signatures(std::vector<codec::Block>&, std::string_view layout, Content const&, Facts const&);
codec::Paper framed(std::string title, codec::Section, Facts const&);
codec::Paragraph heading(std::string text, double after_mm = 4);
codec::Paragraph subheading(std::string text);
/// Space below a table.
codec::Paragraph gap();
codec::List numbered(std::vector<std::string> const& items);
codec::TableCell head_cell(int row, int column, std::string text, int rows = 1, int columns = 1);
codec::TableCell centred_cell(int row, int column, std::string text);
/// "13 dari 20" and a bar of ten boxes.
std::string bar_of(std::int64_t part, std::int64_t all);
/// "Terlambat 14 hari", or the words of the state.
std::string standing(Records const&, plan::Deliverable const&);

}
