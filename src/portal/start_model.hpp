#pragma once
#include "organization/unit_search.hpp"
#include "view/parts.hpp"

namespace kpuhub::portal {

struct OfficeLink {
    std::string code, name;
    view::Link link;
    void describe(view::Visitor& v) const
    {
        v.field("code", code);
        v.field("name", name);
        v.field("link", link);
    }
};

/// For who is not signed in: what this is, the way in, and the offices by name.
struct StartPage {
    bool welcome = false;                   ///< the page at "/", not the answer to a search
    std::string asked;                      ///< what was typed
    std::vector<OfficeLink> offices;
    std::optional<view::EmptyState> nothing;
    void describe(view::Visitor& v) const
    {
        v.field("welcome", welcome);
        v.field("asked", asked);
        v.list("offices", offices);
        v.field("nothing", nothing);
    }
};

StartPage start_page(storage::Reader&, time::Date today, std::string const& asked, bool welcome);

}
