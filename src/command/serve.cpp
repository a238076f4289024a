#include "account/demo.hpp"
#include "command/application.hpp"
#include "command/command.hpp"
#include "command/control_server.hpp"
#include "command/demo_data.hpp"
#include "command/opening.hpp"
#include "command/push_sending.hpp"
#include "command/secret_file.hpp"
#include "command/settings_options.hpp"
#include "command/upkeep.hpp"
#include "http/server.hpp"
#include "outbox/mail.hpp"
#include "outbox/push.hpp"
#include "outbox/quarantine.hpp"
#include "journal/journal.hpp"
#include "storage/folder_lock.hpp"
#include "storage/query_log.hpp"
#include <atomic>
#include <cstdio>
#include <memory>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>
#include <thread>

namespace kpuhub::command {

/// Of all accounts of the demonstration, which listens on loopback only and is printed at its start.
constexpr auto demo_password = "peragaan-kpu-hub-2026";

/// The scheduler, the job worker, the post and the post to browsers beside the server; they end with it. Without a mail server there is no
/// post, and with push off none to browsers.
class Background {
public:
    Background(Application& application, Upkeep& upkeep, outbox::Post* post, outbox::PushPost* push)
        : m_application(application)
        , m_keeper([this, &upkeep] { every(std::chrono::hours { 1 }, [&] { upkeep.round(); return false; }); })
        , m_scheduler([this, &application] { every(std::chrono::seconds { 1 }, [&] { return application.tick(); }); })
        , m_worker([this, &application] { every(std::chrono::milliseconds { 300 }, [&] { return application.workshop().work_once(); }); })
        , m_post([this, post] { every(std::chrono::seconds { 2 }, [&] { return post != nullptr && post->send_once(); }); })
        , m_push([this, push] { every(std::chrono::seconds { 2 }, [&] { return push != nullptr && push->send_once(); }); })
    {
    }
    ~Background()
    {
        m_ending = true;
        m_application.workshop().stop();
        m_keeper.join();
        m_scheduler.join();
        m_worker.join();
        m_post.join();
        m_push.join();
    }

private:
    template<typename Round>
    void every(std::chrono::milliseconds pause, Round round)
    {
        auto next = std::chrono::steady_clock::now();
        while (!m_ending) {
            bool more = std::chrono::steady_clock::now() >= next && round();
            if (!more && std::chrono::steady_clock::now() >= next)
                next = std::chrono::steady_clock::now() + pause;
            if (!more)
                std::this_thread::sleep_for(std::chrono::milliseconds { 50 });
        }
    }

    Application& m_application;
    std::atomic<bool> m_ending { false };
    std::thread m_keeper;
    std::thread m_scheduler;
    std::thread m_worker;
    std::thread m_post;
    std::thread m_push;
};

static Result<outbox::SmtpSettings> mail_settings(Settings const& settings)
{
    outbox::SmtpSettings mail { settings.smtp_url, settings.smtp_from, settings.smtp_user };
    if (settings.smtp_url.empty())
        return mail;
    auto const host = settings.smtp_url.substr(settings.smtp_url.find("//") + 2);
    mail.plain_allowed = is_loopback(host);
    if (!settings.smtp_password_file.empty()) {
        auto const bytes = bytes_of_file(settings.smtp_password_file);
        if (!bytes)
            return invalid_because("settings.file", settings.smtp_password_file);
        mail.password = bytes->substr(0, bytes->find_last_not_of("\r\n") + 1);
    }
    return mail;
}

static std::shared_ptr<spdlog::logger> json_log(std::string const& level)
{
    auto logger = spdlog::stderr_color_mt("kpuhub", spdlog::color_mode::never);
    logger->set_pattern("%v");
    logger->set_level(spdlog::level::from_str(level));
    spdlog::set_default_logger(logger);
    return logger;
}

static http::Readiness readiness(storage::Database& database, ClockGuard const& clock)
{
    if (!clock.may_write())
        return { false, R"({"clock":"behind"})" };
    auto answer = database.read([](storage::Reader& reader) -> Result<std::pair<std::int64_t, bool>> {
        bool const held = outbox::quarantined_since(reader).has_value();
        return std::pair { journal::head(reader).total, held };
    });
    auto durability = database.durability() == storage::Durability::Replicated ? "replicated" : "local";
    if (!answer)
        return { false, R"({"database":"unavailable"})" };
    return { true, std::string { R"({"durability":")" } + durability + R"(","sealed_events":)" + std::to_string(answer->first)
            + (answer->second ? R"(,"messages":"held")" : "")
            + (clock.time_may_pass() ? "" : R"(,"clock":"jumped")") + "}" };
}

static Result<http::Settings> server_settings(Settings const& settings, Application const& application, storage::Database& database, http::Log log)
{
    http::Settings server;
    server.limits = TRY(http::embedded_limits());
    server.listen = { settings.listen };
    server.internal_listen = settings.status_listen;
    server.public_url = is_loopback(settings.listen) && settings.public_url.empty() ? "" : settings.public_url;
    server.trusted_proxies = settings.trusted_proxies;
    server.temporary_folder = settings.data + "/uploads";
    server.log = std::move(log);
    server.faults = application.faults();
    server.admit = [&application](http::Route const& route, http::Request const& request) { return application.door().admit(route, request); };
    server.statements = storage::statements_of_this_thread;
    server.ready = [&database, &application] { return readiness(database, application.clock_guard()); };
    return server;
}

static Result<void> refuse_demo(storage::Database& database)
{
    auto was_demo = TRY(database.read([](storage::Reader& reader) -> Result<bool> { return account::ever_demo(reader); }));
    if (was_demo)
        return conflict("serve.was_demo");
    return {};
}

static Result<void> load_demonstration(storage::Database& database, Settings const& settings, time::Clock const& clock)
{
    TRY(account::load_demo_offices(database, demo_password, clock.now()));
    auto blobs = TRY(storage::BlobStore::open(settings.data + "/blobs"));
    TRY(load_demo_data(database, *blobs, text::Messages::embedded(), clock));
    return {};
}

static void print_demo_sign_ins(std::string const& url)
{
    std::printf("masuk / sign in: %s/sign-in   kata sandi / password: %s\n", url.c_str(), demo_password);
    for (auto const& each : account::demo_sign_ins())
        std::printf("  %-22s %s%s%s\n", each.user_name.c_str(), each.name.c_str(), each.holds.empty() ? "" : ", ", each.holds.c_str());
}

static Result<void> run(Settings const& settings)
{
    auto clock = make_clock(settings);
    auto const lock = TRY(storage::FolderLock::take(settings.data));
    auto database = TRY(open_database(settings, *clock));
    if (settings.demo)
        TRY_VOID(load_demonstration(*database, settings, *clock));
    else
        TRY_VOID(refuse_demo(*database));
    if (database->engine() == storage::Engine::Sqlite)      // the folder is ours alone: who held a job is gone
        TRY(database->write([](storage::Transaction& transaction) -> Result<std::int64_t> { return job::release_all(transaction); }));
    http::Log log { json_log(settings.log_level) };
    std::optional<outbox::P256Key> key;
    if (settings.push == "on")
        key = TRY(push_key(settings));
    account::DoorSettings door { settings.url(), settings.demo, demo_password, settings.sandbox_required() };
    door.push_key = key ? outbox::base64url(key->public_point()) : std::string {};
    door.push_loopback = settings.demo;
    Application application(*database, *clock, settings.data, door, log);
    http::Metrics metrics;
    auto server = TRY(http::Server::create(TRY(server_settings(settings, application, *database, log)), application.router(), *clock, metrics));
    auto upkeep = TRY(Upkeep::create(settings, *database, *clock));
    auto control = TRY(ControlServer::create({ settings, *database, application.blobs(), *clock }));
    outbox::SmtpCarrier carrier { TRY(mail_settings(settings)) };
    outbox::Post post { *database, *clock, carrier, settings.smtp_from };
    outbox::HttpPushCarrier push_carrier { push_places(settings.demo) };
    std::optional<outbox::PushPost> push;
    if (key)
        push.emplace(*database, *clock, push_carrier, outbox::PushSender { *key, push_places(settings.demo), push_subject(settings) });
    auto background = std::make_unique<Background>(application, upkeep, settings.smtp_url.empty() ? nullptr : &post, push ? &*push : nullptr);
    std::printf("KPU HUB %s\n", settings.url().c_str());
    if (TRY(database->read([](storage::Reader& reader) -> Result<bool> { return outbox::quarantined_since(reader).has_value(); })))
        std::printf("pesan ditahan sejak cadangan dipulihkan / messages are held since a backup was restored: kpuhub outbox list\n");
    if (settings.demo)
        print_demo_sign_ins(settings.url());
    std::fflush(stdout);
    server->run();
    control.reset();
    background.reset();
    while (application.tick()) {
    }
    upkeep.round();
    return {};
}

void add_serve(CLI::App& application, Work& work)
{
    auto* command = application.add_subcommand("serve", "menjalankan server / run the server");
    auto options = std::make_shared<SettingsOptions>(*command, true);
    command->callback([&work, options] {
        work = [options](Workplace&) {
            auto messages = text::Messages::embedded();
            auto settings = options->read();
            if (!settings) {
                report(settings.error(), messages);
                return static_cast<int>(wrong_settings);
            }
            auto outcome = run(*settings);
            return outcome ? static_cast<int>(done) : report(outcome.error(), messages);
        };
    });
}

}
