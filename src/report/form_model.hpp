#pragma once
#include "paper/signers.hpp"
#include "view/parts.hpp"

namespace kpuhub::report {

struct KindOption {
    std::string value;
    view::Sentence label;
    view::Sentence about;
    bool selected = false;
    void describe(view::Visitor&) const;
};
struct PeriodOption {
    std::string value;
    view::Sentence label;
    bool selected = false;
    void describe(view::Visitor&) const;
};
struct HandoverOption {
    std::string value;
    std::string label;
    void describe(view::Visitor&) const;
};

/// Which paper, of which year. web/templates/report/new.mustache
struct NewPage {
    std::string unit_name;
    view::Link action, back;
    std::vector<KindOption> kinds;
    std::int64_t year = 0;
    std::vector<PeriodOption> periods;
    std::vector<HandoverOption> handovers;
    std::optional<view::FieldErrors> errors {};
    std::optional<view::Sentence> wrong {};
    void describe(view::Visitor&) const;
};

/// One input of a paper's form; type line, lines or date.
struct FormField {
    std::string name, label, value;
    bool is_lines = false, is_date = false;
    void describe(view::Visitor&) const;
};
/// An unfinished deliverable, and why.
struct ReasonField {
    std::string name, title, state, owner, value;
    void describe(view::Visitor&) const;
};

/// web/templates/report/form.mustache
struct ReportForm {
    view::Sentence heading;
    std::string title;
    std::int64_t version = 0;
    view::Link action, back;
    std::vector<FormField> fields {};
    std::vector<ReasonField> reasons {};
    std::vector<paper::SignerFields> signers {};
    std::int64_t signer_count = 0;
    bool a4 = false;
    std::optional<view::FieldErrors> errors {};
    std::optional<view::Sentence> wrong {};
    void describe(view::Visitor&) const;
};

/// A deliverable whose state, note or proofs differ from the report.
struct LaterRow {
    std::string title;
    view::Choice before, now;
    std::string note_before, note_now;
    std::int64_t proofs_before = 0, proofs_now = 0;
    bool gone = false;
    view::Link link;
    void describe(view::Visitor&) const;
};
/// "Setelah laporan". web/templates/report/later.mustache
struct LaterPage {
    view::Sentence heading;
    std::string title;
    time::Date reported_on {}, today {};
    std::vector<LaterRow> rows {};
    std::int64_t same = 0;
    std::int64_t verified_before = 0, verified_now = 0, late_before = 0, late_now = 0;
    view::Link back;
    void describe(view::Visitor&) const;
};

}
