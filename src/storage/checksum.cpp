#include "storage/checksum.hpp"
#include "storage/file.hpp"
#include <array>
#include <sodium.h>

namespace kpuhub::storage {

struct Sha256::State {
    crypto_hash_sha256_state state;
};

Sha256::Sha256() : m_state(std::make_unique<State>()) { crypto_hash_sha256_init(&m_state->state); }
Sha256::~Sha256() = default;

void Sha256::add(std::string_view bytes)
{
    crypto_hash_sha256_update(&m_state->state, reinterpret_cast<unsigned char const*>(bytes.data()), bytes.size());
}

std::string Sha256::hex()
{
    std::array<unsigned char, crypto_hash_sha256_BYTES> digest {};
    crypto_hash_sha256_final(&m_state->state, digest.data());
    std::string text(digest.size() * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), digest.data(), digest.size());
    text.pop_back();
    return text;
}

std::string sha256_hex(std::string_view bytes)
{
    Sha256 sum;
    sum.add(bytes);
    return sum.hex();
}

Result<std::string> sha256_hex_of_file(std::string const& path)
{
    Sha256 sum;
    TRY_VOID(read_in_pieces(path, [&](std::string_view piece) -> Result<void> {
        sum.add(piece);
        return {};
    }));
    return sum.hex();
}

}
