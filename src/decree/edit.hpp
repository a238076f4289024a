#pragma once
#include "core/result.hpp"
#include "decree/draft.hpp"
#include <string>
#include <string_view>
#include <vector>

namespace kpuhub::decree {

/// What a person may decide about a draft: settle a group of findings, or edit one node in place.
enum class EditKind {
    Settle,             ///< all open findings of a kind, by a change of the reader's closed list
    SetText,
    SetMonths,          ///< certain from now on
    SetNote,
    SetOwner,           ///< of the node and of everything under it
    SetAuthority,
    SetRhythm,
    SetTentative,
    AddUnder,           ///< a new node at the end of the node's children
    MergeWithPrevious,  ///< its text and children go to the sibling before it
    SplitAt,            ///< the text from a position on becomes the next sibling
    MoveUnder,          ///< to the end of another parent of the same level as its own
    Remove,             ///< with what stands under it
    SetField            ///< a field of the decree: number, date, place, signatory ...
};

/// One decision as a value: stored as JSON, applied again whenever an earlier one is taken back.
struct Edit {
    EditKind kind = EditKind::Settle;
    int node = 0;
    FindingKind finding {};             ///< Settle
    Change change = Change::None;       ///< Settle
    std::string text {};                ///< text, note, owner; name of a field
    std::string value {};               ///< SetField, Settle: the value
    std::vector<int> months {};
    int number = 0;                     ///< SplitAt: byte position; MoveUnder: new parent; SetAuthority, SetRhythm: the enum; SetTentative: 0 or 1
};

std::string to_json(Edit const&);
/// Errors: Broken when it is not such a JSON.
Result<Edit> edit_from_json(std::string_view);

/// The draft after the decision, and how many nodes or findings it touched (0 = it changed nothing).
struct Decided {
    Draft draft;
    int touched = 0;
};
/// Pure. Errors: Invalid "decree.edit.node" when the node is not there, "decree.edit.text" for an empty or over-long text,
/// "decree.edit.place" when a node cannot stand there.
Result<Decided> decide(Draft, Edit const&);

/// The original with the decisions in order. One that no longer fits (its node went with an earlier step) is skipped.
Draft replay(Draft original, std::vector<Edit> const&);

}
