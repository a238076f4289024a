#include "evidence/evidence_actions.hpp"
#include "plan/plan_proof.hpp"
#include "plan/proof_catalog.hpp"
#include "support/office.hpp"
#include "support/test_database.hpp"

using namespace kpuhub;
using namespace kpuhub::testing;
using evidence::ProvableRow;
using evidence::Target;

namespace {

auto const today = time::Date::of(2026, 4, 18);

class ProofCatalogStore : public ForBothEngines {
protected:
    void SetUp() override
    {
        office = make_office(*database);
        plan = make_plan(*database, office, 2026, time::Date::of(2026, 1, 5));
        row = { deliverable(*database, plan, "Sosialisasi nilai-nilai", 4).id.value };
    }
    std::vector<ProvableRow> to_prove(PersonId person, std::string const& text = {})
    {
        return *database->read([&](storage::Reader& reader) -> Result<std::vector<ProvableRow>> {
            return catalog.rows_to_prove(reader, person, today, office.kota_jambi, text, 50);
        });
    }

    Office office;
    PlanId plan;
    SubjectId row;
    plan::ProofCatalog catalog;
    plan::ProofListener listener;
};

FOR_BOTH_ENGINES(ProofCatalogStore);

}

TEST_P(ProofCatalogStore, OnesOwnRowsComeFirst)
{
    auto rows = to_prove(office.siti);
    ASSERT_FALSE(rows.empty());
    EXPECT_FALSE(rows.front().number.empty());
    EXPECT_EQ(rows.front().address, "/deliverables/" + std::to_string(rows.front().target.subject.value));
    auto others = to_prove(office.dewi);
    ASSERT_FALSE(others.empty());
    EXPECT_NE(rows.front().target, others.front().target);
    EXPECT_TRUE(to_prove(office.budi).empty()) << "another office";
}

TEST_P(ProofCatalogStore, RowsAreFoundByTheirWordsTakenLiterally)
{
    auto rows = to_prove(office.siti, "SOSIALISASI  nilai");
    ASSERT_FALSE(rows.empty());
    EXPECT_NE(rows.front().title.find("Sosialisasi"), std::string::npos);
    EXPECT_TRUE(to_prove(office.siti, "tidak ada baris seperti ini").empty());
    EXPECT_EQ(to_prove(office.siti, "%").size(), to_prove(office.siti).size()) << "signs alone ask for nothing";
}

TEST_P(ProofCatalogStore, TheRowsOfAProofAreNamedForWhoMayReadThem)
{
    auto id = database->write([&](storage::Transaction& transaction) {
        evidence::Proof proof { .kind = evidence::Kind::Link, .title = "", .address = "kpu.go.id" };
        return evidence::bring(transaction, act_of(office.siti, today), listener, office.kota_jambi, proof, { { row, {} } });
    });
    ASSERT_TRUE(id) << id.error().message_key;
    auto proved = [&](PersonId person) {
        return *database->read([&](storage::Reader& reader) -> Result<std::vector<ProvableRow>> {
            return catalog.rows_proved_by(reader, person, today, *id);
        });
    };
    ASSERT_EQ(proved(office.siti).size(), 1U);
    EXPECT_EQ(proved(office.siti).front().state, "under_way");
    EXPECT_EQ(proved(office.siti).front().proofs, 1);
    EXPECT_TRUE(proved(office.budi).empty());
    auto one = [&](PersonId person) {
        return *database->read([&](storage::Reader& reader) -> Result<bool> {
            return catalog.row_of(reader, person, today, { row, {} }).has_value();
        });
    };
    EXPECT_TRUE(one(office.siti));
    EXPECT_FALSE(one(office.budi));
}
