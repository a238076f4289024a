#include "account/access.hpp"
#include "account/password.hpp"
#include "account/session.hpp"
#include "codec/tool.hpp"
#include "command/application.hpp"
#include "evidence/evidence_store.hpp"
#include "http/cookie.hpp"
#include "http/csrf.hpp"
#include "support/office.hpp"
#include "support/scenario.hpp"
#include "support/test_database.hpp"
#include "support/test_folder.hpp"
#include <filesystem>

using namespace kpuhub;
using namespace kpuhub::testing;
using http::Method;

namespace {

storage::Query sql(char const* text) { return { "test", text }; }

/// One person in a browser.
struct Browser {
    CookieJar jar;
    std::string secret;
};

class EvidencePages : public ::testing::Test {
protected:
    EvidencePages()
    {
        office = make_office(*database);
        plan = make_plan(*database, office, 2026, time::Date::of(2026, 1, 5));
        row = deliverable(*database, plan, "Sosialisasi nilai-nilai", 4).id;
        application = std::make_unique<command::Application>(*database, clock, folder.path().string(), account::DoorSettings { "http://127.0.0.1:8080" });
        siti = sign_in(office.siti, "siti");
        yuli = sign_in(office.yuli, "yuli");
        andreas = sign_in(office.andreas, "andreas");
        budi = sign_in(office.budi, "budi");
        site.emplace(Site { application->router(), application->faults(), [this](Scenario const& scenario, http::Request& request) {
                               for (auto* browser : { &siti, &yuli, &andreas, &budi })
                                   if (scenario.as == &browser->jar && scenario.method == Method::Post)
                                       request.form.add("csrf", http::csrf_token(browser->secret));
                               request.body = body;
                           } });
    }

    Browser sign_in(PersonId person, std::string const& name)
    {
        Browser browser;
        browser.secret = "secret-of-" + name + "-0123456789abcdef0123456789";
        EXPECT_TRUE(database->write([&](storage::Transaction& transaction) -> Result<void> {
            auto id = transaction.insert<AccountTag>(sql("INSERT INTO account (person_id, user_name, password_hash, state, created_at)"
                                                         " VALUES ($1, $2, '', 'active', 0) RETURNING id"), person, name);
            account::start_session(transaction, id, { "token-" + name, browser.secret, "test" }, clock.now());
            return {};
        }));
        browser.jar[http::session_cookie_name(false)] = "token-" + name;
        return browser;
    }

    std::string own(std::string const& rest = {}) const { return "/deliverables/" + std::to_string(row.value) + "/evidence" + rest; }

    http::Upload file(std::string const& name, std::string const& bytes)
    {
        auto path = folder / ("sent" + std::to_string(files++));
        codec::write_whole(path, bytes);
        return { "file", name, path, static_cast<std::int64_t>(bytes.size()) };
    }

    /// The newest proof.
    std::int64_t newest()
    {
        return *database->read([](storage::Reader& reader) -> Result<std::int64_t> {
            return reader.first(sql("SELECT COALESCE(max(subject_id), 0) FROM evidence"))->integer(0);
        });
    }
    std::int64_t count(char const* text)
    {
        return *database->read([&](storage::Reader& reader) -> Result<std::int64_t> { return reader.first(sql(text))->integer(0); });
    }
    std::size_t stored_files()
    {
        std::size_t found = 0;
        for (auto const& entry : std::filesystem::recursive_directory_iterator(folder / "blobs"))
            found += entry.is_regular_file() ? 1 : 0;
        return found;
    }

    TestDatabase database { storage::Engine::Sqlite };
    TestFolder folder;
    time::FixedClock clock { time::Instant { 1'776'500'000'000 } };     // 18 April 2026
    Office office;
    PlanId plan;
    DeliverableId row;
    std::unique_ptr<command::Application> application;
    Browser siti, yuli, andreas, budi;
    std::string body;
    std::optional<Site> site;
    int files = 0;
};

std::string const small_pdf = "%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF";

}

TEST_F(EvidencePages, WhoMayOpenTheBoxAndTheForms)
{
    run_scenarios(*site, {
        { .name = "a guest is sent to the sign-in page", .path = "/evidence", .status = 303, .expected_headers = { { "Location", "/sign-in" } } },
        { .name = "staff see their box", .path = "/evidence", .as = &siti.jar, .expected = { "Kotak bukti" } },
        { .name = "staff open each form", .path = "/evidence/new?kind=camera", .as = &siti.jar, .expected = { "capture=\"environment\"", "kpu-file-drop" } },
        { .name = "a form for a link", .path = own("/new?kind=link"), .as = &siti.jar, .expected = { "Alamat tautan", "Sosialisasi nilai-nilai" } },
        { .name = "a form for a reference", .path = own("/new?kind=reference"), .as = &siti.jar, .expected = { "Jenis naskah" } },
        { .name = "another office does not know the row", .path = own("/new?kind=link"), .as = &budi.jar, .status = 404, .forbidden = { "Sosialisasi" } },
        { .name = "a number that is none is not found", .path = "/evidence/abc", .as = &siti.jar, .status = 404 },
        { .name = "an over-long number is not found", .path = "/evidence/99999999999999999999", .as = &siti.jar, .status = 404 },
        { .name = "a guest sends nothing", .method = Method::Post, .path = "/evidence", .form = { { "kind", "link" }, { "address", "kpu.go.id" } }, .status = 303 },
    });
    EXPECT_EQ(newest(), 0);
}

TEST_F(EvidencePages, ALinkProvesARowAndMovesIt)
{
    std::vector<std::pair<std::string, std::string>> form { { "kind", "link" }, { "address", "jdih.kpu.go.id/sk?n=1" }, { "title", "<script>alert(1)</script>" },
        { "effective_on", "2026-04-10" }, { "request_key", "key-1" } };
    run_scenarios(*site, {
        { .name = "staff send a link", .method = Method::Post, .path = own(), .form = form, .as = &siti.jar, .status = 303,
            .expected_headers = { { "Location", "/deliverables/" + std::to_string(row.value) } } },
        { .name = "the same form twice counts once", .method = Method::Post, .path = own(), .form = form, .as = &siti.jar, .status = 303 },
    });
    EXPECT_EQ(count("SELECT COUNT(*) FROM evidence"), 1);
    EXPECT_EQ(deliverable(*database, plan, "Sosialisasi nilai-nilai", 4).state, "under_way");
    EXPECT_EQ(count("SELECT max(proofs) FROM deliverable"), 1);
    auto address = "/evidence/" + std::to_string(newest());
    run_scenarios(*site, {
        { .name = "a script in a title is text", .path = address, .as = &yuli.jar,
            .expected = { "&lt;script&gt;alert(1)", "jdih.kpu.go.id", "rel=\"noopener noreferrer nofollow external\"", "10 April 2026" }, .forbidden = { "<script>alert" } },
        { .name = "the page as JSON", .path = address, .as = &yuli.jar, .headers = { { "accept", "application/json" } }, .expected = { "\"title\":\"\\u003cscript>alert(1)" }, .forbidden = { "hash" } },
        { .name = "another office gets 404 for it", .path = address, .as = &budi.jar, .status = 404, .forbidden = { "jdih" } },
        { .name = "a colleague may not throw it away", .method = Method::Post, .path = address + "/end", .form = { { "version", "1" } }, .as = &yuli.jar, .status = 403 },
    });
}

TEST_F(EvidencePages, BrokenFormsComeBackWithWhatWasTyped)
{
    auto link = [&](std::string const& address, std::string const& words) {
        return Scenario { .name = address, .method = Method::Post, .path = "/evidence", .form = { { "kind", "link" }, { "address", address }, { "title", "Judul saya" } },
            .as = &siti.jar, .status = 422, .expected = { words, "Judul saya" } };
    };
    run_scenarios(*site, {
        link("javascript:alert(1)", "https:// atau http://"), link("https://siti:rahasia@kpu.go.id", "kata sandi"), link("", "Tulis alamat tautan"),
        { .name = "a paper without number", .method = Method::Post, .path = own(), .form = { { "kind", "reference" }, { "paper_kind", "SK" } }, .as = &siti.jar, .status = 422, .expected = { "Tulis nomor naskah" } },
        { .name = "a date that is none", .method = Method::Post, .path = own(), .form = { { "kind", "reference" }, { "paper_kind", "SK" }, { "paper_number", "1" }, { "effective_on", "31/6" } }, .as = &siti.jar, .status = 422, .expected = { "Tulis tanggal" } },
        { .name = "no file", .method = Method::Post, .path = "/evidence", .form = { { "kind", "file" } }, .as = &siti.jar, .status = 422, .expected = { "Pilih berkas" } },
        { .name = "a file that is not what it says", .method = Method::Post, .path = "/evidence", .form = { { "kind", "file" } }, .uploads = { file("a.pdf", "<html><script>") }, .as = &siti.jar, .status = 422, .expected = { "tidak diterima" } },
        { .name = "a part of another row", .method = Method::Post, .path = own(), .form = { { "kind", "link" }, { "address", "kpu.go.id" }, { "part", "999999" } }, .as = &siti.jar, .status = 422 },
    });
    EXPECT_EQ(newest(), 0);
}

TEST_F(EvidencePages, AFileIsSavedOnceAndOpenedByTheIdOfItsProof)
{
    auto send = [&](Browser& who, std::string const& name) {
        run_scenarios(*site, { { .name = "sends " + name, .method = Method::Post, .path = "/evidence", .form = { { "kind", "file" } }, .uploads = { file(name, small_pdf) },
            .as = &who.jar, .status = 303, .expected_headers = { { "Location", "/evidence?sent=1" } } } });
        return newest();
    };
    auto of_siti = send(siti, "../../etc/\"daftar\" hadir\r\n.pdf");
    auto of_yuli = send(yuli, "b.pdf");
    EXPECT_EQ(stored_files(), 1U) << "the same bytes lie there once";
    auto hash = *database->read([](storage::Reader& reader) -> Result<std::string> { return reader.first(sql("SELECT max(blob_hash) FROM evidence"))->text(0); });
    run_scenarios(*site, {
        { .name = "her own file", .path = "/evidence/" + std::to_string(of_siti) + "/file", .as = &siti.jar,
            .expected_headers = { { "Content-Disposition", "attachment; filename=\"" }, { "X-Content-Type-Options", "nosniff" }, { "Content-Security-Policy", "sandbox; default-src 'none'" }, { "Content-Type", "application/pdf" } },
            .also = [](http::Response const& answer) {
                auto header = answer.header("Content-Disposition");
                EXPECT_EQ(header.find('\n'), std::string::npos);
                EXPECT_EQ(header.find('/'), std::string::npos);
                EXPECT_FALSE(answer.file.empty());
            } },
        { .name = "the same bytes under another's proof stay hidden", .path = "/evidence/" + std::to_string(of_yuli) + "/file", .as = &siti.jar, .status = 404 },
        { .name = "another office", .path = "/evidence/" + std::to_string(of_siti) + "/file", .as = &budi.jar, .status = 404 },
        { .name = "a hash is no address", .path = "/evidence/" + hash + "/file", .as = &siti.jar, .status = 404 },
        { .name = "not public", .path = "/documents/" + std::to_string(of_siti), .status = 404 },
        { .name = "the box names the file as text", .path = "/evidence", .as = &siti.jar, .expected = { "&quot;daftar&quot; hadir" }, .forbidden = { "b.pdf", hash } },
    });
}

TEST_F(EvidencePages, TheSecretaryShowsAProofToThePublicUnlessItIsActive)
{
    auto send = [&](std::string const& bytes) {
        run_scenarios(*site, { { .name = "sends", .method = Method::Post, .path = own(), .form = { { "kind", "file" } }, .uploads = { file("a.pdf", bytes) }, .as = &siti.jar, .status = 303 } });
        return "/evidence/" + std::to_string(newest());
    };
    auto version = [&] { return std::to_string(version_of(*database, { newest() })); };
    auto active = send("%PDF-1.4 <</S/JavaScript/JS(app.alert(1))>>");
    run_scenarios(*site, { { .name = "a PDF with script stays inside", .method = Method::Post, .path = active + "/release", .form = { { "version", version() } }, .as = &andreas.jar, .status = 422, .expected = { "berisi skrip" } } });
    auto harmless = send(small_pdf);
    run_scenarios(*site, {
        { .name = "staff do not release", .method = Method::Post, .path = harmless + "/release", .form = { { "version", version() } }, .as = &siti.jar, .status = 403 },
        { .name = "the secretary does", .method = Method::Post, .path = harmless + "/release", .form = { { "version", version() } }, .as = &andreas.jar, .status = 303 },
        { .name = "then everybody opens it", .path = "/documents/" + std::to_string(newest()), .expected_headers = { { "Content-Disposition", "attachment" } } },
        { .name = "an old form changes nothing", .method = Method::Post, .path = harmless + "/release/end", .form = { { "version", "1" } }, .as = &andreas.jar, .status = 409 },
    });
    run_scenarios(*site, { { .name = "and hides it again", .method = Method::Post, .path = harmless + "/release/end", .form = { { "version", version() } }, .as = &andreas.jar, .status = 303 },
        { .name = "gone", .path = "/documents/" + std::to_string(newest()), .status = 404 } });
}

TEST_F(EvidencePages, SortingLaterMatchesTickedProofsWithRows)
{
    run_scenarios(*site, { { .name = "sends first", .method = Method::Post, .path = "/evidence", .form = { { "kind", "link" }, { "address", "kpu.go.id/berita" } }, .as = &siti.jar, .status = 303 } });
    auto id = std::to_string(newest());
    auto target = std::to_string(row.value);
    run_scenarios(*site, {
        { .name = "chooses rows", .path = "/evidence/sort?evidence=" + id, .as = &siti.jar, .expected = { "Sosialisasi nilai-nilai", "value=\"" + target + "\"" } },
        { .name = "searches rows", .path = "/evidence/sort?evidence=" + id + "&q=tidakada", .as = &siti.jar, .forbidden = { "Sosialisasi nilai-nilai" } },
        { .name = "nothing ticked", .method = Method::Post, .path = "/evidence/links", .form = { { "evidence", id } }, .as = &siti.jar, .status = 422, .expected = { "Belum ada yang dipilih" } },
        { .name = "somebody else's proof", .method = Method::Post, .path = "/evidence/links", .form = { { "evidence", id }, { "target", target } }, .as = &yuli.jar, .status = 404 },
        { .name = "matches", .method = Method::Post, .path = "/evidence/links", .form = { { "evidence", id }, { "target", target } }, .as = &siti.jar, .status = 303 },
        { .name = "the panel offers what is there to others", .path = own("/existing"), .as = &yuli.jar, .forbidden = { "kpu.go.id/berita" } },
        { .name = "taken away from the panel", .method = Method::Post, .path = own("/end"), .form = { { "taken", id + ":0" } }, .as = &siti.jar, .status = 303 },
    });
    EXPECT_EQ(count("SELECT COUNT(*) FROM evidence_link"), 0);
}

TEST_F(EvidencePages, AnUploadGoesOnWhereTheLineBroke)
{
    std::string const key = "abcdef0123456789";
    auto whole = small_pdf + std::string(1000, '\n') + "%%EOF";
    auto piece = [&](Browser& who, std::size_t offset, std::string bytes, int status, std::string const& stands) {
        body = std::move(bytes);
        auto answer = run(*site, { .name = "piece", .method = Method::Post, .path = "/evidence/uploads/" + key + "/pieces?offset=" + std::to_string(offset), .as = &who.jar });
        EXPECT_EQ(answer.status, status);
        EXPECT_EQ(answer.header("Upload-Offset"), stands);
        body.clear();
    };
    Scenario begin { .name = "begins", .method = Method::Post, .path = "/evidence/uploads", .form = { { "upload_key", key }, { "file_name", "a.pdf" }, { "total_bytes", std::to_string(whole.size()) } }, .as = &siti.jar, .status = 303 };
    auto too_large = begin;
    too_large.form[2].second = std::to_string(51 << 20);
    too_large.status = 422;
    auto bad_key = begin;
    bad_key.form[0].second = "../../passwd";
    bad_key.status = 422;
    run_scenarios(*site, { too_large, bad_key, begin });
    piece(siti, 0, whole.substr(0, 400), 204, "400");
    piece(siti, 0, whole.substr(0, 400), 204, "400");       // sent twice
    piece(siti, 500, "later", 409, "400");                  // wrong offset
    piece(siti, 400, std::string(whole.size(), 'x'), 422, "");
    piece(budi, 400, "foreign", 404, "");
    run_scenarios(*site, {
        { .name = "the form waits for the rest", .method = Method::Post, .path = own(), .form = { { "kind", "file" }, { "upload_key", key } }, .as = &siti.jar, .status = 422, .expected = { "belum terkirim seluruhnya" } },
        begin,
        { .name = "asks how far it came", .path = "/evidence/uploads/" + key, .as = &siti.jar, .expected = { "\"received\":400" } },
    });
    piece(siti, 400, whole.substr(400), 204, std::to_string(whole.size()));
    Scenario save { .name = "saves", .method = Method::Post, .path = own(), .form = { { "kind", "file" }, { "upload_key", key }, { "title", "Undangan" } }, .as = &siti.jar, .status = 303 };
    auto foreign = save;
    foreign.as = &yuli.jar;
    foreign.status = 404;
    run_scenarios(*site, { foreign, save, save });
    EXPECT_EQ(count("SELECT COUNT(*) FROM evidence"), 1);
    EXPECT_EQ(count("SELECT bytes FROM evidence"), static_cast<std::int64_t>(whole.size()));
    EXPECT_TRUE(std::filesystem::is_empty(folder / "pieces"));
}
