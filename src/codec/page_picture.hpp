#pragma once
#include "codec/child.hpp"
#include "core/result.hpp"
#include <string>

namespace kpuhub::codec {

/// A page (from 1) of a PDF, JPEG, PNG or TIFF as a PNG of `width` pixels (100 to 1600), drawn in a child process like the
/// reading of files. The same bytes, page and width give the same picture. Boxes of cells (codec/document.hpp) are shares of it.
/// Errors: NotFound codec.no_page, codec.no_file; Invalid codec.unreadable, codec.too_complex, codec.file.pixels and those of
/// pdf_facts; Unavailable codec.no_child, codec.busy.
Result<std::string> page_picture_in_child(std::string const& path, int page, int width, ChildSetting const& = {});

/// The child's side, `kpuhub read-file --page=N --width=W`.
int page_picture_command(int page, int width, bool sandbox_required);

}
