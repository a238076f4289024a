#pragma once
#include "record/input.hpp"
#include "record/page_parts.hpp"
#include "record/saved_view.hpp"

namespace kpuhub::record {

/// A link that switches something of the list: a state, an order, a column, a kept view.
struct ListLink {
    std::string label;
    view::Link link;
    std::int64_t count = 0;
    bool current = false;
    bool more = false;                      ///< there are more than were counted (most_counted)
    view::Link end {};                      ///< of a kept view: takes it away; empty: it is not his to take
    bool shared = false;                    ///< with the office
    std::string by {};                      ///< who shares it, when somebody else does
    void describe(view::Visitor&) const;
};

struct ListRow {
    std::int64_t id = 0;
    std::string title;
    view::Link link;
    view::StateMark state;
    std::string by;
    time::Date made_on {};
    std::int64_t version = 0;
    std::vector<Cell> cells;
    std::optional<view::Moment> due {};     ///< the next limit of the office
    std::optional<view::Sentence> left {};
    bool late = false;
    void describe(view::Visitor&) const;
};

struct ListHead {
    std::string field, label;
    view::Link sort;                        ///< empty: not to be ordered by
    bool figure = false, sorted = false;
    void describe(view::Visitor&) const;
};

/// A filter above the list: a choice of values, or a span.
struct ListFilter {
    std::string name, label, value;
    bool span = false;
    std::string type = "date", from {}, to {};
    std::vector<InputOption> options {};
    void describe(view::Visitor&) const;
};

struct ColumnChoice {
    std::string field, label;
    bool chosen = false;
    void describe(view::Visitor&) const;
};

/// Another page over the same records: matrix, card of the month, map of links.
struct SidePage {
    view::Sentence label;
    view::Link link;
    void describe(view::Visitor&) const;
};

struct BulkStep {
    std::string step, label;
    void describe(view::Visitor&) const;
};

/// What web/templates/record/list.mustache shows.
struct ListPage {
    std::string title, lead;
    view::Choice data_class;
    bool counts_only = false;               ///< the reader may know how many there are, not what they say
    bool rounded = false;                   ///< and of personal data only in steps
    std::int64_t step = 1;
    std::int64_t in_all = 0;
    std::vector<ListLink> states, views;
    std::vector<ColumnChoice> columns;
    std::vector<ListFilter> filters, more_filters;     ///< of the first columns; of all other fields
    std::string text, sort;
    std::vector<ListHead> heads;
    std::vector<ListRow> rows;
    std::vector<BulkStep> steps;
    std::vector<SidePage> side_pages;
    view::Link address, add, import, csv, sheet, next, first, keep, bulk, use, public_page;
    bool has_limits = false;                ///< the register has limits of the office: a column for the next one
    bool on = true, may_set = false, filtered = false, more_open = false;
    std::string query;
    std::optional<view::EmptyState> nothing {};
    std::optional<view::FieldErrors> errors {};
    void describe(view::Visitor&) const;
};

/// Everything the page is made of: pure.
struct ListParts {
    Place const& place;
    Question const& question;
    Listed const& listed;
    StateCounts const& counts;
    std::vector<SavedView> const& views;
    http::Fields const& query;
    time::Instant now {};
};
ListPage list_page(ListParts const&, text::Language);

/// The query of the address with one name set to a value (empty takes it out) and the cursor left out.
std::string query_with(http::Fields const&, std::string_view name, std::string const& value);

}
