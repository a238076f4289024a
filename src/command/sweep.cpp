#include "command/sweep.hpp"
#include "account/sign_in_limits.hpp"
#include "command/kept_times.hpp"
#include "outbox/push.hpp"
#include "record/read_log.hpp"
#include <optional>
#include <set>

namespace kpuhub::command {

using storage::Query;

constexpr Query named_blobs_text { "command.named_blobs", R"sql(
    SELECT blob_hash FROM evidence WHERE blob_hash IS NOT NULL AND blob_hash <> ''
    UNION SELECT original_hash FROM evidence WHERE original_hash IS NOT NULL AND original_hash <> ''
    UNION SELECT preview_hash FROM evidence WHERE preview_hash IS NOT NULL AND preview_hash <> ''
    UNION SELECT blob_hash FROM decree_import
    UNION SELECT blob_hash FROM record_file WHERE removed_at IS NULL UNION SELECT original_hash FROM record_file WHERE removed_at IS NULL
    UNION SELECT blob_hash FROM paper_file
    UNION SELECT archive_hash FROM package_round WHERE archive_hash <> ''
    UNION SELECT blob_hash FROM package_file WHERE blob_hash <> ''
    UNION SELECT blob_hash FROM request_answer WHERE blob_hash <> '' )sql" };
Query const named_blobs = named_blobs_text;

constexpr Query forget_rates { "command.forget_rates", R"sql(
    DELETE FROM rate WHERE (name, window_at) IN (SELECT r.name, r.window_at FROM rate r WHERE r.window_at < $1 LIMIT $2) )sql" };
constexpr Query forget_sessions { "command.forget_sessions", R"sql(
    DELETE FROM session WHERE token_hash IN
        (SELECT s.token_hash FROM session s WHERE s.expires_at <= $1 OR s.seen_at <= $2 LIMIT $3) )sql" };
constexpr Query forget_devices { "command.forget_devices", R"sql(
    DELETE FROM known_device WHERE (token_hash, account_id) IN
        (SELECT d.token_hash, d.account_id FROM known_device d WHERE d.seen_at <= $1 LIMIT $2) )sql" };
constexpr Query forget_keys { "command.forget_request_keys", R"sql(
    DELETE FROM request_key WHERE (account_id, request_key) IN
        (SELECT k.account_id, k.request_key FROM request_key k WHERE k.written_at < $1 LIMIT $2) )sql" };

constexpr Query forget_record_imports { "command.forget_record_imports", R"sql(
    DELETE FROM record_import WHERE id IN (SELECT i.id FROM record_import i WHERE i.written_at < $1 LIMIT $2) )sql" };

constexpr std::int64_t chunk = 500;

using Forget = std::function<std::int64_t(storage::Transaction&)>;

static Result<std::int64_t> in_chunks(storage::Database& database, Forget const& forget)
{
    std::int64_t all = 0;
    for (;;) {
        auto gone = TRY(database.write([&](storage::Transaction& transaction) -> Result<std::int64_t> { return forget(transaction); }));
        all += gone;
        if (gone < chunk)
            return all;
    }
}

static Result<std::int64_t> collect(storage::Database& database, storage::BlobStore& blobs, time::Instant now)
{
    // Read when the first old file is asked for: by then the store is closed to new names.
    std::optional<std::set<std::string>> named;
    bool known = true;
    auto is_named = [&](std::string const& hash) {
        if (!named) {
            named.emplace();
            auto rows = database.read([](storage::Reader& reader) -> Result<storage::Rows> { return reader.query(named_blobs); });
            known = rows.has_value();
            for (auto const& row : rows ? *rows : storage::Rows {})
                named->insert(row.text(0));
        }
        return !known || named->contains(hash);
    };
    return blobs.collect(is_named, now);
}

Result<Swept> sweep(storage::Database& database, storage::BlobStore& blobs, time::Instant now)
{
    auto const& limits = account::sign_in_limits();
    auto const& kept = kept_times();
    auto const at = now.milliseconds;
    Swept swept;
    swept.rows += TRY(in_chunks(database, [&](auto& transaction) { return transaction.execute(forget_rates, at - limits.rates_kept_ms, chunk); }));
    swept.rows += TRY(in_chunks(database, [&](auto& transaction) { return transaction.execute(forget_sessions, at, at - limits.session.idle_ms, chunk); }));
    swept.rows += TRY(in_chunks(database, [&](auto& transaction) { return transaction.execute(forget_devices, at - limits.known_device_ms, chunk); }));
    swept.rows += TRY(in_chunks(database, [&](auto& transaction) { return transaction.execute(forget_keys, at - kept.request_keys_ms, chunk); }));
    swept.rows += TRY(in_chunks(database, [&](auto& transaction) { return transaction.execute(forget_record_imports, at - kept.record_imports_ms, chunk); }));
    swept.rows += TRY(in_chunks(database, [&](auto& transaction) { return outbox::forget_pushes(transaction, { at - kept.push_messages_ms }, chunk); }));
    swept.rows += TRY(in_chunks(database, [&](auto& transaction) { return record::forget_reads(transaction, { at - kept.read_log_ms }, chunk); }));
    swept.files = TRY(collect(database, blobs, now));
    return swept;
}

}
