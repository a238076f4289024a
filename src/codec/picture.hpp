#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kpuhub::codec {

/// What is read from the first bytes of a picture before anything decodes it.
struct Picture {
    std::int64_t width = 0;
    std::int64_t height = 0;
    int turned = 1;                     ///< Exif orientation of a JPEG, 1 to 8; 1 = upright
    [[nodiscard]] std::int64_t pixels() const { return width * height; }
};

/// Nothing when the bytes do not follow the format. Content is "jpeg", "png" or "webp".
std::optional<Picture> picture_of(std::string_view content, std::string_view bytes);

/// Whether a picture or film holds nothing beside what is needed to show it: no Exif, XMP, text, comment, place or
/// foreign bytes behind its end. Asked after cleaning: what does not pass is held back.
bool is_bare(std::string_view content, std::string_view bytes);

/// An MP4 film whose descriptive boxes (udta, meta, uuid: place, device, title) are turned into free space of the same
/// size. Nothing when the boxes do not follow the format.
std::optional<std::string> film_without_descriptions(std::string_view bytes);

}
