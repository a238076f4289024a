#pragma once
#include "view/parts.hpp"

namespace kpuhub::campaign {

struct DutyPerson {
    std::string value;                      ///< number of the person
    std::string name, post_title, subdivision;
    bool obliged = false, by_rule = false;
    std::string reason;                     ///< of what the office noted
    std::optional<time::Date> noted_from {};
    void describe(view::Visitor&) const;
};

/// Who has a duty in an office. web/templates/campaign/duty.mustache
struct DutyPage {
    std::string title, hint, source;
    view::Choice confidence;
    std::string unit_name;
    std::vector<DutyPerson> people {};
    std::int64_t obliged = 0, of = 0;
    bool may_change = false;
    std::string from {}, reason {};
    view::Link action {}, list {};
    std::optional<view::EmptyState> nothing {};
    std::optional<view::FieldErrors> errors {};
    void describe(view::Visitor&) const;
};

}
