#pragma once
#include "record/entry.hpp"

namespace kpuhub::record {

/// What was typed with the values of sealed fields as ciphertext (crypto_box_seal, base64), so that plain text reaches no action, journal
/// or table. Draws random bytes: called before the action, never inside one.
Typed sealed(definition::Register const&, Typed);

}
