#pragma once
#include "codec/media_type.hpp"
#include "core/result.hpp"
#include <cstdint>
#include <string>
#include <string_view>

namespace kpuhub::codec {

/// What became of a file that somebody sent.
struct CleanFile {
    enum class Verdict : std::uint8_t {
        Same,                           ///< nothing had to be taken out: people see the bytes as sent
        Cleaned,                        ///< people see `cleaned`
        Held,                           ///< what stands inside could not be taken out: nobody but the sender sees it
    };
    Verdict verdict = Verdict::Held;
    std::string media_type;
    std::string cleaned {};
    std::string preview {};             ///< a small JPEG; empty = none
    bool active = false;                ///< a PDF with script, launch or attached files, or locked: not for the public
};

/// Decides the type, refuses pictures over the limit before anything decodes them, takes out place, device and remarks
/// with jpegtran, optipng and webpmux, looks whether the result is bare, and draws a small picture.
/// For the child process alone. `folder` is private and empty; what is left in it may be removed.
/// Errors: those of media_type_of; Invalid "codec.file.broken", "codec.file.pixels" (with the most megapixels).
Result<CleanFile> clean_file(MediaTypes const&, std::string_view bytes, std::string_view file_name, std::string const& folder);

/// Whether a PDF holds script, launches programs, carries files, or is locked so that nobody can tell.
bool is_active_pdf(std::string_view bytes);

}
