#include "outbox/outbox.hpp"
#include "outbox/quarantine.hpp"
#include "portal/held_pages.hpp"
#include "support/hub.hpp"
#include "support/registers.hpp"
#include <fmt/format.h>
#include <gmock/gmock.h>

using namespace kpuhub;
using namespace kpuhub::testing;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

namespace {

/// Messages held after a restore. ratna administers accounts at KPU RI, admin at KPU Kota Jambi.
class HeldPages : public ::testing::TestWithParam<storage::Engine> {
protected:
    Hub hub { GetParam(), true };
    std::string const list = "/messages/held";

    void SetUp() override { give_role(*hub.database, "account_administrator", hub.office.national, hub.office.ratna); }

    void hold()
    {
        ASSERT_TRUE(hub.database->write([&](storage::Transaction& transaction) -> Result<void> {
            for (auto const* key : { "clock:1:1:75:9", "plan_digest:2:2026-04-20" })
                outbox::put(transaction, { key, key, hub.office.siti, "siti@example.id", "Judul rahasia", "Isi rahasia" }, hub.clock.now());
            outbox::put(transaction, { "record:3:answered:1", "record:3", {}, "warga@example.id", "Judul", "Isi" }, hub.clock.now());
            outbox::begin_quarantine(transaction, hub.clock.now());
            return {};
        }));
    }
    std::int64_t waiting() { return hub.count("SELECT count(*) FROM outbox WHERE state = 'waiting'"); }
    std::string id_of(std::string const& key) { return std::to_string(hub.count("SELECT id FROM outbox WHERE message_key = '" + key + "'")); }
};

}

TEST_P(HeldPages, the_administrator_of_kpu_ri_sees_for_whom_and_of_which_kind_but_not_what_they_say)
{
    EXPECT_THAT(get(hub, hub.ratna, list).body, HasSubstr("Tidak ada pesan yang ditahan."));
    hold();
    auto const page = get(hub, hub.ratna, list);
    EXPECT_EQ(page.status, 200);
    for (auto const* words : { "3 pesan menunggu", "Peringatan batas waktu: Siti", "Ringkasan rencana: Siti", "Kabar kepada pemohon: pemohon tanpa akun" })
        EXPECT_THAT(page.body, HasSubstr(words));
    for (auto const* secret : { "rahasia", "siti@example.id", "warga@example.id" })
        EXPECT_THAT(page.body, Not(HasSubstr(secret)));
}

TEST_P(HeldPages, his_start_page_leads_there_while_something_is_held)
{
    hub.run_sql(fmt::format("UPDATE person SET unit_id = {} WHERE id = {}", hub.office.national.value, hub.audita.value));
    give_role(*hub.database, "account_administrator", hub.office.national, hub.audita);
    EXPECT_THAT(get(hub, hub.audita_jar, "/").body, Not(HasSubstr("/messages/held")));
    hold();
    EXPECT_THAT(get(hub, hub.audita_jar, "/").body, HasSubstr("/messages/held"));
}

TEST_P(HeldPages, nobody_else_sees_or_ends_them)
{
    hold();
    for (auto* who : { &hub.siti, &hub.andreas, &hub.admin_jar, &hub.asri_jar, &hub.audita_jar }) {
        for (auto const* path : { "/messages/held", "/messages/held/drop?all=1", "/messages/held/release" })
            EXPECT_EQ(get(hub, *who, path).status, 403) << path;
        EXPECT_EQ(post(hub, *who, list + "/drop", { { "shown", "3" } }).status, 403);
        EXPECT_EQ(post(hub, *who, list + "/release", { { "shown", "3" } }).status, 403);
        EXPECT_THAT(get(hub, *who, "/").body, Not(HasSubstr("/messages/held")));
    }
    EXPECT_EQ(waiting(), 3);
}

TEST_P(HeldPages, ticked_ones_are_dropped_after_a_page_that_asks)
{
    hold();
    auto const clock = id_of("clock:1:1:75:9");
    EXPECT_EQ(get(hub, hub.ratna, list + "/drop").status, 422) << "nothing ticked";
    auto const asked = get(hub, hub.ratna, list + "/drop?pick=" + clock);
    EXPECT_THAT(asked.body, HasSubstr("Buang 1 pesan?"));
    EXPECT_EQ(waiting(), 3) << "asking drops nothing";
    auto const dropped = post(hub, hub.ratna, list + "/drop", { { "pick", clock }, { "shown", "3" } });
    EXPECT_EQ(dropped.status, 303);
    EXPECT_EQ(dropped.header("Location"), "/messages/held?dropped=1");
    EXPECT_EQ(waiting(), 2);
    EXPECT_EQ(hub.count("SELECT count(*) FROM event WHERE kind = 'outbox.dropped'"), 1);
    EXPECT_EQ(post(hub, hub.ratna, list + "/drop", { { "pick", clock }, { "shown", "3" } }).status, 422) << "it does not wait any more";
    EXPECT_EQ(post(hub, hub.ratna, list + "/drop", { { "pick", "x" } }).status, 422);
}

TEST_P(HeldPages, all_are_dropped_or_released_only_as_they_were_seen)
{
    hold();
    EXPECT_EQ(post(hub, hub.ratna, list + "/drop", { { "shown", "2" } }).status, 409) << "another one came meanwhile";
    EXPECT_EQ(post(hub, hub.ratna, list + "/release", { { "shown", "2" } }).status, 409);
    EXPECT_EQ(waiting(), 3);
    EXPECT_THAT(get(hub, hub.ratna, list + "/release").body, HasSubstr("Lepas 3 pesan?"));
    EXPECT_EQ(post(hub, hub.ratna, list + "/release", { { "shown", "3" } }).header("Location"), "/messages/held?released=3");
    EXPECT_EQ(hub.count("SELECT count(*) FROM setting WHERE name = 'outbox_quarantine'"), 0);
    EXPECT_EQ(hub.count("SELECT count(*) FROM event WHERE kind = 'outbox.released'"), 1);
    EXPECT_EQ(post(hub, hub.ratna, list + "/release", { { "shown", "3" } }).status, 409) << "nothing is held any more";
    EXPECT_EQ(get(hub, hub.ratna, list + "/release").status, 409);
}

TEST(HeldTemplates, every_name_of_the_templates_is_in_its_model)
{
    Hub hub;
    auto const& renderer = hub.application().door().renderer();
    EXPECT_THAT(renderer.unknown_names<portal::HeldPage>("portal/held"), IsEmpty());
    EXPECT_THAT(renderer.unknown_names<portal::HeldAskPage>("portal/held_ask"), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Engines, HeldPages, ::testing::Values(storage::Engine::Sqlite, storage::Engine::Postgres));
