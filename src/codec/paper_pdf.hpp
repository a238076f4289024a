#pragma once
#include "codec/child.hpp"
#include "codec/paper.hpp"
#include "core/result.hpp"
#include <string>

namespace kpuhub::codec {

/// The paper as PDF, made by WeasyPrint in a child process of its own (security.md 8): no network, own folder, limits; only
/// the QR codes of the paper are served to it. Cells that span rows are cut where a page ends, so that each page has whole
/// cells. The same paper gives the same bytes. Takes about half a second and 10 ms for each row of a table.
/// Errors: Invalid codec.too_slow, codec.qr_too_long; Unavailable codec.no_child, codec.no_sandbox, codec.pdf_not_written.
Result<std::string> write_pdf(Paper const&, ChildSetting const& = {});

/// The child's side, `kpuhub write-pdf`: the parts of the paper as JSON on stdin, the PDF on stdout. Gives the exit code.
int write_pdf_command(bool sandbox_required);

}
