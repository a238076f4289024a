#pragma once
#include "job/job.hpp"
#include "report/package.hpp"
#include "storage/blob_store.hpp"

namespace kpuhub::report {

/// Kind of the job that packs one sending: payload {"round": 2}.
inline constexpr auto packing_job = "report.pack";

/// Where the archive is written before it is kept.
struct PackingPlaces {
    storage::Database& database;
    storage::BlobStore& blobs;
    std::string folder;
};

/// Gathers papers, plan sheet and proofs of a sending, writes the list of contents (daftar isi), the manifest with the SHA-256 of
/// each file and the ZIP, and hands it to the recipients. A round that is with them already is left as it is.
/// `told` hears how many of how many steps are done and says whether to go on.
/// Errors: NotFound, those of the writers, Conflict "report.package.cancelled".
Result<void> pack(PackingPlaces const&, PackageId, std::int64_t round, PersonId asked_by, time::Instant now, std::function<bool(std::int64_t done, std::int64_t all)> const& told);

/// The job of packing. All that is referred to outlives the workshop.
void register_packing(job::Workshop&, time::Clock const&, PackingPlaces);

}
