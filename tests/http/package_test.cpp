#include "codec/zip_file.hpp"
#include "report/office_model.hpp"
#include "report/request_model.hpp"
#include "storage/checksum.hpp"
#include "support/hub.hpp"
#include <fstream>
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

using namespace kpuhub;
using namespace kpuhub::testing;
using http::Method;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

namespace {

class PackageTest : public ::testing::Test {
protected:
    Hub hub;
    std::string package;
    DeliverableId row {};

    void SetUp() override
    {
        auto const plan = make_plan(*hub.database, hub.office, 2026, time::Date::of(2026, 1, 5));
        row = deliverable(*hub.database, plan, "Sosialisasi nilai-nilai", 4).id;
    }
    std::string version_of_last(std::string const& kind) { return std::to_string(hub.count("SELECT version FROM subject WHERE id = (SELECT max(id) FROM subject WHERE kind = '" + kind + "')")); }
    http::Response step(CookieJar& as, std::string const& name, std::vector<std::pair<std::string, std::string>> form = {})
    {
        form.emplace_back("version", version_of_last("report_package"));
        return post(hub, as, package + "/" + name, form);
    }
    void send_package()
    {
        package = post(hub, hub.andreas, "/units/1571/packages", { { "year", "2026" }, { "period", "Q1" } }).header("Location");
        ASSERT_EQ(step(hub.andreas, "contents", { { "with_plan", "1" }, { "with_proofs", "1" }, { "row", std::to_string(row.value) }, { "note", "Mohon diterima" } }).status, 303);
        ASSERT_EQ(step(hub.andreas, "sending", { { "recipient", "province" }, { "recipient", "national" } }).status, 303);
        EXPECT_THAT(get(hub, hub.andreas, package).body, HasSubstr("<progress"));
        hub.work();
    }
    std::string bytes_of(http::Response const& answer)
    {
        std::ifstream stream(answer.file, std::ios::binary);
        return { std::istreambuf_iterator<char> { stream }, {} };
    }
};

}

TEST_F(PackageTest, the_package_goes_up_as_a_zip_with_contents_and_manifest_and_its_receipt_proves_the_row)
{
    ASSERT_EQ(post(hub, hub.siti, "/deliverables/" + std::to_string(row.value) + "/evidence", { { "kind", "link" }, { "address", "https://jdih.kpu.go.id/sk" } }).status, 303);
    hub.run_sql("UPDATE deliverable SET due_on = '2026-03-31' WHERE subject_id = " + std::to_string(row.value));
    send_package();
    auto const page = get(hub, hub.andreas, package);
    EXPECT_THAT(page.body, HasSubstr("Terkirim, belum diterima"));
    auto const zip = get(hub, hub.ratna, package + "/rounds/1/archive");
    ASSERT_EQ(zip.status, 200) << page.body.substr(0, 3000);
    auto const bytes = bytes_of(zip);
    auto archive = codec::ZipFile::open(bytes, {});
    ASSERT_TRUE(archive);
    auto const manifest = nlohmann::json::parse(*archive->read("manifest.json"));
    EXPECT_EQ(manifest["period"], "Q1");
    EXPECT_EQ(manifest["office"], "1571");
    int checked = 0;
    for (auto const& file : manifest["files"])
        if (file.contains("path")) {
            EXPECT_EQ(storage::sha256_hex(*archive->read(file["path"])), file["sha256"]) << file;
            ++checked;
        }
    EXPECT_EQ(checked, 1) << "the plan; the link lies elsewhere and is listed only: " << manifest.dump();
    EXPECT_EQ(manifest["files"].size(), 2U);
    EXPECT_TRUE(archive->has("00 Daftar isi.pdf"));
    EXPECT_EQ(get(hub, hub.budi, package + "/rounds/1/archive").status, 404);
    EXPECT_EQ(get(hub, hub.budi, package).status, 404);

    EXPECT_THAT(get(hub, hub.ratna, "/units/15/packages").body, HasSubstr("KPU Kota Jambi"));
    EXPECT_EQ(step(hub.andreas, "province/receipt").status, 403);
    EXPECT_EQ(step(hub.siti, "province/receipt").status, 403);
    EXPECT_EQ(step(hub.budi, "province/receipt").status, 404);
    ASSERT_EQ(step(hub.ratna, "province/receipt").status, 303);
    EXPECT_THAT(get(hub, hub.siti, "/deliverables/" + std::to_string(row.value)).body, HasSubstr("Tanda terima 1/ORT.04-TT/15/2026"));
    EXPECT_THAT(get(hub, hub.ratna, package).body, HasSubstr("Setujui"));
    EXPECT_EQ(step(hub.ratna, "province/return").status, 422);
    EXPECT_EQ(step(hub.ratna, "province/acceptance").status, 303);
    EXPECT_THAT(get(hub, hub.ratna, "/units/15/offices?year=2026&period=Q1").body, HasSubstr("Diterima"));
}

TEST_F(PackageTest, the_same_contents_give_the_same_bytes)
{
    send_package();
    auto const hash = [&] { return *hub.database->read([](storage::Reader& reader) -> Result<std::string> { return reader.first({ "test.hash", "SELECT archive_hash FROM package_round" })->text(0); }); };
    auto const first = hash();
    EXPECT_EQ(first.size(), 64U);
    for (auto const* table : { "package_delivery", "package_file", "package_round" })
        hub.run_sql(std::string { "DELETE FROM " } + table);
    hub.run_sql("UPDATE report_package SET round = 0");
    ASSERT_EQ(step(hub.andreas, "sending", { { "recipient", "national" } }).status, 303);
    hub.work();
    EXPECT_EQ(hash(), first) << "no clock and no recipient stands in the archive";
}

TEST_F(PackageTest, the_province_asks_for_a_share_sees_the_matrix_reminds_and_takes_it_as_a_sheet)
{
    EXPECT_EQ(post(hub, hub.andreas, "/units/1571/requests", { { "title", "x" } }).status, 403);
    EXPECT_EQ(post(hub, hub.ratna, "/units/15/requests", { { "title", "" }, { "wants", "share" } }).status, 422);
    auto const asked = post(hub, hub.ratna, "/units/15/requests", { { "title", "=Persentase <b>" }, { "wants", "share" }, { "measure", "orang" }, { "due_on", "2026-05-01" }, { "scope", "direct" } });
    ASSERT_EQ(asked.status, 303) << asked.body.substr(0, 800);
    auto const request = asked.header("Location");
    auto const id = hub.count("SELECT a.subject_id FROM request_answer a JOIN unit u ON u.id = a.unit_id WHERE u.code = '1571'");
    auto const answer = "/answers/" + std::to_string(id);
    EXPECT_THAT(get(hub, hub.andreas, "/units/1571/requests").body, HasSubstr("=Persentase &lt;b&gt;"));
    EXPECT_EQ(get(hub, hub.budi, answer).status, 404);
    EXPECT_EQ(get(hub, hub.andreas, request).status, 404);
    auto const version = [&] { return std::to_string(hub.count("SELECT version FROM subject WHERE id = " + std::to_string(id))); };
    EXPECT_EQ(post(hub, hub.siti, answer, { { "version", version() }, { "numerator", "3" }, { "denominator", "4" } }).status, 403);
    auto const wrong = post(hub, hub.andreas, answer, { { "version", version() }, { "numerator", "3" } });
    EXPECT_EQ(wrong.status, 422);
    EXPECT_THAT(wrong.body, HasSubstr("Tulis penyebut"));
    ASSERT_EQ(post(hub, hub.andreas, answer, { { "version", version() }, { "numerator", "3" }, { "denominator", "4" }, { "note", "=1+1" } }).status, 303);
    auto const matrix = get(hub, hub.ratna, request);
    EXPECT_THAT(matrix.body, HasSubstr("75 % <span class=\"k-small k-muted\">3 dari 4"));
    EXPECT_THAT(matrix.body, HasSubstr("KPU Kabupaten Kerinci"));
    auto const csv = get(hub, hub.ratna, request + "/sheet?form=csv");
    EXPECT_THAT(csv.body, HasSubstr("'=1+1"));
    EXPECT_THAT(csv.body, HasSubstr("1571,"));
    EXPECT_EQ(get(hub, hub.ratna, request + "/sheet?form=xlsx").body.substr(0, 2), "PK");
    auto const version_of_request = [&] { return version_of_last("unit_request"); };
    ASSERT_EQ(post(hub, hub.ratna, request + "/reminders", { { "version", version_of_request() }, { "body", "Mohon segera" } }).status, 303);
    EXPECT_THAT(get(hub, hub.budi, "/answers/" + std::to_string(hub.count("SELECT a.subject_id FROM request_answer a JOIN unit u ON u.id = a.unit_id WHERE u.code <> '1571'"))).body, HasSubstr("Mohon segera"));
    EXPECT_THAT(get(hub, hub.andreas, answer).body, Not(HasSubstr("Mohon segera")));
    ASSERT_EQ(post(hub, hub.ratna, request + "/closing", { { "version", version_of_request() } }).status, 303);
    EXPECT_EQ(post(hub, hub.andreas, answer, { { "version", version() }, { "numerator", "1" }, { "denominator", "4" } }).status, 409);
}

TEST_F(PackageTest, an_office_answers_with_a_file_that_its_supervisor_opens)
{
    auto const request = post(hub, hub.ratna, "/units/15/requests", { { "title", "SK Tim" }, { "wants", "paper" }, { "due_on", "2026-05-01" }, { "scope", "direct" } });
    ASSERT_EQ(request.status, 303);
    auto const answer = "/answers/" + std::to_string(hub.count("SELECT a.subject_id FROM request_answer a JOIN unit u ON u.id = a.unit_id WHERE u.code = '1571'"));
    EXPECT_EQ(get(hub, hub.andreas, answer + "/file").status, 404);
    auto const sent = run(hub.site(), { .name = "file", .method = Method::Post, .path = answer, .form = { { "version", "1" } }, .uploads = { upload_of(hub.folder, "sk.txt", "isi berkas") }, .as = &hub.andreas });
    ASSERT_EQ(sent.status, 303) << sent.body.substr(0, 1500);
    EXPECT_EQ(bytes_of(get(hub, hub.ratna, answer + "/file")), "isi berkas");
    EXPECT_EQ(get(hub, hub.budi, answer + "/file").status, 404);
    EXPECT_THAT(get(hub, hub.ratna, request.header("Location")).body, HasSubstr("sk.txt"));
}

TEST_F(PackageTest, the_navigation_counts_what_waits_for_the_office)
{
    EXPECT_THAT(get(hub, hub.andreas, "/units/1571/packages").body, HasSubstr("/units/1571/packages"));
    ASSERT_EQ(post(hub, hub.ratna, "/units/15/requests", { { "title", "Angka" }, { "wants", "number" }, { "due_on", "2026-05-01" }, { "scope", "direct" } }).status, 303);
    auto const counted = get(hub, hub.andreas, "/units/1571/requests");
    EXPECT_THAT(counted.body, ::testing::ContainsRegex("Laporan[^/]*1"));
    ASSERT_EQ(post(hub, hub.ratna, "/requests/" + std::to_string(hub.count("SELECT subject_id FROM unit_request")) + "/closing", { { "version", "1" } }).status, 303);
    EXPECT_THAT(get(hub, hub.andreas, "/units/1571/requests").body, Not(::testing::ContainsRegex("Laporan[^/]*1</"))) << "what is closed waits for nobody";
}

TEST_F(PackageTest, each_template_names_only_what_its_model_holds)
{
    auto const& renderer = hub.application().door().renderer();
    EXPECT_THAT(renderer.unknown_names<report::PackagesPage>("report/packages"), IsEmpty());
    EXPECT_THAT(renderer.unknown_names<report::PackagePage>("report/package"), IsEmpty());
    EXPECT_THAT(renderer.unknown_names<report::RequestsPage>("report/requests"), IsEmpty());
    EXPECT_THAT(renderer.unknown_names<report::RequestPage>("report/request"), IsEmpty());
    EXPECT_THAT(renderer.unknown_names<report::AnswerPage>("report/answer"), IsEmpty());
    EXPECT_THAT(renderer.unknown_names<report::OfficesPage>("report/offices"), IsEmpty());
}
