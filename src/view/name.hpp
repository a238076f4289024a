#pragma once
#include "text/escape.hpp"
#include "view/template.hpp"
#include <optional>

namespace kpuhub::view {

[[nodiscard]] Name name_of(std::string_view written);

/// Looks a name up, innermost part first; a name as it is written goes before the same name cut into base and form.
[[nodiscard]] Named look_up(std::vector<Value const*> const& stack, Name const&);

/// Whether the form exists for values of the kind ("_n" only for a share).
[[nodiscard]] bool has_form(Value const&, Form);

[[nodiscard]] bool is_true(Named const&);

/// Appends the words that have to be made, escaped for HTML.
void append_made_words(std::string& out, Named const&, text::Messages const&, Language);
/// Appends the words, escaped for HTML; most of a page are texts as they are.
inline void append_words(std::string& out, Named const& named, text::Messages const& messages, Language language)
{
    auto const kind = named.value->kind();
    if (kind == Value::Kind::Text || kind == Value::Kind::Plain || kind == Value::Kind::Link || kind == Value::Kind::Markup)
        text::escape_html(out, named.value->text());
    else
        append_made_words(out, named, messages, language);
}

}
