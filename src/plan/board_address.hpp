#pragma once
#include "plan/board_model.hpp"
#include <functional>

namespace kpuhub::plan {

// Addresses and choices around the board.

/// The present address with one area opened or closed; `open_by_itself` tells which are open without a wish.
std::string toggled_address(PlanHead const&, BoardFilter const&, int area, bool open, std::function<bool(int)> const& open_by_itself);

/// States, proofs and months to filter by.
void filter_options(BoardPage&, BoardFilter const&, int month);

/// Switch of columns, sheet, and what else can be done with the plan.
void board_links(BoardPage&, PlanHead const&, BoardFilter const&);

/// What to do next with a draft, or with rows that have no certain months; nothing when all is well.
std::optional<BoardBanner> board_banner(PlanHead const&, std::int64_t unscheduled, std::int64_t uncertain);

/// "month", "quarter" or "semester".
std::string_view view_code(BoardView);

}
