#pragma once
#include "account/door.hpp"
#include "view/parts.hpp"
#include <optional>
#include <string>
#include <vector>

namespace kpuhub::portal {

/// A message that waits: of which kind and for whom, never what it says.
struct HeldRow {
    std::int64_t id = 0;
    view::Choice kind;
    view::Sentence to;
    view::Moment written, useful_until;
    void describe(view::Visitor&) const;
};

/// Messages held after a restore (docs/operations.md): web/templates/portal/held.mustache.
struct HeldPage {
    std::optional<view::Moment> since {};           ///< nothing: no message is held
    std::int64_t in_all = 0;
    std::vector<HeldRow> rows {};
    view::Link choose { "/messages/held/drop" }, release { "/messages/held/release" }, drop_all { "/messages/held/drop?all=1" };
    std::optional<view::Link> next {};
    std::optional<view::EmptyState> nothing {};
    void describe(view::Visitor&) const;
};

/// Asks before messages are dropped or let go: web/templates/portal/held_ask.mustache.
struct HeldAskPage {
    bool dropping = false;
    view::Sentence title, lead;
    std::vector<std::string> picks {};
    std::int64_t shown = 0;                         ///< how many were waiting when it was asked
    view::Link action, back { "/messages/held" };
    view::Sentence button;
    void describe(view::Visitor&) const;
};

/// Whether the reader may let held messages go: outbox.manage at KPU RI.
bool may_release_messages(storage::Reader&, account::Reader const&);

/// /messages/held: the administrator of KPU RI lists, drops and releases what is held.
void register_held_pages(account::Door const&, http::Router&);

}
