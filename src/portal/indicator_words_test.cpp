#include "portal/indicator_words.hpp"
#include "core/embedded.hpp"
#include "definition/node.hpp"
#include <gmock/gmock.h>

namespace kpuhub::portal {

namespace {

using definition::Register;

std::vector<EmbeddedFile> files_of(std::string_view folder)
{
    std::vector<EmbeddedFile> files;
    for (auto const& file : embedded_files())
        if (file.path.starts_with(folder) && file.path.ends_with(".yaml"))
            files.push_back(file);
    return files;
}

std::map<std::string, Register> registers_of_the_program()
{
    definition::KnownNames names { definition::known_roles(), {} };
    for (auto const& file : files_of("definitions/registers/"))
        names.registers.insert(definition::parse(file.path, file.bytes).value()["id"].text);
    std::map<std::string, Register> registers;
    for (auto const& file : files_of("definitions/registers/"))
        if (auto made = definition::load_register(file.path, file.bytes, names))
            registers.emplace(made->id, *made);
    return registers;
}

}

TEST(IndicatorWords, every_indicator_of_the_program_is_explained_in_both_languages)
{
    auto const registers = registers_of_the_program();
    auto const messages = text::Messages::embedded();
    for (auto const& file : files_of("definitions/indicators/")) {
        auto const made = definition::load_indicator(file.path, file.bytes, [&](std::string_view id) -> Register const* {
            auto found = registers.find(std::string { id });
            return found == registers.end() ? nullptr : &found->second;
        });
        ASSERT_TRUE(made) << file.path;
        for (auto language : { text::Language::Indonesian, text::Language::English })
            for (auto const& sentence : IndicatorWords { *made, messages, language }.how())
                EXPECT_THAT(sentence, ::testing::Not(::testing::AnyOf(::testing::HasSubstr("[["), ::testing::HasSubstr("indicator.")))) << file.path;
    }
}

}
