#include "codec/child.hpp"
#include "codec/document_lines.hpp"
#include "codec/paper_reader.hpp"
#include "codec/read.hpp"
#include "codec/sandbox.hpp"
#include "codec/tool_sandbox.hpp"
#include <array>
#include <filesystem>
#include <unistd.h>
#include <vector>

namespace kpuhub::codec {

Result<Document> read_file_in_child(std::string const& path, Limits const& limits, ChildSetting const& setting, ChildProgress const& progress)
{
    std::error_code fault;
    if (std::filesystem::is_regular_file(path, fault) && std::filesystem::file_size(path, fault) == 0)
        return invalid("codec.empty");
    std::vector<std::string> words { "read-file" };
    if (setting.sandbox_required)
        words.emplace_back("--sandbox-required");
    constexpr int processor_seconds = 900;      // a long scan; what stands still is ended by the clock
    ChildLimits const child { limits.input_bytes, limits.output_bytes, limits.wall_seconds, processor_seconds, setting.asker };
    auto const lines = TRY(run_child_process(setting.program, words, path, setting.temporary, child, progress));
    auto document = from_lines(lines, limits);
    if (!document && document.error().message_key == "codec.no_sandbox")
        return unavailable("codec.no_sandbox");     // of this machine, not of the file
    return document;
}

static Result<Document> read_shut_in(std::string_view bytes, Limits const& limits, bool sandbox_required)
{
    if (is_pdf(bytes) || is_picture(bytes)) {
        if (!enter_tool_sandbox() && sandbox_required)
            return unavailable("codec.no_sandbox");
        return read_paper(bytes, limits, write_progress);
    }
    std::array<char, 4096> here {};
    TRY_VOID(enter_sandbox(::getcwd(here.data(), here.size()) != nullptr ? here.data() : "", sandbox_required));
    return read_document(bytes, limits);
}

int read_file_command(bool sandbox_required)
{
    Limits const limits;
    std::string bytes;
    if (!read_standard_input(bytes, limits.input_bytes))
        return 70;
    return write_standard_output(to_lines(read_shut_in(bytes, limits, sandbox_required))) ? 0 : 70;
}

}
