#pragma once
#include "account/door.hpp"
#include "account/form.hpp"
#include "outbox/push_address.hpp"

namespace kpuhub::portal {

/// A browser that shows messages.
struct PushLine {
    std::string device;
    view::Moment made;
    std::optional<view::Moment> told {};
    account::Action end;
    void describe(view::Visitor&) const;
};

/// Reminders of one's own: whether the digest comes, and the address of the calendar of due days.
struct ReminderPage {
    bool muted = false;
    std::optional<time::Date> muted_until {};
    bool has_address = true;                    ///< the digest reaches him: an e-mail address or a browser is known
    bool calendar = false;
    std::optional<view::Moment> calendar_made {};
    account::Action mute, mute_month, unmute, make, end;
    std::string fresh;                          ///< the address just made; it is shown once
    std::string push_key {};                    ///< what a browser asks for messages with; empty: the installation sends none
    std::string push_marks {};                  ///< of the browsers below, by which a browser finds itself
    std::vector<PushLine> devices {};
    view::Link push { "/account/push" };
    void describe(view::Visitor&) const;
};

/// /account/reminders, and /calendar-feed/{token}: the calendar for other programs, without sign-in.
void register_reminder_pages(account::Door const&, http::Router&);

/// /account/push: a browser is taken, or ended. Messages go to these places only.
void register_push_pages(account::Door const&, http::Router&, outbox::PushPlaces);

}
