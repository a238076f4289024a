#pragma once
#include "account/door.hpp"
#include "http/router.hpp"
#include "record/record_pages.hpp"

namespace kpuhub::attendance {

/// The pages of this room about records, for the page of the record.
std::vector<record::FurtherPage> record_pages();

/// All pages of attendance lists.
void register_pages(account::Door const&, http::Router&, record::Surroundings const&);

// --- the routes, one file each ---
void register_host_pages(account::Door const&, http::Router&, record::Surroundings const&);
void register_sign_pages(account::Door const&, http::Router&, record::Surroundings const&);

}
