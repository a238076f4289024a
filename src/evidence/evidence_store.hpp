#pragma once
#include "evidence/evidence.hpp"
#include "evidence/link_listener.hpp"
#include "journal/act.hpp"
#include "storage/database.hpp"
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace kpuhub::evidence {

/// A proof as its reader may see it, with what that reader may do. Rows of others' offices are not found.
struct ProofRow {
    EvidenceId id {};
    UnitId unit {};
    std::int64_t version = 0;
    std::string state;
    Kind kind = Kind::File;
    std::string title;
    std::string address;
    Paper paper;
    SubjectId record {};
    StoredFile file;                    ///< hashes stay inside this room
    PersonId brought_by {};
    std::string brought_by_name;
    time::Instant brought_at {};
    std::optional<time::Date> effective_on {};
    std::optional<time::Date> covers_from {};
    std::optional<time::Date> covers_to {};
    bool released = false;
    std::int64_t links = 0;
    bool may_change = false;            ///< brought it, or works for the whole office
    bool may_release = false;

    [[nodiscard]] bool ready() const { return state == ready_state; }
};

/// One proof of a subject; the same proof stands once for each part that it proves.
struct LinkedProof {
    ProofRow proof;
    Target target {};
    bool may_unlink = false;
};

/// Who asks, and on which day: the $1 and $2 of the access predicate.
struct Asker {
    PersonId person {};
    time::Date today {};
};

std::optional<ProofRow> find(storage::Reader&, Asker, EvidenceId);
/// Without asking who reads it: for a proof of which the catalog says that it is shared. Nothing that is held back.
std::optional<ProofRow> find_shared(storage::Reader&, EvidenceId);

enum class Whose : std::uint8_t { Mine, Office };
/// What was sent to an office and proves nothing yet, newest first, below `before` (none = from the newest).
std::vector<ProofRow> unsorted(storage::Reader&, Asker, UnitId, Whose, EvidenceId before, int limit);
/// How many of the person's own proofs wait to be sorted.
std::int64_t unsorted_count(storage::Reader&, PersonId);

/// The proofs of a subject that the asker may see, oldest first.
std::vector<LinkedProof> of_subject(storage::Reader&, Asker, SubjectId);

/// Proofs of an office whose title, paper or host holds the text, newest first; those that prove `except` are left out.
std::vector<ProofRow> existing(storage::Reader&, Asker, UnitId, std::string const& text, SubjectId except, int limit);

/// What a proof proves, as far as the asker may see it.
std::vector<Target> targets_of(storage::Reader&, Asker, EvidenceId);

/// Proofs of an office shown to the public, newest first; `reader` needs no right.
std::vector<ProofRow> released_of_unit(storage::Reader&, UnitId, int limit);
std::optional<ProofRow> find_released(storage::Reader&, EvidenceId);

// --- used by the actions only ---

/// A subject that is to be proved, and what the actor may do in its unit.
struct TargetRow {
    std::string kind;
    UnitId unit {};
    std::string state;
    bool may_read = false;
    bool may_bring = false;
    bool may_work_any = false;
};
std::optional<TargetRow> find_target(storage::Reader&, Asker, SubjectId);

struct UnitRights {
    bool may_read = false;
    bool may_bring = false;
    bool may_work_any = false;
};
UnitRights rights_in(storage::Reader&, Asker, UnitId);

void insert(storage::Transaction&, journal::Act const&, EvidenceId, Proof const&);
/// False when the link stood already.
bool insert_link(storage::Transaction&, journal::Act const&, EvidenceId, Target const&);
/// Who linked them; nothing when they are not linked.
std::optional<PersonId> linked_by(storage::Reader&, EvidenceId, Target const&);
void delete_link(storage::Transaction&, EvidenceId, Target const&);
/// Writes the number of links of a proof; without any it is hidden from the public again.
void count_links(storage::Transaction&, EvidenceId);
/// How many proofs that can be seen point at a subject.
std::int64_t proofs_of(storage::Reader&, SubjectId);
void update(storage::Transaction&, EvidenceId, Proof const&);
void set_released(storage::Transaction&, EvidenceId, bool);

}
