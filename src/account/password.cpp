#include "account/password.hpp"
#include "core/embedded.hpp"
#include <algorithm>
#include <cctype>
#include <sodium.h>
#include <stdexcept>

namespace kpuhub::account {

constexpr std::size_t argon_memory = 64UL * 1024 * 1024;
constexpr unsigned long long argon_passes = 2;
constexpr std::size_t shortest_password = 12;   // signs; ASVS 5.0 6.2.1 asks for 8, security.md 12 for 12
constexpr std::size_t longest_password = 256;   // bytes, so that hashing cannot be fed megabytes

std::string hash_password(std::string_view password)
{
    std::string hash(crypto_pwhash_STRBYTES, '\0');
    if (crypto_pwhash_str(hash.data(), password.data(), password.size(), argon_passes, argon_memory) != 0)
        throw std::runtime_error("no memory to hash a password");
    hash.resize(hash.find('\0'));
    return hash;
}

bool verify_password(std::string_view hash, std::string_view password)
{
    if (hash.empty() || password.size() > longest_password)
        return false;
    std::string terminated { hash };
    return crypto_pwhash_str_verify(terminated.c_str(), password.data(), password.size()) == 0;
}

std::string const& nobody_hash()
{
    static std::string const hash = hash_password(random_token());
    return hash;
}

static std::string lower(std::string_view text)
{
    std::string lowered { text };
    std::transform(lowered.begin(), lowered.end(), lowered.begin(), [](unsigned char sign) { return std::tolower(sign); });
    return lowered;
}

static std::size_t signs(std::string_view utf8)
{
    return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char byte) { return (byte & 0xC0) != 0x80; }));
}

static bool is_common(std::string const& lowered)
{
    auto list = embedded_file("definitions/access/common_passwords.txt");
    auto found = list.find("\n" + lowered + "\n");
    return found != std::string_view::npos;
}

/// Whether one of the words (of a name, say) stands in the password. Short ones tell too little.
static bool holds_a_word(std::string const& password, std::string const& words)
{
    constexpr std::size_t telling_word = 4;
    constexpr auto between = " .,-'_";
    for (std::size_t from = 0; from < words.size();) {
        auto end = std::min(words.find_first_of(between, from), words.size());
        if (end - from >= telling_word && password.find(words.substr(from, end - from)) != std::string::npos)
            return true;
        from = end + 1;
    }
    return false;
}

Result<void> acceptable_password(std::string_view password, std::vector<std::string> const& own_words)
{
    auto refuse = [](std::string key) { return invalid(key, { { "new_password", key } }); };
    if (signs(password) < shortest_password)
        return refuse("account.password.short");
    if (password.size() > longest_password)
        return refuse("account.password.long");
    auto lowered = lower(password);
    if (is_common(lowered))
        return refuse("account.password.common");
    for (auto const& words : own_words)
        if (holds_a_word(lowered, lower(words)))
            return refuse("account.password.own_words");
    return {};
}

std::string random_token()
{
    unsigned char bytes[32];
    randombytes_buf(bytes, sizeof bytes);
    constexpr auto variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    std::string text(sodium_base64_encoded_len(sizeof bytes, variant), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes, sizeof bytes, variant);
    text.resize(text.find('\0'));
    return text;
}

std::string token_hash(std::string_view token)
{
    unsigned char hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(hash, reinterpret_cast<unsigned char const*>(token.data()), token.size());
    std::string text(sizeof hash * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), hash, sizeof hash);
    text.pop_back();
    return text;
}

}
