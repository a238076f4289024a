#pragma once
#include "codec/document.hpp"
#include "core/result.hpp"
#include <string_view>

namespace kpuhub::codec {

/// A document, or the fault that stopped its reading, as JSON lines: what the child prints.
std::string to_lines(Result<Document> const&);

/// The same read back as outside bytes: every line is checked, nothing is trusted because a child of ours wrote it.
/// Errors: the fault that the lines carry (key from the codec room only); codec.unreadable for anything else.
Result<Document> from_lines(std::string_view, Limits const&);

}
