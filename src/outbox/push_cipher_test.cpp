#include "outbox/push_address.hpp"
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>

using namespace kpuhub;
using namespace kpuhub::outbox;

namespace {

std::string raw(std::string_view text) { return bytes_of_base64url(text).value(); }

sockaddr_storage address_of(std::string const& text)
{
    sockaddr_storage storage {};
    if (text.find(':') == std::string::npos) {
        auto& in = reinterpret_cast<sockaddr_in&>(storage);
        in.sin_family = AF_INET;
        EXPECT_EQ(::inet_pton(AF_INET, text.c_str(), &in.sin_addr), 1) << text;
    } else {
        auto& in = reinterpret_cast<sockaddr_in6&>(storage);
        in.sin6_family = AF_INET6;
        EXPECT_EQ(::inet_pton(AF_INET6, text.c_str(), &in.sin6_addr), 1) << text;
    }
    return storage;
}

bool is_public(std::string const& text)
{
    auto const storage = address_of(text);
    return is_public_address(reinterpret_cast<sockaddr const&>(storage));
}

constexpr auto browser_point = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
constexpr auto browser_auth = "BTBZMqHH6r4Tts7J_aSIgg";

}

/// RFC 8291, section 5 and appendix A.
TEST(PushCipher, the_example_of_the_rfc_is_sealed_to_the_same_bytes)
{
    auto const ours = P256Key::from_secret(raw("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")).value();
    EXPECT_EQ(base64url(ours.public_point()), "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8");
    auto const sealed = seal_push({ raw(browser_point), raw(browser_auth) }, "When I grow up, I want to be a watermelon", 0, ours, raw("DGv6ra1nlYgDCS1FRnbzlw"));
    ASSERT_TRUE(sealed) << sealed.error().message_key;
    EXPECT_EQ(base64url(*sealed), "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_"
                                  "yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN");
}

TEST(PushCipher, each_message_has_a_key_of_its_own_and_a_length_that_tells_little)
{
    PushKeys const browser { raw(browser_point), raw(browser_auth) };
    auto const one = seal_push(browser, "x").value(), other = seal_push(browser, std::string(200, 'x')).value();
    EXPECT_NE(one, seal_push(browser, "x").value());
    EXPECT_EQ(one.size(), other.size());
    EXPECT_LE(seal_push(browser, std::string(most_push_bytes, 'x')).value().size(), 4096U);
    EXPECT_EQ(seal_push(browser, std::string(most_push_bytes + 1, 'x')).error().message_key, "outbox.push_long");
}

TEST(PushCipher, wrong_keys_are_refused)
{
    auto off_the_curve = raw(browser_point);
    off_the_curve.back() ^= 1;
    auto compressed = raw(browser_point).substr(0, 33);
    compressed.front() = '\x02';
    for (auto const& point : { std::string {}, off_the_curve, compressed, std::string(65, '\0'), std::string(1, '\0') }) {
        EXPECT_FALSE(is_p256_point(point));
        EXPECT_EQ(seal_push({ point, raw(browser_auth) }, "x").error().message_key, "outbox.push_key");
    }
    EXPECT_EQ(seal_push({ raw(browser_point), "short" }, "x").error().message_key, "outbox.push_key");
    for (auto const& secret : { std::string {}, std::string(32, '\0'), std::string(32, '\xff'), std::string(31, '\x01') })
        EXPECT_EQ(P256Key::from_secret(secret).error().message_key, "outbox.push_key");
}

TEST(PushCipher, base64_of_urls_is_read_strictly)
{
    EXPECT_EQ(base64url("\xff\xef"), "_-8");
    EXPECT_EQ(bytes_of_base64url("_-8"), "\xff\xef");
    for (auto const* wrong : { "/+8", "_-8=", "_ 8", "_-8\n", "A" })
        EXPECT_FALSE(bytes_of_base64url(wrong)) << wrong;
}

TEST(PushAddress, only_the_push_services_of_browsers_are_places)
{
    PushPlaces const places { { "fcm.googleapis.com", "*.notify.windows.com" } };
    EXPECT_EQ(push_origin(places, "https://fcm.googleapis.com/fcm/send/abc:d"), "https://fcm.googleapis.com");
    EXPECT_EQ(push_origin(places, "https://wns2-by3p.notify.windows.com/w/?token=a%2b"), "https://wns2-by3p.notify.windows.com");
    for (auto const* wrong : { "", "x", "http://fcm.googleapis.com/a", "https://fcm.googleapis.com:8443/a", "https://u:p@fcm.googleapis.com/a", "https://fcm.googleapis.com@evil.example/a",
             "https://evil.example/fcm.googleapis.com", "https://fcm.googleapis.com.evil.example/a", "https://notify.windows.com/a", "https://xnotify.windows.com/a", "https://127.0.0.1/a",
             "https://localhost/a", "https://[::1]/a", "https://169.254.169.254/latest", "file:///etc/passwd", "gopher://fcm.googleapis.com/a", "https://fcm.googleapis.com/a b",
             "https://fcm.googleapis.com/\r\nHost: x", "https://fcm.googleapis.com\\@evil.example/", "https://evil.example#@fcm.googleapis.com/a" })
        EXPECT_FALSE(push_origin(places, wrong)) << wrong;
    EXPECT_FALSE(push_origin(places, "https://fcm.googleapis.com/" + std::string(1'000, 'x')));
}

TEST(PushAddress, of_this_machine_are_places_in_a_demonstration_and_nothing_else_is)
{
    PushPlaces const places { {}, true };
    EXPECT_EQ(push_origin(places, "http://127.0.0.1:8099/push/1"), "http://127.0.0.1:8099");
    for (auto const* wrong : { "https://fcm.googleapis.com/a", "http://127.0.0.1.evil.example/", "http://10.0.0.1/", "http://127.0.0.1@evil.example/" })
        EXPECT_FALSE(push_origin(places, wrong)) << wrong;
}

TEST(PushAddress, a_browser_tells_a_place_and_two_keys)
{
    PushPlaces const places { { "fcm.googleapis.com" } };
    auto const endpoint = std::string { "https://fcm.googleapis.com/fcm/send/abc" };
    EXPECT_TRUE(read_push_device(places, endpoint, browser_point, browser_auth));
    EXPECT_EQ(read_push_device(places, "https://evil.example/", browser_point, browser_auth).error().message_key, "outbox.push_service");
    for (auto const& [point, auth] : std::vector<std::pair<std::string, std::string>> { { "", browser_auth }, { browser_point, "" }, { browser_auth, browser_point }, { browser_point, "BTBZMqHH6r4Tts7J_aSI" },
             { std::string(5'000, 'A'), browser_auth } })
        EXPECT_EQ(read_push_device(places, endpoint, point, auth).error().message_key, "outbox.push_wrong");
}

TEST(PushAddress, closed_networks_are_known)
{
    for (auto const* open : { "8.8.8.8", "142.250.4.95", "172.15.255.255", "172.32.0.0", "100.63.255.255", "100.128.0.0", "2a00:1450:4001::5f", "2600::1", "2001:4860:4860::8888" })
        EXPECT_TRUE(is_public(open)) << open;
    for (auto const* closed : { "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.88.99.1",
             "192.168.1.1", "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.9", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
             "fe80::1", "fc00::1", "fd12::1", "ff02::1", "2001::1", "2001:db8::1", "2002:7f00:1::", "64:ff9b::7f00:1", "3fff::1" })
        EXPECT_FALSE(is_public(closed)) << closed;
    EXPECT_TRUE(is_public("::ffff:8.8.8.8"));
}
