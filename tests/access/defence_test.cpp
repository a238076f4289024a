#include "access/matrix.hpp"
#include "http/csrf.hpp"
#include <fstream>
#include <gmock/gmock.h>

using namespace kpuhub;
using namespace kpuhub::testing;
using http::Method;

/// Named after what they defend against; each over all routes of the program, so that a new one is covered.
class DefendsAgainst : public Matrix {
protected:
    std::string content()
    {
        std::string sums;
        for (auto const* table : { "subject", "event", "comment", "evidence", "evidence_link", "role_grant", "account", "appointment", "person", "post", "upload", "decree_decision" })
            sums += std::to_string(hub.count(std::string { "SELECT COUNT(*) FROM " } + table)) + " ";
        return sums + std::to_string(hub.count("SELECT sum(version) FROM subject"));
    }
};

TEST_F(DefendsAgainst, cross_site_request_forgery_on_every_route_that_writes)
{
    int tried = 0;
    auto before = content();
    for (auto const& route : hub.application().router().routes()) {
        if (route.method != Method::Post)
            continue;
        auto rule = table.of(route);
        for (auto* person : { &hub.andreas, &hub.admin_jar }) {
            Scenario const from { .name = key_of(route), .method = Method::Post, .path = address_of(route, rule), .as = person };
            auto without = from;
            without.form = { { "csrf", "" } };
            auto of_another = from;
            of_another.form = { { "csrf", http::csrf_token("secret of somebody else") } };
            auto foreign = from;        // the site adds the right token: only the place it comes from is wrong
            foreign.headers = { { "origin", "https://kpu.example" } };
            for (auto const& attack : { without, of_another, foreign }) {
                EXPECT_EQ(run(hub.site(), attack).status, 403) << attack.name;
                ++tried;
            }
        }
    }
    EXPECT_GT(tried, 200);
    EXPECT_EQ(content(), before);
}

TEST_F(DefendsAgainst, reading_that_writes)
{
    auto before = content();
    for (auto const& route : hub.application().router().routes())
        if (route.method == Method::Get)
            for (auto* person : { &hub.andreas, &hub.admin_jar, &hub.siti, &hub.nobody })
                (void)ask(route, table.of(route), *person);
    EXPECT_EQ(content(), before);
}

TEST_F(DefendsAgainst, session_fixation)
{
    CookieJar planted { { "kpuhub", "chosen-by-the-attacker" } };
    (void)get(hub, planted, "/sign-in");
    EXPECT_EQ(hub.count("SELECT COUNT(*) FROM session WHERE token_hash LIKE 'chosen%'"), 0);
    EXPECT_EQ(outcome(get(hub, planted, "/account")), "sign-in");
    // the whole way through the sign-in: SignIn.never_takes_over_a_session_cookie_that_was_there_before
}

TEST_F(DefendsAgainst, replayed_forms)
{
    auto row = parameters["/deliverables/{id}"];
    std::vector<std::pair<std::string, std::string>> const comment { { "comment", "sekali saja" }, { "request_key", "kunci-formulir-satu" } };
    auto first = post(hub, hub.siti, row + "/comments", comment);
    auto again = post(hub, hub.siti, row + "/comments", comment);
    EXPECT_EQ(first.status, 303);
    EXPECT_EQ(again.status, 303);
    EXPECT_EQ(first.header("Location"), again.header("Location"));
    EXPECT_EQ(hub.count("SELECT COUNT(*) FROM comment WHERE body = 'sekali saja'"), 1);
    std::vector<std::pair<std::string, std::string>> const proof { { "kind", "link" }, { "address", "https://jdih.kpu.go.id/dua-kali" }, { "request_key", "kunci-formulir-dua" } };
    EXPECT_EQ(post(hub, hub.siti, row + "/evidence", proof).status, 303);
    EXPECT_EQ(post(hub, hub.siti, row + "/evidence", proof).status, 303);
    EXPECT_EQ(hub.count("SELECT COUNT(*) FROM evidence WHERE address = 'https://jdih.kpu.go.id/dua-kali'"), 1);
    // another person's form with the same key is another form
    auto other = comment;
    EXPECT_EQ(post(hub, hub.maria, row + "/comments", other).status, 303);
    EXPECT_EQ(hub.count("SELECT COUNT(*) FROM comment WHERE body = 'sekali saja'"), 2);
}

TEST_F(DefendsAgainst, header_injection_by_names_of_files_and_places_to_go_back_to)
{
    hub.run_sql("UPDATE evidence SET file_name = 'a' || char(13) || char(10) || 'Set-Cookie: kpuhub=x' WHERE file_name IS NOT NULL");
    for (auto const& route : hub.application().router().routes()) {
        if (route.method != Method::Get)
            continue;
        auto rule = table.of(route);
        Scenario scenario { .name = key_of(route), .path = address_of(route, rule), .as = &hub.siti };
        scenario.path += (scenario.path.find('?') == std::string::npos ? "?" : "&") + std::string { "next=%2Fa%0D%0ASet-Cookie%3A+kpuhub%3Dx&back=%2F%0D%0AX%3A1&q=%0D%0AX%3A1" };
        auto answer = run(hub.site(), scenario);
        for (auto const& [name, value] : answer.headers)
            EXPECT_EQ(value.find_first_of("\r\n"), std::string::npos) << key_of(route) << " " << name;
    }
}

TEST_F(DefendsAgainst, path_traversal_by_every_parameter_of_an_address)
{
    auto const secret = hub.folder.path() / "geheim.txt";
    std::ofstream { secret } << "rahasia-di-luar-folder";
    for (auto const& route : hub.application().router().routes()) {
        if (route.method != Method::Get || route.pattern.find('{') == std::string::npos)
            continue;
        for (auto const* climb : { "..%2f..%2fgeheim.txt", "..%5c..%5cgeheim.txt", "%2e%2e", "....%2f%2fgeheim.txt", "%00" }) {
            auto path = route.pattern;
            for (auto at = path.find('{'); at != std::string::npos; at = path.find('{'))
                path.replace(at, path.find('}') - at + 1, climb);
            auto answer = run(hub.site(), { .name = path, .path = path, .as = &hub.andreas });
            EXPECT_GE(answer.status, 300) << path;
            EXPECT_LT(answer.status, 500) << path;
            EXPECT_EQ(answer.file, "") << path;
            EXPECT_EQ(answer.body.find("rahasia-di-luar-folder"), std::string::npos) << path;
        }
    }
}
