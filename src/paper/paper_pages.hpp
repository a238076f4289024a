#pragma once
#include "account/door.hpp"
#include "codec/clean_child.hpp"
#include "paper/paper.hpp"

namespace kpuhub::paper {

/// What the pages of papers need; all of it outlives the router.
struct PagePlaces {
    storage::BlobStore& blobs;
    Kinds const& kinds;
    codec::CleaningSetting looking {};          ///< the child that looks at a signed paper that comes back
};

/// /papers/{paper} with its steps and files; /units/{unit}/papers with the number book.
void register_paper_pages(account::Door const&, http::Router&, PagePlaces);

/// /verify: the public pages that a QR code opens.
void register_verify_pages(account::Door const&, http::Router&);

/// The code of a public page as people type it: capitals, without blanks and hyphens, O as 0, I and L as 1.
std::string tidy_code(std::string_view);

}
