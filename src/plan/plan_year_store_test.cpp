#include "evidence/evidence_actions.hpp"
#include "indicator/source.hpp"
#include "journal/journal.hpp"
#include "organization/place_closing.hpp"
#include "plan/board.hpp"
#include "plan/panel.hpp"
#include "plan/plan_close.hpp"
#include "plan/plan_create.hpp"
#include "account/grant_handover.hpp"
#include "plan/plan_handover.hpp"
#include "plan/plan_deliver.hpp"
#include "plan/plan_move.hpp"
#include "plan/plan_proof.hpp"
#include "plan/plan_revise.hpp"
#include "plan/plan_schedule.hpp"
#include "plan/plan_source.hpp"
#include "plan/plan_verify.hpp"
#include "plan/shared_proof.hpp"
#include "plan/task_lists.hpp"
#include "support/office.hpp"
#include "support/test_database.hpp"
#include <gmock/gmock.h>

using namespace kpuhub;
using namespace kpuhub::testing;
using time::Date;

namespace {

/// The plan of 2026 of Kota Jambi, fixed in January, on 15 June.
class PlanYear : public ForBothEngines {
protected:
    void SetUp() override
    {
        office = make_office(*database);
        id = make_plan(*database, office, 2026, Date::of(2026, 1, 5));
    }
    Date const june { Date::of(2026, 6, 15) };

    auto close(PersonId by)
    {
        auto version = version_of(*database, subject_of(id));
        return database->write([&](storage::Transaction& transaction) { return plan::close(transaction, act_of(by, june), id, version); });
    }
    auto reopen(PersonId by, std::string const& reason)
    {
        auto version = version_of(*database, subject_of(id));
        return database->write([&](storage::Transaction& transaction) { return plan::reopen_plan(transaction, act_of(by, june), id, version, reason); });
    }
    void finish(std::string_view body, unsigned month)
    {
        auto found = deliverable(*database, id, body, month);
        ASSERT_TRUE(database->write([&](storage::Transaction& transaction) {
            return plan::submit(transaction, act_of(office.siti, june), { found.id, found.version }, "Selesai");
        }));
        found = deliverable(*database, id, body, month);
        ASSERT_TRUE(database->write([&](storage::Transaction& transaction) {
            return plan::verify(transaction, act_of(office.maria, june), { { { found.id, found.version }, {} } });
        }));
    }
    plan::Tree tree(PlanId of)
    {
        return *database->read([&](storage::Reader& reader) -> Result<plan::Tree> { return plan::tree_of(reader, of); });
    }
    PlanNodeId row(std::string_view body)
    {
        auto const now = tree(id);
        for (auto const& flat : plan::flatten(now))
            if (flat.node->row.body == body)
                return flat.node->row.id;
        throw std::runtime_error("no such row");
    }
    Result<std::int64_t> set(PersonId by, std::vector<PlanNodeId> const& rows, plan::RowSetting const& setting)
    {
        auto version = version_of(*database, subject_of(id));
        return database->write([&](storage::Transaction& transaction) {
            return plan::set_rows(transaction, act_of(by, june), id, version, rows, setting);
        });
    }
    auto carry(int year, plan::CarryOver what)
    {
        return database->write([&](storage::Transaction& transaction) {
            return plan::create_from(transaction, act_of(office.andreas, june), id, office.kota_jambi, year, what);
        });
    }
    std::vector<plan::Deliverable> owed(std::string_view body)
    {
        auto board = *database->read([&](storage::Reader& reader) { return plan::board(reader, office.andreas, june, id); });
        auto of = row(body);
        std::vector<plan::Deliverable> found;
        for (auto const& each : board.deliverables)
            if (each.node == of)
                found.push_back(each);
        return found;
    }
    void expect_tallies_true(UnitId unit)
    {
        auto wrong = *database->read([&](storage::Reader& reader) -> Result<indicator::Mismatches> {
            return indicator::compare_with_rows(reader, plan::PlanSource {}, unit);
        });
        wrong.tallies.insert(wrong.tallies.end(), wrong.years.begin(), wrong.years.end());
        for (auto const& each : wrong.tallies)
            ADD_FAILURE() << each.period << " " << each.part << " kept " << each.kept << " computed " << each.computed;
    }

    Office office;
    PlanId id {};
};
FOR_BOTH_ENGINES(PlanYear);

std::map<std::string, plan::Node> rows_by_text(plan::Tree const& tree)
{
    std::map<std::string, plan::Node> rows;
    for (auto const& flat : plan::flatten(tree))
        rows[flat.node->row.body] = flat.node->row;
    return rows;
}

}

TEST_P(PlanYear, AClosedPlanCanOnlyBeReadUntilItIsOpenedAgainWithAReason)
{
    auto const found = deliverable(*database, id, "Sosialisasi nilai-nilai", 4);
    EXPECT_EQ(close(office.siti).error().kind, FaultKind::Forbidden);
    EXPECT_EQ(close(office.budi).error().kind, FaultKind::NotFound);
    EXPECT_EQ(reopen(office.andreas, "belum ditutup").error().message_key, "plan.not_closed");
    ASSERT_TRUE(close(office.andreas));
    EXPECT_EQ(close(office.andreas).error().message_key, "plan.closed");
    auto submitted = database->write([&](storage::Transaction& transaction) {
        return plan::submit(transaction, act_of(office.siti, june), { found.id, found.version }, "Selesai");
    });
    EXPECT_EQ(submitted.error().message_key, "plan.closed");
    EXPECT_EQ(set(office.andreas, { row("Revisi naskah dinas") }, { .working = plan::Months::of({ 10 }) }).error().message_key, "plan.closed");
    EXPECT_EQ(reopen(office.andreas, "  ").error().kind, FaultKind::Invalid);
    EXPECT_EQ(reopen(office.siti, "salah tutup").error().kind, FaultKind::Forbidden);
    ASSERT_TRUE(reopen(office.andreas, "Laporan TW IV menyusul"));
    EXPECT_TRUE(set(office.andreas, { row("Revisi naskah dinas") }, { .working = plan::Months::of({ 10 }) }));
    expect_tallies_true(office.kota_jambi);
    auto events = *database->read([&](storage::Reader& reader) -> Result<std::vector<journal::Event>> { return journal::of_subject(reader, subject_of(id), {}, 10); });
    EXPECT_TRUE(std::ranges::any_of(events, [](auto const& event) { return event.kind == "plan.reopened"; }));
}

TEST_P(PlanYear, ADraftIsNotClosed)
{
    auto draft = database->write([&](storage::Transaction& transaction) {
        return plan::create(transaction, act_of(office.andreas, june), office.kota_jambi, 2027, plan::PlanKind::Office, small_tree(office));
    });
    auto closed = database->write([&](storage::Transaction& transaction) { return plan::close(transaction, act_of(office.andreas, june), *draft, 1); });
    EXPECT_EQ(closed.error().message_key, "plan.not_fixed");
}

TEST_P(PlanYear, WhatIsUnfinishedIsListedBeforeClosing)
{
    finish("Penyelenggaraan integritas", 6);
    auto rows = *database->read([&](storage::Reader& reader) -> Result<std::vector<plan::UnfinishedRow>> { return plan::unfinished_rows(reader, id); });
    std::map<std::string, plan::UnfinishedRow> by_text;
    for (auto const& each : rows)
        by_text[each.body] = each;
    EXPECT_FALSE(by_text.contains("Penyelenggaraan integritas"));
    EXPECT_EQ(by_text.at("Monitoring rencana aksi").open, 4);
    EXPECT_EQ(by_text.at("Monitoring rencana aksi").first, deliverable(*database, id, "Monitoring rencana aksi", 3).id);
    EXPECT_EQ(by_text.at("Revisi naskah dinas").open, 0);
    EXPECT_TRUE(by_text.at("Assessment center").apart);
    EXPECT_EQ(rows.size(), 5U);
}

TEST_P(PlanYear, UnfinishedRowsAreCarriedIntoNextYearsPlanByALink)
{
    finish("Penyelenggaraan integritas", 6);
    EXPECT_EQ(carry(2026, plan::CarryOver::OnlyUnfinished).error().message_key, "plan.carry.no_earlier_plan");
    auto next = carry(2027, plan::CarryOver::OnlyUnfinished);
    ASSERT_TRUE(next) << next.error().message_key;
    auto rows = rows_by_text(tree(*next));
    EXPECT_FALSE(rows.contains("Penyelenggaraan integritas"));
    EXPECT_FALSE(rows.contains("Assessment center"));
    EXPECT_EQ(rows.at("Sosialisasi nilai-nilai").carried_from, row("Sosialisasi nilai-nilai"));
    EXPECT_EQ(rows.at("Revisi naskah dinas").carried_from, row("Revisi naskah dinas"));
    EXPECT_FALSE(rows.at("Manajemen Perubahan").carried_from);
    auto all = carry(2028, plan::CarryOver::AllRows);
    ASSERT_TRUE(all);
    rows = rows_by_text(tree(*all));
    EXPECT_FALSE(rows.at("Penyelenggaraan integritas").carried_from);
    EXPECT_TRUE(rows.at("Sosialisasi nilai-nilai").carried_from);
    EXPECT_EQ(rows.size(), rows_by_text(tree(id)).size());
    auto again = plan::tree_from_json(plan::to_json(tree(*all)));
    EXPECT_EQ(plan::to_json(*again), plan::to_json(tree(*all)));
    expect_tallies_true(office.kota_jambi);
}

TEST_P(PlanYear, AFixedDueDayHoldsInsteadOfTheMonthEnd)
{
    // 10 January 2027 is a Sunday; 10 October 2026 a Saturday
    EXPECT_EQ(set(office.andreas, { row("Monitoring rencana aksi") }, { .due = plan::DueDay { 32, 0, plan::DueShift::Keep } }).error().kind, FaultKind::Invalid);
    EXPECT_EQ(set(office.siti, { row("Monitoring rencana aksi") }, { .due = plan::DueDay { 10, 0, plan::DueShift::Keep } }).error().kind, FaultKind::Forbidden);
    ASSERT_TRUE(set(office.andreas, { row("Monitoring rencana aksi") }, { .due = plan::DueDay { 10, 1, plan::DueShift::Keep } }));
    auto days = [&] {
        std::vector<std::string> found;
        for (auto const& each : owed("Monitoring rencana aksi"))
            found.push_back(each.due_on.iso());
        return found;
    };
    EXPECT_EQ(days(), (std::vector<std::string> { "2026-04-10", "2026-07-10", "2026-10-10", "2027-01-10" }));
    ASSERT_TRUE(set(office.andreas, { row("Monitoring rencana aksi") }, { .due = plan::DueDay { 10, 1, plan::DueShift::After } }));
    EXPECT_EQ(days(), (std::vector<std::string> { "2026-04-10", "2026-07-10", "2026-10-12", "2027-01-11" }));
    ASSERT_TRUE(set(office.andreas, { row("Monitoring rencana aksi") }, { .due = plan::DueDay { 10, 1, plan::DueShift::Before } }));
    EXPECT_EQ(days(), (std::vector<std::string> { "2026-04-10", "2026-07-10", "2026-10-09", "2027-01-08" }));
    // late from the day after, and in the list of what is late
    auto late = *database->read([&](storage::Reader& reader) -> Result<plan::WorkLines> {
        return plan::late_rows(reader, office.andreas, Date::of(2026, 4, 11), office.kota_jambi, {}, {}, 50);
    });
    EXPECT_TRUE(std::ranges::any_of(late.lines, [&](auto const& line) { return line.node.body == "Monitoring rencana aksi"; }));
    // what falls due after the year counts in its December
    EXPECT_EQ(tally(*database, office.kota_jambi, "2026-12", "t.all"), 1);
    EXPECT_EQ(tally(*database, office.kota_jambi, "2027-01", "t.all"), 0);
    auto behind = *database->read([&](storage::Reader& reader) -> Result<std::vector<indicator::SourceRow>> {
        return plan::PlanSource {}.rows_behind(reader, office.andreas, june, { office.kota_jambi, false, "2026-12", "t.all" }, 0, 50);
    });
    EXPECT_EQ(behind.size(), 1U);
    ASSERT_TRUE(set(office.andreas, { row("Manajemen Perubahan") }, { .due = plan::DueDay {} }));
    EXPECT_EQ(days().back(), "2026-12-31");
    expect_tallies_true(office.kota_jambi);
}

TEST_P(PlanYear, AWholeAreaTakesADueDayInOneActionAndWorkStays)
{
    finish("Penyelenggaraan integritas", 6);
    ASSERT_TRUE(set(office.andreas, { row("Manajemen Perubahan") }, { .due = plan::DueDay { 31, 0, plan::DueShift::Keep } }));
    EXPECT_EQ(owed("Sosialisasi nilai-nilai").front().due_on, Date::of(2026, 4, 30));
    EXPECT_EQ(deliverable(*database, id, "Penyelenggaraan integritas", 6).state, "verified");
    EXPECT_EQ(tree(id).areas[0].children[0].children[1].row.printed, plan::Months::of({ 2, 3, 4 }));
}

TEST_P(PlanYear, AFixedPlanIsReorderedByARevisionAndDeliverablesFollowTheirRows)
{
    finish("Penyelenggaraan integritas", 6);
    auto moved = tree(id);
    ASSERT_TRUE(plan::move_row(moved, row("Penyelenggaraan integritas"), row("Penataan naskah"), 0, plan::Numbering::Follow));
    auto revise = [&](std::string const& reason) {
        auto version = version_of(*database, subject_of(id));
        return database->write([&](storage::Transaction& transaction) { return plan::revise(transaction, act_of(office.andreas, june), id, version, reason, moved); });
    };
    EXPECT_EQ(revise("").error().kind, FaultKind::Invalid);
    ASSERT_TRUE(revise("Salah area"));
    EXPECT_EQ(deliverable(*database, id, "Penyelenggaraan integritas", 6).state, "verified");
    EXPECT_EQ(tally(*database, office.kota_jambi, "2026", "a1.verified"), 0);
    EXPECT_EQ(tally(*database, office.kota_jambi, "2026", "a2.verified"), 1);
    EXPECT_EQ(rows_by_text(tree(id)).at("Pemetaan naskah dinas").number, "2");
    expect_tallies_true(office.kota_jambi);
}

TEST_P(PlanYear, ProofsOfTheAuthorityAboveAreSharedWithTheSameItemBelow)
{
    auto give_item = [&](PlanId of, char const* body) {
        ASSERT_TRUE(database->write([&](storage::Transaction& transaction) -> Result<void> {
            transaction.execute({ "test.item", "UPDATE plan_node SET common_item = 'assessment_center' WHERE plan_id = $1 AND body = $2" }, of, body);
            return {};
        }));
    };
    auto at = act_of(office.ratna, june);
    ASSERT_TRUE(database->write([&](storage::Transaction& transaction) -> Result<void> {
        transaction.execute({ "test.grant", "INSERT INTO role_grant (role, unit_id, person_id, valid_from, valid_to, written_at)"
            " VALUES ('rb_secretary', $1, $2, '2000-01-01', '2099-12-31', 0)" }, office.province, office.ratna);
        return {};
    }));
    auto above_tree = small_tree(office);
    for (auto& area : above_tree.areas)
        for (auto& activity : area.children)
            for (auto& each : activity.children)
                each.row.authority = plan::Authority::Office;
    for (auto& area : above_tree.areas) {
        std::function<void(plan::TreeNode&)> free = [&](plan::TreeNode& node) {
            node.row.owner_subdivision = {};
            for (auto& child : node.children)
                free(child);
        };
        free(area);
    }
    auto above = database->write([&](storage::Transaction& transaction) {
        return plan::create(transaction, at, office.province, 2026, plan::PlanKind::Office, above_tree);
    });
    ASSERT_TRUE(above) << above.error().message_key;
    ASSERT_TRUE(database->write([&](storage::Transaction& transaction) -> Result<void> {
        transaction.execute({ "test.fixed", "UPDATE subject SET state = 'fixed' WHERE id = $1" }, *above);
        return {};
    }));
    give_item(*above, "Assessment center");
    give_item(id, "Assessment center");
    auto shared = [&] {
        auto below = deliverable(*database, id, "Assessment center", 6);
        return *database->read([&](storage::Reader& reader) -> Result<plan::SharedProofs> {
            return plan::shared_proofs(reader, june, TRY(plan::panel(reader, office.dewi, june, below.id)));
        });
    };
    EXPECT_TRUE(shared().proofs.empty());
    EXPECT_EQ(shared().sources.size(), 1U);
    plan::ProofListener listener;
    auto source = deliverable(*database, *above, "Assessment center", 6);
    evidence::Target const target { subject_of(source.id), {} };
    auto proof = database->write([&](storage::Transaction& transaction) {
        return evidence::bring(transaction, at, listener, office.province,
            { .kind = evidence::Kind::Link, .title = "Laporan assessment", .address = "https://jambi.kpu.go.id/laporan" }, { target });
    });
    ASSERT_TRUE(proof) << proof.error().message_key;
    ASSERT_EQ(shared().proofs.size(), 1U);
    EXPECT_EQ(shared().proofs[0].unit_name, "KPU Provinsi Jambi");
    auto may_open = [&](PersonId person) {
        return *database->read([&](storage::Reader& reader) -> Result<bool> { return plan::shared_with(reader, person, june, *proof); });
    };
    EXPECT_TRUE(may_open(office.dewi));
    EXPECT_FALSE(may_open(office.budi));
    // counted apart: nothing of it stands in the office's own figures
    EXPECT_EQ(owed("Assessment center").front().proofs, 0);
    auto board = *database->read([&](storage::Reader& reader) { return plan::board(reader, office.dewi, june, id); });
    for (auto const& each : board.rows)
        EXPECT_EQ(each.shared, each.node.body == "Assessment center" ? 1 : 0) << each.node.body;
    ASSERT_TRUE(database->write([&](storage::Transaction& transaction) { return evidence::unlink(transaction, at, listener, *proof, target); }));
    EXPECT_TRUE(shared().proofs.empty());
    EXPECT_FALSE(may_open(office.dewi));
    expect_tallies_true(office.kota_jambi);
}

TEST_P(PlanYear, APlaceIsClosedOnlyWhenItsRowsRolesAndPeopleHaveASuccessor)
{
    account::GrantHandover const grants;
    plan::PlanHandover const rows;
    organization::HandoverParticipants const participants { &grants, &rows };
    auto const program = journal::make_act({}, act_of(office.andreas, june).at, june);
    auto close_as = [&](journal::Act const& act, organization::Place const& place, organization::Place const& next) {
        return database->write([&](storage::Transaction& transaction) { return organization::close_place(transaction, act, place, next, june, participants); });
    };
    organization::Place const part { {}, office.rendatin };
    EXPECT_EQ(close_as(act_of(office.siti, june), part, {}).error().kind, FaultKind::Forbidden);
    EXPECT_EQ(close_as(program, part, {}).error().message_key, "people.place.hangs");
    EXPECT_EQ(close_as(program, part, part).error().kind, FaultKind::Invalid);
    EXPECT_EQ(close_as(program, { office.head_of_rendatin, {} }, {}).error().message_key, "people.post.held");
    auto const hanging = *database->read([&](storage::Reader& reader) -> Result<std::vector<organization::HandoverItem>> {
        return organization::hanging_on(reader, part, june, participants);
    });
    EXPECT_TRUE(std::ranges::any_of(hanging, [](auto const& item) { return item.kind == "row" && item.title == "Sosialisasi nilai-nilai"; }));
    auto const version = version_of(*database, subject_of(id));
    ASSERT_TRUE(close_as(program, part, { {}, office.hukum }));
    EXPECT_GT(version_of(*database, subject_of(id)), version);
    for (auto const& [text, node] : rows_by_text(tree(id)))
        EXPECT_EQ(node.owner_subdivision, office.hukum) << text;
    EXPECT_EQ(close_as(program, { {}, office.hukum }, part).error().kind, FaultKind::Invalid);
    // the role of the head goes with the post; nobody hands a role to himself
    ASSERT_TRUE(database->write([&](storage::Transaction& transaction) -> Result<void> {
        transaction.execute({ "test.end", "UPDATE appointment SET valid_to = '2026-06-14' WHERE post_id = $1" }, office.head_of_rendatin);
        return {};
    }));
    ASSERT_TRUE(close_as(program, { office.head_of_rendatin, {} }, { office.head_of_hukum, {} }));
    auto const moved = *database->read([&](storage::Reader& reader) -> Result<std::int64_t> {
        return reader.first({ "test.roles", "SELECT count(*) FROM role_grant WHERE post_id = $1 AND role = 'area_owner' AND valid_to >= '2026-06-15'" }, office.head_of_hukum)->integer(0);
    });
    EXPECT_EQ(moved, 1);
}
