#include "text/escape.hpp"
#include "text/messages.hpp"
#include "text/normal.hpp"
#include "text/number.hpp"
#include "text/utf8.hpp"
#include "text/yaml_shape.hpp"
#include <gtest/gtest.h>

namespace kpuhub::text {

constexpr auto id = Language::Indonesian;
constexpr auto en = Language::English;

TEST(Escape, html_signs_become_entities_in_text_and_attributes)
{
    EXPECT_EQ(escaped_html("<a href=\"x\" title='y'>&`"), "&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;&#96;");
    EXPECT_EQ(escaped_html("Rencana Aksi"), "Rencana Aksi");
}

TEST(Escape, json_text_survives_any_bytes)
{
    std::string out;
    escape_json(out, "a\"b\\\n\x01</script>\xE2\x80\xA8\xFFz");
    EXPECT_EQ(out, "\"a\\\"b\\\\\\n\\u0001\\u003c/script>\\u2028\xEF\xBF\xBDz\"");
}

TEST(Escape, a_cell_that_a_spreadsheet_would_run_becomes_text)
{
    EXPECT_EQ(csv_cell("=1+1"), "\"'=1+1\"");
    EXPECT_EQ(csv_cell("@SUM(A1)"), "\"'@SUM(A1)\"");
    EXPECT_EQ(csv_cell("-cmd"), "\"'-cmd\"");
    EXPECT_EQ(csv_cell("+62 812"), "\"'+62 812\"");
    EXPECT_EQ(csv_cell("\ttab"), "\"'\ttab\"");
    EXPECT_EQ(csv_cell("-12,5"), "\"-12,5\"");
    EXPECT_EQ(csv_cell("-12"), "-12");
    EXPECT_EQ(csv_cell("kata \"ini\""), "\"kata \"\"ini\"\"\"");
    EXPECT_EQ(csv_cell("biasa"), "biasa");
    EXPECT_EQ(csv_cell(""), "");
}

TEST(Escape, a_part_of_an_address_is_percent_encoded)
{
    EXPECT_EQ(url_part("TW II/2022&x"), "TW%20II%2F2022%26x");
}

TEST(Utf8, cut_overlong_and_surrogate_bytes_are_replacement_signs)
{
    for (std::string_view bad : { "\xC0\xAF", "\xE0\x80\x80", "\xED\xA0\x80", "\xF5\x80\x80\x80", "\xE2\x82" }) {
        std::size_t at = 0;
        EXPECT_EQ(next_sign(bad, at), replacement_sign);
        EXPECT_EQ(at, 1u);
    }
    EXPECT_EQ(sign_count("Médan\xF0\x9F\x98\x80"), 6u);
}

TEST(Number, thousands_and_shares_are_written_as_each_language_does)
{
    EXPECT_EQ(number(1214, id), "1.214");
    EXPECT_EQ(number(1214, en), "1,214");
    EXPECT_EQ(number(-1000000, id), "-1.000.000");
    EXPECT_EQ(number(INT64_MIN, id), "-9.223.372.036.854.775.808");
    EXPECT_EQ(percent(8, 9, id), "88,89 %");
    EXPECT_EQ(percent(8, 9, en), "88.89%");
    EXPECT_EQ(percent(4, 5, id), "80 %");
    EXPECT_EQ(percent(1, 0, id), "\u2013");
    EXPECT_EQ(percent(0, 7, id), "0 %");
    EXPECT_EQ(rupiah(450000, id), "Rp 450.000");
    EXPECT_EQ(rupiah(-450000, en), "-Rp 450,000");
}

TEST(Number, a_share_is_rounded_half_up_without_floating_point)
{
    EXPECT_EQ(hundredths_of_percent(1, 20'000), 1);         // 0.005 %
    EXPECT_EQ(hundredths_of_percent(1, 20'001), 0);
    EXPECT_EQ(hundredths_of_percent(2, 3), 6667);
    EXPECT_EQ(hundredths_of_percent(-1, 20'000), -1);
    EXPECT_EQ(hundredths_of_percent(900'000'000'000'000'000, 900'000'000'000'000'000), 10'000);
}

TEST(Number, sizes_read_as_people_say_them)
{
    EXPECT_EQ(size(999, id), "999 B");
    EXPECT_EQ(size(640'400, id), "640 kB");
    EXPECT_EQ(size(3'900'000, id), "3,9 MB");
    EXPECT_EQ(size(3'900'000, en), "3.9 MB");
    EXPECT_EQ(size(50'000'000, id), "50 MB");
    EXPECT_EQ(size(1'250'000'000, id), "1,3 GB");
}

TEST(Normal, search_form_ignores_case_marks_and_punctuation)
{
    EXPECT_EQ(normal("  PL.02-Kpt/3510  Résumé "), "pl 02 kpt 3510 resume");
    EXPECT_EQ(normal("Jum\xE2\x80\x99""at"), "jum at");
    EXPECT_EQ(normal("Jum'at"), "jumat");
    EXPECT_EQ(normal("ÆØŁšŽ"), "aeolsz");
    EXPECT_EQ(normal("\xFF\xFE"), "");
}

TEST(Normal, likeness_is_full_for_the_same_words_and_low_for_others)
{
    EXPECT_EQ(likeness("Reviu Renstra", "reviu  RENSTRA."), 1000);
    EXPECT_GT(likeness("Persentase pelaporan LHKPN", "Persentase (%) pelaporan LHKPN Satker"), 750);
    EXPECT_LT(likeness("Reviu Renstra", "Pengelolaan JDIH"), 300);
    EXPECT_EQ(likeness("", "a"), 0);
}

TEST(Normal, initials_leave_titles_out)
{
    EXPECT_EQ(initials("Maria Goreti Lestari"), "ML");
    EXPECT_EQ(initials("Dr. H. Andi Wijaya, S.H., M.H."), "AW");
    EXPECT_EQ(initials("suparman"), "S");
    EXPECT_EQ(initials(""), "?");
}

TEST(Messages, a_missing_key_is_loud_and_arguments_are_put_in)
{
    Messages::File const file { "a.yaml", "due: {id: \"Jatuh tempo {0}, {1} bukti\", en: \"Due {0}, {1} proofs\"}\n" };
    auto const messages = Messages::create({ &file, 1 });
    ASSERT_TRUE(messages) << messages.error().detail;
    std::string const arguments[] = { "30 Juni", "3" };
    EXPECT_EQ(messages->text("due", id, arguments), "Jatuh tempo 30 Juni, 3 bukti");
    EXPECT_EQ(messages->text("due", en, { arguments, 1 }), "Due 30 Juni, {1} proofs");
    EXPECT_EQ(messages->text("nothing.here", id), "[[nothing.here]]");
}

TEST(Messages, a_faulty_file_names_its_place)
{
    auto fault_of = [](std::string_view yaml) {
        Messages::File const file { "b.yaml", yaml };
        auto const messages = Messages::create({ &file, 1 });
        return messages ? std::string { "none" } : messages.error().detail;
    };
    EXPECT_EQ(fault_of("a: {id: x}"), "b.yaml: a: not of the form {id: ..., en: ...}");
    EXPECT_EQ(fault_of("a: {id: x, en: \"\"}"), "b.yaml: a: no text in 'en'");
    EXPECT_NE(fault_of("a: {id: x, en: y}\na: {id: x, en: y}").find("key twice"), std::string::npos);
    EXPECT_NE(fault_of("a: &x {id: x, en: y}").find("anchor"), std::string::npos);
    EXPECT_NE(fault_of("- a").find("not a map"), std::string::npos);
}

TEST(Messages, those_of_the_program_load)
{
    EXPECT_NO_THROW({
        auto const messages = Messages::embedded();
        EXPECT_EQ(messages.text("words.days_past", id, std::array<std::string, 1> { "15" }), "lewat 15 hari");
    });
}

TEST(YamlShape, depth_size_aliases_and_two_documents_are_refused)
{
    EXPECT_TRUE(check_yaml("a: {b: [1, 2]}"));
    EXPECT_TRUE(check_yaml(""));
    EXPECT_FALSE(check_yaml(std::string(21, '[') + std::string(21, ']')));
    EXPECT_FALSE(check_yaml(std::string(100'000, '[')));
    EXPECT_FALSE(check_yaml("a: 1\n---\nb: 2\n"));
    EXPECT_FALSE(check_yaml("a: *x"));
    EXPECT_FALSE(check_yaml("a: [1"));
    EXPECT_FALSE(check_yaml("abcdef", { .bytes = 5 }));
}

}
