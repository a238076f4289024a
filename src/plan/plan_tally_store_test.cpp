#include "indicator/source.hpp"
#include "plan/plan_advance.hpp"
#include "plan/plan_deliver.hpp"
#include "plan/plan_fix.hpp"
#include "plan/plan_schedule.hpp"
#include "plan/plan_source.hpp"
#include "plan/plan_store.hpp"
#include "plan/plan_verify.hpp"
#include "support/office.hpp"
#include "support/test_database.hpp"
#include <random>
#include <thread>

using namespace kpuhub;
using namespace kpuhub::testing;
using time::Date;

namespace {

class PlanTally : public ForBothEngines {
protected:
    void SetUp() override { office = make_office(*database); }

    std::vector<plan::StoredDeliverable> deliverables()
    {
        return *database->read([&](storage::Reader& reader) -> Result<std::vector<plan::StoredDeliverable>> {
            return plan::deliverables_of_plan(reader, id);
        });
    }
    indicator::Mismatches wrong()
    {
        return *database->read([&](storage::Reader& reader) -> Result<indicator::Mismatches> {
            return indicator::compare_with_rows(reader, plan::PlanSource {}, office.kota_jambi);
        });
    }

    /// One random action; refusals are part of the game.
    void act_at_random(std::mt19937& random, std::vector<plan::StoredDeliverable> const& all)
    {
        auto const& chosen = all[random() % all.size()].deliverable;
        plan::Shown shown { chosen.id, chosen.version };
        auto today = Date::of(2026, 1, 2).plus(std::chrono::days { random() % 380 });
        (void)database->write([&, kind = random() % 9, person = random() % 3](storage::Transaction& transaction) -> Result<bool> {
            auto by = act_of(person == 0 ? office.siti : person == 1 ? office.andreas : office.maria, today);
            switch (kind) {
            case 0: TRY_VOID(plan::start(transaction, by, shown)); break;
            case 1:
            case 2: TRY_VOID(plan::submit(transaction, by, shown, std::nullopt)); break;
            case 3: TRY_VOID(plan::withdraw(transaction, by, shown)); break;
            case 4: TRY_VOID(plan::verify(transaction, by, { { shown, "" } })); break;
            case 5: TRY_VOID(plan::send_back(transaction, by, { { shown, "Belum lengkap" } })); break;
            case 6: TRY_VOID(plan::reopen(transaction, by, shown, "Keliru")); break;
            case 7: TRY_VOID(plan::mark_not_applicable(transaction, by, shown, "Tidak ada")); break;
            default: TRY_VOID(plan::advance(transaction, by.at, 3)); break;
            }
            return true;
        });
    }

    void change_the_plan(std::mt19937& random)
    {
        auto version = version_of(*database, subject_of(id));
        auto nodes = *database->read([&](storage::Reader& reader) -> Result<std::vector<plan::Node>> { return plan::nodes_of(reader, id); });
        plan::RowSetting setting;
        if (random() % 2 == 0)
            setting.working = plan::Months { static_cast<std::uint16_t>(random() % 4096) };
        else
            setting.tentative = random() % 2 == 0;
        auto row = nodes[random() % nodes.size()].id;
        (void)database->write([&](storage::Transaction& transaction) {
            return plan::set_rows(transaction, act_of(office.andreas, Date::of(2026, 5, 5)), id, version, { row }, setting);
        });
    }

    Office office;
    PlanId id {};
};

FOR_BOTH_ENGINES(PlanTally);

}

TEST_P(PlanTally, StayEqualToARebuildForAnySequenceOfChanges)
{
    id = make_plan(*database, office, 2026, std::nullopt);
    std::mt19937 random { 20260101 };
    for (int step = 0; step < 150; ++step) {
        if (step == 40) {
            ASSERT_TRUE(database->write([&](storage::Transaction& transaction) {
                return plan::fix(transaction, act_of(office.andreas, Date::of(2026, 4, 1)), id, version_of(*database, subject_of(id)),
                    { "1", Date::of(2026, 4, 1), "", "", "" });
            }));
        }
        if (step % 10 == 9)
            change_the_plan(random);
        else if (auto all = deliverables(); !all.empty())
            act_at_random(random, all);
        if (step % 10 == 0) {
            ASSERT_TRUE(wrong().empty()) << "after step " << step;
        }
    }
    EXPECT_TRUE(wrong().empty());
}

TEST_P(PlanTally, StayTrueWithSeveralWriters)
{
    id = make_plan(*database, office, 2026, Date::of(2026, 1, 5));
    auto all = deliverables();
    auto work = [&](unsigned seed) {
        std::mt19937 random { seed };
        for (int step = 0; step < 40; ++step)
            act_at_random(random, deliverables());
    };
    std::thread first(work, 1);
    std::thread second(work, 2);
    std::thread third([&] {
        std::mt19937 random { 3 };
        for (int step = 0; step < 10; ++step)
            change_the_plan(random);
    });
    first.join();
    second.join();
    third.join();
    EXPECT_TRUE(wrong().empty());
}

TEST_P(PlanTally, ARebuildPutsRightWhatWasWrong)
{
    id = make_plan(*database, office, 2026, Date::of(2026, 1, 5));
    constexpr storage::Query spoil { "test.spoil", "UPDATE tally SET amount = amount + 5 WHERE part = 'a1.all' AND unit_id = $1" };
    constexpr storage::Query forget { "test.forget", "DELETE FROM tally WHERE part = 'a2.all' AND unit_id = $1" };
    constexpr storage::Query spoil_year { "test.spoil_year", "UPDATE tally_year SET t_all = 0, m04_due = m04_due + 3 WHERE unit_id = $1" };
    ASSERT_TRUE(database->write([&](storage::Transaction& transaction) -> Result<bool> {
        transaction.execute(spoil, office.kota_jambi);
        transaction.execute(forget, office.kota_jambi);
        transaction.execute(spoil_year, office.kota_jambi);
        return true;
    }));
    EXPECT_FALSE(wrong().tallies.empty());
    EXPECT_EQ(wrong().years.size(), 2U);
    ASSERT_TRUE(database->write([&](storage::Transaction& transaction) -> Result<std::int64_t> {
        return indicator::rebuild(transaction, plan::PlanSource {}, office.kota_jambi);
    }));
    EXPECT_TRUE(wrong().empty());
}
