#include "command/application.hpp"
#include "account/people_pages.hpp"
#include "account/sign_in_pages.hpp"
#include "attendance/attendance_pages.hpp"
#include "campaign/campaign_job.hpp"
#include "campaign/campaign_pages.hpp"
#include "command/kept_times.hpp"
#include "command/navigation.hpp"
#include "command/openapi.hpp"
#include "command/push_sending.hpp"
#include "command/sweep.hpp"
#include "decree/import_pages.hpp"
#include "decree/issue_pages.hpp"
#include "evidence/evidence_pages.hpp"
#include "evidence/upload.hpp"
#include "flow/clock_advance.hpp"
#include "flow/clock_pages.hpp"
#include "flow/warning.hpp"
#include "http/assets.hpp"
#include "indicator/closing.hpp"
#include "indicator/kept_sums.hpp"
#include "journal/journal.hpp"
#include "paper/paper_pages.hpp"
#include "paper/press.hpp"
#include "plan/plan_advance.hpp"
#include "plan/plan_pages.hpp"
#include "plan/row_target.hpp"
#include "portal/dashboard_pages.hpp"
#include "portal/held_pages.hpp"
#include "portal/home_pages.hpp"
#include "portal/indicator_pages.hpp"
#include "portal/plan_digest.hpp"
#include "portal/public_pages.hpp"
#include "portal/reminder_pages.hpp"
#include "portal/settings_pages.hpp"
#include "record/figure_jobs.hpp"
#include "record/record_pages.hpp"
#include "record/retention_actions.hpp"
#include "record/retention_warning.hpp"
#include "report/issue.hpp"
#include "report/report_pages.hpp"
#include "report/package_pack.hpp"
#include "report/package_pages.hpp"
#include <filesystem>
#include <spdlog/spdlog.h>
#include <stdexcept>

namespace kpuhub::command {

/// Where files on their way in pieces wait; "uploads" is the server's own and emptied at each start.
static std::string pieces_folder(std::string const& data_folder) { return data_folder + "/pieces"; }

/// Throws std::runtime_error when a folder cannot be used: the program does not start.
static std::unique_ptr<storage::BlobStore> open_blobs(std::string const& data_folder)
{
    auto blobs = storage::BlobStore::open(data_folder + "/blobs");
    if (!blobs)
        throw std::runtime_error("the folder for files cannot be used: " + blobs.error().message_key);
    std::filesystem::create_directories(pieces_folder(data_folder));
    std::filesystem::permissions(pieces_folder(data_folder), std::filesystem::perms::owner_all);
    std::filesystem::remove_all(data_folder + "/exports");      // tables that earlier versions wrote before they were sent
    return std::move(*blobs);
}

Application::Application(storage::Database& database, time::Clock const& clock, std::string data_folder,
    account::DoorSettings door, http::Log log)
    : m_database(database)
    , m_clock(clock)
    , m_data_folder(std::move(data_folder))
    , m_blobs(open_blobs(m_data_folder))
    , m_messages(text::Messages::embedded())
    , m_renderer(m_messages)
    , m_door(database, clock, m_renderer, std::move(door))
    , m_faults(
          [this](std::string_view key, std::string_view argument, std::string_view language) {
              std::string const arguments[] = { std::string { argument } };
              return m_messages.text(key, language == "en" ? text::Language::English : text::Language::Indonesian, arguments);
          },
          [this](int status, Fault const& fault, http::Request const& request) { return m_door.fault_page(status, fault, request); }, log)
    , m_workshop(database, clock)
    , m_sender_mail(m_messages, m_door.settings().public_url)
{
    m_door.answer_faults_with(m_faults);
    m_door.write_only_when([this] { return m_clock_guard.may_write(); });
    register_rooms();
    look_at_clock();
}

void Application::register_rooms()
{
    m_door.navigate_with(navigation);
    http::add_assets(m_router);
    add_openapi(m_router);
    account::register_sign_in_pages(m_door, m_router);
    decree::register_import_pages(m_door, m_router, *m_blobs);
    decree::register_reading(m_workshop, m_database, m_clock, *m_blobs, m_door.settings().sandbox_required);
    m_paper_kinds.emplace("decree", decree::decree_kind());
    m_paper_kinds.merge(report::report_kinds());
    paper::register_paper_pages(m_door, m_router, { *m_blobs, m_paper_kinds });
    paper::register_verify_pages(m_door, m_router);
    paper::register_writing(m_workshop, m_database, m_clock, *m_blobs, m_paper_kinds, m_door.settings().public_url);
    decree::register_issue_pages(m_door, m_router);
    decree::register_mass_pages(m_door, m_router);
    decree::register_issuing(m_workshop, m_database, m_clock, *m_blobs, m_paper_kinds, m_door.settings().public_url);
    report::register_pages(m_door, m_router);
    evidence::register_pages(m_door, m_router, { { *m_blobs, pieces_folder(m_data_folder), { .sandbox_required = m_door.settings().sandbox_required } }, m_proof_listener, m_proof_catalog });
    flow::register_clock_pages(m_door, m_router, m_keeping.clocks);
    flow::register_calendar_pages(m_door, m_router);
    flow::register_recount(m_workshop, m_database, m_keeping.clocks, m_clock);
    plan::register_pages(m_door, m_router);
    for (auto const* stock : std::initializer_list<indicator::StockSource const*> { &m_unit_stock, &m_appointment_stock })
        m_stocks.emplace(stock->name(), stock);
    m_keeping.listeners.insert(m_keeping.listeners.begin(), &m_sender_mail);
    record::register_rebuild(m_workshop, { m_database, m_keeping.indicators, { &m_plan_source }, m_clock });
    record::Surroundings const records { m_keeping.shelf, { *m_blobs, pieces_folder(m_data_folder) }, m_keeping.listeners, m_proof_catalog, m_proof_listener, m_keeping.record_clocks, m_reads, &m_keeping.indicators, attendance::record_pages() };
    record::register_pages(m_door, m_router, records);
    record::register_destroying(m_workshop, { m_database, records.desk(), m_clock });
    record::register_retention_warnings(m_workshop, { m_database, m_keeping.shelf, m_keeping.calendars, m_messages, m_door.settings().public_url }, m_clock);
    attendance::register_pages(m_door, m_router, records);
    campaign::register_pages(m_door, m_router, { records, m_keeping.calendars });
    campaign::register_asking(m_workshop, { m_database, records.desk(), m_keeping.calendars, m_clock });
    m_passed_listeners.emplace("r_*", record::passed_listener(m_keeping.shelf, m_keeping.listeners));
    report::PackagePlaces const places { { *m_blobs, pieces_folder(m_data_folder), { .sandbox_required = m_door.settings().sandbox_required } }, m_proof_listener, m_proof_catalog };
    report::register_package_pages(m_door, m_router, places);
    report::register_request_pages(m_door, m_router, places);
    report::register_office_pages(m_door, m_router);
    report::register_packing(m_workshop, m_clock, { m_database, *m_blobs, pieces_folder(m_data_folder) });
    portal::register_home_pages(m_door, m_router);
    portal::register_held_pages(m_door, m_router);
    portal::register_reminder_pages(m_door, m_router);
    portal::register_push_pages(m_door, m_router, push_places(m_door.settings().push_loopback));
    portal::register_digests(m_workshop, m_database, m_keeping.calendars, m_messages, m_door.settings().public_url, m_clock);
    portal::register_public_pages(m_door, m_router, m_keeping.shelf);
    portal::register_settings_pages(m_door, m_router);
    portal::register_dashboard_pages(m_door, m_router, m_plan_source);
    portal::register_indicator_pages(m_door, m_router, { m_keeping.indicators, m_stocks, m_reads });
    account::register_people_pages(m_door, m_router, { &m_grant_handover, &m_plan_handover });
}

/// The day of a demonstration is moved at will.
void Application::look_at_clock()
{
    if (!m_door.settings().demo)
        m_clock_guard.look(m_database, m_clock.now(), std::chrono::steady_clock::now());
}

void Application::sweep_each_hour()
{
    auto const now = m_clock.now();
    if (now < m_swept_at.plus(std::chrono::hours { 1 }))
        return;
    m_swept_at = now;
    (void)evidence::drop_stale_uploads(m_database, pieces_folder(m_data_folder), now.plus(-std::chrono::milliseconds { kept_times().unfinished_uploads_ms }));
    if (auto swept = sweep(m_database, *m_blobs, now); !swept)
        spdlog::warn(R"({{"event":"sweep","fault":"{}"}})", swept.error().message_key);
}

/// The leaders' summary, the digests of the plan and the ends of retention; none writes anything a second time.
void Application::write_mails_of_the_day()
{
    constexpr std::chrono::minutes pause { 10 };
    if (m_clock.now() < m_mails_written_at.plus(pause))
        return;
    m_mails_written_at = m_clock.now();
    (void)m_database.write([&](storage::Transaction& transaction) {
        return flow::write_summaries(transaction, m_keeping.clocks, m_messages, m_door.settings().public_url, m_clock.now());
    });
    (void)portal::ask_for_digests(m_database, m_clock.now());
    (void)record::ask_for_retention_warnings(m_database, m_clock.now());
}

/// Plans are bound when they are written; only those of older definitions wait here.
bool Application::bind_rows()
{
    constexpr int plans_at_once = 2;
    constexpr std::chrono::minutes pause { 10 };
    if (m_clock.now() < m_rows_bound_at.plus(pause))
        return false;
    auto bound = m_database.write([&](storage::Transaction& transaction) -> Result<int> { return plan::bind_waiting(transaction, m_clock.now(), plans_at_once); });
    bool const more = bound && *bound == plans_at_once;
    if (!more)
        m_rows_bound_at = m_clock.now();
    return more;
}

/// Records propose themselves when they are written; only those of older definitions wait here.
bool Application::tell_records()
{
    constexpr int records_at_once = 50;
    constexpr std::chrono::minutes pause { 10 };
    if (m_clock.now() < m_records_told_at.plus(pause))
        return false;
    auto told = m_database.write([&](storage::Transaction& transaction) { return tell_waiting_records(transaction, m_keeping.shelf, records_at_once); });
    bool const more = told && *told > 0;
    if (!more)
        m_records_told_at = m_clock.now();
    return more;
}

/// Indicators of a new version are counted by a job; periods that have ended and waited are closed, few at a time; sums of ended ones are kept.
void Application::keep_indicators()
{
    constexpr std::chrono::minutes pause { 1 };
    constexpr int closed_at_once = 3, kept_at_once = 100;
    if (m_clock.now() < m_indicators_kept_at.plus(pause))
        return;
    m_indicators_kept_at = m_clock.now();
    if (auto asked = record::ask_for_rebuilds(m_database, m_keeping.indicators, m_clock.now()); !asked)
        spdlog::warn(R"({{"event":"indicator.rebuild","fault":"{}"}})", asked.error().message_key);
    if (auto closed = indicator::close_periods(m_database, m_keeping.indicators, m_stocks, m_clock.now(), closed_at_once); !closed)
        spdlog::warn(R"({{"event":"indicator.close","fault":"{}"}})", closed.error().message_key);
    if (auto kept = indicator::keep_sums(m_database, m_keeping.indicators, m_clock.now(), kept_at_once); !kept)
        spdlog::warn(R"({{"event":"indicator.keep_sums","fault":"{}"}})", kept.error().message_key);
}

bool Application::tick()
{
    constexpr std::int64_t seal_at_once = 2'000;
    look_at_clock();
    if (!m_clock_guard.may_write())
        return false;
    Result<int> passed = 0;
    Result<int> warned = 0;
    if (m_clock_guard.time_may_pass()) {
        sweep_each_hour();
        passed = m_database.write([&](storage::Transaction& transaction) -> Result<int> { return plan::advance(transaction, m_clock.now()); });
        warned = m_database.write([&](storage::Transaction& transaction) -> Result<int> {
            return flow::advance(transaction, m_keeping.clocks, m_messages, m_passed_listeners, m_door.settings().public_url, m_clock.now());
        });
        if (!warned)
            spdlog::warn(R"({{"event":"clock.advance","fault":"{}"}})", warned.error().message_key);
        write_mails_of_the_day();
        keep_indicators();
    }
    bool const more_to_bind = bind_rows();
    bool const more_to_tell = tell_records();
    (void)m_reads.write(m_database);
    auto sealed = m_database.write([&](storage::Transaction& transaction) -> Result<std::int64_t> {
        return journal::seal(transaction, m_clock.now(), seal_at_once);
    });
    return (sealed && *sealed == seal_at_once) || (passed && *passed == plan::advance_at_most)
        || (warned && *warned == flow::clocks_at_once) || more_to_bind || more_to_tell;
}

}
