#include "command/demo_data.hpp"
#include "account/demo.hpp"
#include "command/demo_campaign.hpp"
#include "command/demo_past.hpp"
#include "command/demo_records.hpp"
#include "command/store_import.hpp"
#include "core/embedded.hpp"
#include "organization/unit.hpp"
#include "plan/plan_advance.hpp"
#include "plan/plan_create.hpp"
#include "plan/plan_fix.hpp"
#include "plan/plan_schedule.hpp"
#include "record/place.hpp"
#include "text/normal.hpp"
#include <algorithm>
#include <map>

namespace kpuhub::command {

using definition::DemoOffice;
using definition::DemoOwnership;
using plan::TreeNode;
using storage::Query;

constexpr Query is_loaded { "command.demo_is_loaded", "SELECT 1 FROM setting WHERE name = 'demo_data'" };
constexpr Query mark_loaded { "command.demo_mark_loaded", "INSERT INTO setting (name, value) VALUES ('demo_data', '1')" };
constexpr Query version_of_subject { "command.demo_version", "SELECT version FROM subject WHERE id = $1" };

constexpr int sample_year = 2026;      // of all sample decrees
constexpr auto samples = "definitions/samples/";

namespace {

/// One office being filled: the actor, his act and what the file says of it.
struct OfficeLoad {
    storage::Transaction& transaction;
    journal::Act const& act;
    DemoOffice const& office;
    UnitId unit;
    std::map<std::string, SubdivisionId> subdivisions {};

    [[nodiscard]] std::int64_t version(PlanId id) const { return transaction.first(version_of_subject, id)->integer(0); }
    Result<void> set(PlanId id, std::vector<PlanNodeId> const& rows, plan::RowSetting const& setting) const
    {
        if (rows.empty())
            return {};
        TRY(plan::set_rows(transaction, act, id, version(id), rows, setting));
        return {};
    }
};

bool speaks_of(plan::Node const& row, std::vector<std::string> const& words)
{
    auto const body = " " + text::normal(row.body) + " ";
    return std::ranges::any_of(words, [&](std::string const& word) { return body.find(text::normal(word)) != std::string::npos; });
}

/// Rows of an area that one of the exceptions names; what stands under them goes with them.
void find_exceptions(TreeNode const& node, DemoOwnership const& rule, std::map<std::string, std::vector<PlanNodeId>>& rows)
{
    for (auto const& child : node.children) {
        auto const fits = [&](auto const& each) { return speaks_of(child.row, each.words); };
        auto const exception = std::ranges::find_if(rule.exceptions, fits);
        if (child.row.level == plan::Level::Indicator)
            continue;
        if (exception != rule.exceptions.end())
            rows[exception->subdivision].push_back(child.row.id);
        else
            find_exceptions(child, rule, rows);
    }
}

Result<void> set_owners(OfficeLoad const& load, PlanId id, plan::Tree const& tree)
{
    std::map<std::string, std::vector<PlanNodeId>> rows;
    std::map<std::string, std::vector<PlanNodeId>> exceptions;
    for (auto const& area : tree.areas) {
        auto const rule = std::ranges::find(load.office.ownership, area.row.area_no, &DemoOwnership::area);
        if (rule == load.office.ownership.end())
            continue;
        rows[rule->subdivision].push_back(area.row.id);
        find_exceptions(area, *rule, exceptions);
    }
    for (auto const& chosen : { rows, exceptions }) {
        for (auto const& [subdivision, ids] : chosen) {
            plan::RowSetting setting;
            setting.owner = plan::RowSetting::Owner { load.subdivisions.at(subdivision), {} };
            TRY_VOID(load.set(id, ids, setting));
        }
    }
    return {};
}

bool has_months(TreeNode const& node)
{
    return !node.row.printed.none() || std::ranges::any_of(node.children, has_months);
}

/// A decree without months gets a working schedule for five of its areas; the others still wait for theirs.
Result<void> set_working_schedule(OfficeLoad const& load, PlanId id, plan::Tree const& tree)
{
    if (std::ranges::any_of(tree.areas, has_months))
        return {};
    static std::vector<std::vector<int>> const months { { 3, 6, 9, 12 }, { 6, 12 }, { 4, 5, 6 }, { 2, 8 }, { 10, 11 } };
    for (std::size_t i = 0; i < std::min(months.size(), tree.areas.size()); ++i) {
        plan::RowSetting setting;
        setting.working = plan::Months::of(months[i]);
        TRY_VOID(load.set(id, { tree.areas[i].row.id }, setting));
    }
    return {};
}

Result<PlanId> make_plan(OfficeLoad& load, ImportRequest const& request, decree::Draft const& draft)
{
    for (auto const& each : organization::subdivisions(load.transaction, load.unit, load.act.today))
        load.subdivisions[each.code] = each.id;
    auto const id = TRY(store_import(load.transaction, load.act, request, draft));
    auto const tree = plan::tree_of(load.transaction, id);
    TRY_VOID(set_owners(load, id, tree));
    TRY_VOID(set_working_schedule(load, id, tree));
    TRY_VOID(plan::fix(load.transaction, load.act, id, load.version(id), tree.decree));
    return id;
}

/// When the decree reached the program: two days after its date, in office hours, never later than now.
time::Instant imported_at(decree::Draft const& draft, time::Instant now)
{
    auto const decided = time::Date::from_iso(draft.decree.date).value_or(time::Date::of(sample_year, 2, 2));
    return std::min(now, time::start_of_day(decided.plus(std::chrono::days { 2 }), time::Zone::Wita).plus(std::chrono::hours { 9 }));
}

/// The registers of the program, in use from the start.
Result<void> switch_registers_on(storage::Database& database, definition::Shelf& shelf, journal::Act const& act, std::string const& unit)
{
    return database.write([&](storage::Transaction& transaction) -> Result<void> {
        for (auto const& made : shelf.newest(transaction))
            TRY_VOID(record::set_use(transaction, act, shelf, unit, made->id, true));
        return {};
    });
}

/// The office's plan from its sample and the work on it; all in one action.
Result<int> load_office(storage::Database& database, storage::BlobStore& blobs, text::Messages const& messages, RecordKeeping& keeping, DemoOffice const& office,
    time::Clock const& clock)
{
    auto const held = blobs.hold();
    auto const blob = TRY(blobs.put(embedded_file(samples + office.plan)));
    auto const draft = TRY(read_draft(TRY(blobs.path_of(blob.hash)), false));
    auto const at = imported_at(draft, clock.now());
    auto const today = time::date_at(at, time::Zone::Wib);
    UnitId unit;
    auto const actor = TRY(database.read([&](storage::Reader& reader) -> Result<PersonId> {
        unit = TRY(organization::unit_by_code(reader, office.unit, today)).id;
        return reform_secretary(reader, unit, today);
    }));
    auto const act = journal::make_act(actor, at, today);
    TRY_VOID(switch_registers_on(database, keeping.shelf, act, office.unit));
    auto const plan = TRY(database.write([&](storage::Transaction& transaction) -> Result<PlanId> {
        OfficeLoad load { transaction, act, office, unit };
        return make_plan(load, { unit, sample_year, office.plan, blob.hash, true, false }, draft);
    }));
    if (!office.campaign.empty())
        TRY(load_demo_campaign(database, keeping, unit, actor, office.campaign, clock));
    return load_demo_past(database, messages, plan, actor, clock.now());
}

Result<void> let_days_pass(storage::Database& database, time::Clock const& clock)
{
    int passed = plan::advance_at_most;
    while (passed == plan::advance_at_most)
        passed = TRY(database.write([&](storage::Transaction& transaction) { return plan::advance(transaction, clock.now()); }));
    return {};
}

}

Result<bool> load_demo_data(storage::Database& database, storage::BlobStore& blobs, text::Messages const& messages, time::Clock const& clock)
{
    auto const loaded = TRY(database.read([](storage::Reader& reader) -> Result<bool> { return reader.first(is_loaded).has_value(); }));
    if (loaded || clock.today() < time::Date::of(sample_year, 1, 1))
        return false;
    auto const file = TRY(account::demo_file());
    RecordKeeping keeping;
    for (auto const& office : file.offices)
        if (!office.plan.empty())
            TRY(load_office(database, blobs, messages, keeping, office, clock));
    TRY_VOID(let_days_pass(database, clock));
    TRY(load_demo_records(database, keeping.desk(), clock.now()));
    return database.write([](storage::Transaction& transaction) -> Result<bool> {
        transaction.execute(mark_loaded);
        return true;
    });
}

}
