#pragma once
#include "account/door.hpp"
#include "decree/import.hpp"
#include "job/job.hpp"
#include "storage/blob_store.hpp"

namespace kpuhub::decree {

/// Upload, progress, review, edit of a row, fixing: /units/{unit}/imports and /imports/{id}.
/// The blob store outlives the router.
void register_import_pages(account::Door const&, http::Router&, storage::BlobStore&);
void register_fix_pages(account::Door const&, http::Router&);
void register_row_pages(account::Door const&, http::Router&);

/// The import of an address "/imports/{import}/..."; 0 when it is no number. And the address of one.
ImportId import_id(http::Request const&);
std::string address_of(ImportId);

/// The job that reads an uploaded decree in a child process, which refuses to work outside a sandbox when that is required.
void register_reading(job::Workshop&, storage::Database&, time::Clock const&, storage::BlobStore&, bool sandbox_required);

}
