#pragma once
#include "codec/clean_child.hpp"
#include "core/id.hpp"
#include "core/result.hpp"
#include "evidence/evidence.hpp"
#include "storage/blob_store.hpp"
#include <string>

namespace kpuhub::evidence {

/// Where files of proofs go: the blob store, the folder of files on their way in pieces, and the child that cleans.
struct FilePlaces {
    storage::BlobStore& blobs;
    std::string uploads_folder;
    codec::CleaningSetting cleaning {};
};

/// A file that was looked at but not stored yet.
struct ExaminedFile {
    std::string path;
    std::string name;
    std::int64_t bytes = 0;
    codec::CleanFile found;
};

/// Looks at a file in the child. Errors: those of codec::clean_file_in_child, with the field "file".
/// The account's share of the queue of children is bounded: Unavailable codec.busy.
Result<ExaminedFile> examine(FilePlaces const&, AccountId, std::string const& path, std::string const& name);

/// How a child that cleans is started for a request of this account.
codec::CleaningSetting cleaning_for(FilePlaces const&, AccountId);

/// Stores the original, the cleaned copy and the small picture, durably; called while the store is held, before the row
/// is written (storage/blob_store.hpp). Known and unknown bytes take the same steps.
Result<StoredFile> keep(FilePlaces const&, ExaminedFile const&);

/// The name of a download: that of the file, with the ending of its type when it has another one.
std::string download_name(StoredFile const&);

/// `attachment` with the name in plain ASCII and in full (RFC 6266, RFC 8187).
std::string attachment_header(std::string const& name);

}
