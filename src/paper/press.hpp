#pragma once
#include "codec/child.hpp"
#include "job/job.hpp"
#include "paper/paper.hpp"

namespace kpuhub::paper {

/// Kind of the job that writes one edition of one paper as PDF and Word: payload {"edition": "preview" | "final" | "copy"}.
inline constexpr auto writing_job = "paper.write";

/// Writes one edition now and keeps it: a child process makes the PDF outside of any transaction, then the rows are written.
/// Written before = changes nothing (previews are written again). Errors: NotFound, those of the kind and of the writers.
Result<void> write_edition(storage::Database&, storage::BlobStore&, Kinds const&, PaperId, Edition, std::string const& public_url, time::Instant now,
    codec::ChildSetting const& = {});

/// The job of writing. Kinds, blobs and database outlive the workshop.
void register_writing(job::Workshop&, storage::Database&, time::Clock const&, storage::BlobStore&, Kinds const&, std::string public_url);

}
