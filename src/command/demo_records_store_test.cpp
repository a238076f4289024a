#include "account/demo.hpp"
#include "command/demo_data.hpp"
#include "command/opening.hpp"
#include "command/record_keeping.hpp"
#include "core/embedded.hpp"
#include "definition/node.hpp"
#include "plan/plan_source.hpp"
#include "record/figure_jobs.hpp"
#include "support/test_folder.hpp"
#include <gtest/gtest.h>

using namespace kpuhub;
using namespace kpuhub::command;

namespace {

/// The demonstration as it opens on a day.
class DemoDay {
public:
    explicit DemoDay(time::Date day) : m_clock(time::start_of_day(day, time::Zone::Wita).plus(std::chrono::hours { 11 }))
    {
        Settings settings;
        settings.data = m_folder.path().string();
        m_database = open_database(settings, m_clock).value();
        auto const blobs = storage::BlobStore::open(settings.data + "/blobs").value();
        fault = [&]() -> Result<void> {
            TRY(account::load_demo_offices(*m_database, "peragaan-2026", m_clock.now()));
            TRY(load_demo_data(*m_database, *blobs, text::Messages::embedded(), m_clock));
            return {};
        }();
    }

    std::int64_t count(std::string const& sql)
    {
        return m_database->read([&](storage::Reader& reader) -> Result<std::int64_t> { return reader.first({ "test.count", sql })->integer(0); }).value();
    }
    /// How many contributions and sums a rebuild finds wrong.
    std::int64_t wrong_figures()
    {
        RecordKeeping keeping;
        plan::PlanSource const plans;
        auto const all = m_database->read([&](storage::Reader& reader) -> Result<std::vector<std::string>> {
            std::vector<std::string> ids;
            for (auto const& made : keeping.indicators.newest(reader))
                ids.push_back(made->id);
            return ids;
        }).value();
        EXPECT_GT(all.size(), 20U);
        std::int64_t wrong = 0;
        for (auto const& id : all)
            wrong += record::rebuild_indicator({ *m_database, keeping.indicators, { &plans }, m_clock }, id, [](std::int64_t, std::int64_t) { return true; }).value();
        return wrong;
    }

    Result<void> fault {};

private:
    kpuhub::testing::TestFolder m_folder;
    time::FixedClock m_clock;
    std::unique_ptr<storage::Database> m_database;
};

}

TEST(DemoRecords, all_of_them_are_there_in_november_with_figures_limits_and_proposals)
{
    DemoDay demo { time::Date::of(2026, 11, 28) };
    ASSERT_TRUE(demo.fault) << demo.fault.error().message_key << " " << demo.fault.error().detail;
    auto const file = definition::parse("demo_records.yaml", embedded_file("definitions/samples/demo_records.yaml")).value();
    auto const of_campaign = demo.count("SELECT count(*) FROM subject WHERE kind = 'r_integrity_pact'");
    EXPECT_EQ(demo.count("SELECT count(*) FROM subject WHERE kind LIKE 'r\\_%' ESCAPE '\\'") - of_campaign, static_cast<std::int64_t>(file["records"].items.size())) << "a record was left out";
    EXPECT_GT(demo.count("SELECT count(*) FROM clock WHERE state = 'running'"), 10);
    EXPECT_GT(demo.count("SELECT count(*) FROM clock WHERE passed = 1"), 0);
    EXPECT_GT(demo.count("SELECT count(*) FROM provable_record"), 20);
    for (auto const* state : { "registered", "in_process", "incomplete", "objection", "dispute", "closed", "ruled" })
        EXPECT_GT(demo.count("SELECT count(*) FROM subject WHERE kind = 'r_ppid_request' AND state = '" + std::string { state } + "'"), 0) << state;
    EXPECT_EQ(demo.count("SELECT count(DISTINCT f_inherent_level) FROM r_risk"), 5) << "the table of five by five is filled";
    EXPECT_GT(demo.count("SELECT count(*) FROM r_event_attendance__attendees"), 40);
    EXPECT_GT(demo.count("SELECT count(DISTINCT indicator) FROM tally WHERE amount <> 0"), 20);
    auto const progress = [&] { return demo.count("SELECT coalesce(sum(amount), 0) FROM tally WHERE indicator = 'plan_progress' AND part LIKE 'a%.verified'"); };
    auto const verified = progress();
    EXPECT_GT(verified, 100) << "the plans have progress, not \"not reported\"";
    EXPECT_EQ(demo.wrong_figures(), 0) << "what was counted with each write is what a rebuild counts";
    EXPECT_EQ(progress(), verified) << "a rebuild once put the progress of the plans to 0";
}

TEST(DemoRecords, the_demonstration_opens_on_other_days_too)
{
    for (auto const day : { time::Date::of(2026, 1, 9), time::Date::of(2027, 2, 1) }) {
        DemoDay demo { day };
        EXPECT_TRUE(demo.fault) << day.iso() << " " << demo.fault.error().message_key << " " << demo.fault.error().detail;
    }
}
