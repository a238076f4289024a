#pragma once
#include "evidence/evidence.hpp"
#include "storage/database.hpp"
#include <optional>
#include <string>
#include <vector>

namespace kpuhub::evidence {

/// What can be proved, as a person chooses it from a list: a deliverable with its number and due day.
struct ProvableRow {
    Target target {};
    UnitId unit {};
    std::string number;                 ///< as printed, from the area down: "1.2.3"; empty where the decree has none
    std::string title;
    std::string part;                   ///< the success indicator, when the target names one
    std::string state;
    std::optional<time::Date> due_on {};
    std::string address;                ///< "/deliverables/7"
    std::int64_t proofs = 0;
};

/// How this room names the subjects of rooms above it. Implemented there and handed in by main.
class SubjectCatalog {
public:
    virtual ~SubjectCatalog() = default;

    /// What a proof proves, as far as the person may read it, in the order it was linked. One statement.
    virtual std::vector<ProvableRow> rows_proved_by(storage::Reader&, PersonId, time::Date today, EvidenceId) = 0;

    /// One row; nothing when there is none or the person may not read it. One statement.
    virtual std::optional<ProvableRow> row_of(storage::Reader&, PersonId, time::Date today, Target const&) = 0;

    /// Rows of the office that still take proofs, those of the person's own posts first, then by due day; only those whose
    /// words hold the text when there is one. One statement.
    virtual std::vector<ProvableRow> rows_to_prove(storage::Reader&, PersonId, time::Date today, UnitId,
        std::string const& text, int limit) = 0;

    /// Whether an office above shares the proof with one whose rows the person may read. One statement.
    virtual bool shared_with(storage::Reader&, PersonId, time::Date today, EvidenceId) = 0;
};

}
