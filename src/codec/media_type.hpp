#pragma once
#include "core/result.hpp"
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kpuhub::codec {

/// One line of definitions/files/media_types.yaml.
struct MediaType {
    std::string type;                       ///< "image/jpeg"
    std::vector<std::string> extensions;    ///< lower case, the first is the one given to downloads
    std::string recognised;                 ///< "jpeg": how the content is known
    std::string cleaned;                    ///< "jpegtran", "none" ...
};

/// The allow list of what may be sent.
struct MediaTypes {
    std::int64_t most_bytes = 0;
    std::int64_t most_pixels = 0;
    std::vector<MediaType> types;

    [[nodiscard]] MediaType const* named(std::string_view type) const;
};

/// Errors: Broken, naming the line that is missing or unknown.
Result<MediaTypes> read_media_types(std::string_view yaml);
Result<MediaTypes> embedded_media_types();

/// The ending of a file name in lower case without the dot; empty when there is none.
std::string extension_of(std::string_view file_name);

/// The type by content. The name only tells text from CSV, and refuses a file that says to be another type of the list.
/// For the child process alone: it looks into archives.
/// Errors: Invalid "codec.file.empty", "codec.file.unknown", "codec.file.macro", "codec.file.archive",
/// "codec.file.spoofed" (with the ending as argument).
Result<MediaType> media_type_of(MediaTypes const&, std::string_view bytes, std::string_view file_name);

}
