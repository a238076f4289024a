#pragma once
#include <span>
#include <string_view>

namespace kpuhub {

/// A file compiled into the program: path as in the source tree ("web/templates/layout.mustache",
/// bundled assets as "assets/app.css") and its bytes, which live as long as the program.
struct EmbeddedFile {
    std::string_view path;
    std::string_view bytes;
};

/// All compiled-in files, sorted by path within each folder.
std::span<EmbeddedFile const> embedded_files();

/// The bytes of one file; empty when there is none of that path.
std::string_view embedded_file(std::string_view path);

}
