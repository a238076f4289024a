#pragma once
#include "plan/months.hpp"
#include "view/visitor.hpp"
#include <optional>

namespace kpuhub::plan {

struct EditRow {
    std::string css;                        ///< depth: "k-l0" to "k-l3"
    std::string id;                         ///< its anchor and the step of its buttons: "up:12"
    std::string text;
    std::string months;
    std::string label;                      ///< its first words, for what its buttons say
    view::Link edit, add, place;
    view::Link open {};                     ///< of an area whose rows are not on the page: shows them
    std::int64_t inside = 0;                ///< rows below it that are not on the page
    bool moved = false;                     ///< just now; by which of the two buttons: the keyboard goes on there
    bool up_again = false, down_again = false;
    view::Link targets {};                  ///< what a success indicator is about
    void describe(view::Visitor&) const;
};

/// The rows of a plan with the ways to change them: web/templates/plan/rows.mustache. Of a large plan those of one area.
struct EditRows {
    view::Year year;
    bool fixed = false;                     ///< a change is a revision with a reason: no buttons up and down
    bool model = false;
    std::int64_t version = 0;
    bool follow = false;                    ///< numbers follow the place
    std::vector<EditRow> rows;
    view::Link add_area, order, board;
    void describe(view::Visitor&) const;
};

/// "1-3, 6": months as numbers, as they are typed.
std::string month_numbers(Months);

/// Reads "1-3, 6" or "1,2,3"; nothing for another text.
std::optional<Months> months_of(std::string_view);

}
