#pragma once
#include "evidence/evidence_store.hpp"
#include "view/visitor.hpp"
#include <string>
#include <vector>

namespace kpuhub::evidence {

/// One proof in a list: {{> evidence/line}} shows it.
struct ProofLine {
    std::int64_t id = 0;
    view::Link link;                    ///< its own page
    std::string title;
    view::Choice kind;                  ///< file, link, reference, record
    view::Sentence what;                ///< "PDF, 2,4 MB", the host of a link, number and date of a paper
    std::string by;                     ///< who brought it
    time::Date brought_on {};
    std::optional<time::Date> effective_on {};
    std::int64_t others = 0;            ///< how many further rows it proves
    bool is_file = false;
    bool is_link = false;
    bool is_paper = false;
    bool held = false;
    bool released = false;
    std::optional<view::Link> preview {};
    std::string unlink_value {};        ///< for the button that takes it away: "7:12"; empty = it stays
    void describe(view::Visitor&) const;
};

ProofLine line_of(ProofRow const&, time::Zone);

/// The proofs of a deliverable, or of one of its success indicators, with the buttons that add one:
/// {{#proofs}}{{> evidence/proofs}}{{/proofs}} in the panel. The model holds one for each part.
struct ProofList {
    std::vector<ProofLine> proofs;
    bool may_bring = false;
    view::Link camera, file, address, paper, existing, registers, unlink;
    void describe(view::Visitor&) const;
};

/// Those of `all` that stand for the target. `all` comes from of_subject: one statement for a whole panel.
ProofList proof_list(std::vector<LinkedProof> const& all, Target const&, time::Zone, bool may_bring);

/// "2,4 MB", "310 kB".
view::Sentence size_words(std::int64_t bytes);
view::Sentence what_is(ProofRow const&);

}
