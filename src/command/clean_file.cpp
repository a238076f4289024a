#include "codec/clean_child.hpp"
#include "command/command.hpp"
#include <memory>

namespace kpuhub::command {

void add_clean_file(CLI::App& application, Work& work)
{
    struct Options {
        std::string extension;
        bool sandbox_required = false;
    };
    auto* command = application.add_subcommand("clean-file", "dipakai program sendiri: membersihkan satu berkas dari stdin / used by the program itself: cleans one file from stdin");
    command->group("");
    auto options = std::make_shared<Options>();
    command->add_option("--extension", options->extension);
    command->add_flag("--sandbox-required", options->sandbox_required);
    command->callback([&work, options] { work = [options](Workplace&) { return codec::clean_file_command(options->extension, options->sandbox_required); }; });
}

}
