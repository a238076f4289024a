#pragma once
#include "http/fault_page.hpp"
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace kpuhub::testing {

/// Cookies of one person between scenarios: what answers set is kept, as a browser would.
using CookieJar = std::map<std::string, std::string, std::less<>>;

/// One request and what its answer must and must not be. Runs through the router without a socket:
///
///     run_scenarios(site, {
///         { .name = "a guest is sent to the sign-in page", .path = "/units/1571", .status = 303,
///             .expected_headers = { { "Location", "/sign-in?next=%2Funits%2F1571" } } },
///         { .name = "staff may not verify", .method = http::Method::Post, .path = "/verification",
///             .form = { { "item", "7" } }, .as = &siti, .status = 403, .forbidden = { "rahasia" } },
///     });
struct Scenario {
    std::string name;                   ///< a sentence of the domain
    http::Method method = http::Method::Get;
    std::string path;                   ///< with query: "/plans?month=6"
    std::vector<std::pair<std::string, std::string>> form {};
    std::vector<http::Upload> uploads {};
    CookieJar* as = nullptr;            ///< nobody when null
    std::map<std::string, std::string, std::less<>> headers {};     ///< names in lower case
    int status = 200;
    std::vector<std::string> expected {};       ///< parts of the body
    std::vector<std::string> forbidden {};      ///< must not stand in the body
    std::map<std::string, std::string> expected_headers {};         ///< name -> part of the value
    std::function<void(http::Response const&)> also {};             ///< further checks
};

/// What scenarios run against.
struct Site {
    http::Router const& router;
    http::FaultPages faults {};
    /// Called before each request: adds what every request of a signed-in person needs (the CSRF token, for example).
    std::function<void(Scenario const&, http::Request&)> prepare {};
    std::string origin = "http://127.0.0.1:8080";
};

/// The request of a scenario, with Origin set for POST and its cookies.
http::Request request_of(Site const&, Scenario const&);

/// One request without expectations; keeps the cookies that the answer sets.
http::Response run(Site const&, Scenario const&);

/// Runs each and reports what differs as a GoogleTest failure with the name of the scenario.
void run_scenarios(Site const&, std::vector<Scenario> const&);

}
