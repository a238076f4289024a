#include "codec/docx_writer.hpp"
#include "codec/paper_html.hpp"
#include "codec/paper_pdf.hpp"
#include "report/papers.hpp"
#include <algorithm>
#include <gmock/gmock.h>

using namespace kpuhub;
using namespace kpuhub::report;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

namespace {

Row row(std::int64_t id, std::int64_t parent, plan::Level level, std::string number, std::string body, std::string owner = {}, std::string person = {})
{
    Row made;
    made.node.id = { id };
    made.node.parent = { parent };
    made.node.level = level;
    made.node.area_no = id < 10 ? 1 : 2;
    made.node.place = id;
    made.node.number = std::move(number);
    made.node.body = std::move(body);
    made.owner = std::move(owner);
    made.person = std::move(person);
    return made;
}

plan::Deliverable due(std::int64_t id, std::int64_t node, time::Date on, plan::State state, std::string note = {}, std::int64_t proofs = 0)
{
    plan::Deliverable made;
    made.id = { id };
    made.node = { node };
    made.starts_on = made.ends_on = made.due_on = on;
    made.state = state;
    made.note = std::move(note);
    made.proofs = proofs;
    return made;
}

/// Area 1 with one verified, one late and one submitted deliverable; area 2 with one to come and a row of the province.
Records records()
{
    Records made;
    made.plan.id = { 100 };
    made.plan.year = 2026;
    made.plan.state = plan::PlanState::Fixed;
    made.plan.decided_on = time::Date::of(2026, 1, 5);
    made.as_of = time::Date::of(2026, 4, 18);
    made.rows = { row(1, 0, plan::Level::Area, "1", "Manajemen Perubahan"), row(2, 1, plan::Level::Activity, "1", "Tim RB"),
        row(3, 2, plan::Level::Subactivity, "1", "Pembentukan Tim", "Kasubbag Rendatin", "Maria Goreti"), row(4, 2, plan::Level::Subactivity, "2", "Rapat <Tim>", "Kasubbag Rendatin", "Maria Goreti"),
        row(10, 0, plan::Level::Area, "2", "Deregulasi"), row(11, 10, plan::Level::Activity, "1", "Penataan"), row(12, 11, plan::Level::Subactivity, "1", "Peta keputusan"),
        row(13, 11, plan::Level::Subactivity, "2", "Milik provinsi", "Kasubbag Hukum") };
    made.rows[2].node.printed = plan::Months::of({ 1, 2, 3 });
    made.rows[7].node.authority = plan::Authority::Province;
    made.dues = { due(21, 3, time::Date::of(2026, 1, 31), plan::State::Verified, "SK terbit", 2), due(22, 4, time::Date::of(2026, 3, 31), plan::State::Returned, "Baru satu rapat"),
        due(23, 3, time::Date::of(2026, 3, 31), plan::State::Submitted), due(24, 12, time::Date::of(2026, 6, 30), plan::State::Scheduled), due(25, 13, time::Date::of(2026, 3, 31), plan::State::Scheduled) };
    made.index();
    return made;
}

Content content(std::string period = "Q1")
{
    Content made { 2026, std::move(period) };
    made.signers = { { "Mengetahui,", { "Ketua KPU Kota Contoh", "Nama Ketua" } }, { "", { "Sekretaris", "Nama Sekretaris", "NIP 1980", paper::Capacity::Acting } } };
    return made;
}

Facts facts() { return { "KPU Kota Contoh", "3/ORT.04-LP/1571/2026", time::Date::of(2026, 4, 20), "Contoh", paper::Edition::Final, codec::PaperSize::F4, "https://hub.contoh", "ABCDEFGHJKMN" }; }

std::string html(codec::Paper const& paper) { return codec::paper_html(paper).html; }

std::vector<codec::Paper> one_of_each()
{
    std::vector<codec::Paper> all { pleno_paper(records(), content(), facts()), monitoring_paper(records(), content(), facts(), {}), matrix_paper(records(), content(), facts()) };
    for (auto const& form : form_definitions())
        if (!form.records) {
            auto filled_in = content();
            for (auto const& field : form.fields)
                filled_in.texts[field.name] = field.type == "date" ? "2026-04-17" : "Nama Orang | Jabatan | Nanti";
            all.push_back(form_paper(form, filled_in, facts()));
        }
    return all;
}

}

TEST(ReportPeriod, knows_its_days_and_its_words)
{
    EXPECT_EQ(period(2026, "Q2")->from(), time::Date::of(2026, 4, 1));
    EXPECT_EQ(period(2026, "S2")->from(), time::Date::of(2026, 7, 1));
    EXPECT_EQ(period(2026, "S2")->until(), time::Date::of(2026, 12, 31));
    EXPECT_EQ(period(2026, "Q4")->words(), "Triwulan IV Tahun 2026");
    EXPECT_EQ(period(2026, "S1")->words(), "Semester I Tahun 2026");
    EXPECT_EQ(period(2026, "Y")->words(), "Tahun 2026");
    EXPECT_FALSE(period(2026, "Q5"));
    EXPECT_EQ(reported_on(time::Date::of(2026, 7, 3)).code, "Q2");
    EXPECT_EQ(reported_on(time::Date::of(2026, 2, 3)).code, "Q1");
}

TEST(ReportRecords, count_what_is_not_apart_and_go_through_json_unchanged)
{
    auto const areas = by_area(records());
    ASSERT_THAT(areas, SizeIs(2));
    EXPECT_EQ(areas[0].all, 3);
    EXPECT_EQ(areas[0].due, 3);
    EXPECT_EQ(areas[0].verified, 1);
    EXPECT_EQ(areas[0].late, 1);
    EXPECT_EQ(areas[1].all, 1) << "the row of the province stands apart";
    EXPECT_EQ(areas[1].due, 0);
    auto const text = to_json(records());
    auto const again = records_from_json(text);
    ASSERT_TRUE(again);
    EXPECT_EQ(to_json(*again), text);
    EXPECT_EQ(by_area(*again)[0].late, 1);
    for (auto const* broken : { "", "[]", "{", "{\"plan\":1}", "{\"plan\":\"x\"}" })
        EXPECT_FALSE(records_from_json(broken)) << broken;
}

TEST(PlenoPaper, says_one_sentence_names_the_late_rows_and_asks_for_decisions)
{
    auto asked = content();
    asked.texts["decisions"] = "Menyetujui perubahan jadwal.\n\n";
    auto const page = html(pleno_paper(records(), asked, facts()));
    EXPECT_THAT(page, HasSubstr("1 dari 3 keluaran yang jatuh tempo sudah terverifikasi (33 %). 1 baris terlambat"));
    EXPECT_THAT(page, HasSubstr("1.1.2 Rapat &lt;Tim&gt;"));
    EXPECT_THAT(page, HasSubstr("Kasubbag Rendatin (Maria Goreti)"));
    EXPECT_THAT(page, HasSubstr("terlambat 18 hari"));
    EXPECT_THAT(page, HasSubstr("Menunjuk penanggung jawab bagi 1 baris: 2.1.1."));
    EXPECT_THAT(page, HasSubstr("Menyetujui perubahan jadwal."));
    EXPECT_THAT(page, HasSubstr("Nama Ketua"));
    EXPECT_THAT(page, Not(HasSubstr("Milik provinsi")));
}

TEST(PlenoPaper, stays_on_one_page_however_much_is_late_and_asked)
{
    auto many = records();
    for (std::int64_t i = 0; i < 60; ++i)
        many.dues.push_back(due(100 + i, 4, time::Date::of(2026, 2, 28), plan::State::UnderWay));
    many.rows[3].node.body = "Menyelenggarakan rapat tim reformasi birokrasi setiap bulan beserta notula, daftar hadir, dokumentasi, dan tindak lanjutnya di seluruh subbagian";
    auto asked = content();
    asked.texts["decisions"] = "Satu.\nDua.\nTiga.\nEmpat.";
    for (int i = 0; i < 4; ++i)
        asked.signers.push_back({ "", { "Anggota Divisi Sosialisasi, Pendidikan Pemilih, Partisipasi Masyarakat, dan SDM Komisi Pemilihan Umum Kota Contoh", "Nama Anggota" } });
    for (auto const size : { codec::PaperSize::A4, codec::PaperSize::F4 }) {
        auto said = facts();
        said.size = size;
        auto const pdf = codec::write_pdf(pleno_paper(many, asked, said));
        ASSERT_TRUE(pdf) << pdf.error().message_key;
        EXPECT_NE(pdf->find("/Count 1"), std::string::npos);
    }
}

TEST(PlenoPaper, of_an_office_without_a_plan_says_so)
{
    EXPECT_THAT(html(pleno_paper({}, content(), facts())), HasSubstr("belum memiliki rencana aksi"));
}

TEST(MonitoringPaper, lists_what_was_due_with_notes_proofs_and_reasons_and_nothing_else)
{
    auto typed = content();
    typed.reasons[22] = "Ketua tim diganti";
    typed.texts["conclusions"] = "Berjalan.\nPerlu percepatan.";
    auto const page = html(monitoring_paper(records(), typed, facts(), {}));
    EXPECT_THAT(page, HasSubstr("TRIWULAN I TAHUN 2026"));
    EXPECT_THAT(page, HasSubstr("Tidak ada laporan pemantauan sebelumnya"));
    EXPECT_THAT(page, HasSubstr("SK terbit"));
    EXPECT_THAT(page, HasSubstr("Dikembalikan, terlambat 18 hari"));
    EXPECT_THAT(page, HasSubstr("Ketua tim diganti"));
    EXPECT_THAT(page, HasSubstr("Perlu percepatan."));
    EXPECT_THAT(page, HasSubstr("Plt. Sekretaris"));
    EXPECT_THAT(page, Not(HasSubstr("Peta keputusan"))) << "due in June";
    EXPECT_THAT(page, Not(HasSubstr("Milik provinsi")));
}

TEST(MonitoringPaper, begins_with_what_became_of_the_unfinished_rows_of_the_last_report)
{
    auto now = records();
    now.dues[1].state = plan::State::Verified;
    now.dues[1].note = "Tiga rapat";
    auto last = content();
    last.texts["recommendations"] = "Adakan rapat bulanan.";
    Earlier const earlier { "1/ORT.04-LP/1571/2026", time::Date::of(2026, 4, 2), *period(2026, "Q1"), last, records() };
    auto typed = content("Q2");
    typed.texts["followed"] = "Rapat bulanan dimulai Mei.";
    auto const page = html(monitoring_paper(now, typed, facts(), earlier));
    auto const follow = page.find("A. Tindak lanjut laporan lalu");
    ASSERT_NE(follow, std::string::npos);
    EXPECT_LT(follow, page.find("B. Capaian"));
    EXPECT_THAT(page, HasSubstr("Laporan Triwulan I Tahun 2026, Nomor 1/ORT.04-LP/1571/2026 tanggal 2 April 2026."));
    EXPECT_THAT(page, HasSubstr("Terverifikasi. Tiga rapat"));
    EXPECT_THAT(page, HasSubstr("Adakan rapat bulanan."));
    EXPECT_THAT(page, HasSubstr("Rapat bulanan dimulai Mei."));
}

TEST(MatrixPaper, prints_a_letter_for_each_state_in_its_month)
{
    auto const paper = matrix_paper(records(), content(), facts());
    EXPECT_EQ(paper.sections[0].orientation, codec::Orientation::Landscape);
    codec::Table const* table = nullptr;
    for (auto const& block : paper.sections[0].blocks)
        if (auto const* found = std::get_if<codec::Table>(&block))
            table = found;
    ASSERT_NE(table, nullptr);
    auto const at = [&](std::string const& body) { return std::ranges::find(table->cells, body, &codec::TableCell::text)->row; };
    auto const mark = [&](int row, int month) {
        auto const found = std::ranges::find_if(table->cells, [&](auto const& cell) { return cell.row == row && cell.column == 2 + month; });
        return found == table->cells.end() ? std::string {} : found->text;
    };
    EXPECT_EQ(mark(at("Pembentukan Tim"), 1), "V");
    EXPECT_EQ(mark(at("Pembentukan Tim"), 2), "•");
    EXPECT_EQ(mark(at("Pembentukan Tim"), 3), "A");
    EXPECT_EQ(mark(at("Rapat <Tim>"), 3), "D!");
    EXPECT_EQ(mark(at("Peta keputusan"), 6), "T");
    EXPECT_EQ(mark(at("Milik provinsi"), 3), "–");
    EXPECT_EQ(mark(at("Peta keputusan"), 3), "");
}

TEST(FormPaper, of_every_kind_leaves_no_placeholder_and_prints_number_office_and_signers)
{
    EXPECT_THAT(form_definitions(), SizeIs(10));
    for (auto const& paper : one_of_each()) {
        auto const page = html(paper);
        EXPECT_THAT(page, Not(HasSubstr("{"))) << paper.title;
        EXPECT_THAT(page, HasSubstr("KOMISI PEMILIHAN UMUM KOTA CONTOH")) << paper.title;
        EXPECT_THAT(page, HasSubstr("Nama Ketua")) << paper.title;
        EXPECT_THAT(page, HasSubstr("paper:qr-0")) << paper.title;
    }
    EXPECT_THAT(html(form_paper(*form_definition("receipt"), content(), facts())), HasSubstr("NIP 1980"));
    auto made = content();
    made.texts = { { "held_on", "2026-04-17" }, { "subject", "Rencana {unit}" }, { "decided", "Menyetujui." } };
    auto const minutes = html(form_paper(*form_definition("pleno_minutes"), made, facts()));
    EXPECT_THAT(minutes, HasSubstr("Jumat tanggal tujuh belas bulan April tahun dua ribu dua puluh enam"));
    EXPECT_THAT(minutes, HasSubstr("Rencana {unit}")) << "only the definition's own texts are filled";
}

TEST(FormPaper, a_draft_bears_no_code_and_a_copy_says_ttd)
{
    auto draft = facts();
    draft.edition = paper::Edition::Preview;
    draft.code.clear();
    draft.number.clear();
    draft.initials = { { {}, "Nama Paraf", "Kasubbag", time::Instant { 1'776'500'000'000 } } };
    auto const preview = codec::paper_html(form_paper(*form_definition("receipt"), content(), draft));
    EXPECT_THAT(preview.html, HasSubstr("KONSEP"));
    EXPECT_THAT(preview.html, HasSubstr("Nama Paraf"));
    EXPECT_THAT(preview.qr_texts, IsEmpty());
    auto copy = facts();
    copy.edition = paper::Edition::Copy;
    EXPECT_THAT(html(form_paper(*form_definition("receipt"), content(), copy)), HasSubstr("ttd."));
}

TEST(FormPaper, the_letterhead_has_the_address_that_the_office_typed)
{
    auto at_home = facts();
    at_home.address = paper::address_lines(" Jalan Contoh Nomor 1 \r\n\nTelepon (0741) 000000\na\nb\nbaris kelima");
    EXPECT_THAT(at_home.address, ElementsAre("Jalan Contoh Nomor 1", "Telepon (0741) 000000", "a", "b"));
    auto const page = html(form_paper(*form_definition("cover_letter"), content(), at_home));
    EXPECT_THAT(page, HasSubstr("Jalan Contoh Nomor 1"));
    EXPECT_THAT(page, Not(HasSubstr("baris kelima")));
    EXPECT_THAT(html(form_paper(*form_definition("cover_letter"), content(), facts())), Not(HasSubstr("Jalan Contoh")));
}

TEST(FormPaper, what_people_type_is_neither_markup_nor_filled_again)
{
    auto evil = content();
    evil.texts = { { "from", "<script>{subject}" }, { "subject", "{from}{subject}" }, { "items", "a | b | c | d | e\n{items}" } };
    auto const page = html(form_paper(*form_definition("receipt"), evil, facts()));
    EXPECT_THAT(page, Not(HasSubstr("<script")));
    EXPECT_LT(page.size(), 100'000U);
}

TEST(ReportContent, goes_through_json_and_refuses_what_is_none)
{
    auto before = content();
    before.texts["x"] = "a\nb";
    before.reasons[7] = "sebab";
    auto const after = content_from_json(to_json(before));
    ASSERT_TRUE(after);
    EXPECT_EQ(to_json(*after), to_json(before));
    EXPECT_EQ(after->signers[1].who.capacity, paper::Capacity::Acting);
    for (auto const* broken : { "", "[1]", "{\"texts\":{\"a\":1}}", "{\"reasons\":{\"x\":\"y\"}}", "{\"signers\":[1]}" })
        EXPECT_FALSE(content_from_json(broken)) << broken;
    EXPECT_THAT(entries(" a \n\n b\r\n"), ElementsAre("a", "b"));
    EXPECT_THAT(columns("a | b|c"), ElementsAre("a", "b", "c"));
}

TEST(ReportPapers, the_same_inputs_give_the_same_bytes)
{
    auto const first = one_of_each();
    auto const second = one_of_each();
    for (std::size_t i = 0; i < first.size(); ++i) {
        EXPECT_EQ(*codec::write_docx(first[i]), *codec::write_docx(second[i])) << first[i].title;
        auto const pdf = codec::write_pdf(first[i]);
        ASSERT_TRUE(pdf) << pdf.error().message_key;
        EXPECT_EQ(*pdf, *codec::write_pdf(second[i])) << first[i].title;
    }
}
