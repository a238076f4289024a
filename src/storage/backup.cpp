#include "storage/backup.hpp"
#include "storage/checksum.hpp"
#include "storage/file.hpp"
#include "storage/file_system.hpp"
#include "storage/manifest_text.hpp"
#include "storage/migration.hpp"
#include <filesystem>

namespace kpuhub::storage {

namespace fs = std::filesystem;

constexpr std::string_view manifest_name = "manifest.json";
constexpr std::string_view blob_folder = "blobs";

static bool is_empty_or_absent(std::string const& folder)
{
    std::error_code failed;
    return !fs::exists(folder, failed) || fs::is_empty(folder, failed);
}

static Result<BackupPart> describe(std::string const& folder, std::string const& path)
{
    auto whole = (fs::path { folder } / path).string();
    auto digest = TRY(sha256_hex_of_file(whole));
    BackupPart part { path, 0, std::move(digest) };
    std::error_code failed;
    part.bytes = static_cast<std::int64_t>(fs::file_size(whole, failed));
    return part;
}

static Result<void> write_manifest(Manifest const& manifest, std::string const& folder)
{
    auto file = TRY(TemporaryFile::create(folder));
    TRY_VOID(file.write(manifest_text(manifest)));
    return file.put_at((fs::path { folder } / manifest_name).string());
}

Result<Manifest> back_up(Database& database, BlobStore const& blobs, BackupRequest const& request)
{
    if (!is_empty_or_absent(request.folder))
        return fail({ FaultKind::Conflict, "storage.backup_not_empty", {}, {}, request.folder });
    auto copied_folder = (fs::path { request.folder } / blob_folder).string();
    auto copied = TRY(BlobStore::open(copied_folder));
    fs::permissions(request.folder, fs::perms::owner_all);
    auto schema = TRY(schema_version(database));
    Manifest manifest { database.engine(), request.program, std::move(schema), 0, request.now.iso(), {}, {} };
    manifest.last_event = TRY(database.read([&](Reader& reader) -> Result<std::int64_t> {
        auto row = reader.first(request.last_event);
        return row ? row->optional_integer(0).value_or(0) : 0;
    }));
    auto no_collecting = blobs.hold();
    manifest.database = TRY(database.copy_to(request.folder));
    manifest.parts.push_back(TRY(describe(request.folder, manifest.database)));
    TRY_VOID(blobs.for_each([&](StoredBlob const& blob) -> Result<void> {
        auto copy = TRY(copied->put_file(TRY(blobs.path_of(blob.hash))));
        if (copy.hash != blob.hash)
            return fail({ FaultKind::Broken, "storage.blob_altered", "a stored file is altered: " + blob.hash });
        auto path = fs::relative(TRY(copied->path_of(copy.hash)), request.folder).string();
        manifest.parts.push_back({ path, copy.bytes, copy.hash });
        return {};
    }));
    TRY_VOID(write_manifest(manifest, request.folder));
    return manifest;
}

Result<Manifest> check_backup(std::string const& folder)
{
    std::string text;
    auto read = read_in_pieces((fs::path { folder } / manifest_name).string(), [&](std::string_view piece) -> Result<void> {
        text += piece;
        return {};
    });
    if (!read)
        return invalid_because("storage.backup_broken", std::string { manifest_name });
    auto manifest = TRY(read_manifest_text(text));
    for (auto const& part : manifest.parts) {
        auto found = describe(folder, part.path);
        if (!found || found->sha256 != part.sha256 || found->bytes != part.bytes)
            return invalid_because("storage.backup_broken", part.path);
    }
    return manifest;
}

Result<std::vector<std::string>> verify_store(Database& database, BlobStore const& blobs, Query const& named_blobs)
{
    auto wrong = TRY(database.check());
    auto named = TRY(database.read([&](Reader& reader) -> Result<std::vector<std::string>> {
        std::vector<std::string> hashes;
        for (auto const& row : reader.query(named_blobs))
            if (!row.text_or_empty(0).empty())
                hashes.push_back(row.text(0));
        return hashes;
    }));
    auto report = TRY(blobs.verify(std::move(named)));
    for (auto const& hash : report.altered)
        wrong.push_back("file altered: " + hash);
    for (auto const& hash : report.missing)
        wrong.push_back("file missing: " + hash);
    return wrong;
}

}
