#pragma once
#include "campaign/campaign.hpp"
#include "record/input.hpp"
#include "record/page_parts.hpp"

namespace kpuhub::campaign {

/// What one person files: one screen, two or three fields. web/templates/campaign/own.mustache
struct OwnPage {
    std::string title, unit_name, lead, asks, statement;
    time::Date due_on {};
    bool late = false, open = false, closed = false;
    view::Choice meaning {};
    std::string state {};                    ///< words of the register
    std::optional<view::Sentence> why {};   ///< the reason when it came back
    std::int64_t version = 0;
    std::vector<record::Cell> facts {};     ///< what he has filed
    std::vector<record::InputGroup> inputs {};
    view::Link action {}, record {}, home {};
    std::optional<view::FieldErrors> errors {};
    std::optional<view::Sentence> wrong {};
    void describe(view::Visitor&) const;
};

}
