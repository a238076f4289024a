#include "indicator/tally_year.hpp"
#include "indicator/source.hpp"
#include "plan/board.hpp"
#include "plan/contribution.hpp"
#include "plan/desk.hpp"
#include "plan/panel.hpp"
#include "plan/plan_advance.hpp"
#include "plan/plan_create.hpp"
#include "plan/plan_deliver.hpp"
#include "plan/plan_revise.hpp"
#include "plan/plan_store.hpp"
#include "plan/plan_schedule.hpp"
#include "plan/plan_source.hpp"
#include "plan/plan_verify.hpp"
#include "plan/task_lists.hpp"
#include "support/office.hpp"
#include "support/test_database.hpp"
#include <algorithm>

using namespace kpuhub;
using namespace kpuhub::testing;
using time::Date;

namespace {

class PlanChange : public ForBothEngines {
protected:
    void SetUp() override
    {
        office = make_office(*database);
        id = make_plan(*database, office, 2026, Date::of(2026, 1, 5));
    }

    plan::Board board(PersonId by)
    {
        return *database->read([&](storage::Reader& reader) { return plan::board(reader, by, Date::of(2026, 6, 15), id); });
    }
    PlanNodeId row(std::string_view body)
    {
        for (auto const& each : board(office.andreas).rows)
            if (each.node.body == body)
                return each.node.id;
        throw std::runtime_error("no such row");
    }
    auto set(PersonId by, std::vector<PlanNodeId> const& rows, plan::RowSetting const& setting)
    {
        auto version = version_of(*database, subject_of(id));
        return database->write([&](storage::Transaction& transaction) {
            return plan::set_rows(transaction, act_of(by, Date::of(2026, 6, 15)), id, version, rows, setting);
        });
    }
    plan::Tree tree()
    {
        return *database->read([&](storage::Reader& reader) -> Result<plan::Tree> { return plan::tree_of(reader, id); });
    }
    auto revise(PersonId by, plan::Tree const& rows, std::string const& reason)
    {
        auto version = version_of(*database, subject_of(id));
        return database->write([&](storage::Transaction& transaction) {
            return plan::revise(transaction, act_of(by, Date::of(2026, 6, 15)), id, version, reason, rows);
        });
    }
    void submit(std::string_view body, unsigned month)
    {
        auto found = deliverable(*database, id, body, month);
        ASSERT_TRUE(database->write([&](storage::Transaction& transaction) {
            return plan::submit(transaction, act_of(office.siti, Date::of(2026, 6, 15)), { found.id, found.version }, "Selesai");
        }));
    }
    void expect_tallies_true()
    {
        auto wrong = *database->read([&](storage::Reader& reader) -> Result<indicator::Mismatches> {
            return indicator::compare_with_rows(reader, plan::PlanSource {}, office.kota_jambi);
        });
        for (auto const* table : { &wrong.tallies, &wrong.years })
            for (auto const& each : *table)
                ADD_FAILURE() << each.period << " " << each.part << " kept " << each.kept << " computed " << each.computed;
    }

    Office office;
    PlanId id {};
};

FOR_BOTH_ENGINES(PlanChange);

}

TEST_P(PlanChange, RowsWithoutMonthsWaitForTheirWorkingSchedule)
{
    EXPECT_EQ(plan::rows_without_schedule(board(office.andreas)).size(), 1U);
    ASSERT_TRUE(set(office.andreas, { row("Revisi naskah dinas") }, { .working = plan::Months::of({ 10, 11 }) }));
    EXPECT_EQ(deliverable(*database, id, "Revisi naskah dinas", 11).state, "scheduled");
    EXPECT_TRUE(plan::rows_without_schedule(board(office.andreas)).empty());
    EXPECT_EQ(tally(*database, office.kota_jambi, "2026", "a2.unscheduled"), 0);
    expect_tallies_true();
}

TEST_P(PlanChange, AWholeAreaIsScheduledInOneActionAndWorkIsKept)
{
    submit("Monitoring rencana aksi", 6);
    auto changed = set(office.andreas, { row("Manajemen Perubahan") }, { .working = plan::Months::of({ 5, 6 }) });
    ASSERT_TRUE(changed);
    EXPECT_EQ(*changed, 3);
    EXPECT_EQ(deliverable(*database, id, "Monitoring rencana aksi", 6).state, "submitted");
    EXPECT_THROW((void)deliverable(*database, id, "Monitoring rencana aksi", 3), std::runtime_error);
    EXPECT_EQ(deliverable(*database, id, "Sosialisasi nilai-nilai", 6).state, "scheduled");
    EXPECT_EQ(tree().areas[0].children[0].children[1].row.printed, plan::Months::of({ 2, 3, 4 }));
    expect_tallies_true();
}

TEST_P(PlanChange, OwnersAuthorityAndApplicabilityReachWhatStandsUnderTheRow)
{
    auto area = row("Manajemen Perubahan");
    ASSERT_TRUE(set(office.andreas, { area }, { .owner = plan::RowSetting::Owner { office.hukum, {} }, .tentative = true }));
    for (auto const& each : board(office.andreas).rows)
        EXPECT_TRUE(each.node.owner_subdivision == office.hukum);
    EXPECT_EQ(tally(*database, office.kota_jambi, "2026", "a1.all"), 0);
    EXPECT_EQ(tally(*database, office.kota_jambi, "2026", "a1.apart"), 6);
    EXPECT_EQ(set(office.andreas, { area }, { .applies = false }).error().kind, FaultKind::Invalid);
    EXPECT_TRUE(set(office.andreas, { area }, { .tentative = false, .applies = false, .applies_reason = "Tidak ada anggaran" }));
    expect_tallies_true();
}

TEST_P(PlanChange, OnlyWhoManagesSetsRowsAndOnlyForItsOwnOffice)
{
    plan::RowSetting setting { .working = plan::Months::of({ 6 }) };
    EXPECT_EQ(set(office.siti, { row("Manajemen Perubahan") }, setting).error().kind, FaultKind::Forbidden);
    EXPECT_EQ(set(office.ratna, { row("Manajemen Perubahan") }, setting).error().kind, FaultKind::Forbidden);
    EXPECT_EQ(set(office.budi, { row("Manajemen Perubahan") }, setting).error().kind, FaultKind::NotFound);
    EXPECT_EQ(set(office.andreas, { PlanNodeId { 999'999 } }, setting).error().kind, FaultKind::Invalid);
    EXPECT_EQ(set(office.andreas, { row("Manajemen Perubahan") }, { .owner = plan::RowSetting::Owner { { 999'999 }, {} } }).error().kind,
        FaultKind::Invalid);
}

TEST_P(PlanChange, ARevisionSaysWhyAndKeepsWhatWasTakenOut)
{
    submit("Monitoring rencana aksi", 6);
    auto rows = tree();
    ASSERT_TRUE(plan::take_out(rows, row("Monitoring rencana aksi")));
    auto* run = plan::row_in(rows, row("Sosialisasi nilai-nilai"));
    run->row.body = "Sosialisasi nilai dasar";
    plan::TreeNode added;
    added.row.level = plan::Level::Subactivity;
    added.row.body = "Survei budaya kerja";
    added.row.printed = plan::Months::of({ 11 });
    ASSERT_TRUE(plan::put_in(rows, row("Pelaksanaan manajemen perubahan"), 0, added));
    EXPECT_EQ(revise(office.andreas, rows, "").error().kind, FaultKind::Invalid);
    EXPECT_EQ(revise(office.siti, rows, "Perubahan anggaran").error().kind, FaultKind::Forbidden);
    auto revision = revise(office.andreas, rows, "Perubahan anggaran");
    ASSERT_TRUE(revision);
    EXPECT_EQ(*revision, 1);
    EXPECT_EQ(deliverable(*database, id, "Survei budaya kerja", 11).state, "scheduled");
    expect_tallies_true();
    auto first = *database->read([&](storage::Reader& reader) -> Result<std::vector<plan::TreeNode>> {
        return plan::areas_at(reader, TRY(plan::find_plan(reader, office.siti, Date::of(2026, 6, 15), id)), 0);
    });
    EXPECT_EQ(first[0].children[0].children[2].row.body, "Monitoring rencana aksi");
    EXPECT_EQ(tree().areas[0].children[0].children.size(), 3U);
    auto refused = database->read([&](storage::Reader& reader) { return plan::find_plan(reader, office.budi, Date::of(2026, 6, 15), id); });
    EXPECT_EQ(refused.error().kind, FaultKind::NotFound);
}

TEST_P(PlanChange, BoardAndPanelTakeFewStatementsHoweverManyRows)
{
    auto june = deliverable(*database, id, "Penyelenggaraan integritas", 6);
    auto counted = *database->read([&](storage::Reader& reader) -> Result<std::pair<int, int>> {
        auto before = reader.statements();
        EXPECT_TRUE(plan::board(reader, office.siti, Date::of(2026, 6, 15), office.kota_jambi, 2026));
        auto between = reader.statements();
        auto panel = plan::panel(reader, office.siti, Date::of(2026, 6, 15), june.id);
        EXPECT_TRUE(panel);
        EXPECT_EQ(panel->items.size(), 2U);
        EXPECT_EQ(panel->area_text, "Manajemen Perubahan");
        EXPECT_EQ(panel->activity_text, "Pelaksanaan manajemen perubahan");
        EXPECT_TRUE(panel->owns_it);
        EXPECT_TRUE(panel->verifier.who(office.maria));
        EXPECT_EQ(plan::panel(reader, office.budi, Date::of(2026, 6, 15), june.id).error().kind, FaultKind::NotFound);
        EXPECT_EQ(plan::board(reader, office.budi, Date::of(2026, 6, 15), id).error().kind, FaultKind::NotFound);
        return std::pair { between - before, reader.statements() - between };
    });
    EXPECT_EQ(counted.first, 3);
    EXPECT_EQ(counted.second, 4);
    EXPECT_TRUE(board(office.ratna).rows.size() == 12U);
    EXPECT_FALSE(board(office.ratna).head.rights.manage);
}

TEST_P(PlanChange, ListsShowWhatEachPersonHasToDo)
{
    submit("Monitoring rencana aksi", 3);
    auto today = Date::of(2026, 6, 15);
    auto done = database->read([&](storage::Reader& reader) -> Result<bool> {
        auto tasks = plan::tasks_of(reader, office.siti, today, Date::of(2026, 6, 30), 7);
        EXPECT_EQ(tasks.total, 3);
        EXPECT_EQ(tasks.lines.front().node.body, "Sosialisasi nilai-nilai");
        EXPECT_EQ(tasks.lines.front().owner_person, "Maria Goreti");
        EXPECT_EQ(plan::tasks_of(reader, office.budi, today, Date::of(2026, 6, 30), 7).total, 0);
        EXPECT_EQ(plan::tasks_of(reader, office.siti, today, Date::of(2026, 6, 30), 1).lines.size(), 1U);
        EXPECT_EQ(plan::late_rows(reader, office.ratna, today, office.kota_jambi, std::nullopt, {}, 7).total, 2);
        EXPECT_EQ(plan::late_rows(reader, office.budi, today, office.kota_jambi, std::nullopt, {}, 7).total, 0);
        EXPECT_EQ(plan::late_rows(reader, office.maria, today, office.kota_jambi, 2, {}, 7).total, 1);
        EXPECT_EQ(plan::due_between(reader, office.maria, today, office.kota_jambi, today, Date::of(2026, 6, 30), office.rendatin, 7).total, 2);
        EXPECT_EQ(plan::desk_lines(reader, office.maria, today, office.kota_jambi, 50).waiting.total, 1);
        EXPECT_EQ(plan::desk_lines(reader, office.andreas, today, office.kota_jambi, 50).waiting.total, 0);
        EXPECT_EQ(plan::inbox_of(reader, office.maria, today, office.kota_jambi).to_verify, 1);
        EXPECT_EQ(plan::inbox_of(reader, office.andreas, today, office.kota_jambi).to_verify, 0);
        EXPECT_EQ(plan::desk_lines(reader, office.sekretaris, today, office.kota_jambi, 7).without_verifier.total, 0);
        return true;
    });
    EXPECT_TRUE(done);
    EXPECT_TRUE(plan::rows_without_owner(board(office.andreas)).empty());
}

/// How many there are, and which of them are shown.
static std::vector<std::int64_t> ids(plan::WorkLines const& of)
{
    std::vector<std::int64_t> found { of.total };
    for (auto const& line : of.lines)
        found.push_back(line.deliverable.id.value);
    return found;
}

TEST_P(PlanChange, OwnWorkIsBothListsInOneReading)
{
    auto const today = Date::of(2026, 6, 15), until = Date::of(2026, 6, 30);
    for (int month : { 3, 6 }) {
        submit("Monitoring rencana aksi", month);
        auto const back = database->write([&](storage::Transaction& transaction) -> Result<plan::Rulings> {
            auto const waits = plan::desk_lines(transaction, office.maria, today, office.kota_jambi, 50).waiting;
            auto const& line = waits.lines.front().deliverable;
            return plan::send_back(transaction, act_of(office.maria, today.plus(std::chrono::days { -month })), { { { line.id, line.version }, "Belum lengkap" } });
        });
        ASSERT_TRUE(back) << back.error().message_key;
    }
    ASSERT_TRUE(database->read([&](storage::Reader& reader) -> Result<bool> {
        for (auto person : { office.siti, office.maria, office.budi })
            for (int limit : { 1, 2, 7 }) {
                auto const both = plan::own_work(reader, person, today, until, limit);
                EXPECT_EQ(ids(both.tasks), ids(plan::tasks_of(reader, person, today, until, limit))) << limit;
                EXPECT_EQ(ids(both.returned), ids(plan::returned_to(reader, person, today, limit))) << limit;
            }
        EXPECT_EQ(plan::own_work(reader, office.siti, today, until, 7).returned.total, 2);
        return true;
    }));
}

TEST_P(PlanChange, WorkOfAnOfficeIsItsListsInOneReading)
{
    auto const today = Date::of(2026, 6, 15), until = Date::of(2026, 7, 31);
    submit("Monitoring rencana aksi", 3);
    ASSERT_TRUE(database->read([&](storage::Reader& reader) -> Result<bool> {
        for (auto person : { office.maria, office.budi })
            for (int limit : { 1, 50 }) {
                auto const all = plan::unit_work(reader, person, today, office.kota_jambi, until, limit);
                EXPECT_EQ(ids(all.late), ids(plan::late_rows(reader, person, today, office.kota_jambi, std::nullopt, {}, limit))) << limit;
                EXPECT_EQ(ids(all.due), ids(plan::due_between(reader, person, today, office.kota_jambi, today, until, {}, limit))) << limit;
                auto const apart = plan::desk_lines(reader, person, today, office.kota_jambi, limit);
                auto const together = plan::desk_lines(reader, person, today, office.kota_jambi, all.submitted, limit);
                EXPECT_EQ(ids(together.waiting), ids(apart.waiting));
                EXPECT_EQ(ids(together.without_verifier), ids(apart.without_verifier));
            }
        auto const maria = plan::unit_work(reader, office.maria, today, office.kota_jambi, until, 50);
        EXPECT_EQ(maria.submitted.total, 1);
        EXPECT_GT(maria.late.total, 0);
        EXPECT_GT(maria.due.total, 0);
        EXPECT_EQ(plan::unit_work(reader, office.budi, today, office.kota_jambi, until, 50).submitted.total, 0);
        return true;
    }));
}

TEST_P(PlanChange, RowsComeWithWhatTheyCover)
{
    ASSERT_TRUE(database->write([&](storage::Transaction& transaction) -> Result<void> {
        transaction.execute({ "test.cover", "INSERT INTO plan_cover (indicator_id, subactivity_id) SELECT i.subject_id, s.subject_id"
                                            " FROM plan_node i JOIN plan_node s ON s.plan_id = i.plan_id AND s.subject_id <> i.subject_id"
                                            " WHERE i.plan_id = $1 AND i.level = 'subactivity' AND s.level = 'subactivity' ON CONFLICT DO NOTHING" }, id);
        return {};
    }));
    ASSERT_TRUE(database->read([&](storage::Reader& reader) -> Result<bool> {
        auto const together = plan::rows_of(reader, id);
        auto const nodes = plan::nodes_of(reader, id);
        auto const covers = plan::covers_of(reader, id);
        EXPECT_EQ(together.sources.size(), nodes.size());
        EXPECT_EQ(together.nodes.size(), nodes.size());
        for (std::size_t i = 0; i < std::min(nodes.size(), together.nodes.size()); ++i)
            EXPECT_EQ(together.nodes[i].id, nodes[i].id);
        EXPECT_FALSE(covers.empty());
        EXPECT_EQ(together.covers.size(), covers.size());
        for (std::size_t i = 0; i < std::min(covers.size(), together.covers.size()); ++i) {
            EXPECT_EQ(together.covers[i].indicator, covers[i].indicator);
            EXPECT_EQ(together.covers[i].subactivity, covers[i].subactivity);
        }
        return true;
    }));
}

TEST_P(PlanChange, EachFigureOpensTheListOfItsRowsAndNoOther)
{
    submit("Monitoring rencana aksi", 3);
    ASSERT_TRUE(database->write([&](storage::Transaction& transaction) {
        return plan::advance(transaction, time::start_of_day(Date::of(2026, 7, 5), time::Zone::Wib));
    }));
    plan::PlanSource source;
    auto checked = database->read([&](storage::Reader& reader) -> Result<int> {
        int figures = 0;
        auto rows = [&](PersonId by, indicator::Figure const& figure) {
            return static_cast<std::int64_t>(source.rows_behind(reader, by, Date::of(2026, 7, 5), figure, 0, 100).size());
        };
        for (auto const& [period, sums] : indicator::year_of_unit(reader, plan::plan_progress, office.kota_jambi, 2026))
            for (auto const& [part, amount] : sums.parts) {
                if (part.find("unscheduled") != std::string::npos || part.starts_with("plan."))
                    continue;
                EXPECT_EQ(rows(office.siti, { office.kota_jambi, false, period, part }), amount) << period << " " << part;
                ++figures;
            }
        EXPECT_EQ(rows(office.ratna, { office.province, true, "2026", "late" }), 4);
        EXPECT_EQ(rows(office.siti, { office.national, true, "2026", "late" }), 4);
        EXPECT_EQ(rows(office.budi, { office.national, true, "2026", "late" }), 0);
        return figures;
    });
    EXPECT_GT(*checked, 10);
}

TEST_P(PlanChange, AChangeIsInTheNationalFigureInTheSameTransaction)
{
    auto done = database->write([&](storage::Transaction& transaction) -> Result<bool> {
        auto today = Date::of(2026, 6, 15);
        auto verified = [&] {
            auto children = indicator::years_of_children(transaction, plan::plan_progress, office.national, 2026, today);
            EXPECT_EQ(children.size(), 2U);
            EXPECT_EQ(children[0].unit, office.national);
            EXPECT_EQ(children[1].units, 3);
            return children[1].of_year().total("submitted");
        };
        EXPECT_EQ(verified(), 0);
        auto found = transaction.first({ "test.any", "SELECT subject_id FROM deliverable WHERE due_on = '2026-04-30'" });
        TRY_VOID(plan::submit(transaction, act_of(office.siti, today), { found->id<DeliverableTag>(0), 1 }, std::nullopt));
        EXPECT_EQ(verified(), 1);
        auto year = indicator::sum_of(indicator::years_of_children(transaction, plan::plan_progress, office.province, 2026, today));
        EXPECT_EQ(year["2026"].total("all"), 8);
        EXPECT_EQ(year["2026-04"].total("all"), 1);
        EXPECT_EQ(year["2026"].ratio("submitted", "all"), (Ratio { 1, 8 }));
        return true;
    });
    EXPECT_TRUE(done);
}
