#include "record/receipt.hpp"
#include <gtest/gtest.h>

namespace kpuhub::record {

TEST(Receipt, the_same_form_gives_the_same_code_and_another_form_another)
{
    auto const code = receipt_code("kunci-satu");
    EXPECT_EQ(code.size(), 16U);
    EXPECT_EQ(receipt_code("kunci-satu"), code);
    EXPECT_NE(receipt_code("kunci-dua"), code);
}

TEST(Receipt, a_code_is_read_as_people_type_it)
{
    for (auto const* secret : { "a", "b", "c", "d", "e", "f", "g" }) {
        auto const code = receipt_code(secret);
        auto const tidy = tidy_receipt(code);
        ASSERT_TRUE(tidy) << code;
        std::string typed;
        for (char sign : code)
            typed += sign == '0' ? 'o' : sign == '1' ? 'l' : sign >= 'A' && sign <= 'Z' ? static_cast<char>(sign - 'A' + 'a') : sign == '-' ? ' ' : sign;
        if (code.back() != '0' && code.back() != '1')
            EXPECT_EQ(tidy_receipt(typed), tidy) << typed;
    }
}

TEST(Receipt, a_wrong_symbol_or_length_is_no_code)
{
    auto code = *tidy_receipt(receipt_code("a"));
    EXPECT_FALSE(tidy_receipt(""));
    EXPECT_FALSE(tidy_receipt(code.substr(1)));
    EXPECT_FALSE(tidy_receipt(code + "A"));
    EXPECT_FALSE(tidy_receipt("../../etc/pass"));
    EXPECT_FALSE(tidy_receipt(std::string(1 << 16, 'A')));
    for (std::size_t at = 0; at < 12; ++at) {
        auto wrong = code;
        wrong[at] = wrong[at] == '7' ? '8' : '7';
        EXPECT_FALSE(tidy_receipt(wrong)) << wrong;
    }
}

TEST(Receipt, what_is_stored_does_not_show_the_code)
{
    auto const digest = receipt_digest("ABC");
    EXPECT_EQ(digest.size(), 64U);
    EXPECT_EQ(receipt_digest("ABC"), digest);
    EXPECT_NE(receipt_digest("ABD"), digest);
}

}
