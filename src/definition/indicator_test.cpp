#include "definition/indicator.hpp"
#include "core/embedded.hpp"
#include <gmock/gmock.h>

namespace kpuhub::definition {

namespace {

constexpr auto register_text = R"(
id: filing
version: 1
valid_from: 2026-01-01
source: a test
class: personal
purpose: {id: Uji, en: Test}
legal_basis: none
retention: {years: 1}
title: {id: Laporan, en: Filing}
fields:
  kind: {kind: choice, label: {id: Jenis, en: Kind}, options: {lhkpn: {id: LHKPN, en: LHKPN}}}
  person: {kind: person, label: {id: Pegawai, en: Person}}
  rating: {kind: decimal, decimals: 2, label: {id: Nilai, en: Rating}}
  secret: {kind: integer, seen_by: [upg_officer], label: {id: Rahasia, en: Secret}}
  held_on: {kind: date, label: {id: Tanggal, en: Held on}}
)";

Register const& filing()
{
    static auto const made = load_register("filing.yaml", register_text, { known_roles(), {} }).value();
    return made;
}

Result<Indicator> load(std::string const& body)
{
    auto const text = "id: share\nversion: 1\nvalid_from: 2023-01-01\nsource: a test\ntitle: {id: Persen, en: Share}\n" + body;
    return load_indicator("share.yaml", text, [](std::string_view id) { return id == "filing" ? &filing() : nullptr; });
}

/// Place and message of the first fault.
std::string refused(std::string const& body)
{
    auto const made = load(body);
    return made || made.error().fields.empty() ? "" : made.error().fields.front().field + " " + made.error().fields.front().message_key;
}

}

TEST(DefinitionIndicator, the_form_of_the_design_is_read)
{
    auto const made = load("systems: [\"1.8\"]\nphrases: [\"persentase pelaporan lhkpn\", \"100% wajib lapor\"]\n"
                           "numerator:   {count: filing, where: {kind: lhkpn, state: recorded}, distinct_by: [person, held_on]}\n"
                           "denominator: {stock: appointment, where: {post: head}, at: period_end}\n"
                           "period: year\nbetter: higher\ntarget: 87.5\ntree: sum_then_divide\nmissing: zero\n");
    ASSERT_TRUE(made) << made.error().fields.front().message_key;
    EXPECT_EQ(made->value, ValueKind::Share);
    EXPECT_EQ(made->numerator.where.size(), 2U);
    EXPECT_EQ(made->numerator.distinct_by.size(), 2U);
    EXPECT_EQ(made->denominator->kind, PartKind::Stock);
    EXPECT_EQ(made->target->number, 875);
    EXPECT_EQ(made->target->decimals, 1);
    EXPECT_EQ(made->missing, MissingRule::Zero);
    EXPECT_EQ(made->phrases.size(), 2U);
    EXPECT_EQ(made->small_cells_below, 5) << "the register holds personal data";
}

TEST(DefinitionIndicator, sums_spreads_and_plan_parts_are_read)
{
    EXPECT_EQ(load("numerator: {sum: filing.rating, on: held_on}\ndenominator: {count: filing}\nvalue: mean\nperiod: quarter\ntree: average_of_units\n")->decimals, 2);
    auto const spread = load("numerator: {histogram: filing.rating, edges: [1, 5, 10]}\nvalue: within\nwithin: 5\nperiod: month\ntree: own_only\n");
    ASSERT_TRUE(spread);
    EXPECT_EQ(spread->numerator.edges.size(), 3U);
    EXPECT_TRUE(load("numerator: {plan: verified}\ndenominator: {plan: due}\nperiod: quarter\ntree: sum_then_divide\n"));
}

TEST(DefinitionIndicator, what_is_wrong_is_told_with_file_and_line)
{
    std::string const rest = "period: year\ntree: sum_then_divide\n";
    EXPECT_EQ(refused("numerator: {count: unheard_of}\n" + rest), "share.yaml:6 definition.name_unknown");
    EXPECT_EQ(refused("numerator: {count: filing, where: {state: nowhere}}\n" + rest), "share.yaml:6 definition.name_unknown");
    EXPECT_EQ(refused("numerator: {count: filing, where: {kind: lhkan}}\n" + rest), "share.yaml:6 definition.name_unknown");
    EXPECT_EQ(refused("numerator: {count: filing, where: {clock: {answer: kept}}}\n" + rest), "share.yaml:6 definition.name_unknown");
    EXPECT_EQ(refused("numerator: {sum: filing.secret}\n" + rest), "share.yaml:6 indicator.field_hidden");
    EXPECT_EQ(refused("numerator: {sum: filing}\n" + rest), "share.yaml:6 indicator.sum_of_what");
    EXPECT_EQ(refused("numerator: {count: filing, on: person}\n" + rest), "share.yaml:6 definition.name_unknown");
    EXPECT_EQ(refused("numerator: {count: filing, sum: filing.rating}\n" + rest), "share.yaml:6 indicator.part_kind");
    EXPECT_EQ(refused("numerator: {count: filing}\nformula: a + b\n" + rest), "share.yaml:7 definition.key_unknown");
    EXPECT_EQ(refused("numerator: {histogram: filing.rating, edges: [5, 5]}\n" + rest), "share.yaml:6 indicator.edges_rise");
    EXPECT_EQ(refused("numerator: {count: filing}\nvalue: median\n" + rest), "share.yaml:7 indicator.value_unfit");
    EXPECT_EQ(refused("numerator: {count: filing}\ndenominator: {stock: moons}\n" + rest), "share.yaml:7 definition.name_unknown");
    EXPECT_EQ(refused("numerator: {count: filing}\nperiod: year\ntree: share_at_target\n"), "share.yaml:8 indicator.target_needed");
    EXPECT_EQ(refused("numerator: {count: filing}\nperiod: year\ntree: weighted\n"), "share.yaml:8 indicator.weight");
    EXPECT_EQ(refused("numerator: {count: filing}\ntarget: much\n" + rest), "share.yaml:7 definition.number_wrong");
    EXPECT_EQ(refused("numerator: {plan: moons}\n" + rest), "share.yaml:6 definition.name_unknown");
}

TEST(DefinitionIndicator, every_shipped_indicator_counts_what_shipped_registers_have)
{
    std::map<std::string, Register, std::less<>> registers;
    KnownNames names { known_roles(), {} };
    for (auto const& file : embedded_files())
        if (file.path.starts_with("definitions/registers/") && file.path.ends_with(".yaml"))
            names.registers.insert(parse(file.path, file.bytes).value()["id"].text);
    for (auto const& file : embedded_files())
        if (file.path.starts_with("definitions/registers/") && file.path.ends_with(".yaml"))
            if (auto made = load_register(file.path, file.bytes, names))
                registers.emplace(made->id, *made);
    int read = 0;
    for (auto const& file : embedded_files()) {
        if (!file.path.starts_with("definitions/indicators/"))
            continue;
        auto const made = load_indicator(file.path, file.bytes, [&](std::string_view id) -> Register const* {
            auto found = registers.find(id);
            return found == registers.end() ? nullptr : &found->second;
        });
        ASSERT_TRUE(made) << made.error().fields.front().field << " " << made.error().fields.front().message_key << " " << made.error().fields.front().argument;
        EXPECT_EQ(std::string { file.path }, "definitions/indicators/" + made->id + ".yaml");
        ++read;
    }
    EXPECT_GE(read, 12);
}

}
