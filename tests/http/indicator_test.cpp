#include "indicator/closing.hpp"
#include "portal/indicator_model.hpp"
#include "record/figure_jobs.hpp"
#include "support/registers.hpp"
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

using namespace kpuhub;
using namespace kpuhub::testing;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

namespace {

using Form = std::vector<std::pair<std::string, std::string>>;

/// Kota Jambi and Kerinci with the registers and indicators of the program, in April 2026.
class Indicators : public ::testing::TestWithParam<storage::Engine> {
protected:
    Hub hub { GetParam() };
    std::string const office = "/units/1571/indicators";
    std::string const province = "/units/15/indicators";

    void SetUp() override
    {
        publish_registers(*hub.database);
        publish_indicators(*hub.database);
        for (auto const* id : { "gratification_report", "visitor_book", "event_attendance" })
            switch_on(*hub.database, id, hub.office.kota_jambi);
        switch_on(*hub.database, "event_attendance", hub.office.kerinci);
        give_role(*hub.database, "upg_officer", hub.office.kota_jambi, hub.office.dewi);
    }

    std::string event(CookieJar& who, std::string const& unit, std::string const& name, std::string const& day)
    {
        return record_of(post(hub, who, "/units/" + unit + "/registers/event_attendance/records",
            { { "form", "1" }, { "f.name", name }, { "f.event_kind", "training" }, { "f.held_on", day }, { "f.place", "Aula" } }));
    }
    http::Response step(CookieJar& who, std::string const& record, std::string const& name, Form form = {})
    {
        form.emplace_back("version", std::to_string(hub.count("SELECT version FROM subject WHERE id = " + record.substr(9))));
        return post(hub, who, record + "/steps/" + name, form);
    }
    nlohmann::json json(CookieJar& who, std::string const& path)
    {
        auto answer = get(hub, who, path, true);
        EXPECT_EQ(answer.status, 200) << path << answer.body.substr(0, 500);
        return nlohmann::json::parse(answer.body, nullptr, false);
    }
    /// Two events of April held in Kota Jambi, one of them reported; one of Kerinci held.
    std::vector<std::string> three_events()
    {
        std::vector<std::string> made { event(hub.siti, "1571", "Pelatihan satu", "2026-04-07"), event(hub.siti, "1571", "Pelatihan dua", "2026-04-09"),
            event(hub.budi, "1501", "Pelatihan Kerinci", "2026-04-10") };
        EXPECT_EQ(step(hub.siti, made[0], "hold").status, 303);
        EXPECT_EQ(step(hub.siti, made[0], "report", { { "f.minutes", "Berjalan baik" } }).status, 303);
        EXPECT_EQ(step(hub.siti, made[1], "hold").status, 303);
        EXPECT_EQ(step(hub.budi, made[2], "hold").status, 303);
        return made;
    }
};
FOR_BOTH_ENGINES(Indicators);

}

TEST(IndicatorPages, templates_use_only_names_that_their_models_have)
{
    auto messages = text::Messages::embedded();
    view::Renderer renderer { messages };
    EXPECT_THAT(renderer.unknown_names<portal::IndicatorsPage>("portal/indicators"), IsEmpty());
    EXPECT_THAT(renderer.unknown_names<portal::IndicatorPage>("portal/indicator"), IsEmpty());
    EXPECT_THAT(renderer.unknown_names<portal::BehindPage>("portal/behind"), IsEmpty());
}

TEST_P(Indicators, a_record_moves_its_figures_from_the_office_to_the_nation)
{
    auto const made = three_events();
    auto const own = json(hub.siti, office + "/event_reports_share?period=2026-Q2");
    EXPECT_EQ(own["value"]["numerator"], 1);
    EXPECT_EQ(own["value"]["denominator"], 2);
    EXPECT_EQ(own["value"]["exact"], "1/2");
    EXPECT_TRUE(own["value"]["below"]);
    auto const above = json(hub.ratna, province + "/event_reports_share?period=2026-Q2");
    EXPECT_EQ(above["value"]["numerator"], 1);
    EXPECT_EQ(above["value"]["denominator"], 3);
    EXPECT_EQ(above["branches"].size(), 3U);
    EXPECT_TRUE(above["value"]["incomplete"]) << "the province keeps no register";
    ASSERT_EQ(step(hub.siti, made[1], "report", { { "f.minutes", "Berjalan baik" } }).status, 303);
    EXPECT_EQ(json(hub.ratna, province + "/event_reports_share?period=2026-Q2")["value"]["exact"], "2/3");
    EXPECT_TRUE(json(hub.siti, office + "/event_reports_share?period=2026-Q2")["value"]["reached"]);
    EXPECT_THAT(get(hub, hub.siti, office + "/event_reports_share").body, HasSubstr("Tercapai"));
    EXPECT_EQ(hub.count("SELECT count(*) FROM tally WHERE indicator = 'events_held' AND amount <> 0"), 2) << "no other rows than those of the two offices";
}

TEST_P(Indicators, the_list_stands_in_the_order_of_the_change_areas)
{
    auto const listed = json(hub.siti, office);
    std::vector<std::int64_t> seen, headed;
    for (auto const& row : listed["rows"]) {
        auto const area = row["area"].get<std::int64_t>();
        if (seen.empty() || seen.back() != area) {
            seen.push_back(area);
            EXPECT_TRUE(row["heading"].is_object() || row["heading"].is_string()) << row.dump();
        }
        if (!row["heading"].is_null())
            headed.push_back(area);
    }
    EXPECT_EQ(headed, seen) << "each area is named once";
    ASSERT_GT(seen.size(), 3U);
    EXPECT_EQ(seen.back(), 0) << "what belongs to no area stands last";
    EXPECT_TRUE(std::is_sorted(seen.begin(), seen.end() - 1));
    EXPECT_THAT(get(hub, hub.siti, office).body, HasSubstr("scope=\"rowgroup\">7 Penguatan Pengawasan"));
}

TEST_P(Indicators, each_number_opens_the_records_behind_it_and_each_record_names_its_figures)
{
    auto const made = three_events();
    auto const page = get(hub, hub.siti, office + "/event_reports_share?period=2026-Q2");
    EXPECT_THAT(page.body, HasSubstr("/units/1571/indicators/event_reports_share/records?period=2026-Q2&amp;part=d"));
    auto const list = get(hub, hub.siti, office + "/event_reports_share/records?period=2026-Q2&part=d");
    EXPECT_EQ(list.status, 200);
    EXPECT_THAT(list.body, HasSubstr(made[0]));
    EXPECT_THAT(list.body, HasSubstr(made[1]));
    EXPECT_THAT(list.body, Not(HasSubstr(made[2])));
    EXPECT_THAT(list.body, HasSubstr("Pelatihan dua"));
    auto const one = get(hub, hub.siti, office + "/event_reports_share/records?period=2026-Q2&part=n");
    EXPECT_THAT(one.body, HasSubstr(made[0]));
    EXPECT_THAT(one.body, Not(HasSubstr(made[1])));
    auto const record = get(hub, hub.siti, made[0]);
    EXPECT_THAT(record.body, HasSubstr("Angka yang memuat catatan ini"));
    EXPECT_THAT(record.body, HasSubstr("/units/1571/indicators/event_reports_share?period=2026-Q2"));
    EXPECT_EQ(get(hub, hub.siti, office + "/event_reports_share/records?period=2026-Q2&part=x").status, 422);
    EXPECT_EQ(get(hub, hub.siti, office + "/plan_progress/records?part=n").status, 422) << "its numbers lead to the list of the plan";
}

TEST_P(Indicators, who_opens_the_records_behind_a_number_stands_in_the_read_log)
{
    for (auto const* visitor : { "Pak Dullah", "Bu Ani" })
        record_of(post(hub, hub.siti, "/units/1571/registers/visitor_book/records", { { "form", "1" }, { "f.visitor", visitor }, { "f.need", "service" }, { "f.arrived_at", "2026-04-18T09:30" } }));
    auto const list = office + "/visitors_served/records?part=n";
    EXPECT_THAT(get(hub, hub.siti, list).body, HasSubstr("/records/")) << "her own";
    auto const read = get(hub, hub.yuli, list);
    EXPECT_EQ(read.status, 200);
    EXPECT_THAT(read.body, HasSubstr("/records/"));
    get(hub, hub.ratna, province + "/visitors_served/records?part=n");
    get(hub, hub.yuli, office + "/visitors_served");
    three_events();
    get(hub, hub.yuli, office + "/event_reports_share/records?period=2026-Q2&part=d");
    hub.application().tick();
    EXPECT_EQ(hub.count("SELECT count(*) FROM read_log WHERE act = 'listed'"), 1) << "one's own, numbers, what she may not read and events are not noted";
    EXPECT_EQ(hub.count(fmt::format("SELECT shown_rows FROM read_log WHERE act = 'listed' AND register = 'visitor_book' AND person_id = {} AND unit_id = {}", hub.office.yuli.value, hub.office.kota_jambi.value)), 2);
}

TEST_P(Indicators, figures_are_for_who_reads_the_plans_and_records_for_who_may_read_them)
{
    three_events();
    for (auto const& path : { office, office + "/events_held", office + "/events_held/records?part=n", office + "/events_held/export" }) {
        EXPECT_EQ(get(hub, hub.budi, path).status, 404) << path << ": another office";
        EXPECT_EQ(get(hub, hub.nobody, path).status, 303) << path << ": nobody is signed in";
        EXPECT_EQ(get(hub, hub.ratna, path).status, 200) << path << ": the supervisor";
    }
    EXPECT_EQ(get(hub, hub.siti, province + "/events_held").status, 404) << "staff reads no province";
    EXPECT_EQ(get(hub, hub.siti, office + "/unheard_of").status, 404);
    // the secretary of the province reads events below, gifts never
    ASSERT_EQ(post(hub, hub.siti, "/units/1571/registers/gratification_report/records",
        { { "form", "1" }, { "f.received_on", "2026-03-13" }, { "f.report_kind", "received" }, { "f.form", "goods" }, { "f.description", "Parsel" },
            { "f.estimate", "450000" }, { "f.giver", "CV Contoh Rahasia" }, { "f.giver_relation", "supplier" }, { "f.chronology", "Diantar" } }).status, 303);
    auto const figure = office + "/gratification_reports?period=2026-S1";
    EXPECT_EQ(json(hub.dewi, figure)["value"]["numerator"], 1) << "the officer may read the reports";
    EXPECT_EQ(json(hub.maria, figure)["value"]["standing"], "withheld");
    EXPECT_EQ(json(hub.maria, figure)["value"]["numerator"], 0);
    EXPECT_THAT(get(hub, hub.maria, figure).body, HasSubstr("Terlalu sedikit untuk ditampilkan"));
    auto const behind = office + "/gratification_reports/records?period=2026-S1&part=n";
    EXPECT_EQ(json(hub.dewi, behind)["rows"].size(), 1U);
    EXPECT_EQ(json(hub.maria, behind)["rows"].size(), 0U);
    EXPECT_EQ(json(hub.maria, behind)["hidden"], 0) << "how many there are is not told either";
    EXPECT_THAT(get(hub, hub.dewi, behind).body, Not(HasSubstr("CV Contoh Rahasia")));
}

TEST_P(Indicators, a_number_withheld_in_the_table_of_an_office_above_is_not_told_by_the_page_of_the_office)
{
    for (auto const& [unit, number] : { std::pair { hub.office.province, 20 }, { hub.office.kota_jambi, 7 }, { hub.office.kerinci, 3 } })
        hub.run_sql(fmt::format("INSERT INTO tally (indicator, unit_id, period, part, amount) VALUES ('gratification_reports', {}, '2026-S1', 'n', {})", unit.value, number));
    auto const figure = "/gratification_reports?period=2026-S1";
    auto const above = json(hub.ratna, province + figure);
    EXPECT_EQ(above["value"]["numerator"], 30);
    for (auto const& row : above["branches"])
        EXPECT_EQ(row["value"]["standing"], row["code"] == "15" ? "measured" : "withheld") << row["code"] << ": 30 less 20 and 7 would be 3";
    auto const below = json(hub.ratna, office + figure);
    EXPECT_EQ(below["value"]["standing"], "withheld") << "30 less 20 and 7 would be 3";
    EXPECT_EQ(below["trend"][0]["value"]["standing"], "withheld");
    EXPECT_THAT(get(hub, hub.ratna, office).body, Not(HasSubstr("7 laporan"))) << "nor the list of figures";
    EXPECT_THAT(get(hub, hub.ratna, office + "/gratification_reports/export?period=2026-S1&form=csv").body, Not(HasSubstr("7 laporan")));
    EXPECT_EQ(json(hub.siti, office + figure)["value"]["numerator"], 7) << "she reads no plans of the province";
    EXPECT_EQ(json(hub.dewi, office + figure)["value"]["numerator"], 7) << "she may read the reports";
}

TEST_P(Indicators, the_list_shows_all_of_an_office_and_of_a_province)
{
    three_events();
    auto const own = get(hub, hub.siti, office);
    for (auto const* words : { "Kegiatan yang terlaksana", "Kemajuan rencana aksi", "Tamu yang dilayani", "paling sedikit 100", "Belum tercapai" })
        EXPECT_THAT(own.body, HasSubstr(words));
    auto const rows = json(hub.ratna, province)["rows"];
    auto const held = std::ranges::find_if(rows, [](auto const& row) { return row["title"] == "Kegiatan yang terlaksana"; });
    ASSERT_NE(held, rows.end());
    EXPECT_EQ((*held)["value"]["numerator"], 3);
}

TEST_P(Indicators, a_page_needs_six_statements_at_most)
{
    three_events();
    auto cost = [&](CookieJar& who, std::string const& path) {
        get(hub, who, path);
        auto const before = hub.database->counters().statements;
        EXPECT_EQ(get(hub, who, path).status, 200);
        return hub.database->counters().statements - before;
    };
    for (auto const& path : { province, province + "/event_reports_share", province + "/events_held/records?part=n" })
        EXPECT_LE(cost(hub.ratna, path), 6) << path;
    EXPECT_LE(cost(hub.siti, office + "/gratification_reports"), 6) << "with the question whether small numbers are shown";
}

TEST_P(Indicators, a_closed_period_says_what_changed_after_closing)
{
    auto const made = three_events();
    hub.run_sql("UPDATE indicator_definition SET published_at = 1767200000000");
    hub.clock.set(time::start_of_day(time::Date::of(2026, 7, 20), time::Zone::Wib));
    definition::Shelf registers;
    definition::IndicatorShelf shelf { registers };
    // what the scheduler does; it does not believe that three months have passed since the test began
    EXPECT_GT(indicator::close_periods(*hub.database, shelf, {}, hub.clock.now(), 100).value(), 5);
    auto siti = hub.sign_in(hub.office.siti);
    auto const closed = json(siti, office + "/event_reports_share?period=2026-Q2");
    EXPECT_TRUE(closed["closed"]);
    ASSERT_EQ(step(siti, made[1], "report", { { "f.minutes", "Berjalan baik" } }).status, 303);
    auto const page = get(hub, siti, office + "/event_reports_share?period=2026-Q2");
    EXPECT_THAT(page.body, HasSubstr("Berubah setelah penutupan."));
    EXPECT_THAT(page.body, HasSubstr("2 dari 2"));
    EXPECT_EQ(json(siti, office + "/event_reports_share?period=2026-Q2")["value"]["exact"], "1/2") << "the value stays";
}

TEST_P(Indicators, the_sheet_holds_what_the_page_shows)
{
    three_events();
    auto const sheet = get(hub, hub.ratna, province + "/event_reports_share/export?period=2026-Q2");
    EXPECT_EQ(sheet.status, 200);
    EXPECT_EQ(sheet.header("Content-Type"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    EXPECT_TRUE(sheet.body.starts_with("PK"));
    auto const csv = get(hub, hub.ratna, province + "/event_reports_share/export?period=2026-Q2&form=csv");
    EXPECT_EQ(csv.header("Content-Type"), "text/csv; charset=utf-8");
}

TEST_P(Indicators, the_scheduler_asks_once_for_what_was_never_counted)
{
    hub.run_sql("DELETE FROM contribution");
    three_events();
    hub.run_sql("DELETE FROM contribution");
    hub.run_sql("DELETE FROM tally WHERE indicator <> 'plan_progress'");
    EXPECT_THAT(get(hub, hub.siti, office + "/events_held").body, HasSubstr("sedang dihitung ulang"));
    hub.application().tick();
    EXPECT_EQ(hub.count("SELECT count(*) FROM job WHERE kind = 'indicator.rebuild'"), 1);
    hub.work();
    EXPECT_EQ(json(hub.siti, office + "/events_held?period=2026-Q2")["value"]["exact"], "2/1");
    EXPECT_THAT(get(hub, hub.siti, office + "/events_held").body, Not(HasSubstr("sedang dihitung ulang")));
    hub.clock.set(hub.clock.now().plus(std::chrono::minutes { 5 }));
    hub.application().tick();
    EXPECT_EQ(hub.count("SELECT count(*) FROM job WHERE kind = 'indicator.rebuild'"), 1);
}
