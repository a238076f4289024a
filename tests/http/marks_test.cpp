#include "support/hub.hpp"
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>
#include <sstream>

using namespace kpuhub;
using namespace kpuhub::testing;
using http::Method;
using ::testing::HasSubstr;
using ::testing::Not;

namespace {

constexpr auto script = "<script>alert(1)</script>";
std::string const mark = std::string { script } + "\"><img src=x onerror=alert(2)>'";

/// Every text that a page may show, with the mark behind it, straight into the tables: stricter than what actions would take.
constexpr char const* marked_columns[] = { "unit_name.name", "subdivision.name", "subdivision.short_name", "post.title", "person.name", "person.email",
    "person.phone", "plan.title", "plan.number", "plan.place", "plan.signatory_name", "plan.signatory_role", "plan_node.number", "plan_node.body",
    "plan_node.remark", "plan_node.applies_reason", "deliverable.note", "deliverable.reason", "evidence.title", "evidence.paper_kind", "evidence.paper_number",
    "evidence.file_name", "comment.body", "decree_import.file_name" };

class StoredMarks : public ::testing::Test {
protected:
    Hub hub { storage::Engine::Sqlite, false };
    std::vector<std::string> addresses;
    std::string row, proof;

    void SetUp() override
    {
        auto plan = make_plan(*hub.database, hub.office, 2026, time::Date::of(2026, 1, 5));
        row = std::to_string(deliverable(*hub.database, plan, "Sosialisasi nilai-nilai", 4).id.value);
        auto sent = post(hub, hub.siti, "/deliverables/" + row + "/evidence", { { "kind", "link" }, { "address", "https://jdih.kpu.go.id/sk" }, { "title", mark } });
        ASSERT_EQ(sent.status, 303) << sent.body.substr(0, 500);
        proof = std::to_string(hub.count("SELECT max(subject_id) FROM evidence"));
        auto taken = run(hub.site(), { .name = "upload", .method = Method::Post, .path = "/units/1571/imports",
            .uploads = { upload_of(hub.folder, mark + ".txt", small_decree(mark)) }, .as = &hub.andreas });
        ASSERT_EQ(taken.status, 303) << taken.body.substr(0, 500);
        hub.work();
        auto import = taken.header("Location");
        (void)post(hub, hub.andreas, import + "/rows/1", { { "version", "1" }, { "step", "note" }, { "text", mark } });
        (void)post(hub, hub.siti, "/deliverables/" + row + "/comments", { { "body", mark }, { "text", mark } });
        for (std::string const column : marked_columns) {
            auto dot = column.find('.');
            auto name = column.substr(dot + 1);
            hub.run_sql("UPDATE " + column.substr(0, dot) + " SET " + name + " = COALESCE(" + name + ", '') || '" + std::string { script } + "\"><img src=x onerror=alert(2)>'");
        }
        std::map<std::string, std::string> const parameters { { "{unit}", "1571" }, { "{year}", "2026" }, { "{person}", std::to_string(hub.office.siti.value) },
            { "{post}", std::to_string(hub.office.head_of_rendatin.value) }, { "{subdivision}", std::to_string(hub.office.rendatin.value) },
            { "/imports/{import}", import }, { "/deliverables/{id}", "/deliverables/" + row }, { "/evidence/{id}", "/evidence/" + proof },
            { "/subjects/{id}", "/subjects/" + row }, { "{row}", "1" } };
        for (auto const& route : hub.application().router().routes()) {
            if (route.method != Method::Get || route.pattern.starts_with("/assets/"))
                continue;
            auto address = route.pattern;
            for (auto const& [parameter, value] : parameters)
                if (auto at = address.find(parameter); at != std::string::npos)
                    address.replace(at, parameter.size(), value);
            if (address.find('{') == std::string::npos)
                addresses.push_back(address);
        }
        addresses.push_back("/units/15/dashboard");
        addresses.push_back("/units/1571/figures?period=2026&part=late");
        addresses.push_back(import + "?group=full_year_marks&area=1");
    }
};

std::string around(std::string const& body, std::string const& part)
{
    auto at = body.find(part);
    return at == std::string::npos ? "" : body.substr(at < 200 ? 0 : at - 200, 300);
}

}

TEST_F(StoredMarks, are_text_on_every_page_and_never_a_script_or_an_attribute)
{
    int shown = 0;
    for (auto* person : { &hub.andreas, &hub.siti, &hub.admin_jar, &hub.ratna, &hub.nobody }) {
        for (auto const& address : addresses) {
            auto page = get(hub, *person, address);
            EXPECT_LT(page.status, 500) << address << " " << page.body.substr(0, 500);
            if (page.header("Content-Type").starts_with("application/pdf"))
                continue;       // texts of a PDF are no markup
            EXPECT_THAT(page.body, Not(HasSubstr(script))) << address << around(page.body, script);
            EXPECT_THAT(page.body, Not(HasSubstr("<img src=x"))) << address << around(page.body, "<img src=x");
            shown += page.body.find("&lt;script&gt;alert(1)") != std::string::npos ? 1 : 0;
            for (auto const& [name, value] : page.headers)
                EXPECT_EQ(value.find_first_of("\r\n"), std::string::npos) << address << " " << name;
        }
    }
    EXPECT_GT(shown, 20);
}

TEST_F(StoredMarks, are_strings_in_json_that_cannot_leave_a_script_element)
{
    int asked = 0;
    for (auto* person : { &hub.andreas, &hub.siti, &hub.admin_jar }) {
        for (auto const& address : addresses) {
            auto answer = get(hub, *person, address, true);
            EXPECT_LT(answer.status, 500) << address;
            if (answer.header("Content-Type").starts_with("application/pdf"))
                continue;
            EXPECT_THAT(answer.body, Not(HasSubstr("</script>"))) << address;
            if (answer.header("Content-Type").find("json") == std::string::npos)
                continue;
            EXPECT_TRUE(nlohmann::json::accept(answer.body)) << address << " " << answer.body.substr(0, 300);
            ++asked;
        }
    }
    EXPECT_GT(asked, 20);
}

TEST_F(StoredMarks, in_addresses_come_back_as_text_and_never_in_a_header)
{
    for (std::string const tail : { "/units/1571/figures?period=%3Cscript%3Ealert(1)%3C%2Fscript%3E&part=late", "/units/%3Cscript%3Ealert(1)%3C%2Fscript%3E/imports",
             "/imports/1?group=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E", "/evidence/new?kind=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E",
             "/units/1571/plans/2026?q=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E&area=%22%3E%3Cscript%3E", "/sign-in?next=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E",
             "/language?to=en&back=/%0d%0aSet-Cookie:%20a=b", "/units/1571/people?q=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E" }) {
        for (auto* person : { &hub.andreas, &hub.admin_jar, &hub.nobody }) {
            auto page = get(hub, *person, tail);
            EXPECT_LT(page.status, 500) << tail;
            EXPECT_THAT(page.body, Not(HasSubstr(script))) << tail;
            for (auto const& [name, value] : page.headers)
                EXPECT_EQ(value.find_first_of("\r\n"), std::string::npos) << tail << " " << name;
        }
    }
}

TEST_F(StoredMarks, as_names_of_objects_open_no_file_of_the_machine)
{
    for (auto const* path : { "/imports/..%2f..%2fetc%2fpasswd/file", "/evidence/..%5c..%5cetc/file", "/documents/%2e%2e", "/assets/..%2fsettings.yaml", "/units/..%2f1571/imports", "/imports/1/../../etc" }) {
        auto answer = get(hub, hub.andreas, path);
        EXPECT_TRUE(answer.status == 404 || answer.status == 400) << path << " " << answer.status;
        EXPECT_EQ(answer.file, "") << path;
        EXPECT_THAT(answer.body, Not(HasSubstr("root:"))) << path;
    }
}

TEST(PlantedMarkers, two_hundred_of_them_in_addresses_forms_cookies_and_files_do_not_reach_the_log)
{
    std::ostringstream log;
    auto before = spdlog::default_logger();
    spdlog::set_default_logger(std::make_shared<spdlog::logger>("test", std::make_shared<spdlog::sinks::ostream_sink_mt>(log)));
    {
        Hub hub { storage::Engine::Sqlite, false };
        spdlog::default_logger()->set_level(spdlog::level::trace);
        int number = 0;
        auto marker = [&] { return "MARKER" + std::to_string(++number) + "X"; };
        auto routes = hub.application().router().routes();
        for (std::size_t i = 0; number < 200; ++i) {
            auto const& route = routes[i % routes.size()];
            if (route.pattern.starts_with("/assets/"))
                continue;
            auto path = route.pattern;
            while (path.find('{') != std::string::npos)
                path.replace(path.find('{'), path.find('}') - path.find('{') + 1, marker());
            auto jar = hub.andreas;
            jar["kpuhub-theme"] = marker();
            Scenario scenario { .name = path, .method = route.method, .path = path + "?q=" + marker(), .form = { { "user_name", marker() }, { "password", marker() }, { "text", marker() } },
                .as = &jar, .headers = { { "user-agent", marker() }, { "referer", marker() } } };
            if (route.body == http::BodyKind::Upload)
                scenario.uploads = { upload_of(hub.folder, marker(), marker()) };
            (void)run(hub.site(), scenario);
        }
        hub.work();
    }
    spdlog::set_default_logger(before);
    EXPECT_THAT(log.str(), Not(HasSubstr("MARKER")));
}
