#pragma once
#include "account/door.hpp"
#include "account/form.hpp"

namespace kpuhub::portal {

/// Reminders of one's own: whether the digest comes, and the address of the calendar of due days.
struct ReminderPage {
    bool muted = false;
    std::optional<time::Date> muted_until {};
    bool has_address = true;                    ///< an e-mail address is known
    bool calendar = false;
    std::optional<view::Moment> calendar_made {};
    account::Action mute, mute_month, unmute, make, end;
    std::string fresh;                          ///< the address just made; it is shown once
    void describe(view::Visitor&) const;
};

/// /account/reminders, and /calendar-feed/{token}: the calendar for other programs, without sign-in.
void register_reminder_pages(account::Door const&, http::Router&);

}
