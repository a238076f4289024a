#include "core/embedded.hpp"
#include "definition/feed_file.hpp"
#include "definition/publication.hpp"
#include <gmock/gmock.h>

namespace kpuhub::definition {

namespace {

std::string const text = R"(id: hazard
version: 1
valid_from: 2026-01-20
source: a regulation
class: public
purpose: {id: Untuk, en: For}
legal_basis: a law
retention: {years: 5}
title: {id: Bahaya, en: Hazard}
name: words
tables:
  grid: {source: a table, values: [[1, 3], [2, 4]], bands: {low: {up_to: 2, look: 1}, high: {up_to: 4, look: 5}}}
fields:
  words: {kind: text, required: true, label: {id: Nama, en: Name}}
  chance: {kind: choice, label: {id: K, en: C}, options: {c1: {id: a, en: a}, c2: {id: b, en: b}}}
  harm: {kind: choice, label: {id: D, en: H}, options: {h1: {id: a, en: a}, h2: {id: b, en: b}}}
  value: {kind: integer, label: {id: N, en: V}, lookup: {table: grid, by: [chance, harm]}}
  level: {kind: choice, label: {id: T, en: L}, lookup: {table: grid, by: [chance, harm]}, options: {low: {id: r, en: l}, high: {id: t, en: h}}}
  looks:
    kind: children
    label: {id: Telaah, en: Looks}
    once_by: month
    fields:
      month: {kind: period, required: true, label: {id: B, en: M}}
      result: {kind: choice, required: true, label: {id: H, en: R}, options: {done: {id: y, en: y}}}
  bonds:
    kind: children
    label: {id: Kait, en: Bonds}
    links: {by: how, to: other, outside: paper}
    fields:
      how: {kind: choice, required: true, label: {id: H, en: H}, options: {ends: {id: a, en: a, inverse: ended_by}, ended_by: {id: b, en: b, inverse: ends}, near: {id: c, en: c, inverse: near}}}
      other: {kind: reference, register: hazard, reach: above, label: {id: L, en: O}}
      paper: {kind: text, label: {id: P, en: P}}
access: {read: [creator, superior], create: [staff]}
card: {list: looks, period: month, result: result, states: [recorded]}
public: {records: [recorded], fields: [words, chance, harm, level]}
)";

std::vector<std::string> wrong(std::string const& from, std::string const& to)
{
    auto changed = text;
    auto at = changed.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    changed.replace(at, from.size(), to);
    auto made = load_register("hazard.yaml", changed, { { "staff" }, {} });
    std::vector<std::string> keys;
    if (!made)
        for (auto const& field : made.error().fields)
            keys.push_back(field.message_key);
    return keys;
}

using ::testing::Contains;
using ::testing::IsEmpty;

}

TEST(RegisterTables, lookups_links_cards_and_public_records_are_read)
{
    auto made = load_register("hazard.yaml", text, { { "staff" }, {} });
    ASSERT_TRUE(made) << made.error().fields.at(0).field << made.error().fields.at(0).message_key;
    EXPECT_EQ(made->table_named("grid")->band(3)->option, "high");
    EXPECT_EQ(made->table_named("grid")->band(2)->option, "low");
    EXPECT_FALSE(made->field("level")->on_form) << "it is worked out";
    EXPECT_EQ(made->link_list()->id, "bonds");
    EXPECT_TRUE(made->knows_superior());
    EXPECT_EQ(made->card->states, std::vector<std::string> { "recorded" });
    EXPECT_EQ(made->counts.records, std::vector<std::string> { "recorded" });
}

TEST(RegisterTables, a_table_that_does_not_fit_is_refused)
{
    EXPECT_THAT(wrong("[[1, 3], [2, 4]]", "[[1, 3], [2]]"), Contains("definition.table_uneven"));
    EXPECT_THAT(wrong("[[1, 3], [2, 4]]", "[[1, 3]]"), Contains("definition.table_uneven"));
    EXPECT_THAT(wrong("[[1, 3], [2, 4]]", "[[1, 3], [2, 9]]"), Contains("definition.band_missing"));
    EXPECT_THAT(wrong("high: {up_to: 4", "high: {up_to: 2"), Contains("definition.number_wrong"));
    EXPECT_THAT(wrong("table: grid, by: [chance, harm]}}", "table: other, by: [chance, harm]}}"), Contains("definition.name_unknown"));
    EXPECT_THAT(wrong("by: [chance, harm]", "by: [chance, words]"), Contains("definition.table_uneven"));
    EXPECT_THAT(wrong("look: 5", "look: 6"), Contains("definition.number_wrong"));
}

TEST(RegisterTables, links_need_an_inverse_that_turns_back)
{
    EXPECT_THAT(wrong("inverse: ended_by", "inverse: near"), Contains("definition.inverse_wrong"));
    EXPECT_THAT(wrong("inverse: near", "inverse: nothing"), Contains("definition.inverse_wrong"));
    EXPECT_THAT(wrong("to: other", "to: paper"), Contains("definition.name_unknown"));
    EXPECT_THAT(wrong("reach: above", "reach: below"), Contains("definition.choice_unknown"));
    EXPECT_THAT(wrong("links: {by: how", "seen_by: [staff]\n    links: {by: how"), Contains("definition.key_not_here")) << "the map would show what is hidden";
}

TEST(RegisterTables, a_card_asks_one_row_for_each_period)
{
    EXPECT_THAT(wrong("    once_by: month\n", ""), Contains("definition.name_unknown"));
    EXPECT_THAT(wrong("result: result", "result: month"), Contains("definition.name_unknown"));
    EXPECT_THAT(wrong("states: [recorded]", "states: [gone]"), Contains("definition.name_unknown"));
    EXPECT_THAT(wrong("once_by: month", "seen_by: [staff]\n    once_by: month"), Contains("definition.key_not_here")) << "the card would show what is hidden";
}

TEST(RegisterTables, the_public_reads_only_a_public_register_and_searches_only_what_it_is_shown)
{
    EXPECT_THAT(wrong("class: public", "class: internal"), Contains("definition.records_not_public"));
    EXPECT_THAT(wrong("fields: [words, chance", "fields: [chance"), Contains("definition.search_would_tell"));
    EXPECT_THAT(wrong("{kind: text, required: true, label: {id: Nama", "{kind: text, personal: true, required: true, label: {id: Nama"), Contains("definition.name_unknown"));
    EXPECT_THAT(wrong("create: [staff]", "create: [superior]"), Contains("definition.name_unknown"));
}

/// Fields of services.md 8.1, written from there: names outside are not ours to change.
TEST(Feed, the_jdihn_feed_has_every_field_of_the_network)
{
    auto const& feed = jdihn_feed();
    std::vector<std::string> names;
    for (auto const& field : feed.fields)
        names.push_back(field.name);
    for (auto const* name : { "idData", "tahun_pengundangan", "tanggal_pengundangan", "jenis", "noPeraturan", "judul", "noPanggil", "singkatanJenis", "tempatTerbit", "penerbit",
             "deskripsiFisik", "sumber", "subjek", "isbn", "status", "bahasa", "bidangHukum", "teuBadan", "nomorIndukBuku", "fileDownload", "urlDownload", "urlDetailPeraturan", "operasi",
             "display", "tanggal_penetapan", "abstrak", "urlAbstrak", "last_updated" })
        EXPECT_THAT(names, Contains(name));
    EXPECT_EQ(names.size(), 28u);
}

TEST(Feed, the_jdihn_feed_fits_its_register)
{
    auto made = load_register("regulation.yaml", embedded_file("definitions/registers/regulation.yaml"), { known_roles(), {} });
    ASSERT_TRUE(made) << made.error().fields.at(0).field << made.error().fields.at(0).message_key << made.error().fields.at(0).argument;
    EXPECT_THAT(missing_in(*made, jdihn_feed()), IsEmpty());
}

TEST(Feed, a_field_from_nowhere_and_a_status_that_may_not_hold_are_refused)
{
    auto file = std::string { embedded_file("definitions/feeds/jdihn.yaml") };
    auto bad = file;
    bad.replace(bad.find("{name: idData, from: id}"), 24, "{name: idData}          ");
    EXPECT_FALSE(load_feed("jdihn.yaml", bad));
    bad = file;
    bad.replace(bad.find("  - {words: {id: Berlaku, en: In force}}"), 40, std::string(40, ' '));
    EXPECT_FALSE(load_feed("jdihn.yaml", bad));
    bad = file;
    bad.replace(bad.find("as: year}"), 9, "as: yeer}");
    EXPECT_FALSE(load_feed("jdihn.yaml", bad));
}

}
