#pragma once
#include <string>
#include <string_view>

namespace kpuhub::http {

enum class Packing { Fast, Small };     ///< per answer; once for an asset

std::string gzip(std::string_view, Packing);

/// Whether Accept-Encoding takes gzip (RFC 9110, 12.5.3): named or by "*", and not with q=0.
bool accepts_gzip(std::string_view accept_encoding);

/// Whether packing a body of this type is worth it: text, JSON, scripts, SVG.
bool packs_well(std::string_view content_type);

}
