#include "codec/paper_pdf.hpp"
#include "command/command.hpp"
#include <memory>
#include <unistd.h>

namespace kpuhub::command {

void add_write_pdf(CLI::App& application, Work& work)
{
    auto* command = application.add_subcommand("write-pdf", "dipakai program sendiri: menulis satu PDF dari stdin / used by the program itself: writes one PDF from stdin");
    command->group("");
    auto required = std::make_shared<bool>(false);
    command->add_flag("--sandbox-required", *required);
    command->callback([&work, required] {
        // Nothing is left to tidy up, and the sandbox forbids what tidying up would call.
        work = [required](Workplace&) -> int { ::_exit(codec::write_pdf_command(*required)); };
    });
}

}
