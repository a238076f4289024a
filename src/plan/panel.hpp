#pragma once
#include "core/result.hpp"
#include "plan/board.hpp"
#include "plan/proposal.hpp"
#include "plan/row_target.hpp"
#include "plan/verifier.hpp"

namespace kpuhub::plan {

/// A line of the checklist with what has been answered; an unanswered one has no writer.
struct PanelItem {
    Node node {};
    Item item {};
    bool answered = false;
    std::string written_by;
    std::optional<time::Instant> written_at {};
};

/// One deliverable with all around it. Proofs, comments and history come from their own rooms.
struct Panel {
    PlanHead head {};
    Node node {};
    Deliverable deliverable {};
    std::string owner;                      ///< title of the post, or name of the sub-division
    std::string source;                     ///< JSON of the source cell
    std::string area_text;
    std::string activity_text;
    std::string activity_number;
    std::string subactivity_text;           ///< where the row is an indicator of its own
    std::string submitted_by;
    std::string decided_by;
    bool may_work = false;                  ///< answers for the row or works for anybody (then a.n.)
    bool owns_it = false;
    DeliverableId previous {};              ///< of the same row, in order of time
    DeliverableId next {};
    std::vector<PanelItem> items;           ///< in order of place
    Verifier verifier {};                   ///< who decides, or would
    std::vector<RowTarget> targets;         ///< of the rows that it asks about
    std::vector<ProofProposal> proposals;   ///< newest first
    std::set<std::string, std::less<>> registers_on;    ///< in the office
    std::shared_ptr<definition::Offer const> offer;
};

/// Two statements. Errors: NotFound when there is none or the reader may not read it.
Result<Panel> panel(storage::Reader&, PersonId reader, time::Date today, DeliverableId);

}
