#include "codec/tool.hpp"
#include "http/csrf.hpp"
#include "record/receipt.hpp"
#include "support/hub.hpp"
#include "support/registers.hpp"
#include <gmock/gmock.h>

using namespace kpuhub;
using namespace kpuhub::testing;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

namespace {

using Form = std::vector<std::pair<std::string, std::string>>;

/// A citizen and the office: the request comes through the public door, the officer (siti) works on it, the superior (dewi) answers.
class Intake : public ::testing::Test {
protected:
    Hub hub { storage::Engine::Sqlite, true };
    CookieJar citizen;
    std::string const door = "/public/units/1571/information-request";

    void SetUp() override
    {
        ASSERT_TRUE(flow::load_calendar(*hub.database));
        ASSERT_TRUE(flow::load_clock_rules(*hub.database));
        publish_registers(*hub.database);
        switch_on(*hub.database, "ppid_request", hub.office.kota_jambi);
        give_role(*hub.database, "ppid_officer", hub.office.kota_jambi, hub.office.siti);
        give_role(*hub.database, "ppid_superior", hub.office.kota_jambi, hub.office.dewi);
        set_time(2026, 2, 2, 9);
    }
    void set_time(int year, unsigned month, unsigned day, int hour = 10)
    {
        auto const when = time::start_of_day(time::Date::of(year, month, day), time::Zone::Wib).plus(std::chrono::hours { hour });
        for (auto now = hub.clock.now().plus(std::chrono::hours { 20 }); now < when; now = now.plus(std::chrono::hours { 20 })) {
            hub.clock.set(now);                                         // a jump of more than a day would pause the limits
            (void)hub.application().tick();
        }
        hub.clock.set(when);
        siti = hub.sign_in(hub.office.siti);
        dewi = hub.sign_in(hub.office.dewi);
        yuli = hub.sign_in(hub.office.yuli);
        (void)hub.application().tick();
    }
    Form filled(std::string const& key = "kunci-pemohon-1")
    {
        return { { "form", "1" }, { "request_key", key }, { "f.information", "Rekap DPB Triwulan IV 2025" }, { "f.aim", "Penelitian" }, { "f.obtaining", "copy" }, { "f.copy_form", "soft" },
            { "f.applicant_kind", "person" }, { "f.name", "Budi Santoso" }, { "f.address", "Jl. Contoh 1, Jambi" }, { "f.email", "budi@example.id" }, { "f.phone", "081200000002" } };
    }
    http::Response send(CookieJar& who, Form form, std::string const& path = {})
    {
        (void)get(hub, who, path.empty() ? door : "/track");            // the page gives the visitor a secret
        form.emplace_back("csrf", http::csrf_token(who["kpuhub-visitor"]));
        return post(hub, who, path.empty() ? door : path, std::move(form));
    }
    Form signed_form(Form form)
    {
        form.emplace_back("csrf", http::csrf_token(citizen["kpuhub-visitor"]));
        return form;
    }
    std::string record() { return "/records/" + std::to_string(hub.count("SELECT max(subject_id) FROM r_ppid_request")); }
    std::string version() { return std::to_string(hub.count("SELECT version FROM subject WHERE id = (SELECT max(subject_id) FROM r_ppid_request)")); }
    http::Response step(CookieJar& who, std::string const& name, Form form = {})
    {
        form.emplace_back("version", version());
        form.emplace_back("form", "1");
        return post(hub, who, record() + "/steps/" + name, std::move(form));
    }
    std::int64_t requests() { return hub.count("SELECT count(*) FROM r_ppid_request"); }

    CookieJar siti, dewi, yuli;
};

}

TEST_F(Intake, a_citizen_asks_is_asked_back_objects_and_is_answered)
{
    auto const page = get(hub, citizen, door);
    EXPECT_EQ(page.status, 200);
    EXPECT_LE(page.body.size(), 30'000U);
    EXPECT_THAT(page.body, Not(HasSubstr("Dasar penolakan"))) << "nobody was refused: a table of noughts tells nothing";
    EXPECT_THAT(page.body, AllOf(HasSubstr("Minta informasi publik"), Not(HasSubstr("[[")), Not(HasSubstr("<script"))));
    EXPECT_THAT(page.header("Cache-Control"), HasSubstr("no-store")) << "it holds a token";
    auto const sent = send(citizen, filled());
    ASSERT_EQ(sent.status, 303) << sent.body.substr(0, 3000);
    EXPECT_EQ(sent.header("Location"), "/track?sent=1") << "the code stands in no address";
    auto tracked = get(hub, citizen, "/track?sent=1");
    EXPECT_THAT(tracked.body, AllOf(HasSubstr("001/PPID/1571/II/2026"), HasSubstr("Terdaftar"), HasSubstr("Rabu, 18 Februari 2026"), HasSubstr("Imlek"), Not(HasSubstr("[["))));
    EXPECT_THAT(tracked.body, Not(HasSubstr("Budi Santoso"))) << "who the code falls to need not learn who asked";
    EXPECT_LE(tracked.body.size(), 30'000U);
    EXPECT_EQ(tracked.header("Cache-Control"), "no-store");
    EXPECT_EQ(hub.count("SELECT count(*) FROM outbox WHERE address = 'budi@example.id' AND body NOT LIKE '%Rekap%'"), 1);

    set_time(2026, 2, 4);
    EXPECT_EQ(step(siti, "ask_completion", { { "reason", "Sebutkan kecamatannya" } }).status, 303);
    tracked = get(hub, citizen, "/track");
    EXPECT_THAT(tracked.body, AllOf(HasSubstr("Sebutkan kecamatannya"), HasSubstr("Berhenti sementara: menunggu Anda"), HasSubstr("/track/steps/complete")));
    set_time(2026, 2, 6);
    auto const none = send(citizen, { { "form", "1" }, { "version", version() }, { "f.completion", "" } }, "/track/steps/complete");
    EXPECT_EQ(none.status, 422) << none.body.substr(0, 500);
    EXPECT_EQ(send(citizen, { { "form", "1" }, { "version", version() }, { "f.completion", "Kecamatan Telanaipura" } }, "/track/steps/complete").status, 303);
    EXPECT_THAT(get(hub, citizen, "/track").body, HasSubstr("Jumat, 20 Februari 2026")) << "two working days later";

    set_time(2026, 2, 23);
    auto const officer_page = get(hub, siti, record());
    EXPECT_THAT(officer_page.body, AllOf(HasSubstr("Lewat batas"), HasSubstr("Kecamatan Telanaipura"), HasSubstr("/clocks/"), HasSubstr("Budi Santoso"), HasSubstr("Pengirim")));
    EXPECT_THAT(get(hub, siti, "/units/1571/registers/ppid_request?late=1").body, HasSubstr("001/PPID/1571/II/2026"));
    EXPECT_EQ(step(siti, "fulfil", { { "f.notice_on", "2026-02-23" }, { "f.answer", "Terlampir rekapnya" } }).status, 303);
    tracked = get(hub, citizen, "/track");
    EXPECT_THAT(tracked.body, AllOf(HasSubstr("terlambat"), HasSubstr("Terlampir rekapnya"), HasSubstr("/track/steps/object")));
    EXPECT_EQ(send(citizen, { { "form", "1" }, { "version", version() }, { "f.objection_ground", "g_late" }, { "f.objection_case", "Lewat waktu" } }, "/track/steps/object").status, 303);
    EXPECT_THAT(get(hub, citizen, "/track").body, HasSubstr("KB-1571-2026-001"));

    set_time(2026, 2, 25);
    EXPECT_EQ(step(siti, "answer_objection", { { "f.superior_answer", "x" }, { "f.superior_decision", "rejected" } }).status, 403);
    EXPECT_EQ(step(dewi, "answer_objection", { { "f.superior_answer", "Keberatan diterima" }, { "f.superior_decision", "accepted" } }).status, 303);
    EXPECT_THAT(get(hub, citizen, "/track").body, HasSubstr("Keberatan diterima"));
    EXPECT_EQ(hub.count("SELECT count(*) FROM outbox WHERE address = 'budi@example.id'"), 6) << "one for each state";
    auto const counts = get(hub, citizen, "/public/units/1571/registers/ppid_request?year=2026");
    EXPECT_THAT(counts.body, AllOf(HasSubstr("Kurang dari 5 catatan"), HasSubstr("Kirim permohonan"), Not(HasSubstr("[["))));
    EXPECT_THAT(get(hub, citizen, "/public/units/1571").body, HasSubstr("/public/units/1571/information-request"));
}

TEST_F(Intake, the_same_form_twice_is_one_request_and_one_code)
{
    ASSERT_EQ(send(citizen, filled()).status, 303);
    auto const first = citizen["kpuhub-track"];
    ASSERT_EQ(send(citizen, filled()).status, 303);
    EXPECT_EQ(citizen["kpuhub-track"], first);
    EXPECT_EQ(requests(), 1);
    ASSERT_EQ(send(citizen, filled("kunci-lain")).status, 303);
    EXPECT_EQ(requests(), 2);
    EXPECT_NE(citizen["kpuhub-track"], first);
    EXPECT_EQ(hub.count("SELECT count(*) FROM record_intake WHERE code_digest LIKE '%" + first.substr(0, 4) + "%'"), 0);
}

TEST_F(Intake, the_code_alone_opens_the_request_and_nothing_else_does)
{
    ASSERT_EQ(send(citizen, filled()).status, 303);
    auto const code = citizen["kpuhub-track"];
    CookieJar other;
    EXPECT_THAT(get(hub, other, "/track").body, AllOf(HasSubstr("Kode pelacakan"), Not(HasSubstr("Rekap DPB"))));
    for (auto const* wrong : { "", "001/PPID/1571/II/2026", "AAAA-AAAA-AAAA-A", "../../etc/passwd", "7K4Q X9ZD" })
        EXPECT_EQ(send(other, { { "code", wrong } }, "/track").status, 422) << wrong;
    EXPECT_EQ(send(other, { { "code", code } }, "/track").status, 303);
    EXPECT_THAT(get(hub, other, "/track").body, HasSubstr("Rekap DPB"));
    EXPECT_EQ(send(other, {}, "/track/end").status, 303);
    EXPECT_THAT(get(hub, other, "/track").body, Not(HasSubstr("Rekap DPB")));
    for (int tries = 0; tries < 60; ++tries)
        (void)send(other, { { "code", "AAAA-AAAA-AAAA-A" } }, "/track");
    EXPECT_EQ(send(other, { { "code", code } }, "/track").status, 503) << "guessing is slowed, for everybody of that network";
}

TEST_F(Intake, wrong_and_hostile_forms_write_nothing)
{
    auto with = [&](std::string const& field, std::string const& value) {
        auto form = filled();
        for (auto& [name, old] : form)
            if (name == field)
                old = value;
        return form;
    };
    EXPECT_EQ(send(citizen, with("f.information", "")).status, 422);
    EXPECT_EQ(send(citizen, with("f.name", std::string(501, 'x'))).status, 422);
    EXPECT_EQ(send(citizen, with("f.information", std::string(20'001, 'x'))).status, 422);
    for (auto const* address : { "budi@example.id\nBcc: semua@kpu.go.id", "budi", "a@b@c", "budi@example.id, lain@example.id" })
        EXPECT_EQ(send(citizen, with("f.email", address)).status, 422) << address;
    EXPECT_EQ(send(citizen, with("f.applicant_kind", "king")).status, 422);
    EXPECT_EQ(requests(), 0);
    EXPECT_EQ(hub.count("SELECT count(*) FROM outbox"), 0);

    auto planted = filled();
    for (auto const* field : { "f.answer", "f.notice_on", "f.superior_decision", "f.objection_number", "f.regime", "f.received_at", "state" })
        planted.emplace_back(field, std::string { field } == "f.regime" ? "election" : "2020-01-01T00:00");
    ASSERT_EQ(send(citizen, planted).status, 303);
    EXPECT_EQ(hub.count("SELECT count(*) FROM r_ppid_request WHERE f_answer IS NOT NULL OR f_notice_on IS NOT NULL OR f_regime <> 'general' OR f_objection_number IS NOT NULL"), 0)
        << "only what the door asks is taken";
    EXPECT_EQ(hub.count("SELECT count(*) FROM r_ppid_request WHERE f_received_at = " + std::to_string(hub.clock.now().milliseconds)), 1);
}

TEST_F(Intake, what_is_wrong_is_told_in_the_order_of_the_form)
{
    auto form = filled();
    std::erase_if(form, [](auto const& field) { return field.first == "f.aim" || field.first == "f.obtaining" || field.first == "f.name" || field.first == "f.applicant_kind"; });
    auto const page = send(citizen, form);
    EXPECT_EQ(page.status, 422);
    std::size_t last = 0;
    for (auto const* field : { "href=\"#f.aim\"", "href=\"#f.obtaining\"", "href=\"#f.applicant_kind\"", "href=\"#f.name\"" }) {
        auto const at = page.body.find(field);
        ASSERT_NE(at, std::string::npos) << field;
        EXPECT_GT(at, last) << field;
        last = at;
    }
}

TEST_F(Intake, the_answer_and_the_words_of_the_officer_stand_before_limits_and_code)
{
    ASSERT_EQ(send(citizen, filled()).status, 303);
    auto page = get(hub, citizen, "/track?sent=1").body;
    EXPECT_LT(page.find("Kode pelacakan Anda"), page.find("Batas waktu")) << "just sent: the code comes first";
    set_time(2026, 2, 4);
    EXPECT_EQ(step(siti, "ask_completion", { { "reason", "Sebutkan kecamatannya" } }).status, 303);
    page = get(hub, citizen, "/track").body;
    EXPECT_THAT(page, HasSubstr("Pesan petugas:</b> Sebutkan kecamatannya"));
    EXPECT_LT(page.find("Pesan petugas:"), page.find("/track/steps/complete"));
    EXPECT_LT(page.find("/track/steps/complete"), page.find("Batas waktu"));
    EXPECT_GT(page.find("Kode pelacakan Anda"), page.find("Batas waktu"));
}

TEST_F(Intake, the_officer_sees_on_his_start_page_which_limits_wait_for_him)
{
    EXPECT_THAT(get(hub, siti, "/").body, Not(HasSubstr("id=\"limits\"")));
    ASSERT_EQ(send(citizen, filled()).status, 303);
    set_time(2026, 2, 23);
    auto const page = get(hub, siti, "/").body;
    EXPECT_THAT(page, HasSubstr("id=\"limits\""));
    EXPECT_THAT(page, HasSubstr("Lewat batas"));
    EXPECT_THAT(get(hub, siti, "/clocks?mine=1").body, HasSubstr(record()));
    EXPECT_THAT(get(hub, yuli, "/").body, Not(HasSubstr("id=\"limits\""))) << "they wait for siti only";
    EXPECT_THAT(get(hub, yuli, "/clocks?mine=1").body, Not(HasSubstr(record())));
}

TEST_F(Intake, a_form_without_its_token_or_from_another_site_is_refused)
{
    (void)get(hub, citizen, door);
    auto site = hub.site();
    site.prepare = nullptr;
    EXPECT_EQ(run(site, { .name = "no token", .method = http::Method::Post, .path = door, .form = filled(), .as = &citizen }).status, 403);
    auto foreign = hub.site();
    foreign.origin = "https://jahat.example";
    EXPECT_EQ(run(foreign, { .name = "foreign", .method = http::Method::Post, .path = door, .form = filled(), .as = &citizen }).status, 403);
    EXPECT_EQ(requests(), 0);
}

TEST_F(Intake, a_flood_from_one_network_waits)
{
    for (int number = 0; number < 20; ++number)
        ASSERT_EQ(send(citizen, filled("k" + std::to_string(number))).status, 303) << number;
    auto const more = send(citizen, filled("k-lagi"));
    EXPECT_EQ(more.status, 503);
    EXPECT_THAT(more.body, AllOf(HasSubstr("Terlalu banyak kiriman"), HasSubstr("Rekap DPB Triwulan IV 2025"))) << "what was typed stays";
    EXPECT_EQ(requests(), 20);
    set_time(2026, 2, 2, 11);
    EXPECT_EQ(send(citizen, filled("k-lagi")).status, 303);
}

TEST_F(Intake, files_that_came_to_nothing_count_too)
{
    (void)get(hub, citizen, door);
    auto refused = [&](int number) {
        return run(hub.site(), { .name = "no picture", .method = http::Method::Post, .path = door, .form = signed_form(filled("k" + std::to_string(number))),
            .uploads = { upload_of(hub.folder, "ktp.jpg", "#!/bin/sh\n", "f.identity") }, .as = &citizen });
    };
    for (int number = 0; number < 20; ++number)
        ASSERT_EQ(refused(number).status, 422) << number;
    EXPECT_EQ(refused(20).status, 503) << "no further file is looked at";
    EXPECT_EQ(send(citizen, filled("k-lagi")).status, 503);
    EXPECT_EQ(hub.count("SELECT hits FROM rate WHERE name LIKE 'intake:ppid_request:%' AND name NOT LIKE '%unit %'"), 20);
    EXPECT_EQ(hub.count("SELECT count(*) FROM rate WHERE name LIKE 'intake:ppid_request:unit %'"), 0) << "strangers do not close the office";
    for (int number = 0; number < 3; ++number)
        (void)send(citizen, filled());
    EXPECT_EQ(requests(), 0);
}

TEST_F(Intake, the_pages_of_the_code_send_no_referrer)
{
    for (auto const method : { http::Method::Get, http::Method::Post }) {
        auto const found = hub.application().router().find(method, "/track");
        EXPECT_EQ(std::get<http::Router::Found>(found).route->policy, http::PagePolicy::Traceless);
    }
    (void)get(hub, citizen, "/track");
    auto site = hub.site();
    site.origin = "null";                           // what browsers say then
    auto form = signed_form({ { "code", "AAAA-AAAA-AAAA-A" } });
    EXPECT_EQ(run(site, { .name = "no origin", .method = http::Method::Post, .path = "/track", .form = form, .as = &citizen }).status, 422);
    EXPECT_EQ(run(site, { .name = "of another page", .method = http::Method::Post, .path = door, .form = signed_form(filled()), .as = &citizen }).status, 403);
}

TEST_F(Intake, doors_that_are_not_there_are_not_found)
{
    for (auto const* path : { "/public/units/1571/no-such-door", "/public/units/1501/information-request", "/public/units/9999/information-request", "/public/units/1571/registers" })
        EXPECT_EQ(get(hub, citizen, path).status, 404) << path;
    EXPECT_EQ(send(citizen, {}, "/track/steps/accept").status, 303) << "without a code one is asked for it";
    ASSERT_EQ(send(citizen, filled()).status, 303);
    for (auto const* name : { "accept", "fulfil", "nothing" })
        EXPECT_EQ(send(citizen, { { "version", version() }, { "f.held_here", "yes" } }, std::string { "/track/steps/" } + name).status, 404) << name;
    EXPECT_EQ(send(citizen, { { "version", version() }, { "f.completion", "x" } }, "/track/steps/complete").status, 409) << "not in this state";
    EXPECT_EQ(send(citizen, { { "version", version() }, { "f.objection_ground", "g_late" }, { "f.objection_case", "x" } }, "/track/steps/object_to_silence").status, 409) << "too early";
    for (auto const* file : { "1", "0", "999999", "x", "..%2f..%2fetc" })
        EXPECT_EQ(get(hub, citizen, std::string { "/track/files/" } + file).status, 404) << file;
}

TEST_F(Intake, who_asked_is_seen_by_the_officer_only)
{
    ASSERT_EQ(send(citizen, filled()).status, 303);
    EXPECT_THAT(get(hub, siti, record()).body, HasSubstr("081200000002"));
    auto const superior = get(hub, dewi, record());
    EXPECT_THAT(superior.body, AllOf(HasSubstr("Budi Santoso"), Not(HasSubstr("081200000002")), Not(HasSubstr("Jl. Contoh 1"))));
    EXPECT_EQ(get(hub, yuli, record()).status, 404);
    EXPECT_EQ(get(hub, dewi, "/units/1571/registers/ppid_request?f.phone=0812").status, 422) << "no oracle";
    auto const clock = "/clocks/" + std::to_string(hub.count("SELECT min(id) FROM clock"));
    EXPECT_EQ(get(hub, siti, clock).status, 200);
    EXPECT_EQ(get(hub, yuli, clock).status, 404);
    EXPECT_EQ(step(dewi, "accept", { { "f.regime", "general" }, { "f.held_here", "yes" } }).status, 403);
    EXPECT_EQ(step(yuli, "accept", { { "f.regime", "general" }, { "f.held_here", "yes" } }).status, 404);
}

TEST_F(Intake, files_come_clean_and_go_out_only_when_released)
{
    auto picture = (hub.folder.path() / "ktp.jpg").string();
    ASSERT_TRUE(codec::write_whole(picture + ".ppm", "P6\n64 48\n255\n" + std::string(64 * 48 * 3, 'x')));
    ASSERT_TRUE(codec::run_tool({ "/usr/bin/cjpeg", "-outfile", picture, picture + ".ppm" }));
    auto const bytes = codec::read_whole(picture, 1 << 20);
    (void)get(hub, citizen, door);
    auto const sent = run(hub.site(), { .name = "with a file", .method = http::Method::Post, .path = door, .form = signed_form(filled()),
        .uploads = { upload_of(hub.folder, "../../ktp.jpg", bytes, "f.identity"), upload_of(hub.folder, "lain.jpg", bytes, "f.answer_paper") }, .as = &citizen });
    ASSERT_EQ(sent.status, 303) << sent.body.substr(0, 2000);
    EXPECT_EQ(hub.count("SELECT count(*) FROM record_file WHERE brought_by IS NULL AND field = 'identity'"), 1);
    EXPECT_EQ(hub.count("SELECT count(*) FROM record_file"), 1) << "a file for a field that the door does not ask is left";
    auto const identity = std::to_string(hub.count("SELECT max(id) FROM record_file"));
    EXPECT_EQ(get(hub, citizen, "/track/files/" + identity).status, 404) << "an identity card is not handed out again";
    EXPECT_EQ(get(hub, siti, record() + "/files/" + identity).status, 200);
    EXPECT_EQ(get(hub, dewi, record() + "/files/" + identity).status, 404);
    auto const broken = run(hub.site(), { .name = "no picture", .method = http::Method::Post, .path = door, .form = signed_form(filled("k2")),
        .uploads = { upload_of(hub.folder, "ktp.jpg", "#!/bin/sh\n", "f.identity") }, .as = &citizen });
    EXPECT_EQ(broken.status, 422) << broken.body.substr(0, 300);

    EXPECT_EQ(step(siti, "accept", { { "f.regime", "general" }, { "f.held_here", "yes" } }).status, 303);
    auto const form = get(hub, siti, record() + "/steps/fulfil");
    EXPECT_THAT(form.body, AllOf(HasSubstr("multipart/form-data"), HasSubstr("f.given")));
    auto const answered = run(hub.site(), { .name = "answer", .method = http::Method::Post, .path = record() + "/steps/fulfil",
        .form = { { "form", "1" }, { "version", version() }, { "f.notice_on", "2026-02-02" }, { "f.answer", "Terlampir" } },
        .uploads = { upload_of(hub.folder, "rekap.jpg", bytes, "f.given") }, .as = &siti });
    ASSERT_EQ(answered.status, 303) << answered.body.substr(0, 2000);
    auto const given = std::to_string(hub.count("SELECT max(id) FROM record_file"));
    EXPECT_THAT(get(hub, citizen, "/track").body, HasSubstr("/track/files/" + given));
    auto const file = get(hub, citizen, "/track/files/" + given);
    EXPECT_EQ(file.status, 200);
    EXPECT_THAT(file.header("Content-Disposition"), HasSubstr("attachment"));
    CookieJar other;
    EXPECT_EQ(get(hub, other, "/track/files/" + given).status, 404);
}

TEST_F(Intake, the_public_page_tells_the_three_counts_and_the_speed_without_small_cells)
{
    for (int number = 0; number < 12; ++number)
        ASSERT_EQ(send(citizen, filled("k" + std::to_string(number))).status, 303);
    auto answer = [&](std::int64_t id, std::string const& on) {
        auto const address = "/records/" + std::to_string(id);
        auto version = [&] { return std::to_string(hub.count("SELECT version FROM subject WHERE id = " + std::to_string(id))); };
        EXPECT_EQ(post(hub, siti, address + "/steps/accept", { { "version", version() }, { "f.regime", "general" }, { "f.held_here", "yes" } }).status, 303);
        EXPECT_EQ(post(hub, siti, address + "/steps/fulfil", { { "version", version() }, { "f.notice_on", on }, { "f.answer", "Terlampir" } }).status, 303);
    };
    auto const first = hub.count("SELECT min(subject_id) FROM r_ppid_request");
    set_time(2026, 2, 4);
    for (int number = 0; number < 3; ++number)
        answer(first + number, "2026-02-04");
    set_time(2026, 2, 9);
    for (int number = 3; number < 6; ++number)
        answer(first + number, "2026-02-09");
    auto const today = get(hub, citizen, "/public/units/1571/registers/ppid_request?year=2026");
    EXPECT_THAT(today.body, Not(HasSubstr("median"))) << "public numbers change once a day: only three were answered by this morning";
    set_time(2026, 2, 10);
    auto const page = get(hub, citizen, "/public/units/1571/registers/ppid_request?year=2026");
    EXPECT_LE(page.body.size(), 30'000U);
    EXPECT_THAT(page.body, AllOf(HasSubstr("Dijawab dalam 3,50 hari kerja (median), rata-rata 3,50."), HasSubstr("Tepat waktu: 100 %"), Not(HasSubstr("[["))));
    auto const json = get(hub, citizen, "/public/units/1571/registers/ppid_request.json?year=2026", true);
    EXPECT_THAT(json.body, HasSubstr("\"total\":12"));
    answer(first + 6, "2026-02-10");
    set_time(2026, 2, 11);
    EXPECT_THAT(get(hub, citizen, "/public/units/1571/registers/ppid_request.json?year=2026", true).body, AllOf(HasSubstr("\"amount\":7"), Not(HasSubstr("\"in_time\":null"))))
        << "five are left: they may be told";
    auto const before = get(hub, citizen, "/public/units/1571/registers/ppid_request.json?year=2026", true).body;
    hub.run_sql("UPDATE clock SET passed = 1, due_at = " + std::to_string(hub.clock.now().milliseconds) + " WHERE subject_id = " + std::to_string(first));
    EXPECT_EQ(get(hub, citizen, "/public/units/1571/registers/ppid_request.json?year=2026", true).body, before) << "a limit that passes during the day changes tomorrow's number";
    hub.run_sql("UPDATE clock SET passed = 1, due_at = 1 WHERE subject_id IN (SELECT subject_id FROM clock ORDER BY subject_id LIMIT 4)");
    EXPECT_THAT(get(hub, citizen, "/public/units/1571/registers/ppid_request.json?year=2026", true).body, HasSubstr("\"in_time\":null")) << "three in time of seven would tell of persons";
    hub.run_sql("UPDATE clock SET passed = 0");
    answer(first + 7, "2026-02-11");
    set_time(2026, 2, 12);
    auto const few = get(hub, citizen, "/public/units/1571/registers/ppid_request.json?year=2026", true);
    EXPECT_THAT(few.body, AllOf(Not(HasSubstr("\"amount\":4")), Not(HasSubstr("\"amount\":8")), HasSubstr("\"in_time\":null"))) << "four that wait would tell of persons";
}

TEST_F(Intake, the_officer_gives_a_code_for_a_request_from_the_counter_and_a_new_one_for_a_lost_one)
{
    auto const made = post(hub, siti, "/units/1571/registers/ppid_request/records", { { "f.received_at", "2026-02-02T09:00" }, { "f.regime", "general" }, { "f.channel", "counter" },
        { "f.applicant_kind", "person" }, { "f.name", "Budi" }, { "f.address", "Jambi" }, { "f.information", "Rekap DPB" }, { "f.aim", "x" }, { "f.obtaining", "look" } });
    auto const address = record_of(made);
    EXPECT_EQ(post(hub, dewi, address + "/tracking-code", {}).status, 403);
    EXPECT_EQ(post(hub, yuli, address + "/tracking-code", {}).status, 404);
    auto given = [&](std::string const& key) {
        EXPECT_EQ(post(hub, siti, address + "/tracking-code", { { "request_key", key } }).status, 303);
        auto const code = siti["kpuhub-given"];
        EXPECT_THAT(get(hub, siti, address).body, HasSubstr(code));
        return code;
    };
    auto const first = given("satu");
    EXPECT_EQ(given("satu"), first) << "the same form";
    EXPECT_EQ(send(citizen, { { "code", first } }, "/track").status, 303);
    EXPECT_THAT(get(hub, citizen, "/track").body, HasSubstr("Rekap DPB"));
    auto const second = given("dua");
    EXPECT_EQ(get(hub, citizen, "/track").status, 404) << "the lost code opens nothing any more";
    EXPECT_EQ(send(citizen, { { "code", second } }, "/track").status, 303);
    EXPECT_EQ(hub.count("SELECT count(*) FROM record_intake"), 1);
}
