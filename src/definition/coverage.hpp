#pragma once
#include "definition/offer.hpp"

namespace kpuhub::definition {

/// docs/coverage.md: for each of the systems that plans name, what serves it, or "belum" (not yet); counts at the top.
std::string coverage_text(Offer const&);

}
