#include "indicator/closing.hpp"
#include "indicator/period.hpp"
#include "indicator/place.hpp"
#include "support/counting_reader.hpp"
#include "support/figure_fixture.hpp"

namespace kpuhub::record {

using indicator::PeriodKind;

class FigureStore : public FigureFixture {};
FOR_BOTH_ENGINES(FigureStore);

TEST_P(FigureStore, a_record_counts_from_when_it_is_sent_until_it_no_longer_fits)
{
    auto const siti = std::to_string(office.siti.value);
    auto id = make(office.siti, "1571", { { "kind", { "big" } }, { "person", { siti } } }, Completeness::Draft).value();
    EXPECT_EQ(tally_of(office.kota_jambi, "filed_share", "2026", "n"), 0);
    ASSERT_TRUE(write([&](storage::Transaction& transaction) -> Result<void> {
        return correct(transaction, act(office.siti), desk, { id, 1, { { "kind", { "big" } }, { "person", { siti } }, { "amount", { "30" } }, { "held_on", { "2026-03-05" } } } });
    }));
    EXPECT_EQ(tally_of(office.kota_jambi, "filed_share", "2026", "n"), 0) << "it is only asked";
    EXPECT_EQ(tally_of(office.kota_jambi, "amounts", "2026-03", "n"), 30);
    EXPECT_EQ(tally_of(office.kota_jambi, "sizes", "2026-Q2", "n.01"), 1);
    ASSERT_TRUE(step(office.siti, id, "accept"));
    EXPECT_EQ(tally_of(office.kota_jambi, "filed_share", "2026", "n"), 1);
    EXPECT_EQ(tally_of(office.kota_jambi, "waits", "2026", "n.01"), 1) << "accepted after a day";
    auto second = make(office.siti, "1571", { { "kind", { "big" } }, { "person", { siti } } }).value();
    ASSERT_TRUE(step(office.siti, second, "accept"));
    EXPECT_EQ(tally_of(office.kota_jambi, "filed_share", "2026", "n"), 1) << "the same person counts once";
    move(id, office.kerinci);
    EXPECT_EQ(tally_of(office.kota_jambi, "filed_share", "2026", "n"), 1) << "the second record still holds the person";
    EXPECT_EQ(tally_of(office.kerinci, "filed_share", "2026", "n"), 1);
    EXPECT_EQ(tally_of(office.kota_jambi, "amounts", "2026-03", "n"), 0);
    EXPECT_THAT(wrong(), ::testing::IsEmpty());
}
TEST_P(FigureStore, the_value_of_a_branch_is_its_tree_rule_over_its_offices)
{
    indicator::AppointmentStock const appointments;
    indicator::Stocks const stocks { { "appointment", &appointments } };
    for (auto person : { office.siti, office.dewi })
        ASSERT_TRUE(step(person, make(person, "1571", { { "kind", { "big" } }, { "person", { std::to_string(person.value) } } }).value(), "accept"));
    auto const read = [&](UnitId node) {
        return database->read([&](storage::Reader& reader) -> Result<indicator::FigureValues> {
            auto const made = indicators.find(reader, "filed_share", 1).value();
            auto const today = Date::of(2026, 4, 20);
            return indicator::figure_values(reader, stocks, { *made, node, true, today, today }, "2026", 5);
        }).value();
    };
    auto const people = database->read([&](storage::Reader& reader) -> Result<std::int64_t> {
        return reader.first(storage::Query { "test.people", "SELECT count(DISTINCT a.person_id) FROM appointment a JOIN post p ON p.id = a.post_id WHERE p.unit_id = $1 AND a.valid_to >= '2026-04-20'" },
            office.kota_jambi)->integer(0);
    }).value();
    auto const own = read(office.kota_jambi);
    EXPECT_EQ(own.trend.back().live.numerator, 2);
    EXPECT_EQ(own.trend.back().live.denominator, people);
    auto const province = read(office.province);
    EXPECT_EQ(province.trend.size(), 5U);
    EXPECT_EQ(province.trend.back().live.numerator, 2);
    EXPECT_EQ(province.trend.back().live.reported, 2) << "the two offices that keep the register";
    EXPECT_EQ(province.trend.back().live.expected, 3);
    ASSERT_EQ(province.branches.size(), 3U);
    EXPECT_EQ(province.branches.front().live.standing, indicator::Standing::NotReported) << "the province itself keeps none";
    auto const kerinci = std::ranges::find(province.branches, office.kerinci, &indicator::BranchValue::unit);
    EXPECT_EQ(kerinci->live.standing, indicator::Standing::Measured);
    EXPECT_EQ(kerinci->live.numerator, 0) << "zero is measured";
    EXPECT_EQ(province.trend.front().live.standing, indicator::Standing::NotReported) << "2022: nobody of all the people could file";
}

TEST_P(FigureStore, a_closed_period_keeps_its_values_and_a_later_change_is_seen)
{
    indicator::AppointmentStock const appointments;
    indicator::Stocks const stocks { { "appointment", &appointments } };
    sql("UPDATE indicator_definition SET published_at = 1767200000000");      // 31 December 2025
    auto id = make(office.siti, "1571", { { "kind", { "big" } }, { "amount", { "30" } }, { "held_on", { "2026-03-05" } } }).value();
    auto const closed = indicator::close_periods(*database, indicators, stocks, act(office.siti, Date::of(2026, 4, 20)).at, 50);
    ASSERT_TRUE(closed);
    EXPECT_GE(*closed, 3) << "the months January to March, and the first quarter";
    EXPECT_EQ(indicator::close_periods(*database, indicators, stocks, act(office.siti, Date::of(2026, 4, 20)).at, 50).value(), 0) << "once";
    auto const version = version_of(*database, id);
    ASSERT_TRUE(write([&](storage::Transaction& transaction) -> Result<void> { return correct(transaction, act(office.siti), desk, { id, version, { { "kind", { "big" } }, { "amount", { "55" } }, { "held_on", { "2026-03-05" } } } }); }));
    auto const values = database->read([&](storage::Reader& reader) -> Result<indicator::FigureValues> {
        auto const made = indicators.find(reader, "amounts", 1).value();
        auto const today = Date::of(2026, 4, 21);
        return indicator::figure_values(reader, stocks, { *made, office.province, true, Date::of(2026, 3, 31), today }, "2026-03", 12);
    }).value();
    auto const& march = values.trend.back();
    ASSERT_TRUE(march.closed);
    EXPECT_EQ(march.closed->numerator, 30);
    EXPECT_EQ(march.shown().numerator, 30);
    EXPECT_EQ(march.live.numerator, 55);
    EXPECT_FALSE(values.trend.front().closed) << "April 2025 had ended before anybody could report to it";
}

TEST_P(FigureStore, the_list_behind_a_number_holds_what_its_reader_may_read)
{
    for (auto person : { office.siti, office.dewi })
        ASSERT_TRUE(make(person, "1571", { { "kind", { "big" } }, { "amount", { "30" } }, { "held_on", { "2026-03-05" } } }));
    auto const rows = [&](PersonId person) {
        return database->read([&](storage::Reader& reader) -> Result<std::pair<std::size_t, RecordSource::Behind>> {
            RecordSource const source { indicators, indicators.find(reader, "amounts", 1).value() };
            indicator::Figure const figure { office.province, true, "2026-03", "n" };
            auto const today = Date::of(2026, 4, 18);
            return std::pair { source.rows_behind(reader, person, today, figure, 0, 50).size(), source.count_behind(reader, person, today, figure) };
        }).value();
    };
    EXPECT_EQ(rows(office.siti).first, 2U);
    EXPECT_EQ(rows(office.ratna).first, 0U) << "the supervisor sees figures, not records";
    EXPECT_EQ(rows(office.ratna).second.all, 2);
    EXPECT_EQ(rows(office.budi).first, 0U);
    EXPECT_EQ(rows(office.budi).second.all, 0) << "staff of another office does not even count them";
}

TEST_P(FigureStore, all_stocks_of_a_list_are_counted_in_one_statement)
{
    auto all = all_indicators();
    all.push_back(indicator_text("regencies", "numerator: {stock: unit, where: {level: [regency]}, at: period_end}\nperiod: year\ntree: sum_then_divide\n"));
    all.push_back(indicator_text("heads_of_office", "numerator: {stock: appointment, where: {post: [head]}, at: period_end}\ndenominator: {stock: unit, at: period_end}\nvalue: mean\nperiod: year\ntree: sum_then_divide\n"));
    publish_indicators(*database, all);
    ASSERT_TRUE(step(office.siti, make(office.siti, "1571", { { "kind", { "big" } }, { "person", { std::to_string(office.siti.value) } } }).value(), "accept"));
    indicator::AppointmentStock const appointments;
    indicator::UnitStock const units;
    indicator::Stocks const stocks { { "appointment", &appointments }, { "unit", &units } };
    auto const today = Date::of(2026, 4, 20);
    for (auto const& [code, regencies, heads, offices, filed] : { std::tuple { "00", 2, 3, 4, 1 }, std::tuple { "15", 2, 3, 3, 1 }, std::tuple { "1571", 1, 2, 1, 1 }, std::tuple { "1501", 1, 0, 1, 0 } }) {
        auto const read = database->read([&](storage::Reader& reader) -> Result<std::map<std::string, indicator::Value>> {
            auto const unit = organization::unit_by_code(reader, code, today).value();
            std::vector<std::shared_ptr<definition::Indicator const>> made;
            for (auto const& each : indicators.newest(reader))
                made.push_back(each);
            CountingReader counted { reader };
            auto const listed = indicator::listed_values(counted, stocks, made, unit, today).value();
            EXPECT_EQ(counted.statements(), 2) << "what is counted and frozen, and the stocks";
            std::map<std::string, indicator::Value> found;
            for (std::size_t at = 0; at < made.size(); ++at)
                found[made[at]->id] = listed[at].now;
            return found;
        }).value();
        EXPECT_EQ(read.at("regencies").numerator, regencies) << code;
        EXPECT_EQ(read.at("heads_of_office").numerator, heads) << code;
        EXPECT_EQ(read.at("heads_of_office").denominator, offices) << code;
        EXPECT_EQ(read.at("filed_share").numerator, filed) << code;
        auto const made = database->read([&](storage::Reader& reader) { return indicators.find(reader, "filed_share", 1); }).value();
        auto const page = database->read([&](storage::Reader& reader) -> Result<indicator::FigureValues> {
            auto const unit = organization::unit_by_code(reader, code, today).value();
            return indicator::figure_values(reader, stocks, { *made, unit.id, true, today, today }, "2026", 1);
        }).value();
        EXPECT_EQ(read.at("filed_share").denominator, page.trend.back().live.denominator) << "the list says what the page says: " << code;
    }
}

}
