#pragma once
#include "core/result.hpp"
#include "time/date.hpp"
#include <cstdint>
#include <functional>
#include <memory>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <vector>

namespace kpuhub::storage {

/// A stored file: the SHA-256 of its bytes in hexadecimal (its name here, never part of an address) and its size.
struct StoredBlob {
    std::string hash;
    std::int64_t bytes = 0;
    friend bool operator==(StoredBlob const&, StoredBlob const&) = default;
};

/// What a look at every stored file found.
struct BlobReport {
    std::int64_t files = 0;
    std::int64_t bytes = 0;
    std::vector<std::string> altered;       ///< files whose bytes are not those of their name
    std::vector<std::string> missing;       ///< named by the database, not there
    std::int64_t unreferenced = 0;          ///< there, named by nobody
    [[nodiscard]] bool sound() const { return altered.empty() && missing.empty(); }
};

/// Files by content in two levels of folders, "ab/cd/abcd...". A file is durable when put() returns (temporary file,
/// fsync, rename, fsync of the folder); only then may a row name it (security.md 9). Any thread.
class BlobStore {
public:
    /// Creates the folder. Errors: Invalid for a folder that cannot be used or lies on a network file system.
    static Result<std::unique_ptr<BlobStore>> open(std::string folder);

    /// Errors of both: Unavailable "storage.full", "storage.read_only".
    Result<StoredBlob> put(std::string_view bytes);
    Result<StoredBlob> put_file(std::string const& path);

    /// Keeps the collector away from the moment before put() until the row that names the file is committed.
    [[nodiscard]] std::shared_lock<std::shared_mutex> hold() const { return std::shared_lock { m_collecting }; }

    /// Where the file lies, for reading. Errors: NotFound, also for a text that is no hash.
    [[nodiscard]] Result<std::string> path_of(std::string_view hash) const;
    /// The whole file. Errors: NotFound, Unavailable.
    [[nodiscard]] Result<std::string> read(std::string_view hash) const;

    /// Calls back with each stored file, in no order.
    Result<void> for_each(std::function<Result<void>(StoredBlob const&)> const&) const;

    /// Reads every file and compares it with its name; "named" are the hashes that rows name.
    [[nodiscard]] Result<BlobReport> verify(std::vector<std::string> named) const;

    /// Removes what nobody names and what was last put more than 24 h before now. Returns how many files went.
    Result<std::int64_t> collect(std::function<bool(std::string const& hash)> const& is_named, time::Instant now);

    [[nodiscard]] std::string const& folder() const { return m_folder; }

private:
    explicit BlobStore(std::string folder) : m_folder(std::move(folder)) {}
    [[nodiscard]] std::string place_of(std::string_view hash) const;
    Result<StoredBlob> store(std::function<Result<void>(std::function<Result<void>(std::string_view)> const&)> const&);

    std::string m_folder;
    mutable std::shared_mutex m_collecting;
};

}
