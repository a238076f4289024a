#include "definition/publication.hpp"
#include "definition/register.hpp"
#include <gtest/gtest.h>

namespace kpuhub::definition {

namespace {

std::string const head = R"(id: gift
version: 1
valid_from: 2026-01-20
source: a regulation
class: personal
purpose: {id: Untuk, en: For}
legal_basis: a law
retention: {years: 5}
title: {id: Hadiah, en: Gift}
)";
std::string const body = R"(fields:
  received_on: {kind: date, required: true, label: {id: Tanggal, en: Day}}
  assessment: {kind: long_text, label: {id: Telaah, en: Assessment}}
flow:
  start: submitted
  states:
    submitted: {label: {id: Masuk, en: In}}
    decided: {label: {id: Putus, en: Decided}, closed: true}
  steps:
    decide: {label: {id: Putuskan, en: Decide}, from: submitted, to: decided, by: upg_officer, requires: [assessment]}
)";

Result<Register> load(std::string const& text, std::set<std::string, std::less<>> registers = {})
{
    return load_register("gift.yaml", text, { { "staff", "upg_officer" }, std::move(registers) });
}

/// "gift.yaml:11 definition.name_wrong" of each wrong place.
std::vector<std::string> wrong(std::string const& text)
{
    auto made = load(text);
    std::vector<std::string> places;
    if (!made)
        for (auto const& field : made.error().fields)
            places.push_back(field.field + " " + field.message_key);
    return places;
}

std::string replaced(std::string text, std::string const& from, std::string const& to)
{
    auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
}

bool holds(std::vector<std::string> const& list, std::string const& text) { return std::find(list.begin(), list.end(), text) != list.end(); }

}

TEST(RegisterFile, a_whole_register_is_read)
{
    auto made = load(head + body);
    ASSERT_TRUE(made) << wrong(head + body).at(0);
    EXPECT_EQ(made->fields.size(), 2u);
    EXPECT_FALSE(made->field("assessment")->on_form) << "a step asks it";
    EXPECT_EQ(made->step("decide")->needs, std::vector<std::string> { "assessment" });
    EXPECT_EQ(made->columns, std::vector<std::string> { "received_on" });
    EXPECT_TRUE(made->personal(*made->field("received_on")));
}

TEST(RegisterFile, an_unknown_name_is_refused_with_its_line)
{
    EXPECT_EQ(wrong(head + replaced(body, "by: upg_officer", "by: nobody")), std::vector<std::string> { "gift.yaml:19 definition.name_unknown" });
    EXPECT_EQ(wrong(head + replaced(body, "kind: date", "kind: day")), std::vector<std::string> { "gift.yaml:11 definition.choice_unknown" });
    EXPECT_EQ(wrong(head + replaced(body, "required: true", "requird: true")), std::vector<std::string> { "gift.yaml:11 definition.key_unknown" });
}

TEST(RegisterFile, a_state_that_no_step_reaches_is_refused)
{
    auto text = replaced(body, "    decided: {", "    lost: {label: {id: Hilang, en: Lost}}\n    decided: {");
    EXPECT_EQ(wrong(head + text), std::vector<std::string> { "gift.yaml:17 definition.state_unreachable" });
}

TEST(RegisterFile, a_clock_that_nothing_stops_is_refused)
{
    auto clock = [](std::string const& stops) {
        return "clocks:\n  due: {label: {id: Batas, en: Limit}, starts: \"state:submitted\", within: 30 working_days, source: x, stops_on: [" + stops + "]}\n";
    };
    EXPECT_TRUE(load(head + body + clock("decided")));
    EXPECT_EQ(wrong(head + body + clock("submitted")), std::vector<std::string> { "gift.yaml:21 definition.clock_endless" });
    EXPECT_EQ(wrong(head + body + clock("")), std::vector<std::string> { "gift.yaml:21 definition.clock_endless" });
}

TEST(RegisterFile, a_clock_names_a_rule_or_its_own_length)
{
    auto clock = [](std::string const& says) { return head + body + "clocks:\n  due: {label: {id: Batas, en: Limit}, starts: received_on, source: x, stops_on: [decided], " + says + "}\n"; };
    auto own = load(clock("within: 10 working_days, receipt: next_opening"));
    ASSERT_TRUE(own);
    EXPECT_EQ(own->clocks[0].own->receipt, time::LateReceipt::NextOpening);
    auto named = load(clock("rule: ppid_general.notice"));
    ASSERT_TRUE(named);
    EXPECT_EQ(named->clocks[0].rules.at("").rule, "notice");
    EXPECT_EQ(wrong(clock("within: 10 days")), std::vector<std::string> { "gift.yaml:21 definition.span_wrong" });
    EXPECT_EQ(wrong(clock("rule: notice")), std::vector<std::string> { "gift.yaml:21 definition.rule_unknown" });
    EXPECT_EQ(wrong(clock("rule: {by: received_on, a: ppid_general.notice}")), std::vector<std::string> { "gift.yaml:21 definition.name_unknown" });
    EXPECT_EQ(wrong(clock("rule: ppid_general.notice, within: 10 working_days")), std::vector<std::string> { "gift.yaml:21 definition.key_not_here" });
    EXPECT_EQ(wrong(clock("within: 10 working_days, continues: other")), std::vector<std::string> { "gift.yaml:21 definition.name_unknown" });
    auto const unknown = load_register("gift.yaml", clock("rule: ppid_general.never"), { known_roles(), {}, { "ppid_general.notice" } });
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().fields[0].message_key, "definition.rule_unknown");
}

TEST(RegisterFile, a_step_waits_for_a_clock_of_the_register)
{
    EXPECT_EQ(wrong(head + replaced(body, "requires: [assessment]", "requires: [assessment], after: [due]")), std::vector<std::string> { "gift.yaml:19 definition.name_unknown" });
    EXPECT_EQ(wrong(head + replaced(body, "by: upg_officer", "by: sender")), std::vector<std::string> { "gift.yaml:13 definition.intake_missing" });
}

TEST(RegisterFile, the_public_door_asks_what_it_must_and_nothing_that_tells_of_others)
{
    auto door = [](std::string const& says) {
        return head + body + "public:\n  intake: {path: report, title: {id: a, en: b}, lead: {id: a, en: b}, button: {id: a, en: b}, limits: {per_network_and_hour: 5, per_office_and_hour: 9, why: x}, " + says + "}\n";
    };
    EXPECT_TRUE(load(door("fields: [received_on]"))) << wrong(door("fields: [received_on]")).at(0);
    EXPECT_TRUE(load(door("fields: [assessment], sets: {received_on: today}")));
    EXPECT_EQ(wrong(door("fields: [assessment]")), std::vector<std::string> { "gift.yaml:11 definition.intake_lacks" });
    EXPECT_EQ(wrong(door("fields: [received_on, nothing]")), std::vector<std::string> { "gift.yaml:21 definition.name_unknown" });
    EXPECT_EQ(wrong(door("fields: [received_on], releases: [assessment]")), std::vector<std::string> { "gift.yaml:21 definition.name_unknown" });
    EXPECT_EQ(wrong(replaced(door("fields: [received_on]"), "path: report", "path: ../etc")), std::vector<std::string> { "gift.yaml:21 definition.path_wrong" });
    EXPECT_EQ(wrong(replaced(door("fields: [received_on]"), "per_network_and_hour: 5", "per_network_and_hour: 0")), std::vector<std::string> { "gift.yaml:21 definition.number_wrong" });
}

TEST(RegisterFile, a_step_that_requires_a_missing_or_unseen_field_is_refused)
{
    EXPECT_EQ(wrong(head + replaced(body, "requires: [assessment]", "requires: [verdict]")), std::vector<std::string> { "gift.yaml:19 definition.name_unknown" });
    EXPECT_EQ(wrong(head + replaced(body, "{kind: long_text,", "{kind: long_text, seen_by: [staff],")), std::vector<std::string> { "gift.yaml:19 definition.step_blind" });
}

TEST(RegisterFile, more_than_sixty_fields_are_refused)
{
    std::string fields = "fields:\n";
    for (int number = 0; number < 61; ++number)
        fields += "  f" + std::to_string(number) + ": {kind: text, label: {id: A, en: A}}\n";
    EXPECT_EQ(wrong(head + fields), std::vector<std::string> { "gift.yaml:10 definition.fields_many" });
}

TEST(RegisterFile, names_are_identifiers_and_no_sql_words)
{
    for (auto const* name : { "select", "Table", "9th", "a__b", "naïve", "order", "" })
        EXPECT_FALSE(is_name(name)) << name;
    EXPECT_TRUE(is_name("received_on"));
    EXPECT_FALSE(is_name(std::string(42, 'a')));
    EXPECT_TRUE(is_name(std::string(41, 'a')));
    EXPECT_EQ(wrong(head + replaced(body, "  received_on:", "  \"drop\":")).front(), "gift.yaml:11 definition.name_wrong");
    EXPECT_TRUE(holds(wrong(replaced(head, "id: gift", "id: \"x; drop table person\"") + body), "gift.yaml:1 definition.name_wrong"));
}

TEST(RegisterFile, without_class_purpose_basis_and_retention_it_is_no_register)
{
    for (auto const* line : { "class: personal\n", "purpose: {id: Untuk, en: For}\n", "legal_basis: a law\n", "retention: {years: 5}\n" })
        EXPECT_FALSE(load(replaced(head, line, "") + body)) << line;
}

TEST(RegisterFile, personal_counts_below_five_are_not_published)
{
    EXPECT_TRUE(load(head + body + "public: {counts: true, small_cells_below: 5}\n"));
    EXPECT_FALSE(load(head + body + "public: {counts: true, small_cells_below: 1}\n"));
}

TEST(RegisterFile, a_condition_names_a_field_and_values_that_exist)
{
    auto text = [](std::string const& when) {
        return replaced(body, "  assessment:", "  handed: {kind: yes_no, label: {id: A, en: A}}\n  place: {kind: text, label: {id: A, en: A}, when: " + when + "}\n  assessment:");
    };
    EXPECT_TRUE(load(head + text("{field: handed, equals: \"yes\"}")));
    EXPECT_FALSE(load(head + text("{field: handed, equals: maybe}")));
    EXPECT_FALSE(load(head + text("{field: nothing, equals: \"yes\"}")));
}

TEST(RegisterChange, fields_may_be_added_and_retired_but_not_deleted_or_turned)
{
    auto before = load(head + body).value();
    auto next = replaced(head, "version: 1", "version: 2");
    auto added = load(next + replaced(body, "flow:", "  giver: {kind: text, label: {id: Pemberi, en: Giver}}\nflow:")).value();
    auto changes = compare("gift.yaml", before, added);
    ASSERT_TRUE(changes);
    EXPECT_EQ(changes->front().part, "field giver");
    EXPECT_EQ(statements_for(added, &before), std::vector<std::string> { "ALTER TABLE r_gift ADD COLUMN f_giver TEXT" });
    EXPECT_FALSE(compare("gift.yaml", added, load(replaced(head, "version: 1", "version: 3") + body).value())) << "deleted";
    EXPECT_FALSE(compare("gift.yaml", before, load(next + replaced(body, "kind: date", "kind: text")).value())) << "kind";
    EXPECT_FALSE(compare("gift.yaml", before, load(head + body).value())) << "same version";
    auto laxer = load(replaced(next, "class: personal", "class: internal") + body).value();
    EXPECT_FALSE(compare("gift.yaml", before, laxer));
}

TEST(RegisterChange, who_sees_a_field_may_become_fewer_never_more)
{
    auto with = [](std::string const& version, std::string const& seen) {
        return load(replaced(head, "version: 1", "version: " + version) + replaced(body, "{kind: date,", "{kind: date, seen_by: [" + seen + "],")).value();
    };
    EXPECT_TRUE(compare("gift.yaml", with("1", "staff, upg_officer"), with("2", "upg_officer")));
    EXPECT_FALSE(compare("gift.yaml", with("1", "upg_officer"), with("2", "staff, upg_officer")));
}

TEST(RegisterChange, a_personal_field_stays_personal)
{
    auto with = [](std::string const& version, std::string const& personal) {
        return load(replaced(head, "version: 1", "version: " + version) + replaced(body, "{kind: date,", "{kind: date, personal: " + personal + ",")).value();
    };
    EXPECT_TRUE(compare("gift.yaml", with("1", "false"), with("2", "true")));
    EXPECT_FALSE(compare("gift.yaml", with("1", "true"), with("2", "false"))) << "the law does not change with a version";
}

TEST(ShippedRegisters, all_of_them_are_right)
{
    KnownNames names { known_roles(), {} };
    auto texts = shipped_registers();
    EXPECT_GE(texts.size(), 3u);
    for (auto const& text : texts) {
        auto made = load_register(text.file, text.text, names);
        ASSERT_TRUE(made) << made.error().fields.front().field << " " << made.error().fields.front().message_key << " " << made.error().fields.front().argument;
        names.registers.insert(made->id);
        EXPECT_FALSE(made->systems.empty()) << text.file;
    }
}

}
