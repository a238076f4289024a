#pragma once
#include "account/door.hpp"

namespace kpuhub::plan {

/// All pages of the plan room.
void register_pages(account::Door const&, http::Router&);

// One for each file of pages.
void register_board_pages(account::Door const&, http::Router&);
void register_panel_pages(account::Door const&, http::Router&);
void register_verification_pages(account::Door const&, http::Router&);
void register_list_pages(account::Door const&, http::Router&);
void register_schedule_pages(account::Door const&, http::Router&);
void register_move_pages(account::Door const&, http::Router&);
void register_closing_pages(account::Door const&, http::Router&);
void register_edit_pages(account::Door const&, http::Router&);
void register_compare_pages(account::Door const&, http::Router&);
void register_reminder_pages(account::Door const&, http::Router&);
void register_proposal_pages(account::Door const&, http::Router&);
void register_target_pages(account::Door const&, http::Router&);
void register_journal_pages(account::Door const&, http::Router&);

}
