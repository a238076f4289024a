#include "plan/target_model.hpp"
#include "plan/board_model.hpp"
#include "plan/compare_model.hpp"
#include "plan/edit_model.hpp"
#include "plan/journal_model.hpp"
#include "plan/panel_model.hpp"
#include "plan/plan_list_model.hpp"
#include "plan/reminder_model.hpp"
#include "plan/schedule_model.hpp"
#include "plan/verification_model.hpp"
#include "plan/closing_model.hpp"
#include "support/office_pages.hpp"
#include <gmock/gmock.h>

using namespace kpuhub;
using kpuhub::testing::CookieJar;
using kpuhub::testing::Scenario;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

namespace aid = kpuhub::testing;

namespace {

/// Kota Jambi with its plan of 2026, fixed in January, on 15 June; see tests/support/office.hpp for the people.
class PlanPages : public aid::OfficePages {
protected:
    void SetUp() override { open(time::Date::of(2026, 1, 5)); }

    aid::FoundDeliverable june() { return aid::deliverable(*database, plan, "Penyelenggaraan integritas", 6); }
    aid::FoundDeliverable april() { return aid::deliverable(*database, plan, "Sosialisasi nilai-nilai", 4); }
    static std::string address(aid::FoundDeliverable const& found, std::string const& step = "")
    {
        return "/deliverables/" + std::to_string(found.id.value) + step;
    }
    std::int64_t indicator(std::string const& text)
    {
        return *database->read([&](storage::Reader& reader) -> Result<std::int64_t> {
            return reader.first({ "test.indicator", "SELECT subject_id FROM plan_node WHERE body = $1" }, text)->integer(0);
        });
    }
    void send(aid::FoundDeliverable const& found) { submit(office.siti, found); }
};
FOR_BOTH_ENGINES(PlanPages);

auto const post = http::Method::Post;

}

TEST(PlanTemplates, name_only_what_their_models_have)
{
    auto messages = text::Messages::embedded();
    view::Renderer renderer(messages);
    EXPECT_THAT(renderer.unknown_names<plan::BoardPage>("plan/board"), IsEmpty());
    EXPECT_THAT(renderer.unknown_names<plan::PanelPage>("plan/panel"), IsEmpty());
    EXPECT_THAT(renderer.unknown_names<plan::SheetPage>("plan/verification"), IsEmpty());
    EXPECT_THAT(renderer.unknown_names<plan::PlanList>("plan/list"), IsEmpty());
    EXPECT_THAT(renderer.unknown_names<plan::SchedulePage>("plan/schedule"), IsEmpty());
    EXPECT_THAT(renderer.unknown_names<plan::ComparePage>("plan/compare"), IsEmpty());
    EXPECT_THAT(renderer.unknown_names<plan::ReminderPage>("plan/reminder"), IsEmpty());
    EXPECT_THAT(renderer.unknown_names<plan::JournalPage>("plan/journal"), IsEmpty());
    EXPECT_THAT(renderer.unknown_names<plan::EditRows>("plan/rows"), IsEmpty());
    EXPECT_THAT(renderer.unknown_names<plan::TargetPage>("plan/targets"), IsEmpty());
    EXPECT_THAT(renderer.unknown_names<plan::ClosingPage>("plan/closing"), IsEmpty());
}

TEST_P(PlanPages, the_board_shows_each_stretch_as_one_cell)
{
    auto siti = signed_in(office.siti);
    auto ratna = signed_in(office.ratna);
    auto budi = signed_in(office.budi);
    std::string const board = "/units/1571/plans/2026";
    run_scenarios(site(), {
        { .name = "a guest is sent to the sign-in page", .path = board, .status = 303, .expected_headers = { { "Location", "/sign-in" } } },
        { .name = "staff of another office find nothing", .path = board, .as = &budi, .status = 404, .forbidden = { "Sosialisasi" } },
        { .name = "the province reads it", .path = board, .as = &ratna, .expected = { "Sosialisasi nilai-nilai" }, .forbidden = { "/schedule" } },
        { .name = "a run of months is one cell, late once", .path = board, .as = &siti, .expected = { "colspan=\"3\"", "T!", "Terjadwal, terlambat, jatuh tempo Kamis, 30 April 2026" } },
        { .name = "areas of others are closed", .path = board, .as = &siti, .expected = { "Buka 3 baris", "Tutup" } },
        { .name = "and open by their link", .path = board + "?open=2", .as = &siti, .expected = { "Bulan belum ditetapkan", "Kewenangan KPU Provinsi", "Buka 3 baris" } },
        { .name = "only what is late", .path = board + "?state=late", .as = &siti, .expected = { "Sosialisasi nilai-nilai" }, .forbidden = { "Penyelenggaraan integritas</a>" } },
        { .name = "a text without hits says so", .path = board + "?q=tidakada", .as = &siti, .expected = { "Tidak ada baris yang cocok", "value=\"tidakada\"" } },
        { .name = "quarters", .path = board + "?view=quarter", .as = &siti, .expected = { "TW II", "Apr-Jun" } },
        { .name = "semesters", .path = board + "?view=semester", .as = &siti, .expected = { "Semester II" } },
        { .name = "a year without plan says how to start one", .path = "/units/1571/plans/2031", .as = &siti, .status = 404, .expected = { "Belum ada rencana tahun 2031" } },
        { .name = "no such year", .path = "/units/1571/plans/abc", .as = &siti, .status = 404 },
        { .name = "as a sheet", .path = board + "/sheet", .as = &siti, .expected = { "xl/worksheets" }, .expected_headers = { { "Content-Disposition", "papan-1571-2026.xlsx" } } },
        { .name = "as CSV, with the same filter", .path = board + "/sheet?state=late&form=csv", .as = &siti, .expected = { "\xEF\xBB\xBF", "Sosialisasi nilai-nilai" }, .forbidden = { "Penyelenggaraan integritas" }, .expected_headers = { { "Content-Disposition", "papan-1571-2026.csv" }, { "Content-Type", "text/csv" } } },
        { .name = "no CSV for another office", .path = board + "/sheet?form=csv", .as = &budi, .status = 404 },
        { .name = "no sheet for another office", .path = board + "/sheet", .as = &budi, .status = 404 },
        { .name = "the same as JSON", .path = board, .as = &siti, .headers = { { "accept", "application/json" } }, .expected = { "\"areas\"" } },
    });
    EXPECT_LE(statements(siti, board), 6);
}

TEST_P(PlanPages, a_deliverable_is_filled_in_sent_and_verified_by_another)
{
    auto siti = signed_in(office.siti);
    auto maria = signed_in(office.maria);
    auto dewi = signed_in(office.dewi);
    auto budi = signed_in(office.budi);
    auto const found = june();
    auto const share = std::to_string(indicator("Pakta integritas ditandatangani"));
    auto const version = std::to_string(found.version);
    run_scenarios(site(), {
        { .name = "a guest is sent away", .path = address(found), .status = 303 },
        { .name = "another office is not there", .path = address(found), .as = &budi, .status = 404 },
        { .name = "nor can it be written", .method = post, .path = address(found, "/items"), .form = { { "version", version }, { "note", "x" } }, .as = &budi, .status = 404 },
        { .name = "whoever does not answer for the row reads it", .path = address(found), .as = &dewi, .expected = { "Baris ini milik" }, .forbidden = { "Ajukan untuk" } },
        { .name = "and may not write", .method = post, .path = address(found, "/items"), .form = { { "version", version }, { "note", "x" } }, .as = &dewi, .status = 403 },
        { .name = "the panel names the verifier by post and person", .path = address(found), .as = &siti, .expected = { "Kasubbag Rendatin, pemilik area 1 (Maria Goreti)", "Masih kurang:", "15 hari lagi" } },
        { .name = "a share without its denominator comes back as typed", .method = post, .path = address(found, "/items"), .form = { { "version", version }, { "answer-" + share, "reported" }, { "n-" + share, "19" }, { "d-" + share, "" }, { "note", "Kalimat saya" } }, .as = &siti, .status = 422, .expected = { "value=\"19\"", "Kalimat saya", "Isi kedua angka" } },
        { .name = "letters are no figure", .method = post, .path = address(found, "/items"), .form = { { "version", version }, { "n-" + share, "sembilan" } }, .as = &siti, .status = 422, .expected = { "value=\"sembilan\"", "Tulis angka" } },
        { .name = "saved", .method = post, .path = address(found, "/items"), .form = { { "version", version }, { "answer-" + share, "reported" }, { "n-" + share, "19" }, { "d-" + share, "20" }, { "note", "Kalimat saya" }, { "request_key", "k1" } }, .as = &siti, .status = 303, .expected_headers = { { "Location", "?done=saved" } } },
        { .name = "the same form twice saves once", .method = post, .path = address(found, "/items"), .form = { { "version", version }, { "answer-" + share, "reported" }, { "n-" + share, "19" }, { "d-" + share, "20" }, { "note", "Kalimat saya" }, { "request_key", "k1" } }, .as = &siti, .status = 303 },
        { .name = "the share is computed", .path = address(found) + "?done=saved", .as = &siti, .expected = { "95 %", "Kurang 1", "Tersimpan." } },
        { .name = "a stale form shows both texts", .method = post, .path = address(found, "/items"), .form = { { "version", version }, { "note", "Tulisan lain" } }, .as = &siti, .status = 409, .expected = { "Tulisan lain", "Kalimat saya", "Siti Aminah mengubah" } },
    });
    run_scenarios(site(), {
        { .name = "it is sent", .method = post, .path = address(found, "/submission"), .form = { { "version", std::to_string(june().version) }, { "note", "Kalimat saya" } }, .as = &siti, .status = 303 },
        { .name = "who sent it may not verify", .method = post, .path = address(found, "/verification"), .form = { { "version", std::to_string(june().version + 1) } }, .as = &siti, .status = 403 },
    });
    EXPECT_EQ(june().state, "submitted");
    auto sent = std::to_string(june().version);
    run_scenarios(site(), {
        { .name = "returning needs a reason", .method = post, .path = address(found, "/return"), .form = { { "version", sent }, { "reason", " " } }, .as = &maria, .status = 422, .expected = { "Tuliskan alasannya" } },
        { .name = "the verifier verifies", .method = post, .path = address(found, "/verification"), .form = { { "version", sent } }, .as = &maria, .status = 303 },
    });
    EXPECT_EQ(june().state, "verified");
    run_scenarios(site(), {
        { .name = "it is opened again with a reason", .method = post, .path = address(found, "/reopening"), .form = { { "version", std::to_string(june().version) }, { "reason", "Keliru" } }, .as = &maria, .status = 303 },
        { .name = "the reason stands on the page", .path = address(found), .as = &siti, .expected = { "Keliru", "membuka kembali" } },
        { .name = "staff leave nothing out", .method = post, .path = address(found, "/not-applicable"), .form = { { "version", std::to_string(june().version + 1) }, { "reason", "x" } }, .as = &siti, .status = 403 },
    });
    EXPECT_LE(statements(siti, address(found)), 6);
}

TEST_P(PlanPages, what_people_write_is_text_and_never_markup)
{
    auto siti = signed_in(office.siti);
    auto maria = signed_in(office.maria);
    std::string const attack = "<script>alert(1)</script>\"><img src=x onerror=alert(1)>";
    auto const found = june();
    run_scenarios(site(), {
        { .name = "in a comment", .method = post, .path = address(found, "/comments"), .form = { { "version", "1" }, { "comment", attack } }, .as = &maria, .status = 303 },
        { .name = "an empty comment is refused", .method = post, .path = address(found, "/comments"), .form = { { "version", "1" }, { "comment", "" } }, .as = &maria, .status = 422 },
        { .name = "in the note", .method = post, .path = address(found, "/submission"), .form = { { "version", std::to_string(found.version) }, { "note", attack } }, .as = &siti, .status = 303 },
    });
    run_scenarios(site(), {
        { .name = "in the reason", .method = post, .path = address(found, "/return"), .form = { { "version", std::to_string(june().version) }, { "reason", attack } }, .as = &maria, .status = 303 },
        { .name = "the panel shows it as text", .path = address(found), .as = &siti, .expected = { "&lt;script&gt;" }, .forbidden = { "<script>alert", "<img src=x" } },
        { .name = "and so does the board", .path = "/units/1571/plans/2026?q=" "%3Cscript%3Ealert", .as = &siti, .forbidden = { "<script>alert", "<img src=x" } },
        { .name = "and the sheet", .path = "/verification", .as = &maria, .forbidden = { "<script>alert", "<img src=x" } },
    });
}

TEST_P(PlanPages, a_sheet_is_decided_in_one_step)
{
    auto siti = signed_in(office.siti);
    auto maria = signed_in(office.maria);
    send(june());
    send(april());
    auto pick = [](aid::FoundDeliverable const& found) { return std::to_string(found.id.value) + "." + std::to_string(found.version); };
    auto const first = june();
    auto const second = april();
    run_scenarios(site(), {
        { .name = "a guest is sent away", .path = "/verification", .status = 303 },
        { .name = "the sender has nothing to decide", .path = "/verification", .as = &siti, .expected = { "Tidak ada yang menunggu verifikasi Anda" } },
        { .name = "the verifier sees both", .path = "/verification", .as = &maria, .expected = { "2 keluaran menunggu", "Penyelenggaraan integritas", "Sosialisasi nilai-nilai", "Siti Aminah" } },
        { .name = "nothing ticked", .method = post, .path = "/verification", .form = { { "step", "verify" } }, .as = &maria, .status = 422, .expected = { "Pilih 1 sampai 500" } },
        { .name = "somebody else may not", .method = post, .path = "/verification", .form = { { "step", "verify" }, { "pick", pick(first) } }, .as = &siti, .status = 403 },
        { .name = "returning asks for the reason and keeps the ticks", .method = post, .path = "/verification", .form = { { "step", "return" }, { "pick", pick(first) } }, .as = &maria, .status = 422, .expected = { "Kembalikan 1 keluaran?", "checked", "Tuliskan alasannya" }, .forbidden = { "Sosialisasi nilai-nilai" } },
        { .name = "returned with a reason", .method = post, .path = "/verification", .form = { { "step", "return" }, { "pick", pick(first) }, { "reason", "Unggah ulang halaman 2." }, { "request_key", "r1" } }, .as = &maria, .status = 303, .expected_headers = { { "Location", "returned=1" } } },
        { .name = "the same form twice decides once", .method = post, .path = "/verification", .form = { { "step", "return" }, { "pick", pick(first) }, { "reason", "Unggah ulang halaman 2." }, { "request_key", "r1" } }, .as = &maria, .status = 303, .expected_headers = { { "Location", "returned=1" } } },
        { .name = "a stale line is left out, the others are decided", .method = post, .path = "/verification", .form = { { "step", "verify" }, { "pick", pick(first) }, { "pick", pick(second) } }, .as = &maria, .status = 303, .expected_headers = { { "Location", "verified=1&left=1" } } },
        { .name = "the notice says what changed", .path = "/verification?verified=1&left=1", .as = &maria, .expected = { "1 keluaran terverifikasi.", "1 dilewati", "Buka kembali" } },
    });
    EXPECT_EQ(june().state, "returned");
    EXPECT_EQ(april().state, "verified");
    EXPECT_LE(statements(maria, "/verification"), 6);
}

TEST(PlanForms, figures_and_months_are_read_as_people_write_them)
{
    EXPECT_EQ(plan::whole_number("1.246.300.000"), 1'246'300'000);
    EXPECT_EQ(plan::whole_number("Rp450000"), 450'000);
    EXPECT_EQ(plan::whole_number(" 0 "), 0);
    EXPECT_EQ(plan::whole_number("12.5"), std::nullopt);
    EXPECT_EQ(plan::whole_number("-3"), std::nullopt);
    EXPECT_EQ(plan::decimal_number("78,45")->numerator, 7845);
    EXPECT_EQ(plan::decimal_number("3.25")->denominator, 100);
    EXPECT_EQ(plan::months_of("1-3, 6"), plan::Months::of({ 1, 2, 3, 6 }));
    EXPECT_EQ(plan::months_of(""), plan::Months {});
    EXPECT_EQ(plan::months_of("13"), std::nullopt);
    EXPECT_EQ(plan::months_of("3-1"), std::nullopt);
    EXPECT_EQ(plan::months_of("Juni"), std::nullopt);
}

TEST_P(PlanPages, the_secretary_of_the_team_sets_schedules_fixes_and_revises)
{
    auto andreas = signed_in(office.andreas);
    auto siti = signed_in(office.siti);
    auto budi = signed_in(office.budi);
    std::string const plans = "/units/1571/plans";
    std::string const board = plans + "/2026";
    auto const row = std::to_string(*database->read([&](storage::Reader& reader) -> Result<std::int64_t> {
        return reader.first({ "test.row", "SELECT subject_id FROM plan_node WHERE body = 'Sosialisasi nilai-nilai'" })->integer(0);
    }));
    auto version = [&] { return std::to_string(aid::version_of(*database, subject_of(plan))); };
    run_scenarios(site(), {
        { .name = "the list shows the plan and how to start another", .path = plans, .as = &andreas, .expected = { "Papan tahun 2026", "Rencana kantor ini tahun 2026", "delapan area perubahan" } },
        { .name = "staff start nothing", .path = plans, .as = &siti, .forbidden = { "Mulai rancangan" } },
        { .name = "another office is not there", .path = plans, .as = &budi, .status = 404 },
        { .name = "nor can a plan be started there", .method = post, .path = plans, .form = { { "year", "2027" }, { "from", "empty" } }, .as = &budi, .status = 404 },
        { .name = "staff may not start one", .method = post, .path = plans, .form = { { "year", "2027" }, { "from", "empty" } }, .as = &siti, .status = 403 },
        { .name = "a year is asked", .method = post, .path = plans, .form = { { "year", "dua" }, { "from", "empty" } }, .as = &andreas, .status = 422, .expected = { "Tuliskan tahun" } },
        { .name = "a year that has a plan", .method = post, .path = plans, .form = { { "year", "2026" }, { "from", "empty" } }, .as = &andreas, .status = 409, .expected = { "sudah mempunyai rencana" } },
        { .name = "a draft from the built-in model plan", .method = post, .path = plans, .form = { { "year", "2027" }, { "from", "shape" } }, .as = &andreas, .status = 303, .expected_headers = { { "Location", "/units/1571/plans/2027" } } },
        { .name = "its board says what to do next", .path = plans + "/2027", .as = &andreas, .expected = { "masih rancangan", "Tetapkan rencana" } },
        { .name = "a draft from this year's rows", .method = post, .path = plans, .form = { { "year", "2028" }, { "from", "plan:" + std::to_string(plan.value) } }, .as = &andreas, .status = 303 },
        { .name = "fixing asks for number and date", .method = post, .path = plans + "/2028/fixing", .form = { { "version", "1" } }, .as = &andreas, .status = 422, .expected = { "nomor keputusan" } },
        { .name = "staff may not open the schedule", .path = board + "/schedule", .as = &siti, .status = 403 },
        { .name = "the schedule lists the rows", .path = board + "/schedule", .as = &andreas, .expected = { "Sosialisasi nilai-nilai", "Feb-Apr" } },
        { .name = "nothing chosen", .method = post, .path = board + "/schedule", .form = { { "version", version() } }, .as = &andreas, .status = 422, .expected = { "Pilih apa yang diatur" } },
        { .name = "months of a row", .method = post, .path = board + "/schedule", .form = { { "version", version() }, { "row", row }, { "schedule", "set" }, { "months", "9" } }, .as = &andreas, .status = 303, .expected_headers = { { "Location", "set=1" } } },
        { .name = "a stale form is refused and keeps the ticks", .method = post, .path = board + "/schedule", .form = { { "version", "1" }, { "row", row }, { "schedule", "printed" } }, .as = &andreas, .status = 409, .expected = { "value=\"" + row + "\" checked" } },
    });
    EXPECT_EQ(aid::deliverable(*database, plan, "Sosialisasi nilai-nilai", 9).state, "scheduled");
    run_scenarios(site(), {
        { .name = "a revision needs its reason", .method = post, .path = board + "/rows/" + row, .form = { { "version", version() }, { "number", "2" }, { "body", "Sosialisasi baru" }, { "months", "2-4" } }, .as = &andreas, .status = 422, .expected = { "Tuliskan alasannya", "Sosialisasi baru" } },
        { .name = "revised with a reason", .method = post, .path = board + "/rows/" + row, .form = { { "version", version() }, { "number", "2" }, { "body", "Sosialisasi baru" }, { "months", "2-4" }, { "reason", "BA 3/2026" } }, .as = &andreas, .status = 303 },
        { .name = "the comparison shows what it was", .path = board + "/compare", .as = &siti, .expected = { "Sosialisasi baru", "<del>2 Sosialisasi nilai-nilai</del>" } },
        { .name = "with a year that is not there", .path = board + "/compare?with=2019", .as = &siti, .status = 404 },
        { .name = "with an office that may not be read", .path = board + "/compare?with=1501/2026", .as = &siti, .status = 404 },
        { .name = "the text for the group names who owes what", .path = board + "/reminder", .as = &siti, .expected = { "Rendatin (Maria Goreti)", "jatuh tempo 30 Juni", "http://127.0.0.1:8080/deliverables/" } },
        { .name = "the journal of the plan", .path = "/subjects/" + std::to_string(plan.value) + "/journal", .as = &siti, .expected = { "merevisi rencana", "BA 3/2026" } },
        { .name = "not for another office", .path = "/subjects/" + std::to_string(plan.value) + "/journal", .as = &budi, .status = 404 },
    });
}
