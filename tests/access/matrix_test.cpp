#include "access/matrix.hpp"
#include <gmock/gmock.h>

using namespace kpuhub;
using namespace kpuhub::testing;

class AccessMatrix : public Matrix {};

TEST_F(AccessMatrix, every_route_is_in_the_table)
{
    for (auto const& route : hub.application().router().routes()) {
        EXPECT_NE(route.permission, "") << key_of(route);
        EXPECT_TRUE(table.is_public(route) || table.of(route)) << key_of(route) << " is missing in tests/access/expectations.yaml";
        EXPECT_EQ(table.is_public(route), route.permission == "public") << key_of(route);
    }
}

TEST_F(AccessMatrix, a_guest_is_sent_to_sign_in_from_every_other_route)
{
    for (auto const& route : hub.application().router().routes()) {
        if (table.is_public(route))
            continue;
        CookieJar nobody;
        auto answer = ask(route, YAML::Node {}, nobody);
        EXPECT_EQ(outcome(answer), "sign-in") << key_of(route) << " " << answer.status;
        CookieJar forged { { "kpuhub", "forged" } };
        EXPECT_EQ(outcome(ask(route, YAML::Node {}, forged)), "sign-in") << key_of(route);
    }
}

TEST_F(AccessMatrix, each_person_gets_what_the_table_says)
{
    int tried = 0;
    for (auto const& route : hub.application().router().routes()) {
        auto rule = table.of(route);
        if (table.is_public(route) || !rule || (rule["object"] && rule["object"].as<std::string>() == "none"))
            continue;
        auto may = table.people(rule["may"]);
        auto seen = table.people(rule["seen_by"]);
        for (auto const& [name, person] : people) {
            restore(rule);
            auto session = hub.sign_in(person);
            auto answer = ask(route, rule, session, may.contains(name));
            auto expected = rule["signs_out"] ? "sign-in" : may.contains(name) ? "may" : seen.contains(name) ? "seen" : "unknown";
            EXPECT_EQ(outcome(answer), expected) << key_of(route) << " as " << name << ": " << answer.status << " " << answer.header("Location") << (answer.status >= 500 ? answer.body.substr(0, 300) : "");
            if (rule["signs_out"])
                EXPECT_EQ(outcome(get(hub, session, "/account")), "sign-in") << name;
            ++tried;
        }
    }
    EXPECT_GT(tried, 900);
}

TEST_F(AccessMatrix, what_is_not_his_and_what_is_not_there_look_alike)
{
    auto foreign = get(hub, hub.budi, "/imports/" + parameters["{import}"]);
    auto nothing = get(hub, hub.budi, "/imports/999999");
    EXPECT_EQ(foreign.status, 404);
    EXPECT_EQ(nothing.status, 404);
    EXPECT_NEAR(static_cast<double>(foreign.body.size()), static_cast<double>(nothing.body.size()), 64.0);
    EXPECT_EQ(get(hub, hub.budi, "/units/1571/dashboard", true).body, get(hub, hub.budi, "/units/9999/dashboard", true).body);
}

/// Design 13, asked of each page of the program (figures_test.cpp and demo_figures_test.cpp ask it of large plans and of the demonstration).
TEST_F(AccessMatrix, no_page_needs_more_statements_than_it_may)
{
    constexpr std::int64_t usual = 6, start_page = 10;
    static std::map<std::string, std::int64_t> const more { { "GET /", start_page },
        { "GET /packages/{package}", usual + 3 } };             // for who may send it: signed papers, open rows and recipients to choose from
    int asked = 0;
    for (auto const& route : hub.application().router().routes()) {
        auto const rule = table.of(route);
        if (route.method != http::Method::Get || table.is_public(route) || !rule || (rule["object"] && rule["object"].as<std::string>() == "none"))
            continue;
        for (auto const& name : table.people(rule["may"])) {
            restore(rule);
            auto session = hub.sign_in(people.at(name));
            ask(route, rule, session, true);                        // the first time reads definitions and calendars that are kept
            auto const before = hub.database->counters().statements;
            auto const answer = ask(route, rule, session, true);
            if (answer.status != 200 || answer.body.find("<html") == std::string::npos)
                continue;
            auto const allowed = more.find(key_of(route));
            EXPECT_LE(hub.database->counters().statements - before, allowed == more.end() ? usual : allowed->second) << key_of(route) << " as " << name;
            ++asked;
        }
    }
    EXPECT_GT(asked, 300);
}
