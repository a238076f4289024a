#include "codec/child.hpp"
#include "codec/document_lines.hpp"
#include "codec/read.hpp"
#include "codec/sandbox.hpp"
#include <array>
#include <filesystem>
#include <unistd.h>
#include <vector>

namespace kpuhub::codec {

Result<Document> read_file_in_child(std::string const& path, Limits const& limits, ChildSetting const& setting)
{
    std::error_code fault;
    if (std::filesystem::is_regular_file(path, fault) && std::filesystem::file_size(path, fault) == 0)
        return invalid("codec.empty");
    std::vector<std::string> words { "read-file" };
    if (setting.sandbox_required)
        words.emplace_back("--sandbox-required");
    ChildLimits const child { limits.input_bytes, limits.output_bytes, limits.wall_seconds, setting.asker };
    auto const lines = TRY(run_child_process(setting.program, words, path, setting.temporary, child));
    auto document = from_lines(lines, limits);
    if (!document && document.error().message_key == "codec.no_sandbox")
        return unavailable("codec.no_sandbox");     // of this machine, not of the file
    return document;
}

int read_file_command(bool sandbox_required)
{
    std::array<char, 4096> here {};
    auto const sandbox = enter_sandbox(::getcwd(here.data(), here.size()) != nullptr ? here.data() : "", sandbox_required);
    Limits const limits;
    std::string bytes;
    if (!read_standard_input(bytes, limits.input_bytes))
        return 70;
    auto const lines = to_lines(sandbox ? read_document(bytes, limits) : Result<Document> { fail(sandbox.error()) });
    return write_standard_output(lines) ? 0 : 70;
}

}
