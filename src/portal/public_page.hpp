#pragma once
#include "evidence/evidence_store.hpp"
#include "indicator/rollup.hpp"
#include "journal/journal.hpp"
#include "organization/unit.hpp"
#include "plan/public_plan.hpp"
#include "text/messages.hpp"
#include "view/parts.hpp"
#include <optional>

namespace kpuhub::portal {

/// A row of the plan in the words of the public.
struct PublicPlanRow {
    bool heading = false;                   ///< area or activity: a line without a state
    bool indicator = false;                 ///< success indicator under its sub-activity
    std::string number;
    std::string body;
    std::optional<view::Sentence> state {}; ///< "2 dari 4 selesai"
    std::int64_t late = 0;
    void describe(view::Visitor&) const;
};

struct PublicDocument {
    std::string title;
    std::optional<view::Link> link;         ///< none: a paper that lies elsewhere
    view::Sentence facts;                   ///< kind and size, or host, or number
    time::Date on {};
    void describe(view::Visitor&) const;
};

/// What anybody may send to the office without an account.
struct PublicService {
    std::string title;
    view::Link link, counts;
    void describe(view::Visitor&) const;
};

/// The public page of an office and year (Kolom RB): what a fixed plan has come to, never a draft.
struct PublicPage {
    std::string unit_name;
    view::Year year;
    std::optional<view::Moment> updated;
    bool has_plan = false;
    std::optional<view::Sentence> sentence;
    std::optional<view::Sentence> late_sentence;
    std::string decree;
    std::optional<time::Date> decided_on;
    std::vector<view::Bar> bars;
    std::optional<view::Sentence> area;     ///< the area whose rows stand below
    std::vector<PublicPlanRow> rows;
    std::vector<PublicService> services;
    std::vector<PublicDocument> documents;
    std::string journal_head;
    std::optional<view::Moment> journal_at;
    std::int64_t journal_events = 0;
    view::Link earlier, self, offices;
    std::optional<view::Link> later;
    std::optional<view::EmptyState> nothing;
    void describe(view::Visitor&) const;
};

/// What the page is asked for, and what decides whether it has changed.
struct PublicQuestion {
    organization::Unit unit;
    std::string embed;                      ///< origins that may show the page in a frame; empty = none
    bool documents = true;                  ///< the office shows its released documents on the page (public.documents)
    int year = 0;
    int area_no = 0;                        ///< 0 = no rows
    time::Date today {};
};
struct PublicState {
    std::optional<plan::Plan> plan;
    indicator::SumsByPeriod sums;
    journal::Standing journal;
};

/// Three statements.
PublicState public_state(storage::Reader&, PublicQuestion const&);
/// One statement more, and one for the rows of an area.
PublicPage public_page(storage::Reader&, PublicQuestion const&, PublicState const&, text::Messages const&, text::Language);

/// "https://a.go.id https://b.go.id": those words of the setting that are https origins, nothing else.
std::string checked_origins(std::string const& setting);

}
