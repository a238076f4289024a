#include "text/messages.hpp"
#include "core/embedded.hpp"
#include "text/yaml_shape.hpp"
#include <fmt/format.h>
#include <stdexcept>
#include <yaml-cpp/yaml.h>

namespace kpuhub::text {

static std::size_t index_of(Language language) { return static_cast<std::size_t>(language); }

static Result<std::array<std::string, 2>> words_of(YAML::Node const& entry, std::string_view place)
{
    std::array<std::string, 2> words;
    if (!entry.IsMap() || entry.size() != words.size())
        return broken(fmt::format("{}: not of the form {{id: ..., en: ...}}", place));
    for (auto language : languages) {
        auto const text = entry[std::string { code(language) }];
        if (!text || !text.IsScalar() || text.Scalar().empty())
            return broken(fmt::format("{}: no text in '{}'", place, code(language)));
        words[index_of(language)] = text.Scalar();
    }
    return words;
}

Result<Messages> Messages::create(std::span<File const> files)
{
    Messages messages;
    for (auto const& file : files) {
        if (auto shape = check_yaml(file.yaml); !shape)
            return broken(fmt::format("{}: {}", file.path, shape.error().detail));
        auto const root = YAML::Load(std::string { file.yaml });
        if (!root.IsMap())
            return broken(fmt::format("{}: not a map of keys", file.path));
        for (auto const& entry : root) {
            auto key = entry.first.Scalar();
            auto words = TRY(words_of(entry.second, fmt::format("{}: {}", file.path, key)));
            if (!messages.m_words.emplace(key, std::move(words)).second)
                return broken(fmt::format("{}: {} stands in another file too", file.path, key));
        }
    }
    return messages;
}

Messages Messages::embedded()
{
    constexpr std::string_view folder = "web/messages/";
    std::vector<File> files;
    for (auto const& file : embedded_files())
        if (file.path.starts_with(folder) && file.path.ends_with(".yaml"))
            files.push_back({ file.path, file.bytes });
    auto messages = create(files);
    if (!messages)
        throw std::logic_error { messages.error().detail };
    return std::move(*messages);
}

std::string const* Messages::find(std::string_view key, Language language) const
{
    auto const found = m_words.find(key);
    return found == m_words.end() ? nullptr : &found->second[index_of(language)];
}

std::string Messages::text(std::string_view key, Language language) const
{
    auto const* words = find(key, language);
    return words ? *words : fmt::format("[[{}]]", key);
}

std::string Messages::text(std::string_view key, Language language, std::span<std::string const> arguments) const
{
    auto const* words = find(key, language);
    if (!words)
        return fmt::format("[[{}]]", key);
    std::string out;
    for (auto const& piece : pieces(*words)) {
        out += piece.plain;
        if (piece.argument < 0)
            continue;
        if (static_cast<std::size_t>(piece.argument) < arguments.size())
            out += arguments[static_cast<std::size_t>(piece.argument)];
        else
            out += fmt::format("{{{}}}", piece.argument);
    }
    return out;
}

std::vector<std::string> Messages::keys() const
{
    std::vector<std::string> keys;
    keys.reserve(m_words.size());
    for (auto const& [key, words] : m_words)
        keys.push_back(key);
    return keys;
}

std::vector<MessagePiece> pieces(std::string_view message)
{
    std::vector<MessagePiece> found;
    for_each_piece(message, [&](MessagePiece const& piece) { found.push_back(piece); });
    return found;
}

}
