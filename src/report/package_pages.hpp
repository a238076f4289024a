#pragma once
#include "account/door.hpp"
#include "evidence/file_intake.hpp"
#include "evidence/link_listener.hpp"
#include "evidence/subject_catalog.hpp"

namespace kpuhub::report {

/// What the pages of packages and requests need; all of it outlives the router.
struct PackagePlaces {
    evidence::FilePlaces files;
    evidence::LinkListener& listener;
    evidence::SubjectCatalog& catalog;
};

/// /units/{unit}/packages and /packages/{package}: paket laporan from its contents to the receipt.
void register_package_pages(account::Door const&, http::Router&, PackagePlaces);

/// /units/{unit}/requests, /requests/{request}, /answers/{answer}: permintaan ke satker.
void register_request_pages(account::Door const&, http::Router&, PackagePlaces);

/// /units/{unit}/offices: Satker saya.
void register_office_pages(account::Door const&, http::Router&);

}
