#include "plan/plan_pages.hpp"

namespace kpuhub::plan {

void register_pages(account::Door const& door, http::Router& router)
{
    register_board_pages(door, router);
    register_panel_pages(door, router);
    register_verification_pages(door, router);
    register_list_pages(door, router);
    register_schedule_pages(door, router);
}

}
