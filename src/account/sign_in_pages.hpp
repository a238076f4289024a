#pragma once
#include "account/door.hpp"

namespace kpuhub::account {

/// Someone who may try the demonstration: shown on its sign-in page only.
struct DemoPerson {
    std::string user_name;
    std::string name;
    std::string post;
    void describe(view::Visitor&) const;
};

/// Sign-in, sign-out, language and appearance.
void register_sign_in_pages(Door const&, http::Router&);

}
