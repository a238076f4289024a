#pragma once
#include "core/result.hpp"
#include <string>
#include <vector>

namespace kpuhub::codec {

/// One file of an archive: bytes, or a file that is read while the archive is written, so that nothing large is held in memory.
struct ZipEntry {
    std::string name;                   ///< UTF-8, with / between folders
    std::string bytes {};
    std::string path {};                ///< read from here instead of `bytes` when not empty
};

/// Writes the entries, in their order, into a new file. The entries carry no time (1 January 1980, the earliest that the format
/// knows): the same entries give the same bytes. Errors: Unavailable "codec.not_written".
Result<void> write_zip(std::string const& path, std::vector<ZipEntry> const&);

/// A name that every system can store: ASCII letters, digits, blanks, dots, hyphens; the rest becomes a hyphen, at most 80 bytes.
std::string portable_name(std::string_view);

}
