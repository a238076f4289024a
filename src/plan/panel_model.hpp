#pragma once
#include "evidence/proof_list.hpp"
#include "journal/journal.hpp"
#include "plan/board_model.hpp"
#include "plan/bound_model.hpp"
#include "plan/panel.hpp"
#include "plan/panel_form.hpp"
#include "plan/shared_proof.hpp"
#include "subject/subject.hpp"
#include "view/parts.hpp"

namespace kpuhub::plan {

/// All that the panel of a deliverable is made of.
struct PanelParts {
    Panel panel {};
    std::vector<evidence::LinkedProof> proofs;
    subject::History history;
    SharedProofs shared {};
    std::vector<std::pair<std::string, journal::Event>> shared_events {};   ///< of the deliverables above, with the name of their office
};

struct PanelLine {
    std::string id;                         ///< of its fields: "answer-12"
    std::string anchor;                     ///< "items.12": errors point at it
    std::string number;
    std::string text;
    bool share = false, figure = false, document = false;
    std::string numerator, denominator;     ///< as typed or saved
    std::vector<FilterOption> answers;
    bool fulfilled = false;
    std::optional<Ratio> value {};
    bool done = false;
    view::Sentence todo;                    ///< what is missing, in words; or that it does not apply
    std::optional<view::Sentence> error {};
    std::optional<view::Sentence> saved {}; ///< on a conflict: what stands now
    std::optional<view::Sentence> written {};
    evidence::ProofList proofs;
    view::Link add_proof;
    void describe(view::Visitor&) const;
};

/// A proof of the authority above.
struct SharedLine {
    std::string title;
    view::Link link;                        ///< none for a paper that lies elsewhere
    view::Sentence what;
    std::string unit_name;
    void describe(view::Visitor&) const;
};

struct PanelEvent {
    std::string css;
    view::Moment at;
    std::string who;
    std::string on_behalf;
    view::Sentence what;
    std::string reason;
    void describe(view::Visitor&) const;
};

struct PanelComment {
    std::string who;
    view::Moment at;
    std::string body;
    void describe(view::Visitor&) const;
};

/// What web/templates/plan/panel.mustache shows.
struct PanelPage {
    std::string title, code;
    std::string full_text;                  ///< when the title is cut
    view::Sentence period;
    time::Date due_on {};
    std::optional<view::Sentence> when {};  ///< "15 hari lagi"
    view::StateMark state;
    std::vector<view::Sentence> flags;
    std::int64_t version = 0;
    std::optional<view::FieldErrors> errors;
    std::optional<view::Sentence> conflict; ///< who was faster
    std::vector<PanelLine> lines;
    std::int64_t fulfilled = 0;
    std::string note;
    std::optional<std::string> saved_note;  ///< on a conflict
    evidence::ProofList proofs;             ///< of the whole deliverable
    std::vector<BoundRow> bound;            ///< what its rows are about
    std::vector<ProposalLine> proposals;    ///< records that propose themselves as proof
    std::vector<SharedLine> shared;         ///< "dipakai bersama", counted apart
    bool takes_shared = false;              ///< the authority above has the same item
    std::optional<view::Sentence> due_rule {};   ///< a fixed due day
    std::optional<view::Sentence> due_off {};    ///< the due day is a day off
    std::string owner, source, remark;
    std::vector<view::Sentence> verifiers;
    bool nobody_verifies = false;
    view::Sentence schedule;
    view::Link previous, next;
    std::vector<PanelEvent> history;
    std::vector<PanelComment> comments;
    std::string comment, reason;            ///< as typed
    std::optional<view::Sentence> return_reason;
    std::vector<view::Sentence> missing;
    bool may_work = false, may_withdraw = false, may_decide = false, may_reopen = false, may_leave_out = false, may_comment = false;
    std::optional<view::Sentence> closed_words;  ///< why nothing can be written now
    std::string address;
    void describe(view::Visitor&) const;
};

/// Pure. `typed` stands instead of what is saved, with the fault that sent it back.
PanelPage panel_page(PanelParts const&, account::Reader const&, text::Language, PanelForm const* typed, Fault const* fault);

}
