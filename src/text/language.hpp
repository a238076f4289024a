#pragma once
#include <string_view>

namespace kpuhub::text {

/// The languages of the pages; Indonesian is the first one.
enum class Language { Indonesian, English };

constexpr Language languages[] = { Language::Indonesian, Language::English };

/// "id" or "en", as in addresses, cookies and the lang attribute.
constexpr std::string_view code(Language language) { return language == Language::English ? "en" : "id"; }

/// Indonesian for every other text.
constexpr Language language_named(std::string_view code) { return code == "en" ? Language::English : Language::Indonesian; }

}
