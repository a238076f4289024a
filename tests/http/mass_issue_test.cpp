#include "decree/mass_model.hpp"
#include "support/hub.hpp"
#include <fmt/format.h>
#include <gmock/gmock.h>

using namespace kpuhub;
using namespace kpuhub::testing;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

namespace {

class MassIssue : public ::testing::Test {
protected:
    Hub hub;
    std::string const page = "/units/15/decrees";
    std::string const order = page + "?year=2026";

    void SetUp() override
    {
        make_plan(*hub.database, hub.office, 2026, std::nullopt);
        auto const unit = hub.office.kota_jambi.value;
        hub.run_sql(fmt::format("INSERT INTO post (unit_id, title, kind, valid_from) VALUES ({}, 'Ketua', 'chair', '2020-01-01')", unit));
        hub.run_sql(fmt::format("INSERT INTO person (unit_id, name, employment) VALUES ({}, 'Nama Ketua', 'commissioner')", unit));
        hub.run_sql("INSERT INTO appointment (person_id, post_id, capacity, valid_from) SELECT max(p.id), (SELECT max(o.id) FROM post o), 'definitive', '2020-01-01' FROM person p");
    }
    http::Response give(CookieJar& as, std::string const& day = "2026-04-20") { return post(hub, as, order, { { "dated_on", day } }); }
    std::int64_t numbers() { return hub.count("SELECT count(*) FROM paper_number"); }
};

}

TEST(MassTemplates, name_only_what_their_models_have)
{
    auto messages = text::Messages::embedded();
    view::Renderer renderer(messages);
    EXPECT_THAT(renderer.unknown_names<decree::MassPage>("decree/mass"), IsEmpty());
}

TEST_F(MassIssue, a_supervisor_orders_the_decrees_of_all_offices_below_and_follows_them)
{
    auto const before = get(hub, hub.ratna, order);
    ASSERT_EQ(before.status, 200) << before.body.substr(0, 800);
    EXPECT_THAT(before.body, HasSubstr("KPU Kota Jambi"));
    EXPECT_THAT(before.body, HasSubstr("Terbitkan untuk semua satker"));
    auto const given = give(hub.ratna);
    ASSERT_EQ(given.status, 303) << given.body.substr(0, 800);
    auto const waits = get(hub, hub.ratna, given.header("Location"));
    EXPECT_EQ(waits.header("Refresh"), "3");
    EXPECT_THAT(waits.body, HasSubstr("Menunggu giliran"));
    EXPECT_EQ(give(hub.ratna).status, 409) << "one order at a time";
    hub.work();
    EXPECT_EQ(hub.count("SELECT count(*) FROM official_paper WHERE number = '1 TAHUN 2026' AND dated_on = '2026-04-20'"), 1);
    EXPECT_EQ(hub.count("SELECT count(*) FROM paper_file WHERE edition = 'final'"), 2);
    auto const after = get(hub, hub.ratna, order);
    EXPECT_EQ(after.header("Refresh"), "");
    EXPECT_THAT(after.body, HasSubstr("Semua rencana satker sudah berkeputusan"));
    EXPECT_THAT(after.body, HasSubstr("Nomor 1 TAHUN 2026"));
    EXPECT_THAT(after.body, HasSubstr("/units/1571/plans/2026/decree"));
    EXPECT_EQ(give(hub.ratna).status, 422) << "nothing is issued twice";
    EXPECT_EQ(numbers(), 1);
    EXPECT_EQ(hub.count("SELECT count(*) FROM event WHERE kind = 'decree.mass_ordered'"), 1);
}

TEST_F(MassIssue, who_does_not_supervise_is_refused_and_nothing_is_ordered)
{
    EXPECT_EQ(give(hub.andreas).status, 404) << "not his province";
    EXPECT_EQ(post(hub, hub.andreas, "/units/1571/decrees?year=2026", { { "dated_on", "2026-04-20" } }).status, 403);
    EXPECT_EQ(post(hub, hub.ratna, "/units/1571/decrees?year=2026", { { "dated_on", "2026-04-20" } }).status, 403) << "only her own office orders";
    EXPECT_EQ(get(hub, hub.andreas, "/units/1571/decrees").status, 404);
    EXPECT_EQ(get(hub, hub.audita_jar, order).status, 404);
    EXPECT_EQ(give(hub.audita_jar).status, 403);
    EXPECT_EQ(give(hub.budi).status, 404);
    EXPECT_EQ(post(hub, hub.audita_jar, page + "/stop?year=2026", {}).status, 403);
    EXPECT_EQ(hub.count("SELECT count(*) FROM decree_order"), 0);
    EXPECT_EQ(hub.count("SELECT count(*) FROM job WHERE kind = 'decree.issue'"), 0);
}

TEST_F(MassIssue, stopped_it_goes_on_with_those_that_are_left)
{
    ASSERT_EQ(give(hub.ratna).status, 303);
    EXPECT_EQ(post(hub, hub.ratna, page + "/stop?year=2026", {}).status, 303);
    EXPECT_EQ(post(hub, hub.ratna, page + "/stop?year=2026", {}).status, 409);
    hub.work();
    EXPECT_EQ(numbers(), 0);
    auto const stopped = get(hub, hub.ratna, order);
    EXPECT_THAT(stopped.body, HasSubstr("Penerbitan dihentikan"));
    EXPECT_THAT(stopped.body, HasSubstr("Lanjutkan untuk sisanya"));
    ASSERT_EQ(give(hub.ratna).status, 303);
    hub.work();
    EXPECT_EQ(numbers(), 1);
}

TEST_F(MassIssue, a_plan_that_its_decree_has_fixed_keeps_the_number_it_has)
{
    hub.run_sql("UPDATE subject SET state = 'fixed' WHERE kind = 'plan'");
    EXPECT_EQ(give(hub.ratna).status, 422);
    EXPECT_EQ(give(hub.ratna, "31-02-2026").status, 422);
    EXPECT_EQ(hub.count("SELECT count(*) FROM decree_order"), 0);
}
