#pragma once
#include "plan/panel_model.hpp"

namespace kpuhub::plan {

/// The journal of one subject, newest first: web/templates/plan/journal.mustache.
struct JournalPage {
    std::vector<PanelEvent> events;
    view::Link older, subject;
    std::optional<view::EmptyState> nothing {};
    void describe(view::Visitor&) const;
};

}
