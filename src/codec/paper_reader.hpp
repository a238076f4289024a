#pragma once
#include "codec/document.hpp"
#include "core/result.hpp"
#include <functional>
#include <string_view>

namespace kpuhub::codec {

/// Told after each page: how many are read, of how many.
using PageProgress = std::function<void(int done, int all)>;

bool is_pdf(std::string_view bytes);
bool is_picture(std::string_view bytes);        ///< JPEG, PNG or TIFF

/// Reads a PDF (with text or scanned) or a picture: the cells of its tables, and the lines outside them. Uses poppler's and
/// tesseract's programs and writes into the folder that the process stands in: only for the child process, in the tool sandbox.
/// Errors: those of pdf_facts; codec.file.pixels, codec.too_many_pages, codec.too_slow, codec.empty, codec.unreadable.
Result<Document> read_paper(std::string_view bytes, Limits const&, PageProgress const&);

}
