#include "codec/document_lines.hpp"
#include "codec/xlsx.hpp"
#include "input.hpp"

using namespace kpuhub::codec;

/// Any bytes as a workbook: refused, or cells within the limits that survive the way through the child's lines.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size)
{
    Limits limits;
    limits.unpacked_bytes = 4U << 20U;
    auto const document = read_xlsx(input_text(bytes, size), limits);
    if (document)
        (void)from_lines(to_lines(document), limits);
    return 0;
}
