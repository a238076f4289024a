#include "paper/paper_pages.hpp"
#include "support/hub.hpp"
#include <gmock/gmock.h>

using namespace kpuhub;
using namespace kpuhub::testing;
using http::Method;
using ::testing::HasSubstr;
using ::testing::Not;

namespace {

/// A scan as small as a PDF can be.
constexpr auto bare_pdf = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

class PaperPages : public ::testing::Test {
protected:
    Hub hub;
    std::string paper;

    void SetUp() override
    {
        make_plan(*hub.database, hub.office, 2026, std::nullopt);
        auto made = post(hub, hub.andreas, "/units/1571/plans/2026/decree", {});
        ASSERT_EQ(made.status, 303) << made.body.substr(0, 500);
        paper = made.header("Location");
    }
    std::string version() { return std::to_string(hub.count("SELECT version FROM subject WHERE kind = 'official_paper'")); }
    http::Response step(CookieJar& as, std::string const& name, std::vector<std::pair<std::string, std::string>> form = {})
    {
        form.emplace_back("version", version());
        return post(hub, as, paper + "/" + name, form);
    }
    void number_it()
    {
        ASSERT_EQ(step(hub.andreas, "wording", { { "subject", "Rencana Aksi {unit} Tahun {year}" }, { "considering", "bahwa satu;\n- rincian;\nbahwa dua;" }, { "legal_basis", "Undang-Undang Nomor 5 Tahun 2014 tentang ASN;" },
                      { "noting", "Berita Acara Nomor {minutes_number};" }, { "dicta", "Menetapkan {subject}." }, { "signatory_name", "Nama Ketua" }, { "signatory_post", "Ketua KPU Kota Jambi" }, { "size", "A4" } }).status,
            303);
        ASSERT_EQ(step(hub.sekretaris, "initials").status, 303);
        ASSERT_EQ(step(hub.andreas, "minutes", { { "minutes_number", "3/BA/2026" }, { "minutes_on", "2026-04-10" } }).status, 303);
        auto numbered = step(hub.andreas, "number", { { "dated_on", "2026-04-18" }, { "place", "Jambi" } });
        ASSERT_EQ(numbered.status, 303) << numbered.body.substr(0, 800);
        hub.work();
    }
    std::string code() { return *hub.database->read([](storage::Reader& reader) -> Result<std::string> { return reader.first({ "test.code", "SELECT code FROM official_paper" })->text(0); }); }
    http::Response original(CookieJar& as, std::string const& bytes, std::string const& name)
    {
        return run(hub.site(), { .name = "original", .method = Method::Post, .path = paper + "/original", .form = { { "version", version() } }, .uploads = { upload_of(hub.folder, name, bytes) }, .as = &as });
    }
};

}

TEST_F(PaperPages, the_decree_goes_from_words_to_a_kept_pdf_a_signed_original_and_a_public_page)
{
    EXPECT_EQ(get(hub, hub.andreas, "/units/1571/plans/2026/decree").header("Location"), paper);
    number_it();
    auto const page = get(hub, hub.andreas, paper);
    EXPECT_THAT(page.body, HasSubstr("1 TAHUN 2026"));
    EXPECT_THAT(page.body, HasSubstr("/files/final.pdf"));
    EXPECT_THAT(page.body, HasSubstr("sudah dicabut dengan"));
    auto const journal = get(hub, hub.siti, "/subjects" + paper.substr(std::string { "/papers" }.size()) + "/journal");
    EXPECT_EQ(journal.status, 200);
    EXPECT_THAT(journal.body, HasSubstr("mencatat berita acara pleno"));
    EXPECT_THAT(page.body, HasSubstr("/journal"));
    EXPECT_EQ(get(hub, hub.budi, "/subjects" + paper.substr(std::string { "/papers" }.size()) + "/journal").status, 404);
    auto const pdf = get(hub, hub.siti, paper + "/files/final.pdf");
    EXPECT_EQ(pdf.status, 200);
    EXPECT_EQ(pdf.header("Content-Type"), "application/pdf");
    EXPECT_EQ(get(hub, hub.budi, paper + "/files/final.pdf").status, 404);
    EXPECT_EQ(get(hub, hub.andreas, paper + "/files/other.pdf").status, 404);

    auto const waiting = get(hub, hub.nobody, "/verify/" + code());
    EXPECT_EQ(waiting.status, 200);
    EXPECT_THAT(waiting.body, HasSubstr("Belum ditandatangani"));
    EXPECT_THAT(waiting.body, Not(HasSubstr("<script")));

    EXPECT_EQ(original(hub.siti, "%PDF-1.4", "a.pdf").status, 403);
    EXPECT_EQ(original(hub.andreas, "hanya teks", "a.pdf").status, 422);
    auto const kept = original(hub.andreas, bare_pdf, "pindaian.pdf");
    ASSERT_EQ(kept.status, 303) << kept.body.substr(0, 1500);
    hub.work();
    EXPECT_THAT(get(hub, hub.andreas, paper).body, HasSubstr("/files/copy.pdf"));
    EXPECT_EQ(hub.count("SELECT count(*) FROM plan p JOIN subject s ON s.id = p.subject_id WHERE s.state = 'fixed'"), 1);
    EXPECT_THAT(get(hub, hub.nobody, "/verify/" + code()).body, HasSubstr("Berlaku"));
}

TEST_F(PaperPages, anybody_compares_a_file_with_the_paper_and_learns_whether_it_is_the_same)
{
    number_it();
    auto const address = "/verify/" + code();
    auto const hash = *hub.database->read([](storage::Reader& reader) -> Result<std::string> { return reader.first({ "test.hash", "SELECT blob_hash FROM paper_file WHERE edition = 'final' AND media = 'pdf'" })->text(0); });
    EXPECT_THAT(get(hub, hub.nobody, address + "?sha256=" + hash).body, HasSubstr("sama dengan yang diterbitkan"));
    EXPECT_THAT(get(hub, hub.nobody, address + "?sha256=" + std::string(64, '0')).body, HasSubstr("tidak sama"));
    EXPECT_THAT(get(hub, hub.nobody, address + "?sha256=" + "%3Cb%3E").body, Not(HasSubstr("<b>&lt;")));
    EXPECT_EQ(get(hub, hub.nobody, address + "/file").status, 200);
    auto const sent = run(hub.site(), { .name = "compare", .method = Method::Post, .path = address + "/file", .uploads = { upload_of(hub.folder, "x.pdf", "berkas lain") }, .as = &hub.siti });
    EXPECT_EQ(sent.status, 303) << sent.body.substr(0, 500);
    EXPECT_THAT(sent.header("Location"), HasSubstr(address + "?sha256="));
    EXPECT_EQ(get(hub, hub.nobody, "/verify/AAAAAAAAAAAA").status, 404);
    EXPECT_EQ(get(hub, hub.nobody, "/verify?code=" + code()).header("Location"), address);
    EXPECT_EQ(get(hub, hub.nobody, "/verify?code=salah").status, 404);
}

TEST_F(PaperPages, one_network_compares_so_many_files_an_hour_and_no_more)
{
    number_it();
    auto const address = "/verify/" + code() + "/file";
    auto const send = [&] { return run(hub.site(), { .name = "compare", .method = Method::Post, .path = address, .uploads = { upload_of(hub.folder, "x.pdf", "berkas") }, .as = &hub.siti }); };
    ASSERT_EQ(send().status, 303);
    hub.run_sql("UPDATE rate SET hits = 60 WHERE name LIKE 'paper.compare:%'");
    auto const refused = send();
    EXPECT_EQ(refused.status, 503);
    EXPECT_THAT(refused.body, HasSubstr("Terlalu banyak berkas"));
    hub.run_sql("UPDATE rate SET window_at = window_at - 3600000 WHERE name LIKE 'paper.compare:%'");
    EXPECT_EQ(send().status, 303) << "the next hour counts anew";
}

TEST_F(PaperPages, a_broken_step_says_so_on_the_page_and_the_same_form_twice_counts_once)
{
    auto const early = step(hub.andreas, "number", { { "dated_on", "2026-04-18" }, { "place", "Jambi" } });
    EXPECT_EQ(early.status, 422);
    EXPECT_THAT(early.body, HasSubstr("belum diparaf"));
    auto const old = post(hub, hub.sekretaris, paper + "/initials", { { "version", "0" } });
    EXPECT_EQ(old.status, 409);
    std::vector<std::pair<std::string, std::string>> const form { { "version", version() }, { "request_key", "key-of-this-page" } };
    EXPECT_EQ(post(hub, hub.sekretaris, paper + "/initials", form).status, 303);
    EXPECT_EQ(post(hub, hub.sekretaris, paper + "/initials", form).status, 303);
    EXPECT_EQ(hub.count("SELECT count(*) FROM paper_initial"), 1);
    EXPECT_EQ(step(hub.siti, "initials").status, 403);
    EXPECT_EQ(step(hub.budi, "initials").status, 404);
}

TEST_F(PaperPages, the_number_book_and_patterns_stand_on_the_page_of_papers)
{
    number_it();
    auto const page = get(hub, hub.andreas, "/units/1571/papers");
    EXPECT_THAT(page.body, HasSubstr("1 TAHUN 2026"));
    EXPECT_EQ(post(hub, hub.andreas, "/units/1571/papers/series", { { "series", "decree" }, { "pattern", "{n}/HK.03.1/{unit}/{year}" } }).status, 303);
    EXPECT_THAT(get(hub, hub.andreas, "/units/1571/papers").body, HasSubstr("7/HK.03.1/1571/2026"));
    EXPECT_EQ(post(hub, hub.andreas, "/units/1571/papers/series", { { "series", "decree" }, { "pattern", "{n}" } }).status, 422);
    EXPECT_EQ(get(hub, hub.budi, "/units/1571/papers").status, 404);
}

TEST(PaperCode, is_read_as_people_type_it) { EXPECT_EQ(paper::tidy_code(" 7k4q-x9ol ib "), "7K4QX9011B"); }
