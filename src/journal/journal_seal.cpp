#include "journal/journal.hpp"
#include "journal/journal_canonical.hpp"
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <sodium.h>

namespace kpuhub::journal {

using storage::Query;

constexpr Query last_seal { "journal.last_seal", "SELECT head, total, sealed_at FROM seal ORDER BY id DESC LIMIT 1" };
constexpr Query standing_of_unit { "journal.standing", R"sql(
    SELECT e.id, e.at, s.head, s.total, s.sealed_at
      FROM (SELECT (SELECT max(id) FROM event WHERE unit_id = $1) AS event_id, (SELECT max(id) FROM seal) AS seal_id) last
      LEFT JOIN event e ON e.id = last.event_id LEFT JOIN seal s ON s.id = last.seal_id )sql" };
constexpr Query unsealed { "journal.unsealed", R"sql(
    SELECT id, payload_hash FROM event WHERE seal_id IS NULL ORDER BY id LIMIT $1 )sql" };
constexpr Query insert_seal { "journal.insert_seal", R"sql(
    INSERT INTO seal (sealed_at, last_event_id, events, total, head) VALUES ($1, $2, $3, $4, $5) RETURNING id )sql" };
constexpr Query mark_sealed { "journal.mark_sealed", R"sql(
    UPDATE event SET seal_id = $1 WHERE seal_id IS NULL AND id BETWEEN $2 AND $3 )sql" };
constexpr Query seals { "journal.seals", "SELECT id, last_event_id, events, total, head FROM seal ORDER BY id" };
constexpr Query events_of_seal { "journal.events_of_seal", R"sql(
    SELECT id, at, actor_id, on_behalf_id, subject_id, unit_id, kind, payload, payload_hash
      FROM event WHERE seal_id = $1 ORDER BY id )sql" };
constexpr Query events_unsealed { "journal.events_unsealed", R"sql(
    SELECT id, at, actor_id, on_behalf_id, subject_id, unit_id, kind, payload, payload_hash
      FROM event WHERE seal_id IS NULL ORDER BY id )sql" };
constexpr Query personal_values { "journal.personal_values", R"sql(
    SELECT v.event_id, v.field, v.salt, v.value, e.payload FROM event_value v JOIN event e ON e.id = v.event_id
     WHERE v.value IS NOT NULL AND v.event_id > $1 ORDER BY v.event_id, v.field LIMIT 10000 )sql" };
constexpr Query seal_with_total { "journal.seal_with_total", "SELECT head FROM seal WHERE total = $1" };

static std::string const no_head(64, '0');

Head head(storage::Reader& reader)
{
    auto row = reader.first(last_seal);
    return row ? Head { row->text(0), row->integer(1), row->instant(2) } : Head { no_head, 0, {} };
}

Standing standing(storage::Reader& reader, UnitId unit)
{
    auto row = reader.first(standing_of_unit, unit);
    Standing found { row->id<EventTag>(0), row->optional_instant(1).value_or(time::Instant {}), { no_head, 0, {} } };
    if (!row->is_null(2))
        found.head = { row->text(2), row->integer(3), row->instant(4) };
    return found;
}

std::int64_t seal(storage::Transaction& transaction, time::Instant now, std::int64_t at_most)
{
    auto rows = transaction.query(unsealed, at_most);
    if (rows.empty())
        return 0;
    auto last = head(transaction);
    for (auto const& row : rows)
        last.head = next_head(last.head, row.id<EventTag>(0), row.text(1));
    auto count = static_cast<std::int64_t>(rows.size());
    auto id = transaction.insert<struct SealTag>(insert_seal, now, rows.back().integer(0), count, last.total + count, last.head);
    // an event that became visible after they were read and stands between them would not be in the head
    if (transaction.execute(mark_sealed, id, rows.front().integer(0), rows.back().integer(0)) != count)
        throw storage::EngineError(storage::EngineFault::Serialization, "another sealer was at work");
    return count;
}

static void check_payload(storage::Row const& row, std::vector<std::string>& faults)
{
    auto hash = sha256_hex(canonical_bytes(row.instant(1), row.id<PersonTag>(2), row.id<PostTag>(3),
        row.id<SubjectTag>(4), row.id<UnitTag>(5), row.text(6), row.text(7)));
    if (hash != row.text(8))
        faults.push_back(fmt::format("event {}: content does not fit its hash", row.integer(0)));
}

static void check_seals(storage::Reader& reader, std::vector<std::string>& faults)
{
    auto running = no_head;
    std::int64_t total = 0;
    for (auto const& seal_row : reader.query(seals)) {
        auto rows = reader.query(events_of_seal, seal_row.integer(0));
        for (auto const& row : rows) {
            check_payload(row, faults);
            running = next_head(running, row.id<EventTag>(0), row.text(8));
        }
        total += static_cast<std::int64_t>(rows.size());
        if (static_cast<std::int64_t>(rows.size()) != seal_row.integer(2) || total != seal_row.integer(3))
            faults.push_back(fmt::format("seal {}: {} events, {} expected", seal_row.integer(0), rows.size(), seal_row.integer(2)));
        if (running != seal_row.text(4)) {
            faults.push_back(fmt::format("seal {}: head does not fit its events", seal_row.integer(0)));
            running = seal_row.text(4);
        }
    }
    for (auto const& row : reader.query(events_unsealed))
        check_payload(row, faults);
}

static void check_commitments(storage::Reader& reader, std::vector<std::string>& faults)
{
    std::int64_t last = 0;
    while (true) {
        auto rows = reader.query(personal_values, last);
        if (rows.empty())
            return;
        for (auto const& row : rows) {
            auto payload = nlohmann::json::parse(row.text(4), nullptr, false);
            auto expected = payload.is_object() && payload.contains(row.text(1)) && payload[row.text(1)].is_object()
                ? payload[row.text(1)].value("c", "")
                : "";
            if (expected != commitment(row.bytes(2), row.text(3)))
                faults.push_back(fmt::format("event {}: value of {} does not fit its commitment", row.integer(0), row.text(1)));
        }
        if (rows.size() < 10'000)
            return;
        last = rows.back().integer(0) - 1;
        if (rows.front().integer(0) == rows.back().integer(0))
            return;
    }
}

std::vector<std::string> verify(storage::Reader& reader)
{
    std::vector<std::string> faults;
    check_seals(reader, faults);
    check_commitments(reader, faults);
    return faults;
}

static std::string to_hex(std::string_view bytes)
{
    std::string text(bytes.size() * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), reinterpret_cast<unsigned char const*>(bytes.data()), bytes.size());
    text.pop_back();
    return text;
}

Result<std::string> checkpoint(Head const& at, std::string_view secret_key)
{
    if (secret_key.size() != crypto_sign_SECRETKEYBYTES)
        return invalid("journal.checkpoint.key");
    auto text = fmt::format("kpuhub-checkpoint 1\nhead {}\nevents {}\nsealed_at {}\n", at.head, at.total, at.at.iso());
    std::string signature(crypto_sign_BYTES, '\0');
    crypto_sign_detached(reinterpret_cast<unsigned char*>(signature.data()), nullptr,
        reinterpret_cast<unsigned char const*>(text.data()), text.size(),
        reinterpret_cast<unsigned char const*>(secret_key.data()));
    return text + "signature " + to_hex(signature) + "\n";
}

Result<void> verify_checkpoint(storage::Reader& reader, std::string_view text, std::string_view public_key)
{
    auto mark = text.find("signature ");
    if (mark == std::string_view::npos || public_key.size() != crypto_sign_PUBLICKEYBYTES)
        return invalid("journal.checkpoint.form");
    auto body = text.substr(0, mark);
    std::string signature(crypto_sign_BYTES, '\0');
    auto hex = text.substr(mark + 10);
    std::size_t written = 0;
    if (sodium_hex2bin(reinterpret_cast<unsigned char*>(signature.data()), signature.size(), hex.data(), hex.size(), "\r\n",
            &written, nullptr) != 0 || written != signature.size())
        return invalid("journal.checkpoint.form");
    if (crypto_sign_verify_detached(reinterpret_cast<unsigned char const*>(signature.data()),
            reinterpret_cast<unsigned char const*>(body.data()), body.size(),
            reinterpret_cast<unsigned char const*>(public_key.data())) != 0)
        return invalid("journal.checkpoint.signature");
    auto value_after = [&](std::string_view name) {
        auto from = body.find(name);
        if (from == std::string_view::npos)
            return std::string {};
        from += name.size();
        return std::string { body.substr(from, body.find('\n', from) - from) };
    };
    auto count = value_after("events ");
    if (count == "0")
        return {};
    auto row = reader.first(seal_with_total, static_cast<std::int64_t>(std::strtoll(count.c_str(), nullptr, 10)));
    if (!row || row->text(0) != value_after("head "))
        return conflict("journal.checkpoint.differs");
    return {};
}

}
