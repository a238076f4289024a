#include "support/hub.hpp"
#include <cstdlib>
#include <fstream>
#include <gmock/gmock.h>

using namespace kpuhub;
using namespace kpuhub::testing;
using http::Method;
using ::testing::HasSubstr;
using ::testing::Not;

namespace {

using Form = std::vector<std::pair<std::string, std::string>>;

class DecreePages : public ::testing::Test {
protected:
    Hub hub;

    http::Response send(CookieJar& as, std::string const& bytes, std::string const& name = "sk.txt")
    {
        return run(hub.site(), { .name = "upload", .method = Method::Post, .path = "/units/1571/imports", .uploads = { upload_of(hub.folder, name, bytes) }, .as = &as });
    }
    /// Uploads the small decree and reads it; its address.
    std::string in_review()
    {
        auto answer = send(hub.andreas, small_decree());
        EXPECT_EQ(answer.status, 303) << answer.body.substr(0, 1000);
        hub.work();
        return answer.header("Location");
    }
    /// A package whose one part unpacks to 300 MB.
    std::string zip_bomb()
    {
        auto const path = hub.folder / "bomb.zip";
        auto const made = std::system(("python3 -c \"import zipfile; z=zipfile.ZipFile('" + path + "','w',zipfile.ZIP_DEFLATED); z.writestr('word/document.xml', b' '*300000000)\"").c_str());
        EXPECT_EQ(made, 0);
        std::ifstream file { path, std::ios::binary };
        return { std::istreambuf_iterator<char>(file), {} };
    }
    std::string version() { return std::to_string(hub.count("SELECT max(s.version) FROM subject s WHERE s.kind = 'decree_import'")); }
    std::int64_t steps() { return hub.count("SELECT COUNT(*) FROM decree_decision WHERE undone = 0"); }
};

}

TEST_F(DecreePages, from_upload_over_review_to_the_fixed_plan)
{
    auto address = in_review();
    auto review = get(hub, hub.andreas, address);
    ASSERT_EQ(review.status, 200) << review.body.substr(0, 1000);
    EXPECT_THAT(review.body, HasSubstr("full_year_marks"));
    auto settled = post(hub, hub.andreas, address + "/decisions", { { "version", version() }, { "finding", "full_year_marks" }, { "change", "all_months" } });
    EXPECT_EQ(settled.status, 303) << settled.body.substr(0, 500);
    EXPECT_EQ(steps(), 1);
    auto fixed = post(hub, hub.andreas, address + "/plan", { { "version", version() }, { "year", "2026" }, { "number", "7 TAHUN 2026" }, { "date", "2026-01-12" },
        { "place", "Jambi" }, { "signatory", "Ketua Kota" }, { "signatory_role", "Ketua" } });
    EXPECT_EQ(fixed.status, 303) << fixed.body.substr(0, 500);
    EXPECT_EQ(fixed.header("Location"), "/units/1571/plans/2026");
    EXPECT_EQ(hub.count("SELECT COUNT(*) FROM plan p JOIN subject s ON s.id = p.subject_id WHERE s.state = 'fixed' AND p.number = '7 TAHUN 2026'"), 1);
    EXPECT_GE(hub.count("SELECT COUNT(*) FROM deliverable"), 3);
    EXPECT_EQ(get(hub, hub.andreas, address).header("Location"), "/units/1571/plans/2026");
    EXPECT_EQ(post(hub, hub.andreas, address + "/discarding", { { "version", version() } }).status, 409) << "a fixed import is closed";
}

TEST_F(DecreePages, the_same_decision_twice_counts_once_and_another_form_of_the_page_counts_too)
{
    auto address = in_review();
    Form form { { "version", version() }, { "request_key", "key-of-this-page" }, { "finding", "full_year_marks" }, { "change", "all_months" } };
    auto first = post(hub, hub.andreas, address + "/decisions", form);
    auto again = post(hub, hub.andreas, address + "/decisions", form);
    EXPECT_EQ(first.status, 303);
    EXPECT_EQ(again.status, 303);
    EXPECT_EQ(again.header("Location"), first.header("Location"));
    EXPECT_EQ(steps(), 1);
    Form other { { "version", version() }, { "request_key", "key-of-this-page" }, { "step", "note" }, { "text", "catatan" } };
    EXPECT_EQ(post(hub, hub.andreas, address + "/rows/1", other).status, 303);
    EXPECT_EQ(steps(), 2);
}

TEST_F(DecreePages, an_old_version_is_a_conflict_and_changes_nothing)
{
    auto address = in_review();
    auto shown = version();
    EXPECT_EQ(post(hub, hub.andreas, address + "/rows/1", { { "version", shown }, { "step", "note" }, { "text", "pertama" } }).status, 303);
    EXPECT_EQ(post(hub, hub.andreas, address + "/rows/1", { { "version", shown }, { "step", "note" }, { "text", "kedua" } }).status, 409);
    EXPECT_EQ(steps(), 1);
    EXPECT_THAT(get(hub, hub.andreas, address + "/rows/1").body, HasSubstr("pertama"));
}

TEST_F(DecreePages, taking_a_decision_back_applies_the_others_again)
{
    auto address = in_review();
    (void)post(hub, hub.andreas, address + "/rows/1", { { "version", version() }, { "step", "note" }, { "text", "catatan pertama" } });
    (void)post(hub, hub.andreas, address + "/rows/2", { { "version", version() }, { "step", "text" }, { "text", "Kegiatan yang ditulis ulang" } });
    EXPECT_EQ(post(hub, hub.andreas, address + "/undoing", { { "version", version() }, { "step", "1" } }).status, 303);
    EXPECT_THAT(get(hub, hub.andreas, address + "/rows/1").body, Not(HasSubstr("catatan pertama")));
    EXPECT_THAT(get(hub, hub.andreas, address + "/rows/2").body, HasSubstr("Kegiatan yang ditulis ulang"));
    EXPECT_EQ(post(hub, hub.andreas, address + "/undoing", { { "version", version() }, { "step", "1" } }).status, 409) << "taken back already";
}

TEST_F(DecreePages, broken_forms_show_a_message_and_write_nothing)
{
    auto address = in_review();
    auto row = address + "/rows/1";
    std::pair<std::string, Form> const broken[] = { { row, { { "step", "text" }, { "text", "" } } }, { row, { { "step", "text" }, { "text", std::string(10'001, 'a') } } },
        { address + "/rows/99999", { { "step", "note" }, { "text", "x" } } }, { row, { { "step", "months" }, { "month", "13" } } }, { row, { { "step", "months" }, { "month", "-1" } } },
        { row, { { "step", "authority" }, { "number", "99" } } }, { row, { { "step", "rhythm" }, { "number", "-7" } } }, { row, { { "step", "split" }, { "text", "tidak ada di sana" } } },
        { row, { { "step", "move" }, { "number", "1" } } }, { row, { { "step", "merge" } } }, { row, { { "step", "unknown" } } },
        { address + "/decisions", { { "finding", "nothing" }, { "change", "all_months" } } }, { address + "/decisions", { { "finding", "full_year_marks" }, { "change", "set_field" } } },
        { address + "/plan", { { "year", "2026" }, { "number", "7" }, { "date", "31-12-2026" } } }, { address + "/plan", { { "year", "20260" }, { "number", "7" }, { "date", "2026-01-12" } } },
        { address + "/plan", { { "year", "2026" }, { "number", "" }, { "date", "2026-01-12" } } }, { address + "/plan", { { "year", "2026" }, { "title", std::string(2'000, 'a') }, { "date", "2026-01-12" } } } };
    for (auto [path, form] : broken) {
        form.emplace_back("version", version());
        auto answer = post(hub, hub.andreas, path, form);
        EXPECT_EQ(answer.status, 422) << path << " " << form.front().second << " " << form[1].second.substr(0, 40);
        EXPECT_THAT(answer.body, Not(HasSubstr("decree."))) << "a key instead of words";
    }
    EXPECT_EQ(steps(), 0);
    EXPECT_EQ(hub.count("SELECT COUNT(*) FROM plan"), 0);
    EXPECT_EQ(get(hub, hub.andreas, address).status, 200);
}

TEST_F(DecreePages, files_that_are_no_plan_end_with_a_message_in_both_languages)
{
    std::string const encrypted = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(600, '\0')
        + std::string("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0", 32);
    struct Case {
        std::string bytes, name, indonesian, english;
    };
    Case const cases[] = { { "surat biasa\n", "surat.txt", "Tabel rencana aksi tidak ditemukan", "No action-plan table was found" },
        { std::string("\x7f" "ELF\0\0\0", 7), "a.txt", "bukan PDF, gambar, teks", "is not PDF, picture, text" },
        { "\xff\xfe\xff\xfe garbled", "b.csv", "", "" },
        { "PK\x03\x04 not a workbook", "c.xlsx", "rusak", "damaged" },
        { encrypted, "d.docx", "kata sandi", "password" },
        { std::string(100U << 20U, 'x'), "e.txt", "melebihi 50 MB", "over 50 MB" },
        { zip_bomb(), "f.docx", "melebihi batas", "over the limit" } };
    for (auto const& [bytes, name, indonesian, english] : cases) {
        auto sent = send(hub.andreas, bytes, name);
        ASSERT_EQ(sent.status, 303) << name;
        hub.work();
        auto page = get(hub, hub.andreas, sent.header("Location"));
        EXPECT_THAT(page.body, HasSubstr("alert-danger")) << name;
        EXPECT_THAT(page.body, Not(HasSubstr("decree."))) << name;
        EXPECT_THAT(page.body, Not(HasSubstr("codec."))) << name;
        EXPECT_THAT(page.body, HasSubstr(indonesian)) << name;
        auto abroad = hub.andreas;
        abroad["kpuhub-language"] = "en";
        auto words = get(hub, abroad, sent.header("Location"));
        EXPECT_THAT(words.body, HasSubstr(english)) << name;
    }
    EXPECT_EQ(send(hub.andreas, "").status, 422) << "an empty file";
    EXPECT_EQ(hub.count("SELECT COUNT(*) FROM plan"), 0);
    EXPECT_EQ(hub.count("SELECT COUNT(*) FROM plan_node"), 0);
}

TEST_F(DecreePages, a_decree_of_another_office_is_said_so)
{
    auto decree = small_decree();
    auto const at = decree.find("KOTA JAMBI");
    ASSERT_NE(at, std::string::npos);
    for (auto from = at; from != std::string::npos; from = decree.find("KOTA JAMBI", from))
        decree.replace(from, 10, "KOTA BATAM");
    auto sent = send(hub.andreas, decree);
    hub.work();
    EXPECT_THAT(get(hub, hub.andreas, sent.header("Location")).body, HasSubstr("unit_differs"));
    auto own = in_review();
    EXPECT_THAT(get(hub, hub.andreas, own).body, Not(HasSubstr("unit_differs")));
}

TEST_F(DecreePages, staff_see_a_review_and_change_nothing_and_another_office_knows_nothing_of_it)
{
    auto address = in_review();
    EXPECT_EQ(get(hub, hub.siti, address).status, 200);
    EXPECT_THAT(get(hub, hub.siti, address).body, Not(HasSubstr("action=\"" + address + "/decisions\"")));
    EXPECT_EQ(send(hub.siti, small_decree()).status, 403);
    EXPECT_EQ(post(hub, hub.siti, address + "/rows/1", { { "version", version() }, { "step", "note" }, { "text", "x" } }).status, 403);
    EXPECT_EQ(send(hub.budi, small_decree()).status, 404);
    EXPECT_EQ(get(hub, hub.budi, address).status, 404);
    EXPECT_EQ(get(hub, hub.budi, address + "/file").status, 404);
    EXPECT_EQ(hub.count("SELECT COUNT(*) FROM decree_import"), 1);
}

TEST_F(DecreePages, the_review_takes_at_most_six_statements_whatever_its_rows)
{
    auto address = in_review();
    for (auto const& path : { address, address + "/rows/1", std::string { "/units/1571/imports" } }) {
        auto before = hub.database->counters().statements;
        EXPECT_EQ(get(hub, hub.andreas, path).status, 200);
        EXPECT_LE(hub.database->counters().statements - before, 6) << path;
    }
}

TEST_F(DecreePages, a_cut_in_a_long_row_never_splits_a_letter)
{
    auto address = in_review();
    std::string text;
    for (int i = 0; i < 150; ++i)
        text += "é—";       // letters of two and three bytes
    (void)post(hub, hub.andreas, address + "/rows/2", { { "version", version() }, { "step", "text" }, { "text", text } });
    for (auto const* path : { "", "/rows/1", "/rows/3" }) {
        auto page = get(hub, hub.andreas, address + path);
        EXPECT_EQ(page.status, 200) << path;
        EXPECT_THAT(page.body, Not(HasSubstr("\xc3<"))) << path;
        EXPECT_THAT(page.body, Not(HasSubstr("\xe2<"))) << path;
        EXPECT_THAT(page.body, Not(HasSubstr("\xe2\x80<"))) << path;
        EXPECT_THAT(page.body, Not(HasSubstr("\xef\xbf\xbd"))) << path << ": a letter was cut";
        EXPECT_THAT(get(hub, hub.andreas, address + path, true).body, Not(HasSubstr("\xef\xbf\xbd"))) << path;
    }
}
