#pragma once
#include "codec/document.hpp"
#include "core/result.hpp"
#include <string_view>

namespace kpuhub::codec {

/// Bytes of an uploaded file as a document. What they are is decided by their content from an allow list.
/// Pure; for bytes from outside call it only inside the child process (codec/child.hpp).
/// Errors: codec.empty, codec.binary, codec.encoding, codec.encrypted, codec.kind_later (XLS), codec.too_large, and those of the
/// readers. PDF and pictures are read by read_paper (codec/paper_reader.hpp).
Result<Document> read_document(std::string_view bytes, Limits const&);

}
