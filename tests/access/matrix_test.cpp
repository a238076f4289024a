#include "support/paths.hpp"
#include "support/registers.hpp"
#include <gmock/gmock.h>
#include <set>
#include <yaml-cpp/yaml.h>

using namespace kpuhub;
using namespace kpuhub::testing;
using http::Method;

namespace {

std::string key_of(http::Route const& route) { return (route.method == Method::Get ? "GET " : "POST ") + route.pattern; }

/// The table of tests/access/expectations.yaml.
class Expectations {
public:
    Expectations() : m_table(YAML::LoadFile(source_folder() + "/tests/access/expectations.yaml"))
    {
        for (auto const& route : m_table["public"])
            m_public.insert(route.as<std::string>());
    }
    bool is_public(http::Route const& route) const
    {
        if (m_public.contains(key_of(route)))
            return true;
        for (auto const& start : m_table["assets"])
            if (route.pattern.starts_with(start.as<std::string>()))
                return true;
        return false;
    }
    YAML::Node of(http::Route const& route) const { return m_table["routes"][key_of(route)]; }
    std::set<std::string> people(YAML::Node const& words) const
    {
        std::set<std::string> found;
        if (!words)
            return found;
        for (auto const& person : words.IsSequence() ? words : m_table["groups"][words.as<std::string>()])
            found.insert(person.as<std::string>());
        return found;
    }

private:
    YAML::Node m_table;
    std::set<std::string> m_public;
};

class AccessMatrix : public ::testing::Test {
protected:
    Hub hub { storage::Engine::Sqlite, false };
    Expectations table;
    std::map<std::string, PersonId> people;
    std::map<std::string, std::string> parameters;

    void SetUp() override
    {
        auto const& office = hub.office;
        people = { { "staff", office.siti }, { "rb_secretary", office.andreas }, { "area_owner", office.maria }, { "leader", office.sekretaris },
            { "assessor", hub.asri }, { "account_administrator", hub.admin }, { "supervisor", office.ratna }, { "auditor", hub.audita }, { "foreign", office.budi } };
        auto plan = make_plan(*hub.database, office, 2026, time::Date::of(2026, 1, 5));
        auto row = std::to_string(deliverable(*hub.database, plan, "Sosialisasi nilai-nilai", 4).id.value);
        auto sent = post(hub, hub.siti, "/deliverables/" + row + "/evidence", { { "kind", "link" }, { "address", "https://jdih.kpu.go.id/sk" } });
        ASSERT_EQ(sent.status, 303) << sent.body.substr(0, 500);
        auto proof = std::to_string(hub.count("SELECT max(subject_id) FROM evidence"));
        auto taken = run(hub.site(), { .name = "upload", .method = Method::Post, .path = "/units/1571/imports",
            .uploads = { upload_of(hub.folder, "sk.txt", small_decree()) }, .as = &hub.andreas });
        ASSERT_EQ(taken.status, 303) << taken.body.substr(0, 500);
        hub.work();
        publish_registers(*hub.database);
        switch_on(*hub.database, "visitor_book", office.kota_jambi);
        auto record = record_of(post(hub, hub.siti, "/units/1571/registers/visitor_book/records",
            { { "f.visitor", "Tamu" }, { "f.need", "service" }, { "f.arrived_at", "2026-04-18T09:30" } }));
        parameters = { { "{unit}", "1571" }, { "{year}", "2026" }, { "{import}", std::to_string(hub.count("SELECT max(subject_id) FROM decree_import")) },
            { "{row}", "1" }, { "{person}", std::to_string(office.siti.value) }, { "{post}", std::to_string(office.head_of_rendatin.value) },
            { "{register}", "visitor_book" }, { "{step}", "leave" }, { "/records/{record}", record }, { "{subdivision}", std::to_string(office.rendatin.value) }, { "/deliverables/{id}", "/deliverables/" + row }, { "/evidence/{id}", "/evidence/" + proof },
            { "/subjects/{id}", "/subjects/" + row }, { "/documents/{id}", "/documents/" + proof } };
    }

    std::string address_of(std::string pattern) const
    {
        for (auto const& [parameter, value] : parameters)
            if (auto at = pattern.find(parameter); at != std::string::npos)
                pattern.replace(at, parameter.size(), value);
        while (pattern.find('{') != std::string::npos)
            pattern.replace(pattern.find('{'), pattern.find('}') - pattern.find('{') + 1, "1");
        return pattern;
    }

    /// The present version of the object in an address; nothing is changed with "0".
    std::string version_at(std::string const& address)
    {
        auto digits = address.find_first_of("0123456789");
        auto id = digits == std::string::npos ? std::string { "0" } : address.substr(digits, address.find('/', digits) - digits);
        return std::to_string(hub.count("SELECT COALESCE(max(version), 0) FROM subject WHERE id = " + id));
    }

    http::Response ask(http::Route const& route, YAML::Node const& rule, CookieJar& as, bool may = false)
    {
        Scenario scenario { .name = key_of(route), .method = route.method, .path = address_of(route.pattern), .as = &as };
        if (rule["query"])
            scenario.path += rule["query"].as<std::string>();
        for (auto const& field : rule["form"])
            scenario.form.emplace_back(field.first.as<std::string>(),
                field.second.as<std::string>() != "shown" ? field.second.as<std::string>() : may ? "999" : version_at(scenario.path));
        return run(hub.site(), scenario);
    }

    /// "may" for whatever comes after the permission: a page, a wrong field, an old version.
    static std::string outcome(http::Response const& answer)
    {
        if (answer.status == 303 && answer.header("Location").starts_with("/sign-in"))
            return "sign-in";
        if (answer.status == 403)
            return "seen";
        return answer.status == 404 ? "unknown" : answer.status >= 500 ? "broken" : "may";
    }
};

}

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
        if (table.is_public(route) || !rule || rule["object"])
            continue;
        auto may = table.people(rule["may"]);
        auto seen = table.people(rule["seen_by"]);
        for (auto const& [name, person] : people) {
            auto session = hub.sign_in(person);
            auto answer = ask(route, rule, session, may.contains(name));
            auto expected = may.contains(name) ? "may" : seen.contains(name) ? "seen" : "unknown";
            EXPECT_EQ(outcome(answer), expected) << key_of(route) << " as " << name << ": " << answer.status << " " << answer.header("Location") << (answer.status >= 500 ? answer.body.substr(0, 300) : "");
            ++tried;
        }
    }
    EXPECT_GT(tried, 100);
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
