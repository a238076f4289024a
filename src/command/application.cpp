#include "command/application.hpp"
#include "account/people_pages.hpp"
#include "account/sign_in_pages.hpp"
#include "command/navigation.hpp"
#include "decree/import_pages.hpp"
#include "evidence/evidence_pages.hpp"
#include "evidence/upload.hpp"
#include "http/assets.hpp"
#include "journal/journal.hpp"
#include "plan/plan_advance.hpp"
#include "plan/plan_pages.hpp"
#include "portal/dashboard_pages.hpp"
#include "portal/home_pages.hpp"
#include "portal/public_pages.hpp"
#include "portal/settings_pages.hpp"
#include "record/record_pages.hpp"
#include <filesystem>
#include <stdexcept>

namespace kpuhub::command {

/// Where files on their way in pieces wait; "uploads" is the server's own and emptied at each start.
static std::string pieces_folder(std::string const& data_folder) { return data_folder + "/pieces"; }

/// Where tables on their way out lie until they are sent.
static std::string exports_folder(std::string const& data_folder) { return data_folder + "/exports"; }

/// Throws std::runtime_error when a folder cannot be used: the program does not start.
static std::unique_ptr<storage::BlobStore> open_blobs(std::string const& data_folder)
{
    auto blobs = storage::BlobStore::open(data_folder + "/blobs");
    if (!blobs)
        throw std::runtime_error("the folder for files cannot be used: " + blobs.error().message_key);
    std::filesystem::create_directories(pieces_folder(data_folder));
    std::filesystem::permissions(pieces_folder(data_folder), std::filesystem::perms::owner_all);
    std::filesystem::remove_all(exports_folder(data_folder));
    std::filesystem::create_directories(exports_folder(data_folder));
    std::filesystem::permissions(exports_folder(data_folder), std::filesystem::perms::owner_all);
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
{
    m_door.answer_faults_with(m_faults);
    register_rooms();
}

void Application::register_rooms()
{
    m_door.navigate_with(navigation);
    http::add_assets(m_router);
    account::register_sign_in_pages(m_door, m_router);
    decree::register_import_pages(m_door, m_router, *m_blobs);
    decree::register_reading(m_workshop, m_database, m_clock, *m_blobs);
    evidence::register_pages(m_door, m_router, { { *m_blobs, pieces_folder(m_data_folder) }, m_proof_listener, m_proof_catalog });
    plan::register_pages(m_door, m_router);
    record::register_pages(m_door, m_router,
        { m_shelf, { *m_blobs, pieces_folder(m_data_folder) }, exports_folder(m_data_folder), m_record_listeners, m_proof_catalog, m_proof_listener });
    portal::register_home_pages(m_door, m_router);
    portal::register_public_pages(m_door, m_router);
    portal::register_settings_pages(m_door, m_router);
    portal::register_dashboard_pages(m_door, m_router, m_plan_source);
    account::register_people_pages(m_door, m_router, { &m_grant_handover, &m_plan_handover });
}

bool Application::tick()
{
    constexpr std::int64_t seal_at_once = 2'000;
    if (m_clock.now() >= m_uploads_cleared_at.plus(std::chrono::hours { 1 })) {
        m_uploads_cleared_at = m_clock.now();
        (void)evidence::drop_stale_uploads(m_database, pieces_folder(m_data_folder), m_clock.now());
    }
    auto passed = m_database.write([&](storage::Transaction& transaction) -> Result<int> {
        return plan::advance(transaction, m_clock.now());
    });
    auto sealed = m_database.write([&](storage::Transaction& transaction) -> Result<std::int64_t> {
        return journal::seal(transaction, m_clock.now(), seal_at_once);
    });
    return (sealed && *sealed == seal_at_once) || (passed && *passed == plan::advance_at_most);
}

}
