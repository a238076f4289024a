#pragma once
#include "evidence/evidence_store.hpp"
#include "journal/journal.hpp"
#include "plan/panel.hpp"
#include <map>

namespace kpuhub::plan {

// "Dipakai bersama": a row under the authority of KPU Provinsi or KPU RI takes the proofs that this authority has attached to
// the same common item (butir) of its own plan of the year, for a deliverable of the same time. Nothing is copied: what is
// withdrawn above is gone below. They are counted apart from the office's own proofs and never make a deliverable complete.

struct SharedProof {
    evidence::ProofRow proof {};            ///< what is shown of it: kind, title, address, paper, file
    std::string unit_name;                  ///< of the authority
};

struct SharedProofs {
    std::vector<SharedProof> proofs;        ///< oldest first
    std::map<DeliverableId, std::string> sources;   ///< the deliverables above, with the name of their office: for the history
};

/// Nothing, and no statement, for a row of the office itself or without common item. Else one statement.
SharedProofs shared_proofs(storage::Reader&, time::Date today, Panel const&);

/// What was brought and withdrawn at the deliverables above, newest first. One statement; ask only when there are sources.
std::vector<journal::Event> shared_events(storage::Reader&, time::Date today, Panel const&, int limit);

/// Whether a proof is shared with an office whose plan the reader may read. One statement.
bool shared_with(storage::Reader&, PersonId reader, time::Date today, EvidenceId);

}
