#include "codec/child.hpp"
#include "command/command.hpp"
#include <memory>
#include <unistd.h>

namespace kpuhub::command {

void add_read_file(CLI::App& application, Work& work)
{
    auto* command = application.add_subcommand("read-file", "dipakai program sendiri: membaca satu berkas dari stdin / used by the program itself: reads one file from stdin");
    command->group("");
    auto required = std::make_shared<bool>(false);
    command->add_flag("--sandbox-required", *required);
    command->callback([&work, required] { 
        // Nothing is left to tidy up, and the sandbox forbids what tidying up would call.
        work = [required](Workplace&) -> int { ::_exit(codec::read_file_command(*required)); };
     });
}

}
