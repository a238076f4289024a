#include "definition/feed_file.hpp"
#include "flow/clock.hpp"
#include "support/registers.hpp"
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

using namespace kpuhub;
using namespace kpuhub::testing;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using Json = nlohmann::json;

namespace {

using Form = std::vector<std::pair<std::string, std::string>>;

/// Regulations, risks and conflicts of interest in Kota Jambi. dewi keeps documents and risks; asri, who holds no post, the conflicts.
/// maria is the superior of siti and yuli, sekretaris of maria.
class OfficeRegisters : public ::testing::TestWithParam<storage::Engine> {
protected:
    Hub hub { GetParam(), true };
    std::string const policies = "/units/1571/registers/regulation";
    std::string const risks = "/units/1571/registers/risk";
    std::string const controls = "/units/1571/registers/risk_control";
    std::string const cases = "/units/1571/registers/conflict_case";
    std::string const statements = "/units/1571/registers/conflict_statement";

    void SetUp() override
    {
        publish_registers(*hub.database);
        for (auto const* id : { "regulation", "risk", "risk_control", "control_card", "conflict_potential", "conflict_statement", "conflict_case" }) {
            switch_on(*hub.database, id, hub.office.kota_jambi);
            switch_on(*hub.database, id, hub.office.national);
        }
        for (auto const* role : { "jdih_officer", "risk_officer" })
            give_role(*hub.database, role, hub.office.kota_jambi, hub.office.dewi);
        give_role(*hub.database, "conflict_officer", hub.office.kota_jambi, hub.asri);
    }

    std::string version_of(std::string const& record) { return std::to_string(hub.count("SELECT version FROM subject WHERE id = " + record.substr(9))); }
    http::Response step(CookieJar& as, std::string const& record, std::string const& name, Form form = {})
    {
        form.emplace_back("version", version_of(record));
        return post(hub, as, record + "/steps/" + name, form);
    }
    http::Response row(CookieJar& as, std::string const& record, std::string const& list, Form form) { return post(hub, as, record + "/rows/" + list, std::move(form)); }

    std::string policy(std::string const& name, CookieJar* as = nullptr)
    {
        return record_of(post(hub, as ? *as : hub.siti, policies + "/records", { { "form", "1" }, { "f.document_type", "decision" }, { "f.short_name", name },
            { "f.full_title", "Keputusan tentang " + name }, { "f.form", "Keputusan KPU Kota" }, { "f.document_number", "3" }, { "f.subjects", "tata naskah" } }));
    }
    std::string in_force(std::string const& name)
    {
        auto record = policy(name);
        EXPECT_EQ(step(hub.dewi, record, "note_in_force", { { "f.enacted_on", "2026-01-15" }, { "f.promulgated_on", "2026-01-16" } }).status, 303);
        return record;
    }
    Form risk(std::string const& likelihood = "l3", std::string const& impact = "i3") const
    {
        return { { "form", "1" }, { "f.statement", "Laporan terlambat" }, { "f.activity", "Pelaporan" }, { "f.category", "compliance" }, { "f.cause", "Bukti terlambat" },
            { "f.impact_words", "Teguran" }, { "f.owner", std::to_string(hub.office.siti.value) }, { "f.identified_on", "2026-04-01" }, { "f.inherent_likelihood", likelihood },
            { "f.inherent_impact", impact } };
    }
    std::string control(std::string const& risk_record)
    {
        return record_of(post(hub, hub.dewi, controls + "/records", { { "form", "1" }, { "f.control", "Meminta bukti" }, { "f.risk", risk_record.substr(9) }, { "f.element", "activities" },
            { "f.owner", std::to_string(hub.office.siti.value) }, { "f.starts_on", "2026-04-01" } }));
    }
    std::string conflict(CookieJar& as, PersonId official, std::string const& origin = "own")
    {
        return record_of(post(hub, as, cases + "/records", { { "form", "1" }, { "f.declared_on", "2026-04-17" }, { "f.origin", origin }, { "f.official", std::to_string(official.value) },
            { "f.conflict_kind", "actual" }, { "f.sources", "family" }, { "f.description", "Penyedia milik ipar" }, { "f.related_decision", "Penetapan penyedia" } }));
    }
    Json feed(std::string const& unit = "1571") { return Json::parse(get(hub, hub.nobody, "/public/units/" + unit + "/jdih/feed.json").body); }
};
FOR_BOTH_ENGINES(OfficeRegisters);

}

TEST_P(OfficeRegisters, a_link_is_told_at_both_ends_and_not_written_twice)
{
    auto old = in_force("KPT 1/2025"), now = in_force("KPT 3/2026");
    ASSERT_EQ(row(hub.dewi, now, "relations", { { "c.relation", "revokes" }, { "c.other_document", "KPT 1/2025" } }).status, 303);
    EXPECT_THAT(get(hub, hub.siti, now).body, HasSubstr("mencabut"));
    auto other = get(hub, hub.siti, old).body;
    EXPECT_THAT(other, HasSubstr("dicabut dengan"));
    EXPECT_THAT(other, HasSubstr("Tidak Berlaku"));
    ASSERT_EQ(row(hub.dewi, old, "relations", { { "c.relation", "revoked_by" }, { "c.other_document", "KPT 3/2026" } }).status, 303);
    EXPECT_EQ(Json::parse(get(hub, hub.siti, now, true).body)["links"].size(), 1u) << "the same said at both ends is one link";
    EXPECT_EQ(row(hub.dewi, old, "relations", { { "c.relation", "revokes" }, { "c.other_document", "KPT 3/2026" } }).status, 422) << "each revokes the other";
    EXPECT_EQ(row(hub.dewi, now, "relations", { { "c.relation", "revoked_by" }, { "c.other_document", "KPT 1/2025" } }).status, 422);
    EXPECT_EQ(row(hub.dewi, now, "relations", { { "c.relation", "amends" }, { "c.other_document", "KPT 3/2026" } }).status, 422) << "itself";
    EXPECT_EQ(row(hub.dewi, now, "relations", { { "c.relation", "amends" } }).status, 422) << "to nothing";
    EXPECT_EQ(row(hub.dewi, now, "relations", { { "c.relation", "implements" }, { "c.outside_document", "UU 7/2017" } }).status, 303);
    EXPECT_EQ(row(hub.siti, now, "relations", { { "c.relation", "related" }, { "c.outside_document", "x" } }).status, 403) << "in force it is the keeper's";
    EXPECT_EQ(row(hub.budi, now, "relations", { { "c.relation", "related" }, { "c.outside_document", "x" } }).status, 404);
}

TEST_P(OfficeRegisters, the_map_shows_the_office_and_the_neighbourhood)
{
    auto first = in_force("KPT 1/2025"), second = in_force("KPT 2/2026"), third = in_force("KPT 3/2026");
    EXPECT_THAT(get(hub, hub.siti, policies + "/map").body, HasSubstr("Belum ada keterkaitan"));
    ASSERT_EQ(row(hub.dewi, second, "relations", { { "c.relation", "amends" }, { "c.other_document", "KPT 1/2025" } }).status, 303);
    auto map = Json::parse(get(hub, hub.siti, policies + "/map", true).body);
    EXPECT_EQ(map["linked"], 2);
    EXPECT_EQ(map["alone"], 1);
    EXPECT_EQ(map["rows"][0]["kind"], "mengubah");
    ASSERT_EQ(row(hub.dewi, third, "relations", { { "c.relation", "amended_by" }, { "c.other_document", "KPT 2/2026" } }).status, 303);
    auto around = Json::parse(get(hub, hub.siti, first + "/relations", true).body);
    EXPECT_EQ(around["rows"].size(), 2u) << "two steps away";
    for (auto const& line : around["rows"])
        EXPECT_EQ(line["from"], "KPT 2/2026") << "a line leads from what acts";
    EXPECT_EQ(get(hub, hub.budi, policies + "/map").status, 404);
    EXPECT_EQ(get(hub, hub.budi, first + "/relations").status, 404);
    EXPECT_EQ(get(hub, hub.siti, risks + "/map").status, 404) << "risks have no links";
}

TEST_P(OfficeRegisters, a_document_may_implement_one_of_a_higher_office)
{
    give_role(*hub.database, "jdih_officer", hub.office.national, hub.office.dewi);
    give_role(*hub.database, "rb_secretary", hub.office.national, hub.office.dewi);
    hub.run_sql("INSERT INTO appointment (person_id, post_id, capacity, valid_from) SELECT " + std::to_string(hub.office.dewi.value)
        + ", p.id, 'definitive', '2000-01-01' FROM (SELECT 1 AS one) x JOIN post p ON p.unit_id = " + std::to_string(hub.office.national.value) + " LIMIT 1");
    hub.run_sql("INSERT INTO role_permission (role, permission, below, register) VALUES ('jdih_officer', 'record.regulation.create', 0, 'regulation')");
    auto above = record_of(post(hub, hub.dewi, "/units/00/registers/regulation/records", { { "form", "1" }, { "f.document_type", "regulation" }, { "f.short_name", "PKPU 22/2023" },
        { "f.full_title", "Peraturan tentang informasi publik" }, { "f.form", "Peraturan KPU" } }));
    auto here = in_force("KPT 3/2026");
    Form link { { "c.relation", "implements" }, { "c.other_document", "PKPU 22/2023" } };
    EXPECT_EQ(row(hub.dewi, here, "relations", link).status, 422) << "a draft text of another office is not known here";
    ASSERT_EQ(step(hub.dewi, above, "note_in_force", { { "f.enacted_on", "2023-11-01" }, { "f.promulgated_on", "2023-11-01" } }).status, 303);
    EXPECT_EQ(row(hub.dewi, here, "relations", link).status, 303);
    auto page = get(hub, hub.siti, here).body;
    EXPECT_THAT(page, HasSubstr("/public/units/00/registers/regulation/records/" + above.substr(9)));
    EXPECT_EQ(get(hub, hub.siti, above).status, 404) << "its page inside is not for the lower office";
    EXPECT_THAT(get(hub, hub.nobody, "/public/units/00/registers/regulation/records/" + above.substr(9)).body, HasSubstr("dilaksanakan dengan"));
}

TEST_P(OfficeRegisters, the_list_of_public_information_is_found_from_the_page_of_the_office)
{
    for (auto const unit : { hub.office.kota_jambi, hub.office.national })
        switch_on(*hub.database, "public_information", unit);
    give_role(*hub.database, "ppid_officer", hub.office.kota_jambi, hub.office.siti);
    std::string const list = "/public/units/1571/registers/public_information/records";
    EXPECT_THAT(get(hub, hub.nobody, "/public/units/1571").body, HasSubstr(list));
    EXPECT_THAT(get(hub, hub.nobody, "/public/units/1501").body, Not(HasSubstr("public_information"))) << "where the register is off";
    auto const form = [](std::string const& kind) -> Form {
        return { { "form", "1" }, { "f.summary", "Laporan kinerja 2025" }, { "f.information_class", kind }, { "f.holder", "Sekretariat" }, { "f.maker", "Sekretariat" }, { "f.made_on", "2026-02-24" }, { "f.form", "soft" } };
    };
    EXPECT_EQ(post(hub, hub.dewi, "/units/1571/registers/public_information/records", form("periodic")).status, 403) << "only the PPID officer";
    EXPECT_EQ(post(hub, hub.siti, "/units/1571/registers/public_information/records", form("exempt")).status, 422) << "what is exempt names its consequence test";
    auto const record = record_of(post(hub, hub.siti, "/units/1571/registers/public_information/records", form("periodic")));
    EXPECT_THAT(get(hub, hub.nobody, list).body, Not(HasSubstr("Laporan kinerja 2025"))) << "not listed yet";
    EXPECT_EQ(step(hub.siti, record, "publish").status, 303);
    EXPECT_THAT(get(hub, hub.nobody, list).body, AllOf(HasSubstr("Laporan kinerja 2025"), HasSubstr("Berkala")));
    EXPECT_EQ(step(hub.siti, record, "refresh", { { "f.updated_on", "2026-04-01" } }).status, 303);
    EXPECT_EQ(step(hub.siti, record, "withdraw", { { "reason", "Diganti" } }).status, 303);
    EXPECT_THAT(get(hub, hub.nobody, list).body, Not(HasSubstr("Laporan kinerja 2025")));
}

TEST_P(OfficeRegisters, periodic_information_is_due_six_months_after_its_last_update)
{
    publish_indicators(*hub.database);
    ASSERT_TRUE(flow::load_calendar(*hub.database));
    ASSERT_TRUE(flow::load_clock_rules(*hub.database));
    switch_on(*hub.database, "public_information", hub.office.kota_jambi);
    give_role(*hub.database, "ppid_officer", hub.office.kota_jambi, hub.office.siti);
    auto const listed = [&](std::string const& kind) {
        auto const record = record_of(post(hub, hub.siti, "/units/1571/registers/public_information/records",
            { { "form", "1" }, { "f.summary", "Laporan " + kind }, { "f.information_class", kind }, { "f.holder", "Sekretariat" }, { "f.maker", "Sekretariat" }, { "f.made_on", "2026-02-24" }, { "f.form", "soft" } }));
        EXPECT_EQ(step(hub.siti, record, "publish").status, 303);
        return record;
    };
    auto const due = [&](std::string const& record) { return hub.count("SELECT COALESCE(max(due_at), 0) FROM clock WHERE name = 'renewal' AND state <> 'stopped' AND subject_id = " + record.substr(9)); };
    auto const end_of = [](int year, unsigned month, unsigned day) { return time::start_of_day(time::Date::of(year, month, day).plus(std::chrono::days { 1 }), time::Zone::Wib).milliseconds; };
    auto const periodic = listed("periodic"), other = listed("any_time");
    EXPECT_EQ(due(other), 0) << "no limit for what is held ready at any time";
    EXPECT_EQ(due(periodic), end_of(2026, 10, 18)) << "listed on 18 April without an earlier update";
    EXPECT_THAT(get(hub, hub.siti, periodic).body, HasSubstr("Pembaruan berkala"));
    ASSERT_EQ(step(hub.siti, periodic, "refresh", { { "f.updated_on", "2025-10-01" } }).status, 303);
    EXPECT_EQ(due(periodic), end_of(2026, 4, 1));
    for (int round = 0; round < 6; ++round)
        hub.application().tick();
    EXPECT_EQ(hub.count("SELECT count(*) FROM clock WHERE name = 'renewal' AND passed = 1"), 1);
    EXPECT_EQ(hub.count("SELECT COALESCE(CAST(sum(amount) AS BIGINT), 0) FROM tally WHERE indicator = 'public_information_overdue' AND period = '2025'"), 1);
    EXPECT_GE(hub.count("SELECT count(*) FROM outbox WHERE message_key LIKE 'clock:%'"), 1) << "its officer is warned";
    ASSERT_EQ(step(hub.siti, periodic, "refresh", { { "f.updated_on", "2026-04-17" } }).status, 303);
    EXPECT_EQ(due(periodic), end_of(2026, 10, 17)) << "the update begins it anew";
    EXPECT_EQ(hub.count("SELECT COALESCE(CAST(sum(amount) AS BIGINT), 0) FROM tally WHERE indicator = 'public_information_overdue'"), 0);
    ASSERT_EQ(step(hub.siti, periodic, "withdraw", { { "reason", "Diganti" } }).status, 303);
    EXPECT_EQ(due(periodic), 0);
}

TEST_P(OfficeRegisters, only_public_states_reach_the_public)
{
    auto shown = in_force("KPT 3/2026");
    auto hidden = policy("Rancangan rahasia");
    auto list = "/public/units/1571/jdih";
    EXPECT_THAT(get(hub, hub.nobody, list).body, HasSubstr("KPT 3/2026"));
    EXPECT_THAT(get(hub, hub.nobody, list).body, Not(HasSubstr("Rancangan rahasia")));
    EXPECT_THAT(get(hub, hub.nobody, std::string { list } + "?q=naskah").body, HasSubstr("KPT 3/2026"));
    EXPECT_THAT(get(hub, hub.nobody, std::string { list } + "?kind=sop").body, Not(HasSubstr("KPT 3/2026")));
    auto records = "/public/units/1571/registers/regulation/records/";
    EXPECT_EQ(get(hub, hub.nobody, records + hidden.substr(9)).status, 404);
    ASSERT_EQ(step(hub.dewi, shown, "review").status, 303);
    ASSERT_EQ(step(hub.dewi, shown, "close_review", { { "f.reviewed_on", "2026-04-17" }, { "f.harmony", "hampering" }, { "f.follow_up", "revise" }, { "f.analysis", "Menghambat pemohon" } }).status, 303);
    auto page = get(hub, hub.nobody, records + shown.substr(9));
    EXPECT_EQ(page.status, 200);
    EXPECT_THAT(page.body, Not(HasSubstr("Menghambat")));
    EXPECT_THAT(get(hub, hub.nobody, records + shown.substr(9), true).body, Not(HasSubstr("hampering")));
    EXPECT_THAT(get(hub, hub.nobody, std::string { list } + "?q=menghambat").body, Not(HasSubstr("KPT 3/2026"))) << "hidden words are not searched";
    EXPECT_THAT(get(hub, hub.siti, shown).body, HasSubstr("Menghambat pemohon"));
    EXPECT_EQ(get(hub, hub.nobody, "/public/units/1571/registers/risk/records").status, 404) << "risks are not public";
    EXPECT_EQ(get(hub, hub.nobody, "/public/units/1501/jdih").status, 404) << "off there";
    EXPECT_EQ(get(hub, hub.nobody, records + std::string { "x" }).status, 404);
}

TEST_P(OfficeRegisters, the_feed_is_an_array_of_texts_with_the_names_of_the_network)
{
    EXPECT_EQ(feed(), Json::array());
    auto old = in_force("KPT 1/2025"), now = in_force("KPT 3/2026");
    policy("Rancangan");
    auto documents = feed();
    ASSERT_EQ(documents.size(), 2u);
    auto const& document = documents[0];
    EXPECT_EQ(document["judul"], "Keputusan tentang KPT 3/2026");
    EXPECT_EQ(document["tahun_pengundangan"], "2026");
    EXPECT_EQ(document["tanggal_penetapan"], "2026-01-15");
    EXPECT_EQ(document["subjek"], "TATA NASKAH");
    EXPECT_EQ(document["operasi"], "4");
    EXPECT_EQ(document["display"], "1");
    EXPECT_EQ(document["isbn"], "-");
    EXPECT_EQ(document["status"], "Berlaku");
    EXPECT_EQ(document["last_updated"], "2026-04-18 15:13:20");
    EXPECT_THAT(document["urlDetailPeraturan"].get<std::string>(), HasSubstr("/public/units/1571/registers/regulation/records/" + now.substr(9)));
    EXPECT_EQ(document.size(), definition::jdihn_feed().fields.size());
    for (auto const& [name, value] : document.items())
        EXPECT_TRUE(value.is_string()) << name;
    ASSERT_EQ(row(hub.dewi, now, "relations", { { "c.relation", "amends" }, { "c.other_document", "KPT 1/2025" } }).status, 303);
    EXPECT_EQ(feed()[1]["status"], "Berlaku, diubah");
    ASSERT_EQ(row(hub.dewi, old, "relations", { { "c.relation", "revoked_by" }, { "c.outside_document", "KPT 9/2026" } }).status, 303);
    EXPECT_EQ(feed()[1]["status"], "Tidak Berlaku");
}

TEST_P(OfficeRegisters, the_level_of_a_risk_is_worked_out_and_never_typed)
{
    auto form = risk("l1", "i5");
    form.emplace_back("f.inherent_level", "very_low");
    form.emplace_back("f.inherent_value", "1");
    auto record = record_of(post(hub, hub.siti, risks + "/records", form));
    EXPECT_EQ(hub.count("SELECT f_inherent_value FROM r_risk WHERE f_inherent_level = 'high'"), 20) << "row and column are not swapped";
    ASSERT_EQ(step(hub.siti, record, "assess").status, 303);
    EXPECT_EQ(step(hub.siti, record, "treat", { { "f.response", "accept" }, { "f.response_plan", "x" } }).status, 403);
    ASSERT_EQ(step(hub.dewi, record, "treat", { { "f.response", "reduce_impact" }, { "f.response_plan", "Cadangan" }, { "f.residual_likelihood", "l5" }, { "f.residual_impact", "i1" } }).status, 303);
    EXPECT_EQ(hub.count("SELECT f_residual_value FROM r_risk WHERE f_residual_level = 'low'"), 9);
    auto again = risk("l4", "i5");
    again.emplace_back("version", version_of(record));
    EXPECT_EQ(post(hub, hub.yuli, record, again).status, 403);
    ASSERT_EQ(post(hub, hub.siti, record, again).status, 303);
    EXPECT_EQ(hub.count("SELECT f_inherent_value FROM r_risk WHERE f_inherent_level = 'very_high'"), 24);
    EXPECT_EQ(row(hub.siti, record, "monitoring", { { "c.month", "2026-04" }, { "c.now_likelihood", "l3" }, { "c.now_impact", "i3" }, { "c.now_level", "low" } }).status, 303);
    EXPECT_EQ(hub.count("SELECT f_now_value FROM r_risk__monitoring WHERE f_now_level = 'medium'"), 14);
    EXPECT_EQ(row(hub.siti, record, "monitoring", { { "c.month", "2026-04" }, { "c.now_likelihood", "l1" }, { "c.now_impact", "i1" } }).status, 422) << "once a month";
}

TEST_P(OfficeRegisters, the_list_beside_a_matrix_of_personal_data_stands_in_the_read_log)
{
    hub.run_sql("UPDATE register_definition SET body = replace(replace(body, 'class: internal', 'class: personal'), 'small_cells_below: 0', 'small_cells_below: 5') WHERE register = 'risk'");
    record_of(post(hub, hub.dewi, risks + "/records", risk("l5", "i4")));
    get(hub, hub.dewi, risks + "/matrix");
    auto const read = get(hub, hub.ratna, risks + "/matrix", true);
    EXPECT_EQ(read.status, 200);
    EXPECT_EQ(Json::parse(read.body)["top"].size(), 1u);
    hub.application().tick();
    EXPECT_EQ(hub.count("SELECT count(*) FROM read_log WHERE register = 'risk'"), 1) << "not who made it";
    EXPECT_EQ(hub.count("SELECT count(*) FROM read_log WHERE act = 'listed' AND shown_rows = 1 AND person_id = " + std::to_string(hub.office.ratna.value)), 1);
}

TEST_P(OfficeRegisters, the_matrix_counts_cells_that_open_their_lists)
{
    record_of(post(hub, hub.siti, risks + "/records", risk("l1", "i5")));
    record_of(post(hub, hub.yuli, risks + "/records", risk("l3", "i3")));
    record_of(post(hub, hub.siti, risks + "/records", risk("l3", "i3")));
    auto page = Json::parse(get(hub, hub.siti, risks + "/matrix", true).body);
    EXPECT_EQ(page["in_all"], 3);
    EXPECT_EQ(page["rows"][4]["cells"][4]["count"], 1) << "likelihood 1 stands at the foot, impact 5 at the right";
    EXPECT_EQ(page["rows"][2]["cells"][2]["count"], 2);
    EXPECT_EQ(page["levels"][0]["label"], "Sangat tinggi");
    EXPECT_EQ(page["top"][0]["value"]["arguments"][0], 20);
    auto cell = page["rows"][2]["cells"][2]["link"].get<std::string>();
    EXPECT_EQ(Json::parse(get(hub, hub.siti, cell, true).body)["rows"].size(), 2u);
    EXPECT_EQ(Json::parse(get(hub, hub.siti, risks + "/matrix?of=residual_level", true).body)["unassessed"], 3);
    EXPECT_EQ(get(hub, hub.ratna, risks + "/matrix").status, 200) << "who supervises the office reads its risks";
    EXPECT_EQ(get(hub, hub.budi, risks + "/matrix").status, 404);
    EXPECT_EQ(get(hub, hub.siti, policies + "/matrix").status, 404);
}

TEST_P(OfficeRegisters, each_control_is_asked_once_a_month_and_missing_months_are_shown)
{
    auto record = control(record_of(post(hub, hub.siti, risks + "/records", risk())));
    auto card = Json::parse(get(hub, hub.siti, controls + "/card?month=2026-04", true).body);
    EXPECT_EQ(card["asked"], 1);
    EXPECT_EQ(card["filled"], 0);
    EXPECT_EQ(card["months"][3]["missing"], 1);
    EXPECT_EQ(card["months"][4]["begun"], false);
    EXPECT_FALSE(card["signers"].empty());
    EXPECT_EQ(Json::parse(get(hub, hub.siti, controls + "/card?month=2026-03", true).body)["asked"], 0) << "it was made in April";
    Form form { { "form", "1" }, { "card", "2026-04" }, { "c.month", "2026-04" }, { "c.result", "partly" }, { "c.obstacle", "Petugas cuti" } };
    auto answer = row(hub.siti, record, "checks", form);
    EXPECT_EQ(answer.status, 303) << "who answers for the control fills it in, though dewi made it";
    EXPECT_EQ(answer.header("Location"), controls + "/card?saved=1&month=2026-04");
    EXPECT_EQ(row(hub.siti, record, "checks", form).status, 422);
    EXPECT_EQ(row(hub.yuli, record, "checks", { { "c.month", "2026-05" }, { "c.result", "done" } }).status, 403);
    card = Json::parse(get(hub, hub.siti, controls + "/card?month=2026-04", true).body);
    EXPECT_EQ(card["filled"], 1);
    EXPECT_EQ(card["whole"], true);
    EXPECT_EQ(card["results"][1]["count"], 1);
    EXPECT_THAT(get(hub, hub.siti, controls + "/card?month=2026-04").body, HasSubstr("Petugas cuti"));
    auto end = card["rows"][0]["end"].get<std::string>();
    EXPECT_EQ(post(hub, hub.yuli, end, { { "card", "2026-04" } }).status, 403);
    EXPECT_EQ(post(hub, hub.siti, end, { { "card", "2026-04" } }).header("Location"), controls + "/card?month=2026-04");
    EXPECT_EQ(get(hub, hub.budi, controls + "/card").status, 404);
    EXPECT_EQ(get(hub, hub.siti, risks + "/card").status, 404);
}

TEST_P(OfficeRegisters, a_conflict_is_read_by_its_maker_the_superior_and_the_officer_only)
{
    auto record = conflict(hub.siti, hub.office.siti);
    for (auto* reader : { &hub.siti, &hub.maria, &hub.asri_jar })
        EXPECT_EQ(get(hub, *reader, record).status, 200);
    for (auto* other : { &hub.yuli, &hub.andreas, &hub.sekretaris, &hub.dewi, &hub.ratna, &hub.audita_jar, &hub.admin_jar, &hub.budi }) {
        EXPECT_EQ(get(hub, *other, record).status, 404);
        EXPECT_THAT(get(hub, *other, cases).body, Not(HasSubstr("KKP-1571")));
    }
    EXPECT_THAT(get(hub, hub.maria, cases).body, HasSubstr("KKP-1571"));
    EXPECT_EQ(Json::parse(get(hub, hub.yuli, cases, true).body)["rows"].size(), 0u);
}

TEST_P(OfficeRegisters, the_superior_decides_the_control_and_nobody_his_own)
{
    auto record = conflict(hub.siti, hub.office.siti);
    Form finding { { "f.true_situation", "Benar" }, { "f.impact", "high" } };
    EXPECT_EQ(step(hub.siti, record, "examine", finding).status, 403);
    EXPECT_THAT(get(hub, hub.maria, record).body, HasSubstr("Periksa"));
    ASSERT_EQ(step(hub.maria, record, "examine", finding).status, 303);
    Form decision { { "f.controls", "recusal" }, { "f.decided_on", "2026-04-18" } };
    EXPECT_EQ(step(hub.asri_jar, record, "decide_control", decision).status, 403) << "the officer notes it by a step of his own";
    EXPECT_EQ(step(hub.maria, record, "decide_control").status, 422);
    ASSERT_EQ(step(hub.maria, record, "decide_control", decision).status, 303);
    EXPECT_EQ(step(hub.siti, record, "close", { { "f.monitoring_result", "Selesai" } }).status, 403);
    EXPECT_EQ(step(hub.maria, record, "close", { { "f.monitoring_result", "Selesai" } }).status, 303);
    auto reported = conflict(hub.yuli, hub.office.siti, "other");
    EXPECT_EQ(get(hub, hub.siti, reported).status, 404) << "whom a report is about does not read it";
    EXPECT_EQ(get(hub, hub.maria, reported).status, 200);
}

TEST_P(OfficeRegisters, a_statement_asked_by_the_officer_is_filed_by_its_person)
{
    publish_indicators(*hub.database);
    give_role(*hub.database, "conflict_officer", hub.office.kota_jambi, hub.office.dewi);
    auto record = record_of(post(hub, hub.dewi, statements + "/records", { { "form", "1" }, { "f.person", std::to_string(hub.office.siti.value) }, { "f.period", "2026" } }));
    EXPECT_EQ(get(hub, hub.siti, record).status, 200) << "made by another, about her";
    EXPECT_THAT(get(hub, hub.siti, statements).body, HasSubstr("SBK-1571"));
    EXPECT_EQ(get(hub, hub.yuli, record).status, 404);
    EXPECT_EQ(step(hub.maria, record, "file", { { "f.kind", "free" }, { "f.stated_on", "2026-04-18" } }).status, 403);
    EXPECT_EQ(step(hub.siti, record, "file", { { "f.kind", "potential" }, { "f.stated_on", "2026-04-18" } }).status, 422) << "a potential is described";
    ASSERT_EQ(step(hub.siti, record, "file", { { "f.kind", "free" }, { "f.stated_on", "2026-04-18" } }).status, 303);
    EXPECT_EQ(step(hub.siti, record, "accept").status, 403);
    ASSERT_EQ(step(hub.maria, record, "send_back", { { "reason", "Tanggal salah" } }).status, 303);
    ASSERT_EQ(step(hub.siti, record, "file", { { "f.kind", "potential" }, { "f.sources", "family" }, { "f.potential_words", "Ipar" }, { "f.stated_on", "2026-04-18" } }).status, 303);
    ASSERT_EQ(step(hub.dewi, record, "accept").status, 303);
    auto const behind = "/units/1571/indicators/conflict_statement_share/records?period=2026&part=n";
    for (auto* reader : { &hub.siti, &hub.maria, &hub.dewi })
        EXPECT_THAT(get(hub, *reader, behind).body, HasSubstr(record)) << "who may open it finds it behind the figure: who it is about, her superior, the officer";
    EXPECT_THAT(get(hub, hub.yuli, behind).body, Not(HasSubstr(record)));
    hub.clock.set(hub.clock.now().plus(std::chrono::hours { 24 }));
    EXPECT_THAT(get(hub, hub.nobody, "/public/units/1571/registers/conflict_statement").body, HasSubstr("Kurang dari 5 catatan")) << "too few to be told";
}

TEST_P(OfficeRegisters, the_pages_need_few_statements_and_bytes)
{
    auto first = in_force("KPT 1/2025");
    for (int number = 2; number < 22; ++number) {
        auto record = in_force("KPT " + std::to_string(number) + "/2026");
        ASSERT_EQ(row(hub.dewi, record, "relations", { { "c.relation", "implements" }, { "c.other_document", "KPT 1/2025" } }).status, 303);
        auto danger = record_of(post(hub, hub.siti, risks + "/records", risk("l" + std::to_string(number % 5 + 1), "i" + std::to_string(number % 3 + 1))));
        control(danger);
    }
    struct Page {
        CookieJar* who;
        std::string path;
        std::size_t bytes = 60'000;
    };
    for (auto const& each : std::vector<Page> { { &hub.siti, policies }, { &hub.siti, policies + "/map" }, { &hub.siti, first + "/relations" }, { &hub.siti, risks + "/matrix" },
             { &hub.siti, controls + "/card?month=2026-04" }, { &hub.nobody, "/public/units/1571/jdih", 20'000 },
             { &hub.nobody, "/public/units/1571/registers/regulation/records/" + first.substr(9), 20'000 } }) {
        get(hub, *each.who, each.path);
        auto before = hub.database->counters().statements;
        auto answer = get(hub, *each.who, each.path);
        EXPECT_EQ(answer.status, 200) << each.path;
        EXPECT_LE(hub.database->counters().statements - before, 8) << each.path;
        EXPECT_LE(answer.body.size(), each.bytes) << each.path;
    }
}
