#include "flow/calendar_model.hpp"
#include "flow/clock_model.hpp"
#include "portal/reminder_pages.hpp"
#include "subject/subject.hpp"
#include "support/hub.hpp"
#include <gmock/gmock.h>

using namespace kpuhub;
using namespace kpuhub::testing;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

namespace {

class ClockPages : public ::testing::Test {
protected:
    Hub hub { storage::Engine::Sqlite, false };
    std::string clock_address;
    CookieJar keeper;

    void SetUp() override
    {
        ASSERT_TRUE(flow::load_calendar(*hub.database));
        ASSERT_TRUE(flow::load_clock_rules(*hub.database));
        auto const started = time::start_of_day(time::Date::of(2026, 3, 13), time::Zone::Wib).plus(std::chrono::hours { 10 });
        auto const id = hub.database->write([&](storage::Transaction& transaction) -> Result<ClockId> {
            auto const subject = subject::create(transaction, "request", hub.office.kota_jambi, std::nullopt, "open", started);
            auto act = act_of(hub.office.siti, time::Date::of(2026, 3, 13));
            auto const made = TRY(hub.application().clocks().start(transaction, act, { subject, "notice", hub.office.kota_jambi, "ppid_general", "notice", started, hub.office.siti, "plan.read", "/tasks?list=mine" }));
            TRY_VOID(hub.application().clocks().pause(transaction, act_of(hub.office.siti, time::Date::of(2026, 3, 26)), subject, "notice", "menunggu kelengkapan"));
            TRY_VOID(hub.application().clocks().resume(transaction, act_of(hub.office.siti, time::Date::of(2026, 3, 27)), subject, "notice"));
            return made;
        });
        ASSERT_TRUE(id) << id.error().message_key << id.error().detail;
        clock_address = "/clocks/" + std::to_string(id->value);
        hub.run_sql("INSERT INTO role_grant (role, unit_id, person_id, valid_from, valid_to, written_at) VALUES ('calendar_keeper', " + std::to_string(hub.office.national.value) + ", "
            + std::to_string(hub.office.ratna.value) + ", '2020-01-01', '2099-12-31', 0)");
    }
};

}

TEST_F(ClockPages, the_page_lists_each_day_why_and_its_source)
{
    auto const page = get(hub, hub.siti, clock_address);
    ASSERT_EQ(page.status, 200) << page.body.substr(0, 500);
    for (auto const* words : { "Pemberitahuan tertulis", "Selasa, 7 April 2026", "10 hari kerja", "UU 14/2008 pasal 22 ayat (7)", "Nyepi", "1497", "Berhenti sementara", "menunggu kelengkapan", "Akhir pekan", "Perpres 21/2023" })
        EXPECT_THAT(page.body, HasSubstr(words));
    EXPECT_THAT(page.body, Not(HasSubstr("[[")));
    auto const json = get(hub, hub.siti, clock_address, true);
    EXPECT_THAT(json.body, HasSubstr("\"holiday\""));
}

TEST_F(ClockPages, the_page_speaks_the_language_that_was_chosen_for_pages)
{
    hub.siti["kpuhub-language"] = "en";
    auto const page = get(hub, hub.siti, clock_address).body;
    EXPECT_THAT(page, HasSubstr("<h1>Written notice</h1>"));
    EXPECT_THAT(page, Not(HasSubstr("Pemberitahuan tertulis")));
    EXPECT_THAT(get(hub, hub.siti, "/clocks?unit=1571").body, HasSubstr("Written notice"));
}

TEST_F(ClockPages, who_may_not_read_the_case_gets_404_and_no_line_in_the_list)
{
    EXPECT_EQ(get(hub, hub.budi, clock_address).status, 404);
    EXPECT_EQ(get(hub, hub.siti, "/clocks/999999").status, 404);
    EXPECT_THAT(get(hub, hub.siti, "/clocks?unit=1571").body, HasSubstr(clock_address));
    EXPECT_THAT(get(hub, hub.budi, "/clocks?unit=1571").body, Not(HasSubstr(clock_address)));
}

TEST_F(ClockPages, the_keeper_adds_and_removes_a_day_and_open_limits_follow)
{
    EXPECT_EQ(get(hub, hub.siti, "/calendar/days/new").status, 403);
    EXPECT_EQ(post(hub, hub.siti, "/calendar/days/new", { { "day", "2026-04-02" }, { "name", "x" }, { "source", "y" }, { "kind", "holiday" } }).status, 403);
    EXPECT_EQ(get(hub, hub.ratna, "/calendar/days/new").status, 200);
    EXPECT_EQ(post(hub, hub.ratna, "/calendar/days/new", { { "day", "2026-04-02" }, { "name", "" }, { "source", "" }, { "kind", "holiday" } }).status, 422);
    EXPECT_EQ(post(hub, hub.ratna, "/calendar/days/new", { { "day", "2026-04-02" }, { "name", "Libur" }, { "source", "SKB 5/2026" }, { "kind", "holiday" }, { "unit", "9999" } }).status, 422);
    auto const saved = post(hub, hub.ratna, "/calendar/days/new", { { "day", "2026-04-02" }, { "name", "Libur tambahan" }, { "source", "SKB 5/2026" }, { "kind", "holiday" }, { "unit", "" } });
    EXPECT_EQ(saved.status, 303) << saved.body.substr(0, 800);
    EXPECT_EQ(saved.header("Location"), "/calendar?year=2026");
    hub.work();
    EXPECT_THAT(get(hub, hub.siti, clock_address).body, HasSubstr("Rabu, 8 April 2026"));
    EXPECT_THAT(get(hub, hub.siti, "/calendar?year=2026").body, HasSubstr("Libur tambahan"));
    auto const day = std::to_string(hub.count("SELECT max(id) FROM holiday"));
    EXPECT_EQ(post(hub, hub.siti, "/calendar/days/" + day + "/removal", {}).status, 403);
    EXPECT_EQ(post(hub, hub.ratna, "/calendar/days/" + day + "/removal", {}).status, 303);
    hub.work();
    EXPECT_THAT(get(hub, hub.siti, clock_address).body, HasSubstr("Selasa, 7 April 2026"));
}

TEST_F(ClockPages, office_hours_are_typed_as_people_write_them)
{
    std::vector<std::pair<std::string, std::string>> form { { "from", "2026-04-01" }, { "to", "2026-04-30" }, { "monday", "07.30-12.00, 13.00-16.00" }, { "tuesday", "0800-1400" }, { "source", "Keputusan 1" }, { "unit", "1571" } };
    EXPECT_EQ(post(hub, hub.siti, "/calendar/hours/new", form).status, 403);
    EXPECT_EQ(post(hub, hub.ratna, "/calendar/hours/new", form).status, 303);
    EXPECT_EQ(hub.count("SELECT count(*) FROM office_hours WHERE week = '0730-1200+1300-1600|0800-1400|||||'"), 1);
    EXPECT_THAT(get(hub, hub.ratna, "/calendar?year=2026").body, HasSubstr("07.30–12.00, 13.00–16.00"));
    form[2].second = "pagi";
    EXPECT_EQ(post(hub, hub.ratna, "/calendar/hours/new", form).status, 422);
}

TEST_F(ClockPages, the_calendar_address_works_without_sign_in_until_it_is_revoked)
{
    auto const made = post(hub, hub.siti, "/account/reminders/calendar", {});
    ASSERT_EQ(made.status, 303);
    auto const shown = get(hub, hub.siti, made.header("Location"));
    auto const at = shown.body.find("/calendar-feed/");
    ASSERT_NE(at, std::string::npos);
    auto const address = shown.body.substr(at, shown.body.find(".ics", at) + 4 - at);
    EXPECT_EQ(get(hub, hub.budi, made.header("Location")).status, 404) << "another person's address";
    auto const feed = get(hub, hub.nobody, address);
    EXPECT_EQ(feed.status, 200);
    EXPECT_THAT(feed.header("Content-Type"), HasSubstr("text/calendar"));
    EXPECT_THAT(feed.body, HasSubstr("SUMMARY:Pemberitahuan tertulis"));
    EXPECT_EQ(hub.count("SELECT count(*) FROM reminder_choice WHERE calendar_hash LIKE '%" + address.substr(15, 22) + "%'"), 0) << "only a hash is kept";
    EXPECT_EQ(post(hub, hub.siti, "/account/reminders/calendar/end", {}).status, 303);
    EXPECT_EQ(get(hub, hub.nobody, address).status, 404);
    EXPECT_EQ(get(hub, hub.nobody, "/calendar-feed/.ics").status, 404);
}

TEST_F(ClockPages, muting_is_seen_on_the_page)
{
    EXPECT_THAT(get(hub, hub.siti, "/account/reminders").body, HasSubstr("Matikan 30 hari"));
    EXPECT_EQ(post(hub, hub.siti, "/account/reminders/mute-month", {}).status, 303);
    EXPECT_THAT(get(hub, hub.siti, "/account/reminders").body, HasSubstr("Hidupkan lagi"));
    EXPECT_EQ(post(hub, hub.siti, "/account/reminders/unmute", {}).status, 303);
    EXPECT_THAT(get(hub, hub.siti, "/account/reminders").body, HasSubstr("Matikan 30 hari"));
}

TEST_F(ClockPages, every_name_of_the_templates_is_in_its_model)
{
    auto const& renderer = hub.application().door().renderer();
    EXPECT_THAT(renderer.unknown_names<flow::ClockPage>("flow/clock"), IsEmpty());
    EXPECT_THAT(renderer.unknown_names<flow::ClockListPage>("flow/clocks"), IsEmpty());
    EXPECT_THAT(renderer.unknown_names<flow::CalendarPage>("flow/calendar"), IsEmpty());
    EXPECT_THAT(renderer.unknown_names<portal::ReminderPage>("portal/reminders"), IsEmpty());
}
