#include "plan/plan_pages.hpp"

namespace kpuhub::plan {

void register_pages(account::Door const& door, http::Router& router)
{
    register_board_pages(door, router);
    register_panel_pages(door, router);
    register_verification_pages(door, router);
    register_list_pages(door, router);
    register_schedule_pages(door, router);
    register_edit_pages(door, router);
    register_move_pages(door, router);
    register_closing_pages(door, router);
    register_compare_pages(door, router);
    register_reminder_pages(door, router);
    register_proposal_pages(door, router);
    register_target_pages(door, router);
    register_journal_pages(door, router);
}

}
