#pragma once
#include "account/reader.hpp"
#include "evidence/subject_catalog.hpp"
#include "job/job.hpp"
#include "paper/paper.hpp"
#include "report/package.hpp"
#include "view/parts.hpp"

namespace kpuhub::report {

/// A link of the row of tabs that the pages of this room share.
struct Tab {
    view::Sentence label;
    view::Link link;
    bool current = false;
    void describe(view::Visitor&) const;
};
enum class Place { Packages, Requests, Offices };
std::vector<Tab> tabs(std::string const& unit_code, Place current);

view::Choice period_choice(std::string const& code);
view::Choice recipient_choice(std::string const& code);

struct PackageLine {
    view::Link link;
    view::Choice period, state;
    std::string office;                 ///< of one that waits here; empty in the list of an office's own
    view::Sentence detail;
    void describe(view::Visitor&) const;
};
/// An option of a list of choices.
struct PackageOption {
    std::string value;
    view::Choice label;
    bool chosen = false;
    void describe(view::Visitor&) const;
};
/// Packages of an office, and those of lower ones that wait here. web/templates/report/packages.mustache
struct PackagesPage {
    std::string unit_name;
    view::Year year {};
    std::vector<Tab> tab_links {};
    std::vector<PackageLine> own {}, waiting {};
    std::vector<PackageOption> period_options {};
    bool may_send = false, receives = false;
    view::Link action {}, earlier {}, later {};
    std::optional<view::FieldErrors> errors {};
    void describe(view::Visitor&) const;
};

/// A box to tick with its words.
struct TickLine {
    std::string value;
    std::string label;
    std::string detail {};
    bool ticked = false;
    std::optional<time::Date> due_on {};
    void describe(view::Visitor&) const;
};
struct RecipientTick {
    std::string value;
    view::Choice label;
    bool ticked = false;
    void describe(view::Visitor&) const;
};
struct DeliveryLine {
    view::Choice recipient, state;
    std::string office, receipt_number, received_by, decided_by, reason;
    std::optional<view::Moment> received_at, decided_at;
    std::int64_t round = 0, version = 0;
    bool may_receive = false, may_return = false, may_accept = false;
    view::Link to_receipt, to_return, to_acceptance, proof;
    void describe(view::Visitor&) const;
};
struct FileLine {
    std::string title, path, hash;
    std::int64_t kilobytes = 0;
    view::Link link;                    ///< empty for what lies elsewhere
    void describe(view::Visitor&) const;
};
struct RoundLine {
    std::int64_t round = 0;
    view::Moment sent_at;
    std::string sent_by, note, hash;
    std::int64_t kilobytes = 0;
    view::Link archive;
    std::vector<DeliveryLine> deliveries {};
    std::vector<FileLine> files {}, elsewhere {};
    void describe(view::Visitor&) const;
};

/// One package: contents, recipients, rounds. web/templates/report/package.mustache
struct PackagePage {
    view::Choice period, state;
    view::Year year {};
    std::string unit_name, note, search;
    std::int64_t version = 0, step = 0, steps = 0;
    bool with_plan = true, with_proofs = true;
    bool may_edit = false, packing = false;
    std::optional<view::Sentence> failed {};
    std::vector<TickLine> papers {}, rows {};
    std::vector<RecipientTick> recipients {};
    std::vector<RoundLine> rounds {};
    view::Link self {}, list {}, to_contents {}, to_sending {}, to_papers {};
    std::optional<view::FieldErrors> errors {};
    std::optional<view::Sentence> wrong {};
    void describe(view::Visitor&) const;
};

/// What a package page is made from, read in one snapshot.
struct PackageParts {
    Package package;
    std::vector<paper::OfficialPaper> papers {};
    Chosen chosen {};
    std::vector<evidence::ProvableRow> open_rows {};
    std::vector<Round> rounds {};
    std::vector<Delivery> deliveries {};
    std::optional<job::Job> job {};             ///< while it is packed
    std::vector<std::string> addressable {};    ///< codes of recipients that this office has
};
PackagePage package_page(PackageParts const&, std::string const& search, time::Zone);

/// The recipients that an office has: the steering team, and what lies above it. One statement.
std::vector<std::string> recipients_for(storage::Reader&, UnitId, time::Date today);

}
