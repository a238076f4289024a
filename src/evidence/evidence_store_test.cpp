#include "account/access.hpp"
#include "evidence/evidence_actions.hpp"
#include "evidence/evidence_store.hpp"
#include "journal/journal.hpp"
#include "subject/subject.hpp"
#include "support/test_database.hpp"

using namespace kpuhub;
using namespace kpuhub::evidence;
using storage::Query;
using storage::Reader;
using storage::Transaction;

namespace {

time::Date const today = time::Date::of(2022, 6, 15);
time::Instant const now { 1'655'280'000'000 };

/// Two offices side by side; siti and budi are staff of Bengkayang, rina is the secretary of its reform team, eko is staff of Sambas.
struct Cast {
    UnitId bengkayang, sambas;
    PersonId siti, budi, rina, eko;
    SubjectId row, other_row, verified_row, row_of_sambas;
};

/// Keeps what it was told; refuses a part that is not 0.
class Listener final : public LinkListener {
public:
    Result<void> linked(Transaction&, journal::Act const&, LinkedSubject const& subject) override
    {
        last = subject;
        return {};
    }
    Result<void> parts_belong(Reader&, std::span<Target const> targets) override
    {
        for (auto const& target : targets)
            if (target.part)
                return invalid("evidence.part");
        return {};
    }
    LinkedSubject last;
};

Query sql(char const* text) { return { "test", text }; }

PersonId add_staff(Transaction& t, UnitId unit, char const* name)
{
    auto person = t.insert<PersonTag>(sql("INSERT INTO person (unit_id, name, employment) VALUES ($1, $2, 'pns') RETURNING id"), unit, name);
    auto post = t.insert<PostTag>(sql("INSERT INTO post (unit_id, title, kind, valid_from) VALUES ($1, 'Staf', 'staff', '2020-01-01') RETURNING id"), unit);
    t.execute(sql("INSERT INTO appointment (person_id, post_id, capacity, valid_from) VALUES ($1, $2, 'definitive', '2020-01-01')"), person, post);
    return person;
}

Cast add_cast(Transaction& t)
{
    Cast cast;
    auto unit = [&](char const* code) {
        auto id = t.insert<UnitTag>(sql("INSERT INTO unit (code, level, opened_on) VALUES ($1, 'regency', '2020-01-01') RETURNING id"), code);
        t.execute(sql("INSERT INTO unit_name (unit_id, valid_from, name, zone) VALUES ($1, '2020-01-01', $2, 'WIB')"), id, code);
        t.execute(sql("INSERT INTO unit_scope (tree_version, ancestor_id, unit_id, depth) VALUES (1, $1, $1, 0)"), id);
        return id;
    };
    t.execute(sql("INSERT INTO unit_tree (version, valid_from, reason, written_at) VALUES (1, '2020-01-01', 'first', 0)"));
    cast.bengkayang = unit("6107");
    cast.sambas = unit("6101");
    cast.siti = add_staff(t, cast.bengkayang, "Siti");
    cast.budi = add_staff(t, cast.bengkayang, "Budi");
    cast.rina = add_staff(t, cast.bengkayang, "Rina");
    cast.eko = add_staff(t, cast.sambas, "Eko");
    t.execute(sql("INSERT INTO role_grant (role, unit_id, person_id, valid_from, valid_to, written_at)"
                  " VALUES ('rb_secretary', $1, $2, '2022-01-01', '2022-12-31', 0)"), cast.bengkayang, cast.rina);
    cast.row = subject::create(t, "deliverable", cast.bengkayang, "2022-06", "scheduled", now);
    cast.other_row = subject::create(t, "deliverable", cast.bengkayang, "2022-06", "under_way", now);
    cast.verified_row = subject::create(t, "deliverable", cast.bengkayang, "2022-06", "verified", now);
    cast.row_of_sambas = subject::create(t, "deliverable", cast.sambas, "2022-06", "scheduled", now);
    return cast;
}

class EvidenceStore : public kpuhub::testing::ForBothEngines {
protected:
    void SetUp() override
    {
        ASSERT_TRUE(account::load_roles(*database));
        cast = database->write([](Transaction& t) -> Result<Cast> { return add_cast(t); }).value();
    }
    static journal::Act act(PersonId person) { return journal::make_act(person, now, today); }
    static Asker asker(PersonId person) { return { person, today }; }

    Result<EvidenceId> bring_link(PersonId who, std::vector<Target> const& targets, char const* address = "https://jdih.kpu.go.id")
    {
        Proof proof { .kind = Kind::Link, .title = "", .address = address };
        return database->write([&](Transaction& t) { return bring(t, act(who), listener, cast.bengkayang, proof, targets); });
    }
    Result<void> link_now(PersonId who, std::vector<EvidenceId> const& ids, std::vector<Target> const& targets)
    {
        return database->write([&](Transaction& t) { return link(t, act(who), listener, ids, targets); });
    }
    Result<void> unlink_now(PersonId who, EvidenceId id, Target const& target)
    {
        return database->write([&](Transaction& t) { return unlink(t, act(who), listener, id, target); });
    }
    std::optional<ProofRow> seen(PersonId who, EvidenceId id)
    {
        return database->read([&](Reader& r) -> Result<std::optional<ProofRow>> { return find(r, asker(who), id); }).value();
    }
    std::size_t in_box(PersonId who, Whose whose)
    {
        return database->read([&](Reader& r) -> Result<std::size_t> {
            return unsorted(r, asker(who), cast.bengkayang, whose, {}, 50).size();
        }).value();
    }

    Cast cast;
    Listener listener;
};

}

FOR_BOTH_ENGINES(EvidenceStore);

TEST_P(EvidenceStore, a_proof_without_a_row_waits_in_the_box_of_its_bringer)
{
    auto id = bring_link(cast.siti, {}).value();
    EXPECT_EQ(in_box(cast.siti, Whose::Mine), 1U);
    EXPECT_TRUE(seen(cast.siti, id));
    EXPECT_FALSE(seen(cast.budi, id));
    EXPECT_FALSE(seen(cast.eko, id));
    EXPECT_EQ(in_box(cast.budi, Whose::Office), 0U);
    EXPECT_EQ(in_box(cast.rina, Whose::Office), 1U);
    EXPECT_TRUE(seen(cast.rina, id)->may_change);
    ASSERT_TRUE(link_now(cast.rina, { id }, { { cast.row, {} } }));
    EXPECT_EQ(in_box(cast.siti, Whose::Mine), 0U);
    EXPECT_TRUE(seen(cast.budi, id));
    EXPECT_FALSE(seen(cast.budi, id)->may_change);
    EXPECT_FALSE(seen(cast.eko, id));
}

TEST_P(EvidenceStore, one_proof_for_many_rows_is_told_to_each_of_them)
{
    auto id = bring_link(cast.siti, { { cast.row, {} }, { cast.other_row, {} }, { cast.row, {} } }).value();
    EXPECT_EQ(listener.last.proofs, 1);
    EXPECT_EQ(listener.last.kind, "deliverable");
    EXPECT_EQ(seen(cast.siti, id)->links, 2);
    ASSERT_TRUE(bring_link(cast.siti, { { cast.row, {} } }));
    EXPECT_EQ(listener.last.proofs, 2);
    ASSERT_TRUE(link_now(cast.siti, { id }, { { cast.row, {} } })) << "linking again changes nothing";
    ASSERT_TRUE(unlink_now(cast.siti, id, { cast.row, {} }));
    EXPECT_EQ(listener.last.proofs, 1);
    auto history = database->read([&](Reader& r) -> Result<std::vector<journal::Event>> {
        return journal::of_subject(r, cast.row, {}, 10);
    }).value();
    ASSERT_EQ(history.size(), 3U);
    EXPECT_EQ(history.front().kind, "proof.removed");
}

TEST_P(EvidenceStore, the_proofs_of_a_verified_row_stay)
{
    EXPECT_EQ(bring_link(cast.siti, { { cast.verified_row, {} } }).error().kind, FaultKind::Conflict);
    auto id = bring_link(cast.siti, { { cast.row, {} } }).value();
    ASSERT_TRUE(database->write([&](Transaction& t) -> Result<void> {
        subject::set_state(t, cast.row, "verified");
        return {};
    }));
    EXPECT_EQ(unlink_now(cast.siti, id, { cast.row, {} }).error().message_key, "evidence.target.verified");
}

TEST_P(EvidenceStore, another_office_is_not_found_and_takes_no_proof)
{
    EXPECT_EQ(bring_link(cast.siti, { { cast.row_of_sambas, {} } }).error().kind, FaultKind::NotFound);
    EXPECT_EQ(bring_link(cast.eko, {}).error().kind, FaultKind::NotFound);
    auto id = bring_link(cast.siti, { { cast.row, {} } }).value();
    EXPECT_EQ(link_now(cast.eko, { id }, { { cast.row_of_sambas, {} } }).error().kind, FaultKind::NotFound);
    EXPECT_EQ(unlink_now(cast.eko, id, { cast.row, {} }).error().kind, FaultKind::NotFound);
}

TEST_P(EvidenceStore, a_colleague_may_not_take_away_what_another_brought)
{
    auto id = bring_link(cast.siti, { { cast.row, {} } }).value();
    EXPECT_EQ(unlink_now(cast.budi, id, { cast.row, {} }).error().kind, FaultKind::Forbidden);
    EXPECT_TRUE(unlink_now(cast.rina, id, { cast.row, {} }));
}

TEST_P(EvidenceStore, a_part_of_another_row_is_refused)
{
    EXPECT_EQ(bring_link(cast.siti, { { cast.row, PlanNodeId { 77 } } }).error().message_key, "evidence.part");
}

TEST_P(EvidenceStore, a_file_held_back_is_seen_by_its_bringer_only_and_proves_nothing)
{
    Proof proof { .kind = Kind::File, .title = "Foto", .file = { .original_hash = "ab", .media_type = "image/jpeg", .name = "a.jpg", .bytes = 9, .held = true } };
    auto id = database->write([&](Transaction& t) {
        return bring(t, act(cast.siti), listener, cast.bengkayang, proof, { { cast.row, {} } });
    }).value();
    EXPECT_EQ(listener.last.proofs, 0);
    EXPECT_EQ(seen(cast.siti, id)->state, "held");
    EXPECT_FALSE(seen(cast.budi, id));
    EXPECT_FALSE(seen(cast.rina, id));
}

TEST_P(EvidenceStore, only_the_secretary_releases_and_only_what_proves_something)
{
    auto id = bring_link(cast.siti, {}).value();
    auto release_now = [&](PersonId who, Audience audience) {
        auto version = seen(cast.siti, id)->version;
        return database->write([&](Transaction& t) { return release(t, act(who), id, version, audience); });
    };
    auto released = [&] {
        return database->read([&](Reader& r) -> Result<bool> { return find_released(r, id).has_value(); }).value();
    };
    EXPECT_EQ(release_now(cast.rina, Audience::Public).error().message_key, "evidence.release.unlinked");
    ASSERT_TRUE(link_now(cast.siti, { id }, { { cast.row, {} } }));
    EXPECT_EQ(release_now(cast.siti, Audience::Public).error().kind, FaultKind::Forbidden);
    EXPECT_EQ(release_now(cast.eko, Audience::Public).error().kind, FaultKind::NotFound);
    ASSERT_TRUE(release_now(cast.rina, Audience::Public));
    EXPECT_TRUE(released());
    ASSERT_TRUE(unlink_now(cast.siti, id, { cast.row, {} }));
    EXPECT_FALSE(released()) << "what proves nothing any more is hidden again";
}

TEST_P(EvidenceStore, an_old_form_does_not_overwrite_a_newer_title)
{
    auto id = bring_link(cast.siti, {}).value();
    auto version = seen(cast.siti, id)->version;
    auto correct_now = [&](PersonId who, std::int64_t shown, char const* title) {
        return database->write([&](Transaction& t) { return correct(t, act(who), id, shown, { .title = title }); });
    };
    ASSERT_TRUE(correct_now(cast.siti, version, "Undangan"));
    EXPECT_EQ(correct_now(cast.siti, version, "Daftar hadir").error().kind, FaultKind::Conflict);
    EXPECT_EQ(correct_now(cast.eko, version, "x").error().kind, FaultKind::NotFound) << "an outsider learns no version";
    EXPECT_EQ(seen(cast.siti, id)->title, "Undangan");
}

TEST_P(EvidenceStore, only_what_proves_nothing_is_thrown_away)
{
    auto id = bring_link(cast.siti, { { cast.row, {} } }).value();
    auto discard_now = [&](PersonId who) {
        auto version = seen(cast.siti, id)->version;
        return database->write([&](Transaction& t) { return discard(t, act(who), id, version); });
    };
    EXPECT_EQ(discard_now(cast.budi).error().kind, FaultKind::Forbidden);
    EXPECT_EQ(discard_now(cast.siti).error().kind, FaultKind::Conflict);
    ASSERT_TRUE(unlink_now(cast.siti, id, { cast.row, {} }));
    ASSERT_TRUE(discard_now(cast.siti));
    EXPECT_FALSE(seen(cast.siti, id));
}

TEST_P(EvidenceStore, an_existing_proof_is_found_by_its_words_taken_literally)
{
    auto id = bring_link(cast.siti, { { cast.row, {} } }, "https://jdih.kpu.go.id/100%25_SK").value();
    auto found = [&](PersonId who, std::string const& text, SubjectId except) {
        return database->read([&](Reader& r) -> Result<std::size_t> {
            return existing(r, asker(who), cast.bengkayang, text, except, 20).size();
        }).value();
    };
    EXPECT_EQ(found(cast.budi, "JDIH", {}), 1U);
    EXPECT_EQ(found(cast.budi, "%25_", {}), 1U);
    EXPECT_EQ(found(cast.budi, "j%h", {}), 0U);
    EXPECT_EQ(found(cast.budi, "", cast.row), 0U);
    EXPECT_EQ(found(cast.eko, "", {}), 0U);
    EXPECT_TRUE(id);
}

TEST_P(EvidenceStore, more_than_200_links_at_once_are_refused)
{
    std::vector<EvidenceId> many;
    for (std::int64_t i = 1; i <= 201; ++i)
        many.push_back({ i });
    EXPECT_EQ(link_now(cast.siti, many, { { cast.row, {} } }).error().message_key, "evidence.too_many");
    EXPECT_EQ(link_now(cast.siti, {}, { { cast.row, {} } }).error().message_key, "evidence.nothing_chosen");
}
