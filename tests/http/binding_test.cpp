#include "definition/systems.hpp"
#include "plan/plan_create.hpp"
#include "plan/plan_fix.hpp"
#include "plan/proposal.hpp"
#include "support/registers.hpp"
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <set>

using namespace kpuhub;
using namespace kpuhub::testing;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

namespace {

/// A success indicator, in words of an office, and the system that it is about.
struct Wording {
    int area = 0;
    char const* no;
    char const* text;
};
constexpr Wording wordings[] = {
    { 1, "1.7", "Persentase penandatanganan pakta integritas" }, { 1, "1.23", "Penetapan agen perubahan" }, { 2, "2.2", "Jumlah naskah dinas yang direvisi" },
    { 2, "2.9", "Produk hukum termuat di JDIH" }, { 3, "3.2", "Pelaporan kuesioner evaluasi organisasi" }, { 3, "3.4", "Struktur organisasi mutakhir" },
    { 4, "4.1", "Peta proses bisnis telah disusun" }, { 4, "4.5", "Jumlah permohonan informasi yang masuk" }, { 4, "4.7", "Jumlah sengketa informasi" },
    { 4, "4.24", "Terdokumentasinya arsip vital" }, { 5, "5.1", "Seluruh pegawai memiliki SKP" }, { 5, "5.10", "Tersedianya dokumen analisis beban kerja" },
    { 5, "5.16", "Pegawai mengisi logbook harian" }, { 6, "6.12", "Reviu Lakip" }, { 6, "6.18", "Pengelola PPBJ bersertifikat" }, { 7, "7.1", "Adanya UPG" },
    { 7, "7.18", "Pelaporan buku kendali tepat waktu" }, { 7, "7.27", "Laporan pengadaan barang/jasa" }, { 8, "8.19", "Tersedianya visi, misi dan motto pelayanan" },
    { 8, "8.28", "Sistem pemberian kompensasi layanan" },
};

/// A register that serves one system; every other one has a step before its record is done.
definition::RegisterText register_for(std::size_t number, Wording const& wording)
{
    auto text = fmt::format("id: proving_{}\nversion: 1\nvalid_from: 2026-01-01\nsource: test\nclass: internal\npurpose: {{id: Uji, en: Test}}\nlegal_basis: test\n"
                            "retention: {{years: 1, after: created}}\nsystems: [\"{}\"]\ntitle: {{id: Catatan {}, en: Record {}}}\n"
                            "fields:\n  day: {{kind: date, required: true, label: {{id: Tanggal, en: Day}}}}\naccess: {{read: [staff], create: [staff]}}\n"
                            "numbering: {{pattern: \"X{}-{{unit}}-{{year}}-{{no:3}}\", per: year}}\n",
        number, wording.no, number, number, number);
    if (number % 2 == 1)
        text += "flow:\n  start: open\n  states:\n    open: {label: {id: Dibuka, en: Open}}\n    done: {label: {id: Selesai, en: Done}, closed: true}\n"
                "    cancelled: {label: {id: Batal, en: Cancelled}, closed: true}\n  steps:\n    finish: {label: {id: Selesaikan, en: Finish}, from: open, to: done, by: [staff]}\n"
                "    cancel: {label: {id: Batalkan, en: Cancel}, from: open, to: cancelled, by: [staff]}\n";
    return { fmt::format("proving_{}.yaml", number), text };
}

plan::Tree tree_of_wordings(Office const& office)
{
    plan::Tree tree;
    tree.title = "Rencana aksi";
    auto node = [](plan::Level level, int area, std::string body) {
        plan::TreeNode made;
        made.row.level = level;
        made.row.area_no = area;
        made.row.body = std::move(body);
        return made;
    };
    int number = 0;
    for (auto const& wording : wordings) {
        if (tree.areas.empty() || tree.areas.back().row.area_no != wording.area) {
            tree.areas.push_back(node(plan::Level::Area, wording.area, fmt::format("Area {}", wording.area)));
            tree.areas.back().row.owner_subdivision = office.rendatin;
            tree.areas.back().children.push_back(node(plan::Level::Activity, wording.area, "Kegiatan"));
        }
        auto sub = node(plan::Level::Subactivity, wording.area, fmt::format("Baris {}", ++number));
        sub.row.printed = plan::Months::of({ 4 });
        sub.row.owner_subdivision = office.rendatin;
        sub.children.push_back(node(plan::Level::Indicator, wording.area, wording.text));
        tree.areas.back().children.back().children.push_back(std::move(sub));
    }
    return tree;
}

/// Kota Jambi with twenty registers, off, and a plan of twenty rows; siti's sub-division answers for all of them.
class BoundRows : public ::testing::TestWithParam<storage::Engine> {
protected:
    Hub hub { GetParam(), true };
    PlanId plan {};

    void SetUp() override
    {
        publish_registers(*hub.database);
        std::vector<definition::RegisterText> texts;
        for (std::size_t i = 0; i < std::size(wordings); ++i)
            texts.push_back(register_for(i, wordings[i]));
        publish_registers(*hub.database, texts);
        auto const today = time::Date::of(2026, 4, 2);
        auto made = hub.database->write([&](storage::Transaction& transaction) -> Result<PlanId> {
            auto const act = act_of(hub.office.andreas, today);
            return plan::create(transaction, act, hub.office.kota_jambi, 2026, plan::PlanKind::Office, tree_of_wordings(hub.office));
        });
        ASSERT_TRUE(made) << made.error().message_key;
        plan = *made;
    }
    void fix_plan()
    {
        auto const today = time::Date::of(2026, 4, 2);
        auto fixed = hub.database->write([&](storage::Transaction& transaction) {
            return plan::fix(transaction, act_of(hub.office.andreas, today), plan, version_of(*hub.database, subject_of(plan)), { "1 TAHUN 2026", today, "Jambi", "Ketua", "Ketua" });
        });
        ASSERT_TRUE(fixed) << fixed.error().message_key;
    }
    std::int64_t deliverable_of(std::string const& indicator)
    {
        return hub.count("SELECT d.subject_id FROM deliverable d JOIN plan_node i ON i.parent_id = d.node_id WHERE i.body = '" + indicator + "'");
    }
    std::string panel_of(std::string const& indicator) { return "/deliverables/" + std::to_string(deliverable_of(indicator)); }
    std::string node_of(std::string const& indicator) { return std::to_string(hub.count("SELECT subject_id FROM plan_node WHERE body = '" + indicator + "'")); }
    static std::string form_of(std::size_t number) { return fmt::format("/units/1571/registers/proving_{}", number); }
    /// A record of the register, done.
    std::string record(std::size_t number, std::string const& day = "2026-04-10")
    {
        auto made = record_of(post(hub, hub.siti, form_of(number) + "/records", { { "form", "1" }, { "f.day", day } }));
        if (number % 2 == 1)
            EXPECT_EQ(step(made, "finish").status, 303);
        return made;
    }
    http::Response step(std::string const& made, std::string const& name)
    {
        return post(hub, hub.siti, made + "/steps/" + name, { { "version", std::to_string(hub.count("SELECT version FROM subject WHERE id = " + made.substr(9))) } });
    }
    /// Deliverables with a proposal now.
    std::set<std::int64_t> proposed()
    {
        auto rows = hub.database->read([&](storage::Reader& reader) -> Result<std::vector<plan::ProposedWork>> {
            return plan::proposals_in(reader, hub.office.andreas, time::Date::of(2026, 4, 18), hub.office.kota_jambi, false, 500);
        });
        std::set<std::int64_t> found;
        for (auto const& each : *rows)
            found.insert(each.proposal.deliverable.value);
        return found;
    }
};
FOR_BOTH_ENGINES(BoundRows);

}

TEST_P(BoundRows, of_twenty_bindings_each_record_moves_exactly_its_own_row)
{
    EXPECT_EQ(hub.count("SELECT count(*) FROM register_use WHERE state = 'on'"), 0);
    EXPECT_THAT(get(hub, hub.siti, form_of(0) + "/new").body, HasSubstr("belum diaktifkan"));
    fix_plan();
    for (std::size_t i = 0; i < std::size(wordings); ++i) {
        SCOPED_TRACE(wordings[i].text);
        EXPECT_EQ(hub.count(fmt::format("SELECT count(*) FROM register_use WHERE state = 'on' AND register = 'proving_{}'", i)), 1);
        auto const before = proposed();
        record(i);
        auto after = proposed();
        for (auto known : before)
            EXPECT_EQ(after.erase(known), 1u);
        EXPECT_EQ(after, std::set { deliverable_of(wordings[i].text) });
    }
}

TEST_P(BoundRows, a_record_outside_the_time_of_the_row_or_cancelled_proposes_nothing)
{
    fix_plan();
    record(0, "2026-03-31");
    record(2, "2026-05-01");
    auto const open = record_of(post(hub, hub.siti, form_of(1) + "/records", { { "form", "1" }, { "f.day", "2026-04-10" } }));
    EXPECT_TRUE(proposed().empty()) << "not done yet";
    EXPECT_EQ(step(open, "cancel").status, 303);
    EXPECT_TRUE(proposed().empty()) << "done, but nothing was";
    record(4, "2026-04-30");
    EXPECT_EQ(proposed(), std::set { deliverable_of(wordings[4].text) });
}

TEST_P(BoundRows, the_panel_leads_to_the_register_and_takes_the_record_as_proof)
{
    fix_plan();
    auto const row = panel_of(wordings[0].text);
    auto const panel = get(hub, hub.siti, row).body;
    EXPECT_THAT(panel, HasSubstr("Isi sekarang"));
    EXPECT_THAT(panel, HasSubstr("/units/1571/registers/proving_0/new?row=" + row.substr(14) + ":" + node_of(wordings[0].text)));
    EXPECT_THAT(panel, Not(HasSubstr("Usulan bukti")));
    EXPECT_THAT(get(hub, hub.siti, "/units/1571/registers?row=" + row.substr(14) + ":" + node_of(wordings[0].text)).body, HasSubstr("cocok dengan baris ini"));
    auto const made = record(0);
    EXPECT_THAT(get(hub, hub.siti, "/").body, HasSubstr(row + "#usulan"));
    EXPECT_THAT(get(hub, hub.siti, row).body, HasSubstr("Usulan bukti"));
    std::vector<std::pair<std::string, std::string>> const form { { "record", made.substr(9) }, { "row", node_of(wordings[0].text) } };
    auto with = [&](std::string const& step) {
        auto sent = form;
        sent.emplace_back("step", step);
        return sent;
    };
    EXPECT_EQ(post(hub, hub.budi, row + "/proposals", with("confirm")).status, 404);
    EXPECT_EQ(post(hub, hub.dewi, row + "/proposals", with("confirm")).status, 403) << "not her row";
    EXPECT_EQ(post(hub, hub.ratna, row + "/proposals", with("dismiss")).status, 403);
    EXPECT_EQ(post(hub, hub.siti, row + "/proposals", with("swallow")).status, 422);
    EXPECT_EQ(post(hub, hub.siti, row + "/proposals", with("confirm")).status, 303);
    EXPECT_EQ(hub.count("SELECT count(*) FROM evidence e JOIN evidence_link l ON l.evidence_id = e.subject_id WHERE e.evidence_kind = 'record' AND l.subject_id = " + row.substr(14)
                  + " AND l.node_id = " + node_of(wordings[0].text)), 1);
    EXPECT_EQ(hub.count("SELECT count(*) FROM subject WHERE state = 'under_way' AND id = " + row.substr(14)), 1);
    EXPECT_EQ(hub.count("SELECT fulfilled FROM deliverable_item WHERE deliverable_id = " + row.substr(14)), 1);
    EXPECT_TRUE(proposed().empty());
    EXPECT_EQ(post(hub, hub.siti, row + "/proposals", with("confirm")).status, 409) << "it is a proof already";
    EXPECT_THAT(get(hub, hub.siti, row).body, HasSubstr("X0-1571-2026-001"));
}

TEST_P(BoundRows, a_proposal_that_was_set_aside_stays_away)
{
    fix_plan();
    auto const row = panel_of(wordings[1].text);
    auto const made = record(1);
    EXPECT_EQ(post(hub, hub.siti, row + "/proposals", { { "record", made.substr(9) }, { "row", node_of(wordings[1].text) }, { "step", "dismiss" } }).status, 303);
    EXPECT_TRUE(proposed().empty());
    EXPECT_THAT(get(hub, hub.siti, row).body, HasSubstr("mengabaikan usulan bukti"));
    record(1);
    EXPECT_EQ(proposed(), std::set { deliverable_of(wordings[1].text) }) << "another record proposes itself all the same";
}

/// As after an update of the program, or before anybody listened to the records of a register.
TEST_P(BoundRows, records_that_were_done_before_propose_themselves_too)
{
    fix_plan();
    for (std::size_t number : { 0, 1, 2 })
        record(number);
    auto const open = record_of(post(hub, hub.siti, form_of(3) + "/records", { { "form", "1" }, { "f.day", "2026-04-10" } }));
    auto const all = proposed();
    EXPECT_EQ(all.size(), 3U);
    auto const told = hub.count("SELECT count(*) FROM provable_target");
    for (auto const* table : { "provable_target", "provable_record", "provable_build" })
        hub.run_sql(std::string { "DELETE FROM " } + table);
    EXPECT_TRUE(proposed().empty());
    for (int round = 0; round < 60; ++round)
        (void)hub.application().tick();
    EXPECT_EQ(proposed(), all) << "without anybody writing the records again";
    EXPECT_EQ(hub.count("SELECT count(*) FROM provable_target"), told);
    EXPECT_EQ(hub.count("SELECT count(*) FROM provable_record WHERE record_id = " + open.substr(9)), 0) << "not done yet";
    EXPECT_EQ(hub.count("SELECT count(*) FROM provable_build WHERE done = 0"), 0);
    hub.run_sql("DELETE FROM provable_target");
    hub.run_sql("DELETE FROM provable_record");
    hub.clock.set(hub.clock.now().plus(std::chrono::minutes { 11 }));
    for (int round = 0; round < 60; ++round)
        (void)hub.application().tick();
    EXPECT_TRUE(proposed().empty()) << "by the same definitions nothing is looked at twice";
}

TEST_P(BoundRows, the_verification_sheet_shows_what_is_proposed)
{
    fix_plan();
    EXPECT_THAT(get(hub, hub.maria, "/verification").body, Not(HasSubstr("Usulan bukti")));
    record(0);
    auto const row = panel_of(wordings[0].text);
    auto const before = get(hub, hub.maria, "/verification");
    EXPECT_THAT(before.body, AllOf(HasSubstr("Usulan bukti untuk baris yang belum diajukan"), HasSubstr(row + "#usulan")));
    EXPECT_THAT(get(hub, hub.maria, "/verification", true).body, HasSubstr("\"proposals\""));
    EXPECT_THAT(get(hub, hub.budi, "/verification").body, Not(HasSubstr("#usulan"))) << "of another office";
    auto const id = row.substr(14);
    EXPECT_EQ(post(hub, hub.siti, row + "/submission", { { "version", std::to_string(hub.count("SELECT version FROM subject WHERE id = " + id)) }, { "note", "selesai" } }).status, 303);
    EXPECT_THAT(get(hub, hub.andreas, "/verification").body + get(hub, hub.maria, "/verification").body, AllOf(HasSubstr("Catatan yang diusulkan sebagai bukti:"), Not(HasSubstr("[["))));
}

TEST_P(BoundRows, what_a_row_is_about_is_changed_by_hand_and_put_back)
{
    fix_plan();
    auto const page = "/units/1571/plans/2026/rows/" + node_of(wordings[0].text) + "/targets";
    auto const shown = get(hub, hub.andreas, page + "?q=arsip").body;
    EXPECT_THAT(shown, HasSubstr("Pakta integritas"));
    EXPECT_THAT(shown, HasSubstr("system:archive"));
    EXPECT_THAT(get(hub, hub.andreas, page + "?q=tidakadaini").body, HasSubstr("Tidak ada yang cocok"));
    EXPECT_EQ(get(hub, hub.siti, page).status, 403);
    EXPECT_EQ(get(hub, hub.budi, page).status, 404);
    auto version = [&] { return std::to_string(hub.count("SELECT version FROM subject WHERE id = " + std::to_string(plan.value))); };
    EXPECT_EQ(post(hub, hub.siti, page, { { "version", version() }, { "target", "system:archive" }, { "step", "save" } }).status, 403);
    EXPECT_EQ(post(hub, hub.andreas, page, { { "version", "0" }, { "target", "system:archive" }, { "step", "save" } }).status, 409);
    EXPECT_EQ(post(hub, hub.andreas, page, { { "version", version() }, { "target", "system:nothing" }, { "step", "save" } }).status, 422);
    EXPECT_EQ(post(hub, hub.andreas, page, { { "version", version() }, { "target", "system:archive" }, { "step", "save" } }).status, 303);
    record(0);
    EXPECT_TRUE(proposed().empty());
    record(9);
    EXPECT_EQ(proposed(), (std::set { deliverable_of(wordings[0].text), deliverable_of(wordings[9].text) }));
    EXPECT_EQ(post(hub, hub.andreas, page, { { "version", version() }, { "step", "reset" } }).status, 303);
    EXPECT_EQ(proposed(), (std::set { deliverable_of(wordings[0].text), deliverable_of(wordings[9].text) })) << "its own record, and that of the other row";
    EXPECT_EQ(hub.count("SELECT count(*) FROM event WHERE kind = 'plan.row_bound'"), 2);
}

TEST_P(BoundRows, a_register_that_is_off_says_so_and_who_may_switches_it_on)
{
    auto const address = form_of(0);
    for (auto const& page : { address, address + "/new", address + "/import" }) {
        auto const answer = get(hub, hub.siti, page);
        EXPECT_EQ(answer.status, 404);
        EXPECT_THAT(answer.body, HasSubstr("belum diaktifkan")) << page;
    }
    EXPECT_THAT(get(hub, hub.budi, address).body, Not(HasSubstr("belum diaktifkan"))) << "another office need not know";
    EXPECT_THAT(get(hub, hub.siti, "/units/1571/registers").body, Not(HasSubstr("Catatan 0")));
    EXPECT_EQ(post(hub, hub.siti, address + "/records", { { "form", "1" }, { "f.day", "2026-04-10" } }).status, 404);
    auto const seen = get(hub, hub.andreas, address).body;
    EXPECT_THAT(seen, HasSubstr(address + "/use"));
    EXPECT_EQ(post(hub, hub.siti, address + "/use", { { "state", "on" } }).status, 404);
    EXPECT_EQ(post(hub, hub.andreas, address + "/use", { { "state", "on" } }).status, 303);
    EXPECT_EQ(get(hub, hub.siti, address + "/new").status, 200);
}

namespace {

/// An event on one topic, held and reported.
std::string event_on(Hub& hub, std::string const& topic)
{
    auto made = record_of(post(hub, hub.siti, "/units/1571/registers/event_attendance/records",
        { { "form", "1" }, { "f.name", "Sosialisasi" }, { "f.event_kind", "socialisation" }, { "f.topics", topic }, { "f.held_on", "2026-04-10" }, { "f.place", "Aula" } }));
    for (auto const* step : { "hold", "report" }) {
        auto const version = std::to_string(hub.count("SELECT version FROM subject WHERE id = " + made.substr(9)));
        EXPECT_EQ(post(hub, hub.siti, made + "/steps/" + step, { { "version", version }, { "f.minutes", "Terlaksana" } }).status, 303);
    }
    return made;
}

}

TEST_P(BoundRows, of_a_register_of_many_matters_only_the_fitting_records_propose_themselves)
{
    auto rename = [&](Wording const& wording, std::string const& text) { hub.run_sql(fmt::format("UPDATE plan_node SET body = '{}' WHERE body = '{}'", text, wording.text)); };
    rename(wordings[15], "Adanya sosialisasi gratifikasi");
    rename(wordings[16], "Sosialisasi Whistle Blowing System ke seluruh pegawai");
    hub.run_sql("UPDATE plan_binding SET offer = 'older'");
    while (hub.application().tick()) { }
    fix_plan();
    event_on(hub, "gratification");
    EXPECT_EQ(proposed(), std::set { deliverable_of("Adanya sosialisasi gratifikasi") });
    event_on(hub, "whistleblowing");
    EXPECT_EQ(proposed(), (std::set { deliverable_of("Adanya sosialisasi gratifikasi"), deliverable_of("Sosialisasi Whistle Blowing System ke seluruh pegawai") }));
}

TEST_P(BoundRows, a_record_of_several_systems_proves_the_first_of_them)
{
    auto two = register_for(100, wordings[18]);
    two.text.replace(two.text.find("[\"8.19\"]"), 8, "[\"8.19\", \"8.28\"]");
    publish_registers(*hub.database, { two });
    fix_plan();
    EXPECT_THAT(get(hub, hub.siti, panel_of(wordings[19].text)).body, HasSubstr("/registers/proving_100/new")) << "the row leads to it all the same";
    record(100);
    EXPECT_EQ(proposed(), std::set { deliverable_of(wordings[18].text) });
}

/// A system that is said to be served by a page leads to one that there is.
TEST(ServingPages, are_routes_of_the_program)
{
    Hub hub { storage::Engine::Sqlite, false };
    std::set<std::string> routes;
    for (auto const& route : hub.application().router().routes())
        if (route.method == http::Method::Get)
            routes.insert(route.pattern);
    int tried = 0;
    for (auto const& system : definition::systems()) {
        if (system.address.empty())
            continue;
        EXPECT_TRUE(routes.contains(system.address)) << system.no << " " << system.address;
        ++tried;
    }
    EXPECT_GT(tried, 5);
}
