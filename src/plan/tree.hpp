#pragma once
#include "core/result.hpp"
#include "plan/plan.hpp"
#include <string>
#include <string_view>
#include <vector>

namespace kpuhub::plan {

/// A row with what stands under it. A new row has no id; a row of a stored plan keeps its own.
struct TreeNode {
    Node row {};                            ///< parent, place and area_no of lower rows follow from where it stands
    std::string source;                     ///< JSON: lines, or page and cell of the decree; empty = typed
    /// Indicator: positions (from 0) among the sub-activities of the same activity that it covers; its own may be left out.
    std::vector<int> covers {};
    std::vector<TreeNode> children {};
    PlanNodeId copied_from {};              ///< the row of another plan that this one repeats
};

/// The fields that a decree gives.
struct DecreeFields {
    std::string number;
    std::optional<time::Date> decided_on {};
    std::string place;
    std::string signatory_name;
    std::string signatory_role;
};

/// A whole plan as a value: what an import, last year's plan, a model or a hand-written start gives.
struct Tree {
    std::string title;
    DecreeFields decree {};
    std::string decree_text = "{}";         ///< JSON: menimbang, mengingat, dicta, certifier, as read
    std::vector<TreeNode> areas {};
};

/// Errors: Invalid, with the path of the row ("areas.0.children.2"): empty text without number, wrong order of levels,
/// more than 5,000 rows, a text over 10,000 bytes, a cover that does not exist.
Result<void> check(Tree const&);

/// What a search looks in: number, text and KET in the normal form of text/normal.hpp.
std::string search_text(Node const&);

/// Depth first, with area_no and place set; parent as the position (1, 2 ...) of the row in this list, 0 = none.
struct FlatNode {
    TreeNode const* node = nullptr;
    std::size_t parent = 0;
    int area_no = 0;
    std::int64_t place = 0;
};
std::vector<FlatNode> flatten(Tree const&);

/// Canonical JSON of all rows, for snapshots, and back. Errors: Invalid when it is not one.
std::string to_json(Tree const&);
Result<Tree> tree_from_json(std::string_view);

}
