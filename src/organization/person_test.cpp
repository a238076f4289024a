#include "organization/person.hpp"
#include <gtest/gtest.h>

using namespace kpuhub;
using namespace kpuhub::organization;

static std::vector<std::string> wrong_fields(PersonDraft const& draft)
{
    std::vector<std::string> fields;
    for (auto const& fault : faults_of(tidy(draft)))
        fields.push_back(fault.field);
    return fields;
}

TEST(Person, a_nip_holds_a_birth_date_that_exists_and_a_month_of_appointment)
{
    EXPECT_TRUE(is_nip("198502172010121003"));
    EXPECT_FALSE(is_nip("198502302010121003"));
    EXPECT_FALSE(is_nip("198502172010131003"));
    EXPECT_FALSE(is_nip("198502171990121003")) << "appointed as a child";
    EXPECT_FALSE(is_nip("198502172010123003")) << "sex is 1 or 2";
    EXPECT_FALSE(is_nip("198502172010121000"));
    EXPECT_FALSE(is_nip("19850217201012100"));
    EXPECT_FALSE(is_nip("19850217201012100a"));
    EXPECT_FALSE(is_nip(""));
}

TEST(Person, the_number_of_a_pppk_counts_contracts_where_a_nip_has_the_month)
{
    EXPECT_TRUE(is_pppk_number("199003052024211007"));
    EXPECT_FALSE(is_pppk_number("199003052024121007"));
    EXPECT_FALSE(is_nip("199003052024211007"));
}

TEST(Person, a_nip_may_be_written_with_blanks_and_dots)
{
    PersonDraft draft { "  Siti   Rahma ", "pns", "19850217 201012 1 003", {}, {}, {} };
    EXPECT_TRUE(wrong_fields(draft).empty());
    EXPECT_EQ(tidy(draft).name, "Siti Rahma");
}

TEST(Person, commissioners_and_ppnpn_need_no_number_and_may_have_no_nip)
{
    EXPECT_TRUE(wrong_fields({ "Andi", "commissioner", {}, {}, {}, {} }).empty());
    EXPECT_TRUE(wrong_fields({ "Andi", "ppnpn", {}, {}, {}, {} }).empty());
    EXPECT_EQ(wrong_fields({ "Andi", "ppnpn", "198502172010121003", {}, {}, {} }), std::vector<std::string> { "nip" });
    EXPECT_EQ(wrong_fields({ "Andi", "pns", {}, {}, {}, {} }), std::vector<std::string> { "nip" });
}

TEST(Person, all_wrong_fields_are_told_at_once)
{
    std::vector<std::string> expected { "name", "employment", "email" };
    EXPECT_EQ(wrong_fields({ " ", "boss", {}, {}, "nobody", {} }), expected);
}
