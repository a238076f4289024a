#include "support/campaigns.hpp"
#include "support/registers.hpp"
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

using namespace kpuhub;
using namespace kpuhub::testing;
using ::testing::HasSubstr;
using ::testing::Not;

namespace {

using Form = std::vector<std::pair<std::string, std::string>>;

/// Kota Jambi with fifteen people on 18 April 2026; andreas runs the campaigns.
class Campaigns : public ::testing::TestWithParam<storage::Engine> {
protected:
    Hub hub { GetParam(), true };
    std::string const list = "/units/1571/campaigns";

    void SetUp() override
    {
        load_campaign_definitions(*hub.database);
        fill_office(*hub.database, hub.office);
    }

    /// "/campaigns/7", with everybody asked.
    std::string start(std::string const& matter = "lhkan", std::string const& due = "2026-04-30")
    {
        auto const answer = post(hub, hub.andreas, list, { { "matter", matter }, { "period", "2026" }, { "due_on", due }, { "scope", "own" } });
        EXPECT_EQ(answer.status, 303) << answer.body.substr(0, 2000);
        hub.work();
        return answer.header("Location");
    }
    static std::string own(std::string const& campaign) { return "/c/" + campaign.substr(std::string_view { "/campaigns/" }.size()); }
    std::string version_of(std::string const& campaign, PersonId person)
    {
        return std::to_string(hub.count(fmt::format("SELECT s.version FROM campaign_person cp JOIN subject s ON s.id = cp.record_id WHERE cp.campaign_id = {} AND cp.person_id = {}",
            campaign.substr(std::string_view { "/campaigns/" }.size()), person.value)));
    }
    http::Response file(std::string const& campaign, CookieJar& as, PersonId person, Form form = { { "f.filed_on", "2026-04-17" }, { "f.receipt_number", "BPE-77" } })
    {
        form.emplace_back("form", "1");
        form.emplace_back("version", version_of(campaign, person));
        return post(hub, as, own(campaign), form);
    }
    void six_file(std::string const& campaign)
    {
        auto const& o = hub.office;
        for (auto const& [jar, person] : { std::pair { &hub.siti, o.siti }, { &hub.yuli, o.yuli }, { &hub.dewi, o.dewi }, { &hub.maria, o.maria }, { &hub.sekretaris, o.sekretaris }, { &hub.andreas, o.andreas } }) {
            auto const answer = file(campaign, *jar, person);
            ASSERT_EQ(answer.status, 303) << answer.body.substr(0, 2000);
        }
    }
};
FOR_BOTH_ENGINES(Campaigns);

}

TEST_P(Campaigns, people_are_asked_by_the_day_of_their_office_and_not_of_the_capital)
{
    hub.run_sql("UPDATE unit_name SET zone = 'WIT'");
    auto const before = start("lhkpn", "2026-04-30");
    auto const asked = hub.count("SELECT count(*) FROM campaign_person");
    EXPECT_EQ(post(hub, hub.andreas, before + "/closing", { { "version", std::to_string(hub.count("SELECT version FROM subject WHERE id = " + before.substr(11))) } }).status, 303);
    hub.clock.set(time::start_of_day(time::Date::of(2026, 4, 18), time::Zone::Wib).plus(std::chrono::hours { 23 }));      // 19 April, 01.00 WIT
    hub.andreas = hub.sign_in(hub.office.andreas);
    hub.run_sql(fmt::format("INSERT INTO duty_exception (duty, unit_id, person_id, obliged, valid_from, valid_to, reason, written_by, written_at)"
                            " VALUES ('lhkpn', {}, {}, 1, '2026-04-19', '9999-12-31', 'x', {}, 0)", hub.office.kota_jambi.value, hub.office.siti.value, hub.office.andreas.value));
    (void)start("lhkpn", "2026-05-30");
    EXPECT_EQ(hub.count("SELECT count(*) FROM campaign_person"), 2 * asked + 1) << "siti is obliged since today";
}

TEST_P(Campaigns, six_of_fifteen_file_and_the_officer_sees_forty_percent_and_who_is_missing)
{
    EXPECT_THAT(get(hub, hub.andreas, list).body, HasSubstr("Kampanye baru"));
    auto const campaign = start();
    EXPECT_THAT(get(hub, hub.siti, "/").body, HasSubstr("Yang diminta dari saya"));
    auto const form = get(hub, hub.siti, own(campaign)).body;
    EXPECT_THAT(form, HasSubstr("f.receipt_number"));
    EXPECT_THAT(form, HasSubstr("value=\"2026-04-18\"")) << "the day of today is proposed";
    six_file(campaign);
    EXPECT_THAT(get(hub, hub.siti, "/").body, Not(HasSubstr("Yang diminta dari saya")));
    auto const page = get(hub, hub.andreas, campaign).body;
    EXPECT_THAT(page, HasSubstr("6 dari 15 orang sudah"));
    EXPECT_THAT(page, HasSubstr("40 %"));
    EXPECT_THAT(page, HasSubstr("BPE-77"));
    auto const missing = get(hub, hub.andreas, campaign + "?show=missing").body;
    for (auto const* name : { "Agus", "Bayu", "Citra", "Dian", "Eka", "Fajar", "Gita", "Hadi", "Indah" })
        EXPECT_THAT(missing, HasSubstr(">" + std::string { name } + "</a>"));
    EXPECT_THAT(missing, Not(HasSubstr(">Siti Aminah</a>")));
    auto const json = nlohmann::json::parse(get(hub, hub.andreas, campaign, true).body);
    EXPECT_EQ(json["filed"], 6);
    EXPECT_EQ(json["share"]["denominator"], 15);
}

TEST_P(Campaigns, the_province_and_the_nation_see_the_sums_move)
{
    auto const campaign = start();
    six_file(campaign);
    auto const page = get(hub, hub.ratna, "/units/15/campaigns/lhkan/2026").body;
    EXPECT_THAT(page, HasSubstr("6 dari 15"));
    EXPECT_THAT(page, HasSubstr("href=\"" + campaign + "\""));
    EXPECT_THAT(page, HasSubstr("Berjalan di 1 dari 3 satker"));
    EXPECT_THAT(get(hub, hub.ratna, campaign).body, HasSubstr("Agus")) << "the supervisor opens the list behind the number";
    EXPECT_EQ(get(hub, hub.budi, "/units/15/campaigns/lhkan/2026").status, 404);
    EXPECT_EQ(get(hub, hub.ratna, "/units/15/campaigns/none/2026").status, 404);
    EXPECT_EQ(get(hub, hub.ratna, "/units/15/campaigns/lhkan/2026/sheet").status, 200);
}

TEST_P(Campaigns, staff_see_the_numbers_and_themselves_but_no_other_name)
{
    auto const campaign = start();
    auto const page = get(hub, hub.siti, campaign).body;
    EXPECT_THAT(page, HasSubstr("0 dari 15 orang sudah"));
    EXPECT_THAT(page, Not(HasSubstr("Agus")));
    EXPECT_EQ(get(hub, hub.siti, campaign + "/sheet").status, 403);
    EXPECT_EQ(get(hub, hub.siti, campaign + "/list.pdf").status, 403);
    EXPECT_EQ(post(hub, hub.siti, campaign + "/reminders", {}).status, 403);
    EXPECT_EQ(post(hub, hub.siti, campaign + "/people", {}).status, 403);
    EXPECT_EQ(post(hub, hub.siti, campaign + "/acceptance", { { "item", "1:1" } }).status, 403);
    EXPECT_EQ(post(hub, hub.siti, campaign + "/closing", { { "version", "1" } }).status, 403);
    EXPECT_EQ(post(hub, hub.siti, campaign + "/reopening", { { "version", "1" } }).status, 403);
    EXPECT_EQ(get(hub, hub.budi, campaign).status, 404);
    EXPECT_EQ(get(hub, hub.budi, own(campaign)).status, 404);
    EXPECT_EQ(get(hub, hub.asri_jar, own(campaign)).status, 404) << "nothing is asked of the assessor";
}

TEST_P(Campaigns, the_number_of_people_obliged_opens_who_has_and_who_has_not)
{
    publish_indicators(*hub.database);
    auto const list_of = [&](CookieJar& who, std::string const& path) { return nlohmann::json::parse(get(hub, who, path, true).body)["denominator_list"]; };
    EXPECT_EQ(list_of(hub.siti, "/units/1571/indicators/lhkpn_share?period=2026"), "/units/1571/campaigns/lhkpn/2026");
    EXPECT_EQ(list_of(hub.ratna, "/units/15/indicators/lhkpn_share?period=2026"), "/units/15/campaigns/lhkpn/2026");
    EXPECT_EQ(get(hub, hub.siti, "/units/1571/campaigns/lhkpn/2026").status, 200);
    auto const campaign = start();
    EXPECT_EQ(file(campaign, hub.siti, hub.office.siti).status, 303);
    auto const behind = get(hub, hub.andreas, "/units/1571/indicators/lhkan_share/records?period=2026&part=d").body;
    EXPECT_THAT(behind, HasSubstr("Siti Aminah")) << "each line says whom it is about";
    EXPECT_THAT(behind, HasSubstr("Agus"));
}

TEST_P(Campaigns, who_reads_the_names_stands_in_the_read_log)
{
    auto const campaign = start();
    hub.application().tick();
    hub.run_sql("DELETE FROM read_log");
    auto const lines = [&](std::string const& what) {
        hub.application().tick();
        return hub.count("SELECT count(*) FROM read_log WHERE register = 'wealth_declaration' AND " + what);
    };
    get(hub, hub.siti, campaign);
    get(hub, hub.ratna, "/units/15/campaigns/lhkan/2026");
    EXPECT_EQ(lines("1 = 1"), 0) << "numbers and oneself are nobody else's data";
    get(hub, hub.andreas, campaign);
    EXPECT_EQ(lines(fmt::format("act = 'listed' AND class = 'personal' AND shown_rows = 14 AND person_id = {} AND unit_id = {}", hub.office.andreas.value, hub.office.kota_jambi.value)), 1) << "all but himself";
    get(hub, hub.ratna, campaign);
    EXPECT_EQ(lines(fmt::format("act = 'listed' AND shown_rows = 15 AND person_id = {}", hub.office.ratna.value)), 1);
    get(hub, hub.andreas, campaign + "/sheet");
    EXPECT_EQ(lines("act = 'exported' AND shown_rows = 14"), 1);
    EXPECT_EQ(get(hub, hub.siti, campaign + "/sheet").status, 403);
    EXPECT_EQ(lines("1 = 1"), 3);
    EXPECT_THAT(get(hub, hub.audita_jar, "/units/1571/reads").body, HasSubstr("LHKAN"));
}

TEST_P(Campaigns, a_closed_campaign_is_opened_again_by_its_button)
{
    auto const campaign = start();
    EXPECT_EQ(file(campaign, hub.siti, hub.office.siti).status, 303);
    auto version = [&] { return std::to_string(hub.count("SELECT version FROM subject WHERE id = " + campaign.substr(std::string_view { "/campaigns/" }.size()))); };
    EXPECT_THAT(get(hub, hub.andreas, campaign).body, Not(HasSubstr("Buka kembali")));
    EXPECT_EQ(post(hub, hub.andreas, campaign + "/closing", { { "version", version() } }).status, 303);
    EXPECT_THAT(get(hub, hub.andreas, campaign).body, HasSubstr("action=\"" + campaign + "/reopening\""));
    EXPECT_THAT(get(hub, hub.siti, campaign).body, Not(HasSubstr("Buka kembali")));
    EXPECT_EQ(post(hub, hub.andreas, campaign + "/reopening", { { "version", "1" } }).status, 409);
    EXPECT_EQ(post(hub, hub.andreas, campaign + "/reopening", { { "version", version() } }).status, 303);
    hub.work();
    auto const page = get(hub, hub.andreas, campaign).body;
    EXPECT_THAT(page, HasSubstr("1 dari 15 orang sudah"));
    EXPECT_THAT(page, HasSubstr("Tutup kampanye"));
    EXPECT_EQ(hub.count("SELECT count(*) FROM r_wealth_declaration"), 15);
}

TEST_P(Campaigns, what_is_missing_on_the_phone_is_said_and_what_was_typed_stays)
{
    auto const campaign = start();
    auto const wrong = file(campaign, hub.siti, hub.office.siti, { { "f.filed_on", "2026-04-17" } });
    EXPECT_EQ(wrong.status, 422);
    EXPECT_THAT(wrong.body, HasSubstr("value=\"2026-04-17\""));
    EXPECT_EQ(hub.count("SELECT count(*) FROM r_wealth_declaration WHERE f_filed_on IS NOT NULL"), 0);
    EXPECT_EQ(file(campaign, hub.siti, hub.office.siti).status, 303);
    EXPECT_EQ(file(campaign, hub.siti, hub.office.siti).status, 409) << "it is filed already";
}

TEST_P(Campaigns, a_photo_of_the_receipt_comes_with_it_or_nothing_is_written)
{
    auto const campaign = start();
    auto const send = [&](std::string const& bytes, std::string const& name) {
        return run(hub.site(), { .name = "file", .method = http::Method::Post, .path = own(campaign),
            .form = { { "form", "1" }, { "f.filed_on", "2026-04-17" }, { "f.receipt_number", "BPE-9" }, { "version", version_of(campaign, hub.office.siti) } },
            .uploads = { upload_of(hub.folder, name, bytes, "f.receipt") }, .as = &hub.siti });
    };
    EXPECT_EQ(send(std::string("\x7f" "ELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x02\0\x3e\0", 20) + std::string(100, '\0'), "a.jpg").status, 422);
    EXPECT_EQ(hub.count("SELECT count(*) FROM record_file"), 0);
    auto const sent = send("catatan tanda terima\n", "tanda.txt");
    if (sent.status == 303)
        EXPECT_EQ(hub.count("SELECT count(*) FROM record_file WHERE field = 'receipt'"), 1);
    else
        EXPECT_EQ(hub.count("SELECT count(*) FROM subject WHERE kind = 'r_wealth_declaration' AND state = 'filed'"), 0);
}

TEST_P(Campaigns, the_same_form_twice_is_one_campaign_and_a_second_one_is_refused)
{
    Form const form { { "matter", "lhkan" }, { "period", "2026" }, { "due_on", "2026-04-30" }, { "scope", "own" }, { "request_key", "k1" } };
    auto const first = post(hub, hub.andreas, list, form);
    EXPECT_EQ(first.status, 303);
    EXPECT_EQ(post(hub, hub.andreas, list, form).header("Location"), first.header("Location"));
    auto other = form;
    other.back().second = "k2";
    auto const second = post(hub, hub.andreas, list, other);
    EXPECT_EQ(second.status, 409);
    EXPECT_THAT(second.body, HasSubstr("sudah berjalan"));
    EXPECT_EQ(hub.count("SELECT count(*) FROM campaign"), 1);
    EXPECT_EQ(post(hub, hub.siti, list, form).status, 403);
}

TEST_P(Campaigns, without_a_day_the_rule_gives_it_and_a_day_that_has_passed_is_refused)
{
    auto const answer = post(hub, hub.andreas, list, { { "matter", "lhkan" }, { "period", "2026" }, { "scope", "own" } });
    EXPECT_EQ(answer.status, 303) << answer.body.substr(0, 1500);
    EXPECT_EQ(hub.count("SELECT count(*) FROM campaign WHERE due_on = '2026-04-30'"), 1);
    auto const late = post(hub, hub.andreas, list, { { "matter", "lhkpn" }, { "period", "2026" }, { "scope", "own" } });
    EXPECT_EQ(late.status, 422);
    EXPECT_THAT(late.body, HasSubstr("sudah lewat"));
}

TEST_P(Campaigns, the_officer_accepts_all_who_filed_and_prints_the_list)
{
    auto const campaign = start();
    six_file(campaign);
    auto const page = nlohmann::json::parse(get(hub, hub.andreas, campaign, true).body);
    Form items;
    for (auto const& person : page["people"])
        if (!person["item"].get<std::string>().empty())
            items.emplace_back("item", person["item"]);
    EXPECT_EQ(items.size(), 5U) << "his own is not his to accept";
    EXPECT_EQ(post(hub, hub.andreas, campaign + "/acceptance", items).status, 303);
    EXPECT_EQ(nlohmann::json::parse(get(hub, hub.andreas, campaign, true).body)["accepted"], 5);
    EXPECT_EQ(post(hub, hub.andreas, campaign + "/acceptance", {}).status, 422);
    EXPECT_EQ(get(hub, hub.andreas, campaign + "/sheet").status, 200);
    auto const paper = get(hub, hub.andreas, campaign + "/list.pdf");
    EXPECT_EQ(paper.status, 200);
    EXPECT_TRUE(paper.body.starts_with("%PDF"));
}

TEST_P(Campaigns, who_is_missing_is_reminded_and_named_in_the_text_for_the_group)
{
    auto const campaign = start();
    six_file(campaign);
    hub.run_sql("UPDATE person SET email = 'a' || id || '@example.go.id' WHERE name = 'Agus'");
    auto const done = post(hub, hub.andreas, campaign + "/reminders", {});
    ASSERT_EQ(done.status, 303);
    EXPECT_THAT(done.header("Location"), HasSubstr("mailed=1&without=8&today=0"));
    EXPECT_EQ(hub.count("SELECT count(*) FROM outbox WHERE message_key LIKE 'campaign:%'"), 1);
    auto const text = nlohmann::json::parse(get(hub, hub.andreas, campaign, true).body)["reminder"].get<std::string>();
    EXPECT_THAT(text, HasSubstr("- Agus\n"));
    EXPECT_THAT(text, HasSubstr(own(campaign)));
    EXPECT_THAT(text, Not(HasSubstr("Siti")));
}

TEST_P(Campaigns, a_pact_is_signed_under_its_statement)
{
    auto const campaign = start("integrity_pact", "2026-05-01");
    EXPECT_THAT(get(hub, hub.siti, own(campaign)).body, HasSubstr("menghindari benturan kepentingan"));
    EXPECT_EQ(file(campaign, hub.siti, hub.office.siti, { { "f.signed_on", "2026-04-18" }, { "f.place", "Jambi" } }).status, 303);
    EXPECT_THAT(get(hub, hub.siti, own(campaign)).body, HasSubstr("Sudah tanda tangan"));
    EXPECT_EQ(nlohmann::json::parse(get(hub, hub.andreas, campaign, true).body)["filed"], 1);
}

TEST_P(Campaigns, who_is_obliged_is_ticked_with_the_decree_that_says_so)
{
    auto const duty = "/units/1571/duties/lhkpn";
    auto const page = get(hub, hub.andreas, duty);
    EXPECT_EQ(page.status, 200);
    EXPECT_THAT(page.body, HasSubstr("1 dari 15 orang wajib"));
    Form form { { "reason", "Keputusan KPU 1 Tahun 2026" }, { "from", "2026-04-18" } };
    for (std::int64_t person = 1; person <= 40; ++person)
        if (hub.count(fmt::format("SELECT count(*) FROM appointment a JOIN post o ON o.id = a.post_id WHERE a.person_id = {} AND o.unit_id = {}", person, hub.office.kota_jambi.value)) > 0)
            form.emplace_back("person", std::to_string(person));
    EXPECT_EQ(post(hub, hub.siti, duty, form).status, 403);
    EXPECT_EQ(post(hub, hub.budi, duty, form).status, 404);
    EXPECT_EQ(post(hub, hub.andreas, duty, { { "person", "1" } }).status, 422);
    EXPECT_EQ(post(hub, hub.andreas, duty, form).status, 303);
    EXPECT_THAT(get(hub, hub.andreas, duty).body, HasSubstr("15 dari 15 orang wajib"));
    auto const campaign = start("lhkpn", "2026-05-31");
    EXPECT_EQ(nlohmann::json::parse(get(hub, hub.andreas, campaign, true).body)["asked"], 15);
}

TEST_P(Campaigns, no_page_costs_more_than_six_statements)
{
    auto const campaign = start();
    six_file(campaign);
    for (auto const& [jar, path] : { std::pair { &hub.andreas, list }, { &hub.andreas, campaign }, { &hub.siti, campaign }, { &hub.ratna, std::string { "/units/15/campaigns/lhkan/2026" } },
             { &hub.andreas, std::string { "/units/1571/duties/lhkan" } }, { &hub.siti, own(campaign) } }) {
        get(hub, *jar, path);
        auto const before = hub.database->counters().statements;
        EXPECT_EQ(get(hub, *jar, path).status, 200) << path;
        EXPECT_LE(hub.database->counters().statements - before, 6) << path;
    }
}
