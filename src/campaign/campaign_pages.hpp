#pragma once
#include "account/door.hpp"
#include "flow/clock_calendar.hpp"
#include "http/router.hpp"
#include "record/record_pages.hpp"

namespace kpuhub::campaign {

/// What the pages of campaigns need; all of it outlives them.
struct Surroundings {
    record::Surroundings records;
    flow::CalendarShelf& calendars;
};

/// All pages of campaigns and duties.
void register_pages(account::Door const&, http::Router&, Surroundings const&);

// --- the routes, one file each ---
void register_list_pages(account::Door const&, http::Router&, Surroundings const&);
void register_campaign_pages(account::Door const&, http::Router&, Surroundings const&);
void register_own_pages(account::Door const&, http::Router&, Surroundings const&);
void register_matrix_pages(account::Door const&, http::Router&);
void register_duty_pages(account::Door const&, http::Router&);

}
