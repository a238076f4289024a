#pragma once
#include "record/page_parts.hpp"
#include "record/retention_actions.hpp"

namespace kpuhub::record {

struct OverGroupRow {
    std::string title;
    view::Year year {};
    std::int64_t records = 0;
    view::Sentence rule;                    ///< "5 tahun setelah ditutup"
    view::Link link;
    void describe(view::Visitor&) const;
};

/// Records whose retention ends within the time of the first warning.
struct EndingGroupRow {
    std::string title;
    time::Date last_day {};
    std::int64_t records = 0;
    void describe(view::Visitor&) const;
};

struct DecisionRow {
    std::string title;
    view::Year year {};
    view::Choice state;
    view::Sentence what, by;
    std::string reason;
    std::optional<view::Sentence> outcome {};
    std::optional<view::Moment> judged_at {};
    std::string judged_by;
    std::int64_t version = 0;
    view::Link judge;                       ///< where he approves or refuses; empty: not his
    bool may_approve = false;
    bool waits = false;                     ///< for a second person
    void describe(view::Visitor&) const;
};

/// What web/templates/record/retention.mustache shows: records past their retention, and what was decided.
struct RetentionPage {
    std::string office;
    std::vector<OverGroupRow> groups;
    std::vector<EndingGroupRow> ending;     ///< by last day; at most `ending_shown`
    std::int64_t ending_days = 0, ending_more = 0;
    std::vector<DecisionRow> decisions;
    std::int64_t in_all = 0;
    view::Link back;
    std::optional<view::EmptyState> nothing {};
    void describe(view::Visitor&) const;
};

struct OverRecordRow {
    std::string title;
    view::StateMark state;
    time::Date ended_on {};
    void describe(view::Visitor&) const;
};

/// What web/templates/record/retention_group.mustache shows: one group, and the form of the decision.
struct RetentionGroupPage {
    std::string title;
    view::Year year {};
    view::Sentence rule;
    std::string legal_basis;
    std::int64_t records = 0, taken = 0;    ///< all, and how many one decision names
    bool after_closing = true;
    std::vector<OverRecordRow> rows;
    view::Link next, back, decide;
    bool may_decide = false, may_destroy = false;
    std::string fate, reason, keep_until;   ///< as typed
    std::optional<view::FieldErrors> errors {};
    std::optional<view::EmptyState> nothing {};
    void describe(view::Visitor&) const;
};

}
