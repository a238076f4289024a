#include "account/hashing.hpp"
#include "account/password.hpp"
#include "account/sign_in_limits.hpp"
#include "account/session.hpp"
#include "http/cookie.hpp"
#include "http/csrf.hpp"
#include "support/hub.hpp"
#include <gmock/gmock.h>
#include <thread>

using namespace kpuhub;
using namespace kpuhub::testing;
using http::Method;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

namespace {

constexpr auto password = "kopi-pahit-pukul-tujuh";
constexpr auto visitor = "kpuhub-visitor";

std::string cookie_set(http::Response const& answer, std::string const& name)
{
    for (auto const& [header, value] : answer.headers)
        if (header == "Set-Cookie" && value.starts_with(name + "="))
            return value;
    return {};
}

/// The form without its way through the token: what a browser shows to the person.
std::string words_of(http::Response const& answer)
{
    auto from = answer.body.find("k-errsum");
    return from == std::string::npos ? "" : answer.body.substr(from, answer.body.find("</div>", from) - from);
}

class SignIn : public ::testing::Test {
protected:
    Hub hub;
    CookieJar browser;
    http::Response browser_answer;      ///< the last one
    std::string session = http::session_cookie_name(false);
    std::string device = "kpuhub-device";

    void SetUp() override
    {
        hub.set_password(hub.office.siti, password);
        (void)get(hub, browser, "/sign-in");
    }

    http::Response try_with(std::string const& name, std::string const& word, std::string const& next = {})
    {
        auto token = browser.contains(visitor) ? http::csrf_token(browser[visitor]) : std::string {};
        return browser_answer = post(hub, browser, "/sign-in", { { "user_name", name }, { "password", word }, { "next", next }, { "csrf", token } });
    }
    CookieJar stranger()
    {
        CookieJar fresh;
        (void)get(hub, fresh, "/sign-in");
        return fresh;
    }
    void pass_seconds(std::int64_t seconds) { hub.clock.set(hub.clock.now().plus(std::chrono::seconds { seconds })); }
};

}

TEST_F(SignIn, with_the_right_password_starts_a_session_and_leads_to_the_page_that_was_asked_for)
{
    auto answer = try_with("Siti", password, "/units/1571/imports");
    EXPECT_EQ(answer.status, 303) << answer.body;
    EXPECT_EQ(answer.header("Location"), "/units/1571/imports");
    EXPECT_THAT(cookie_set(answer, session), HasSubstr("HttpOnly"));
    EXPECT_THAT(cookie_set(answer, session), HasSubstr("SameSite=Lax"));
    EXPECT_THAT(cookie_set(answer, session), HasSubstr("Path=/"));
    EXPECT_EQ(get(hub, browser, "/units/1571/imports").status, 200);
}

TEST_F(SignIn, keeps_the_token_only_as_its_hash)
{
    (void)try_with("siti", password);
    auto token = browser.at(session);
    EXPECT_GE(token.size(), 43u);       // 256 bits
    auto stored = [&](std::string const& text) { return hub.count("SELECT COUNT(*) FROM session WHERE token_hash = '" + text + "'"); };
    EXPECT_EQ(stored(token), 0);
    EXPECT_EQ(stored(account::token_hash(token)), 1);
}

TEST_F(SignIn, answers_alike_to_a_wrong_password_an_unknown_and_a_blocked_account)
{
    hub.set_password(hub.office.dewi, password);
    hub.run_sql("UPDATE account SET state = 'blocked' WHERE user_name = 'dewi'");
    auto wrong = try_with("siti", "salah-salah-salah");
    auto unknown = try_with("tidak.ada", "salah-salah-salah");
    auto blocked = try_with("dewi", password);
    auto without_password = try_with("yuli", "salah-salah-salah");
    for (auto const* answer : { &wrong, &unknown, &blocked, &without_password }) {
        EXPECT_EQ(answer->status, 422);
        EXPECT_NE(words_of(wrong), "");
        EXPECT_EQ(words_of(*answer), words_of(wrong));
        EXPECT_EQ(cookie_set(*answer, session), "");
    }
}

TEST_F(SignIn, delays_after_five_failures_and_never_locks_an_account_out)
{
    for (int i = 0; i < 5; ++i)
        EXPECT_EQ(try_with("siti", "salah-salah-salah").status, 422);
    EXPECT_EQ(try_with("siti", password).status, 503);
    pass_seconds(2);
    EXPECT_EQ(try_with("siti", "salah-salah-salah").status, 422);
    EXPECT_EQ(try_with("siti", password).status, 503);      // the delay has doubled
    pass_seconds(61);
    EXPECT_EQ(try_with("siti", password).status, 303);
    EXPECT_EQ(hub.count("SELECT COUNT(*) FROM rate WHERE name = 'sign_in.account:siti'"), 0);
}

TEST_F(SignIn, of_others_is_not_delayed_by_failures_of_one_account)
{
    hub.set_password(hub.office.dewi, password);
    for (int i = 0; i < 8; ++i)
        (void)try_with("siti", "salah-salah-salah");
    EXPECT_EQ(try_with("dewi", password).status, 303);
}

TEST_F(SignIn, from_a_network_with_a_hundred_failures_waits_for_the_next_hour_before_hashing)
{
    auto hour = hub.clock.now().milliseconds / 3'600'000 * 3'600'000;
    hub.run_sql("INSERT INTO rate (name, window_at, hits) VALUES ('sign_in.network:127.0.0.0/24', " + std::to_string(hour) + ", 100)");
    EXPECT_EQ(try_with("siti", password).status, 503);
    pass_seconds(3'600);
    EXPECT_EQ(try_with("siti", password).status, 303);
}

TEST_F(SignIn, after_two_hundred_failures_of_a_day_lets_in_only_devices_that_are_known)
{
    EXPECT_EQ(try_with("siti", password).status, 303);
    EXPECT_THAT(cookie_set(browser_answer, device), AllOf(HasSubstr("HttpOnly"), HasSubstr("SameSite=Lax"), HasSubstr("Max-Age=7776000")));
    auto known = browser;
    auto day = hub.clock.now().milliseconds / 86'400'000 * 86'400'000;
    hub.run_sql("INSERT INTO rate (name, window_at, hits) VALUES ('sign_in.day:siti', " + std::to_string(day) + ", 199)");
    browser = stranger();
    EXPECT_EQ(try_with("siti", "salah-salah-salah").status, 422);       // the 200th
    pass_seconds(120);
    auto refused = try_with("siti", password);
    EXPECT_EQ(refused.status, 503);
    EXPECT_THAT(refused.body, HasSubstr("perangkat yang pernah dipakai"));
    EXPECT_GT(std::stoll(refused.header("Retry-After")), 60);
    browser = known;
    browser.erase(session);
    EXPECT_EQ(try_with("siti", password).status, 303);
    browser = stranger();
    pass_seconds(86'400);
    EXPECT_EQ(try_with("siti", password).status, 303);                  // the next day
}

TEST_F(SignIn, a_reset_ends_the_days_limit_and_makes_devices_unknown)
{
    EXPECT_EQ(try_with("siti", password).status, 303);
    auto day = hub.clock.now().milliseconds / 86'400'000 * 86'400'000;
    hub.run_sql("INSERT INTO rate (name, window_at, hits) VALUES ('sign_in.day:siti', " + std::to_string(day) + ", 500)");
    auto made = post(hub, hub.admin_jar, "/units/1571/people/" + std::to_string(hub.office.siti.value) + "/account/link", {});
    ASSERT_EQ(made.status, 303) << made.body.substr(0, 500);
    EXPECT_EQ(hub.count("SELECT COUNT(*) FROM known_device"), 0);
    auto token = account::random_token();
    hub.run_sql("UPDATE account_link SET token_hash = '" + account::token_hash(token) + "'");
    browser = stranger();
    (void)get(hub, browser, "/account/link/" + token);
    auto set = post(hub, browser, "/account/link/" + token, { { "new_password", "teh-manis-pukul-empat" }, { "repeated", "teh-manis-pukul-empat" },
        { "csrf", http::csrf_token(browser[visitor]) } });
    ASSERT_EQ(set.status, 303) << set.body.substr(0, 500);
    EXPECT_EQ(try_with("siti", "teh-manis-pukul-empat").status, 303);
}

TEST_F(SignIn, of_a_known_device_is_not_delayed_by_who_guesses_from_elsewhere_and_its_own_failures_are_counted_apart)
{
    EXPECT_EQ(try_with("siti", password).status, 303);
    auto known = browser;
    browser = stranger();
    for (int i = 0; i < 6; ++i)
        (void)try_with("siti", "salah-salah-salah");
    EXPECT_EQ(try_with("siti", password).status, 503);
    browser = known;
    browser.erase(session);
    EXPECT_EQ(try_with("siti", password).status, 303);
    browser.erase(session);
    for (int i = 0; i < 5; ++i)
        EXPECT_EQ(try_with("siti", "salah-salah-salah").status, 422);
    EXPECT_EQ(try_with("siti", password).status, 503);
}

TEST_F(SignIn, a_device_is_known_only_to_the_accounts_that_have_signed_in_there)
{
    hub.set_password(hub.office.dewi, password);
    EXPECT_EQ(try_with("siti", password).status, 303);
    auto kept = browser[device];
    browser.erase(session);
    for (int i = 0; i < 5; ++i)
        EXPECT_EQ(try_with("dewi", "salah-salah-salah").status, 422);
    EXPECT_EQ(hub.count("SELECT sum(hits) FROM rate WHERE name = 'sign_in.account:dewi'"), 5);
    pass_seconds(61);
    EXPECT_EQ(try_with("dewi", password).status, 303);
    EXPECT_EQ(browser[device], kept);           // both share the office computer
    EXPECT_EQ(hub.count("SELECT COUNT(*) FROM known_device"), 2);
}

TEST_F(SignIn, is_turned_away_with_the_seconds_to_wait_when_the_queue_of_hashing_is_full)
{
    auto& room = account::hashing_room();
    auto const& limits = account::sign_in_limits();
    std::vector<WaitingRoom::Seat> taken;
    for (std::size_t i = 0; i < limits.hashes_at_once; ++i)
        taken.push_back(std::move(*room.enter(std::chrono::seconds { 1 })));
    std::vector<std::thread> waiting;
    for (std::size_t i = 0; i < limits.hashes_waiting; ++i)
        waiting.emplace_back([&] { (void)room.enter(std::chrono::seconds { 30 }); });
    for (int i = 0; i < 5'000 && room.waiting() < limits.hashes_waiting; ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds { 1 });
    auto refused = try_with("siti", password);
    EXPECT_EQ(refused.status, 503);
    EXPECT_EQ(refused.header("Retry-After"), "5");
    taken.clear();
    for (auto& each : waiting)
        each.join();
    EXPECT_EQ(try_with("siti", password).status, 303);
}

TEST_F(SignIn, stores_no_name_longer_than_a_name)
{
    EXPECT_EQ(try_with(std::string(100'000, 'a'), "salah-salah-salah").status, 422);
    EXPECT_EQ(hub.count("SELECT COUNT(*) FROM rate WHERE length(name) > 120"), 0);
}

TEST_F(SignIn, without_token_or_from_a_foreign_page_is_refused)
{
    auto token = http::csrf_token(browser[visitor]);
    std::vector<std::pair<std::string, std::string>> const form { { "user_name", "siti" }, { "password", password } };
    auto with_token = form;
    with_token.emplace_back("csrf", token);
    CookieJar stranger { { visitor, "another-secret" } };
    run_scenarios(hub.site(), {
        { .name = "no token", .method = Method::Post, .path = "/sign-in", .form = form, .as = &browser, .status = 403 },
        { .name = "the token of another browser", .method = Method::Post, .path = "/sign-in", .form = with_token, .as = &stranger, .status = 403 },
        { .name = "a foreign origin", .method = Method::Post, .path = "/sign-in", .form = with_token, .as = &browser, .headers = { { "origin", "https://kpu.example" } }, .status = 403 },
        { .name = "an origin that only begins like ours", .method = Method::Post, .path = "/sign-in", .form = with_token, .as = &browser, .headers = { { "origin", "http://127.0.0.1:8080.example" } }, .status = 403 },
        { .name = "the origin null", .method = Method::Post, .path = "/sign-in", .form = with_token, .as = &browser, .headers = { { "origin", "null" } }, .status = 403 },
    });
    EXPECT_FALSE(browser.contains(session));
}

TEST_F(SignIn, never_takes_over_a_session_cookie_that_was_there_before)
{
    browser[session] = "planted-by-somebody-else";
    auto before = browser[session];
    EXPECT_EQ(try_with("siti", password).status, 303);
    EXPECT_NE(browser[session], before);
    CookieJar attacker { { session, before } };
    EXPECT_EQ(get(hub, attacker, "/units/1571/imports").status, 303);
}

TEST_F(SignIn, ignores_a_way_back_that_leads_elsewhere)
{
    for (auto const* next : { "https://kpu.example/", "//kpu.example", "/\\kpu.example", "javascript:alert(1)", "/%0d%0aSet-Cookie:x=1", "/a\r\nX: 1", "/..//kpu.example" }) {
        SCOPED_TRACE(next);
        auto answer = try_with("siti", password, next);
        EXPECT_EQ(answer.status, 303);
        EXPECT_EQ(answer.header("Location"), "/");
        browser.erase(session);
    }
}

TEST_F(SignIn, shows_the_typed_name_as_text)
{
    auto answer = try_with("\"><script>alert(1)</script>", "salah-salah-salah", "/\"><script>alert(2)</script>");
    EXPECT_THAT(answer.body, Not(HasSubstr("<script>alert")));
    EXPECT_THAT(answer.body, Not(HasSubstr("salah-salah-salah")));
}

TEST_F(SignIn, out_ends_the_session_and_clears_the_browser)
{
    CookieJar copy = hub.siti;
    auto answer = post(hub, hub.siti, "/session/end", {});
    EXPECT_EQ(answer.status, 303);
    EXPECT_THAT(answer.header("Clear-Site-Data"), HasSubstr("\"storage\""));
    EXPECT_FALSE(hub.siti.contains(session));
    EXPECT_EQ(get(hub, copy, "/units/1571/imports").status, 303);
    EXPECT_THAT(get(hub, copy, "/units/1571/imports").header("Location"), HasSubstr("/sign-in"));
}

TEST_F(SignIn, keeps_pages_of_a_session_out_of_every_cache)
{
    EXPECT_THAT(get(hub, hub.siti, "/units/1571/imports").header("Cache-Control"), HasSubstr("no-store"));
}

TEST_F(SignIn, with_a_password_given_by_others_leads_only_to_changing_it)
{
    hub.run_sql("UPDATE account SET must_change_password = 1 WHERE user_name = 'siti'");
    run_scenarios(hub.site(), {
        { .name = "pages", .path = "/units/1571/imports", .as = &hub.siti, .status = 303, .expected_headers = { { "Location", "/account/password" } } },
        { .name = "forms", .method = Method::Post, .path = "/imports/1/discarding", .as = &hub.siti, .status = 303, .expected_headers = { { "Location", "/account/password" } } },
        { .name = "the language may be chosen", .path = "/language?to=en", .as = &hub.siti, .status = 303, .expected_headers = { { "Location", "/" } } },
        { .name = "and one may leave", .method = Method::Post, .path = "/session/end", .as = &hub.siti, .status = 303, .expected_headers = { { "Location", "/sign-in" } } },
    });
}

TEST_F(SignIn, sends_json_askers_an_answer_they_understand)
{
    CookieJar guest;
    auto answer = get(hub, guest, "/units/1571/imports", true);
    EXPECT_EQ(answer.status, 401);
    EXPECT_THAT(answer.header("Content-Type"), HasSubstr("json"));
}

TEST_F(SignIn, a_session_is_over_after_half_an_hour_without_a_request_and_after_twelve_hours_in_any_case)
{
    for (int minutes = 0; minutes < 12 * 60 - 20; minutes += 20) {
        pass_seconds(20 * 60);
        ASSERT_EQ(get(hub, hub.siti, "/units/1571/imports").status, 200) << minutes;
    }
    pass_seconds(21 * 60);
    EXPECT_EQ(get(hub, hub.siti, "/units/1571/imports").status, 303);
    auto idle = hub.sign_in(hub.office.yuli);
    pass_seconds(30 * 60 + 1);
    EXPECT_EQ(get(hub, idle, "/units/1571/imports").status, 303);
}

TEST_F(SignIn, a_sixth_session_ends_the_oldest)
{
    std::vector<CookieJar> sessions;
    for (int i = 0; i < 6; ++i) {
        pass_seconds(1);
        sessions.push_back(hub.sign_in(hub.office.siti));
    }
    EXPECT_EQ(hub.count("SELECT COUNT(*) FROM session s JOIN account a ON a.id = s.account_id WHERE a.user_name = 'siti'"), 5);
    EXPECT_EQ(get(hub, sessions[0], "/units/1571/imports").status, 303);
    EXPECT_EQ(get(hub, sessions[5], "/units/1571/imports").status, 200);
}

TEST_F(SignIn, the_form_of_one_session_does_not_count_in_another)
{
    auto answer = post(hub, hub.andreas, "/preference", { { "theme", "dark" }, { "csrf", http::csrf_token("secret of somebody else") } });
    EXPECT_EQ(answer.status, 403);
    EXPECT_EQ(post(hub, hub.andreas, "/preference", { { "theme", "dark" } }).status, 303);
}

TEST_F(SignIn, language_and_theme_live_in_cookies_with_known_values_only)
{
    auto english = get(hub, browser, "/language?to=en&back=%2Fsign-in%3Fnext%3D%252F");
    EXPECT_EQ(english.header("Location"), "/sign-in?next=%2F");
    EXPECT_THAT(cookie_set(english, "kpuhub-language"), HasSubstr("kpuhub-language=en;"));
    EXPECT_THAT(get(hub, browser, "/sign-in").body, HasSubstr("lang=\"en\""));
    EXPECT_THAT(cookie_set(get(hub, browser, "/language?to=xx%3B+Domain%3Dkpu.example"), "kpuhub-language"), HasSubstr("kpuhub-language=id;"));
    EXPECT_EQ(get(hub, browser, "/language?to=en&back=%2F%2Fkpu.example").header("Location"), "/");
    auto theme = post(hub, hub.siti, "/preference", { { "theme", "dark; Domain=kpu.example" }, { "back", "https://kpu.example" } });
    EXPECT_EQ(theme.header("Location"), "/");
    EXPECT_THAT(cookie_set(theme, "kpuhub-theme"), HasSubstr("kpuhub-theme=;"));
    browser["kpuhub-theme"] = "\"><script>alert(1)</script>";
    browser["kpuhub-language"] = "\"><script>alert(1)</script>";
    EXPECT_THAT(get(hub, browser, "/sign-in").body, Not(HasSubstr("<script>alert")));
}
