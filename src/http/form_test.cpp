#include "http/form.hpp"
#include "http/limits.hpp"
#include "http/text_check.hpp"
#include "http/url.hpp"
#include <gtest/gtest.h>

using namespace kpuhub::http;

namespace {

Limits limits() { return embedded_limits().value(); }

}

TEST(Limits, compiled_into_the_program_are_whole)
{
    auto read = embedded_limits();
    ASSERT_TRUE(read) << read.error().detail;
    EXPECT_EQ(read->form_fields, 500u);
    EXPECT_EQ(read->header, std::chrono::seconds { 8 });
}

TEST(Limits, without_an_entry_or_with_an_unknown_one_do_not_start)
{
    EXPECT_FALSE(read_limits("limits: {connections: {number: 5}}"));
    EXPECT_FALSE(read_limits("[]"));
    EXPECT_FALSE(read_limits("{{"));
}

TEST(Text, overlong_and_broken_utf8_is_refused)
{
    EXPECT_TRUE(acceptable_text("Keputusan \xE2\x80\x93 \xF0\x9F\x8C\xBF\n"));
    EXPECT_FALSE(acceptable_text("\xC0\xAF"));
    EXPECT_FALSE(acceptable_text("\xE0\x80\xAF"));
    EXPECT_FALSE(acceptable_text("\xED\xA0\x80"));
    EXPECT_FALSE(acceptable_text("\xF4\x90\x80\x80"));
    EXPECT_FALSE(acceptable_text("\xE2\x80"));
    EXPECT_FALSE(acceptable_text("\x80"));
}

TEST(Text, control_signs_are_refused)
{
    EXPECT_FALSE(acceptable_text(std::string_view("a\0b", 3)));
    EXPECT_FALSE(acceptable_text("a\x1B[31m"));
    EXPECT_FALSE(acceptable_text("a\x7F"));
    EXPECT_FALSE(acceptable_text("a\xC2\x85"));
    EXPECT_FALSE(acceptable_line("a\nb"));
}

TEST(Form, is_read_in_order_with_repeated_names)
{
    auto fields = read_urlencoded("a=1&b=Kota+Bekasi%20%26&a=2&&empty=&alone", limits());
    ASSERT_TRUE(fields);
    EXPECT_EQ(fields->text("b"), "Kota Bekasi &");
    EXPECT_EQ(fields->all("a"), (std::vector<std::string> { "1", "2" }));
    EXPECT_EQ(fields->integer("a"), 1);
    EXPECT_EQ(fields->integer("b"), std::nullopt);
    EXPECT_EQ(fields->find("alone"), "");
    EXPECT_EQ(fields->find("none"), std::nullopt);
}

TEST(Form, with_broken_escapes_or_hidden_signs_is_refused)
{
    EXPECT_FALSE(read_urlencoded("a=%2", limits()));
    EXPECT_FALSE(read_urlencoded("a=%zz", limits()));
    EXPECT_FALSE(read_urlencoded("a=%00", limits()));
    EXPECT_FALSE(read_urlencoded("a=%C0%AF", limits()));
    EXPECT_FALSE(read_urlencoded("a%0A=1", limits()));
    EXPECT_TRUE(read_urlencoded("a=line%0D%0Aline", limits()));
}

TEST(Form, with_more_than_500_fields_is_refused)
{
    std::string body;
    for (int count = 0; count < 500; ++count)
        body += "a=1&";
    EXPECT_TRUE(read_urlencoded(body, limits()));
    auto more = read_urlencoded(body + "a=1", limits());
    ASSERT_FALSE(more);
    EXPECT_EQ(more.error().message_key, "http.form.too_many");
}

TEST(JsonForm, gives_the_same_fields)
{
    auto fields = read_json_form(R"({"a": "x", "n": -7, "big": 9007199254740993, "yes": true, "no": false, "nothing": null, "list": ["1", 2]})", limits());
    ASSERT_TRUE(fields);
    EXPECT_EQ(fields->text("a"), "x");
    EXPECT_EQ(fields->integer("n"), -7);
    EXPECT_EQ(fields->integer("big"), 9007199254740993);
    EXPECT_EQ(fields->text("yes"), "1");
    EXPECT_EQ(fields->text("no"), "0");
    EXPECT_EQ(fields->find("nothing"), std::nullopt);
    EXPECT_EQ(fields->all("list"), (std::vector<std::string> { "1", "2" }));
}

TEST(JsonForm, that_is_deep_or_no_object_is_refused)
{
    EXPECT_FALSE(read_json_form("[1]", limits()));
    EXPECT_FALSE(read_json_form("1", limits()));
    EXPECT_FALSE(read_json_form("null", limits()));
    EXPECT_FALSE(read_json_form("", limits()));
    EXPECT_FALSE(read_json_form(R"({"a": {"b": 1}})", limits()));
    EXPECT_FALSE(read_json_form(R"({"a": [[1]]})", limits()));
    EXPECT_FALSE(read_json_form(R"({"a": 1, "a": 2})", limits()));
    EXPECT_FALSE(read_json_form(R"({"a": "\u0000"})", limits()));
    EXPECT_FALSE(read_json_form(R"({"a": 1} x)", limits()));
    EXPECT_FALSE(read_json_form(std::string(100'000, '['), limits()));
    EXPECT_FALSE(read_json_form(R"({"a":)" + std::string(100'000, '['), limits()));
}

TEST(Path, that_climbs_out_is_refused)
{
    for (auto const* path : { "/../etc/passwd", "/a/../b", "/a/..", "/%2e%2e/a", "/a/%2E%2E", "/.", "/a/./b", "/a//b", "//a", "/a%2fb",
             "/a%2Fb", "/a\\b", "/a%5Cb", "/a%00", "/a%0d%0a", "/%C0%AE%C0%AE/", "a", "", "/a%", "/a\xFF" })
        EXPECT_FALSE(read_path(path)) << path;
    EXPECT_EQ(read_path("/").value(), "/");
    EXPECT_EQ(read_path("/units/1571/plans/2026").value(), "/units/1571/plans/2026");
    EXPECT_EQ(read_path("/a%20b+c/...").value(), "/a b+c/...");
}

TEST(Target, of_another_site_is_not_followed)
{
    for (auto const* target : { "https://evil.example/", "//evil.example/", "/\\evil.example", "/%2F/evil", "javascript:alert(1)", "", "/a\r\nb", "/../x" })
        EXPECT_FALSE(local_target(target)) << target;
    EXPECT_EQ(local_target("/plans?month=6"), "/plans?month=6");
}

TEST(Percent, coding_comes_back_the_same)
{
    std::string all;
    for (int byte = 0; byte < 256; ++byte)
        all += static_cast<char>(byte);
    EXPECT_EQ(percent_decode(percent_encode(all)), all);
}
