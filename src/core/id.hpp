#pragma once
#include <compare>
#include <cstdint>
#include <functional>

namespace kpuhub {

/// The database identity of one kind of thing: an Id<Unit> is not an Id<Person>. 0 = none.
template<typename Of>
struct Id {
    std::int64_t value = 0;
    constexpr explicit operator bool() const { return value != 0; }
    friend constexpr auto operator<=>(Id, Id) = default;
};

}

template<typename Of>
struct std::hash<kpuhub::Id<Of>> {
    std::size_t operator()(kpuhub::Id<Of> id) const noexcept { return std::hash<std::int64_t> {}(id.value); }
};

namespace kpuhub {

using UnitId = Id<struct UnitTag>;
using SubdivisionId = Id<struct SubdivisionTag>;
using PostId = Id<struct PostTag>;
using PersonId = Id<struct PersonTag>;
using AccountId = Id<struct AccountTag>;
using GrantId = Id<struct GrantTag>;
using EventId = Id<struct EventTag>;
using JobId = Id<struct JobTag>;
using HandoverId = Id<struct HandoverTag>;

/// The identity of whatever can be proved, commented, assigned or linked.
using SubjectId = Id<struct SubjectTag>;
using PlanId = Id<struct PlanTag>;
using PlanNodeId = Id<struct PlanNodeTag>;
using DeliverableId = Id<struct DeliverableTag>;
using EvidenceId = Id<struct EvidenceTag>;
using ImportId = Id<struct ImportTag>;

/// A plan, deliverable, proof ... seen as a subject: both share one number.
template<typename Of>
constexpr SubjectId subject_of(Id<Of> id) { return { id.value }; }

}
