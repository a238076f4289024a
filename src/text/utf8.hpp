#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace kpuhub::text {

constexpr std::uint32_t replacement_sign = 0xFFFD;

/// The code point at `at`, which moves behind it. A byte that is not UTF-8 (cut, overlong, surrogate) is one
/// replacement sign.
std::uint32_t next_sign(std::string_view text, std::size_t& at);

void append_sign(std::string& out, std::uint32_t sign);

/// How many code points; what a person counts, near enough for limits shown beside a field.
[[nodiscard]] std::size_t sign_count(std::string_view text);

}
