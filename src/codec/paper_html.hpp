#pragma once
#include "codec/paper.hpp"
#include <string>
#include <vector>

namespace kpuhub::codec {

/// A paper as HTML and CSS for the PDF writer. All text of the paper is escaped; the pictures are QR codes, named "qr-0" ...
struct PaperHtml {
    std::string html;
    std::string css;
    std::vector<std::string> qr_texts;
};
PaperHtml paper_html(Paper const&);

}
