#include "journal/journal_canonical.hpp"
#include <nlohmann/json.hpp>
#include <sodium.h>

namespace kpuhub::journal {

static void append_part(std::string& bytes, std::string_view part)
{
    auto size = static_cast<std::uint64_t>(part.size());
    for (int shift = 56; shift >= 0; shift -= 8)
        bytes.push_back(static_cast<char>((size >> shift) & 0xff));
    bytes.append(part);
}

static std::string hex(unsigned char const* bytes, std::size_t count)
{
    std::string text(count * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), bytes, count);
    text.pop_back();
    return text;
}

std::string canonical_bytes(time::Instant at, PersonId actor, PostId on_behalf, SubjectId subject, UnitId unit,
    std::string_view kind, std::string_view payload)
{
    std::string bytes;
    for (auto number : { at.milliseconds, actor.value, on_behalf.value, subject.value, unit.value })
        append_part(bytes, std::to_string(number));
    append_part(bytes, kind);
    append_part(bytes, payload);
    return bytes;
}

std::string sha256_hex(std::string_view bytes)
{
    unsigned char hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(hash, reinterpret_cast<unsigned char const*>(bytes.data()), bytes.size());
    return hex(hash, sizeof hash);
}

static std::string hmac(std::string_view key, std::string_view message)
{
    unsigned char mac[crypto_auth_hmacsha256_BYTES];
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, reinterpret_cast<unsigned char const*>(key.data()), key.size());
    crypto_auth_hmacsha256_update(&state, reinterpret_cast<unsigned char const*>(message.data()), message.size());
    crypto_auth_hmacsha256_final(&state, mac);
    return { reinterpret_cast<char const*>(mac), sizeof mac };
}

std::string derive_salt(Act const& act, std::string_view entry_kind, std::string_view field, SubjectId subject)
{
    std::string message;
    append_part(message, entry_kind);
    append_part(message, field);
    append_part(message, std::to_string(subject.value));
    return hmac({ reinterpret_cast<char const*>(act.seed.data()), act.seed.size() }, message);
}

std::string commitment(std::string_view salt, std::string_view value)
{
    auto mac = hmac(salt, value);
    return hex(reinterpret_cast<unsigned char const*>(mac.data()), mac.size());
}

std::string next_head(std::string_view head, EventId id, std::string_view payload_hash)
{
    std::string bytes;
    append_part(bytes, head);
    append_part(bytes, std::to_string(id.value));
    append_part(bytes, payload_hash);
    return sha256_hex(bytes);
}

std::string payload_of(Act const& act, Entry const& entry)
{
    nlohmann::ordered_json payload = nlohmann::ordered_json::object();
    for (auto const& field : entry.fields) {
        if (field.personal)
            payload[field.name] = { { "c", commitment(derive_salt(act, entry.kind, field.name, entry.subject), field.value) } };
        else
            payload[field.name] = field.value;
    }
    return payload.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}
