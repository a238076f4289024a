#include "codec/document_lines.hpp"
#include "codec/read.hpp"
#include "decree/draft_json.hpp"
#include "decree/read_decree.hpp"
#include "input.hpp"

using namespace kpuhub;

/// Any text read as a decree, or what a child says of pages of paper, ends; each node has a parent before it, and the stored form comes back equal.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size)
{
    static decree::Shape const shape = decree::built_in_shape().value();
    auto const text = input_text(bytes, size);
    auto const document = text.starts_with("{\"format\"") ? codec::from_lines(text, {}) : codec::read_document(text, {});
    if (!document)
        return 0;
    auto const draft = decree::read_decree(*document, shape);
    if (!draft)
        return 0;
    for (auto const& node : draft->nodes)
        must(node.parent == 0 ? node.level == decree::Level::Area : decree::find(*draft, node.parent) != nullptr);
    must(decree::from_json(decree::to_json(*draft, true)).has_value());
    return 0;
}
