#include "evidence/evidence.hpp"
#include <gtest/gtest.h>

using namespace kpuhub;
using namespace kpuhub::evidence;

TEST(EvidenceAddress, a_bare_host_becomes_https)
{
    EXPECT_EQ(checked_address("  jdih.kpu.go.id/kalbar?a=1#b ").value(), "https://jdih.kpu.go.id/kalbar?a=1#b");
    EXPECT_EQ(checked_address("HTTP://KPU.go.id:8080").value(), "http://kpu.go.id:8080");
    EXPECT_EQ(checked_address("localhost:8080/a").value(), "https://localhost:8080/a");
}

TEST(EvidenceAddress, only_web_addresses_are_taken)
{
    for (auto const* bad : { "javascript:alert(1)", "JavaScript://x/%0aalert(1)", "data:text/html,x", "file:///etc/passwd",
             "mailto:a@b.c", "ftp://a.b/c" })
        EXPECT_EQ(checked_address(bad).error(), "evidence.address.scheme") << bad;
    EXPECT_EQ(checked_address("https://user:secret@kpu.go.id/").error(), "evidence.address.password");
    EXPECT_EQ(checked_address("https://kpu.go.id@evil.example/").error(), "evidence.address.password");
    for (auto const* bad : { "https://", "https:///a", "https://a b/", "https://-a/", "https://a..b/", "https://a:99999999/", "https://\xc3\xa0.id/" })
        EXPECT_EQ(checked_address(bad).error(), "evidence.address.host") << bad;
    EXPECT_EQ(checked_address("https://a.id/" + std::string(2000, 'a')).error(), "evidence.address.long");
    EXPECT_EQ(checked_address(" ").error(), "evidence.address.empty");
}

TEST(EvidenceAddress, signs_that_could_leave_an_attribute_are_encoded)
{
    EXPECT_EQ(checked_address("https://a.id/\"><script>\xc3\xa9 x").value(), "https://a.id/%22%3E%3Cscript%3E%C3%A9%20x");
    EXPECT_EQ(host_of("https://a.id:80/x"), "a.id");
    EXPECT_EQ(host_of("https://a.id"), "a.id");
}

TEST(EvidenceForm, a_title_is_proposed_from_what_is_brought)
{
    EXPECT_EQ(checked({ .kind = Kind::Link, .title = "", .address = "jdih.kpu.go.id/" }).value().title, "jdih.kpu.go.id");
    EXPECT_EQ(checked({ .kind = Kind::Reference, .title = " ", .paper = { "SK", "12 TAHUN 2022", {} } }).value().title, "SK 12 TAHUN 2022");
    EXPECT_EQ(checked({ .kind = Kind::File, .title = "", .file = { .name = "daftar hadir.pdf" } }).value().title, "daftar hadir.pdf");
}

TEST(EvidenceForm, all_wrong_fields_are_told_at_once)
{
    Proof proof { .kind = Kind::Reference, .title = std::string(301, 'a') };
    proof.covers_from = time::Date::of(2022, 6, 30);
    proof.covers_to = time::Date::of(2022, 6, 1);
    auto fault = checked(proof).error();
    ASSERT_EQ(fault.fields.size(), 4U);
    EXPECT_EQ(fault.fields[0].field, "paper_kind");
    EXPECT_EQ(fault.fields[1].field, "paper_number");
    EXPECT_EQ(fault.fields[2].field, "title");
    EXPECT_EQ(fault.fields[3].message_key, "evidence.covers.order");
}
