#include "storage/database.hpp"

namespace kpuhub::storage {

Value to_value(std::int64_t number) { return number; }
Value to_value(int number) { return std::int64_t { number }; }
Value to_value(bool yes) { return std::int64_t { yes ? 1 : 0 }; }
Value to_value(std::string_view text) { return std::string { text }; }
Value to_value(std::string text) { return Value { std::move(text) }; }
Value to_value(char const* text) { return std::string { text }; }
Value to_value(Blob blob) { return Value { std::move(blob) }; }
Value to_value(time::Date date) { return date.iso(); }
Value to_value(time::Instant instant) { return instant.milliseconds; }
Value to_value(std::nullopt_t) { return {}; }

}
