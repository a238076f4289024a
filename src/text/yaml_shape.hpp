#pragma once
#include "core/result.hpp"
#include <cstddef>
#include <string_view>

namespace kpuhub::text {

/// What a YAML text of ours may look like, whatever it says (security.md 18).
struct YamlLimits {
    std::size_t bytes = 1 << 20;
    int depth = 20;
};

/// Refuses (Invalid, with line in the detail) a text that does not parse, is too large or too deep, holds more than one
/// document, an anchor, an alias, a tag of its own or a key twice in one map. Call it before YAML::Load.
[[nodiscard]] Result<void> check_yaml(std::string_view yaml, YamlLimits = {});

}
