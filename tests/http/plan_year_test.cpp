#include "plan/plan_create.hpp"
#include "support/office_pages.hpp"
#include <gmock/gmock.h>

using namespace kpuhub;
using kpuhub::testing::CookieJar;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

namespace aid = kpuhub::testing;

namespace {

/// The end of a plan's year, its due days and its order, as pages.
class PlanYearPages : public aid::OfficePages {
protected:
    void SetUp() override { open(time::Date::of(2026, 1, 5)); }

    std::string const board = "/units/1571/plans/2026";
    std::string version(PlanId of = {}) { return std::to_string(aid::version_of(*database, subject_of(of ? of : plan))); }
    std::string number(std::string_view text, PlanId of = {}) { return std::to_string(row(text, of).value); }
    /// Of the sub-activities of an activity, in order.
    std::string order(PlanId of, std::string_view activity)
    {
        return *database->read([&](storage::Reader& reader) -> Result<std::string> {
            std::string text;
            for (auto const& each : reader.query({ "test.order", "SELECT number, body FROM plan_node WHERE parent_id = $1 AND removed_at IS NULL ORDER BY place" }, row(activity, of)))
                text += each.text(0) + each.text(1).substr(0, 4) + " ";
            return text;
        });
    }
    PlanId draft(int year, plan::PlanKind kind = plan::PlanKind::Office, UnitId unit = {})
    {
        return *database->write([&](storage::Transaction& transaction) {
            return plan::create(transaction, aid::act_of(office.andreas, clock.today()), unit ? unit : office.kota_jambi, year, kind, aid::small_tree(office));
        });
    }
};
FOR_BOTH_ENGINES(PlanYearPages);

}

TEST_P(PlanYearPages, closing_shows_what_is_unfinished_first_and_leaves_a_plan_to_be_read)
{
    auto andreas = signed_in(office.andreas);
    auto siti = signed_in(office.siti);
    auto budi = signed_in(office.budi);
    auto const unused = get(&andreas, board + "/closing");
    EXPECT_THAT(unused.body, AllOf(HasSubstr("Belum selesai"), HasSubstr("Sosialisasi nilai-nilai"), HasSubstr("Bulan belum ditetapkan"), HasSubstr("Dihitung terpisah")));
    EXPECT_EQ(get(&siti, board + "/closing").status, 403);
    EXPECT_EQ(get(&budi, board + "/closing").status, 404);
    EXPECT_EQ(send_form(siti, board + "/closing", { { "version", version() } }).status, 403);
    EXPECT_EQ(send_form(andreas, board + "/closing", { { "version", "1" } }).status, 409);
    auto closed = send_form(andreas, board + "/closing", { { "version", version() } });
    ASSERT_EQ(closed.status, 303) << closed.body;
    EXPECT_THAT(body(andreas, closed.header("Location")), AllOf(HasSubstr("Rencana ditutup"), HasSubstr("Rencana 2026 sudah ditutup"), HasSubstr("Hanya baris 2026 yang belum selesai")));
    auto const april = aid::deliverable(*database, plan, "Sosialisasi nilai-nilai", 4);
    auto const panel = "/deliverables/" + std::to_string(april.id.value);
    EXPECT_THAT(body(siti, panel), Not(HasSubstr("formaction")));
    EXPECT_EQ(send_form(siti, panel + "/submission", { { "version", std::to_string(april.version) } }).status, 409);
    EXPECT_EQ(send_form(andreas, panel + "/comments", { { "comment", "terlambat?" } }).status, 409);
    EXPECT_THAT(body(andreas, board), AllOf(HasSubstr("Rencana ini sudah ditutup"), HasSubstr("Buka kembali"), Not(HasSubstr("/schedule\""))));
    EXPECT_EQ(send_form(andreas, board + "/closing/end", { { "version", version() } }).status, 422);
    EXPECT_EQ(send_form(siti, board + "/closing/end", { { "version", version() }, { "reason", "salah" } }).status, 403);
    EXPECT_EQ(send_form(andreas, board + "/closing/end", { { "version", version() }, { "reason", "Laporan menyusul" } }).status, 303);
    EXPECT_THAT(body(andreas, "/subjects/" + std::to_string(plan.value) + "/journal"), HasSubstr("membuka kembali rencana"));
}

TEST_P(PlanYearPages, next_years_plan_takes_the_unfinished_rows_and_marks_them)
{
    auto andreas = signed_in(office.andreas);
    auto siti = signed_in(office.siti);
    auto const june = aid::deliverable(*database, plan, "Penyelenggaraan integritas", 6);
    submit(office.siti, june);
    verify(office.maria, aid::deliverable(*database, plan, "Penyelenggaraan integritas", 6));
    auto const from = "unfinished:" + std::to_string(plan.value);
    EXPECT_EQ(send_form(siti, "/units/1571/plans", { { "year", "2027" }, { "from", from } }).status, 403);
    EXPECT_EQ(send_form(andreas, "/units/1571/plans", { { "year", "2025" }, { "from", from } }).status, 422);
    ASSERT_EQ(send_form(andreas, "/units/1571/plans", { { "year", "2027" }, { "from", from } }).status, 303);
    auto const next = body(andreas, "/units/1571/plans/2027?open=1.2");
    EXPECT_THAT(next, AllOf(HasSubstr("Dibawa dari tahun lalu"), HasSubstr("Sosialisasi nilai-nilai"), Not(HasSubstr("Penyelenggaraan integritas"))));
    auto id = PlanId { count("SELECT subject_id FROM plan WHERE year = 2027") };
    auto const april = aid::deliverable(*database, id, "Sosialisasi nilai-nilai", 4);
    EXPECT_THAT(body(siti, "/deliverables/" + std::to_string(april.id.value)), HasSubstr("Dibawa dari tahun lalu"));
    EXPECT_THAT(body(andreas, board + "/closing"), HasSubstr("Rencana 2027 sudah ada"));
}

TEST_P(PlanYearPages, a_due_day_is_set_for_an_area_and_shown_with_its_rule)
{
    auto andreas = signed_in(office.andreas);
    auto siti = signed_in(office.siti);
    auto form = [&](std::string const& day, std::string const& shift) {
        return std::vector<std::pair<std::string, std::string>> { { "version", version() }, { "row", number("Manajemen Perubahan") }, { "due", "next" },
            { "due_day", day }, { "due_shift", shift } };
    };
    EXPECT_EQ(send_form(siti, board + "/schedule", form("10", "keep")).status, 403);
    auto wrong = send_form(andreas, board + "/schedule", form("40", "keep"));
    EXPECT_EQ(wrong.status, 422);
    EXPECT_THAT(wrong.body, HasSubstr("Isi tanggal 1 sampai 31"));
    ASSERT_EQ(send_form(andreas, board + "/schedule", form("10", "keep")).status, 303);
    EXPECT_THAT(body(andreas, board + "/schedule"), HasSubstr("tanggal 10 bulan berikutnya"));
    auto const last = aid::deliverable(*database, plan, "Monitoring rencana aksi", 12);
    auto const panel = "/deliverables/" + std::to_string(last.id.value);
    EXPECT_THAT(body(siti, panel), AllOf(HasSubstr("10 Januari 2027"), HasSubstr("Tetap pada tanggal itu"), HasSubstr("akhir pekan")));
    ASSERT_EQ(send_form(andreas, board + "/schedule", form("10", "after")).status, 303);
    EXPECT_THAT(body(siti, panel), AllOf(HasSubstr("11 Januari 2027"), HasSubstr("Hari kerja berikutnya"), Not(HasSubstr("akhir pekan"))));
    EXPECT_THAT(body(andreas, board + "?view=quarter&open=1.2"), HasSubstr("11 Januari"));
    EXPECT_LE(statements(siti, panel), 10);
}

TEST_P(PlanYearPages, rows_of_a_draft_move_by_buttons_and_of_a_fixed_plan_by_a_revision)
{
    auto andreas = signed_in(office.andreas);
    auto siti = signed_in(office.siti);
    auto const id = draft(2027);
    std::string const rows = "/units/1571/plans/2027/rows";
    auto const activity = "Pelaksanaan manajemen perubahan";
    EXPECT_THAT(body(andreas, rows), AllOf(HasSubstr("value=\"up:" + number("Monitoring rencana aksi", id) + "\""), HasSubstr("Naikkan:")));
    EXPECT_EQ(send_form(siti, rows + "/order", { { "version", version(id) }, { "step", "up:1" } }).status, 403);
    auto up = send_form(andreas, rows + "/order", { { "version", version(id) }, { "step", "up:" + number("Monitoring rencana aksi", id) } });
    ASSERT_EQ(up.status, 303);
    EXPECT_EQ(order(id, activity), "1Peny 3Moni 2Sosi ");
    EXPECT_THAT(up.header("Location"), HasSubstr("&by=up#here"));
    EXPECT_THAT(body(andreas, rows + "?by=up&moved=" + number("Monitoring rencana aksi", id)), HasSubstr("id=\"here\">↑"));
    ASSERT_EQ(send_form(andreas, rows + "/order", { { "version", version(id) }, { "numbers", "follow" }, { "step", "up:" + number("Monitoring rencana aksi", id) } }).status, 303);
    EXPECT_EQ(order(id, activity), "1Moni 2Peny 3Sosi ");
    auto const at_the_top = version(id);
    EXPECT_EQ(send_form(andreas, rows + "/order", { { "version", at_the_top }, { "step", "up:" + number("Monitoring rencana aksi", id) } }).status, 303);
    EXPECT_EQ(version(id), at_the_top);
    EXPECT_EQ(send_form(andreas, rows + "/order", { { "version", version(id) }, { "step", "up:999999" } }).status, 422);
    EXPECT_EQ(send_form(andreas, rows + "/order", { { "version", "1" }, { "step", "down:" + number("Monitoring rencana aksi", id) } }).status, 409);

    auto const place = rows + "/" + number("Sosialisasi nilai-nilai", id) + "/place";
    EXPECT_THAT(body(andreas, place), AllOf(HasSubstr("Pertama di bawah: 1 Penataan naskah"), HasSubstr("Sesudah: 2 Assessment center")));
    EXPECT_EQ(send_form(andreas, place, { { "version", version(id) }, { "place", number("Deregulasi Kebijakan", id) + ":0" } }).status, 422);
    ASSERT_EQ(send_form(andreas, place, { { "version", version(id) }, { "place", number("Penataan naskah", id) + ":1" }, { "numbers", "keep" } }).status, 303);
    EXPECT_EQ(order(id, "Penataan naskah"), "1Peme 3Sosi 2Asse 3Revi ");

    std::string const fixed = board + "/rows";
    EXPECT_THAT(body(andreas, fixed), AllOf(Not(HasSubstr("value=\"up:")), HasSubstr("/place\"")));
    auto const here = fixed + "/" + number("Sosialisasi nilai-nilai") + "/place";
    auto move = [&](std::string const& reason) {
        return send_form(andreas, here, { { "version", version() }, { "place", number(activity) + ":0" }, { "numbers", "follow" }, { "reason", reason } });
    };
    EXPECT_EQ(move("").status, 422);
    EXPECT_EQ(get(&siti, here).status, 403);
    ASSERT_EQ(move("Urutan menurut lampiran").status, 303);
    EXPECT_EQ(order(plan, activity), "1Sosi 2Peny 3Moni ");
    EXPECT_THAT(body(andreas, board + "/compare"), HasSubstr("Sosialisasi nilai-nilai"));
}

TEST_P(PlanYearPages, a_model_plan_is_edited_row_by_row_by_its_publisher_alone)
{
    grant(office.andreas, "model_publisher", office.kota_jambi);
    auto andreas = signed_in(office.andreas);
    auto siti = signed_in(office.siti);
    auto const id = draft(2026, plan::PlanKind::Model);
    std::string const rows = "/units/1571/models/2026/rows";
    EXPECT_THAT(body(andreas, "/units/1571/plans"), HasSubstr(rows));
    EXPECT_THAT(body(andreas, rows), HasSubstr("Baris rencana model 2026"));
    EXPECT_EQ(get(&siti, rows).status, 403);
    auto const one = rows + "/" + number("Sosialisasi nilai-nilai", id);
    ASSERT_EQ(send_form(andreas, one, { { "version", version(id) }, { "number", "2" }, { "body", "Sosialisasi nilai dasar" }, { "remark", "" }, { "months", "2-4" } }).status, 303);
    EXPECT_EQ(send_form(andreas, rows + "/order", { { "version", version(id) }, { "step", "up:" + number("Sosialisasi nilai dasar", id) } }).status, 303);
    EXPECT_EQ(order(id, "Pelaksanaan manajemen perubahan"), "2Sosi 1Peny 3Moni ");
    EXPECT_EQ(row("Sosialisasi nilai-nilai"), row("Sosialisasi nilai-nilai", plan));     // the office's own plan stays
    auto maria = signed_in(office.maria);
    EXPECT_EQ(send_form(maria, one, { { "version", version(id) }, { "number", "2" }, { "body", "x" } }).status, 403);
}

TEST_P(PlanYearPages, a_manager_without_the_right_to_publish_leaves_the_model_alone)
{
    grant(office.maria, "model_publisher", office.kota_jambi);
    auto andreas = signed_in(office.andreas);
    auto maria = signed_in(office.maria);
    ASSERT_EQ(send_form(maria, "/units/1571/plans", { { "year", "2026" }, { "from", "empty" }, { "model", "1" } }).status, 303);
    EXPECT_EQ(get(&andreas, "/units/1571/models/2026/rows").status, 403);
    EXPECT_EQ(get(&maria, "/units/1571/models/2026/rows").status, 200);
}
