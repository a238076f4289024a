#include "indicator/kept_sums.hpp"
#include "indicator/period.hpp"
#include "indicator/place.hpp"
#include "indicator/value_store.hpp"
#include "support/counting_reader.hpp"
#include "support/figure_fixture.hpp"
#include "support/held_write.hpp"

namespace kpuhub::record {

/// Records of the year 2026, looked at from February 2027.
class KeptSums : public FigureFixture {
protected:
    Date const today = Date::of(2027, 2, 10);
    bool of_all = false;

    time::Instant minute(int number) { return act(office.siti, today).at.plus(std::chrono::minutes { number }); }
    int keep(int at_minute) { return indicator::keep_sums(*database, indicators, minute(at_minute), 100).value(); }
    std::int64_t lines() { return number("SELECT count(*) FROM tally_kept WHERE sums IS NOT NULL"); }
    std::int64_t number(std::string const& text)
    {
        return database->read([&](storage::Reader& reader) -> Result<std::int64_t> { return reader.first(storage::Query { "test.number", text })->integer(0); }).value();
    }
    indicator::FigureValues values(std::string const& id, Date on, storage::Reader& reader)
    {
        static indicator::AppointmentStock const appointments;
        static indicator::Stocks const stocks { { "appointment", &appointments } };
        auto const made = indicators.find(reader, id, 1).value();
        auto const period = indicator::period_of(on, made->period);
        return indicator::figure_values(reader, stocks, { *made, office.national, true, on, on, of_all }, period, indicator::trend_length(made->period)).value();
    }
    indicator::FigureValues values(std::string const& id, Date on)
    {
        return database->read([&](storage::Reader& reader) -> Result<indicator::FigureValues> { return values(id, on, reader); }).value();
    }
    /// The trend in figures: period, numerator, denominator, offices that report.
    std::vector<std::string> trend(std::string const& id, Date on)
    {
        std::vector<std::string> found;
        for (auto const& each : values(id, on).trend)
            found.push_back(each.period + " " + std::string { indicator::to_text(each.live.standing) } + " " + std::to_string(each.live.numerator) + "/" + std::to_string(each.live.denominator)
                + " " + (each.live.exact ? each.live.exact->text() : "") + " of " + std::to_string(each.live.reported) + "/" + std::to_string(each.live.expected));
        return found;
    }
    /// What is written in 2027 about 2026: a record that is late, corrected, taken further or away, moved, a limit that passes.
    void late_write(std::mt19937& random)
    {
        auto const held_on = Date::of(2026, 1 + random() % 12, 1 + random() % 28).iso();
        Typed const typed { { "kind", { "big" } }, { "amount", { std::to_string(random() % 90) } }, { "held_on", { held_on } }, { "topics", { "a" } } };
        auto const kind = random() % 6;
        auto const id = ids[random() % ids.size()];
        auto const version = version_of(*database, id);
        bool const first = random() % 2 == 0;
        switch (kind) {
        case 0:
            if (auto made = make(office.siti, "1571", typed, Completeness::Complete, today))
                ids.push_back(*made);
            return;
        case 1:
            (void)write([&](storage::Transaction& transaction) -> Result<void> { return correct(transaction, act(office.siti, today), desk, { id, version, typed }); });
            return;
        case 2: (void)step(office.siti, id, first ? "accept" : "close", today); return;
        case 3:
            (void)write([&](storage::Transaction& transaction) -> Result<void> { return discard(transaction, act(office.siti, today), desk, id, version); });
            return;
        case 4: return set_clock(id, first ? "running" : "stopped", true);
        default: move(id, first ? office.kerinci : office.kota_jambi);
        }
    }
    void record_of_march(std::string const& amount)
    {
        ASSERT_TRUE(make(office.siti, "1571", { { "kind", { "big" } }, { "amount", { amount } }, { "held_on", { "2026-03-05" } } }, Completeness::Complete, today));
    }
};
FOR_BOTH_ENGINES(KeptSums);

TEST_P(KeptSums, a_trend_reads_what_is_kept_and_sums_no_office_again)
{
    record_of_march("30");
    auto const before = trend("amounts", today);
    EXPECT_EQ(keep(0), 0) << "asked for";
    EXPECT_EQ(lines(), 0);
    EXPECT_GT(keep(0), 0);
    EXPECT_EQ(trend("amounts", today), before);
    sql("UPDATE tally SET amount = 999 WHERE period = '2026-03' AND indicator = 'amounts'");
    EXPECT_EQ(trend("amounts", today), before) << "the offices are not summed";
    sql("DELETE FROM tally_kept");
    EXPECT_NE(trend("amounts", today), before);
}

TEST_P(KeptSums, what_is_read_of_one_year_and_of_five_is_the_same)
{
    auto const rows_read = [&] {
        return database->read([&](storage::Reader& reader) -> Result<std::pair<int, std::size_t>> {
            (void)values("late", today, reader);
            CountingReader counted { reader };
            (void)values("late", today, counted);
            return std::pair { counted.statements(), counted.rows() };
        }).value();
    };
    auto const add = [&](std::string const& year) {
        ASSERT_TRUE(write([&](storage::Transaction& transaction) -> Result<void> {
            for (auto unit : { office.kota_jambi, office.kerinci })
                indicator::apply(transaction, "late", { { unit, indicator::Amounts { { { year, "n" }, 3 } } } });
            return {};
        }));
    };
    add("2027");
    keep(0);
    keep(2);
    auto const one = rows_read();
    for (auto const* year : { "2023", "2024", "2025", "2026" })
        add(year);
    keep(4);
    keep(6);
    EXPECT_EQ(rows_read(), one);
    auto const five = trend("late", today);
    ASSERT_EQ(five.size(), 5U);
    for (auto const& each : five)
        EXPECT_THAT(each, ::testing::HasSubstr(" 6/"));
}

TEST_P(KeptSums, a_write_takes_the_line_away_before_and_after_it_is_filled)
{
    keep(0);
    record_of_march("30");
    keep(2);
    EXPECT_EQ(number("SELECT count(*) FROM tally_kept WHERE indicator = 'amounts' AND period = '2026-03' AND sums IS NOT NULL"), 0) << "asked for before the write";
    keep(4);
    EXPECT_EQ(number("SELECT count(*) FROM tally_kept WHERE indicator = 'amounts' AND period = '2026-03' AND sums = 'n=30'"), 1);
    ASSERT_TRUE(make(office.siti, "1571", { { "kind", { "big" } }, { "amount", { "12" } }, { "held_on", { "2026-03-06" } } }, Completeness::Complete, today));
    EXPECT_EQ(number("SELECT count(*) FROM tally_kept WHERE indicator = 'amounts' AND period = '2026-03'"), 0);
    EXPECT_GT(lines(), 0) << "other periods keep theirs";
    EXPECT_THAT(trend("amounts", today), ::testing::Contains(::testing::HasSubstr("2026-03 measured 42/")));
}

class KeptSumsOfTwo : public KeptSums {};
INSTANTIATE_TEST_SUITE_P(Engine, KeptSumsOfTwo, ::testing::Values(storage::Engine::Postgres), engine_name);

TEST_P(KeptSumsOfTwo, a_line_is_not_filled_while_someone_writes_who_had_not_seen_it_asked_for_however_long)
{
    record_of_march("30");
    HeldWrite late { database.settings(), [&](storage::Transaction& transaction) -> Result<void> {
        TRY(create(transaction, act(office.siti, today), desk,
            { "1571", "filing", { { "kind", { "big" } }, { "amount", { "12" } }, { "held_on", { "2026-03-06" } } }, Completeness::Complete }));
        return {};
    } };
    EXPECT_EQ(keep(0), 0) << "asked for";
    EXPECT_EQ(keep(600), 0) << "he still writes";
    EXPECT_EQ(lines(), 0);
    ASSERT_TRUE(late.let_go());
    EXPECT_GT(keep(600), 0);
    EXPECT_EQ(number("SELECT count(*) FROM tally_kept WHERE indicator = 'amounts' AND period = '2026-03' AND sums = 'n=42'"), 1);
}

TEST_P(KeptSums, a_line_of_another_tree_is_not_read_and_is_counted_anew)
{
    record_of_march("30");
    keep(0);
    keep(2);
    auto const before = trend("amounts", today);
    ASSERT_TRUE(write([&](storage::Transaction& transaction) {
        return organization::load_units(transaction, act({}, today), { { "1502", "regency", "KPU Kabupaten Merangin", "15", time::Zone::Wib } }, Date::of(2020, 1, 1));
    }));
    sql("UPDATE tally_kept SET sums = 'n=999' WHERE sums IS NOT NULL");
    auto const after = trend("amounts", today);
    EXPECT_THAT(after, ::testing::Contains(::testing::HasSubstr("2026-03 measured 30/")));
    EXPECT_THAT(after.front(), ::testing::HasSubstr("/5")) << "five offices";
    keep(4);
    keep(6);
    EXPECT_GT(lines(), 0);
    EXPECT_EQ(trend("amounts", today), after);
    EXPECT_NE(after, before);
}

TEST_P(KeptSums, a_line_that_is_not_what_its_offices_come_to_is_found)
{
    record_of_march("30");
    keep(0);
    keep(2);
    auto const wrong_lines = [&] {
        return database->read([](storage::Reader& reader) -> Result<std::vector<std::string>> {
            std::vector<std::string> found;
            for (auto const& each : indicator::wrong_kept_sums(reader))
                found.push_back(each.indicator + " " + each.unit_code + " " + each.period + " " + each.part + " " + std::to_string(each.kept) + "/" + std::to_string(each.computed));
            return found;
        }).value();
    };
    EXPECT_THAT(wrong_lines(), ::testing::IsEmpty());
    sql("UPDATE tally_kept SET sums = 'd=4 n=29' WHERE indicator = 'amounts' AND period = '2026-03'");
    sql("UPDATE tally_kept SET sums = 'n=7' WHERE indicator = 'amounts' AND period = '2026-04'");
    EXPECT_THAT(wrong_lines(), ::testing::ElementsAre("amounts 00 2026-03 d 4/0", "amounts 00 2026-03 n 29/30", "amounts 00 2026-04 n 7/0"));
    sql("UPDATE tally_kept SET sums = '' WHERE indicator = 'amounts'");
    EXPECT_THAT(wrong_lines(), ::testing::ElementsAre("amounts 00 2026-03 n 0/30"));
    sql("UPDATE tally_kept SET sums = NULL");
    EXPECT_THAT(wrong_lines(), ::testing::IsEmpty()) << "asked for, not counted yet";
}

TEST_P(KeptSums, after_any_writes_the_trend_is_what_the_offices_sum_up_to)
{
    std::mt19937 random { 23 };
    for (int round = 0; round < 40; ++round)
        act_at_random(random);                  // in the course of 2026
    for (int round = 0; round < 60; ++round) {
        late_write(random);
        if (round % 3 == 0)
            keep(2 * round);
        if (round % 12 != 11)
            continue;
        std::map<std::string, std::vector<std::string>> read;
        for (auto const& text : all_indicators()) {
            auto const id = text.file.substr(0, text.file.find('.'));
            read[id] = trend(id, today);
        }
        sql("DELETE FROM tally_kept");
        for (of_all = true; auto const& [id, kept] : read)
            EXPECT_EQ(kept, trend(id, today)) << id << " by period";
        for (of_all = false; auto const& [id, kept] : read)
            EXPECT_EQ(kept, trend(id, today)) << id << " by office";
    }
}

TEST_P(KeptSums, parts_of_the_plan_are_summed_by_month_and_year_whichever_way_is_taken)
{
    auto all = all_indicators();
    all.push_back(indicator_text("plan_quarter", "numerator: {plan: verified}\ndenominator: {plan: due}\nperiod: quarter\ntree: sum_then_divide\n"));
    all.push_back(indicator_text("plan_year", "numerator: {plan: verified}\ndenominator: {plan: due}\nperiod: year\ntree: sum_then_divide\n"));
    all.push_back(indicator_text("plan_month", "numerator: {plan: verified}\ndenominator: {plan: due}\nperiod: month\ntree: sum_then_divide\n"));
    all.push_back(indicator_text("plan_mean", "numerator: {plan: verified}\ndenominator: {plan: due}\nperiod: semester\ntree: average_of_units\n"));
    all.push_back(indicator_text("records_of_plan", "numerator: {count: filing, on: held_on}\ndenominator: {plan: due}\nperiod: quarter\ntree: sum_then_divide\n"));
    publish_indicators(*database, all);
    record_of_march("30");
    auto const write_month = [&](int year, int month, std::int64_t due) {
        auto const name = indicator::period_of(Date::of(year, static_cast<unsigned>(month), 1), indicator::PeriodKind::Month);
        ASSERT_TRUE(write([&](storage::Transaction& transaction) -> Result<void> {
            for (auto unit : { office.kota_jambi, office.kerinci, office.province })
                indicator::apply(transaction, "plan_progress", { { unit, indicator::Amounts { { { name, "t.due" }, due }, { { name, "t.verified" }, 2 }, { { name, "a1.due" }, 500 },
                                                                             { { name.substr(0, 4), "t.due" }, due }, { { name.substr(0, 4), "t.verified" }, 2 } } } });
            return {};
        }));
    };
    for (int year : { 2025, 2026, 2027 })
        for (int month = 1; month <= (year == 2027 ? 2 : 12); ++month)
            write_month(year, month, month);
    for (auto const* id : { "plan_quarter", "plan_year", "plan_month", "plan_mean", "records_of_plan" }) {
        of_all = false;
        auto const by_office = trend(id, today);
        of_all = true;
        EXPECT_EQ(trend(id, today), by_office) << id;
        keep(0);
        keep(2);
        EXPECT_EQ(trend(id, today), by_office) << id << " kept";
        sql("DELETE FROM tally_kept");
    }
    EXPECT_THAT(trend("plan_quarter", today), ::testing::Contains(::testing::HasSubstr("2026-Q2 measured 18/45 ")));
    EXPECT_THAT(trend("plan_quarter", today).back(), ::testing::HasSubstr("2027-Q1 measured 12/9 "));
    EXPECT_THAT(trend("plan_year", today), ::testing::Contains(::testing::HasSubstr("2025 measured 72/234 ")));
    EXPECT_THAT(trend("plan_month", today), ::testing::Contains(::testing::HasSubstr("2026-12 measured 6/36 ")));
    EXPECT_THAT(trend("records_of_plan", today), ::testing::Contains(::testing::HasSubstr("2026-Q1 measured 1/18 ")));
    ASSERT_TRUE(database->read([&](storage::Reader& reader) -> Result<int> {
        std::vector<std::shared_ptr<definition::Indicator const>> made;
        for (auto const& each : indicators.newest(reader))
            if (each->id.starts_with("plan_") || each->id == "records_of_plan")
                made.push_back(each);
        EXPECT_EQ(made.size(), 5U);
        auto const nation = organization::unit_by_code(reader, "00", today).value();
        auto const listed = indicator::listed_values(reader, {}, made, nation, today).value();
        for (std::size_t at = 0; at < made.size(); ++at) {
            auto const page = values(made[at]->id, today, reader).trend.back().live;
            EXPECT_EQ(listed[at].now.exact, page.exact) << made[at]->id << ": the list says what the page says";
            EXPECT_EQ(listed[at].now.denominator, page.denominator) << made[at]->id;
            EXPECT_TRUE(page.measured()) << made[at]->id;
        }
        return 0;
    }));
    keep(4);
    keep(6);
    write_month(2026, 5, 100);
    EXPECT_THAT(trend("plan_quarter", today), ::testing::Contains(::testing::HasSubstr("2026-Q2 measured 24/345 "))) << "a late write of the plan takes the line away";
}

TEST(KeptAmounts, reads_its_own_lines_and_nothing_else)
{
    using Amounts = std::vector<std::pair<std::string, std::int64_t>>;
    EXPECT_EQ(indicator::kept_amounts("d=40 n=12 n.03=-1"), (Amounts { { "d", 40 }, { "n", 12 }, { "n.03", -1 } }));
    EXPECT_EQ(indicator::kept_amounts(""), Amounts {});
    EXPECT_EQ(indicator::kept_amounts("n=12 d"), Amounts {});
    EXPECT_EQ(indicator::kept_amounts("n=x"), Amounts {});
}

}
