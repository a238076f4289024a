#include "http/fault_page.hpp"
#include <gtest/gtest.h>

using namespace kpuhub;
using namespace kpuhub::http;

namespace {

Handler says(std::string word)
{
    return [word](Request&) { return text(200, word); };
}

Router router()
{
    Router router;
    router.add({ Method::Get, "/", "public", says("home") });
    router.add({ Method::Get, "/units/{unit}", "public", says("unit") });
    router.add({ Method::Get, "/units/new", "public", says("new") });
    router.add({ Method::Post, "/units/{code}", "public", says("posted") });
    router.add({ Method::Get, "/units/{unit}/plans/{year}", "public", says("plan") });
    router.add({ Method::Get, "/robots.txt", "public", says("robots") });
    router.add({ Method::Get, "/open.json", "public", says("open") });
    return router;
}

std::string ask(Router const& router, std::string path, Method method = Method::Get)
{
    Request request;
    request.method = method;
    request.path = std::move(path);
    auto response = dispatch(router, request, FaultPages {});
    auto parameters = std::string {};
    for (auto const& [name, value] : request.parameters)
        parameters += " " + name + "=" + value;
    return std::to_string(response.status) + " " + (response.status == 200 ? response.body : "") + parameters + (request.wants_json ? " json" : "");
}

}

TEST(Router, finds_routes_and_prefers_a_literal_step)
{
    auto routes = router();
    EXPECT_EQ(ask(routes, "/"), "200 home");
    EXPECT_EQ(ask(routes, "/units/new"), "200 new");
    EXPECT_EQ(ask(routes, "/units/1571"), "200 unit unit=1571");
    EXPECT_EQ(ask(routes, "/units/1571", Method::Post), "200 posted code=1571");
    EXPECT_EQ(ask(routes, "/units/new/plans/2026"), "200 plan unit=new year=2026");
    EXPECT_EQ(ask(routes, "/robots.txt"), "200 robots");
    for (auto const* path : { "/units", "/units/", "/units/1/plans", "/units/1/plans/2/3", "", "x", "/Units/1" })
        EXPECT_EQ(ask(routes, path), "404 ") << path;
}

TEST(Router, json_face_has_the_same_address_with_an_ending)
{
    auto routes = router();
    EXPECT_EQ(ask(routes, "/units/1571.json"), "200 unit unit=1571 json");
    EXPECT_EQ(ask(routes, "/open.json"), "200 open");
    EXPECT_EQ(ask(routes, "/.json"), "404 ");
}

TEST(Router, another_method_is_answered_with_allow)
{
    auto routes = router();
    Request request;
    request.method = Method::Post;
    request.path = "/units/new";
    auto response = dispatch(routes, request, FaultPages {});
    EXPECT_EQ(response.status, 405);
    EXPECT_EQ(response.header("allow"), "GET, HEAD");
}

TEST(Router, route_without_a_permission_or_a_second_one_does_not_start)
{
    auto routes = router();
    EXPECT_THROW(routes.add({ Method::Get, "/x", "", says("") }), std::logic_error);
    EXPECT_THROW(routes.add({ Method::Get, "/units/{other}", "public", says("") }), std::logic_error);
    EXPECT_THROW(routes.add({ Method::Get, "x", "public", says("") }), std::logic_error);
    EXPECT_THROW(routes.add({ Method::Get, "/x", "public", {} }), std::logic_error);
}

TEST(FaultPage, is_a_problem_for_machines_without_the_detail)
{
    FaultPages pages { [](std::string_view key, std::string_view argument, std::string_view language) {
                          return std::string(key) + ":" + std::string(argument) + ":" + std::string(language);
                      },
        {} };
    Request request;
    request.wants_json = true;
    request.language = "en";
    auto response = pages.answer({ FaultKind::Invalid, "plan.title", "secret detail", { { "title", "too_long", "200" } }, "\"7" }, request);
    EXPECT_EQ(response.status, 422);
    EXPECT_EQ(response.header("Content-Type"), "application/problem+json");
    EXPECT_EQ(response.body,
        R"({"type":"about:blank","status":422,"code":"plan.title","title":"plan.title:\"7:en","fields":[{"field":"title","code":"too_long","title":"too_long:200:en"}]})");
}

TEST(FaultPage, escaped_exception_becomes_an_answer_without_its_words)
{
    Router routes;
    routes.add({ Method::Get, "/bug", "public", [](Request&) -> Response { throw std::runtime_error("secret"); } });
    Request request;
    request.path = "/bug";
    auto response = dispatch(routes, request, FaultPages {});
    EXPECT_EQ(response.status, 500);
    EXPECT_EQ(response.body.find("secret"), std::string::npos);
}

TEST(Etag, matches_weakly_and_in_lists)
{
    EXPECT_TRUE(etag_matches("\"7\"", "\"7\""));
    EXPECT_TRUE(etag_matches("W/\"6\", W/\"7\"", "\"7\""));
    EXPECT_TRUE(etag_matches("*", "\"7\""));
    EXPECT_FALSE(etag_matches("\"77\"", "\"7\""));
    EXPECT_FALSE(etag_matches("\"7\"", ""));
}
