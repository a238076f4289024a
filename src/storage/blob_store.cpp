#include "storage/blob_store.hpp"
#include "storage/checksum.hpp"
#include "storage/file.hpp"
#include "storage/file_system.hpp"
#include <algorithm>
#include <fcntl.h>
#include <filesystem>
#include <mutex>
#include <set>
#include <sys/stat.h>

namespace kpuhub::storage {

namespace fs = std::filesystem;

constexpr std::int64_t kept_unreferenced_milliseconds = 24LL * 3'600'000;
constexpr std::string_view incoming = "incoming";

Result<std::unique_ptr<BlobStore>> BlobStore::open(std::string folder)
{
    std::error_code failed;
    fs::create_directories(fs::path { folder } / incoming, failed);
    if (failed)
        return fail({ FaultKind::Invalid, "storage.folder", failed.message(), {}, folder });
    ::chmod(folder.c_str(), 0700);
    TRY_VOID(require_local_file_system(folder));
    TRY_VOID(sync_folder(folder));
    return std::unique_ptr<BlobStore> { new BlobStore { std::move(folder) } };
}

static bool is_hash(std::string_view text)
{
    return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::string BlobStore::place_of(std::string_view hash) const
{
    return (fs::path { m_folder } / hash.substr(0, 2) / hash.substr(2, 2) / hash).string();
}

Result<StoredBlob> BlobStore::put(std::string_view bytes)
{
    return store([&](auto const& receive) -> Result<void> { return receive(bytes); });
}

Result<StoredBlob> BlobStore::put_file(std::string const& path)
{
    return store([&](auto const& receive) -> Result<void> { return read_in_pieces(path, receive); });
}

Result<StoredBlob> BlobStore::store(
    std::function<Result<void>(std::function<Result<void>(std::string_view)> const&)> const& send)
{
    auto file = TRY(TemporaryFile::create((fs::path { m_folder } / incoming).string()));
    Sha256 sum;
    StoredBlob blob;
    TRY_VOID(send([&](std::string_view piece) -> Result<void> {
        sum.add(piece);
        blob.bytes += static_cast<std::int64_t>(piece.size());
        return file.write(piece);
    }));
    blob.hash = sum.hex();
    auto place = place_of(blob.hash);
    TRY_VOID(make_folder(fs::path { place }.parent_path().string(), m_folder));
    // Also over an equal file: it mends an altered one, starts the collector's 24 h anew, and takes as long.
    TRY_VOID(file.put_at(place));
    return blob;
}

Result<std::string> BlobStore::path_of(std::string_view hash) const
{
    if (!is_hash(hash))
        return not_found("storage.blob_missing");
    auto place = place_of(hash);
    std::error_code failed;
    if (!fs::is_regular_file(place, failed))
        return not_found("storage.blob_missing");
    return place;
}

Result<std::string> BlobStore::read(std::string_view hash) const
{
    auto path = TRY(path_of(hash));
    std::string bytes;
    TRY_VOID(read_in_pieces(path, [&](std::string_view piece) -> Result<void> {
        bytes += piece;
        return {};
    }));
    return bytes;
}

Result<void> BlobStore::for_each(std::function<Result<void>(StoredBlob const&)> const& receive) const
{
    std::error_code failed;
    for (fs::recursive_directory_iterator entry { m_folder, failed }, end; !failed && entry != end;
         entry.increment(failed)) {
        if (entry->path().filename() == incoming && entry.depth() == 0)
            entry.disable_recursion_pending();
        auto name = entry->path().filename().string();
        if (!is_hash(name) || !entry->is_regular_file(failed))
            continue;
        TRY_VOID(receive({ name, static_cast<std::int64_t>(entry->file_size(failed)) }));
    }
    if (failed)
        return fail(disk_fault(failed.value(), "walk the files"));
    return {};
}

Result<BlobReport> BlobStore::verify(std::vector<std::string> named) const
{
    BlobReport report;
    std::set<std::string> missing { named.begin(), named.end() };
    TRY_VOID(for_each([&](StoredBlob const& blob) -> Result<void> {
        ++report.files;
        report.bytes += blob.bytes;
        if (missing.erase(blob.hash) == 0)
            ++report.unreferenced;
        auto sum = sha256_hex_of_file(place_of(blob.hash));
        if (!sum || *sum != blob.hash)
            report.altered.push_back(blob.hash);
        return {};
    }));
    report.missing.assign(missing.begin(), missing.end());
    return report;
}

static bool is_old(std::string const& path, time::Instant now)
{
    struct stat about {};
    if (::stat(path.c_str(), &about) != 0)
        return false;
    auto put_at = std::int64_t { about.st_mtim.tv_sec } * 1000 + about.st_mtim.tv_nsec / 1'000'000;
    return put_at < now.milliseconds - kept_unreferenced_milliseconds;
}

Result<std::int64_t> BlobStore::collect(
    std::function<bool(std::string const& hash)> const& is_named, time::Instant now)
{
    std::unique_lock lock { m_collecting };
    std::vector<std::string> going;
    TRY_VOID(for_each([&](StoredBlob const& blob) -> Result<void> {
        auto path = place_of(blob.hash);
        if (is_old(path, now) && !is_named(blob.hash))
            going.push_back(path);
        return {};
    }));
    std::error_code failed;
    for (auto const& entry : fs::directory_iterator { fs::path { m_folder } / incoming, failed })
        if (is_old(entry.path().string(), now))
            going.push_back(entry.path().string());
    std::int64_t gone = 0;
    for (auto const& path : going)
        gone += fs::remove(path, failed) ? 1 : 0;
    return gone;
}

}
