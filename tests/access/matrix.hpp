#pragma once
#include "support/hub.hpp"
#include "support/paths.hpp"
#include <gtest/gtest.h>
#include <map>
#include <set>
#include <string>
#include <yaml-cpp/yaml.h>

namespace kpuhub::testing {

std::string key_of(http::Route const&);

/// The table of tests/access/expectations.yaml.
class Expectations {
public:
    Expectations();
    [[nodiscard]] bool is_public(http::Route const&) const;
    [[nodiscard]] YAML::Node of(http::Route const& route) const { return m_table["routes"][key_of(route)]; }
    [[nodiscard]] std::set<std::string> people(YAML::Node const& words) const;

private:
    YAML::Node m_table;
    std::set<std::string> m_public;
};

/// KPU Kota Jambi with one object of each kind that a route may be about, and the people of the table.
class Matrix : public ::testing::Test {
protected:
    Hub hub { storage::Engine::Sqlite, false };
    Expectations table;
    std::map<std::string, PersonId> people;
    std::map<std::string, std::string> parameters;      ///< of addresses: "{unit}" -> "1571"

    void SetUp() override;

    /// Puts the object of a rule back as it was before anybody tried the route: {"object": "session"}.
    void restore(YAML::Node const& rule);
    /// One try of the route; the form and the address are those of the rule.
    http::Response ask(http::Route const&, YAML::Node const& rule, CookieJar& as, bool may = false, bool json = false);
    [[nodiscard]] std::string address_of(http::Route const&, YAML::Node const& rule) const;

    /// "may" for whatever comes after the permission: a page, a wrong field, an old version.
    static std::string outcome(http::Response const&);

private:
    void make_work();
    void make_reports();
    void make_campaigns();
    void make_people();
    void make_records();
    std::string in_address(std::string text, YAML::Node const& rule) const;
    std::string version_at(std::string const& address);
    std::string send(CookieJar&, std::string const& path, std::vector<std::pair<std::string, std::string>> form);

    /// Parameters of rules with an object: "file_proof" -> { "/evidence/{id}" -> "/evidence/7" }.
    std::map<std::string, std::map<std::string, std::string>> m_objects;
};

}
