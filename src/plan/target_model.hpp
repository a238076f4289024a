#pragma once
#include "view/parts.hpp"

namespace kpuhub::plan {

/// Something that a row may be about, to tick.
struct TargetOption {
    std::string value;                      ///< "system:lhkpn"
    std::string title;
    view::Choice service {};                ///< "register", "indicator", "page", "planned", "gone"
    std::string service_title {};           ///< of the register or indicator, where it is named otherwise
    std::string phrase {};                  ///< the words that the proposal comes from
    bool chosen = false;
    void describe(view::Visitor&) const;
};

/// What a row is about, chosen from a list that is searched: web/templates/plan/targets.mustache.
struct TargetPage {
    std::string text, above;                ///< the row, and the sub-activity above it
    bool by_hand = false;                   ///< somebody chose; otherwise the words propose
    std::string q;
    std::vector<TargetOption> now, proposals, found;
    bool more = false, nothing_found = false;
    std::int64_t version = 0;
    view::Link action, back;
    std::optional<view::FieldErrors> errors {};
    void describe(view::Visitor&) const;
};

}
