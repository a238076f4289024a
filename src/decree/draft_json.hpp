#pragma once
#include "core/result.hpp"
#include "decree/draft.hpp"
#include <functional>

namespace kpuhub::decree {

/// A finding in words, for those who read the JSON themselves.
using FindingWords = std::function<std::string(Finding const&)>;

/// The draft as JSON: decree fields, then areas > activities > subactivities > indicators with their sources, then the
/// findings. Stable: what `to_json` writes `from_json` reads back equal. `message` gives each finding in words.
std::string to_json(Draft const&, bool with_lines, FindingWords const& message = {});

/// Errors: Broken (decree.draft_broken) when it is not such a JSON.
Result<Draft> from_json(std::string_view);

}
