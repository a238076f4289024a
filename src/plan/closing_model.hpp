#pragma once
#include "plan/board_model.hpp"

namespace kpuhub::plan {

struct ClosingRow {
    std::string text;
    std::string owner;
    std::int64_t open = 0, submitted = 0;
    bool unscheduled = false, apart = false;
    view::Link link;
    void describe(view::Visitor&) const;
};

/// What is unfinished, then the button that closes the plan; of a closed one, the form that opens it again. Both with the way
/// to next year's plan. web/templates/plan/closing.mustache
struct ClosingPage {
    view::Year year, next_year;
    view::Sentence decree;
    bool closed = false;
    std::int64_t version = 0;
    std::vector<ClosingRow> rows;
    std::int64_t open = 0, waiting = 0;     ///< deliverables; of them submitted and undecided
    std::string reason;
    std::vector<FilterOption> next_sources; ///< ways to start next year's plan; empty when it is there
    view::Link action, board, plans, next_board;
    bool has_next = false;
    std::optional<view::FieldErrors> errors {};
    std::optional<view::Sentence> trouble {};
    void describe(view::Visitor&) const;
};

}
