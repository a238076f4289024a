#include "support/scenario.hpp"
#include "support/json_schema.hpp"
#include "http/form.hpp"
#include "http/security_headers.hpp"
#include "http/url.hpp"
#include <gtest/gtest.h>
#include <regex>

namespace kpuhub::testing {

namespace {

/// "name=value; Path=/; Max-Age=0" into the jar.
void keep_cookie(CookieJar& jar, std::string const& header)
{
    auto pair = header.substr(0, header.find(';'));
    auto equals = pair.find('=');
    auto name = pair.substr(0, equals);
    auto value = equals == std::string::npos ? std::string {} : pair.substr(equals + 1);
    if (value.empty() || header.find("Max-Age=0") != std::string::npos)
        jar.erase(name);
    else
        jar[name] = value;
}

/// A streamed body as its reader gets it: all pieces, and the fields behind them among the headers.
void read_stream(http::Response& response)
{
    if (!response.stream)
        return;
    for (;;) {
        auto piece = response.stream->next();
        if (!piece || piece->empty()) {
            EXPECT_TRUE(piece) << "the body broke off: " << piece.error().message_key;
            break;
        }
        response.body += *piece;
    }
    for (auto& [name, value] : response.stream->trailer())
        response.with(name, value);
    response.stream.reset();
}

/// Each JSON answer of a page fits the schema that /openapi.json gives for its route.
void expect_schema(http::Router const& router, http::Request const& request, http::Response const& response)
{
    auto found = router.find(request.method, request.path);
    auto const* match = std::get_if<http::Router::Found>(&found);
    if (match == nullptr || match->route->schema == nullptr || response.status != 200)
        return;
    for (auto const& problem : against_schema(response.body, match->route->schema()))
        ADD_FAILURE() << match->route->pattern << " " << problem;
}

}

http::Request request_of(Site const& site, Scenario const& scenario)
{
    http::Request request;
    request.method = scenario.method;
    auto question = scenario.path.find('?');
    request.path = http::read_path(scenario.path.substr(0, question)).value_or("");
    http::Limits limits;
    limits.form_fields = 500;
    if (question != std::string::npos)
        request.query = http::read_urlencoded(scenario.path.substr(question + 1), limits).value_or(http::Fields {});
    for (auto const& [name, value] : scenario.form)
        request.form.add(name, value);
    request.uploads = scenario.uploads;
    request.headers = scenario.headers;
    if (scenario.method == http::Method::Post)
        request.headers.emplace("origin", site.origin);
    request.wants_json = request.header("accept").find("application/json") != std::string_view::npos;
    if (scenario.as)
        request.cookies = *scenario.as;
    if (auto language = request.cookies.find("kpuhub-language"); language != request.cookies.end())
        request.language = language->second;
    request.client_network = "127.0.0.0/24";
    request.id = "0123456789abcdef";
    if (site.prepare)
        site.prepare(scenario, request);
    return request;
}

/// A key without words is shown as "[[key]]" (text/messages.hpp): no page may have one.
static void expect_words(http::Response const& response)
{
    static std::regex const without_words { R"(\[\[[a-z_0-9]+\.[a-z_0-9.]+\]\])" };
    if (response.header("Content-Type").find("text/html") == std::string::npos)
        return;
    for (std::sregex_iterator at { response.body.begin(), response.body.end(), without_words }, end; at != end; ++at)
        ADD_FAILURE() << "no words for " << at->str();
}

http::Response run(Site const& site, Scenario const& scenario)
{
    auto request = request_of(site, scenario);
    auto const asks_json = request.wants_json;
    auto response = http::dispatch(site.router, request, site.faults);
    read_stream(response);
    if (asks_json)
        expect_schema(site.router, request, response);
    expect_words(response);
    http::add_security_headers(response, http::PagePolicy::App);
    if (scenario.as)
        for (auto const& [name, value] : response.headers)
            if (name == "Set-Cookie")
                keep_cookie(*scenario.as, value);
    return response;
}

void run_scenarios(Site const& site, std::vector<Scenario> const& scenarios)
{
    for (auto const& scenario : scenarios) {
        SCOPED_TRACE(scenario.name);
        auto response = run(site, scenario);
        EXPECT_EQ(response.status, scenario.status) << response.body.substr(0, 2000);
        for (auto const& part : scenario.expected)
            EXPECT_NE(response.body.find(part), std::string::npos) << "missing: " << part << "\n" << response.body.substr(0, 4000);
        for (auto const& part : scenario.forbidden)
            EXPECT_EQ(response.body.find(part), std::string::npos) << "must not be shown: " << part;
        for (auto const& [name, part] : scenario.expected_headers)
            EXPECT_NE(response.header(name).find(part), std::string::npos) << name << ": " << response.header(name);
        if (scenario.also)
            scenario.also(response);
    }
}

}
