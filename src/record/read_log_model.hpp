#pragma once
#include "record/list_model.hpp"
#include "record/read_log.hpp"

namespace kpuhub::record {

/// One reading as the page tells it.
struct ReadByRow {
    view::Moment at;
    std::string who, post;
    view::Sentence what;
    std::string register_title;
    view::Link record;                      ///< who else read that record; empty: it was a list, or the page is about it
    void describe(view::Visitor&) const;
};

struct ReadLogChoice {
    std::string value, label;
    bool chosen = false;
    void describe(view::Visitor&) const;
};

/// What web/templates/record/reads.mustache shows: who read a record, or all that was read in an office.
struct ReadLogPage {
    std::string of;                         ///< the record or the office
    std::vector<ReadByRow> rows;
    std::vector<ReadLogChoice> registers;   ///< to choose from, on the page of the office
    bool whole_office = false;
    view::Link address, back, next;
    std::optional<view::EmptyState> nothing {};
    void describe(view::Visitor&) const;
};

}
