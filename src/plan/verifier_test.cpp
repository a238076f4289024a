#include "plan/verifier.hpp"
#include <gtest/gtest.h>

using namespace kpuhub::plan;
using kpuhub::PersonId;

namespace {

constexpr PersonId siti { 1 };
constexpr PersonId andreas { 2 };
constexpr PersonId maria { 3 };
constexpr PersonId sekretaris { 4 };

Candidate candidate(VerifierRank rank, PersonId person)
{
    Candidate made;
    made.rank = rank;
    made.person = person;
    return made;
}

std::vector<Candidate> office()
{
    auto owner = candidate(VerifierRank::AreaOwner, maria);
    owner.area_no = 1;
    auto superior = candidate(VerifierRank::Superior, siti);
    superior.subordinate = { 9 };
    superior.subdivision = { 90 };
    return { owner, candidate(VerifierRank::ReformSecretary, andreas), superior, candidate(VerifierRank::OfficeSecretary, sekretaris) };
}

Node row()
{
    Node node;
    node.area_no = 1;
    node.owner_subdivision = { 90 };
    return node;
}

}

TEST(Verifier, TheAreaOwnerComesFirst)
{
    auto verifier = verifier_of(office(), row(), {});
    EXPECT_EQ(verifier.rank, VerifierRank::AreaOwner);
    EXPECT_TRUE(verifier.who(maria));
    EXPECT_FALSE(verifier.who(andreas));
}

TEST(Verifier, NobodyVerifiesHimself)
{
    EXPECT_TRUE(verifier_of(office(), row(), { maria }).who(andreas));
    EXPECT_TRUE(verifier_of(office(), row(), { maria, andreas }).who(siti));
    EXPECT_TRUE(verifier_of(office(), row(), { maria, andreas, siti }).who(sekretaris));
    EXPECT_TRUE(verifier_of(office(), row(), { maria, andreas, siti, sekretaris }).people.empty());
}

TEST(Verifier, TheSamePersonInASecondRoleIsStillTheSamePerson)
{
    auto people = office();
    people.push_back(candidate(VerifierRank::ReformSecretary, maria));
    auto verifier = verifier_of(people, row(), { maria });
    EXPECT_FALSE(verifier.who(maria));
    EXPECT_TRUE(verifier.who(andreas));
}

TEST(Verifier, TheOwnerOfAnotherAreaDoesNotCount)
{
    auto other = row();
    other.area_no = 2;
    EXPECT_EQ(verifier_of(office(), other, {}).rank, VerifierRank::ReformSecretary);
}

TEST(Verifier, WithoutAnOwnerTheRowHasNoSuperior)
{
    auto unowned = row();
    unowned.owner_subdivision = {};
    EXPECT_EQ(verifier_of(office(), unowned, { maria, andreas }).rank, VerifierRank::OfficeSecretary);
    auto by_post = unowned;
    by_post.owner_post = { 9 };
    EXPECT_EQ(verifier_of(office(), by_post, { maria, andreas }).rank, VerifierRank::Superior);
}
