#pragma once
#include "core/result.hpp"
#include "decree/draft.hpp"

namespace kpuhub::decree {

/// What a person decides about a group of findings. An empty `findings` means the whole group.
struct Decision {
    Change change = Change::None;        ///< None: leave as read
    std::vector<int> findings {};        ///< indices into Draft::findings, all of the group's kind
    std::vector<int> months {};          ///< for KeepMonths: these instead of those proposed; 1 to 12, ascending
    int area = 0;                        ///< for NameArea: 1 to 8
    std::string text {};                 ///< for NameArea (its name) and SetField (the value)
};

/// The draft after a decision: the affected nodes changed, the findings settled. Pure.
/// Errors: Invalid decree.decision_unfit when the change does not go with the kind or a month is none;
/// Conflict decree.draft_changed when the group names findings that the draft no longer has.
Result<Draft> apply(Draft, FindingGroup const&, Decision const&);

/// Opens settled findings of a group again; what was changed stays and may be changed anew.
Result<Draft> reopen(Draft, FindingGroup const&);

}
