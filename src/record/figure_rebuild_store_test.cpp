#include "indicator/wrong_units.hpp"
#include "support/figure_fixture.hpp"
#include "support/held_write.hpp"

namespace kpuhub::record {

class FigureRebuild : public FigureFixture {};
FOR_BOTH_ENGINES(FigureRebuild);

TEST_P(FigureRebuild, tallies_equal_a_rebuild_for_any_sequence_of_changes)
{
    std::mt19937 random { 20260418 };
    for (int at = 0; at < 160; ++at) {
        if (at == 80) {
            auto next = all_indicators();
            publish_indicators(*database, { indicator_text("amounts", "numerator: {sum: filing.amount, where: {kind: big}, on: created}\nperiod: quarter\ntree: sum_then_divide\n", 2) });
            ASSERT_TRUE(rebuild_indicator({ *database, indicators, {}, clock }, "amounts", [](std::int64_t, std::int64_t) { return true; }));
        }
        act_at_random(random);
        if (at % 16 == 15) {
            ASSERT_THAT(wrong(), ::testing::IsEmpty()) << "after step " << at;
        }
    }
    EXPECT_GT(ids.size(), 20U);
    for (auto const* indicator : { "amounts", "sizes", "heads", "filed_share", "late", "in_time" })
        EXPECT_GT(database->read([&](storage::Reader& reader) -> Result<std::int64_t> {
            return reader.first(storage::Query { "test.count", "SELECT count(*) FROM contribution WHERE indicator = $1" }, std::string { indicator })->integer(0);
        }).value(), 0) << indicator;
}

TEST_P(FigureRebuild, tallies_stay_true_with_several_writers)
{
    auto const siti = std::to_string(office.siti.value);
    for (int at = 0; at < 6; ++at)
        ids.push_back(make(office.siti, "1571", { { "kind", { "big" } }, { "person", { siti } }, { "amount", { "5" } } }).value());
    auto work = [&](unsigned seed) {
        std::mt19937 random { seed };
        for (int at = 0; at < 25; ++at) {
            auto const id = ids[random() % ids.size()];
            if (random() % 3 == 0) {
                (void)step(office.yuli, id, random() % 2 ? "accept" : "close");
                continue;
            }
            auto const version = version_of(*database, id);
            Typed typed { { "kind", { random() % 2 ? "big" : "small" } }, { "person", { random() % 2 ? siti : std::to_string(office.dewi.value) } }, { "amount", { std::to_string(random() % 90) } } };
            (void)write([&](storage::Transaction& transaction) -> Result<void> { return correct(transaction, act(office.siti), desk, { id, version, typed }); });
        }
    };
    std::thread first(work, 1), second(work, 2);
    std::thread third([&] {
        for (int at = 0; at < 3; ++at)
            EXPECT_TRUE(rebuild_indicator({ *database, indicators, {}, clock }, "filed_share", [](std::int64_t, std::int64_t) { return true; }));
    });
    first.join();
    second.join();
    third.join();
    EXPECT_THAT(wrong(), ::testing::IsEmpty());
}

class FigureRebuildOfTwo : public FigureRebuild {};
INSTANTIATE_TEST_SUITE_P(Engine, FigureRebuildOfTwo, ::testing::Values(storage::Engine::Postgres), engine_name);

TEST_P(FigureRebuildOfTwo, a_record_that_is_being_written_when_an_indicator_is_published_is_counted_by_the_new_version)
{
    HeldWrite slow { database.settings(), [&](storage::Transaction& transaction) -> Result<void> {
        TRY(create(transaction, act(office.siti), desk, { "1571", "filing", { { "kind", { "big" } }, { "amount", { "5" } }, { "held_on", { "2026-03-05" } } }, Completeness::Complete }));
        return {};
    } };
    publish_indicators(*database, { indicator_text("amounts", "numerator: {sum: filing.amount, where: {kind: big}, on: created}\nperiod: quarter\ntree: sum_then_divide\n", 2) });
    std::atomic<bool> counted = false;
    std::thread rebuild { [&] {
        EXPECT_TRUE(rebuild_indicator({ *database, indicators, {}, clock }, "amounts", [](std::int64_t, std::int64_t) { return true; }));
        counted = true;
    } };
    std::this_thread::sleep_for(std::chrono::milliseconds { 300 });
    EXPECT_FALSE(counted) << "nobody sees the record yet";
    ASSERT_TRUE(slow.let_go());
    rebuild.join();
    EXPECT_THAT(wrong(), ::testing::IsEmpty());
    EXPECT_EQ(tally_of(office.kota_jambi, "amounts", "2026-Q2", "n"), 5);
    EXPECT_EQ(tally_of(office.kota_jambi, "amounts", "2026-03", "n"), 0);
}

TEST_P(FigureRebuildOfTwo, what_is_mended_while_records_are_made_counts_each_of_them_once)
{
    std::atomic<bool> ended = false;
    auto const person = std::to_string(office.siti.value);
    std::thread maker { [&] {
        while (!ended) {
            auto const made = make(office.siti, "1571", { { "kind", { "big" } }, { "person", { person } }, { "amount", { "5" } }, { "held_on", { "2026-03-05" } } });
            EXPECT_TRUE(made && step(office.siti, *made, "accept"));
        }
    } };
    for (int at = 0; at < 12; ++at) {
        sql("UPDATE tally SET amount = amount + 7 WHERE indicator IN ('amounts', 'filed_share')");
        sql("UPDATE tally_key SET holders = holders + 1 WHERE indicator = 'filed_share'");
        for (auto const* id : { "amounts", "filed_share" }) {
            EXPECT_TRUE(rebuild_indicator({ *database, indicators, {}, clock }, id, [](std::int64_t, std::int64_t) { return true; }));
            EXPECT_THAT(database->read([&](storage::Reader& reader) -> Result<std::vector<UnitId>> { return indicator::wrong_units(reader, id); }).value(), ::testing::IsEmpty()) << id;
        }
    }
    ended = true;
    maker.join();
    EXPECT_THAT(wrong(), ::testing::IsEmpty());
}

TEST_P(FigureRebuildOfTwo, a_rebuild_that_waits_for_a_writer_can_be_ended)
{
    HeldWrite slow { database.settings(), [&](storage::Transaction& transaction) -> Result<void> {
        TRY(create(transaction, act(office.siti), desk, { "1571", "filing", { { "kind", { "big" } } }, Completeness::Complete }));
        return {};
    } };
    EXPECT_FALSE(rebuild_indicator({ *database, indicators, {}, clock }, "amounts", [](std::int64_t, std::int64_t) { return false; }));
}

namespace {

/// Five of something that is no record.
class FiveElsewhere final : public indicator::Source {
public:
    [[nodiscard]] std::string_view indicator() const override { return "progress"; }
    [[nodiscard]] std::vector<indicator::Contribution> contributions_of(storage::Reader&, UnitId) const override { return { { "2026", "t.verified", 5 } }; }
    void hold(storage::Transaction&, UnitId) const override {}
    [[nodiscard]] std::vector<indicator::SourceRow> rows_behind(storage::Reader&, PersonId, Date, indicator::Figure const&, std::int64_t, std::int64_t) const override { return {}; }
};

}

TEST_P(FigureRebuild, a_rebuild_leaves_figures_of_other_rows_as_those_rows_say)
{
    publish_indicators(*database, { indicator_text("progress", "numerator: {plan: verified}\ndenominator: {plan: due}\nperiod: year\ntree: sum_then_divide\n") });
    FiveElsewhere const source;
    ASSERT_TRUE(write([&](storage::Transaction& transaction) -> Result<void> {
        indicator::apply_difference(transaction, "progress", office.kota_jambi, {}, source.contributions_of(transaction, office.kota_jambi));
        return {};
    }));
    auto rebuild = [&] { return rebuild_indicator({ *database, indicators, { &source }, clock }, "progress", [](std::int64_t, std::int64_t) { return true; }); };
    EXPECT_EQ(rebuild().value(), 0);
    EXPECT_EQ(tally_of(office.kota_jambi, "progress", "2026", "t.verified"), 5);
    sql("UPDATE tally SET amount = 9 WHERE indicator = 'progress'");
    EXPECT_EQ(rebuild().value(), 1);
    EXPECT_EQ(tally_of(office.kota_jambi, "progress", "2026", "t.verified"), 5);
}

TEST_P(FigureRebuild, a_rebuild_takes_away_what_registers_added_that_are_counted_no_more)
{
    auto const unit = std::to_string(office.kota_jambi.value);
    sql("INSERT INTO subject (kind, unit_id, state, created_at) VALUES ('r_gone', " + unit + ", 'open', 0)");
    sql("INSERT INTO contribution (subject_id, indicator, part, period, unit_id, distinct_key, amount) SELECT id, 'amounts', 'n', '2026-03', unit_id, '', 5 FROM subject WHERE kind = 'r_gone'");
    sql("INSERT INTO tally (indicator, period, part, unit_id, amount) VALUES ('amounts', '2026-03', 'n', " + unit + ", 5)");
    EXPECT_EQ(rebuild_indicator({ *database, indicators, {}, clock }, "amounts", [](std::int64_t, std::int64_t) { return true; }).value(), 1);
    EXPECT_EQ(tally_of(office.kota_jambi, "amounts", "2026-03", "n"), 0);
    EXPECT_EQ(database->read([](storage::Reader& reader) -> Result<std::int64_t> { return reader.first(storage::Query { "test.kept", "SELECT count(*) FROM contribution" })->integer(0); }).value(), 0);
}

TEST_P(FigureRebuild, a_rebuild_puts_right_whatever_was_spoilt)
{
    std::mt19937 random { 3 };
    for (int at = 0; at < 60; ++at)
        act_at_random(random);
    sql("UPDATE tally SET amount = amount + 7 WHERE indicator = 'amounts'");
    sql("DELETE FROM contribution WHERE indicator = 'filed_share'");
    sql("UPDATE tally_key SET holders = holders + 1 WHERE indicator = 'filed_share'");
    sql("DELETE FROM tally WHERE indicator = 'sizes'");
    EXPECT_THAT(wrong(), ::testing::Not(::testing::IsEmpty()));
    for (auto const* id : { "amounts", "filed_share", "sizes" })
        ASSERT_TRUE(rebuild_indicator({ *database, indicators, {}, clock }, id, [](std::int64_t, std::int64_t) { return true; }));
    EXPECT_THAT(wrong(), ::testing::IsEmpty());
    for (int at = 0; at < 30; ++at)
        act_at_random(random);
    EXPECT_THAT(wrong(), ::testing::IsEmpty());
}

}
