#include "http/head.hpp"
#include "http/limits.hpp"
#include "input.hpp"

using namespace kpuhub::http;

/// A head that is accepted has exactly one way to be framed.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size)
{
    static Limits const limits = embedded_limits().value();
    auto text = input_text(bytes, size);
    auto end = find_head_end(text, limits);
    auto* position = std::get_if<std::size_t>(&end);
    if (!position)
        return 0;
    must(*position <= size);
    auto read = read_head(text.substr(0, *position), limits);
    if (auto* head = std::get_if<Head>(&read)) {
        must(head->fields.contains("host"));
        must(!(head->chunked && head->content_length));
        must(!head->content_length || *head->content_length >= 0);
        must(head->target.starts_with('/'));
    }
    return 0;
}
