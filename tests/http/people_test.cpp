#include "account/access.hpp"
#include "account/demo.hpp"
#include "account/place_model.hpp"
#include "account/session.hpp"
#include "command/application.hpp"
#include "core/embedded.hpp"
#include "definition/unit_file.hpp"
#include "http/cookie.hpp"
#include "http/csrf.hpp"
#include "organization/unit.hpp"
#include "support/scenario.hpp"
#include "support/test_database.hpp"
#include "support/paths.hpp"
#include <filesystem>
#include <fstream>

using namespace kpuhub;
using kpuhub::testing::CookieJar;
using kpuhub::testing::Scenario;

namespace {

/// The demonstration offices behind the real router, with people signed in.
class PeoplePages : public ::testing::Test {
protected:
    kpuhub::testing::TestDatabase database { storage::Engine::Sqlite, { .rerun = false } };
    time::FixedClock clock { time::start_of_day(time::Date::of(2026, 6, 15), time::Zone::Wib).plus(std::chrono::hours { 10 }) };
    std::unique_ptr<command::Application> application;
    kpuhub::testing::TestFolder folder;

    void SetUp() override
    {
        ASSERT_TRUE(account::load_roles(*database));
        auto table = definition::load_units("units.yaml", embedded_file("definitions/units/units.yaml"));
        std::vector<organization::UnitLine> units;
        for (auto const& entry : table->units)
            if (entry.code.size() == 2 || entry.parent == "75")
                units.push_back({ entry.code, entry.parent.empty() ? "national" : entry.parent == "00" ? "province" : "regency", entry.name, entry.parent, entry.zone });
        auto act = journal::make_act({}, clock.now(), clock.today());
        ASSERT_TRUE(database->write([&](storage::Transaction& transaction) { return organization::load_units(transaction, act, units, table->holds_from); }));
        ASSERT_TRUE(account::load_demo_offices(*database, "peragaan-2026", clock.now()));
        application = std::make_unique<command::Application>(*database, clock, folder.path().string(), account::DoorSettings { "http://127.0.0.1:8080", false, "" });
    }

    CookieJar signed_in(std::string const& user)
    {
        auto token = "token of " + user;
        EXPECT_TRUE(database->write([&](storage::Transaction& transaction) -> Result<void> {
            auto row = transaction.first({ "test.account", "SELECT id FROM account WHERE user_name = $1" }, user);
            account::start_session(transaction, row->id<AccountTag>(0), { token, "secret", "Firefox, Linux" }, clock.now());
            return {};
        }));
        return { { std::string { http::session_cookie_name(false) }, token } };
    }
    kpuhub::testing::Site site()
    {
        return { application->router(), application->faults(), [](Scenario const& scenario, http::Request& request) {
                    if (scenario.method == http::Method::Post && scenario.as != nullptr)
                        request.form.add("csrf", http::csrf_token("secret"));
                } };
    }
    std::int64_t person(std::string const& user)
    {
        return *database->read([&](storage::Reader& reader) -> Result<std::int64_t> {
            return reader.first({ "test.person_of", "SELECT person_id FROM account WHERE user_name = $1" }, user)->integer(0);
        });
    }
    std::string page_of(std::string const& user, std::string const& below = "") { return "/units/7571/people/" + std::to_string(person(user)) + below; }
};

}

TEST(PlaceTemplates, name_only_what_their_models_have)
{
    auto messages = text::Messages::embedded();
    view::Renderer renderer(messages);
    EXPECT_TRUE(renderer.unknown_names<account::PostPage>("people/post").empty());
    EXPECT_TRUE(renderer.unknown_names<account::ClosingPlace>("people/closing").empty());
}

TEST_F(PeoplePages, staff_read_the_list_and_only_the_administrator_changes_it)
{
    auto admin = signed_in("admin");
    auto staff = signed_in("staf1");
    auto stranger = signed_in("ketua.boalemo");
    run_scenarios(site(), {
        { .name = "a guest is sent to the sign-in page", .path = "/units/7571/people", .status = 303, .expected_headers = { { "Location", "/sign-in" } } },
        { .name = "staff see names, posts and roles", .path = "/units/7571/people", .as = &staff, .expected = { "Nurhayati Polapa", "Plt. Kepala Subbagian Perencanaan" }, .forbidden = { "199001052099011905", "people/import" } },
        { .name = "another office is not there", .path = "/units/7571/people", .as = &stranger, .status = 404, .forbidden = { "Nurhayati" } },
        { .name = "the administrator sees the way to add and import", .path = "/units/7571/people", .as = &admin, .expected = { "people/import", "people/new" } },
        { .name = "staff do not see the NIP of others", .path = page_of("operator"), .as = &staff, .forbidden = { "199001052099011905" } },
        { .name = "the administrator sees it", .path = page_of("operator"), .as = &admin, .expected = { "199001052099011905" } },
        { .name = "staff may not open the form", .path = "/units/7571/people/new", .as = &staff, .status = 403 },
        { .name = "staff may not add", .method = http::Method::Post, .path = "/units/7571/people/new", .form = { { "name", "Baru" }, { "employment", "ppnpn" } }, .as = &staff, .status = 403 },
        { .name = "a wrong form comes back with what was typed", .method = http::Method::Post, .path = "/units/7571/people/new", .form = { { "name", "Baru Sekali" }, { "employment", "pns" }, { "nip", "12" } }, .as = &admin, .status = 422, .expected = { "Baru Sekali", "NIP terdiri atas 18 angka" } },
        { .name = "a right form leads to the person", .method = http::Method::Post, .path = "/units/7571/people/new", .form = { { "name", "Baru Sekali" }, { "employment", "ppnpn" }, { "request_key", "k1" } }, .as = &admin, .status = 303, .expected_headers = { { "Location", "/units/7571/people/" } } },
        { .name = "the same form twice makes one person", .method = http::Method::Post, .path = "/units/7571/people/new", .form = { { "name", "Baru Sekali" }, { "employment", "ppnpn" }, { "request_key", "k1" } }, .as = &admin, .status = 303 },
    });
    auto count = database->read([](storage::Reader& reader) -> Result<std::int64_t> { return reader.first({ "test.count", "SELECT count(*) FROM person WHERE name = 'Baru Sekali'" })->integer(0); });
    EXPECT_EQ(*count, 1);
}

TEST_F(PeoplePages, roles_accounts_and_sessions)
{
    auto admin = signed_in("admin");
    auto staff = signed_in("staf1");
    run_scenarios(site(), {
        { .name = "staff give no roles", .method = http::Method::Post, .path = page_of("staf2", "/roles/new"), .form = { { "role", "assessor" } }, .as = &staff, .status = 403 },
        { .name = "nobody grants to himself", .method = http::Method::Post, .path = page_of("admin", "/roles/new"), .form = { { "role", "rb_secretary" }, { "from", "2026-06-15" } }, .as = &admin, .status = 403, .expected = { "dirinya sendiri" } },
        { .name = "the administrator gives a role", .method = http::Method::Post, .path = page_of("staf2", "/roles/new"), .form = { { "role", "assessor" }, { "from", "15/6/2026" } }, .as = &admin, .status = 303 },
        { .name = "it is shown", .path = page_of("staf2"), .as = &admin, .expected = { "Asesor", "14 Juni 2027" } },
        { .name = "staff reset nobody", .method = http::Method::Post, .path = page_of("staf2", "/account/link"), .as = &staff, .status = 403 },
        { .name = "nobody resets himself", .method = http::Method::Post, .path = page_of("admin", "/account/link"), .as = &admin, .status = 403 },
        { .name = "a reset leads to the page of its link", .method = http::Method::Post, .path = page_of("staf2", "/account/link"), .as = &admin, .status = 303, .expected_headers = { { "Location", "/account/link/" } } },
        { .name = "blocking ends the sessions", .method = http::Method::Post, .path = page_of("staf1", "/account/block"), .as = &admin, .status = 303 },
        { .name = "who is blocked is out", .path = "/units/7571/people", .as = &staff, .status = 303, .expected_headers = { { "Location", "/sign-in" } } },
        { .name = "one's own account", .path = "/account", .as = &admin, .expected = { "Firefox, Linux", "perangkat ini" } },
        { .name = "the form for a new password", .path = "/account/password", .as = &admin, .expected = { "Kata sandi lama" } },
        { .name = "a used or unknown link says so", .path = "/account/link/nothing", .status = 404 },
        { .name = "posts", .path = "/units/7571/posts?show=vacant", .as = &admin, .expected = { "lowong", "Plt." } },
        { .name = "the form of a post", .path = "/units/7571/posts/new", .as = &admin, .expected = { "Nama jabatan" } },
    });
}

TEST_F(PeoplePages, a_list_is_read_shown_written_and_unchanged_the_second_time)
{
    auto admin = signed_in("admin");
    auto staff = signed_in("staf1");
    auto file = folder / "pegawai.csv";
    std::ofstream(file) << "Nama;Status;NIP\r\nOrang Baru;PPNPN;\r\n\"Salah, Nomor\";PNS;77\r\n";
    std::vector<http::Upload> uploads { { "file", "pegawai.csv", file, 60 } };
    std::string preview;
    run_scenarios(site(), {
        { .name = "staff import nothing", .method = http::Method::Post, .path = "/units/7571/people/import", .uploads = uploads, .as = &staff, .status = 403 },
        { .name = "the template", .path = "/units/7571/people/import/template", .as = &admin, .expected = { "\"Nama\";\"Status\"" } },
        { .name = "no file", .method = http::Method::Post, .path = "/units/7571/people/import", .as = &admin, .status = 422, .expected = { "Pilih berkas XLSX atau CSV" } },
        { .name = "a file leads to its preview", .method = http::Method::Post, .path = "/units/7571/people/import", .uploads = uploads, .as = &admin, .status = 303, .also = [&](http::Response const& answer) { preview = answer.header("Location"); } },
    });
    run_scenarios(site(), {
        { .name = "the preview names line and field", .path = preview, .as = &admin, .expected = { "1 baru", "1 perlu diperbaiki", "NIP terdiri atas 18 angka" } },
        { .name = "it is written", .method = http::Method::Post, .path = preview + "/application", .as = &admin, .status = 303 },
        { .name = "the second time nothing changes", .path = preview, .as = &admin, .expected = { "0 baru, 0 berubah, 1 tetap" } },
    });
}

/// tests/fixtures/people/people.xlsx, written by openpyxl (make.py beside it).
TEST_F(PeoplePages, a_workbook_of_people_is_previewed_written_and_unchanged_the_second_time)
{
    auto admin = signed_in("admin");
    auto staff = signed_in("staf1");
    auto const copy = folder / "pegawai.xlsx";
    std::filesystem::copy_file(kpuhub::testing::source_folder() + "/tests/fixtures/people/people.xlsx", copy);
    auto const bytes = static_cast<std::int64_t>(std::filesystem::file_size(copy));
    std::vector<http::Upload> const uploads { { "file", "pegawai.xlsx", copy, bytes } };
    auto people = [&] {
        return *database->read([](storage::Reader& reader) -> Result<std::int64_t> {
            return reader.first({ "test.people", "SELECT count(*) FROM person" })->integer(0);
        });
    };
    auto const before = people();
    std::string preview;
    auto take = [&](CookieJar& who, int status) {
        run_scenarios(site(), { { .name = "the workbook", .method = http::Method::Post, .path = "/units/7571/people/import", .uploads = uploads, .as = &who, .status = status,
            .also = [&](http::Response const& answer) { preview = answer.header("Location"); } } });
    };
    take(staff, 403);
    EXPECT_EQ(people(), before);
    take(admin, 303);
    run_scenarios(site(), {
        { .name = "new ones and wrong lines, each with its line", .path = preview, .as = &admin,
            .expected = { "3 baru", "2 perlu diperbaiki", "Rahmawati Puluhulawa", "NIP terdiri atas 18 angka", "Status Aneh", "Tanpa Nomor" } },
        { .name = "staff see no preview", .path = preview, .as = &staff, .status = 403 },
    });
    EXPECT_EQ(people(), before);
    run_scenarios(site(), {
        { .name = "it is written", .method = http::Method::Post, .path = preview + "/application", .as = &admin, .status = 303 },
        { .name = "who is new stands in the list", .path = "/units/7571/people?q=zulkifli", .as = &admin, .expected = { "Zulkifli Rauf" }, .forbidden = { "Nurhayati Polapa" } },
    });
    EXPECT_EQ(people(), before + 3);
    take(admin, 303);
    run_scenarios(site(), {
        { .name = "the second time nothing changes", .path = preview, .as = &admin, .expected = { "0 baru, 0 berubah, 3 tetap" } },
        { .name = "also when written", .method = http::Method::Post, .path = preview + "/application", .as = &admin, .status = 303 },
    });
    EXPECT_EQ(people(), before + 3);
}

TEST_F(PeoplePages, the_list_is_searched_narrowed_and_sorted_without_script)
{
    auto staff = signed_in("staf1");
    run_scenarios(site(), {
        { .name = "by a word of the post", .path = "/units/7571/people?q=bendahara", .as = &staff, .expected = { "Bendahara Pengeluaran" }, .forbidden = { "Plt. Kepala Subbagian Perencanaan" } },
        { .name = "nobody", .path = "/units/7571/people?q=tidakada", .as = &staff, .expected = { "Tidak ada yang cocok", "value=\"tidakada\"" } },
        { .name = "with a role, by post", .path = "/units/7571/people?show=with_role&sort=post", .as = &staff, .expected = { "value=\"with_role\" selected", "value=\"post\" selected" } },
        { .name = "an unknown wish is none", .path = "/units/7571/people?show=x&sort=y", .as = &staff, .expected = { "Nurhayati Polapa" } },
    });
}

TEST_F(PeoplePages, a_post_carries_roles_and_is_closed_only_when_nothing_hangs_on_it)
{
    auto admin = signed_in("admin");
    auto staff = signed_in("staf1");
    auto number = [&](char const* sql) {
        return std::to_string(*database->read([&](storage::Reader& reader) -> Result<std::int64_t> { return reader.first({ "test.number", sql })->integer(0); }));
    };
    auto const head = number("SELECT id FROM post WHERE title LIKE 'Kepala Subbagian Teknis%' AND unit_id = (SELECT id FROM unit WHERE code = '7571')");
    auto const next = number("SELECT id FROM post WHERE title LIKE 'Kepala Subbagian Keuangan%' AND unit_id = (SELECT id FROM unit WHERE code = '7571')");
    auto const post = "/units/7571/posts/" + head;
    run_scenarios(site(), {
        { .name = "staff read it and change nothing", .path = post, .as = &staff, .expected = { "Kepala Subbagian Teknis" }, .forbidden = { "/closing" } },
        { .name = "staff give no role", .method = http::Method::Post, .path = post + "/roles/new", .form = { { "role", "assessor" } }, .as = &staff, .status = 403 },
        { .name = "staff close nothing", .method = http::Method::Post, .path = post + "/closing", .as = &staff, .status = 403 },
        { .name = "a role that needs a second person is for persons only", .method = http::Method::Post, .path = post + "/roles/new", .form = { { "role", "account_administrator" }, { "from", "2026-06-15" } }, .as = &admin, .status = 422 },
        { .name = "a role for the post", .method = http::Method::Post, .path = post + "/roles/new", .form = { { "role", "assessor" }, { "from", "2026-06-15" } }, .as = &admin, .status = 303 },
        { .name = "it is shown", .path = post, .as = &admin, .expected = { "Asesor", "Penyusun Produk Hukum", "/closing" } },
        { .name = "the page of closing lists what hangs on it", .path = post + "/closing", .as = &admin, .expected = { "Penyusun Produk Hukum", "pejabat", "Asesor" } },
        { .name = "a held post is not closed", .method = http::Method::Post, .path = post + "/closing", .form = { { "last_day", "2026-06-15" }, { "successor", next } }, .as = &admin, .status = 409, .expected = { "masih dipegang" } },
    });
    ASSERT_TRUE(database->write([&](storage::Transaction& transaction) -> Result<void> {
        transaction.execute({ "test.end", "UPDATE appointment SET valid_to = '2026-06-14' WHERE post_id = $1" }, std::int64_t { std::stoll(head) });
        return {};
    }));
    run_scenarios(site(), {
        { .name = "without a successor it stays", .method = http::Method::Post, .path = post + "/closing", .form = { { "last_day", "2026-06-15" } }, .as = &admin, .status = 409, .expected = { "Pilih pengganti" } },
        { .name = "the successor is another one", .method = http::Method::Post, .path = post + "/closing", .form = { { "last_day", "2026-06-15" }, { "successor", head } }, .as = &admin, .status = 422 },
        { .name = "roles and subordinates go to the successor", .method = http::Method::Post, .path = post + "/closing", .form = { { "last_day", "2026-06-15" }, { "successor", next } }, .as = &admin, .status = 303 },
        { .name = "they stand there now", .path = "/units/7571/posts/" + next, .as = &admin, .expected = { "Asesor", "Penyusun Produk Hukum" } },
    });
    EXPECT_EQ(number(("SELECT count(*) FROM post WHERE id = " + head + " AND valid_to = '2026-06-15'").c_str()), "1");
}

TEST_F(PeoplePages, a_subdivision_hands_its_posts_over_when_it_is_closed)
{
    auto admin = signed_in("admin");
    auto number = [&](std::string const& sql) {
        return std::to_string(*database->read([&](storage::Reader& reader) -> Result<std::int64_t> { return reader.first({ "test.number", sql.c_str() })->integer(0); }));
    };
    auto const of = [&](std::string const& code) { return number("SELECT s.id FROM subdivision s JOIN unit u ON u.id = s.unit_id WHERE u.code = '7571' AND s.code = '" + code + "'"); };
    auto const part = of("technical_legal"), next = of("finance_general");
    auto const posts = number("SELECT count(*) FROM post WHERE subdivision_id = " + part);
    auto const address = "/units/7571/subdivisions/" + part + "/closing";
    run_scenarios(site(), {
        { .name = "what hangs on it", .path = address, .as = &admin, .expected = { "Kepala Subbagian Teknis", "Penyusun Produk Hukum" } },
        { .name = "it is in use", .method = http::Method::Post, .path = address, .form = { { "last_day", "2026-06-15" } }, .as = &admin, .status = 409 },
        { .name = "a post is no successor of a sub-division", .method = http::Method::Post, .path = address, .form = { { "last_day", "2026-06-15" }, { "successor", "999999" } }, .as = &admin, .status = 422 },
        { .name = "its posts go to another", .method = http::Method::Post, .path = address, .form = { { "last_day", "2026-06-15" }, { "successor", next } }, .as = &admin, .status = 303 },
    });
    EXPECT_EQ(number("SELECT count(*) FROM post WHERE subdivision_id = " + part), "0");
    EXPECT_NE(posts, "0");
    EXPECT_EQ(number("SELECT count(*) FROM subdivision WHERE id = " + part + " AND valid_to = '2026-06-15'"), "1");
}

TEST_F(PeoplePages, a_handover_is_checked_made_and_printed)
{
    auto secretary = signed_in("operator");
    auto staff = signed_in("staf1");
    std::vector<std::pair<std::string, std::string>> form { { "from", std::to_string(person("kasubbag.sdm")) }, { "to", std::to_string(person("staf1")) },
        { "capacity", "plt" }, { "on", "2026-06-15" }, { "reason", "ST 5/2026" } };
    std::string made;
    run_scenarios(site(), {
        { .name = "staff hand over nothing", .method = http::Method::Post, .path = "/units/7571/handovers", .form = form, .as = &staff, .status = 403 },
        { .name = "the form", .path = "/units/7571/handovers/new", .as = &secretary, .expected = { "Serah terima", "Irfan Kasim Moo" } },
        { .name = "the list is shown before it is done", .method = http::Method::Post, .path = "/units/7571/handovers/check", .form = form, .as = &secretary, .status = 422, .expected = { "Kepala Subbagian Partisipasi", "Asesor", "Serah terimakan" } },
        { .name = "it is done", .method = http::Method::Post, .path = "/units/7571/handovers", .form = form, .as = &secretary, .status = 303, .also = [&](http::Response const& answer) { made = answer.header("Location"); } },
    });
    run_scenarios(site(), {
        { .name = "the printed list", .path = made, .as = &secretary, .expected = { "Irfan Kasim Moo", "Dewi Anggraini Usman", "ST 5/2026", "Kembalikan" } },
        { .name = "the list of handovers", .path = "/units/7571/handovers", .as = &secretary, .expected = { "15 Juni 2026" } },
    });
}
