#include "http/cookie.hpp"
#include "http/csrf.hpp"
#include "http/gzip.hpp"
#include "http/network.hpp"
#include <gtest/gtest.h>

using namespace kpuhub::http;

TEST(Csrf, token_is_valid_for_its_session_only_and_differs_on_each_page)
{
    auto token = csrf_token("secret of siti");
    EXPECT_TRUE(csrf_token_valid("secret of siti", token));
    EXPECT_FALSE(csrf_token_valid("secret of budi", token));
    EXPECT_FALSE(csrf_token_valid("", token));
    EXPECT_FALSE(csrf_token_valid("secret of siti", ""));
    EXPECT_FALSE(csrf_token_valid("secret of siti", token.substr(1)));
    EXPECT_FALSE(csrf_token_valid("secret of siti", token + "AAAA"));
    EXPECT_NE(token, csrf_token("secret of siti"));
    EXPECT_FALSE(csrf_token_valid("secret of siti", std::string(token.size(), 'A')));
}

TEST(Csrf, form_of_another_site_is_refused_even_with_a_token)
{
    std::string const ours[] = { "https://hub.kpu.go.id" };
    Request request;
    request.method = Method::Post;
    request.form.add("csrf", csrf_token("s"));
    EXPECT_FALSE(check_csrf(request, "s", ours)) << "neither Origin nor Sec-Fetch-Site";
    request.headers["sec-fetch-site"] = "same-origin";
    EXPECT_TRUE(check_csrf(request, "s", ours));
    request.headers["sec-fetch-site"] = "same-site";
    EXPECT_FALSE(check_csrf(request, "s", ours));
    request.headers["sec-fetch-site"] = "same-origin";
    request.headers["origin"] = "https://evil.example";
    EXPECT_FALSE(check_csrf(request, "s", ours));
    request.headers["origin"] = "null";
    EXPECT_FALSE(check_csrf(request, "s", ours));
    request.headers["origin"] = "https://hub.kpu.go.id";
    EXPECT_TRUE(check_csrf(request, "s", ours));
    EXPECT_FALSE(check_csrf(request, "other", ours));
}

TEST(Csrf, form_of_a_page_without_referrer_names_no_origin)
{
    std::string const ours[] = { "https://hub.kpu.go.id" };
    Request request;
    request.method = Method::Post;
    request.form.add("csrf", csrf_token("s"));
    request.headers["origin"] = "null";
    EXPECT_FALSE(check_csrf(request, "s", ours));
    EXPECT_TRUE(check_csrf(request, "s", ours, UnnamedOrigin::Taken)) << "a browser that sends no Sec-Fetch-Site";
    EXPECT_FALSE(check_csrf(request, "other", ours, UnnamedOrigin::Taken));
    request.headers["sec-fetch-site"] = "same-origin";
    EXPECT_TRUE(check_csrf(request, "s", ours, UnnamedOrigin::Taken));
    request.headers["sec-fetch-site"] = "cross-site";
    EXPECT_FALSE(check_csrf(request, "s", ours, UnnamedOrigin::Taken));
    request.headers["origin"] = "https://evil.example";
    request.headers["sec-fetch-site"] = "same-origin";
    EXPECT_FALSE(check_csrf(request, "s", ours, UnnamedOrigin::Taken));
    request.headers.erase("origin");
    request.headers.erase("sec-fetch-site");
    EXPECT_FALSE(check_csrf(request, "s", ours, UnnamedOrigin::Taken)) << "says nothing at all";
}

TEST(Cookie, of_a_browser_is_read)
{
    auto cookies = read_cookies("kpuhub=abc; theme=\"dark\";broken; =x; kpuhub=second;a=b=c; bad=\"");
    EXPECT_EQ(cookies["kpuhub"], "abc");
    EXPECT_EQ(cookies["theme"], "dark");
    EXPECT_EQ(cookies["a"], "b=c");
    EXPECT_EQ(cookies.size(), 3u);
}

TEST(Cookie, of_the_session_is_bound_to_host_and_tls)
{
    EXPECT_EQ(session_cookie("t", true), "__Host-kpuhub=t; Path=/; HttpOnly; SameSite=Lax; Secure");
    EXPECT_EQ(session_cookie("t", false), "kpuhub=t; Path=/; HttpOnly; SameSite=Lax");
    EXPECT_EQ(ended_session_cookie(true), "__Host-kpuhub=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0; Secure");
}

TEST(Network, client_is_the_right_most_address_that_is_not_a_trusted_proxy)
{
    std::vector<Network> trusted { *Network::from("10.0.0.0/8"), *Network::from("::1") };
    auto client = [&](char const* peer, char const* forwarded) { return block_of(client_of(*Address::from(peer), forwarded, trusted)); };
    EXPECT_EQ(client("203.0.113.9", "198.51.100.1"), "203.0.113.0/24") << "an untrusted peer cannot choose its address";
    EXPECT_EQ(client("10.0.0.1", "198.51.100.1, 203.0.113.9"), "203.0.113.0/24");
    EXPECT_EQ(client("10.0.0.1", "198.51.100.1, 10.2.3.4"), "198.51.100.0/24");
    EXPECT_EQ(client("10.0.0.1", "198.51.100.1, junk"), "10.0.0.0/24");
    EXPECT_EQ(client("10.0.0.1", ""), "10.0.0.0/24");
    EXPECT_EQ(client("::1", "2001:db8:1:2::5"), "2001:db8:1::/48");
}

TEST(Network, blocks_are_read_and_matched)
{
    EXPECT_TRUE(Network::from("192.168.0.0/16")->holds(*Address::from("192.168.255.1")));
    EXPECT_FALSE(Network::from("192.168.0.0/16")->holds(*Address::from("192.169.0.1")));
    EXPECT_TRUE(Network::from("2001:db8::/33")->holds(*Address::from("2001:db8:7fff::1")));
    EXPECT_FALSE(Network::from("2001:db8::/33")->holds(*Address::from("2001:db8:8000::1")));
    EXPECT_TRUE(Network::from("127.0.0.1")->holds(*Address::from("::ffff:127.0.0.1")));
    for (auto const* wrong : { "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "x", "", "10.0.0/8", "::/129" })
        EXPECT_FALSE(Network::from(wrong)) << wrong;
    EXPECT_TRUE(Address::from("127.3.4.5")->is_loopback());
    EXPECT_TRUE(Address::from("::1")->is_loopback());
    EXPECT_FALSE(Address::from("10.0.0.1")->is_loopback());
}

TEST(Gzip, is_given_to_who_takes_it)
{
    EXPECT_TRUE(accepts_gzip("gzip, deflate, br"));
    EXPECT_TRUE(accepts_gzip("br;q=1.0, gzip;q=0.8"));
    EXPECT_TRUE(accepts_gzip("*"));
    EXPECT_FALSE(accepts_gzip("gzip;q=0"));
    EXPECT_FALSE(accepts_gzip("gzip;q=0.000, *"));
    EXPECT_FALSE(accepts_gzip("br"));
    EXPECT_FALSE(accepts_gzip(""));
    EXPECT_TRUE(packs_well("text/html; charset=utf-8"));
    EXPECT_FALSE(packs_well("image/png"));
    EXPECT_LT(gzip(std::string(10000, 'x'), Packing::Fast).size(), 200u);
}
