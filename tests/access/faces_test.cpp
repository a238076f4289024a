#include "access/matrix.hpp"
#include "command/openapi.hpp"
#include "support/json_schema.hpp"
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

using namespace kpuhub;
using namespace kpuhub::testing;
using Json = nlohmann::json;

namespace {

/// A page as a person reads it, and what forms hold: entities undone, signs of the markup kept.
std::string shown_text(std::string html)
{
    for (auto const& [entity, sign] : std::initializer_list<std::pair<std::string, std::string>> {
             { "&lt;", "<" }, { "&gt;", ">" }, { "&quot;", "\"" }, { "&#39;", "'" }, { "&amp;", "&" } })
        for (auto at = html.find(entity); at != std::string::npos; at = html.find(entity, at + sign.size()))
            html.replace(at, entity.size(), sign);
    return html;
}

/// Texts of people in a JSON answer: with a blank in them, and neither an address nor a key of words. Ids, links and codes may
/// stand in the JSON alone (security: two faces).
void collect_texts(Json const& value, std::vector<std::string>& texts)
{
    if (value.is_string()) {
        auto const& text = value.get_ref<std::string const&>();
        if (text.find(' ') != std::string::npos && !text.starts_with('/'))
            texts.push_back(text);
    }
    if (value.is_structured())
        for (auto const& each : value)
            collect_texts(each, texts);
}

class TwoFaces : public Matrix {};

}

TEST_F(TwoFaces, show_the_same_person_the_same_texts_and_the_json_no_more)
{
    int compared = 0;
    for (auto const& route : hub.application().router().routes()) {
        if (route.schema == nullptr || table.is_public(route))
            continue;
        auto rule = table.of(route);
        for (auto const& [name, person] : people) {
            restore(rule);
            auto session = hub.sign_in(person);
            auto html = ask(route, rule, session);
            auto json = ask(route, rule, session, false, true);
            EXPECT_EQ(html.status, json.status) << key_of(route) << " as " << name;
            if (html.status != 200 || json.status != 200 || !json.header("Content-Type").starts_with("application/json"))
                continue;
            auto shown = shown_text(html.body);
            std::vector<std::string> texts;
            collect_texts(Json::parse(json.body), texts);
            for (auto const& text : texts) {
                EXPECT_NE(shown.find(text), std::string::npos) << key_of(route) << " as " << name << ": only in the JSON: " << text;
                ++compared;
            }
        }
    }
    EXPECT_GT(compared, 500);
}

TEST_F(TwoFaces, each_page_of_json_is_described_and_fits_its_schema)
{
    auto document = Json::parse(get(hub, hub.nobody, "/openapi.json").body);
    EXPECT_EQ(document["openapi"], "3.1.0");
    for (auto const& route : hub.application().router().routes()) {
        if (route.schema == nullptr)
            continue;
        auto described = document["paths"][route.pattern]["get"];
        ASSERT_TRUE(described.is_object()) << route.pattern;
        auto schema = described["responses"]["200"]["content"]["application/json"]["schema"];
        EXPECT_TRUE(schema.contains("properties") || schema.contains("anyOf")) << route.pattern;
        auto rule = table.of(route);
        if (table.is_public(route)) {
            auto answer = get(hub, hub.nobody, address_of(route, rule), true);
            if (answer.status == 200)
                EXPECT_THAT(against_schema(answer.body, schema.dump()), ::testing::IsEmpty()) << route.pattern;
            continue;
        }
        restore(rule);
        auto person = table.people(rule["may"]).contains("rb_secretary") ? hub.andreas : table.people(rule["may"]).contains("account_administrator") ? hub.admin_jar : hub.siti;
        auto answer = ask(route, rule, person, false, true);
        if (answer.status == 200)
            EXPECT_THAT(against_schema(answer.body, schema.dump()), ::testing::IsEmpty()) << route.pattern;
    }
    EXPECT_GT(document["paths"].size(), 40u);
}

TEST_F(TwoFaces, a_page_without_a_schema_gives_no_json)
{
    for (auto const& route : hub.application().router().routes()) {
        if (route.method != http::Method::Get || route.schema != nullptr || table.is_public(route))
            continue;
        auto rule = table.of(route);
        restore(rule);
        for (auto* person : { &hub.andreas, &hub.admin_jar, &hub.siti }) {
            auto answer = ask(route, rule, *person, false, true);
            EXPECT_FALSE(answer.status == 200 && answer.header("Content-Type").starts_with("application/json")) << key_of(route) << " gives JSON that no schema describes";
        }
    }
}

TEST(JsonSchemaCheck, finds_what_does_not_fit)
{
    constexpr auto schema = R"({"type":"object","properties":{"a":{"type":"integer"},"on":{"type":"string","format":"date"},"rows":{"type":"array","items":{"type":"string"}},
        "maybe":{"anyOf":[{"type":"string"},{"type":"null"}]}},"required":["a","on","rows","maybe"],"additionalProperties":false})";
    EXPECT_THAT(against_schema(R"({"a":1,"on":"2026-06-15","rows":["x"],"maybe":null})", schema), ::testing::IsEmpty());
    for (auto const* bad : { R"({"a":"1","on":"2026-06-15","rows":[],"maybe":null})", R"({"a":1,"on":"15 Juni","rows":[],"maybe":null})", R"({"a":1,"on":"2026-06-15","rows":[7],"maybe":null})",
             R"({"a":1,"on":"2026-06-15","rows":[],"maybe":3})", R"({"a":1,"on":"2026-06-15","rows":[]})", R"({"a":1,"on":"2026-06-15","rows":[],"maybe":null,"secret":1})" })
        EXPECT_EQ(against_schema(bad, schema).size(), 1u) << bad;
}
