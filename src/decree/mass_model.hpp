#pragma once
#include "view/parts.hpp"
#include <optional>
#include <string>
#include <vector>

namespace kpuhub::decree {

/// A lower office and its decree; while it waits for one the link leads to its plan.
struct MassOffice {
    std::string code, name;
    view::Link link;
    std::string number {};
    bool printed = false;
    void describe(view::Visitor&) const;
};

/// Orders the decrees of all offices below, and follows the job.
struct MassPage {
    std::string unit_name;
    view::Year year {};
    std::int64_t issued = 0, written = 0, open = 0, more = 0, more_issued = 0;
    std::vector<MassOffice> offices {};         ///< the first of those that are open
    std::vector<MassOffice> numbered {};        ///< the first of those that have their decree
    std::optional<view::Sentence> ordered {};   ///< when and by whom the last order was given
    bool running = false, queued = false, may_order = false, resumes = false;
    std::int64_t done = 0, all = 0;
    std::optional<view::Sentence> left {}, failed {}, wrong {};
    bool stopped = false;
    view::Link self {}, action {}, stop {};
    std::string dated_on {};
    std::optional<view::FieldErrors> errors {};
    void describe(view::Visitor&) const;
};

}
