#include "core/embedded.hpp"
#include "definition/common_items.hpp"
#include <gtest/gtest.h>
#include <map>

namespace kpuhub::definition {

namespace {

std::vector<ModelArea> const& model()
{
    static auto const loaded = load_model_plan("model_plan.yaml", embedded_file("definitions/plan_shapes/model_plan.yaml")).value();
    return loaded;
}

CommonItems const& items()
{
    static auto const loaded
        = CommonItems::load("common_items.yaml", embedded_file("definitions/plan_shapes/common_items.yaml"), model()).value();
    return loaded;
}

std::string first_fault(std::string const& sub)
{
    auto result = load_model_plan("test.yaml",
        "id: model\nversion: 1\nvalid_from: 2026-01-01\ntitle: {id: Model, en: Model}\nsource: test\nareas:\n  - no: 1\n    activities:\n"
        "      - name: Tim\n        subs:\n          - " + sub + "\n");
    return result.error().fields.at(0).field + " " + result.error().fields.at(0).message_key;
}

}

TEST(ModelPlan, has_the_eight_areas_in_their_order)
{
    std::size_t subs = 0, indicators = 0;
    ASSERT_EQ(model().size(), 8u);
    for (auto const& area : model())
        for (auto const& activity : area.activities)
            for (auto const& sub : activity.subactivities) {
                ++subs;
                indicators += sub.indicators.size();
                EXPECT_FALSE(sub.indicators.empty()) << sub.key;
            }
    EXPECT_EQ(subs, 67u);
    EXPECT_EQ(indicators, 74u);
}

TEST(ModelPlan, wrong_places_are_named_with_file_and_line)
{
    auto sub = [](std::string const& months, std::string const& rhythm, std::string const& kind) {
        return "{key: a, text: A, months: " + months + ", rhythm: " + rhythm + ", owner: hr, proof: SK, indicators: [{key: b, kind: " + kind
            + ", text: B}]}";
    };
    EXPECT_EQ(first_fault(sub("[3, 1]", "each_mark", "count")), "test.yaml:11 definition.number_wrong");
    EXPECT_EQ(first_fault(sub("[13]", "each_mark", "count")), "test.yaml:11 definition.number_wrong");
    EXPECT_EQ(first_fault(sub("[1]", "monthly", "count")), "test.yaml:11 definition.number_wrong");
    EXPECT_EQ(first_fault(sub("[1]", "weekly", "count")), "test.yaml:11 definition.choice_unknown");
    EXPECT_EQ(first_fault(sub("[1]", "each_mark", "photo")), "test.yaml:11 definition.choice_unknown");
    EXPECT_EQ(first_fault(sub("[1]", "each_mark", "count")), "test.yaml:6 definition.number_wrong") << "one area instead of eight";
}

TEST(CommonItems, every_indicator_of_the_model_proposes_itself)
{
    for (auto const& area : model())
        for (auto const& activity : area.activities)
            for (auto const& sub : activity.subactivities)
                for (auto const& indicator : sub.indicators)
                    EXPECT_EQ(items().propose(area.number, indicator.text), indicator.key) << indicator.text;
}

TEST(CommonItems, other_wordings_of_the_same_thing_are_recognised)
{
    EXPECT_EQ(items().propose(1, "Persentase (%) pelaporan LHKPN;"), "lhkpn_share");
    EXPECT_EQ(items().propose(7, "100% seluruh wajib lapor LHKPN di lingkungan Unit/Satuan Kerja"), "lhkpn_share");
    EXPECT_EQ(items().propose(1, "Tersedianya SK Tim Reformasi Birokrasi"), "rb_team_decree");
    EXPECT_EQ(items().propose(0, "Dapat diaksesnya JDIH Satuan Kerja"), "jdih_accessible");
    EXPECT_EQ(items().propose(5, "100% Pegawai mengisi Logbook Harian Digital"), "logbook_share");
}

TEST(CommonItems, what_is_worded_otherwise_proposes_nothing)
{
    EXPECT_EQ(items().propose(1, "Laporan LHKPN disimpan"), std::nullopt);
    EXPECT_EQ(items().propose(6, "Adanya tim SPIP"), std::nullopt) << "stands under area 7 only";
    EXPECT_EQ(items().propose(1, ""), std::nullopt);
    EXPECT_EQ(items().propose(1, "Persentase pelaporan LHKPN dan persentase pelaporan LHKASN"), std::nullopt) << "two items in one text";
}

TEST(ModelPlan, TheControlCardIsDueOnTheTenth)
{
    int due = 0;
    for (auto const& area : model())
        for (auto const& activity : area.activities)
            for (auto const& sub : activity.subactivities)
                if (sub.due_day != 0) {
                    EXPECT_EQ(sub.key, "control_card");
                    EXPECT_EQ(sub.due_day, 10);
                    EXPECT_EQ(sub.due_months_after, 1);
                    ++due;
                }
    EXPECT_EQ(due, 1);
}

TEST(CommonItems, a_wording_for_an_unknown_item_is_refused)
{
    auto result = CommonItems::load("test.yaml",
        "id: x\nversion: 1\nvalid_from: 2026-01-01\ntitle: {id: X, en: X}\nsource: test\nitems:\n  - {key: nothing, phrases: [a]}\n", model());
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().fields.at(0).field, "test.yaml:7");
    EXPECT_EQ(result.error().fields.at(0).message_key, "definition.reference_missing");
}

}
