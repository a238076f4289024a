#include "core/embedded.hpp"
#include "view/assets.hpp"
#include "view/parts.hpp"
#include "view/renderer.hpp"
#include "view/words.hpp"
#include <gmock/gmock.h>

namespace kpuhub::view {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

static text::Messages words_for_tests()
{
    text::Messages::File const file { "test.yaml", R"(
greet: {id: "Halo <{0}>", en: "Hello <{0}>"}
due: {id: "{0} dari {1}, batas {2}", en: "{0} of {1}, due {2}"}
state.sent: {id: "Diajukan", en: "Submitted"}
)" };
    return std::move(*text::Messages::create({ &file, 1 }));
}

struct Row {
    std::string name;
    std::optional<std::int64_t> late;
    void describe(Visitor& v) const
    {
        v.field("name", name);
        v.field("late", late);
    }
};

struct Sample {
    std::string title = "A & B";
    std::int64_t count = 1214;
    Year year { 2022 };
    time::Date due = time::Date::of(2022, 6, 30);
    Moment seen { { 1655172600000 }, time::Zone::Wib };
    Ratio share { 8, 9 };
    Money cost { 450000 };
    Link link { "/units/1571?a=1&b=2" };
    Choice state { "submitted", "state.sent" };
    Sentence sentence { "due", { std::int64_t { 1200 }, std::int64_t { 2000 }, time::Date::of(2022, 6, 30) } };
    SafeHtml chart { "<svg></svg>" };
    std::vector<Row> rows;
    std::vector<std::string> tags;
    std::optional<Row> owner;
    void describe(Visitor& v) const
    {
        v.field("title", title);
        v.field("count", count);
        v.field("year", year);
        v.field("due", due);
        v.field("seen", seen);
        v.field("share", share);
        v.field("cost", cost);
        v.field("link", link);
        v.field("state", state);
        v.field("sentence", sentence);
        v.field("chart", chart);
        v.list("rows", rows);
        v.list("tags", tags);
        v.field("owner", owner);
    }
};

class TemplateTest : public testing::Test {
protected:
    std::string shown(std::string_view text, Sample const& sample = {}, Language language = Language::Indonesian)
    {
        Renderer const renderer { messages, { { "page", text }, { "part", "[{{title}}]" } } };
        EXPECT_THAT(renderer.problems(), IsEmpty());
        return renderer.part("page", sample, language);
    }
    std::vector<std::string> problems(std::string_view text)
    {
        return Renderer { messages, { { "page", text } } }.problems();
    }
    std::vector<std::string> unknown(std::string_view text)
    {
        return Renderer { messages, { { "page", text } } }.unknown_names<Sample>("page");
    }
    text::Messages const messages = words_for_tests();
};

TEST_F(TemplateTest, typed_values_are_written_in_the_words_of_the_page)
{
    EXPECT_EQ(shown("{{title}}|{{count}}|{{year}}|{{due}}|{{seen}}|{{share}}|{{cost}}|{{state}}"),
        "A &amp; B|1.214|2022|Kamis, 30 Juni 2022|Selasa, 14 Juni 2022, 09.10 WIB|88,89 %|Rp 450.000|Diajukan");
    EXPECT_EQ(shown("{{count}}|{{due}}|{{share}}|{{state}}", {}, Language::English), "1,214|Thursday, 30 June 2022|88.89%|Submitted");
    EXPECT_EQ(shown("{{sentence}}"), "1.200 dari 2.000, batas Kamis, 30 Juni 2022");
}

TEST_F(TemplateTest, a_suffix_chooses_another_form_of_a_value)
{
    EXPECT_EQ(shown("{{count_code}}|{{due_code}}|{{due_short}}|{{due_day}}|{{share_n}}/{{share_of}}|{{state_code}}|{{cost_code}}"),
        "1214|2022-06-30|30 Juni 2022|30 Juni|8/9|submitted|450000");
    EXPECT_EQ(shown("{{seen_code}}|{{seen_time}}|{{seen_day}}|{{seen_day_code}}|{{seen_short}}"),
        "2022-06-14T02:10:00.000Z|09.10 WIB|Selasa, 14 Juni 2022|2022-06-14|14 Juni 2022, 09.10 WIB");
}

TEST_F(TemplateTest, sections_show_lists_parts_and_what_is_there)
{
    Sample sample;
    sample.rows = { { "satu", 0 }, { "dua", std::nullopt } };
    sample.tags = { "x", "<y>" };
    EXPECT_EQ(shown("{{#rows}}{{name}}{{#late}}:{{late}}{{/late}};{{/rows}}", sample), "satu:0;dua;");
    EXPECT_EQ(shown("{{#rows}}{{#has_late}}!{{/has_late}}{{/rows}}{{#has_rows}}ada{{/has_rows}}", sample), "ada");
    EXPECT_EQ(shown("{{#tags}}<b>{{.}}</b>{{/tags}}", sample), "<b>x</b><b>&lt;y&gt;</b>");
    EXPECT_EQ(shown("{{#owner}}ya{{/owner}}{{^owner}}tidak{{/owner}}{{^rows}}kosong{{/rows}}"), "tidakkosong");
    sample.owner = Row { "Siti", 3 };
    EXPECT_EQ(shown("{{#owner}}{{name}} {{title}}{{/owner}} {{owner.name}}", sample), "Siti A &amp; B Siti");
}

/// Described differently from one to the next: some have a name more, some no head.
struct Branch {
    int number = 0;
    std::vector<Row> rows {};
    std::optional<Row> head {};
    std::vector<std::string> tags {};
    void describe(Visitor& v) const
    {
        v.field("number", number);
        v.field("unseen", std::string(40, 'x'));
        if (number % 3 == 0)
            v.field("third", plain("ketiga"));
        v.list("rows", rows);
        v.field("head", head);
        v.list("tags", tags);
    }
};

struct Forest {
    std::string title = "hutan";
    std::vector<Branch> branches {};
    void describe(Visitor& v) const
    {
        v.field("title", title);
        v.list("branches", branches);
    }
};

TEST_F(TemplateTest, the_items_of_a_long_list_are_shown_as_those_of_a_short_one)
{
    Renderer const renderer { messages, { { "page", "{{#branches}}{{number}} {{title}}{{#has_rows}} [{{#rows}}{{name}}{{#late}}:{{late}}{{/late}},{{number}};{{/rows}}]{{/has_rows}}"
        "{{^rows}} kosong{{/rows}}{{#third}} {{third}}{{/third}}{{#head}} {{name}}{{/head}} {{head.late}}{{#tags}} {{.}}{{/tags}}\n{{/branches}}" } } };
    ASSERT_THAT(renderer.problems(), IsEmpty());
    Forest all;
    std::string one_by_one;
    for (int number = 0; number < 40; ++number) {
        Branch branch { number };
        for (int row = 0; row < number; ++row)
            branch.rows.push_back({ "r" + std::to_string(row), row % 2 == 0 ? std::nullopt : std::optional<std::int64_t> { row } });
        if (number % 4 == 1)
            branch.head = Row { "Siti", number };
        if (number % 5 == 0)
            branch.tags = { "a", "b" };
        all.branches.push_back(branch);
        one_by_one += renderer.part("page", Forest { "hutan", { branch } }, Language::Indonesian);
    }
    EXPECT_EQ(renderer.part("page", all, Language::Indonesian), one_by_one);
    EXPECT_THAT(one_by_one, HasSubstr("3 hutan [r0,3;r1:1,3;r2,3;] ketiga \n4 hutan [r0"));
    EXPECT_THAT(one_by_one, HasSubstr("] Siti 5 a b\n"));
}

TEST_F(TemplateTest, words_are_put_in_when_the_template_is_read)
{
    EXPECT_EQ(shown("<p>{{t.greet title}}</p>"), "<p>Halo &lt;A &amp; B&gt;</p>");
    EXPECT_EQ(shown("{{t.due share_n share_of due_short}}", {}, Language::English), "8 of 9, due 30 June 2022");
    EXPECT_THAT(problems("{{t.nothing}}"), ElementsAre("page:1: there are no words for nothing"));
    EXPECT_THAT(problems("{{t.greet}}"), ElementsAre("page:1: {{t.greet}} has no {0}"));
}

TEST_F(TemplateTest, only_links_reach_an_address)
{
    EXPECT_EQ(shown(R"(<a href="{{link}}">x</a>)"), R"(<a href="/units/1571?a=1&amp;b=2">x</a>)");
    EXPECT_EQ(shown(R"(<a href="{{title}}">x</a>)"), R"(<a href="#">x</a>)");
    EXPECT_EQ(shown(R"(<a href="#{{title}}">x</a>)"), R"(<a href="#A &amp; B">x</a>)");
    EXPECT_THAT(unknown(R"(<a href="{{title}}">x</a>)"), ElementsAre("page: title is an address but no Link"));
    EXPECT_THAT(problems(R"(<a href="/units/{{title}}">x</a>)"), Not(IsEmpty()));
    EXPECT_THAT(problems("<a href=\"javascript:x()\">x</a>"), Not(IsEmpty()));
}

TEST_F(TemplateTest, only_safe_html_is_raw)
{
    EXPECT_EQ(shown("{{{chart}}}{{{title}}}"), "<svg></svg>");
    EXPECT_EQ(shown("{{chart}}"), "&lt;svg&gt;&lt;/svg&gt;");
    EXPECT_THAT(unknown("{{{title}}}"), ElementsAre("page: title is raw but no SafeHtml"));
    EXPECT_THAT(problems("{{&chart}}"), Not(IsEmpty()));
}

TEST_F(TemplateTest, a_variable_in_a_dangerous_place_is_a_problem)
{
    for (auto text : { "<p title={{title}}>", "<p title='{{title}}'>", "<p {{title}}>", "<{{title}}>", R"(<p style="{{title}}">)",
             R"(<p onclick="{{title}}">)", "<script src=\"/x.js\">{{title}}</script>", "<!-- {{title}} -->", "<p {{title}}=\"x\">",
             R"(<iframe srcdoc="{{title}}"></iframe>)", "<script>x</script>", "<style>x</style>", R"(<p style="color:red">)",
             "<p onclick=\"x()\">", "{{#rows}}<a href=\"{{/rows}}", "{{#rows}}", "{{/rows}}", "{{title", "<p" })
        EXPECT_THAT(problems(text), Not(IsEmpty())) << text;
    for (auto text : { R"(<p title="{{title}}">)", R"(<input{{#owner}} checked{{/owner}}>)", R"(<a {{#owner}}aria-current="page"{{/owner}}>x</a>)",
             R"(<p class="a{{#owner}} b{{/owner}}">)", "<p>a < b {{title}}</p>", "{{! a comment }}" })
        EXPECT_THAT(problems(text), IsEmpty()) << text;
}

TEST_F(TemplateTest, names_that_the_model_lacks_are_found)
{
    EXPECT_THAT(unknown("{{nothing}}"), ElementsAre("page: the model has no nothing"));
    EXPECT_THAT(unknown("{{#rows}}{{title}}{{owner}}{{nama}}{{/rows}}"),
        ElementsAre("page: owner is a list or a part, not a text", "page: the model has no nama"));
    EXPECT_THAT(unknown("{{#owner}}{{late}}{{/owner}}{{^owner}}{{late}}{{/owner}}"), ElementsAre("page: the model has no late"));
    EXPECT_THAT(unknown("{{title_short}}{{count_n}}"), ElementsAre("page: the model has no title_short", "page: the model has no count_n"));
    EXPECT_THAT(unknown("{{frame.title}}{{#frame.nav}}{{label}}{{/frame.nav}}{{due_day}}{{#has_rows}}{{/has_rows}}"), IsEmpty());
}

TEST_F(TemplateTest, indentation_and_lone_tags_leave_no_empty_lines)
{
    Sample sample;
    sample.rows = { { "satu", 1 }, { "dua", 2 } };
    EXPECT_EQ(shown("<ul>\n    {{#rows}}\n    <li>{{name}}</li>\n    {{/rows}}\n</ul>\n", sample), "<ul>\n<li>satu</li>\n<li>dua</li>\n</ul>\n");
    EXPECT_EQ(shown("a {{> part}} b"), "a [A &amp; B] b");
    EXPECT_THAT(problems("{{> page}}"), Not(IsEmpty()));
    EXPECT_THAT(problems("{{> gone}}"), ElementsAre("gone:1: there is no such template"));
}

TEST(Json, a_model_is_written_with_codes_and_plain_values)
{
    Sample sample;
    sample.rows = { { "sa\"tu", std::nullopt } };
    sample.tags = { "x", "y" };
    EXPECT_EQ(Renderer::json(sample),
        R"({"title":"A & B","count":1214,"year":2022,"due":"2022-06-30","seen":"2022-06-14T02:10:00.000Z",)"
        R"("share":{"numerator":8,"denominator":9},"cost":450000,"link":"/units/1571?a=1&b=2","state":"submitted",)"
        R"("sentence":{"key":"due","arguments":[1200,2000,"2022-06-30"]},"rows":[{"name":"sa\"tu","late":null}],"tags":["x","y"],"owner":null})");
}

struct Tree {
    std::vector<Tree> below;
    void describe(Visitor& v) const { v.list("below", below); }
};

TEST(Schema, every_name_is_required_and_optional_parts_may_be_null)
{
    EXPECT_EQ(Renderer::schema<Row>(),
        R"({"type":"object","properties":{"name":{"type":"string"},"late":{"anyOf":[{"type":"integer"},{"type":"null"}]}},)"
        R"("required":["name","late"],"additionalProperties":false})");
    EXPECT_THAT(Renderer::schema<Sample>(), HasSubstr(R"("owner":{"anyOf":[{"type":"object","properties":{"name":{"type":"string"})"));
    EXPECT_THAT(Renderer::schema<Tree>(), HasSubstr(R"("items":{})"));
}

TEST(Words, due_days_are_told_as_people_say_them)
{
    auto const messages = text::Messages::embedded();
    auto say = [&](int day) {
        return words(days_from_today(time::Date::of(2022, 6, 15).plus(std::chrono::days { day }), time::Date::of(2022, 6, 15)), messages, Language::Indonesian);
    };
    EXPECT_EQ(say(-15), "lewat 15 hari");
    EXPECT_EQ(say(0), "hari ini");
    EXPECT_EQ(say(1), "besok");
    EXPECT_EQ(say(15), "15 hari lagi");
    EXPECT_EQ(clock_time({ { 1655172600000 }, time::Zone::Wit }), "11.10 WIT");
    EXPECT_EQ(words(plain("Siti"), messages, Language::English), "Siti");
}

TEST(Renderer, the_templates_of_the_program_are_sound)
{
    auto const messages = text::Messages::embedded();
    EXPECT_NO_THROW({ Renderer const renderer { messages }; });
}

TEST(Renderer, a_page_stands_in_its_layout)
{
    auto const messages = text::Messages::embedded();
    Renderer const renderer { messages };
    EXPECT_THAT(renderer.unknown_names<FaultPage>("layout"), IsEmpty());
    EXPECT_THAT(renderer.unknown_names<FaultPage>("layout_public"), IsEmpty());
    EXPECT_THAT(renderer.unknown_names<FaultPage>("fault"), IsEmpty());

    Frame frame;
    frame.title = plain("Uji <coba>");
    frame.office = "KPU Kabupaten Contoh";
    frame.person = "Maria Goreti Lestari";
    frame.csrf = "rahasia";
    frame.nav = { { "home", plain("Beranda"), { "/" }, 3, true } };
    frame.notice = Notice { Notice::Kind::Failed, plain("Belum terkirim.") };
    auto const page = renderer.page("fault", fault_page({ FaultKind::NotFound, "fault.not_found" }, 404), frame);
    EXPECT_THAT(page, HasSubstr("<title>Uji &lt;coba&gt; - KPU Kabupaten Contoh - KPU HUB</title>"));
    EXPECT_THAT(page, HasSubstr("<h1>Halaman tidak ditemukan</h1>"));
    EXPECT_THAT(page, HasSubstr(R"(<a href="/" aria-current="page">Beranda <span class="k-count">3</span></a>)"));
    EXPECT_THAT(page, HasSubstr(R"(name="csrf" value="rahasia")"));
    EXPECT_THAT(page, HasSubstr(R"(role="alert"><p><b>Belum terkirim.</b></p>)"));
    frame.layout = Layout::Public;
    frame.language = Language::English;
    auto const open = renderer.page("fault", fault_page({ FaultKind::NotFound, "fault.not_found" }, 404), frame);
    EXPECT_THAT(open, HasSubstr("<h1>Page not found</h1>"));
    EXPECT_THAT(open, Not(HasSubstr("<script")));
}

TEST(Assets, an_address_names_the_bytes_it_serves)
{
    auto const link = asset_link("public.css").address;
    ASSERT_TRUE(link.starts_with("/assets/public.") && link.ends_with(".css")) << link;
    auto const bytes = asset(std::string_view { link }.substr(8));
    ASSERT_TRUE(bytes);
    EXPECT_EQ(bytes->size(), embedded_file("assets/public.css").size());
    EXPECT_FALSE(asset("public.000000000000.css"));
    EXPECT_FALSE(asset("../migrations/x.sql"));
    EXPECT_TRUE(asset(std::string_view { asset_link("favicon.svg").address }.substr(8)));
    EXPECT_EQ(asset_type("a.css"), "text/css; charset=utf-8");
}

TEST(Assets, the_styles_of_public_pages_leave_room_for_the_page_in_30_kb)
{
    EXPECT_LT(embedded_file("assets/public.css").size(), 22'000u);
}

TEST(Parts, a_fault_becomes_sentences_at_its_fields)
{
    auto const errors = field_errors({ FaultKind::Invalid, "form.not_saved", {}, { { "amount", "form.number", "450000" } } });
    ASSERT_TRUE(error_of(errors, "amount"));
    EXPECT_EQ(error_of(errors, "amount")->message_key, "form.number");
    EXPECT_FALSE(error_of(errors, "date"));
    EXPECT_FALSE(field_errors({ FaultKind::Broken, "fault.broken" }));
}

}
