#pragma once
#include "campaign/campaign.hpp"
#include "codec/paper.hpp"
#include "codec/xlsx_writer.hpp"
#include "paper/signers.hpp"
#include "record/record_owed.hpp"
#include "text/messages.hpp"
#include "view/parts.hpp"

namespace kpuhub::campaign {

struct CampaignLine {
    view::Link link, own;                   ///< own: where the reader files; empty when nothing is asked of him
    std::string title;
    time::Date due_on {};
    bool closed = false, late = false;
    std::int64_t filed = 0, asked = 0;
    Ratio share {};
    void describe(view::Visitor&) const;
};

struct Choice {
    std::string value, label;
    std::optional<view::Sentence> hint {};
    bool chosen = false;
    void describe(view::Visitor&) const;
};

struct NamedLink {
    view::Link link;
    std::string name;
    void describe(view::Visitor&) const;
};

/// The campaigns of an office, and the form of a new one. web/templates/campaign/list.mustache
struct CampaignsPage {
    std::string unit_name;
    std::vector<CampaignLine> running {}, closed {};
    bool may_start = false, may_order = false;
    std::vector<Choice> matters {}, scopes {};
    std::string period {}, due_on {};
    std::vector<NamedLink> duties {}, below {};     ///< lists of who is obliged; tables of lower offices
    std::int64_t order_done = 0, order_all = 0;
    view::Link action {};
    std::optional<view::EmptyState> nothing {};
    std::optional<view::FieldErrors> errors {};
    std::optional<view::Sentence> wrong {};
    void describe(view::Visitor&) const;
};

struct PersonLine {
    std::string name, post_title, subdivision {};
    view::Link link {};                     ///< his record
    view::Choice meaning {};
    std::string state {};                    ///< words of the register
    std::vector<std::string> facts {};      ///< "Tanggal lapor: 14 Maret 2026"
    time::Date due_on {};
    bool late = false, own_day = false;     ///< own_day: due on another day than the others
    std::optional<time::Date> reminded_on {};
    std::string item {};                    ///< "12:3": record and version to accept; empty: cannot be ticked
    void describe(view::Visitor&) const;
};

struct FilterLink {
    view::Link link;
    view::Sentence label;
    std::int64_t count = 0;
    bool current = false;
    void describe(view::Visitor&) const;
};

/// Who has and who has not. web/templates/campaign/campaign.mustache
struct CampaignPage {
    std::string title, unit_name, lead, ordered_by;
    time::Date due_on {};
    std::optional<time::Date> closed_on {};
    bool late = false, asking = false, reads_names = false, may_run = false, may_accept = false;
    std::int64_t version = 0, asked = 0, filed = 0, accepted = 0, missing = 0, exempt = 0, left = 0;
    Ratio share, complete;
    std::vector<FilterLink> shows {}, subdivisions {};
    std::vector<PersonLine> people {}, apart {};    ///< apart: who left or is exempt
    std::vector<PersonLine> newcomers {};
    std::string reminder {};
    std::int64_t reachable = 0;
    view::Link own {}, to_reminders {}, to_acceptance {}, to_people {}, to_closing {}, to_reopening {}, sheet {}, csv {}, paper {}, next {}, before {};
    std::int64_t left_over = 0;             ///< of the campaign before
    std::int64_t to_accept = 0;
    std::optional<view::EmptyState> nothing {};
    std::optional<view::FieldErrors> errors {};
    std::optional<view::Sentence> wrong {};
    void describe(view::Visitor&) const;
};

/// What the page is made of.
struct CampaignParts {
    Campaign const& campaign;
    std::vector<Person> const& people;
    Counts counts;
    std::vector<Newcomer> const& newcomers;
    std::vector<record::OwedValues> const& values;
    PersonId reader {};
    time::Date today {};
    time::Zone zone = time::Zone::Wib;
    text::Language language = text::Language::Indonesian;
    std::string show, subdivision;          ///< filters as asked: "missing", "filed", "" = all
};
CampaignPage campaign_page(CampaignParts const&);

/// "Salin untuk grup WhatsApp": who has not, by sub-division, and the short address. Empty when nobody is missing.
std::string reminder_text(Campaign const&, std::vector<Person> const&, text::Messages const&, text::Language, std::string const& public_url);

codec::Sheet campaign_sheet(CampaignParts const&, text::Messages const&);
/// The list with places for signatures; the statement above it where there is one. `signer`: who signs below, empty for none.
codec::Paper campaign_paper(CampaignParts const&, text::Messages const&, std::vector<paper::OfficeSigner> const& signers);

struct BranchLine {
    std::string code, name;
    view::Link link;
    bool several = false, none = false;     ///< several offices; no campaign there
    std::int64_t units = 0, running = 0, asked = 0, filed = 0, accepted = 0;
    Ratio share {}, complete {};
    void describe(view::Visitor&) const;
};
/// Offices below with their sums. web/templates/campaign/matrix.mustache
struct MatrixPage {
    std::string title, unit_name;
    std::vector<BranchLine> branches {};
    std::int64_t units = 0, running = 0, asked = 0, filed = 0, accepted = 0;
    Ratio share {}, complete {};
    std::vector<FilterLink> years {};
    view::Link sheet {}, csv {}, list {};
    std::optional<view::EmptyState> nothing {};
    void describe(view::Visitor&) const;
};
MatrixPage matrix_page(definition::CampaignKind const&, std::string const& period, organization::Unit const&, std::vector<Branch> const&, text::Language);
codec::Sheet matrix_sheet(MatrixPage const&, text::Messages const&, text::Language);

/// "LHKPN 2026"
std::string title_of(definition::CampaignKind const&, std::string const& period, text::Language);

}
