#pragma once
#include "codec/child_process.hpp"
#include "codec/clean_file.hpp"
#include "core/result.hpp"
#include <string>
#include <string_view>

namespace kpuhub::codec {

struct CleaningSetting {
    std::string program = own_program();      ///< run as `PROGRAM clean-file`
    std::string temporary = "/tmp";           ///< the child's own folder is made here and removed afterwards
    bool sandbox_required = false;            ///< refuse to clean without Landlock and seccomp
    Asker asker {};
};

/// clean_file in a child process of its own: nothing of an uploaded file is parsed in this process.
/// Blocks up to 60 s. Errors: those of clean_file; codec.too_slow, codec.too_large, codec.file.unreadable (the child
/// broke off), Unavailable codec.no_child, codec.no_sandbox.
Result<CleanFile> clean_file_in_child(std::string const& path, std::string_view file_name, CleaningSetting const& = {});

/// The child's side, `kpuhub clean-file`: enters the sandbox, reads stdin, writes one line and then the bytes.
/// Gives the exit code.
int clean_file_command(std::string const& extension, bool sandbox_required);

/// What the child writes and the parent reads as bytes from outside.
std::string to_answer(Result<CleanFile> const&);
Result<CleanFile> from_answer(MediaTypes const&, std::string_view answer);

}
