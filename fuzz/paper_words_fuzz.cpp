#include "codec/open_table.hpp"
#include "codec/paper_recognise.hpp"
#include "codec/paper_words.hpp"
#include "codec/pdf_facts.hpp"
#include "input.hpp"

using namespace kpuhub::codec;

/// What pdftotext, tesseract, pdfinfo and pdfimages print about a file from outside.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size)
{
    auto const text = input_text(bytes, size);
    if (auto const pages = words_of_layout(text, {})) {
        std::vector<Page> read(pages->size());
        std::vector<OpenPage> open;
        for (auto const& page : *pages) {
            must(page.words.empty() || !joined(lines_of(page.words)).empty());
            open.push_back({ open.size(), page });
        }
        read_open_tables(read, open);
        for (auto const& page : read)
            for (auto const& cell : page.cells)
                must(cell.row > 0 && cell.column > 0 && cell.box.left >= 0 && cell.box.bottom <= 10'000);
    }
    for (auto const& word : words_of_recognition(text, {}))
        must(word.confidence >= 0 && word.confidence <= 100 && !word.text.empty());
    auto pages = pages_of_info(text);
    must(!pages || !pages->empty());
    if (pages)
        (void)add_pictures(*pages, text);
    must(turns_of_orientation(text) >= 0 && turns_of_orientation(text) < 4);
    return 0;
}
