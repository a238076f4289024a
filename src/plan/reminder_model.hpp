#pragma once
#include "view/parts.hpp"

namespace kpuhub::plan {

/// Who owes what this month, as a text to copy: web/templates/plan/reminder.mustache.
struct ReminderPage {
    std::string office;
    std::string text;
    std::int64_t late = 0, due = 0;
    view::Link board;
    std::optional<view::EmptyState> nothing {};
    void describe(view::Visitor&) const;
};

}
