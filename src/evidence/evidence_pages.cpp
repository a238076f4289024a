#include "evidence/evidence_pages.hpp"

namespace kpuhub::evidence {

void register_pages(account::Door const& door, http::Router& router, Surroundings const& around)
{
    register_box_pages(door, router, around);
    register_sending_pages(door, router, around);
    register_upload_pages(door, router, around);
    register_file_pages(door, router, around);
    register_proof_pages(door, router, around);
}

}
