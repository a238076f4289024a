#pragma once
#include "view/template.hpp"
#include <optional>

namespace kpuhub::view {

[[nodiscard]] Name name_of(std::string_view written);

/// Looks a name up, innermost part first; a name as it is written goes before the same name cut into base and form.
[[nodiscard]] Named look_up(std::vector<Value const*> const& stack, Name const&);

/// Whether the form exists for values of the kind ("_n" only for a share).
[[nodiscard]] bool has_form(Value const&, Form);

[[nodiscard]] bool is_true(Named const&);

/// Appends the words, escaped for HTML.
void append_words(std::string& out, Named const&, text::Messages const&, Language);

}
