#pragma once
#include "journal/journal.hpp"

namespace kpuhub::journal {

/// The bytes that an event's hash covers: each part as 8-byte big-endian length and its bytes, in the order
/// time, actor, on behalf of, subject, unit, kind, payload (numbers as decimal text).
std::string canonical_bytes(time::Instant at, PersonId actor, PostId on_behalf, SubjectId subject, UnitId unit,
    std::string_view kind, std::string_view payload);

std::string sha256_hex(std::string_view bytes);

/// 32 bytes from the act's seed for the n-th personal value of this action.
std::string derive_salt(Act const&, std::string_view entry_kind, std::string_view field, SubjectId);

/// HMAC-SHA-256(salt, value) as hex.
std::string commitment(std::string_view salt, std::string_view value);

/// Next head from the last one and one event.
std::string next_head(std::string_view head, EventId, std::string_view payload_hash);

/// Payload JSON: plain fields {"name": "value"}, personal ones {"name": {"c": "commitment"}}, in the order given.
std::string payload_of(Act const&, Entry const&);

}
