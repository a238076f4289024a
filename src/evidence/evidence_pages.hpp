#pragma once
#include "account/door.hpp"
#include "evidence/file_intake.hpp"
#include "evidence/link_listener.hpp"
#include "evidence/subject_catalog.hpp"
#include "http/router.hpp"

namespace kpuhub::evidence {

/// What the pages of proofs need from the rest of the program; all of it outlives them.
struct Surroundings {
    FilePlaces files;
    LinkListener& listener;
    SubjectCatalog& catalog;
};

/// Kotak bukti, sending, one proof, choosing rows and existing proofs, downloads, files in pieces.
void register_pages(account::Door const&, http::Router&, Surroundings const&);

// --- parts of the above, one file each ---
void register_box_pages(account::Door const&, http::Router&, Surroundings const&);
void register_sending_pages(account::Door const&, http::Router&, Surroundings const&);
void register_proof_pages(account::Door const&, http::Router&, Surroundings const&);
void register_file_pages(account::Door const&, http::Router&, Surroundings const&);
void register_upload_pages(account::Door const&, http::Router&, Surroundings const&);

}
