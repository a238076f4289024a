#include "record/seal.hpp"
#include <sodium.h>

namespace kpuhub::record {

static std::string seal(std::string const& text, std::string const& key_hex)
{
    unsigned char key[crypto_box_PUBLICKEYBYTES];
    std::size_t length = 0;
    if (sodium_hex2bin(key, sizeof key, key_hex.data(), key_hex.size(), nullptr, &length, nullptr) != 0 || length != sizeof key)
        return {};
    std::string closed(text.size() + crypto_box_SEALBYTES, '\0');
    if (crypto_box_seal(reinterpret_cast<unsigned char*>(closed.data()), reinterpret_cast<unsigned char const*>(text.data()), text.size(), key) != 0)
        return {};
    std::string base64(sodium_base64_encoded_len(closed.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
    sodium_bin2base64(base64.data(), base64.size(), reinterpret_cast<unsigned char const*>(closed.data()), closed.size(), sodium_base64_VARIANT_ORIGINAL);
    base64.resize(base64.find('\0'));
    return base64;
}

Typed Sealer::sealed(definition::Register const& made, Typed typed)
{
    for (auto const& field : made.fields) {
        auto found = field.kind == definition::FieldKind::Sealed ? typed.find(field.id) : typed.end();
        if (found == typed.end())
            continue;
        for (auto& value : found->second) {
            if (value.empty())
                continue;
            auto [kept, added] = m_closed.try_emplace({ field.sealed_to, value });
            if (added)
                kept->second = seal(value, field.sealed_to);
            value = kept->second;
        }
    }
    return typed;
}

}
