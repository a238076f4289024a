#include "indicator/closing.hpp"
#include "indicator/period.hpp"
#include "organization/unit.hpp"
#include "record/figure_jobs.hpp"
#include "record/record_actions.hpp"
#include "record/record_source.hpp"
#include "record/record_store.hpp"
#include "support/office.hpp"
#include "support/registers.hpp"
#include "support/test_database.hpp"
#include <gmock/gmock.h>
#include <random>
#include <thread>

namespace kpuhub::record {

using namespace kpuhub::testing;
using definition::RegisterText;
using indicator::PeriodKind;
using time::Date;

namespace {

constexpr auto filing = R"(
id: filing
version: 1
valid_from: 2026-01-01
source: a test
class: internal
purpose: {id: Uji, en: Test}
legal_basis: none
retention: {years: 1}
title: {id: Laporan uji, en: Test filing}
fields:
  kind: {kind: choice, required: true, label: {id: Jenis, en: Kind}, options: {big: {id: Besar, en: Big}, small: {id: Kecil, en: Small}}}
  person: {kind: person, label: {id: Pegawai, en: Person}}
  held_on: {kind: date, label: {id: Tanggal, en: Held on}}
  amount: {kind: integer, label: {id: Jumlah, en: Amount}}
  topics: {kind: many_choice, label: {id: Materi, en: Topics}, options: {a: {id: A, en: A}, b: {id: B, en: B}}}
  people: {kind: children, label: {id: Orang, en: People}, fields: {name: {kind: text, label: {id: Nama, en: Name}}}}
access: {read: [staff], create: [staff]}
flow:
  start: asked
  states:
    asked: {label: {id: Diminta, en: Asked}, edit_by: [staff]}
    accepted: {label: {id: Diterima, en: Accepted}, edit_by: [staff]}
    closed: {label: {id: Selesai, en: Closed}, closed: true, edit_by: [staff]}
  steps:
    accept: {label: {id: Terima, en: Accept}, from: asked, to: accepted, by: staff}
    close: {label: {id: Selesai, en: Close}, from: accepted, to: closed, by: staff}
clocks:
  answer: {label: {id: Jawaban, en: Answer}, starts: created, within: 3 working_days, stops_on: [accepted], source: a test}
)";

RegisterText indicator_text(std::string const& id, std::string const& body, int version = 1)
{
    return { id + ".yaml", "id: " + id + "\nversion: " + std::to_string(version) + "\nvalid_from: 2026-01-01\nsource: a test\ntitle: {id: " + id + ", en: " + id + "}\n" + body };
}

std::vector<RegisterText> all_indicators()
{
    return {
        indicator_text("filed_share", "numerator: {count: filing, where: {kind: big, state: [accepted, closed]}, distinct_by: person}\n"
                                      "denominator: {stock: appointment, at: period_end}\nperiod: year\ntarget: 100\ntree: sum_then_divide\n"),
        indicator_text("amounts", "numerator: {sum: filing.amount, where: {amount: filled}, on: held_on}\nperiod: month\ntree: sum_then_divide\n"),
        indicator_text("sizes", "numerator: {histogram: filing.amount, edges: [10, 50]}\nperiod: quarter\ntree: sum_then_divide\n"),
        indicator_text("waits", "numerator: {histogram: filing, to: accepted, in: wall_hours, edges: [1, 24], on: \"state:accepted\"}\nvalue: p90\nperiod: year\ntree: sum_then_divide\n"),
        indicator_text("heads", "numerator: {count: filing.people, where: {topics: [a]}}\ndenominator: {count: filing, where: {topics: [a]}}\nvalue: mean\nperiod: semester\ntree: average_of_units\n"),
        indicator_text("late", "numerator: {overdue: filing, clock: answer}\nperiod: year\nbetter: lower\ntree: sum_then_divide\n"),
        indicator_text("in_time", "numerator: {count: filing, where: {clock: {answer: kept}}}\ndenominator: {count: filing, where: {clock: {answer: [kept, missed, overdue]}}}\n"
                                  "period: year\ntree: share_at_target\ntarget: 50\n"),
    };
}

}

class FigureStore : public ForBothEngines {
protected:
    Office office = make_office(*database);
    definition::Shelf shelf;
    definition::IndicatorShelf indicators { shelf };
    FigureKeeper keeper { indicators };
    Listeners listeners { &keeper };
    Desk desk { shelf, listeners };
    time::FixedClock clock { time::Instant { 1'776'500'000'000 } };
    std::vector<SubjectId> ids;

    void SetUp() override
    {
        publish_registers(*database, { { "filing.yaml", filing } });
        publish_indicators(*database, all_indicators());
        for (auto unit : { office.kota_jambi, office.kerinci })
            switch_on(*database, "filing", unit);
    }

    journal::Act act(PersonId person, Date day = Date::of(2026, 4, 18)) { return act_of(person, day); }

    template<typename Action>
    auto write(Action action) { return database->write(action); }

    Result<SubjectId> make(PersonId person, std::string const& unit, Typed typed, Completeness completeness = Completeness::Complete, Date day = Date::of(2026, 4, 18))
    {
        return write([&](storage::Transaction& transaction) { return create(transaction, act(person, day), desk, { unit, "filing", typed, completeness }); });
    }
    Result<void> step(PersonId person, SubjectId id, std::string const& name, Date day = Date::of(2026, 4, 19))
    {
        auto const version = version_of(*database, id);
        return write([&](storage::Transaction& transaction) -> Result<void> { return do_step(transaction, act(person, day), desk, { id, version, name }); });
    }
    /// Contributions and tallies of all units that are not what the rows say, in words.
    std::vector<std::string> wrong()
    {
        return database->read([&](storage::Reader& reader) -> Result<std::vector<std::string>> {
            std::vector<std::string> found;
            for (auto const& made : indicators.newest(reader)) {
                RecordSource const source { indicators, made };
                for (auto unit : { office.national, office.province, office.kota_jambi, office.kerinci }) {
                    if (auto const differ = source.contributions_wrong(reader, unit); differ > 0)
                        found.push_back(made->id + ": " + std::to_string(differ) + " contributions differ");
                    for (auto const& each : indicator::compare_with_rows(reader, source, unit).tallies)
                        found.push_back(made->id + " " + each.period + " " + each.part + ": " + std::to_string(each.kept) + " kept, " + std::to_string(each.computed) + " computed");
                }
            }
            return found;
        }).value();
    }
    std::int64_t tally_of(UnitId unit, std::string const& indicator, std::string const& period, std::string const& part)
    {
        return database->read([&](storage::Reader& reader) -> Result<std::int64_t> {
            auto row = reader.first(storage::Query { "test.tally", "SELECT amount FROM tally WHERE indicator = $1 AND period = $2 AND part = $3 AND unit_id = $4" }, indicator, period, part, unit);
            return row ? row->integer(0) : 0;
        }).value();
    }
    void sql(std::string const& text)
    {
        ASSERT_TRUE(write([&](storage::Transaction& transaction) -> Result<void> {
            transaction.execute(storage::Query { "test.sql", text });
            return {};
        }));
    }
    /// A clock of the record, as flow/ would have written it, and what its passing tells the figures.
    void set_clock(SubjectId id, std::string const& state, bool passed)
    {
        auto done = write([&](storage::Transaction& transaction) -> Result<void> {
            transaction.execute(storage::Query { "test.rule", R"sql(
                INSERT INTO clock_rule (set_id, version, family, name, valid_from, valid_to, title_id, title_en, measure, amount, day, month, first_day, receipt, last_day, ends, article, source,
                    confidence, warnings) VALUES ('test', 1, 'test', 'answer', '2026-01-01', '9999-12-31', 'x', 'x', 0, 3, 0, 0, 0, 0, 0, 0, '', '', 'memory', '')
                ON CONFLICT (set_id, version, name) DO NOTHING )sql" });
            transaction.execute(storage::Query { "test.lock", "UPDATE subject SET version = version WHERE id = $1" }, id);
            transaction.execute(storage::Query { "test.clock", R"sql(
                INSERT INTO clock (subject_id, name, unit_id, rule_id, state, started_at, passed, read_permission, link, calendar)
                VALUES ($1, 'answer', $2, (SELECT id FROM clock_rule WHERE set_id = 'test'), $3, 0, $4, 'plan.read', '/', '')
                ON CONFLICT (subject_id, name) DO UPDATE SET state = excluded.state, passed = excluded.passed )sql" }, id, office.kota_jambi, state, passed);
            return keeper.clock_passed(transaction, id, "r_filing");
        });
        ASSERT_TRUE(done) << done.error().detail;
    }

    /// One random action; refusals are part of the game. All chance is drawn before the action, which may run twice.
    void act_at_random(std::mt19937& random)
    {
        Typed typed { { "kind", { random() % 2 ? "big" : "small" } } };
        auto const people = std::vector { office.siti, office.yuli, office.dewi };
        if (random() % 3)
            typed["person"] = { std::to_string(people[random() % 3].value) };
        if (random() % 3)
            typed["held_on"] = { Date::of(2026, 1 + random() % 12, 1 + random() % 28).iso() };
        if (random() % 4)
            typed["amount"] = { std::to_string(static_cast<int>(random() % 120) - 10) };
        if (random() % 2)
            typed["topics"] = { "a" };
        auto const person = people[random() % 3];
        auto const day = Date::of(2026, 1, 2).plus(std::chrono::days { random() % 360 });
        auto const kind = ids.empty() ? 0 : random() % 9;
        auto const id = ids.empty() ? SubjectId {} : ids[random() % ids.size()];
        auto const version = id ? version_of(*database, id) : 0;
        switch (kind) {
        case 0:
        case 1:
            if (auto made = make(person, "1571", typed, random() % 4 == 0 ? Completeness::Draft : Completeness::Complete, day))
                ids.push_back(*made);
            return;
        case 2:
            (void)write([&](storage::Transaction& transaction) -> Result<void> { return correct(transaction, act(person, day), desk, { id, version, typed }); });
            return;
        case 3: (void)step(person, id, "accept", day); return;
        case 4: (void)step(person, id, "close", day); return;
        case 5:
            (void)write([&](storage::Transaction& transaction) -> Result<void> { return add_child(transaction, act(person, day), desk, id, "people", { { "name", { "x" } } }); });
            return;
        case 6:
            (void)write([&](storage::Transaction& transaction) -> Result<void> { return discard(transaction, act(person, day), desk, id, version); });
            return;
        case 7: return set_clock(id, random() % 2 ? "running" : "stopped", random() % 2 == 0);
        default: move(id, random() % 2 ? office.kerinci : office.kota_jambi);
        }
    }
    /// A record changes its office (split of an office): the row of its subject, then its figures.
    void move(SubjectId id, UnitId unit)
    {
        (void)write([&](storage::Transaction& transaction) -> Result<std::int64_t> {
            transaction.execute(storage::Query { "test.move", "UPDATE subject SET unit_id = $2, version = version + 1 WHERE id = $1 AND state NOT IN ('draft', 'discarded')" }, id, unit);
            return keeper.count_again(transaction, *shelf.newest(transaction).front(), { id });
        });
    }
};
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

TEST_P(FigureStore, tallies_equal_a_rebuild_for_any_sequence_of_changes)
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

TEST_P(FigureStore, tallies_stay_true_with_several_writers)
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

TEST_P(FigureStore, a_rebuild_leaves_figures_of_other_rows_as_those_rows_say)
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

TEST_P(FigureStore, a_rebuild_takes_away_what_registers_added_that_are_counted_no_more)
{
    auto const unit = std::to_string(office.kota_jambi.value);
    sql("INSERT INTO subject (kind, unit_id, state, created_at) VALUES ('r_gone', " + unit + ", 'open', 0)");
    sql("INSERT INTO contribution (subject_id, indicator, part, period, unit_id, distinct_key, amount) SELECT id, 'amounts', 'n', '2026-03', unit_id, '', 5 FROM subject WHERE kind = 'r_gone'");
    sql("INSERT INTO tally (indicator, period, part, unit_id, amount) VALUES ('amounts', '2026-03', 'n', " + unit + ", 5)");
    EXPECT_EQ(rebuild_indicator({ *database, indicators, {}, clock }, "amounts", [](std::int64_t, std::int64_t) { return true; }).value(), 1);
    EXPECT_EQ(tally_of(office.kota_jambi, "amounts", "2026-03", "n"), 0);
    EXPECT_EQ(database->read([](storage::Reader& reader) -> Result<std::int64_t> { return reader.first(storage::Query { "test.kept", "SELECT count(*) FROM contribution" })->integer(0); }).value(), 0);
}

TEST_P(FigureStore, a_rebuild_puts_right_whatever_was_spoilt)
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

}
