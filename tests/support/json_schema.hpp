#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace kpuhub::testing {

/// What of a JSON text does not fit a schema of view/schema_visitor.hpp, each as "place: what". Knows the words that it
/// writes: type, properties, required, additionalProperties: false, items, anyOf, format of dates and instants.
std::vector<std::string> against_schema(std::string_view json, std::string_view schema);

}
