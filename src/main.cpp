#include "command/command.hpp"
#include "command/workplace.hpp"
#include "core/memory.hpp"
#include <sodium.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

int main(int count, char** words)
{
    kpuhub::keep_freed_memory();
    if (sodium_init() < 0)
        return kpuhub::command::broken;
    spdlog::set_default_logger(spdlog::stderr_logger_mt("messages"));     // stdout is for results
    CLI::App application { "KPU HUB " KPUHUB_VERSION ": rencana aksi Reformasi Birokrasi / bureaucracy-reform action plans", "kpuhub" };
    application.set_version_flag("--version", KPUHUB_VERSION);
    application.require_subcommand(1);
    kpuhub::command::Work work;
    kpuhub::command::add_serve(application, work);
    kpuhub::command::add_migrate(application, work);
    kpuhub::command::add_user(application, work);
    kpuhub::command::add_unit(application, work);
    kpuhub::command::add_recount(application, work);
    kpuhub::command::add_clean_file(application, work);
    kpuhub::command::add_import(application, work);
    kpuhub::command::add_export(application, work);
    kpuhub::command::add_issue(application, work);
    kpuhub::command::add_generate(application, work);
    kpuhub::command::add_backup(application, work);
    kpuhub::command::add_outbox(application, work);
    kpuhub::command::add_restore(application, work);
    kpuhub::command::add_verify(application, work);
    kpuhub::command::add_definitions(application, work);
    kpuhub::command::add_read_file(application, work);
    kpuhub::command::add_write_pdf(application, work);
    try {
        application.parse(count, words);
    } catch (CLI::ParseError const& error) {
        auto outcome = application.exit(error);
        return outcome == 0 ? kpuhub::command::done : kpuhub::command::wrong_use;
    }
    kpuhub::command::OwnWorkplace place { { words + 1, words + count } };
    return work(place);
}
