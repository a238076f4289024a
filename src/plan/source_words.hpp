#pragma once
#include <string>
#include <string_view>

namespace kpuhub::plan {

/// Where in the decree a row stands, out of the JSON of plan_node.source: "3, 98-101" (page, lines) or "B12"; empty when typed.
std::string source_words(std::string_view json);

}
