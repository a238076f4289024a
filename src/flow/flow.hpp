#pragma once
#include "core/id.hpp"
#include "definition/register.hpp"
#include "journal/act.hpp"
#include "storage/database.hpp"
#include <functional>
#include <set>
#include <string>
#include <vector>

namespace kpuhub::flow {

/// What the rules of a step need to know about who acts and what was done before.
struct Actor {
    PersonId person {};
    PersonId creator {};                                        ///< who made the record
    std::function<bool(std::string_view step)> may;             ///< by his roles in the office
    std::function<std::set<PersonId>(std::string_view step)> did;   ///< who did an earlier step ("not_by")
    std::function<bool(std::string_view clock)> passed {};      ///< whether that limit of the record has passed
};

/// Why a step cannot be done now by this actor; Open when it can.
enum class Verdict : std::uint8_t { Open, OtherState, NotHis, OwnWork, TooLate, TooEarly };

/// Pure. "nobody decides on his own": not_by compares persons.
Verdict judge(definition::Step const&, std::string_view state, Actor const&);

/// The steps that lead out of a state, retired ones left out, in the order of the definition.
std::vector<definition::Step const*> steps_from(definition::Register const&, std::string_view state);

/// A step that was done.
struct DoneStep {
    std::string step;
    std::string from, to;
    PersonId person {};
    time::Instant at {};
    std::string reason;
};

/// Writes the line of a step and the new state of the subject. The subject is locked already.
void record_step(storage::Transaction&, journal::Act const&, SubjectId, DoneStep const&);

/// All steps of a subject, oldest first.
std::vector<DoneStep> steps_of(storage::Reader&, SubjectId);

}
