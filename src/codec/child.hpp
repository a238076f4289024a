#pragma once
#include "codec/child_process.hpp"
#include "codec/document.hpp"
#include "core/result.hpp"
#include <string>

namespace kpuhub::codec {

/// Where and how the child runs.
struct ChildSetting {
    std::string program = own_program();      ///< run as `PROGRAM read-file`
    std::string temporary = "/tmp";           ///< the child's own folder is made here and removed afterwards
    bool sandbox_required = false;            ///< refuse to read without Landlock and seccomp
    Asker asker {};
};

/// Reads a file in a child process of its own (security.md 8): input on stdin, JSON lines on stdout, empty environment, no
/// other descriptor, own process group that is killed as a whole, dies with the parent, limits on time, memory and files.
/// Blocks up to `wall_seconds`. Errors: those of read_document; codec.too_slow, codec.too_large, codec.unreadable,
/// NotFound codec.no_file, Unavailable codec.no_child.
/// `progress` hears of each page of a PDF or picture that is read, and ends the child by giving false: codec.cancelled. The
/// wall seconds then count from the last page.
Result<Document> read_file_in_child(std::string const& path, Limits const& = {}, ChildSetting const& = {}, ChildProgress const& progress = {});

/// The child's side, `kpuhub read-file`: enters the sandbox, reads stdin, prints JSON lines. Gives the exit code: 0 also
/// for a file that was refused (the lines say why), 70 when it could not work at all.
int read_file_command(bool sandbox_required);

}
