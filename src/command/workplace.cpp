#include "command/workplace.hpp"
#include "command/command.hpp"
#include "command/control_client.hpp"
#include "command/opening.hpp"
#include "storage/folder_lock.hpp"
#include <cstdio>

namespace kpuhub::command {

static Result<std::unique_ptr<storage::Database>> open(Settings const& settings, time::Clock const& clock, Schema schema)
{
    if (schema == Schema::AsItIs)
        return storage::Database::open({ settings.database_address() });
    return open_database(settings, clock);
}

static Result<void> run_here(Settings const& settings, DeskStep const& step, Schema schema)
{
    auto const clock = make_clock(settings);
    auto database = TRY(open(settings, *clock, schema));
    auto blobs = TRY(storage::BlobStore::open(settings.data + "/blobs"));
    Desk desk { settings, *database, *blobs, *clock, journal::make_act({}, clock->now(), clock->today()) };
    return step(desk);
}

int OwnWorkplace::write(Settings const& settings, DeskStep const& step, std::string const& input, Schema schema)
{
    auto const lock = storage::FolderLock::take(settings.data);
    if (!lock && lock.error().message_key == "storage.locked") {
        auto answer = ask_server(settings.data, m_words, input);
        if (!answer)
            return report(answer.error().message_key == "control.nobody" ? lock.error() : answer.error());
        std::fwrite(answer->out.data(), 1, answer->out.size(), stdout);
        std::fwrite(answer->err.data(), 1, answer->err.size(), stderr);
        return answer->code;
    }
    if (!lock)
        return report(lock.error());
    auto const outcome = run_here(settings, step, schema);
    return outcome ? static_cast<int>(done) : report(outcome.error());
}

void OwnWorkplace::print(std::string_view result) { std::fwrite(result.data(), 1, result.size(), stdout); }

int OwnWorkplace::report(Fault const& fault) { return command::report(fault, text::Messages::embedded()); }

}
