#include "codec/clean_child.hpp"
#include "codec/child_process.hpp"
#include "codec/tool_sandbox.hpp"
#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <unistd.h>
#include <vector>

namespace kpuhub::codec {

namespace {

constexpr std::string_view greeting = "kpuhub-clean-1";
constexpr std::array<std::string_view, 3> verdicts { "same", "cleaned", "held" };
constexpr std::array<std::string_view, 8> refusals { "codec.file.empty", "codec.file.unknown", "codec.file.macro", "codec.file.archive",
    "codec.file.spoofed", "codec.file.broken", "codec.file.pixels", "codec.too_large" };

std::vector<std::string_view> words_of(std::string_view line)
{
    std::vector<std::string_view> words;
    for (std::size_t at = 0; at <= line.size();) {
        auto end = std::min(line.find(' ', at), line.size());
        words.push_back(line.substr(at, end - at));
        at = end + 1;
    }
    return words;
}

std::optional<std::size_t> size_of(std::string_view word)
{
    std::size_t value = 0;
    auto [end, fault] = std::from_chars(word.data(), word.data() + word.size(), value);
    return fault == std::errc {} && end == word.data() + word.size() ? std::optional { value } : std::nullopt;
}

/// The ending of a name as the child gets it: letters and digits only, so that nothing of a name is an option.
std::string plain_extension(std::string_view file_name)
{
    auto extension = extension_of(file_name);
    constexpr std::size_t longest = 10;
    bool plain = extension.size() <= longest && std::all_of(extension.begin(), extension.end(), [](char sign) {
        return (sign >= 'a' && sign <= 'z') || (sign >= '0' && sign <= '9');
    });
    return plain ? extension : std::string {};
}

Fault unreadable() { return { FaultKind::Invalid, "codec.file.unreadable" }; }

}

std::string to_answer(Result<CleanFile> const& file)
{
    std::string line { greeting };
    if (!file) {
        auto argument = file.error().argument.empty() ? "-" : file.error().argument;
        return line + " refused " + file.error().message_key + " " + argument + "\n";
    }
    line += " " + std::string(verdicts.at(static_cast<std::size_t>(file->verdict))) + " " + (file->active ? "1" : "0") + " "
        + file->media_type + " " + std::to_string(file->cleaned.size()) + " " + std::to_string(file->preview.size()) + "\n";
    return line + file->cleaned + file->preview;
}

Result<CleanFile> from_answer(MediaTypes const& list, std::string_view answer)
{
    auto end = answer.find('\n');
    if (end == std::string_view::npos || end > 300)
        return fail(unreadable());
    auto words = words_of(answer.substr(0, end));
    auto bytes = answer.substr(end + 1);
    if (words.size() == 4 && words[0] == greeting && words[1] == "refused") {
        if (words[2] == "codec.no_sandbox")
            return unavailable("codec.no_sandbox");
        if (std::find(refusals.begin(), refusals.end(), words[2]) == refusals.end())
            return fail(unreadable());
        return invalid_because(std::string(words[2]), words[3] == "-" ? std::string {} : std::string(words[3]));
    }
    auto verdict = words.size() == 6 ? std::find(verdicts.begin(), verdicts.end(), words[1]) : verdicts.end();
    if (verdict == verdicts.end() || words[0] != greeting || !list.named(words[3]))
        return fail(unreadable());
    auto cleaned = size_of(words[4]);
    auto preview = size_of(words[5]);
    if (!cleaned || !preview || *cleaned > bytes.size() || *preview != bytes.size() - *cleaned)
        return fail(unreadable());
    return CleanFile { static_cast<CleanFile::Verdict>(verdict - verdicts.begin()), std::string(words[3]),
        std::string(bytes.substr(0, *cleaned)), std::string(bytes.substr(*cleaned)), words[2] == "1" };
}

Result<CleanFile> clean_file_in_child(std::string const& path, std::string_view file_name, CleaningSetting const& setting)
{
    auto list = TRY(embedded_media_types());
    std::vector<std::string> words { "clean-file", "--extension=" + plain_extension(file_name) };
    if (setting.sandbox_required)
        words.emplace_back("--sandbox-required");
    ChildLimits limits;
    limits.input_bytes = static_cast<std::size_t>(list.most_bytes);
    limits.asker = setting.asker;
    return from_answer(list, TRY(run_child_process(setting.program, words, path, setting.temporary, limits)));
}

int clean_file_command(std::string const& extension, bool sandbox_required)
{
    auto list = embedded_media_types();
    std::array<char, 4096> here {};
    std::string bytes;
    bool shut_in = enter_tool_sandbox();
    bool read = list && ::getcwd(here.data(), here.size()) != nullptr && read_standard_input(bytes, static_cast<std::size_t>(list->most_bytes));
    if (!read)
        ::_exit(70);
    Result<CleanFile> file = unavailable("codec.no_sandbox");
    if (shut_in || !sandbox_required)
        file = clean_file(*list, bytes, "x." + extension, here.data());
    // No destructors of the program: a leak check at the end of a test build would need what the sandbox refuses.
    ::_exit(write_standard_output(to_answer(file)) ? 0 : 70);
}

}
