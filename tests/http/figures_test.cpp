#include "command/generated_plan.hpp"
#include "journal/journal.hpp"
#include "organization/unit.hpp"
#include "support/hub.hpp"
#include <fmt/format.h>
#include <gmock/gmock.h>

using namespace kpuhub;
using kpuhub::testing::Hub;
namespace aid = kpuhub::testing;

namespace {

/// Design 13: what a page may cost whatever stands in the database. Kota Jambi has a plan as large as that of the bench (8 areas x 4
/// activities x 3 sub-activities x 2 success indicators), and KPU RI has 38 provinces below it.
class Figures : public ::testing::TestWithParam<storage::Engine> {
protected:
    Hub hub { GetParam(), false };

    void SetUp() override
    {
        auto const today = hub.clock.today();
        add_provinces(today);
        auto const unit = hub.database->read([&](storage::Reader& reader) { return organization::unit_by_id(reader, hub.office.kota_jambi, today); });
        ASSERT_TRUE(unit);
        auto const written = hub.database->write([&](storage::Transaction& transaction) -> Result<std::int64_t> {
            auto const rows = command::generate_plans(transaction, { *unit, today.year(), today.year(), 7, hub.clock.now() });
            if (GetParam() == storage::Engine::Postgres)
                transaction.query({ "test.raise_identity", "SELECT setval(pg_get_serial_sequence('subject', 'id'), (SELECT max(id) FROM subject))" });
            return rows;
        });
        ASSERT_TRUE(written);
    }
    /// As many as the real tree has, with names as long as theirs.
    void add_provinces(time::Date today)
    {
        std::vector<organization::UnitLine> lines;
        for (int number = 40; number < 77; ++number)
            lines.push_back({ std::to_string(number), "province", fmt::format("KPU Provinsi Kepulauan Nomor {}", number), "00", time::Zone::Wit });
        auto const added = hub.database->write([&](storage::Transaction& transaction) {
            return organization::load_units(transaction, journal::make_act({}, hub.clock.now(), today), lines, time::Date::of(2020, 1, 1));
        });
        ASSERT_TRUE(added) << added.error().message_key;
    }
    std::int64_t number(std::string const& sql) { return hub.count(sql); }

    struct Cost {
        int status = 0;
        std::int64_t statements = 0;
        std::size_t bytes = 0;
    };
    /// Of the second time: the first one writes the session as alive.
    Cost cost(aid::CookieJar& who, std::string const& path)
    {
        get(hub, who, path);
        auto const before = hub.database->counters().statements;
        auto const answer = get(hub, who, path);
        return { answer.status, hub.database->counters().statements - before, answer.body.size() };
    }
};
FOR_BOTH_ENGINES(Figures);

}

TEST_P(Figures, no_page_needs_more_statements_or_bytes_than_it_may)
{
    constexpr int usual = 6, start_page = 10;
    constexpr std::size_t page = 60'000, public_page = 10'000, board = 350'000;
    auto const year = std::to_string(hub.clock.today().year());
    auto const work = number("SELECT max(subject_id) FROM deliverable");
    auto const waiting = number("SELECT max(subject_id) FROM deliverable d JOIN subject s ON s.id = d.subject_id WHERE s.state = 'submitted'");
    auto const row = number("SELECT max(subject_id) FROM plan_node WHERE level = 'indicator'");
    struct Page {
        char const* name;
        aid::CookieJar* who;
        std::string path;
        int statements = usual;
        std::size_t bytes = page;
    };
    std::vector<Page> const pages {
        { "start page of staff", &hub.siti, "/", start_page },
        { "start page of the secretary of the reform team", &hub.andreas, "/", start_page },
        { "start page of a head", &hub.maria, "/", start_page },
        { "start page of the secretary", &hub.sekretaris, "/", start_page },
        { "start page of a supervisor", &hub.ratna, "/", start_page },
        { "board", &hub.andreas, "/units/1571/plans/" + year, usual, board },
        { "schedule", &hub.andreas, "/units/1571/plans/" + year + "/schedule" },
        { "rows, read with all that a change writes back", &hub.andreas, "/units/1571/plans/" + year + "/rows" },
        { "targets of a row", &hub.andreas, "/units/1571/plans/" + year + "/rows/" + std::to_string(row) + "/targets" },
        { "closing of the year", &hub.andreas, "/units/1571/plans/" + year + "/closing" },
        { "panel", &hub.siti, "/deliverables/" + std::to_string(work) },
        { "panel of who verifies", &hub.maria, "/deliverables/" + std::to_string(waiting) },
        { "verification", &hub.maria, "/verification" },
        { "box of proofs", &hub.siti, "/evidence" },
        { "plans", &hub.andreas, "/units/1571/plans" },
        { "imports", &hub.andreas, "/units/1571/imports" },
        { "people", &hub.admin_jar, "/units/1571/people" },
        { "a person", &hub.admin_jar, "/units/1571/people/" + std::to_string(hub.office.siti.value) },
        { "posts", &hub.admin_jar, "/units/1571/posts" },
        { "a post", &hub.admin_jar, "/units/1571/posts/" + std::to_string(hub.office.head_of_hukum.value) },
        { "closing of a post", &hub.admin_jar, "/units/1571/posts/" + std::to_string(hub.office.head_of_hukum.value) + "/closing" },
        { "packages", &hub.andreas, "/units/1571/packages" },
        { "papers", &hub.andreas, "/units/1571/papers" },
        { "requests", &hub.ratna, "/units/15/requests" },
        { "offices below", &hub.ratna, "/units/15/offices" },
        { "dashboard of the office", &hub.andreas, "/units/1571/dashboard" },
        { "dashboard of the province", &hub.ratna, "/units/15/dashboard" },
        { "list behind a figure", &hub.andreas, "/units/1571/figures?period=" + year + "&part=late" },
        { "public page", &hub.nobody, "/public/units/1571", usual, public_page },
        { "public page with the rows of an area", &hub.nobody, "/public/units/1571?area=1", usual, public_page },
        { "offices", &hub.nobody, "/public", usual },
    };
    for (auto const& each : pages) {
        auto const got = cost(*each.who, each.path);
        EXPECT_EQ(got.status, 200) << each.name;
        EXPECT_LE(got.statements, each.statements) << each.name;
        EXPECT_LE(got.bytes, each.bytes) << each.name;
    }
}

TEST_P(Figures, the_nation_is_one_row_for_each_unit)
{
    hub.run_sql(fmt::format("INSERT INTO role_grant (role, unit_id, person_id, valid_from, valid_to, written_at) SELECT 'supervisor', id, {}, "
                            "'2000-01-01', '2099-12-31', 0 FROM unit WHERE code = '00'", hub.office.ratna.value));
    auto const year = hub.clock.today().year();
    EXPECT_EQ(number(fmt::format("SELECT count(*) FROM tally_year WHERE year = '{}' AND unit_id = {}", year, hub.office.kota_jambi.value)), 1);
    hub.run_sql(fmt::format("INSERT INTO tally_year (indicator, year, unit_id, plan_fixed, t_all, t_due, t_verified, t_late, a1_due, a1_verified, a2_due, a2_verified, "
                            "a3_due, a3_verified, a4_due, a4_verified, a5_due, a5_verified, a6_due, a6_verified, a7_due, a7_verified, a8_due, a8_verified) "
                            "SELECT 'plan_progress', '{}', id, 1, 2880, 2400, 1600, 800, 300, 200, 300, 200, 300, 200, 300, 200, 300, 200, 300, 200, 300, 200, 300, 200 "
                            "FROM unit WHERE length(code) = 2 AND id NOT IN (SELECT unit_id FROM tally_year)", year));
    auto const got = cost(hub.ratna, "/units/00/dashboard");
    EXPECT_EQ(got.status, 200);
    EXPECT_LE(got.statements, 6);
    EXPECT_LE(got.bytes, 60'000U);
}
