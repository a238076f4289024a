#include "record/recap.hpp"
#include "record/record_count.hpp"
#include "support/counting_reader.hpp"
#include "support/figure_fixture.hpp"
#include <fmt/format.h>

namespace kpuhub::record {

/// The register of the figure tests in the two offices of the province, its numbers kept.
class RecapStore : public FigureFixture {
protected:
    CountKeeper counts;
    Listeners counting { &keeper, &counts };
    Desk counting_desk { shelf, counting };
    Date const today = Date::of(2026, 4, 20);

    Result<Recap> recap(PersonId person, std::string const& unit, RecapBy by, Date on)
    {
        return database->read([&](storage::Reader& reader) { return recap_of(reader, shelf, { person, on }, unit, "filing", by); });
    }
    /// Makes a record in the office of the person, or takes one further or away.
    void write_at_random(std::mt19937& random)
    {
        bool const here = random() % 2 == 0;
        auto const person = here ? office.siti : office.budi;
        auto const kind = random() % 6;
        auto const complete = random() % 4 ? Completeness::Complete : Completeness::Draft;
        auto const id = ids.empty() ? SubjectId {} : ids[random() % ids.size()];
        auto const version = id ? version_of(*database, id) : 0;
        if (kind < 3 || !id) {
            if (auto made = write([&](storage::Transaction& transaction) { return create(transaction, act(person), counting_desk, { here ? "1571" : "1501", "filing", { { "kind", { "big" } } }, complete }); }))
                ids.push_back(*made);
        } else if (kind == 5) {
            (void)write([&](storage::Transaction& transaction) -> Result<void> { return discard(transaction, act(person), counting_desk, id, version); });
        } else {
            (void)write([&](storage::Transaction& transaction) -> Result<void> { return do_step(transaction, act(person), counting_desk, { id, version, kind == 3 ? "accept" : "close" }); });
        }
    }
    /// What the rows say of the offices below `unit` in the tree of a day.
    std::map<std::string, std::int64_t> counted(UnitId unit, Date on)
    {
        return database->read([&](storage::Reader& reader) -> Result<std::map<std::string, std::int64_t>> {
            std::map<std::string, std::int64_t> found;
            for (auto const& row : reader.query(storage::Query { "test.counted", "SELECT s.state, count(*) FROM subject s WHERE s.kind = 'r_filing' AND s.state NOT IN ('draft', 'discarded')"
                     " AND s.unit_id IN (SELECT c.unit_id FROM unit_scope c WHERE c.ancestor_id = $1"
                     "   AND c.tree_version = (SELECT max(version) FROM unit_tree WHERE valid_from <= $2)) GROUP BY s.state" }, unit, on))
                found[row.text(0)] = row.integer(1);
            return found;
        }).value();
    }
};
FOR_BOTH_ENGINES(RecapStore);

static std::map<std::string, std::int64_t> all_states(Recap const& recap)
{
    std::map<std::string, std::int64_t> sums;
    for (auto const& line : recap.lines)
        for (auto const& [state, number] : line.states)
            if (number != 0)
                sums[state] += number;
    return sums;
}

static std::vector<std::string> codes(Recap const& recap)
{
    std::vector<std::string> found;
    for (auto const& line : recap.lines)
        found.push_back(line.code);
    return found;
}

TEST_P(RecapStore, by_branch_and_by_office_it_says_what_the_rows_say_after_any_writes)
{
    give_role(*database, "supervisor", office.national, office.ratna);
    std::mt19937 random { 11 };
    for (int round = 0; round < 60; ++round) {
        write_at_random(random);
        if (round % 15 != 14)
            continue;
        auto const expected = counted(office.national, today);
        for (auto by : { RecapBy::Branch, RecapBy::Office })
            for (auto const* unit : { "00", "15" })
                EXPECT_EQ(all_states(recap(office.ratna, unit, by, today).value()), expected) << unit;
        auto const own = recap(office.ratna, "1571", RecapBy::Branch, today).value();
        EXPECT_EQ(all_states(own), counted(office.kota_jambi, today));
    }
    EXPECT_GT(counted(office.national, today).size(), 1U);
    auto const nation = recap(office.ratna, "00", RecapBy::Branch, today).value();
    EXPECT_EQ(codes(nation), (std::vector<std::string> { "00", "15" }));
    EXPECT_FALSE(nation.office().branch);
    EXPECT_EQ(nation.office().offices, 1);
    EXPECT_TRUE(nation.lines.back().branch);
    EXPECT_EQ(nation.lines.back().offices, 3);
    EXPECT_EQ(nation.lines.back().keeping, 2);
    EXPECT_EQ(nation.lines.back().name, "KPU Provinsi Jambi");
    auto const offices = recap(office.ratna, "00", RecapBy::Office, today).value();
    EXPECT_EQ(codes(offices), (std::vector<std::string> { "00", "15", "1501", "1571" }));
    EXPECT_EQ(offices.lines.back().keeping, 1);
}

TEST_P(RecapStore, an_office_that_moves_is_counted_where_it_lies_on_the_day)
{
    give_role(*database, "supervisor", office.national, office.ratna);
    std::mt19937 random { 5 };
    for (int round = 0; round < 30; ++round)
        write_at_random(random);
    auto const moves_on = today.plus(std::chrono::days { 10 });
    ASSERT_TRUE(write([&](storage::Transaction& transaction) { return organization::move_unit(transaction, journal::make_act({}, clock.now(), today), office.kerinci, office.national, moves_on, "uji"); }));
    EXPECT_EQ(codes(recap(office.ratna, "00", RecapBy::Branch, today).value()), (std::vector<std::string> { "00", "15" }));
    auto const moved = recap(office.ratna, "00", RecapBy::Branch, moves_on).value();
    EXPECT_EQ(codes(moved), (std::vector<std::string> { "00", "15", "1501" }));
    EXPECT_EQ(all_states(moved), counted(office.national, moves_on));
    EXPECT_EQ(all_states(recap(office.ratna, "15", RecapBy::Branch, moves_on).value()), counted(office.kota_jambi, moves_on));
    EXPECT_EQ(all_states(recap(office.ratna, "15", RecapBy::Branch, today).value()), counted(office.national, today));
}

TEST_P(RecapStore, only_offices_are_told_of_whose_plans_the_asker_may_read)
{
    for (auto by : { RecapBy::Branch, RecapBy::Office }) {
        EXPECT_EQ(recap(office.siti, "00", by, today).error().kind, FaultKind::NotFound);
        EXPECT_EQ(recap(office.siti, "15", by, today).error().kind, FaultKind::NotFound);
        EXPECT_EQ(recap(office.budi, "1571", by, today).error().kind, FaultKind::NotFound);
        EXPECT_EQ(recap(office.ratna, "00", by, today).error().kind, FaultKind::NotFound);
        EXPECT_EQ(recap(office.ratna, "99", by, today).error().kind, FaultKind::NotFound);
        EXPECT_EQ(codes(recap(office.siti, "1571", by, today).value()), (std::vector<std::string> { "1571" }));
    }
    // plans of the province and of one office below it, and the register of that office alone
    give_role(*database, "assessor", office.province, office.siti);
    for (auto by : { RecapBy::Branch, RecapBy::Office }) {
        auto const some = recap(office.siti, "15", by, today).value();
        EXPECT_EQ(codes(some), (std::vector<std::string> { "15", "1571" }));
        EXPECT_FALSE(some.office().read);
        EXPECT_TRUE(some.lines.back().read);
        EXPECT_EQ(recap(office.siti, "00", by, today).error().kind, FaultKind::NotFound);
    }
    auto const branch = recap(office.ratna, "15", RecapBy::Branch, today).value();
    EXPECT_EQ(branch.lines.size(), 3U);
    EXPECT_FALSE(branch.lines.back().read) << "who oversees reads plans, and no records of this register";
    auto const nothing = database->read([&](storage::Reader& reader) { return recap_of(reader, shelf, { office.ratna, today }, "15", "nothing", RecapBy::Branch); });
    EXPECT_EQ(nothing.error().kind, FaultKind::NotFound);
}

TEST_P(RecapStore, what_is_read_does_not_grow_with_the_offices_below_a_branch)
{
    give_role(*database, "supervisor", office.national, office.ratna);
    (void)recap(office.ratna, "00", RecapBy::Branch, today);
    auto const read = [&] {
        return database->read([&](storage::Reader& reader) -> Result<std::pair<int, std::size_t>> {
            CountingReader counted { reader };
            auto const found = recap_of(counted, shelf, { office.ratna, today }, "00", "filing", RecapBy::Branch);
            EXPECT_TRUE(found);
            return std::pair { counted.statements(), counted.rows() };
        }).value();
    };
    auto const add_records = [&] {
        sql("DELETE FROM record_count");
        sql("INSERT INTO record_count (kind, unit_id, state, records) SELECT 'r_filing', id, 'asked', 7 FROM unit");
    };
    add_records();
    auto const few = read();
    EXPECT_EQ(few, (std::pair { 1, std::size_t { 4 } })) << "a row for each line, and one for each of its states";
    std::vector<organization::UnitLine> lines;
    for (int number = 10; number < 60; ++number)
        lines.push_back({ fmt::format("15{}", number + 100), "regency", fmt::format("KPU Kabupaten {}", number), "15", time::Zone::Wib });
    ASSERT_TRUE(write([&](storage::Transaction& transaction) { return organization::load_units(transaction, journal::make_act({}, clock.now(), today), lines, Date::of(2020, 1, 1)); }));
    add_records();
    EXPECT_EQ(read(), few);
    EXPECT_EQ(all_states(recap(office.ratna, "00", RecapBy::Branch, today).value())["asked"], 54 * 7);
    EXPECT_EQ(recap(office.ratna, "00", RecapBy::Office, today).value().lines.size(), 54U);
}

}
