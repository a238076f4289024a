#pragma once
#include "record/entry.hpp"

namespace kpuhub::record {

/// Closes the values of sealed fields (crypto_box_seal, base64), so that plain text reaches no journal or table. Draws random bytes, but gives
/// the same ciphertext for the same text again: made outside an action, used inside, it lets the action run twice.
class Sealer {
public:
    /// What was typed, the values of sealed fields as ciphertext.
    Typed sealed(definition::Register const&, Typed);

private:
    std::map<std::pair<std::string, std::string>, std::string> m_closed;    ///< by key and text
};

}
