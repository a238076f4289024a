#pragma once
#include "plan/months.hpp"
#include "view/visitor.hpp"
#include <optional>

namespace kpuhub::plan {

struct EditRow {
    std::string css;                        ///< depth: "k-l0" to "k-l3"
    std::string text;
    std::string months;
    view::Link edit, add;
    void describe(view::Visitor&) const;
};

/// All rows of a plan with the ways to change them: web/templates/plan/rows.mustache.
struct EditRows {
    view::Year year;
    bool fixed = false;
    std::vector<EditRow> rows;
    view::Link add_area, board;
    void describe(view::Visitor&) const;
};

/// "1-3, 6": months as numbers, as they are typed.
std::string month_numbers(Months);

/// Reads "1-3, 6" or "1,2,3"; nothing for another text.
std::optional<Months> months_of(std::string_view);

}
