#include "record/history.hpp"
#include "record/record_actions.hpp"
#include "record/record_list.hpp"
#include "record/record_store.hpp"
#include "support/office.hpp"
#include "support/registers.hpp"
#include "support/test_database.hpp"
#include <gmock/gmock.h>

namespace kpuhub::record {

using namespace kpuhub::testing;

constexpr auto call_text = R"(
id: call
version: 1
valid_from: 2026-01-01
source: a test
class: internal
purpose: {id: Uji, en: Test}
legal_basis: none
retention: {years: 1}
title: {id: Panggilan, en: Call}
fields:
  caller: {kind: text, required: true, label: {id: Penelepon, en: Caller}}
  came_at: {kind: instant, required: true, label: {id: Masuk, en: Came}}
  letter: {kind: document, label: {id: Surat, en: Letter}}
  answer: {kind: document, label: {id: Jawaban, en: Answer}}
  notes: {kind: children, label: {id: Catatan, en: Notes}, fields: {words: {kind: text, label: {id: Isi, en: Words}}}}
access: {read: [staff], create: [staff]}
flow:
  start: open
  states:
    open: {label: {id: Terbuka, en: Open}, edit_by: [staff]}
    answered: {label: {id: Terjawab, en: Answered}, closed: true}
  steps:
    reply: {label: {id: Jawab, en: Reply}, from: open, to: answered, by: staff, requires: [answer]}
list: {columns: [caller, came_at]}
)";

/// Telephone calls: what a form may set, and what others do to a record meanwhile.
class RecordForm : public ForBothEngines {
protected:
    Office office = make_office(*database);
    definition::Shelf shelf;
    Listeners listeners;
    Desk desk { shelf, listeners };

    void SetUp() override
    {
        publish_registers(*database, { { "call.yaml", call_text } });
        switch_on(*database, "call", office.kota_jambi);
    }
    journal::Act act() { return act_of(office.siti, time::Date::of(2026, 4, 18)); }
    static NewFile file(std::string const& field) { return { { 0, field, std::string(64, 'a'), "application/pdf", "surat.pdf", 10, {}, {} }, std::string(64, 'b') }; }
    SubjectId make(std::vector<NewFile> files = {}, std::string const& came = "2026-04-18T09:30")
    {
        return database->write([&](storage::Transaction& transaction) {
            return create(transaction, act(), desk, { "1571", "call", { { "caller", { "Ani" } }, { "came_at", { came } } }, Completeness::Complete, files });
        }).value();
    }
    Record read(SubjectId id)
    {
        return database->read([&](storage::Reader& reader) -> Result<Record> {
            return find_record(reader, TRY(place_of_record(reader, shelf, { office.siti, time::Date::of(2026, 4, 18) }, id)));
        }).value();
    }
    std::vector<RecordFile> files(SubjectId id)
    {
        return database->read([&](storage::Reader& reader) -> Result<std::vector<RecordFile>> { return files_of(reader, id); }).value();
    }
    template<typename Action>
    Result<void> write(Action action) { return database->write([&](storage::Transaction& transaction) -> Result<void> { return action(transaction); }); }
    void sql(std::string const& text)
    {
        ASSERT_TRUE(write([&](storage::Transaction& transaction) -> Result<void> {
            transaction.execute(storage::Query { "test.sql", text });
            return {};
        }));
    }
};
FOR_BOTH_ENGINES(RecordForm);

TEST_P(RecordForm, a_document_that_a_step_asks_is_not_set_by_the_form)
{
    auto const id = make({ file("letter"), file("answer") });
    ASSERT_EQ(files(id).size(), 1U);
    EXPECT_EQ(files(id).front().field, "letter");
    EXPECT_EQ(read(id).content.value("answer"), storage::Value {});
    ASSERT_TRUE(write([&](auto& transaction) { return correct(transaction, act(), desk, { id, 1, { { "caller", { "Ani" } } }, Completeness::Complete, { file("answer") } }); }));
    EXPECT_EQ(files(id).size(), 1U);
}

TEST_P(RecordForm, a_moment_keeps_its_seconds_when_its_minute_is_sent_back)
{
    auto const id = make();
    sql("UPDATE r_call SET f_came_at = f_came_at + 12345");
    auto const there = read(id).content.value("came_at");
    ASSERT_TRUE(write([&](auto& transaction) { return correct(transaction, act(), desk, { id, 1, { { "caller", { "Budi" } }, { "came_at", { "2026-04-18T09:30" } } } }); }));
    EXPECT_EQ(read(id).content.value("came_at"), there);
    ASSERT_TRUE(write([&](auto& transaction) { return correct(transaction, act(), desk, { id, 2, { { "came_at", { "2026-04-18T09:31" } } } }); }));
    EXPECT_NE(read(id).content.value("came_at"), there);
}

TEST_P(RecordForm, a_list_by_moment_goes_on_after_each_of_the_same_minute)
{
    for (int at = 0; at < 7; ++at)
        make();
    sql("UPDATE r_call SET f_came_at = f_came_at + subject_id % 3 * 1000");
    for (std::string const sort : { "came_at", "-came_at" }) {
        std::set<std::int64_t> seen;
        std::string after;
        for (int page = 0; page < 9; ++page) {
            auto const listed = database->read([&](storage::Reader& reader) -> Result<Listed> {
                auto const place = TRY(place_of(reader, shelf, { office.siti, time::Date::of(2026, 4, 18) }, "1571", "call"));
                http::Fields query;
                query.add("sort", sort);
                if (!after.empty())
                    query.add("after", after);
                auto question = TRY(question_of(query, place));
                question.limit = 2;
                return list(reader, place, question);
            }).value();
            for (auto const& record : listed.records)
                EXPECT_TRUE(seen.insert(record.id.value).second) << sort << " gives " << record.id.value << " twice";
            after = listed.next;
            if (after.empty())
                break;
        }
        EXPECT_EQ(seen.size(), 7U) << sort;
    }
}

TEST_P(RecordForm, words_and_attachments_of_others_do_not_throw_out_a_form)
{
    auto const id = make();
    ASSERT_TRUE(write([&](auto& transaction) { return comment(transaction, act(), desk, id, "Sudah ditelepon balik"); }));
    ASSERT_TRUE(write([&](auto& transaction) { return attach(transaction, act(), desk, id, file("")); }));
    ASSERT_TRUE(write([&](auto& transaction) { return add_child(transaction, act(), desk, id, "notes", { { "words", { "Penting" } } }); }));
    EXPECT_TRUE(write([&](auto& transaction) { return correct(transaction, act(), desk, { id, 1, { { "caller", { "Budi" } } } }); }));
    EXPECT_EQ(write([&](auto& transaction) { return correct(transaction, act(), desk, { id, 1, { { "caller", { "Cici" } } } }); }).error().kind, FaultKind::Conflict);
}

TEST_P(RecordForm, a_file_is_taken_away_by_who_may_edit_and_leaves_its_name)
{
    auto const id = make({ file("letter"), file("") });
    auto const letter = files(id).front().id;
    auto remove = [&](PersonId person, std::int64_t version) {
        return write([&](auto& transaction) { return remove_file(transaction, act_of(person, time::Date::of(2026, 4, 18)), desk, id, letter, version); });
    };
    EXPECT_EQ(remove(office.budi, 1).error().kind, FaultKind::NotFound);
    EXPECT_EQ(remove(office.siti, 7).error().kind, FaultKind::Conflict);
    EXPECT_EQ(files(id).size(), 2U);
    ASSERT_TRUE(remove(office.siti, 1));
    ASSERT_EQ(files(id).size(), 1U);
    EXPECT_EQ(files(id).front().field, "");
    EXPECT_EQ(read(id).content.value("letter"), storage::Value {});
    EXPECT_EQ(remove(office.siti, 2).error().kind, FaultKind::NotFound) << "it is gone";
    sql("UPDATE subject SET state = 'answered' WHERE id = " + std::to_string(id.value));
    EXPECT_EQ(write([&](auto& transaction) { return remove_file(transaction, act(), desk, id, files(id).front().id, 2); }).error().kind, FaultKind::Forbidden);
}

TEST_P(RecordForm, a_row_that_is_removed_stays_in_the_journal)
{
    auto const id = make();
    ASSERT_TRUE(write([&](auto& transaction) { return add_child(transaction, act(), desk, id, "notes", { { "words", { "Nomor salah" } } }); }));
    auto const row = database->read([&](storage::Reader& reader) -> Result<std::int64_t> { return reader.first(storage::Query { "test.row", "SELECT max(id) FROM r_call__notes" })->integer(0); }).value();
    ASSERT_TRUE(write([&](auto& transaction) { return remove_child(transaction, act(), desk, id, "notes", row); }));
    EXPECT_EQ(database->read([](storage::Reader& reader) -> Result<std::int64_t> {
        return reader.first(storage::Query { "test.kept", "SELECT count(*) FROM event e JOIN event_value v ON v.event_id = e.id WHERE e.kind = 'record.row_removed' AND v.value LIKE '%Nomor salah%'" })->integer(0);
    }).value(), 1);
    EXPECT_EQ(write([&](auto& transaction) { return remove_child(transaction, act(), desk, id, "notes", row); }).error().kind, FaultKind::NotFound);
}

}
