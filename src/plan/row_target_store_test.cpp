#include "definition/publication.hpp"
#include "plan/plan_create.hpp"
#include "plan/plan_fix.hpp"
#include "plan/plan_revise.hpp"
#include "plan/row_target.hpp"
#include "support/office.hpp"
#include "support/registers.hpp"
#include "support/test_database.hpp"
#include <algorithm>
#include <gmock/gmock.h>

using namespace kpuhub;
using namespace kpuhub::testing;
using plan::BoundBy;
using plan::RowTarget;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

namespace {

auto const today = time::Date::of(2026, 3, 2);

plan::TreeNode row(plan::Level level, std::string body, std::vector<plan::TreeNode> children = {})
{
    plan::TreeNode node;
    node.row.level = level;
    node.row.body = std::move(body);
    node.row.area_no = 8;
    node.children = std::move(children);
    return node;
}

/// Area 8 with a sub-activity of two success indicators and one without any.
plan::Tree service_tree()
{
    using plan::Level;
    plan::Tree tree;
    tree.title = "Rencana aksi";
    auto visitors = row(Level::Subactivity, "Atribut pelayanan", { row(Level::Indicator, "Buku tamu tersedia"), row(Level::Indicator, "Gedung dicat ulang") });
    visitors.row.printed = plan::Months::of({ 3 });
    auto area = row(Level::Area, "Pelayanan Publik", { row(Level::Activity, "Pelayanan", { visitors, row(Level::Subactivity, "Pelatihan pelayanan prima bagi petugas") }) });
    tree.areas = { area };
    return tree;
}

class RowTargets : public ForBothEngines {
protected:
    template<typename Action>
    auto made(PersonId who, Action action)
    {
        auto result = database->write([&](storage::Transaction& transaction) { return action(transaction, act_of(who, today)); });
        EXPECT_TRUE(result) << result.error().message_key;
        return *result;
    }
    void SetUp() override
    {
        office = make_office(*database);
        publish_registers(*database);
        plan = made(office.andreas, [&](auto& transaction, auto const& act) {
            return plan::create(transaction, act, office.kota_jambi, 2026, plan::PlanKind::Office, service_tree());
        });
    }
    Result<void> choose(PersonId who, PlanNodeId node, std::vector<std::pair<std::string, std::string>> targets, std::optional<std::int64_t> version = {})
    {
        return database->write([&](storage::Transaction& transaction) {
            return plan::choose_targets(transaction, act_of(who, today), plan, version.value_or(version_of(*database, subject_of(plan))), { node, targets });
        });
    }
    std::vector<RowTarget> targets(PlanId id)
    {
        return *database->read([&](storage::Reader& reader) -> Result<std::vector<RowTarget>> { return plan::targets_of(reader, id); });
    }
    std::vector<std::string> ids(PlanId id)
    {
        std::vector<std::string> found;
        for (auto const& each : targets(id))
            found.push_back(each.kind + ":" + each.id + " " + std::string { to_text(each.how) });
        return found;
    }
    std::int64_t count(std::string const& sql)
    {
        return *database->read([&](storage::Reader& reader) -> Result<std::int64_t> { return reader.query({ "test.count", sql }).front().integer(0); });
    }
    PlanNodeId node(std::string const& body)
    {
        return { *database->read([&](storage::Reader& reader) -> Result<std::int64_t> {
            return reader.query({ "test.node", "SELECT max(subject_id) FROM plan_node WHERE body = $1 AND plan_id = $2" }, body, plan).front().integer(0);
        }) };
    }
    std::int64_t on(std::string const& id) { return count("SELECT count(*) FROM register_use WHERE state = 'on' AND register = '" + id + "'"); }
    void fix_plan()
    {
        auto fixed = database->write([&](storage::Transaction& transaction) {
            return plan::fix(transaction, act_of(office.andreas, today), plan, version_of(*database, subject_of(plan)), { "1 TAHUN 2026", today, "Jambi", "Ketua", "Ketua" });
        });
        ASSERT_TRUE(fixed) << fixed.error().message_key;
    }

    Office office;
    PlanId plan;
};
FOR_BOTH_ENGINES(RowTargets);

}

TEST_P(RowTargets, are_proposed_with_the_rows_of_a_plan)
{
    EXPECT_THAT(ids(plan), ElementsAre("system:service_attributes import", "system:prime_service_training import"))
        << "an indicator by its words, a sub-activity without indicators by its own, and what nothing fits stays free";
    EXPECT_EQ(targets(plan).front().phrase, "buku tamu");
    EXPECT_EQ(on("visitor_book"), 0) << "a draft switches nothing on";
}

TEST_P(RowTargets, of_a_fixed_plan_switch_their_registers_on)
{
    fix_plan();
    EXPECT_EQ(on("visitor_book"), 1);
    EXPECT_EQ(on("event_attendance"), 1);
    EXPECT_EQ(on("gratification_report"), 0);
    EXPECT_EQ(count("SELECT count(*) FROM event WHERE kind = 'register.switched_on'"), 2);
}

TEST_P(RowTargets, what_a_person_switched_off_stays_off)
{
    made(office.andreas, [&](auto& transaction, auto const& act) -> Result<int> {
        transaction.execute({ "test.off", "INSERT INTO register_use (register, unit_id, state, changed_at) VALUES ('visitor_book', $1, 'off', 0)" }, office.kota_jambi);
        return static_cast<int>(act.at.milliseconds > 0);
    });
    fix_plan();
    EXPECT_EQ(on("visitor_book"), 0);
    EXPECT_EQ(on("event_attendance"), 1);
}

TEST_P(RowTargets, chosen_by_hand_stay_through_revisions_and_new_definitions)
{
    auto const painted = node("Gedung dicat ulang");
    ASSERT_TRUE(choose(office.andreas, painted, { { "system", "archive" }, { "register", "event_attendance" } }));
    ASSERT_TRUE(choose(office.andreas, node("Buku tamu tersedia"), {}));
    auto const chosen = ids(plan);
    EXPECT_THAT(chosen, ElementsAre("none: hand", "register:event_attendance hand", "system:archive hand", "system:prime_service_training import"));
    fix_plan();
    made(office.andreas, [&](auto& transaction, auto const& act) {
        auto tree = plan::tree_of(transaction, plan);
        plan::row_in(tree, painted)->row.body = "Gedung dan pagar dicat ulang";
        return plan::revise(transaction, act, plan, version_of(*database, subject_of(plan)), "Perbaikan kata", tree);
    });
    EXPECT_EQ(ids(plan), chosen);
    made(office.andreas, [&](auto& transaction, auto const& act) -> Result<int> {
        transaction.execute({ "test.older", "UPDATE plan_binding SET offer = 'older'" });
        return plan::bind_waiting(transaction, act.at, 10);
    });
    EXPECT_EQ(ids(plan), chosen);
    made(office.andreas, [&](auto& transaction, auto const& act) -> Result<int> {
        EXPECT_EQ(plan::bind_waiting(transaction, act.at, 10), 0) << "all are bound by what is there now";
        TRY_VOID(plan::reset_targets(transaction, act, plan, version_of(*database, subject_of(plan)), node("Buku tamu tersedia")));
        return 1;
    });
    EXPECT_EQ(ids(plan).front(), "system:service_attributes import");
}

TEST_P(RowTargets, that_are_gone_stay_where_they_stand)
{
    made(office.andreas, [&](auto& transaction, auto const& act) -> Result<int> {
        transaction.execute({ "test.gone", "UPDATE plan_node_target SET target = 'vanished', how = 'hand' WHERE target = 'service_attributes'" });
        return static_cast<int>(act.at.milliseconds > 0);
    });
    EXPECT_TRUE(choose(office.andreas, node("Buku tamu tersedia"), { { "system", "vanished" }, { "system", "archive" } })) << "it stood there";
    EXPECT_EQ(choose(office.andreas, node("Gedung dicat ulang"), { { "system", "vanished" } }).error().message_key, "plan.target.unknown");
    fix_plan();
    EXPECT_EQ(on("visitor_book"), 0);
}

TEST_P(RowTargets, go_with_next_years_plan_and_with_a_model)
{
    ASSERT_TRUE(choose(office.andreas, node("Gedung dicat ulang"), { { "system", "archive" } }));
    fix_plan();
    auto const next = made(office.andreas, [&](auto& transaction, auto const& act) { return plan::create_from(transaction, act, plan, office.kota_jambi, 2027); });
    EXPECT_THAT(ids(next), ElementsAre("system:service_attributes import", "system:archive hand", "system:prime_service_training import"));
}

TEST_P(RowTargets, of_a_model_go_with_it_and_are_known_as_its)
{
    give_role(*database, "model_publisher", office.national, office.ratna);
    plan = made(office.ratna, [&](auto& transaction, auto const& act) {
        return plan::create(transaction, act, office.national, 2026, plan::PlanKind::Model, service_tree());
    });
    ASSERT_TRUE(choose(office.ratna, node("Gedung dicat ulang"), { { "system", "archive" } }));
    made(office.ratna, [&](auto& transaction, auto const& act) -> Result<int> {
        TRY_VOID(plan::publish(transaction, act, plan, version_of(*database, subject_of(plan)), true));
        return 1;
    });
    auto const adopted = made(office.andreas, [&](auto& transaction, auto const& act) { return plan::adopt(transaction, act, plan, office.kota_jambi, 2027); });
    EXPECT_THAT(ids(adopted), ElementsAre("system:service_attributes import", "system:archive model", "system:prime_service_training import"));
}

TEST_P(RowTargets, are_changed_only_by_who_manages_the_plan)
{
    auto const visitors = node("Buku tamu tersedia");
    EXPECT_EQ(choose(office.siti, visitors, { { "system", "archive" } }).error().kind, FaultKind::Forbidden);
    EXPECT_EQ(choose(office.budi, visitors, { { "system", "archive" } }).error().kind, FaultKind::NotFound);
    EXPECT_EQ(choose(office.andreas, visitors, { { "system", "archive" } }, 99).error().kind, FaultKind::Conflict);
    EXPECT_EQ(choose(office.andreas, node("Atribut pelayanan"), { { "system", "archive" } }).error().kind, FaultKind::NotFound) << "its indicators are bound, not it";
    EXPECT_EQ(choose(office.andreas, visitors, { { "system", "no_such" } }).error().message_key, "plan.target.unknown");
    EXPECT_THAT(ids(plan), ElementsAre("system:service_attributes import", "system:prime_service_training import"));
}
