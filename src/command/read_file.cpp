#include "codec/page_picture.hpp"
#include "command/command.hpp"
#include <memory>
#include <unistd.h>

namespace kpuhub::command {

void add_read_file(CLI::App& application, Work& work)
{
    auto* command = application.add_subcommand("read-file", "dipakai program sendiri: membaca satu berkas dari stdin / used by the program itself: reads one file from stdin");
    command->group("");
    struct Options {
        bool required = false;
        int page = 0;
        int width = 0;
    };
    auto options = std::make_shared<Options>();
    command->add_flag("--sandbox-required", options->required);
    command->add_option("--page", options->page);
    command->add_option("--width", options->width);
    command->callback([&work, options] {
        // Nothing is left to tidy up, and the sandbox forbids what tidying up would call.
        work = [options](Workplace&) -> int {
            ::_exit(options->page > 0 ? codec::page_picture_command(options->page, options->width, options->required) : codec::read_file_command(options->required));
        };
    });
}

}
