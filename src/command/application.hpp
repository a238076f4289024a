#pragma once
#include "account/door.hpp"
#include "account/grant_handover.hpp"
#include "command/clock_guard.hpp"
#include "command/record_keeping.hpp"
#include "indicator/stock.hpp"
#include "http/fault_page.hpp"
#include "http/router.hpp"
#include "job/job.hpp"
#include "plan/plan_proof.hpp"
#include "plan/plan_source.hpp"
#include "plan/proof_catalog.hpp"
#include "paper/paper.hpp"
#include "storage/blob_store.hpp"
#include "plan/plan_handover.hpp"
#include "record/read_log.hpp"
#include "record/sender_mail.hpp"
#include "storage/database.hpp"
#include "text/messages.hpp"
#include "time/date.hpp"
#include "view/renderer.hpp"
#include <memory>
#include <string>

namespace kpuhub::command {

/// All rooms wired together: what serve runs behind its sockets and what the HTTP tests call without one.
class Application {
public:
    Application(storage::Database&, time::Clock const&, std::string data_folder, account::DoorSettings, http::Log log = http::Log {});
    Application(Application const&) = delete;
    Application& operator=(Application const&) = delete;

    [[nodiscard]] http::Router const& router() const { return m_router; }
    [[nodiscard]] account::Door const& door() const { return m_door; }
    [[nodiscard]] http::FaultPages const& faults() const { return m_faults; }
    [[nodiscard]] text::Messages const& messages() const { return m_messages; }
    [[nodiscard]] job::Workshop& workshop() { return m_workshop; }
    [[nodiscard]] storage::BlobStore& blobs() { return *m_blobs; }
    [[nodiscard]] ClockGuard const& clock_guard() const { return m_clock_guard; }

    /// The clocks of all rooms: what rooms start and stop, and what tests count with.
    [[nodiscard]] flow::Clocks& clocks() { return m_keeping.clocks; }

    /// One round of the scheduler: a look at the clock, deadlines and limits that have passed, warnings, seals; once an hour what has run out is
    /// forgotten and stale files go. Returns whether more waits.
    bool tick();

private:
    void register_rooms();
    void look_at_clock();
    void sweep_each_hour();
    void write_mails_of_the_day();
    bool bind_rows();
    bool tell_records();
    void keep_indicators();

    storage::Database& m_database;
    time::Clock const& m_clock;
    std::string m_data_folder;
    std::unique_ptr<storage::BlobStore> m_blobs;
    text::Messages m_messages;
    view::Renderer m_renderer;
    account::Door m_door;
    http::FaultPages m_faults;
    account::GrantHandover m_grant_handover;
    plan::PlanHandover m_plan_handover;
    job::Workshop m_workshop;
    RecordKeeping m_keeping;
    flow::PassedListeners m_passed_listeners;
    plan::PlanSource m_plan_source;
    plan::ProofListener m_proof_listener;
    plan::ProofCatalog m_proof_catalog;
    indicator::UnitStock m_unit_stock;
    indicator::AppointmentStock m_appointment_stock;
    indicator::Stocks m_stocks;                 ///< what indicators count at the end of a period, by name
    record::ReadLog m_reads;
    record::SenderMail m_sender_mail;
    paper::Kinds m_paper_kinds;
    ClockGuard m_clock_guard;
    time::Instant m_swept_at {};
    time::Instant m_mails_written_at {};
    time::Instant m_rows_bound_at {};
    time::Instant m_records_told_at {};
    time::Instant m_indicators_kept_at {};
    http::Router m_router;
};

}
