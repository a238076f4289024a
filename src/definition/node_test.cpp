#include "definition/node.hpp"
#include <gtest/gtest.h>

namespace kpuhub::definition {

namespace {

std::string fault_of(std::string_view text)
{
    auto result = parse("test.yaml", text);
    if (result)
        return "read";
    return result.error().fields.at(0).field + " " + result.error().fields.at(0).message_key;
}

}

TEST(DefinitionNode, keeps_values_in_order_with_their_lines)
{
    auto root = parse("test.yaml", "a: 1\nb:\n  - x\n  - {c: \"0\"}\n").value();
    ASSERT_EQ(root.entries.size(), 2u);
    EXPECT_EQ(root["a"].text, "1");
    EXPECT_EQ(root["b"].items.at(1)["c"].text, "0");
    EXPECT_EQ(root["b"].items.at(1).line, 4);
    EXPECT_EQ(root["none"]["deeper"].kind, Node::Kind::Empty);
    EXPECT_FALSE(root.has("none"));
}

TEST(DefinitionNode, broken_text_is_a_fault_with_its_line)
{
    EXPECT_EQ(fault_of("a: 1\nb: [1, 2\n"), "test.yaml:3 definition.not_yaml");
    EXPECT_EQ(fault_of("a: 1\na: 2\n"), "test.yaml:2 definition.key_twice");
    EXPECT_EQ(fault_of("- 1\n"), "test.yaml:1 definition.not_map");
    EXPECT_EQ(fault_of(""), "test.yaml:1 definition.not_map");
    EXPECT_EQ(fault_of("[a, b]: 1\n"), "test.yaml:1 definition.key_not_text");
}

TEST(DefinitionNode, aliases_that_multiply_are_refused)
{
    std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
    for (int i = 1; i <= 9; ++i) {
        auto before = "*a" + std::to_string(i - 1);
        auto self = "a" + std::to_string(i);
        text += self + ": &" + self + " [";
        for (int j = 0; j < 10; ++j)
            text += (j ? ", " : "") + before;
        text += "]\n";
    }
    EXPECT_EQ(fault_of(text), "test.yaml:1 definition.shape_wrong");
}

TEST(DefinitionNode, aliases_and_second_documents_are_refused)
{
    EXPECT_EQ(fault_of("a: &x 1\nb: *x\n"), "test.yaml:1 definition.shape_wrong");
    EXPECT_EQ(fault_of("a: 1\n---\nb: 1\n"), "test.yaml:1 definition.shape_wrong");
}

TEST(DefinitionNode, a_text_over_one_mebibyte_is_refused_unread)
{
    EXPECT_EQ(fault_of("a: " + std::string(1 << 20, 'x')), "test.yaml:1 definition.too_large");
}

TEST(DefinitionNode, deep_nesting_is_refused)
{
    EXPECT_NE(fault_of("a: " + std::string(30, '[') + std::string(30, ']')).find("definition.too_large"), std::string::npos);
}

}
