#include "record/receipt.hpp"
#include <algorithm>
#include <array>
#include <cstdint>
#include <fmt/format.h>
#include <sodium.h>

namespace kpuhub::record {

namespace {

constexpr std::string_view symbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U";     // the last five only check
constexpr std::size_t length = 12, bits_of_symbol = 5, base = 32;

std::size_t check_of(std::string_view code)
{
    constexpr std::size_t modulus = 37;
    std::size_t rest = 0;
    for (char symbol : code)
        rest = (rest * base + symbols.find(symbol)) % modulus;
    return rest;
}

}

std::string receipt_code(std::string_view secret)
{
    std::array<unsigned char, crypto_hash_sha256_BYTES> hash {};
    auto const text = "receipt\n" + std::string { secret };
    crypto_hash_sha256(hash.data(), reinterpret_cast<unsigned char const*>(text.data()), text.size());
    std::uint64_t number = 0;
    for (std::size_t at = 0; at < sizeof number; ++at)
        number = number << 8U | hash.at(at);
    std::string code;
    for (std::size_t at = 0; at < length; ++at, number >>= bits_of_symbol)
        code += symbols[number % base];
    code += symbols[check_of(code)];
    return shown_receipt(code);
}

std::string shown_receipt(std::string_view tidy)
{
    constexpr std::size_t group = 4;
    std::string shown;
    for (std::size_t at = 0; at < tidy.size(); at += group)
        shown += (at ? "-" : "") + std::string { tidy.substr(at, group) };
    return shown;
}

std::optional<std::string> tidy_receipt(std::string_view typed)
{
    constexpr std::size_t longest = 40;
    std::string code;
    for (char sign : typed.substr(0, longest)) {
        if (sign == ' ' || sign == '-' || sign == '.')
            continue;
        char const capital = sign >= 'a' && sign <= 'z' ? static_cast<char>(sign - 'a' + 'A') : sign;
        code += capital == 'O' ? '0' : capital == 'I' || capital == 'L' ? '1' : capital;
    }
    bool const known = code.size() == length + 1 && std::ranges::all_of(code, [](char sign) { return symbols.find(sign) != std::string_view::npos; })
        && std::ranges::all_of(code.substr(0, length), [](char sign) { return symbols.find(sign) < base; });
    if (!known || symbols[check_of(std::string_view { code }.substr(0, length))] != code.back())
        return std::nullopt;
    return code;
}

std::string receipt_digest(std::string_view tidy)
{
    constexpr unsigned long long passes = 1;
    constexpr std::size_t memory = 4UL << 20U;
    constexpr std::array<unsigned char, crypto_pwhash_SALTBYTES> salt { 'K', 'P', 'U', ' ', 'H', 'U', 'B', ' ', 'r', 'e', 'c', 'e', 'i', 'p', 't', '1' };
    std::array<unsigned char, 32> digest {};
    if (crypto_pwhash(digest.data(), digest.size(), tidy.data(), tidy.size(), salt.data(), passes, memory, crypto_pwhash_ALG_ARGON2ID13) != 0)
        return {};
    std::string hex;
    for (auto byte : digest)
        hex += fmt::format("{:02x}", byte);
    return hex;
}

}
