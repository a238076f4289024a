#pragma once
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

namespace kpuhub::record {

using namespace kpuhub::testing;
using definition::RegisterText;
using time::Date;


inline constexpr auto filing = R"(
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

inline RegisterText indicator_text(std::string const& id, std::string const& body, int version = 1)
{
    return { id + ".yaml", "id: " + id + "\nversion: " + std::to_string(version) + "\nvalid_from: 2026-01-01\nsource: a test\ntitle: {id: " + id + ", en: " + id + "}\n" + body };
}

inline std::vector<RegisterText> all_indicators()
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


/// Records of a test register in two offices, and seven indicators that count them.
class FigureFixture : public ForBothEngines {
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

}
