#pragma once
#include "codec/document.hpp"
#include "core/result.hpp"
#include <string_view>
#include <vector>

namespace kpuhub::codec {

/// A page of a PDF before anything of it is drawn.
struct PdfPage {
    double width = 0;           ///< in points, as shown
    double height = 0;
    double pictures = 0;        ///< share of the page that pictures cover, 0 to 1 and more
    friend bool operator==(PdfPage const&, PdfPage const&) = default;
};

/// The pages by what `pdfinfo -l 1000` prints. Errors: codec.unreadable; codec.too_many_pages.
Result<std::vector<PdfPage>> pages_of_info(std::string_view);

/// Adds what `pdfimages -list` prints. Errors: codec.file.pixels for a picture over the cap.
Result<void> add_pictures(std::vector<PdfPage>&, std::string_view list);

/// Asks both tools about `path` (in the folder of this process), each within a few seconds.
/// Errors: those above; codec.encrypted; codec.too_complex when they take longer; codec.unreadable.
Result<std::vector<PdfPage>> pdf_facts(std::string const& path, std::string_view bytes);

}
