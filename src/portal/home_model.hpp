#pragma once
#include "portal/home.hpp"
#include "portal/work_line.hpp"
#include "text/messages.hpp"

namespace kpuhub::portal {

/// One line with a number: "Terlambat 3", and what it is about under it.
struct CountRow {
    view::Sentence label;
    view::Link link;
    std::int64_t count = 0;
    bool urgent = false;
    std::string about;                      ///< the first two of them, by name
    void describe(view::Visitor&) const;
};

/// A text to paste into the group of the office.
struct Reminder {
    std::string text;
    std::int64_t rows = 0;                  ///< lines of it
    void describe(view::Visitor&) const;
};

/// One cell of the areas x quarters table.
struct QuarterCell {
    std::string css;
    std::string text;                       ///< "7/9", or a dash
    std::int64_t late = 0;
    std::optional<view::Link> link {};
    void describe(view::Visitor&) const;
};
struct QuarterRow {
    view::Sentence area;
    std::vector<QuarterCell> cells;
    void describe(view::Visitor&) const;
};

/// An office under the reader's own.
struct OfficeRow {
    std::string code, name;
    view::Link link;
    view::Choice plan;                      ///< fixed, draft, none; of a province: how many
    std::int64_t fixed = 0, units = 0;
    bool several = false;                   ///< a branch and not one office
    Ratio to_date;
    std::int64_t late = 0;
    view::Link late_link;
    void describe(view::Visitor&) const;
};

/// What somebody is asked to file or to sign.
struct AskRow {
    view::Link link;
    std::string title, asks;
    time::Date due_on {};
    bool late = false;
    void describe(view::Visitor&) const;
};

/// A block; what is in it depends on its kind, and a page shows what there is.
struct HomeBlock {
    std::string kind;                       ///< "tasks": for tests and the anchor
    bool first = false;
    view::Sentence title;
    std::optional<std::int64_t> count {};
    std::optional<view::Sentence> lead {};
    bool named = false;                     ///< rows tell whose they are
    bool sent = false;                      ///< rows tell who submitted them
    std::vector<WorkRow> rows {};
    std::vector<AskRow> asks {};
    std::vector<CountRow> counts {};
    std::vector<view::Bar> bars {};
    std::vector<QuarterRow> quarters {};
    std::vector<OfficeRow> offices {};
    std::optional<Reminder> reminder {};
    std::optional<view::EmptyState> nothing {};
    std::optional<view::Link> main {};      ///< the one main button
    view::Sentence main_words {};
    std::optional<view::Link> all {};       ///< "Lihat semua (n)"
    bool without_plan = false;              ///< there is no plan to fill it from
    bool send = false;                      ///< the three ways of sending a proof
    void describe(view::Visitor&) const;
};

struct HomePage {
    view::Moment as_of;
    std::string office;
    std::optional<view::Sentence> sentence {};      ///< the state of the office as one would say it aloud
    std::optional<view::Sentence> late_sentence {};
    std::vector<HomeBlock> wide {};
    std::vector<HomeBlock> narrow {};
    std::vector<std::string> signers {};       ///< places to sign on paper
    view::Link pleno {};                       ///< the bahan pleno, for who leads the office; empty without a plan
    void describe(view::Visitor&) const;
};

/// How the reminder is written: in the language of the page, with addresses of this server.
struct Wording {
    text::Messages const& messages;
    text::Language language;
    std::string public_url;
};

HomePage home_page(account::Reader const&, time::Instant now, std::span<BlockKind const>, HomeNews const&, Wording const&);

/// "Salin untuk grup WhatsApp": who owes what, with links.
Reminder reminder_of(std::string const& head, std::vector<plan::WorkLine> const& late, std::vector<plan::WorkLine> const& soon,
    time::Date today, Wording const&);

}
