#include "account/password.hpp"
#include "account/session.hpp"
#include "account/sign_in.hpp"
#include <gtest/gtest.h>
#include <set>

using namespace kpuhub;

static std::string refusal(std::string_view password, std::vector<std::string> const& own = { "Siti Aminah", "siti", "199001052099011905" })
{
    auto answer = account::acceptable_password(password, own);
    return answer ? "" : answer.error().message_key;
}

TEST(Password, has_at_least_twelve_signs_and_at_most_256_bytes)
{
    EXPECT_EQ(refusal("sebelas-11x"), "account.password.short");
    EXPECT_EQ(refusal("dua-belas-12"), "");
    EXPECT_EQ(refusal("ééééééééééé"), "account.password.short");     // eleven signs, twenty-two bytes
    EXPECT_EQ(refusal("éèêëéèêëéèêë"), "");
    std::string longest;
    for (int i = 0; i < 256; ++i)
        longest += static_cast<char>('a' + i * 7 % 26);
    EXPECT_EQ(refusal(longest), "");
    EXPECT_EQ(refusal(longest + "z"), "account.password.long");
}

TEST(Password, does_not_hold_the_persons_own_names_and_numbers)
{
    EXPECT_EQ(refusal("SITI-pergi-ke-pasar"), "account.password.own_words");
    EXPECT_EQ(refusal("aminah-di-kantor"), "account.password.own_words");
    EXPECT_EQ(refusal("x199001052099011905"), "account.password.own_words");
}

TEST(Password, is_none_that_everybody_tries_first)
{
    for (auto const* common : { "password1234", "Password12345", "qwertyuiop12", "123456789012", "indonesia2026", "aaaaaaaaaaaa", "administrator1", "jakarta123456" })
        EXPECT_EQ(refusal(common), "account.password.common") << common;
    for (auto const* good : { "kopi-pahit-pukul-tujuh", "gajah.naik.sepeda", "Indonesia raya merdeka 17" })
        EXPECT_EQ(refusal(good), "") << good;
}

TEST(Password, is_kept_as_argon2id_of_64_MiB_with_a_salt_of_its_own)
{
    auto hash = account::hash_password("kopi-pahit-pukul-tujuh");
    EXPECT_TRUE(hash.starts_with("$argon2id$v=19$m=65536,t=2,p=1$")) << hash;
    EXPECT_NE(hash, account::hash_password("kopi-pahit-pukul-tujuh"));
    EXPECT_TRUE(account::verify_password(hash, "kopi-pahit-pukul-tujuh"));
    EXPECT_FALSE(account::verify_password(hash, "kopi-pahit-pukul-tujuH"));
    EXPECT_FALSE(account::verify_password("", ""));
    EXPECT_FALSE(account::verify_password(hash, std::string(1'000'000, 'a')));
    EXPECT_FALSE(account::verify_password(account::nobody_hash(), ""));
}

TEST(Password, tokens_have_256_bits_and_do_not_repeat)
{
    std::set<std::string> tokens;
    for (int i = 0; i < 1'000; ++i) {
        auto token = account::random_token();
        EXPECT_EQ(token.size(), 43u);
        EXPECT_EQ(token.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"), std::string::npos);
        tokens.insert(token);
    }
    EXPECT_EQ(tokens.size(), 1'000u);
    EXPECT_EQ(account::token_hash("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(SignInDelay, doubles_from_the_fifth_failure_to_a_minute)
{
    std::vector<std::int64_t> const expected { 0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60 };
    for (std::size_t failures = 0; failures < expected.size(); ++failures)
        EXPECT_EQ(account::delay_after(static_cast<std::int64_t>(failures)), expected[failures]) << failures;
    EXPECT_EQ(account::delay_after(1'000'000), 60);
}

TEST(SessionList, names_devices_in_words_and_never_repeats_what_the_browser_said)
{
    EXPECT_EQ(account::device_of("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36"), "Chrome, Android");
    EXPECT_EQ(account::device_of("<script>alert(1)</script>"), "Peramban");
}
