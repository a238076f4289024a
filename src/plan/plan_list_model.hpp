#pragma once
#include "plan/board_model.hpp"

namespace kpuhub::plan {

struct PlanLine {
    view::Year year;
    std::string title;
    view::Sentence decree;
    view::Link link;
    bool model = false, published = false, may_publish = false;
    view::Link publication;
    std::int64_t version = 0;
    std::vector<BoardStep> steps;
    void describe(view::Visitor&) const;
};

/// All plans of an office and how to start one: web/templates/plan/list.mustache.
struct PlanList {
    std::string office;
    std::vector<PlanLine> plans;
    bool may_manage = false, may_publish = false, as_model = false;
    view::Link action, imports;
    std::string next_year;
    std::vector<FilterOption> sources;
    std::optional<view::FieldErrors> errors {};
    std::optional<view::Sentence> trouble {};
    std::optional<view::EmptyState> nothing {};
    void describe(view::Visitor&) const;
};

}
