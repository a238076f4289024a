#include "journal/journal.hpp"
#include "record/record_actions.hpp"
#include "record/record_list.hpp"
#include "support/office.hpp"
#include "support/registers.hpp"
#include "support/test_database.hpp"
#include <gmock/gmock.h>
#include <random>
#include <thread>

namespace kpuhub::record {

using namespace kpuhub::testing;
using definition::RegisterText;

namespace {

std::string text_of(int version, std::string const& more_fields = {}, std::string const& change_from = {}, std::string const& change_to = {})
{
    std::string text = "id: loan\nversion: " + std::to_string(version) + R"(
valid_from: 2026-01-01
source: a test
class: personal
purpose: {id: Uji, en: Test}
legal_basis: none
retention: {years: 1}
title: {id: Pinjaman, en: Loan}
fields:
  thing: {kind: text, required: true, label: {id: Barang, en: Thing}}
  amount: {kind: integer, label: {id: Jumlah, en: Amount}}
  secret: {kind: text, seen_by: [upg_officer], label: {id: Rahasia, en: Secret}}
  kinds: {kind: many_choice, label: {id: Jenis, en: Kinds}, options: {book: {id: Buku, en: Book}, tool: {id: Alat, en: Tool}}}
)" + more_fields + R"(access: {read: [creator, upg_officer], create: [staff]}
flow:
  start: asked
  states:
    asked: {label: {id: Diminta, en: Asked}, edit_by: [creator, upg_officer]}
    given: {label: {id: Diberikan, en: Given}, closed: true}
  steps:
    give: {label: {id: Berikan, en: Give}, from: asked, to: given, by: upg_officer, not_by: creator}
numbering: {pattern: "P-{year}-{no:2}"}
)";
    if (auto at = text.find(change_from); !change_from.empty() && at != std::string::npos)
        text.replace(at, change_from.size(), change_to);
    return text;
}

/// Hears every change and keeps the sum of what it was told: amounts by state.
class Tally final : public RecordListener {
public:
    Result<void> changed(storage::Transaction&, journal::Act const&, RecordChange const& change) override
    {
        add(change.before, -1);
        add(change.after, 1);
        return {};
    }
    std::map<std::string, std::int64_t> sums;

private:
    void add(Record const* record, std::int64_t sign)
    {
        if (!record)
            return;
        auto const* amount = std::get_if<std::int64_t>(&record->content.value("amount"));
        sums[record->state] += sign * (amount ? *amount : 0);
    }
};

}

class RecordStore : public ForBothEngines {
protected:
    Office office = make_office(*database);
    definition::Shelf shelf;
    Listeners listeners;
    Desk desk { shelf, listeners };

    void SetUp() override { begin(text_of(1)); }
    void begin(std::string const& text)
    {
        publish_registers(*database, { { "loan.yaml", text } });
        switch_on(*database, "loan", office.kota_jambi);
        give_role(*database, "upg_officer", office.kota_jambi, office.dewi);
    }

    journal::Act act(PersonId person) { return act_of(person, time::Date::of(2026, 4, 18)); }

    Result<SubjectId> make(PersonId person, Typed typed)
    {
        return database->write([&](storage::Transaction& transaction) { return create(transaction, act(person), desk, { "1571", "loan", typed }); });
    }
    Result<Record> read(PersonId person, SubjectId id)
    {
        return database->read([&](storage::Reader& reader) -> Result<Record> {
            return find_record(reader, TRY(place_of_record(reader, shelf, { person, time::Date::of(2026, 4, 18) }, id)));
        });
    }
    Result<void> step(PersonId person, SubjectId id, std::int64_t version)
    {
        return database->write([&](storage::Transaction& transaction) -> Result<void> { return do_step(transaction, act(person), desk, { id, version, "give" }); });
    }
    std::int64_t number(std::string const& sql)
    {
        return database->read([&](storage::Reader& reader) -> Result<std::int64_t> { return reader.first(storage::Query { "test.number", sql })->integer(0); }).value();
    }
};
FOR_BOTH_ENGINES(RecordStore);

TEST_P(RecordStore, a_record_is_read_back_as_it_was_typed)
{
    auto id = make(office.siti, { { "thing", { "Proyektor" } }, { "amount", { "1.200" } }, { "kinds", { "tool", "book" } } });
    ASSERT_TRUE(id) << id.error().message_key;
    auto record = read(office.siti, *id);
    ASSERT_TRUE(record);
    EXPECT_EQ(record->number, "P-2026-01");
    EXPECT_EQ(record->content.value("amount"), storage::Value { std::int64_t { 1200 } });
    EXPECT_THAT(record->content.choices.at("kinds"), ::testing::UnorderedElementsAre("tool", "book"));
    EXPECT_EQ(record->state, "asked");
}

TEST_P(RecordStore, those_without_a_right_neither_read_nor_write)
{
    auto id = make(office.siti, { { "thing", { "Proyektor" } } }).value();
    EXPECT_TRUE(read(office.dewi, id));
    for (auto person : { office.yuli, office.maria, office.andreas, office.sekretaris, office.ratna, office.budi }) {
        EXPECT_EQ(read(person, id).error().kind, FaultKind::NotFound);
        EXPECT_EQ(step(person, id, 1).error().kind, FaultKind::NotFound);
    }
    EXPECT_EQ(step(office.siti, id, 1).error().kind, FaultKind::Forbidden);
    EXPECT_EQ(make(office.budi, { { "thing", { "x" } } }).error().kind, FaultKind::NotFound);
    EXPECT_EQ(make(office.ratna, { { "thing", { "x" } } }).error().kind, FaultKind::Forbidden);
    EXPECT_TRUE(step(office.dewi, id, 1));
    EXPECT_EQ(step(office.dewi, id, 2).error().kind, FaultKind::Conflict) << "the state has changed";
    auto own = make(office.dewi, { { "thing", { "Mobil" } } }).value();
    EXPECT_EQ(step(office.dewi, own, 1).error().kind, FaultKind::Forbidden) << "nobody decides on his own";
}

TEST_P(RecordStore, a_correction_touches_only_what_its_writer_sees)
{
    auto id = make(office.siti, { { "thing", { "Proyektor" } }, { "secret", { "kata sandi" } } }).value();
    auto done = database->write([&](storage::Transaction& transaction) -> Result<void> {
        return correct(transaction, act(office.siti), desk, { id, 1, { { "thing", { "Layar" } }, { "secret", { "diganti" } } } });
    });
    ASSERT_TRUE(done) << done.error().message_key;
    auto record = read(office.dewi, id).value();
    EXPECT_EQ(record.content.value("thing"), storage::Value { std::string { "Layar" } });
    EXPECT_EQ(record.content.value("secret"), storage::Value { std::string { "kata sandi" } });
}

TEST_P(RecordStore, values_stand_beside_the_journal_and_not_in_it)
{
    make(office.siti, { { "thing", { "Barang rahasia" } } }).value();
    EXPECT_EQ(number("SELECT count(*) FROM event WHERE payload LIKE '%rahasia%'"), 0);
    EXPECT_EQ(number("SELECT count(*) FROM event_value WHERE value LIKE '%rahasia%'"), 1);
    EXPECT_TRUE(database->read([](storage::Reader& reader) -> Result<std::vector<std::string>> { return journal::verify(reader); })->empty());
}

TEST_P(RecordStore, publishing_the_same_text_again_changes_nothing)
{
    auto again = definition::publish(*database, {}, { { "loan.yaml", text_of(1) } }, write_permissions);
    ASSERT_TRUE(again);
    EXPECT_FALSE(again->front().changed);
    EXPECT_EQ(number("SELECT count(*) FROM register_definition"), 1);
    EXPECT_EQ(number("SELECT count(*) FROM migration WHERE origin = 'definition'"), 1);
    EXPECT_FALSE(definition::publish(*database, {}, { { "loan.yaml", text_of(1, "", "{id: Barang, en: Thing}", "{id: Benda, en: Thing}") } }, write_permissions))
        << "another text under the same version";
}

TEST_P(RecordStore, a_new_version_keeps_old_records_as_they_are)
{
    std::mt19937 random { 7 };
    std::vector<SubjectId> ids;
    for (int at = 0; at < 20; ++at)
        ids.push_back(make(office.siti, { { "thing", { "Barang " + std::to_string(random() % 100) } }, { "amount", { std::to_string(random() % 5000) } } }).value());
    std::vector<Record> before;
    for (auto id : ids)
        before.push_back(read(office.siti, id).value());
    auto outcome = definition::publish(*database, {},
        { { "loan.yaml", text_of(2, "  due_on: {kind: date, required: true, label: {id: Batas, en: Due}}\n  people: {kind: children, label: {id: Orang, en: People}, fields: {name: {kind: text, label: {id: Nama, en: Name}}}}\n") } },
        write_permissions);
    ASSERT_TRUE(outcome) << outcome.error().fields.front().message_key;
    for (std::size_t at = 0; at < ids.size(); ++at) {
        auto after = read(office.siti, ids[at]).value();
        EXPECT_EQ(after.content.values, before[at].content.values);
        EXPECT_EQ(after.number, before[at].number);
        auto corrected = database->write([&](storage::Transaction& transaction) -> Result<void> {
            return correct(transaction, act(office.siti), desk, { ids[at], after.version, { { "amount", { "5" } } } });
        });
        EXPECT_TRUE(corrected) << "an old record is right by its own version: " << corrected.error().message_key;
    }
    EXPECT_EQ(make(office.siti, { { "thing", { "Baru" } } }).error().kind, FaultKind::Invalid) << "a new record needs the new field";
    EXPECT_TRUE(make(office.siti, { { "thing", { "Baru" } }, { "due_on", { "2026-05-01" } } }));
}

TEST_P(RecordStore, definitions_carried_to_the_other_engine_give_the_same_tables)
{
    TestDatabase other { GetParam() == storage::Engine::Sqlite ? storage::Engine::Postgres : storage::Engine::Sqlite };
    auto texts = database->read([](storage::Reader& reader) -> Result<std::vector<RegisterText>> { return definition::published_texts(reader); }).value();
    ASSERT_TRUE(definition::publish(*other, {}, texts, write_permissions));
    auto checksums = [](storage::Database& from) {
        return from.read([](storage::Reader& reader) -> Result<std::string> {
            std::string all;
            for (auto const& row : reader.query(storage::Query { "test.sums", "SELECT m.name, m.checksum FROM migration m WHERE m.origin = 'definition' ORDER BY m.name" }))
                all += row.text(0) + row.text(1);
            for (auto const& row : reader.query(storage::Query { "test.hashes", "SELECT hash FROM register_definition ORDER BY id" }))
                all += row.text(0);
            for (auto const& row : reader.query(storage::Query { "test.rights", "SELECT role, permission FROM role_permission WHERE permission LIKE 'record.%' ORDER BY role, permission" }))
                all += row.text(0) + row.text(1);
            return all;
        }).value();
    };
    EXPECT_EQ(checksums(*database), checksums(*other));
}

TEST_P(RecordStore, tables_that_are_missing_after_a_copy_are_made_again)
{
    ASSERT_TRUE(database->write([](storage::Transaction& transaction) -> Result<void> {
        for (auto const* sql : { "DROP TABLE r_loan__kinds", "DROP TABLE r_loan", "DELETE FROM migration WHERE origin = 'definition'" })
            transaction.execute(storage::Query { "test.drop", sql });
        return {};
    }));
    EXPECT_EQ(definition::replay(*database, {}, write_permissions).value(), 1);
    EXPECT_EQ(definition::replay(*database, {}, write_permissions).value(), 0);
    EXPECT_TRUE(make(office.siti, { { "thing", { "Proyektor" } }, { "kinds", { "book" } } }));
}

TEST_P(RecordStore, two_at_once_never_get_the_same_number)
{
    std::vector<std::thread> writers;
    for (auto person : { office.siti, office.yuli, office.maria })
        writers.emplace_back([&, person] {
            for (int at = 0; at < 10; ++at)
                EXPECT_TRUE(make(person, { { "thing", { "x" } } }));
        });
    for (auto& writer : writers)
        writer.join();
    EXPECT_EQ(number("SELECT count(DISTINCT number) FROM r_loan"), 30);
    EXPECT_EQ(number("SELECT max(last) FROM record_series"), 30);
}

TEST_P(RecordStore, the_listener_hears_differences_that_add_up)
{
    TestDatabase plain { GetParam(), { .rerun = false } };      // counted outside the transaction: no run may be repeated
    auto here = make_office(*plain);
    publish_registers(*plain, { { "loan.yaml", text_of(1) } });
    switch_on(*plain, "loan", here.kota_jambi);
    give_role(*plain, "upg_officer", here.kota_jambi, here.dewi);
    Tally tally;
    Listeners hearing { &tally };
    definition::Shelf own;
    Desk counted { own, hearing };
    std::mt19937 random { 11 };
    std::vector<SubjectId> ids;
    auto version = [&](SubjectId id) { return version_of(*plain, id); };
    for (int at = 0; at < 60; ++at) {
        auto amount = std::to_string(random() % 100);
        auto done = plain->write([&](storage::Transaction& transaction) -> Result<void> {
            if (ids.empty() || random() % 3 == 0) {
                bool draft = random() % 4 == 0;
                ids.push_back(TRY(create(transaction, act_of(here.siti, time::Date::of(2026, 4, 18)), counted,
                    { "1571", "loan", { { "thing", { "x" } }, { "amount", { amount } } }, draft ? Completeness::Draft : Completeness::Complete })));
                return {};
            }
            auto id = ids[random() % ids.size()];
            if (random() % 2)
                return correct(transaction, act_of(here.siti, time::Date::of(2026, 4, 18)), counted,
                    { id, transaction.first(storage::Query { "test.v", "SELECT version FROM subject WHERE id = $1" }, id)->integer(0), { { "amount", { amount } } } });
            return do_step(transaction, act_of(here.dewi, time::Date::of(2026, 4, 18)), counted,
                { id, transaction.first(storage::Query { "test.v", "SELECT version FROM subject WHERE id = $1" }, id)->integer(0), "give" });
        });
        (void)done;
    }
    (void)version;
    for (auto const* state : { "asked", "given" }) {
        auto sum = plain->read([&](storage::Reader& reader) -> Result<std::int64_t> {
            return reader.first(storage::Query { "test.sum", "SELECT COALESCE(CAST(sum(t.f_amount) AS BIGINT), 0) FROM r_loan t JOIN subject s ON s.id = t.subject_id WHERE s.state = $1" }, state)->integer(0);
        }).value();
        EXPECT_EQ(tally.sums[state], sum) << state;
    }
}

TEST_P(RecordStore, the_records_of_a_state_are_counted_up_to_a_thousand)
{
    auto run = [&](std::string const& sql) {
        ASSERT_TRUE(database->write([&](storage::Transaction& transaction) -> Result<void> {
            transaction.execute({ "test.many", sql });
            return {};
        }));
    };
    run("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1200) INSERT INTO subject (kind, unit_id, definition_version, state, created_at) SELECT 'r_loan', "
        + std::to_string(office.kota_jambi.value) + ", 1, CASE WHEN i <= 3 THEN 'given' ELSE 'asked' END, 0 FROM n");
    run("INSERT INTO r_loan (subject_id, kind, created_by) SELECT id, kind, " + std::to_string(office.siti.value) + " FROM subject WHERE kind = 'r_loan'");
    auto counts = [&](PersonId person) {
        return database->read([&](storage::Reader& reader) -> Result<std::map<std::string, std::int64_t>> {
            return count_states(reader, TRY(place_of(reader, shelf, { person, time::Date::of(2026, 4, 18) }, "1571", "loan"))).states;
        }).value();
    };
    std::map<std::string, std::int64_t> const all { { "asked", most_counted + 1 }, { "given", 3 } };
    EXPECT_EQ(counts(office.dewi), all);
    EXPECT_EQ(counts(office.siti), all) << "his own";
    EXPECT_EQ(counts(office.yuli).size(), 0U) << "neither reader nor maker";
}

}
