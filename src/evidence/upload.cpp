#include "evidence/upload.hpp"
#include "codec/media_type.hpp"
#include <algorithm>
#include <cerrno>
#include <chrono>
#include <fcntl.h>
#include <filesystem>
#include <unistd.h>

namespace kpuhub::evidence {

using storage::Query;

namespace {

constexpr Query find_row { "evidence.find_upload", R"sql(
    SELECT id, upload_key, file_name, total_bytes, received_bytes, evidence_id FROM upload
     WHERE account_id = $1 AND upload_key = $2 )sql" };
constexpr Query count_unfinished { "evidence.unfinished_uploads", R"sql(
    SELECT COUNT(*) FROM upload WHERE account_id = $1 AND evidence_id IS NULL AND upload_key <> $2 )sql" };
constexpr Query begin_row { "evidence.begin_upload", R"sql(
    INSERT INTO upload (account_id, upload_key, file_name, total_bytes, received_bytes, written_at) VALUES ($1, $2, $3, $4, 0, $5)
    ON CONFLICT (account_id, upload_key) DO NOTHING )sql" };
constexpr Query begin_anew { "evidence.begin_upload_anew", R"sql(
    UPDATE upload SET file_name = $2, total_bytes = $3, received_bytes = 0, evidence_id = NULL, written_at = $4 WHERE id = $1 )sql" };
constexpr Query advance { "evidence.advance_upload", R"sql(
    UPDATE upload SET received_bytes = $3, written_at = $4 WHERE id = $1 AND received_bytes = $2 AND evidence_id IS NULL )sql" };
constexpr Query finish_row { "evidence.finish_upload", R"sql(
    UPDATE upload SET evidence_id = $2 WHERE id = $1 AND evidence_id IS NULL AND received_bytes = total_bytes )sql" };
constexpr Query stale_rows { "evidence.stale_uploads", "SELECT id FROM upload WHERE written_at < $1 LIMIT 500" };
constexpr Query drop_row { "evidence.drop_upload", "DELETE FROM upload WHERE id = $1" };

constexpr std::int64_t most_unfinished = 20;
constexpr std::size_t longest_name = 255;

bool is_key(std::string_view key)
{
    constexpr std::size_t shortest = 8;
    constexpr std::size_t longest = 64;
    return key.size() >= shortest && key.size() <= longest && std::all_of(key.begin(), key.end(), [](char sign) {
        return (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z') || (sign >= '0' && sign <= '9') || sign == '-' || sign == '_';
    });
}

Upload upload_of(storage::Row const& row)
{
    return { row.integer(0), row.text(1), row.text(2), row.integer(3), row.integer(4), row.id<EvidenceTag>(5) };
}

/// Writes all bytes at the place and makes them durable.
Result<void> write_at(std::string const& path, std::int64_t offset, std::string_view bytes)
{
    int const file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    bool written = file >= 0;
    for (std::size_t done = 0; written && done < bytes.size();) {
        auto const put = ::pwrite(file, bytes.data() + done, bytes.size() - done, static_cast<off_t>(offset) + static_cast<off_t>(done));
        written = put > 0 || (put < 0 && errno == EINTR);
        done += put > 0 ? static_cast<std::size_t>(put) : 0;
    }
    written = written && ::fdatasync(file) == 0;
    auto const cause = errno;
    if (file >= 0)
        ::close(file);
    if (written)
        return {};
    return cause == EROFS ? unavailable("storage.read_only") : unavailable("storage.full");
}

}

Result<Upload> begin_upload(storage::Transaction& transaction, AccountId account, std::string const& key,
    std::string const& file_name, std::int64_t total_bytes, time::Instant now)
{
    auto list = TRY(codec::embedded_media_types());
    if (!is_key(key))
        return invalid("evidence.upload.key");
    if (total_bytes <= 0 || total_bytes > list.most_bytes || file_name.size() > longest_name)
        return invalid_because("evidence.upload.size", std::to_string(list.most_bytes >> 20U));
    if (transaction.first(count_unfinished, account, key)->integer(0) >= most_unfinished)
        return invalid("evidence.upload.many");
    transaction.execute(begin_row, account, key, file_name, total_bytes, now);
    auto upload = TRY(find_upload(transaction, account, key));
    if (upload.evidence || upload.total_bytes != total_bytes) {
        transaction.execute(begin_anew, upload.id, file_name, total_bytes, now);
        upload = TRY(find_upload(transaction, account, key));
    }
    return upload;
}

Result<Upload> find_upload(storage::Reader& reader, AccountId account, std::string const& key)
{
    auto row = reader.first(find_row, account, key);
    if (!row)
        return not_found();
    return upload_of(*row);
}

Result<Upload> add_piece(storage::Database& database, std::string const& folder, AccountId account, std::string const& key,
    std::int64_t offset, std::string_view bytes, time::Instant now)
{
    auto upload = TRY(database.read([&](storage::Reader& reader) { return find_upload(reader, account, key); }));
    auto length = static_cast<std::int64_t>(bytes.size());
    if (offset > upload.received_bytes)
        return conflict("evidence.upload.offset");
    if (offset < 0 || upload.evidence || offset < upload.received_bytes || length == 0)
        return upload;
    if (length > upload.total_bytes - offset)
        return invalid_because("evidence.upload.size", std::to_string(upload.total_bytes));
    TRY_VOID(write_at(part_path(folder, upload), offset, bytes));
    return database.write([&](storage::Transaction& transaction) -> Result<Upload> {
        transaction.execute(advance, upload.id, offset, offset + length, now);
        return find_upload(transaction, account, key);
    });
}

Result<void> finish_upload(storage::Transaction& transaction, Upload const& upload, EvidenceId evidence)
{
    if (transaction.execute(finish_row, upload.id, evidence) == 0)
        return conflict("evidence.upload.finished");
    return {};
}

std::string part_path(std::string const& folder, Upload const& upload) { return folder + "/" + std::to_string(upload.id) + ".part"; }

void remove_part(std::string const& folder, Upload const& upload)
{
    std::error_code ignored;
    std::filesystem::remove(part_path(folder, upload), ignored);
}

Result<std::int64_t> drop_stale_uploads(storage::Database& database, std::string const& folder, time::Instant before)
{
    auto stale = TRY(database.write([&](storage::Transaction& transaction) -> Result<std::vector<std::int64_t>> {
        std::vector<std::int64_t> ids;
        for (auto const& row : transaction.query(stale_rows, before)) {
            ids.push_back(row.integer(0));
            transaction.execute(drop_row, row.integer(0));
        }
        return ids;
    }));
    for (auto id : stale)
        {
        Upload gone;
        gone.id = id;
        remove_part(folder, gone);
    }
    return static_cast<std::int64_t>(stale.size());
}

}
