#pragma once
#include "evidence/link_listener.hpp"
#include "journal/act.hpp"
#include "plan/plan.hpp"
#include "storage/database.hpp"
#include <vector>

namespace kpuhub::plan {

// "Usulan bukti": a record that is done proposes itself as proof of the open deliverables whose rows are bound to what it proves and whose
// time covers its day. Nothing is stored of a proposal but what became of it: a proof, or a dismissal.

/// A record that is done, as the room of records tells of it.
struct ProvableRecord {
    SubjectId record {};
    std::string register_id;
    UnitId unit {};
    time::Date day {};
    std::string title;                      ///< of register and number, nothing of its fields
    std::vector<std::pair<std::string, std::string>> targets;      ///< kind and id of what it proves
};
/// Notes it, instead of what was noted of it before. Three statements and one for each target.
void note_provable(storage::Transaction&, ProvableRecord const&);
/// It is no longer done, or gone.
void forget_provable(storage::Transaction&, SubjectId record);

struct ProofProposal {
    DeliverableId deliverable {};
    PlanNodeId node {};                     ///< the bound row: a success indicator, or the row of the deliverable itself
    SubjectId record {};
    time::Date day {};
    std::string title;
};

/// Of one deliverable, newest first; none for a verified one. One statement.
std::vector<ProofProposal> proposals_for(storage::Reader&, DeliverableId);

/// Of the open deliverables of an office, for who may read its plans; those of the person's own rows when `own`. One statement.
struct ProposedWork {
    ProofProposal proposal {};
    Node node {};                           ///< the row of the deliverable
    time::Date due_on {};
};
std::vector<ProposedWork> proposals_in(storage::Reader&, PersonId reader, time::Date today, UnitId, bool own, int limit);

/// Takes the record as proof, through the same action as any other proof; an indicator that asks for a document counts as reported.
/// Errors: NotFound when the row is not to be read; Forbidden for who does not work on it; Conflict "plan.proposal.gone" when it is not
/// proposed (any more); as evidence::bring.
Result<void> confirm_proposal(storage::Transaction&, journal::Act const&, DeliverableId, PlanNodeId, SubjectId record);
/// Sets it aside for this row. Errors: as above.
Result<void> dismiss_proposal(storage::Transaction&, journal::Act const&, DeliverableId, PlanNodeId, SubjectId record);

}
