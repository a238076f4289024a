#include "attendance/attendance.hpp"
#include "core/embedded.hpp"
#include "definition/node.hpp"
#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/format.h>
#include <sodium.h>

namespace kpuhub::attendance {

ListFields const* Rules::of(std::string_view register_id) const
{
    auto const found = std::ranges::find(lists, register_id, &ListFields::register_id);
    return found == lists.end() ? nullptr : &*found;
}

Result<Rules> load_rules(std::string_view file, std::string_view text)
{
    constexpr int most = 100'000;
    auto const root = TRY(definition::parse(file, text));
    definition::Faults faults { file };
    faults.only_keys(root, { "id", "version", "valid_from", "title", "source", "code_seconds", "codes_valid", "ticket_seconds", "shown_names", "most_guests", "guests_per_network", "lists" });
    definition::read_heading(root, faults);
    auto const number = [&](std::string_view key) -> std::int64_t { return faults.required_number(root, key, 1, most); };
    Rules made { number("code_seconds"), number("codes_valid"), number("ticket_seconds"), number("shown_names"), number("most_guests"), number("guests_per_network"), {} };
    for (auto const& item : faults.required_list(root, "lists")) {
        faults.only_keys(item, { "register", "list", "person", "guest", "institution", "came_at", "name", "place", "held_on", "count", "hold" });
        auto const word = [&](std::string_view key) { return faults.required_text(item, key); };
        made.lists.push_back({ word("register"), word("list"), word("person"), word("guest"), word("institution"), word("came_at"), word("name"), word("place"), word("held_on"), word("count"),
            word("hold") });
    }
    if (!faults.none())
        return faults.failure();
    return made;
}

Rules const& rules()
{
    constexpr std::string_view file = "definitions/attendance.yaml";
    static auto const made = load_rules(file, embedded_file(file)).value();
    return made;
}

namespace {

using Mac = std::array<unsigned char, crypto_auth_hmacsha256_BYTES>;

/// HMAC-SHA-256 with a key of any length.
Mac mac_of(std::string_view key, std::string_view text)
{
    Mac mac {};
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, reinterpret_cast<unsigned char const*>(key.data()), key.size());
    crypto_auth_hmacsha256_update(&state, reinterpret_cast<unsigned char const*>(text.data()), text.size());
    crypto_auth_hmacsha256_final(&state, mac.data());
    return mac;
}

/// Without I, L, O, U, 0 and 1: people type it when a camera does not work.
std::string letters_of(Mac const& mac, std::size_t length)
{
    constexpr std::string_view letters = "ABCDEFGHJKMNPQRSTVWXYZ23456789AB";
    std::string text;
    for (std::size_t at = 0; at < length; ++at)
        text += letters[mac.at(at) % letters.size()];
    return text;
}

bool same(std::string_view left, std::string_view right) { return left.size() == right.size() && sodium_memcmp(left.data(), right.data(), left.size()) == 0; }

constexpr std::size_t code_letters = 8, ticket_letters = 24;
constexpr std::int64_t second_ms = 1000;

std::int64_t slot_of(time::Instant at) { return at.milliseconds / (rules().code_seconds * second_ms); }

std::string code_of_slot(std::string_view key, SubjectId id, std::int64_t slot) { return letters_of(mac_of(key, fmt::format("code {} {}", id.value, slot)), code_letters); }

std::string ticket_until(std::string_view key, SubjectId id, std::int64_t until)
{
    return fmt::format("{}.{}", until, letters_of(mac_of(key, fmt::format("ticket {} {}", id.value, until)), ticket_letters));
}

}

std::string code_at(std::string_view key, SubjectId id, time::Instant at) { return code_of_slot(key, id, slot_of(at)); }

bool code_is_good(std::string_view key, SubjectId id, std::string_view code, time::Instant at)
{
    auto const slot = slot_of(at);
    bool good = false;
    for (std::int64_t before = 0; before < rules().codes_valid; ++before)
        good = same(code, code_of_slot(key, id, slot - before)) || good;
    return good && !key.empty();
}

std::string ticket(std::string_view key, SubjectId id, time::Instant at) { return ticket_until(key, id, at.milliseconds + rules().ticket_seconds * second_ms); }

bool ticket_is_good(std::string_view key, SubjectId id, std::string_view given, time::Instant at)
{
    std::int64_t until = 0;
    auto const dot = given.find('.');
    if (key.empty() || dot == std::string_view::npos)
        return false;
    auto const [end, error] = std::from_chars(given.data(), given.data() + dot, until);
    return error == std::errc {} && end == given.data() + dot && at.milliseconds <= until && same(given, ticket_until(key, id, until));
}

std::string Event::text(std::string const& field) const
{
    auto const* words = std::get_if<std::string>(&content.content.value(field));
    return words ? *words : std::string {};
}

}
