#pragma once
#include "core/result.hpp"
#include <string>
#include <string_view>

namespace kpuhub::codec {

/// A QR code (ISO/IEC 18004, error correction M) as a picture: SVG for pages and PDF, PNG of black and white for Word.
/// The same text gives the same bytes. Errors: Invalid "codec.qr_too_long" for an empty text or more than a code holds.
Result<std::string> qr_svg(std::string_view text);
Result<std::string> qr_png(std::string_view text);

}
