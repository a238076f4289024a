#pragma once
#include "view/visitor.hpp"
#include <cstdint>
#include <string>
#include <vector>

namespace kpuhub::view {

/// One bar cut by state, in the order V A K ! T (verified, submitted, in work, late, scheduled): classes f-V ... f-T colour
/// it. The numbers stand beside it in the page; title and description are for those who do not see it.
struct Segments {
    std::string title;
    std::string description;
    std::int64_t verified = 0;
    std::int64_t submitted = 0;
    std::int64_t working = 0;
    std::int64_t late = 0;
    std::int64_t scheduled = 0;
};
/// An empty bar when all are 0. Negative counts are taken as 0.
[[nodiscard]] SafeHtml segment_bar(Segments const&);

/// Two lines over the periods of a year, cumulated: what the plan wants (grey, dashed) and what is verified (maroon, with
/// points), with labels at the ends of the lines. `verified` may be shorter: the rest of the year has not come yet.
struct PlanAndVerified {
    std::string title;
    std::string description;        ///< one sentence that says what the picture shows
    std::string plan_label, verified_label;
    std::string as_table;           ///< "Lihat sebagai tabel"
    std::string period;             ///< head of the table's first column: "Bulan"
    std::vector<std::string> periods;
    std::vector<std::int64_t> plan;
    std::vector<std::int64_t> verified;
};
/// A <figure> with the picture and its table inside <details>. Empty markup when there is no period.
[[nodiscard]] SafeHtml plan_and_verified(PlanAndVerified const&);

/// Class of a heat cell for a share: h1 to h5 by fifths, h0 for zero, hn when there is nothing to measure.
[[nodiscard]] std::string_view heat_class(Ratio const&);

}
