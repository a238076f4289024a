// Templates are ours, but reading them must end for any text, and what has no problem must render.
#include "text/messages.hpp"
#include "view/renderer.hpp"
#include <cstddef>
#include <cstdint>

struct Model {
    std::string name = "<\"'&";
    std::vector<std::string> rows { "a", "b" };
    kpuhub::view::Link link { "/x" };
    void describe(kpuhub::view::Visitor& v) const
    {
        v.field("name", name);
        v.list("rows", rows);
        v.field("link", link);
    }
};

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t count)
{
    kpuhub::text::Messages::File const words { "fuzz.yaml", "k: {id: \"a {0}\", en: \"b {0}\"}" };
    auto const messages = kpuhub::text::Messages::create({ &words, 1 });
    std::string_view const text { reinterpret_cast<char const*>(bytes), count };
    kpuhub::view::Renderer const renderer { *messages, { { "p", text } } };
    (void)renderer.part("p", Model {}, kpuhub::text::Language::Indonesian);
    (void)renderer.unknown_names<Model>("p");
    return 0;
}
