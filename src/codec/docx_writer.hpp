#pragma once
#include "codec/paper.hpp"
#include "core/result.hpp"
#include <string>

namespace kpuhub::codec {

/// The paper as a Word document (ECMA-376): real tables with repeated heading rows and merged cells, sections with their own
/// orientation, page numbers as fields, QR codes as pictures. The same paper gives the same bytes.
/// Errors: Invalid codec.qr_too_long; Unavailable codec.not_written.
Result<std::string> write_docx(Paper const&);

}
