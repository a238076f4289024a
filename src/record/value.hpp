#pragma once
#include "definition/register.hpp"
#include "storage/database.hpp"
#include "time/date.hpp"
#include "view/visitor.hpp"
#include <string>

namespace kpuhub::record {

/// What a person typed as the value of a field; nothing typed is the empty value. Person, unit and reference give their number
/// only when it was typed as one (a list was chosen from); otherwise the store looks the name up.
/// Errors: the message key of what to write instead.
tl::expected<storage::Value, std::string> value_of(definition::Field const&, std::string typed, time::Zone);

/// The value as machines and form inputs have it: 450000, 2026-04-18, "yes", 12.50. Reading it again gives the same value.
std::string code_of(definition::Field const&, storage::Value const&, time::Zone);

/// The words of what is shown as it stands: a name, a label, a text. Nothing for what the page puts into words. They live as long as
/// what they were taken from.
std::optional<std::string_view> plain_words(definition::Field const&, storage::Value const&, text::Language, std::string const& name);

/// The value in words of the page: Rp 450.000, Sabtu, 18 April 2026. `name` is what a person, unit or reference is called.
view::Sentence words_of(definition::Field const&, storage::Value const&, time::Zone, text::Language, std::string const& name);

/// The value as a cell of a CSV or sheet, in Indonesian: labels instead of codes.
std::string cell_of(definition::Field const&, storage::Value const&, time::Zone, std::string const& name);

}
