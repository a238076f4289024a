#include "definition/indicator.hpp"
#include <algorithm>
#include <gtest/gtest.h>

namespace kpuhub::definition {

namespace {

constexpr std::string_view guest_book = R"(id: guest
version: 1
valid_from: 2026-01-20
source: a regulation
class: personal
purpose: {id: Untuk, en: For}
legal_basis: a law
retention: {years: 5, after: closed}
systems: ["8.20"]
phrases: ["buku tamu"]
title: {id: Tamu, en: Guest}
name: whom
fields:
  whom: {kind: text, required: true, label: {id: Nama, en: Name}}
  came_at: {kind: instant, label: {id: Datang, en: Came}}
  paid: {kind: money, least: 0, most: 10, label: {id: Bayar, en: Paid}}
  why: {kind: choice, label: {id: Untuk, en: Why}, options: {a: {id: A, en: A}, b: {id: B, en: B}}}
  more: {kind: text, when: {field: why, equals: [a]}, label: {id: Lain, en: More}}
  whose: {kind: person, label: {id: Siapa, en: Whose}}
  secret: {kind: text, seen_by: [upg_officer], label: {id: R, en: S}}
  lines: {kind: children, label: {id: B, en: R}, fields: {x: {kind: text, label: {id: X, en: X}}}}
  mine: {kind: reference, register: guest, label: {id: M, en: M}}
access: {read: [staff, creator], create: [staff], owner: whose}
flow:
  start: here
  states:
    here: {label: {id: Di sini, en: Here}, edit_by: [creator]}
    gone: {label: {id: Pergi, en: Gone}, closed: true}
  steps:
    leave: {label: {id: Pergi, en: Leave}, from: here, to: gone, by: [staff], requires: [more], reason: optional}
clocks:
  stay: {label: {id: Lama, en: Stay}, starts: came_at, within: 3 working_days, stops_on: [gone], source: a law}
numbering: {pattern: "T-{no:3}", per: year}
list: {columns: [whom, came_at]}
received: came_at
public: {counts: true, small_cells_below: 5, by: [why], groups: {g: {label: {id: G, en: G}, states: [gone]}}}
)";

constexpr std::string_view guests = R"(id: guests
version: 1
valid_from: 2026-01-20
source: a rule
title: {id: Tamu, en: Guests}
systems: ["8.20"]
numerator: {count: guest, where: {state: [gone], why: a, clock: {stay: kept}}, distinct_by: whose, on: came_at}
denominator: {stock: appointment, where: {duty: lhkpn}, at: period_end}
value: share
period: year
target: 87.5
tree: sum_then_divide
missing: skip
closes_after: 15
)";

KnownNames names() { return { known_roles(), {}, { "ppid_general.notice" } }; }

std::vector<std::string> places(Fault const& fault)
{
    std::vector<std::string> found;
    for (auto const& field : fault.fields)
        found.push_back(field.field);
    return found;
}

/// Where a file is refused whose text `from` was mistyped as `to`; nothing when it is taken.
std::vector<std::string> refused(std::string_view whole, std::string_view from, std::string_view to)
{
    std::string text { whole };
    auto const at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    text.replace(at, from.size(), to);
    if (whole == guest_book) {
        auto made = load_register("x.yaml", text, names());
        return made ? std::vector<std::string> {} : places(made.error());
    }
    static auto const guest = load_register("guest.yaml", guest_book, names()).value();
    auto made = load_indicator("x.yaml", text, [](std::string_view id) { return id == "guest" ? &guest : nullptr; });
    return made ? std::vector<std::string> {} : places(made.error());
}

struct Mistake {
    int line;
    std::string_view from, to;
};

void each_is_refused(std::string_view whole, std::vector<Mistake> const& mistakes)
{
    for (auto const& [line, from, to] : mistakes) {
        auto const found = refused(whole, from, to);
        EXPECT_NE(std::ranges::find(found, "x.yaml:" + std::to_string(line)), found.end()) << from << " -> " << to << ": " << (found.empty() ? "taken" : found.front());
    }
}

}

TEST(DefinitionMistakes, a_wrong_kind_of_value_is_refused_with_its_line)
{
    each_is_refused(guest_book, { { 1, "id: guest\n", "id: [guest]\n" }, { 2, "version: 1", "version: one" }, { 4, "source: a regulation", "source: {a: b}" },
        { 6, "purpose: {id: Untuk, en: For}", "purpose: For" }, { 8, "retention: {years: 5, after: closed}", "retention: 5" }, { 9, "systems: [\"8.20\"]", "systems: 8.20" },
        { 14, "required: true", "required: [true]" }, { 16, "least: 0", "least: zero" }, { 17, "options: {a: {id: A, en: A}, b: {id: B, en: B}}", "options: [a, b]" },
        { 21, "fields: {x: {kind: text, label: {id: X, en: X}}}", "fields: [x]" }, { 23, "access: {read: [staff, creator], create: [staff], owner: whose}", "access: staff" },
        { 36, "groups: {g: {label: {id: G, en: G}, states: [gone]}}", "groups: [g]" }, { 36, "counts: true", "counts: 1" }, { 10, "phrases: [\"buku tamu\"]", "phrases: !!set [\"buku tamu\"]" } });
}

TEST(DefinitionMistakes, a_list_where_pairs_belong_is_not_taken_for_nothing)
{
    each_is_refused(guest_book, { { 29, "  steps:\n    leave: ", "  steps:\n    - " }, { 31, "clocks:\n  stay: ", "clocks:\n  - " }, { 12, "name: whom\n", "tables: [a]\nname: whom\n" },
        { 36, "public: {counts", "public: {intake: {sets: [a]}, counts" } });
    each_is_refused(guests, { { 7, "where: {state: [gone], why: a, clock: {stay: kept}}", "where: gone" }, { 7, "where: {state: [gone], why: a, clock: {stay: kept}}", "where: [gone]" },
        { 7, "where: {state: [gone], why: a, clock: {stay: kept}}", "where: " }, { 8, "where: {duty: lhkpn}", "where: lhkpn" } });
}

TEST(DefinitionMistakes, a_name_that_is_not_there_is_refused_with_its_line)
{
    each_is_refused(guest_book, { { 9, "8.20", "99.99" }, { 12, "name: whom", "name: secret" }, { 18, "equals: [a]", "equals: [z]" }, { 20, "seen_by: [upg_officer]", "seen_by: [officer]" },
        { 22, "register: guest,", "register: ghost," }, { 23, "owner: whose", "owner: whom" }, { 25, "start: here", "start: there" }, { 28, "to: gone", "to: here" },
        { 30, "from: here", "from: nowhere" }, { 30, "reason: optional", "not_by: [nobody]" }, { 30, "reason: optional", "before: [nothing]" }, { 30, "requires: [more]", "requires: [secret]" },
        { 32, "starts: came_at", "starts: whom" }, { 32, "within: 3 working_days", "rule: no_family.none" }, { 32, "stops_on: [gone]", "stops_on: gone, continues: stay" },
        { 34, "columns: [whom, came_at]", "columns: [lines]" }, { 35, "received: came_at", "received: whom" }, { 36, "by: [why]", "by: [whom]" }, { 36, "states: [gone]}}}", "states: [away]}}}" },
        { 16, "least: 0, most: 10", "least: 11, most: 10" }, { 33, "numbering: ", "numberng: " } });
    each_is_refused(guests, { { 6, "8.20", "99.99" }, { 7, "state: [gone]", "state: [away]" }, { 7, "why: a", "why: z" }, { 7, "why: a", "secret: filled" }, { 7, "stay: kept", "stay: keep" },
        { 7, "on: came_at", "on: step:leave" }, { 7, "distinct_by: whose", "distinct_by: lines" }, { 8, "duty: lhkpn", "duty: nothing" }, { 8, "duty: lhkpn", "post: king" }, { 8, "duty: lhkpn", "dty: lhkpn" } });
}

TEST(DefinitionMistakes, what_is_missing_in_a_block_is_told_at_the_key_above_it)
{
    EXPECT_EQ(refused(guest_book, "    here: {label: {id: Di sini, en: Here}, edit_by: [creator]}", "    here:\n      edit_by: [creator]"), std::vector<std::string> { "x.yaml:27" });
    EXPECT_EQ(refused(guest_book, "numbering: {pattern: \"T-{no:3}\", per: year}", "unheard:\n  of: it"), std::vector<std::string> { "x.yaml:33" });
}

}
