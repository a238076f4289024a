#include "codec/document_lines.hpp"
#include "codec/docx.hpp"
#include "codec/office_xml.hpp"
#include "input.hpp"

using namespace kpuhub::codec;

/// Any bytes as a Word document: refused, or lines and cells within the limits that survive the way through the child's lines.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size)
{
    Limits limits;
    limits.unpacked_bytes = 4U << 20U;
    auto const text = input_text(bytes, size);
    (void)office_kind(text, limits);
    auto const document = read_docx(text, limits);
    if (document && !from_lines(to_lines(document), limits))
        __builtin_trap();
    return 0;
}
