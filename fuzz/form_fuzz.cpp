#include "http/form.hpp"
#include "http/text_check.hpp"
#include "input.hpp"

using namespace kpuhub::http;

namespace {

void check(Fields const& fields, Limits const& limits)
{
    must(fields.pairs().size() <= limits.form_fields);
    for (auto const& [name, value] : fields.pairs())
        must(acceptable_line(name) && acceptable_text(value));
}

}

/// Forms, queries and JSON bodies: what is accepted is text without control signs.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size)
{
    static Limits const limits = embedded_limits().value();
    auto text = input_text(bytes, size);
    if (auto fields = read_urlencoded(text, limits))
        check(*fields, limits);
    if (auto fields = read_json_form(text, limits))
        check(*fields, limits);
    return 0;
}
