#include "core/embedded.hpp"
#include "definition/node.hpp"
#include "time/date.hpp"
#include <gtest/gtest.h>
#include <cstdlib>
#include <map>
#include <set>

namespace kpuhub::definition {

namespace {

std::vector<EmbeddedFile> definition_files()
{
    std::vector<EmbeddedFile> files;
    for (auto const& file : embedded_files())
        if (file.path.starts_with("definitions/") && file.path.ends_with(".yaml"))
            files.push_back(file);
    return files;
}

}

TEST(Definitions, every_file_is_valid_yaml)
{
    auto const files = definition_files();
    EXPECT_GE(files.size(), 10u);
    for (auto const& file : files) {
        auto root = parse(file.path, file.bytes);
        EXPECT_TRUE(root) << root.error().fields.at(0).field << " " << root.error().fields.at(0).message_key;
    }
}

/// limits.yaml is no rule of others: it gives the reason beside each number instead of a source.
TEST(Definitions, every_file_has_its_own_id_a_version_a_date_and_a_source)
{
    std::set<std::string> ids;
    for (auto const& file : definition_files()) {
        if (file.path.ends_with("/limits.yaml"))
            continue;
        auto const root = parse(file.path, file.bytes).value();
        EXPECT_TRUE(ids.insert(root["id"].text).second) << file.path << ": id \"" << root["id"].text << "\" is empty or stands elsewhere";
        EXPECT_FALSE(root["source"].text.empty()) << file.path;
        EXPECT_TRUE(time::Date::from_iso(root["valid_from"].text)) << file.path;
        EXPECT_GT(std::atoi(root["version"].text.c_str()), 0) << file.path;
    }
    EXPECT_FALSE(ids.contains(""));
}

/// Dated sets of one level follow each other without overlap; only the last is open.
TEST(Definitions, sub_division_sets_have_no_gap_and_no_overlap)
{
    auto root = parse("subdivisions.yaml", embedded_file("definitions/plan_shapes/subdivisions.yaml")).value();
    std::map<std::string, std::map<std::string, std::string>> spans;   // level -> from -> to
    for (auto const& set : root["sets"].items) {
        EXPECT_TRUE(set["certainty"].text == "verified" || set["certainty"].text == "memory") << "line " << set.line;
        std::set<std::string> keys;
        for (auto const& entry : set["subdivisions"].items) {
            EXPECT_TRUE(keys.insert(entry["key"].text).second) << "line " << entry.line;
            EXPECT_FALSE(entry["name"].text.empty() || entry["short"].text.empty()) << "line " << entry.line;
            EXPECT_TRUE(!entry.has("parent") || keys.contains(entry["parent"].text)) << "line " << entry.line;
        }
        spans[set["level"].text][set["from"].text] = set.has("to") ? set["to"].text : "";
    }
    EXPECT_EQ(spans.size(), 3u);
    for (auto const& [level, sets] : spans) {
        for (auto here = sets.begin(); std::next(here) != sets.end(); ++here) {
            auto last = time::Date::from_iso(here->second);
            ASSERT_TRUE(last) << level << " from " << here->first << " has no end";
            EXPECT_EQ(last->plus(std::chrono::days { 1 }).iso(), std::next(here)->first) << level;
        }
        EXPECT_EQ(sets.rbegin()->second, "") << level << " is not open at its end";
    }
}

TEST(Definitions, the_eight_areas_are_named_once_and_each_spelling_means_one_area)
{
    auto root = parse("areas.yaml", embedded_file("definitions/plan_shapes/areas.yaml")).value();
    std::set<std::string> spellings;
    int number = 0;
    for (auto const& area : root["areas"].items) {
        EXPECT_EQ(area["no"].text, std::to_string(++number));
        EXPECT_TRUE(spellings.insert(area["name"].text).second) << "line " << area.line;
        for (auto const& other : area["spelled"].items)
            EXPECT_TRUE(spellings.insert(other.text).second) << "line " << other.line;
    }
    EXPECT_EQ(number, 8);
}

}
