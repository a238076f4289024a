#include "codec/document_lines.hpp"
#include "input.hpp"

using namespace kpuhub::codec;

/// What a child prints is outside bytes; what is accepted is written again as the same document.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size)
{
    auto const document = from_lines(input_text(bytes, size), {});
    if (document)
        must(from_lines(to_lines(document), {}).value() == *document);
    return 0;
}
