#include "http/form.hpp"
#include "http/text_check.hpp"
#include "http/url.hpp"

namespace kpuhub::http {

Result<Fields> read_urlencoded(std::string_view body, Limits const& limits)
{
    Fields fields;
    while (!body.empty()) {
        auto pair = body.substr(0, body.find('&'));
        body.remove_prefix(pair.size() + (pair.size() < body.size() ? 1 : 0));
        if (pair.empty())
            continue;
        if (fields.pairs().size() >= limits.form_fields)
            return invalid("http.form.too_many");
        auto equals = pair.find('=');
        auto name = percent_decode(pair.substr(0, equals), Plus::Blank);
        auto value = percent_decode(equals == std::string_view::npos ? "" : pair.substr(equals + 1), Plus::Blank);
        if (!name || !value || !acceptable_line(*name) || !acceptable_text(*value))
            return invalid("http.form");
        fields.add(std::move(*name), std::move(*value));
    }
    return fields;
}

}
