#pragma once
#include "core/result.hpp"
#include "http/limits.hpp"
#include "http/request.hpp"
#include <string_view>

namespace kpuhub::http {

/// Readers of untrusted bytes: pure functions, each with a fuzz target. Errors are Invalid with the keys http.form and
/// http.form.too_many; the status is 400.

/// application/x-www-form-urlencoded, and the query of an address (WHATWG URL, 5.1).
Result<Fields> read_urlencoded(std::string_view, Limits const&);

/// A flat JSON object into the same Fields: texts, whole numbers, true as "1", false as "0", null left out,
/// a list as the same name several times. Objects inside are refused, and so is a name that stands twice.
Result<Fields> read_json_form(std::string_view, Limits const&);

}
