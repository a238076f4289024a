#include "plan/plan_proof.hpp"
#include "report/package.hpp"
#include "report/package_store.hpp"
#include "support/office.hpp"
#include "support/test_database.hpp"
#include <gmock/gmock.h>

using namespace kpuhub;
using namespace kpuhub::report;
using namespace kpuhub::testing;

/// Kota Jambi sends a package up to its steering team, KPU Provinsi Jambi and KPU RI.
class PackageStore : public ForBothEngines {
protected:
    Office office = make_office(*database);
    time::Date today = time::Date::of(2026, 7, 3);
    plan::ProofListener listener;
    PackageId id {};
    PlanId plan {};
    DeliverableId row {};

    void SetUp() override
    {
        plan = make_plan(*database, office, 2026, time::Date::of(2026, 1, 5));
        row = deliverable(*database, plan, "Sosialisasi nilai-nilai", 4).id;
    }
    template<typename Action>
    auto write(PersonId person, Action action)
    {
        auto act = act_of(person, today);
        return database->write([&](storage::Transaction& transaction) { return action(transaction, act); });
    }
    std::int64_t version() { return version_of(*database, subject_of(id)); }
    Result<PackageId> start(PersonId who, std::string_view period = "Q2")
    {
        return write(who, [&](auto& t, auto const& act) { return create(t, act, office.kota_jambi, 2026, period); });
    }
    Result<void> fill(PersonId who, Contents const& contents) { return write(who, [&](auto& t, auto const& act) { return save(t, act, id, version(), contents); }); }
    Result<void> send_to(PersonId who, std::vector<std::string> const& recipients) { return write(who, [&](auto& t, auto const& act) { return send(t, act, id, version(), recipients); }); }
    /// What the job writes at its end.
    void packed(std::int64_t round)
    {
        ASSERT_TRUE(write(office.andreas, [&](auto& t, auto const&) -> Result<void> {
            insert_file(t, id, round, { 0, "00 Daftar isi.pdf", "Daftar isi", std::string(64, 'a'), 10 });
            write_archive(t, id, round, std::string(64, 'b'), 20);
            hand_over(t, id, round);
            t.execute({ "test.sent", "UPDATE subject SET state = 'sent' WHERE id = $1" }, id);
            return {};
        }));
    }
    Result<void> take(PersonId who, std::string_view recipient) { return write(who, [&](auto& t, auto const& act) { return receive(t, act, listener, id, version(), recipient); }); }
    Result<void> turn_back(PersonId who, std::string_view recipient, std::string reason)
    {
        return write(who, [&](auto& t, auto const& act) { return give_back(t, act, id, version(), recipient, reason); });
    }
    Result<void> agree(PersonId who, std::string_view recipient) { return write(who, [&](auto& t, auto const& act) { return accept(t, act, id, version(), recipient); }); }
    std::int64_t count(std::string const& sql)
    {
        return *database->read([&](storage::Reader& reader) -> Result<std::int64_t> { return reader.first({ "test.count", sql })->integer(0); });
    }
    void send_it()
    {
        id = *start(office.andreas);
        ASSERT_TRUE(fill(office.andreas, { {}, { row }, true, true, "catatan" }));
        auto sent = send_to(office.andreas, { "steering", "province", "national" });
        ASSERT_TRUE(sent) << sent.error().message_key;
        packed(1);
    }
};

FOR_BOTH_ENGINES(PackageStore);

TEST_P(PackageStore, the_receipt_gets_a_number_of_the_receivers_series_and_proves_the_rows_bound_by_the_sender)
{
    send_it();
    EXPECT_EQ(count("SELECT count(*) FROM job WHERE kind = 'report.pack'"), 1);
    auto const received = take(office.ratna, "province");
    ASSERT_TRUE(received) << received.error().message_key;
    EXPECT_EQ(count("SELECT count(*) FROM paper_number n JOIN paper_series s ON s.id = n.series_id WHERE s.code = 'receipt' AND s.unit_id = "
                  + std::to_string(office.province.value)), 1);
    auto const proof = "FROM evidence e JOIN subject s ON s.id = e.subject_id WHERE e.evidence_kind = 'reference' AND e.paper_number <> '' AND s.unit_id = "
        + std::to_string(office.kota_jambi.value) + " AND e.brought_by = " + std::to_string(office.andreas.value);
    EXPECT_EQ(count("SELECT count(*) " + proof), 1) << "it stands as the sender's own proof";
    EXPECT_EQ(count("SELECT proofs FROM deliverable WHERE subject_id = " + std::to_string(row.value)), 1);
    EXPECT_EQ(deliverable(*database, plan, "Sosialisasi nilai-nilai", 4).state, "under_way") << "somebody of the office still submits it";
    EXPECT_EQ(count("SELECT count(*) FROM event WHERE kind = 'package.received' AND actor_id = " + std::to_string(office.ratna.value)), 1);
    EXPECT_EQ(tally(*database, office.kota_jambi, "2026", "a1.no_proof"), count("SELECT count(*) FROM deliverable d JOIN subject s ON s.id = d.subject_id JOIN plan_node n ON n.subject_id = d.node_id"
                                                                         " WHERE d.proofs = 0 AND d.passed = 1 AND n.area_no = 1 AND s.state <> 'not_applicable' AND n.authority = 'office'"));
    EXPECT_TRUE(agree(office.ratna, "province"));
    EXPECT_EQ(turn_back(office.ratna, "province", "terlambat").error().kind, FaultKind::Conflict) << "accepted stays accepted";
}

TEST_P(PackageStore, a_returned_package_is_sent_again_to_who_returned_it_and_the_history_stays)
{
    send_it();
    EXPECT_EQ(turn_back(office.ratna, "province", "").error().kind, FaultKind::Invalid);
    ASSERT_TRUE(turn_back(office.ratna, "province", "SK belum ada"));
    EXPECT_EQ(send_to(office.andreas, { "national" }).error().message_key, "report.send.open");
    ASSERT_TRUE(send_to(office.andreas, { "province" }));
    EXPECT_EQ(fill(office.andreas, {}).error().message_key, "report.package.packing");
    packed(2);
    ASSERT_TRUE(take(office.ratna, "province"));
    EXPECT_EQ(count("SELECT count(*) FROM package_delivery WHERE recipient = 'province' AND ((round = 1 AND state = 'returned' AND reason = 'SK belum ada') OR (round = 2 AND state = 'received'))"), 2);
    EXPECT_EQ(take(office.ratna, "province").error().message_key, "report.delivery.closed");
}

TEST_P(PackageStore, a_failed_packing_is_asked_again_as_the_same_round)
{
    id = *start(office.andreas);
    ASSERT_TRUE(send_to(office.andreas, { "province" }));
    EXPECT_EQ(send_to(office.andreas, { "province" }).error().message_key, "report.package.packing");
    ASSERT_TRUE(write(office.andreas, [&](auto& t, auto const&) -> Result<void> {
        t.execute({ "test.failed", "UPDATE job SET state = 'failed'" });
        return {};
    }));
    auto const again = send_to(office.andreas, { "province", "steering" });
    ASSERT_TRUE(again) << again.error().message_key;
    EXPECT_EQ(count("SELECT count(*) FROM package_round"), 1);
    EXPECT_EQ(count("SELECT count(*) FROM package_delivery"), 2);
}

TEST_P(PackageStore, who_sends_does_not_receive_and_who_receives_does_not_send)
{
    EXPECT_EQ(start(office.siti).error().kind, FaultKind::Forbidden);
    EXPECT_EQ(start(office.ratna).error().kind, FaultKind::Forbidden) << "a supervisor never changes";
    EXPECT_EQ(start(office.budi).error().kind, FaultKind::NotFound);
    send_it();
    for (auto const& who : { office.andreas, office.siti, office.sekretaris })
        EXPECT_EQ(take(who, "province").error().kind, FaultKind::Forbidden) << who.value;
    EXPECT_EQ(take(office.budi, "province").error().kind, FaultKind::NotFound);
    EXPECT_EQ(take(office.ratna, "national").error().kind, FaultKind::Forbidden) << "the province does not sign for KPU RI";
    EXPECT_EQ(take(office.ratna, "steering").error().kind, FaultKind::Forbidden);
    EXPECT_TRUE(take(office.sekretaris, "steering")) << "the steering team is of the office itself";
    EXPECT_EQ(send_to(office.ratna, { "province" }).error().kind, FaultKind::Forbidden);
    EXPECT_EQ(take(office.ratna, "nobody").error().kind, FaultKind::NotFound);
}

TEST_P(PackageStore, contents_are_of_the_office_and_one_package_stands_for_a_period)
{
    id = *start(office.andreas);
    EXPECT_EQ(*start(office.andreas), id);
    EXPECT_EQ(start(office.andreas, "Q9").error().kind, FaultKind::Invalid);
    EXPECT_EQ(fill(office.andreas, { { PaperId { 999 } }, {} }).error().kind, FaultKind::NotFound);
    EXPECT_EQ(fill(office.andreas, { {}, { DeliverableId { plan.value } } }).error().kind, FaultKind::NotFound);
    EXPECT_EQ(send_to(office.andreas, {}).error().kind, FaultKind::Invalid);
    ASSERT_TRUE(fill(office.andreas, { {}, {}, false, false }));
    EXPECT_EQ(send_to(office.andreas, { "province" }).error().message_key, "report.send.empty");
    EXPECT_EQ(write(office.andreas, [&](auto& t, auto const& act) { return send(t, act, id, 1, { "province" }); }).error().message_key, "subject.changed");
}
