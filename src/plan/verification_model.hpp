#pragma once
#include "evidence/brief_proofs.hpp"
#include "plan/board_model.hpp"
#include "plan/proposal.hpp"
#include "plan/recent_decisions.hpp"
#include "plan/task_lists.hpp"
#include "http/request.hpp"
#include <map>

namespace kpuhub::plan {

/// What a form of the sheet holds: ticked lines with the version that was shown, and reasons.
struct SheetForm {
    std::map<DeliverableId, std::int64_t> ticked {};
    std::map<DeliverableId, std::string> reasons {};    ///< of single lines
    std::string reason {};                              ///< of all others
    bool returns = false;
};
SheetForm read_sheet_form(http::Fields const&);

struct SheetProof {
    std::string title;
    view::Link link;
    bool is_link = false;
    void describe(view::Visitor&) const;
};

struct SheetLine {
    std::string id;
    std::string pick;                       ///< "12.3": deliverable and version
    std::string code;
    std::string text;
    view::Link link;
    view::Sentence period;
    std::string sender;
    std::optional<time::Date> sent_on {};
    std::vector<view::Sentence> flags;
    std::vector<SheetProof> proofs;
    std::int64_t more_proofs = 0;
    std::vector<SheetProof> proposals {};   ///< done records that propose themselves and are no proof yet
    std::string note;
    bool ticked = false;
    std::string reason;
    void describe(view::Visitor&) const;
};

struct SheetDecision {
    view::StateMark state;
    std::string code, text;
    view::Sentence period;
    view::Moment at;
    view::Link link;                        ///< where it can be opened again, with a reason
    bool verified = false;
    void describe(view::Visitor&) const;
};

/// A row that nobody sent yet, with records that propose themselves as its proof.
struct SheetProposal {
    std::string text, title;
    view::Link link;
    time::Date due {};
    std::int64_t more = 0;                  ///< further records of the same row
    void describe(view::Visitor&) const;
};

/// What web/templates/plan/verification.mustache shows; with `returns` only the ticked lines and their reasons.
struct SheetPage {
    std::int64_t count = 0;
    std::optional<time::Date> oldest {};
    bool returns = false;
    std::optional<view::FieldErrors> errors {};
    std::optional<view::Sentence> trouble {};
    std::vector<SheetLine> lines;
    std::string reason;
    std::vector<BoardStep> orders;
    std::int64_t order = 0;
    std::vector<SheetDecision> decided;
    std::vector<SheetProposal> proposals;
    std::optional<view::EmptyState> nothing {};
    void describe(view::Visitor&) const;
};

struct SheetParts {
    WorkLines waiting {};
    std::map<SubjectId, std::vector<evidence::BriefProof>> proofs;
    std::vector<Decision> decided;
    std::vector<ProposedWork> proposed;     ///< of the open rows of the office
};

SheetPage sheet_page(SheetParts, time::Zone, std::string const& order, SheetForm const* form, Fault const* fault);

}
