#pragma once
#include "plan/panel.hpp"
#include "text/language.hpp"
#include "view/parts.hpp"

namespace kpuhub::plan {

/// One thing that serves what a row is about.
struct BoundLine {
    std::string title;
    view::Choice service;                   ///< "register", "indicator", "page", "planned", "gone"
    view::Link open;                        ///< the register, or the page; empty: none
    view::Link fill;                        ///< "Isi sekarang": the form of the register, with the row
    bool off = false;                       ///< a register that is not in use here
    void describe(view::Visitor&) const;
};

/// A row of the plan with what it is about.
struct BoundRow {
    std::string text;                       ///< which row, where the page shows several; empty: the only one
    std::vector<BoundLine> lines;
    bool nothing = false;                   ///< neither proposed nor chosen, or "nothing fits"
    view::Link change;                      ///< for who may; empty otherwise
    void describe(view::Visitor&) const;
};

/// A record that proposes itself.
struct ProposalLine {
    std::string title;
    time::Date day {};
    std::string part;                       ///< the row that it would prove, where there are several
    view::Link record;                      ///< for who works on the row; empty for others
    std::string record_id, node_id;         ///< of the form
    void describe(view::Visitor&) const;
};

std::vector<BoundRow> bound_rows(Panel const&, text::Language, bool may_work);
std::vector<ProposalLine> proposal_lines(Panel const&, bool may_work);

/// What serves a target, in words and links, for an office ("1571") and year.
struct BoundPlace {
    definition::Offer const& offer;
    std::set<std::string, std::less<>> const& on;
    std::string unit_code;
    int year = 0;
};
std::vector<BoundLine> bound_lines(BoundPlace const&, std::string const& kind, std::string const& id, text::Language);

}
