#include "command/command.hpp"
#include "command/control_server.hpp"
#include "command/opening.hpp"
#include "command/workplace.hpp"
#include <algorithm>
#include <filesystem>
#include <sstream>

namespace kpuhub::command {

namespace {

/// A command inside the running server.
class ServedWorkplace final : public Workplace {
public:
    ServedWorkplace(ControlServer::Parts const& parts, ControlRequest const& request, std::string input)
        : m_parts(parts), m_request(request), m_input(std::move(input))
    {
    }
    Result<Settings> settings(SettingsOptions const&) override { return m_parts.settings; }
    int write(Settings const&, DeskStep const& step, std::string const&, Schema) override
    {
        Desk desk { m_parts.settings, m_parts.database, m_parts.blobs, m_parts.clock,
            journal::make_act({}, m_parts.clock.now(), m_parts.clock.today()) };
        auto const outcome = step(desk);
        return outcome ? static_cast<int>(done) : report(outcome.error());
    }
    [[nodiscard]] std::string input(std::string const&) const override { return m_input; }
    [[nodiscard]] std::string path(std::string const& named) const override
    {
        return (std::filesystem::path { m_request.folder } / named).string();
    }
    void print(std::string_view result) override
    {
        constexpr std::size_t most = control_answer_bytes / 4;      // room for escapes
        answer.out += result.substr(0, most - std::min(most, answer.out.size()));
    }
    int report(Fault const& fault) override
    {
        answer.err += words_of(fault, text::Messages::embedded());
        return exit_code(fault);
    }

    ControlAnswer answer;

private:
    ControlServer::Parts const& m_parts;
    ControlRequest const& m_request;
    std::string m_input;
};

}

ControlAnswer run_command(ControlServer::Parts const& parts, ControlRequest const& request, std::string const& input)
{
    CLI::App application { "kpuhub", "kpuhub" };
    application.require_subcommand(1);
    Work work;
    add_user(application, work);
    add_unit(application, work);
    add_outbox(application, work);
    add_recount(application, work);
    add_import(application, work);
    add_issue(application, work);
    add_backup(application, work);
    try {
        std::vector<std::string> reversed { request.words.rbegin(), request.words.rend() };
        application.parse(reversed);
    } catch (CLI::ParseError const& error) {
        std::ostringstream out, err;
        application.exit(error, out, err);
        return { wrong_use, std::move(out).str(), std::move(err).str() };
    }
    ServedWorkplace place { parts, request, input };
    try {
        place.answer.code = work(place);
    } catch (std::exception const& error) {
        place.answer.code = place.report(Fault { FaultKind::Broken, "fault.broken", error.what() });
    }
    return std::move(place.answer);
}

}
