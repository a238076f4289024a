#pragma once
#include "core/result.hpp"
#include <string>
#include <string_view>

namespace kpuhub::codec {

/// Which office document a zip archive is: "docx", "xlsx", "pptx", "odt", "ods". Nothing in it is unpacked but the
/// "mimetype" of OpenDocument. For the child process alone.
/// Errors: Invalid "codec.file.archive" (broken, over 2,000 entries, over 200 MiB unpacked, packed more than 100 : 1),
/// "codec.file.macro" (holds macros), "codec.file.unknown" (no office document).
Result<std::string> archive_kind(std::string_view bytes);

}
