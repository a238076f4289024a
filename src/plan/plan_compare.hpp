#pragma once
#include "plan/tree.hpp"

namespace kpuhub::plan {

enum class Difference { Same, Changed, Added, Removed };

/// One row in two trees. "Changed" names the fields: number, body, remark, months, working_months, rhythm, owner, authority,
/// tentative, applies, indicator_kind, common_item, place (another parent).
struct RowDifference {
    Difference kind = Difference::Same;
    int depth = 0;                          ///< 0 = area
    Node before {};                         ///< without id when added
    Node after {};                          ///< without id when removed
    std::vector<std::string> fields {};
};

/// All rows of both, in the order of the second; removed rows stand where they stood in the first. Rows are the same when
/// they share an id, else (two plans) a common item, the same text, or a text that reads at least 70 % alike under the
/// same parent.
std::vector<RowDifference> compare(Tree const& before, Tree const& after);

std::string_view to_text(Difference);

}
