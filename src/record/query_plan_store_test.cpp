#include "organization/access.hpp"
#include "record/recap.hpp"
#include "record/record_list.hpp"
#include "support/figure_fixture.hpp"
#include "support/plan_reader.hpp"

namespace kpuhub::record {

/// How SQLite looks up what each page asks for. An index that is added elsewhere can make it choose another way for a statement that nobody
/// touched: once unit_scope_by_depth, then beginning with the version of the tree, made it read the whole tree wherever rights are asked.
/// Not asked of PostgreSQL: its choice depends on how much stands in the tables, which is little here.
class QueryPlan : public FigureFixture {
protected:
    using Plan = PlanReader::Plan;
    Date const today = Date::of(2026, 4, 20);

    /// The plans of all statements that the work runs the second time, when definitions are known.
    template<typename Work>
    std::vector<Plan> plans_of(Work work)
    {
        return database->read([&](storage::Reader& reader) -> Result<std::vector<Plan>> {
            work(reader);
            PlanReader plans { reader };
            work(plans);
            return plans.plans();
        }).value();
    }

    static std::string text(Plan const& plan)
    {
        std::string all = plan.statement + ":\n";
        for (auto const& line : plan.lines)
            all += "  " + line + "\n";
        return all;
    }

    /// The lines that look into the table of this alias.
    static std::vector<std::string> lookups(Plan const& plan, std::string const& alias)
    {
        std::vector<std::string> found;
        for (auto const& line : plan.lines)
            if (line == "SCAN " + alias || line.starts_with("SCAN " + alias + " ") || line == "SEARCH " + alias || line.starts_with("SEARCH " + alias + " "))
                found.push_back(line);
        return found;
    }

    /// Each lookup of the alias goes by one of these: there is at least one.
    static void goes_by(Plan const& plan, std::string const& alias, std::vector<std::string> const& indexes)
    {
        auto const found = lookups(plan, alias);
        EXPECT_FALSE(found.empty()) << alias << " is not looked up in " << text(plan);
        for (auto const& line : found)
            EXPECT_TRUE(std::ranges::any_of(indexes, [&](auto const& index) { return line.find(index) != std::string::npos; })) << line << "\nin " << text(plan);
    }

    /// No table is read from end to end, but results of the statement itself (`own`: other names that it has for them).
    static void reads_no_whole_table(Plan const& plan, std::set<std::string> own = {})
    {
        own.insert("CONSTANT");
        for (auto const& line : plan.lines)
            for (std::string const word : { "MATERIALIZE ", "CO-ROUTINE " })
                if (line.starts_with(word))
                    own.insert(line.substr(word.size()));
        for (auto const& line : plan.lines)
            if (line.starts_with("SCAN ")) {
                auto const name = line.substr(5, line.find(' ', 5) - 5);
                EXPECT_TRUE(own.contains(name) || name.starts_with("(")) << line << "\nin " << text(plan);
            }
    }

    /// The lookups of the access rule: by the unit, by the person.
    static void asks_rights_by_index(Plan const& plan)
    {
        goes_by(plan, "mu", { " INDEX unit_scope_by_unit (unit_id=?", " INDEX sqlite_autoindex_unit_scope_1 (tree_version=? AND ancestor_id=? AND unit_id=?)" });
        asks_roles_by_index(plan);
        goes_by(plan, "mr", { " INDEX role_permission_by_register (role=? AND register", " INDEX role_permission_by_permission (permission=?", " INDEX sqlite_autoindex_role_permission_1 (role=?" });
    }
    static void asks_roles_by_index(Plan const& plan)
    {
        goes_by(plan, "g", { " INDEX role_grant_by_person (person_id=?", " INDEX role_grant_by_post (post_id=?" });
        goes_by(plan, "ma", { " INDEX appointment_by_person (person_id=?" });
        goes_by(plan, "ms", { " INDEX appointment_by_person (person_id=?" });
        goes_by(plan, "mp", { " INTEGER PRIMARY KEY (rowid=?)" });
    }
};
INSTANTIATE_TEST_SUITE_P(Engine, QueryPlan, ::testing::Values(storage::Engine::Sqlite), engine_name);

TEST_P(QueryPlan, rights_are_looked_up_by_unit_and_person)
{
    auto const plans = plans_of([&](storage::Reader& reader) {
        (void)organization::may(reader, office.siti, today, office.kota_jambi, "plan.read");
        (void)organization::may_each(reader, office.siti, today, office.kota_jambi, { "plan.read", "plan.manage", "plan.work" });
    });
    ASSERT_EQ(plans.size(), 2U);
    for (auto const& plan : plans) {
        asks_rights_by_index(plan);
        reads_no_whole_table(plan);
    }
}

TEST_P(QueryPlan, the_index_that_once_led_rights_through_the_whole_tree_would_be_noticed)
{
    sql("DROP INDEX unit_scope_by_depth");
    sql("CREATE INDEX unit_scope_by_depth ON unit_scope (tree_version, ancestor_id, depth, unit_id)");
    auto const plans = plans_of([&](storage::Reader& reader) { (void)organization::may(reader, office.siti, today, office.kota_jambi, "plan.read"); });
    EXPECT_THAT(lookups(plans.front(), "mu"), ::testing::ElementsAre("SEARCH mu USING COVERING INDEX unit_scope_by_depth (tree_version=?)"));
}

TEST_P(QueryPlan, the_place_of_a_register_and_of_a_record_is_found_by_index)
{
    auto const id = make(office.siti, "1571", { { "kind", { "big" } } }).value();
    auto const plans = plans_of([&](storage::Reader& reader) {
        EXPECT_TRUE(place_of(reader, shelf, { office.siti, today }, "1571", "filing"));
        EXPECT_TRUE(place_of_record(reader, shelf, { office.siti, today }, id));
        EXPECT_TRUE(registers_of(reader, shelf, { office.siti, today }, "1571"));
    });
    ASSERT_EQ(plans.size(), 4U) << "and the newest versions";
    for (auto const& plan : { plans[0], plans[1], plans[2] }) {
        asks_rights_by_index(plan);
        reads_no_whole_table(plan);
        goes_by(plan, "n", { " INDEX sqlite_autoindex_unit_name_1 (unit_id=?" });
    }
    goes_by(plans[0], "u", { " INDEX sqlite_autoindex_unit_1 (code=?" });
    goes_by(plans[1], "s", { " INTEGER PRIMARY KEY (rowid=?)" });
}

TEST_P(QueryPlan, a_page_of_a_list_reads_records_of_the_office_alone)
{
    (void)make(office.siti, "1571", { { "kind", { "big" } } });
    using Words = std::vector<std::pair<std::string, std::string>>;
    for (auto const& words : { Words {}, Words { { "state", "asked" }, { "f.kind", "big" } }, Words { { "late", "1" } }, Words { { "mine", "1" } }, Words { { "sort", "-amount" }, { "after", "9~9" } } }) {
        http::Fields query;
        for (auto const& [name, value] : words)
            query.add(name, value);
        auto const plans = plans_of([&](storage::Reader& reader) {
            auto const place = place_of(reader, shelf, { office.siti, today }, "1571", "filing").value();
            auto const question = question_of(query, place);
            ASSERT_TRUE(question);
            EXPECT_TRUE(list(reader, place, *question));
            (void)count_states(reader, place);
        });
        ASSERT_EQ(plans.size(), 3U);
        for (auto const& plan : plans)
            reads_no_whole_table(plan);
        asks_rights_by_index(plans[1]);
        goes_by(plans[1], "s", { " INDEX subject_by_kind (kind=? AND unit_id=?", " INDEX subject_by_unit (unit_id=? AND kind=?" });
        goes_by(plans[1], "t", { " INTEGER PRIMARY KEY (rowid=?)" });
        asks_rights_by_index(plans[2]);
    }
}

TEST_P(QueryPlan, the_record_over_offices_goes_along_the_branch)
{
    give_role(*database, "supervisor", office.national, office.ratna);
    for (auto by : { RecapBy::Branch, RecapBy::Office }) {
        auto const plans = plans_of([&](storage::Reader& reader) { EXPECT_TRUE(recap_of(reader, shelf, { office.ratna, today }, "00", "filing", by)); });
        for (auto const& plan : plans) {
            asks_roles_by_index(plan);
            goes_by(plan, "mu", { "(tree_version=? AND ancestor_id=?", "(ancestor_id=? AND tree_version=?", "(unit_id=? AND ancestor_id=?" });
            goes_by(plan, "b", { "(tree_version=? AND ancestor_id=?", "(ancestor_id=? AND tree_version=?" });
            reads_no_whole_table(plan, { "h", "x", "given" });
        }
    }
}

}
