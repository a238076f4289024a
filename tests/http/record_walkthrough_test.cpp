#include "http/url.hpp"
#include "support/paths.hpp"
#include "support/registers.hpp"
#include <fstream>
#include <gmock/gmock.h>
#include <sstream>

using namespace kpuhub;
using namespace kpuhub::testing;

namespace {

std::string page()
{
    std::ifstream file(source_folder() + "/docs/registers-walkthrough.md", std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

/// What stands between "```<kind>" and the end of that block.
std::string block(std::string const& text, std::string const& kind)
{
    auto begin = text.find("```" + kind + "\n");
    EXPECT_NE(begin, std::string::npos) << kind;
    begin = text.find('\n', begin) + 1;
    return text.substr(begin, text.find("```", begin) - begin);
}

void replace(std::string& text, std::string const& from, std::string const& to)
{
    if (auto at = text.find(from); at != std::string::npos)
        text.replace(at, from.size(), to);
}

/// "f.visitor=Ahmad+Dahlan f.need=information"
std::vector<std::pair<std::string, std::string>> fields(std::string const& words)
{
    std::vector<std::pair<std::string, std::string>> form;
    std::istringstream stream(words);
    for (std::string word; stream >> word;) {
        auto value = word.substr(word.find('=') + 1);
        std::replace(value.begin(), value.end(), '+', ' ');
        form.emplace_back(word.substr(0, word.find('=')), value);
    }
    return form;
}

}

TEST(RegisterWalkthrough, the_page_does_what_it_says)
{
    Hub hub;
    auto text = page();
    publish_registers(*hub.database, { { "visitor_book.yaml", block(text, "yaml") } });
    std::map<std::string, CookieJar*> people { { "andreas", &hub.andreas }, { "siti", &hub.siti }, { "yuli", &hub.yuli }, { "budi", &hub.budi }, { "guest", &hub.nobody } };
    std::string record;
    std::istringstream lines(block(text, "steps"));
    int steps = 0;
    for (std::string line; std::getline(lines, line); ++steps) {
        SCOPED_TRACE(line);
        replace(line, "{record}", record);
        if (!record.empty())
            replace(line, "{version}", std::to_string(hub.count("SELECT version FROM subject WHERE id = " + record.substr(9))));
        auto arrow = line.find(" -> ");
        ASSERT_NE(arrow, std::string::npos);
        std::istringstream words(line.substr(0, arrow));
        std::string person, method, address, rest;
        words >> person >> method >> address;
        std::getline(words, rest);
        auto answer = method == "GET" ? get(hub, *people.at(person), address) : post(hub, *people.at(person), address, fields(rest));
        auto expected = line.substr(arrow + 4);
        EXPECT_EQ(std::to_string(answer.status), expected.substr(0, 3)) << answer.body.substr(0, 1500);
        if (expected.size() > 4) {
            EXPECT_THAT(answer.body, ::testing::HasSubstr(expected.substr(4)));
        }
        if (auto place = answer.header("Location"); place.starts_with("/records/"))
            record = place.substr(0, place.find('?'));
    }
    EXPECT_GE(steps, 10);
}

/// The page shows the file that comes with the program, word for word.
TEST(RegisterWalkthrough, the_page_shows_the_file_of_the_program)
{
    std::ifstream file(source_folder() + "/definitions/registers/visitor_book.yaml", std::ios::binary);
    std::ostringstream shipped;
    shipped << file.rdbuf();
    EXPECT_EQ(block(page(), "yaml"), shipped.str());
}
