#pragma once
#include "core/result.hpp"
#include "text/language.hpp"
#include <array>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace kpuhub::text {

/// Every word that a page shows, by key and language. Immutable once made, so threads may share it.
class Messages {
public:
    /// One file of words: its path (for faults) and its YAML, a map of `key: {id: "...", en: "..."}`.
    struct File {
        std::string_view path;
        std::string_view yaml;
    };

    /// Broken when a file does not parse, a key stands twice, or a language is missing or empty.
    [[nodiscard]] static Result<Messages> create(std::span<File const>);
    /// Those of web/messages/*.yaml. Throws std::logic_error when one is faulty: the program does not start.
    [[nodiscard]] static Messages embedded();

    [[nodiscard]] bool has(std::string_view key) const { return m_words.contains(key); }
    /// The text as written, with {0} {1} ... in it. For a missing key "[[key]]", so that it is seen.
    [[nodiscard]] std::string text(std::string_view key, Language) const;
    /// The same with its arguments put in; an argument that is not given stays as {1}.
    [[nodiscard]] std::string text(std::string_view key, Language, std::span<std::string const> arguments) const;
    /// The stored text without a copy; nullptr when there is none of that key.
    [[nodiscard]] std::string const* find(std::string_view key, Language) const;
    [[nodiscard]] std::vector<std::string> keys() const;

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view> {}(text); }
    };
    std::unordered_map<std::string, std::array<std::string, 2>, Hash, std::equal_to<>> m_words;
};

/// A message cut at its arguments: `plain` before, then argument number `argument` (-1 after the last piece).
struct MessagePiece {
    std::string_view plain;
    int argument = -1;
};
/// Calls `each` for every piece in order.
template<typename Each>
void for_each_piece(std::string_view message, Each const& each)
{
    std::size_t from = 0;
    for (auto at = message.find('{'); at != std::string_view::npos && at + 2 < message.size(); at = message.find('{', at + 1)) {
        if (message[at + 1] < '0' || message[at + 1] > '9' || message[at + 2] != '}')
            continue;
        each(MessagePiece { message.substr(from, at - from), message[at + 1] - '0' });
        from = at + 3;
    }
    if (from < message.size())
        each(MessagePiece { message.substr(from), -1 });
}

[[nodiscard]] std::vector<MessagePiece> pieces(std::string_view message);

}
