#pragma once
#include "view/visitor.hpp"

namespace kpuhub::indicator {

/// "Jun 2026", "TW II 2026", "Semester I 2026", "Tahun 2026"; the text itself when it names no period.
[[nodiscard]] view::Sentence period_words(std::string const& period);

}
