#include "storage/checksum.hpp"
#include "storage/file_system.hpp"
#include <array>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <sodium.h>

namespace kpuhub::storage {

static std::string hex(std::array<unsigned char, crypto_hash_sha256_BYTES> const& digest)
{
    std::string text(crypto_hash_sha256_BYTES * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), digest.data(), digest.size());
    text.pop_back();
    return text;
}

std::string sha256_hex(std::string_view bytes)
{
    std::array<unsigned char, crypto_hash_sha256_BYTES> digest {};
    crypto_hash_sha256(digest.data(), reinterpret_cast<unsigned char const*>(bytes.data()), bytes.size());
    return hex(digest);
}

Result<std::string> sha256_hex_of_file(std::string const& path)
{
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> file { std::fopen(path.c_str(), "rbe"), std::fclose };
    if (!file)
        return errno == ENOENT ? not_found() : fail(disk_fault(errno, "open for checksum"));
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    std::string piece(1 << 18, '\0');
    while (auto length = std::fread(piece.data(), 1, piece.size(), file.get()))
        crypto_hash_sha256_update(&state, reinterpret_cast<unsigned char const*>(piece.data()), length);
    if (std::ferror(file.get()))
        return fail(disk_fault(EIO, "read for checksum"));
    std::array<unsigned char, crypto_hash_sha256_BYTES> digest {};
    crypto_hash_sha256_final(&state, digest.data());
    return hex(digest);
}

}
