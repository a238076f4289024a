#include "report/report_pages.hpp"

namespace kpuhub::report {

void register_pages(account::Door const& door, http::Router& router)
{
    register_form_pages(door, router);
    register_pleno_page(door, router);
}

}
