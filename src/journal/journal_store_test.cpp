#include "journal/journal.hpp"
#include "journal/journal_canonical.hpp"
#include "support/office.hpp"
#include "support/test_database.hpp"
#include <gmock/gmock.h>
#include <sodium.h>
#include <thread>

using namespace kpuhub;
using namespace kpuhub::testing;
using storage::Query;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

namespace {

constexpr Query event_rows { "test.events", "SELECT id, payload, payload_hash, seal_id FROM event ORDER BY id" };
constexpr Query value_rows { "test.values", "SELECT field, salt, value FROM event_value ORDER BY event_id, field" };
constexpr Query seal_rows { "test.seals", "SELECT head, events, total, last_event_id FROM seal ORDER BY id" };
constexpr Query erase_values { "test.erase", "UPDATE event_value SET salt = NULL, value = NULL" };
constexpr Query change_event { "test.change_event", "UPDATE event SET kind = 'deliverable.verified' WHERE id = $1" };
constexpr Query remove_event { "test.remove_event", "DELETE FROM event WHERE id = $1" };
constexpr Query change_seal { "test.change_seal", "UPDATE seal SET head = $1" };
constexpr Query remove_seals { "test.remove_seals", "DELETE FROM seal WHERE id > $1" };
constexpr Query remove_events_after { "test.remove_events_after", "DELETE FROM event WHERE seal_id > $1" };
constexpr Query set_payload { "test.set_payload", "UPDATE event SET payload = $2, payload_hash = $3 WHERE id = $1" };
constexpr Query set_kept_payload { "test.flip_bit", "UPDATE event SET payload = $2 WHERE id = $1" };
constexpr Query change_value { "test.change_value", "UPDATE event_value SET value = 'Orang Lain'" };
constexpr Query set_head { "test.set_head", "UPDATE seal SET head = $2 WHERE id = $1" };
constexpr Query seal_ids { "test.seal_ids", "SELECT id FROM seal ORDER BY id" };
constexpr Query whole_events { "test.whole_events", R"sql(
    SELECT id, at, actor_id, on_behalf_id, subject_id, unit_id, kind, payload FROM event WHERE seal_id = $1 ORDER BY id )sql" };

struct KeyPair {
    std::string open = std::string(crypto_sign_PUBLICKEYBYTES, '\0');
    std::string secret = std::string(crypto_sign_SECRETKEYBYTES, '\0');
    KeyPair()
    {
        crypto_sign_keypair(reinterpret_cast<unsigned char*>(open.data()), reinterpret_cast<unsigned char*>(secret.data()));
    }
};

}

class JournalStore : public ForBothEngines {
protected:
    Office office = make_office(*database);

    void write_events(int count)
    {
        auto written = database->write([&](storage::Transaction& transaction) -> Result<void> {
            for (int i = 0; i < count; ++i)
                journal::write(transaction, act_of(office.siti, time::Date::of(2026, 3, 2)),
                    { "deliverable.submitted", {}, office.kota_jambi, { { "months", std::to_string(i), false }, { "note", "Nomor telepon 0812", true } } });
            return {};
        });
        ASSERT_TRUE(written);
    }

    void seal_all()
    {
        auto sealed = database->write([&](storage::Transaction& transaction) -> Result<std::int64_t> { return journal::seal(transaction, { 1'000 }); });
        ASSERT_TRUE(sealed);
    }

    storage::Rows rows(Query const& query) { return *database->read([&](storage::Reader& reader) -> Result<storage::Rows> { return reader.query(query); }); }
    std::vector<std::string> faults()
    {
        return *database->read([](storage::Reader& reader) -> Result<std::vector<std::string>> { return journal::verify(reader); });
    }
    journal::Head head() { return *database->read([](storage::Reader& reader) -> Result<journal::Head> { return journal::head(reader); }); }
    Result<void> against(std::string const& checkpoint, KeyPair const& keys)
    {
        return database->read([&](storage::Reader& reader) { return journal::verify_checkpoint(reader, checkpoint, keys.open); });
    }

    template<typename... Parameters>
    Result<void> run(Query const& query, Parameters... parameters)
    {
        return database->write([&](storage::Transaction& transaction) -> Result<void> {
            transaction.execute(query, parameters...);
            return {};
        });
    }

    /// What somebody does who has the database and means to change the past.
    void drop_triggers()
    {
        std::string const on_event = GetParam() == storage::Engine::Postgres ? " ON event" : "";
        std::string const on_seal = GetParam() == storage::Engine::Postgres ? " ON seal" : "";
        for (auto const& text : { "DROP TRIGGER event_never_deleted" + on_event, "DROP TRIGGER event_only_sealed" + on_event,
                 "DROP TRIGGER seal_never_deleted" + on_seal, "DROP TRIGGER seal_never_changed" + on_seal })
            ASSERT_TRUE(run(Query { "test.drop_trigger", text })) << text;
    }
};
FOR_BOTH_ENGINES(JournalStore);

TEST_P(JournalStore, a_personal_value_stands_salted_beside_the_event_and_only_committed_in_it)
{
    write_events(1);
    auto event = rows(event_rows).at(0);
    auto value = rows(value_rows).at(0);
    EXPECT_THAT(event.text(1), Not(HasSubstr("0812")));
    EXPECT_THAT(event.text(1), HasSubstr(R"("months":"0")"));
    EXPECT_EQ(value.bytes(1).size(), 32u);
    EXPECT_EQ(value.text(2), "Nomor telepon 0812");
    EXPECT_THAT(event.text(1), HasSubstr(journal::commitment(value.bytes(1), value.text(2))));
    auto shown = *database->read([&](storage::Reader& reader) -> Result<std::vector<journal::Event>> {
        return journal::of_unit(reader, office.kota_jambi, {}, 10);
    });
    ASSERT_EQ(shown.size(), 1u);
    EXPECT_EQ(shown[0].actor_name, "Siti Aminah");
    EXPECT_EQ(shown[0].fields.at(1).value, "Nomor telepon 0812");
}

TEST_P(JournalStore, several_events_at_once_keep_their_order_and_each_its_own_values)
{
    std::vector<journal::Entry> entries;
    for (int number = 0; number < 20; ++number)
        entries.push_back({ "deliverable.submitted", {}, office.kota_jambi, { { "number", std::to_string(number) }, { "note", "catatan " + std::to_string(number), number % 3 == 0 } } });
    entries.push_back(entries.back());      // the very same twice
    auto const written = database->write([&](storage::Transaction& transaction) -> Result<void> {
        journal::write_all(transaction, act_of(office.siti, time::Date::of(2026, 3, 2)), entries);
        return {};
    });
    ASSERT_TRUE(written);
    auto const events = *database->read([&](storage::Reader& reader) -> Result<std::vector<journal::Event>> { return journal::of_unit(reader, office.kota_jambi, {}, 100); });
    ASSERT_EQ(events.size(), entries.size());
    for (std::size_t at = 0; at < entries.size(); ++at) {
        auto const& event = events[events.size() - 1 - at];
        EXPECT_EQ(event.fields.at(0).value, entries[at].fields[0].value);
        EXPECT_EQ(event.fields.at(1).value, entries[at].fields[1].value);
    }
    EXPECT_EQ(rows(value_rows).size(), 7u);
    EXPECT_THAT(faults(), IsEmpty());
}

TEST_P(JournalStore, equal_values_of_two_acts_have_different_commitments)
{
    write_events(2);
    auto values = rows(value_rows);
    EXPECT_NE(values.at(0).bytes(1), values.at(1).bytes(1));
}

TEST_P(JournalStore, seals_take_events_in_order_and_chain_their_heads)
{
    write_events(5);
    for (int i = 0; i < 2; ++i)
        ASSERT_TRUE(database->write([&](storage::Transaction& transaction) -> Result<std::int64_t> { return journal::seal(transaction, { 1 }, 3); }));
    auto seals = rows(seal_rows);
    ASSERT_EQ(seals.size(), 2u);
    EXPECT_EQ(seals[0].integer(1), 3);
    EXPECT_EQ(seals[1].integer(1), 2);
    EXPECT_EQ(seals[1].integer(2), 5);
    std::string running(64, '0');
    auto events = rows(event_rows);
    for (std::size_t i = 0; i < events.size(); ++i) {
        running = journal::next_head(running, events[i].id<EventTag>(0), events[i].text(2));
        if (i == 2) {
            EXPECT_EQ(running, seals[0].text(0));
        }
    }
    EXPECT_EQ(running, seals[1].text(0));
    EXPECT_EQ(head().head, running);
    EXPECT_EQ(head().total, 5);
    EXPECT_THAT(faults(), IsEmpty());
}

TEST_P(JournalStore, nothing_to_seal_writes_no_seal)
{
    seal_all();
    EXPECT_THAT(rows(seal_rows), IsEmpty());
    EXPECT_EQ(head().head, std::string(64, '0'));
}

TEST_P(JournalStore, triggers_refuse_to_change_or_delete_events_and_seals)
{
    write_events(2);
    auto id = rows(event_rows).at(0).integer(0);
    EXPECT_FALSE(run(change_event, id));
    EXPECT_FALSE(run(remove_event, id));
    seal_all();
    EXPECT_FALSE(run(change_event, id));
    EXPECT_FALSE(run(remove_event, id));
    EXPECT_FALSE(run(change_seal, std::string(64, 'f')));
    EXPECT_FALSE(run(remove_seals, std::int64_t { 0 }));
    EXPECT_THAT(faults(), IsEmpty());
}

TEST_P(JournalStore, erasing_value_and_salt_leaves_the_journal_whole)
{
    write_events(3);
    seal_all();
    ASSERT_TRUE(run(erase_values));
    EXPECT_THAT(faults(), IsEmpty());
    auto shown = *database->read([&](storage::Reader& reader) -> Result<std::vector<journal::Event>> {
        return journal::of_unit(reader, office.kota_jambi, {}, 10);
    });
    EXPECT_EQ(shown.at(0).fields.at(1).value, "");
}

TEST_P(JournalStore, verify_finds_one_bit_in_a_payload)
{
    write_events(3);
    seal_all();
    drop_triggers();
    auto event = rows(event_rows).at(1);
    auto payload = event.text(1);
    payload[payload.find('1')] ^= 1;
    ASSERT_TRUE(run(set_kept_payload, event.integer(0), payload));
    EXPECT_THAT(faults(), Not(IsEmpty()));
}

TEST_P(JournalStore, verify_finds_a_changed_personal_value)
{
    write_events(1);
    seal_all();
    ASSERT_TRUE(run(change_value));
    EXPECT_THAT(faults(), Not(IsEmpty()));
}

TEST_P(JournalStore, verify_finds_a_payload_changed_together_with_its_hash)
{
    write_events(3);
    seal_all();
    drop_triggers();
    auto event = rows(event_rows).at(1);
    auto whole = rows(Query { "test.sealed", "SELECT at, actor_id, unit_id FROM event ORDER BY id" }).at(1);
    std::string payload = "{}";
    auto hash = journal::sha256_hex(journal::canonical_bytes(whole.instant(0), whole.id<PersonTag>(1), {}, {}, whole.id<UnitTag>(2), "deliverable.submitted", payload));
    ASSERT_TRUE(run(set_payload, event.integer(0), payload, hash));
    EXPECT_THAT(faults(), Not(IsEmpty()));
}

TEST_P(JournalStore, verify_finds_a_deleted_event)
{
    write_events(3);
    seal_all();
    drop_triggers();
    auto id = rows(event_rows).at(1).integer(0);
    ASSERT_TRUE(run(Query { "test.remove_values", "DELETE FROM event_value WHERE event_id = $1" }, id));
    ASSERT_TRUE(run(remove_event, id));
    EXPECT_THAT(faults(), Not(IsEmpty()));
}

TEST_P(JournalStore, verify_finds_a_swapped_pair)
{
    write_events(3);
    seal_all();
    drop_triggers();
    auto events = rows(event_rows);
    ASSERT_TRUE(run(set_payload, events[0].integer(0), events[1].text(1), events[1].text(2)));
    ASSERT_TRUE(run(set_payload, events[1].integer(0), events[0].text(1), events[0].text(2)));
    EXPECT_THAT(faults(), Not(IsEmpty()));
}

/// Two seals of three events each and a checkpoint after the second.
class JournalCheckpoint : public JournalStore {
protected:
    KeyPair keys;
    std::string checkpoint;

    void SetUp() override
    {
        write_events(3);
        seal_all();
        write_events(3);
        seal_all();
        checkpoint = *journal::checkpoint(head(), keys.secret);
    }

    /// The journal computed anew from events that were changed: consistent in itself.
    void recompute_seals()
    {
        std::string running(64, '0');
        for (auto const& seal : rows(seal_ids)) {
            auto events = *database->read([&](storage::Reader& reader) -> Result<storage::Rows> { return reader.query(whole_events, seal.integer(0)); });
            for (auto const& row : events) {
                auto hash = journal::sha256_hex(journal::canonical_bytes(row.instant(1), row.id<PersonTag>(2), row.id<PostTag>(3),
                    row.id<SubjectTag>(4), row.id<UnitTag>(5), row.text(6), row.text(7)));
                ASSERT_TRUE(run(set_payload, row.integer(0), row.text(7), hash));
                running = journal::next_head(running, row.id<EventTag>(0), hash);
            }
            ASSERT_TRUE(run(set_head, seal.integer(0), running));
        }
    }
};
FOR_BOTH_ENGINES(JournalCheckpoint);

TEST_P(JournalCheckpoint, holds_while_the_journal_grows)
{
    EXPECT_TRUE(against(checkpoint, keys));
    write_events(2);
    seal_all();
    EXPECT_TRUE(against(checkpoint, keys));
}

TEST_P(JournalCheckpoint, finds_a_cut_tail)
{
    drop_triggers();
    auto first = rows(seal_ids).at(0).integer(0);
    ASSERT_TRUE(run(Query { "test.remove_tail_values", "DELETE FROM event_value WHERE event_id IN (SELECT id FROM event WHERE seal_id > $1)" }, first));
    ASSERT_TRUE(run(remove_events_after, first));
    ASSERT_TRUE(run(remove_seals, first));
    EXPECT_THAT(faults(), IsEmpty());       // in itself it is whole
    ASSERT_FALSE(against(checkpoint, keys));
    EXPECT_EQ(against(checkpoint, keys).error().message_key, "journal.checkpoint.differs");
}

TEST_P(JournalCheckpoint, finds_a_journal_computed_anew)
{
    drop_triggers();
    ASSERT_TRUE(run(change_event, rows(event_rows).at(2).integer(0)));
    EXPECT_THAT(faults(), Not(IsEmpty()));
    recompute_seals();
    EXPECT_THAT(faults(), IsEmpty());       // in itself it is whole
    ASSERT_FALSE(against(checkpoint, keys));
    EXPECT_EQ(against(checkpoint, keys).error().message_key, "journal.checkpoint.differs");
}

TEST_P(JournalCheckpoint, signed_with_another_key_does_not_count)
{
    KeyPair other;
    auto signed_anew = *journal::checkpoint(head(), other.secret);
    ASSERT_FALSE(against(signed_anew, keys));
    EXPECT_EQ(against(signed_anew, keys).error().message_key, "journal.checkpoint.signature");
}

TEST_P(JournalCheckpoint, with_a_changed_line_does_not_count)
{
    for (auto const* place : { "events 6", "sealed_at 19", "head " }) {
        auto changed = checkpoint;
        auto at = changed.find(place);
        ASSERT_NE(at, std::string::npos) << place;
        changed[at + std::string_view { place }.size() - 1] ^= 1;
        EXPECT_FALSE(against(changed, keys)) << place;
    }
    EXPECT_FALSE(against("", keys));
    EXPECT_FALSE(against("signature 00\n", keys));
    EXPECT_FALSE(journal::checkpoint(head(), "short"));
}

TEST(JournalSeal, of_two_sealers_at_the_same_moment_takes_each_event_once)
{
    TestDatabase database { storage::Engine::Postgres, { .rerun = false } };
    auto office = make_office(*database);
    std::vector<std::jthread> threads;
    for (int writer = 0; writer < 2; ++writer)
        threads.emplace_back([&] {
            for (int i = 0; i < 40; ++i)
                (void)database->write([&](storage::Transaction& transaction) -> Result<void> {
                    journal::write(transaction, act_of(office.siti, time::Date::of(2026, 3, 2)), { "comment.written", {}, office.kota_jambi, {} });
                    return {};
                });
        });
    for (int sealer = 0; sealer < 2; ++sealer)
        threads.emplace_back([&] {
            for (int i = 0; i < 40; ++i)
                (void)database->write([&](storage::Transaction& transaction) -> Result<std::int64_t> { return journal::seal(transaction, { 1 }); });
        });
    threads.clear();
    auto faults = *database->read([](storage::Reader& reader) -> Result<std::vector<std::string>> { return journal::verify(reader); });
    EXPECT_THAT(faults, IsEmpty());
}
