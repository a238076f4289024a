#include "account/accounts.hpp"
#include "account/demo.hpp"
#include "account/grant_handover.hpp"
#include "account/grants.hpp"
#include "account/password.hpp"
#include "account/without_account.hpp"
#include "organization/access.hpp"
#include "organization/appointment.hpp"
#include "organization/handover.hpp"
#include "organization/people.hpp"
#include "organization/people_import.hpp"
#include "organization/person.hpp"
#include "organization/place_closing.hpp"
#include "organization/post.hpp"
#include "organization/unit.hpp"
#include "organization/unit_access.hpp"
#include "support/office.hpp"
#include "support/test_database.hpp"

using namespace kpuhub;
using namespace kpuhub::organization;
using account::GrantDraft;
using storage::Reader;
using storage::Transaction;
using kpuhub::testing::act_of;

namespace {

class People : public kpuhub::testing::ForBothEngines {
protected:
    time::Date day = time::Date::of(2026, 6, 15);
    kpuhub::testing::Office office = kpuhub::testing::make_office(*database);

    template<typename Step>
    auto as(PersonId actor, Step step, time::Date on = time::Date::of(2026, 6, 15))
    {
        auto act = act_of(actor, on);
        return database->write([&](Transaction& transaction) { return step(transaction, act); });
    }
    bool may(PersonId person, std::string_view permission, std::optional<time::Date> on = {})
    {
        return *database->read([&](Reader& reader) -> Result<bool> { return organization::may(reader, person, on.value_or(day), office.kota_jambi, permission); });
    }
    void make_administrator(PersonId person, std::string const& user_name, UnitId at)
    {
        ASSERT_TRUE(as({}, [&](auto& t, auto const& act) { return account::give_role(t, act, { "account_administrator", at, person, {}, {}, {}, {} }); }));
        ASSERT_TRUE(as({}, [&](auto& t, auto const& act) { return account::create_account(t, act, person, user_name, account::token_hash(user_name)); }));
    }
    Result<GrantId> give(PersonId actor, GrantDraft const& draft, time::Date on = time::Date::of(2026, 6, 15))
    {
        return as(actor, [&](auto& t, auto const& act) { return account::give_role(t, act, draft); }, on);
    }
    PersonDraft budi { "Budi Santoso", "pns", "198502172010121003", {}, {}, {} };
};
FOR_BOTH_ENGINES(People);

}

#define EXPECT_FAULT(result, expected) \
    do { \
        auto const& outcome = (result); \
        ASSERT_FALSE(outcome); \
        EXPECT_EQ(outcome.error().kind, FaultKind::expected) << outcome.error().message_key; \
    } while (false)

TEST_P(People, only_who_manages_people_may_change_them)
{
    make_administrator(office.siti, "siti.admin", office.kota_jambi);
    EXPECT_FAULT(as(office.andreas, [&](auto& t, auto const& act) { return add_person(t, act, office.kota_jambi, budi); }), Forbidden);
    EXPECT_FAULT(as(office.budi, [&](auto& t, auto const& act) { return add_person(t, act, office.kota_jambi, budi); }), NotFound);
    EXPECT_FAULT(as(office.siti, [&](auto& t, auto const& act) { return add_person(t, act, office.kerinci, budi); }), NotFound);
    auto added = as(office.siti, [&](auto& t, auto const& act) { return add_person(t, act, office.kota_jambi, budi); });
    ASSERT_TRUE(added);
    EXPECT_FAULT(as(office.siti, [&](auto& t, auto const& act) { return add_person(t, act, office.kota_jambi, budi); }), Invalid);  // the NIP stands already
    EXPECT_FAULT(as(office.siti, [&](auto& t, auto const& act) { return change_person(t, act, *added, 9, budi); }), Conflict);  // an old version
    EXPECT_FAULT(as(office.andreas, [&](auto& t, auto const& act) { return change_person(t, act, *added, 1, budi); }), Forbidden);
    EXPECT_FAULT(as(office.andreas, [&](auto& t, auto const& act) { return add_post(t, act, office.kota_jambi, { "Arsiparis", "staff" }, day); }), Forbidden);
    EXPECT_FAULT(as(office.dewi, [&](auto& t, auto const& act) { return appoint(t, act, { *added, office.head_of_hukum, "plt", day }); }), Forbidden);
    EXPECT_FAULT(as(office.andreas, [&](auto& t, auto const& act) { return account::create_account(t, act, *added, "budi", "hash"); }), Forbidden);
    EXPECT_FAULT(give(office.andreas, { "assessor", office.kota_jambi, *added, {}, {}, {}, {} }), Forbidden);
    EXPECT_FAULT(as(office.dewi, [&](auto& t, auto const& act) { return hand_over(t, act, { office.kota_jambi, office.maria, *added, "plt", day, {}, "ST 1", {} }, {}); }), Forbidden);
}

TEST_P(People, an_account_administrator_sees_no_plan)
{
    auto admin = as({}, [&](auto& t, auto const& act) { return add_person(t, act, office.kota_jambi, budi); });
    make_administrator(*admin, "budi.admin", office.kota_jambi);
    EXPECT_TRUE(may(*admin, "people.manage"));
    EXPECT_FALSE(may(*admin, "plan.read"));
    EXPECT_FALSE(may(*admin, "journal.read"));
}

TEST_P(People, nobody_grants_to_himself_in_his_name_or_through_his_post)
{
    make_administrator(office.siti, "siti.admin", office.kota_jambi);
    EXPECT_FAULT(give(office.siti, { "rb_secretary", office.kota_jambi, office.siti, {}, {}, {}, {} }), Forbidden);
    make_administrator(office.maria, "maria.admin", office.kota_jambi);
    EXPECT_FAULT(give(office.maria, { "leader", office.kota_jambi, {}, office.head_of_rendatin, {}, {}, {} }), Forbidden);
    EXPECT_FAULT(as(office.siti, [&](auto& t, auto const& act) { return appoint(t, act, { office.siti, office.head_of_hukum, "plt", day }); }), Forbidden);
    EXPECT_TRUE(give(office.siti, { "assessor", office.kota_jambi, office.dewi, {}, {}, {}, {} }));
    EXPECT_TRUE(may(office.dewi, "journal.read"));
    EXPECT_TRUE(may(office.dewi, "journal.read", time::Date::of(2027, 6, 14)));
    EXPECT_FALSE(may(office.dewi, "journal.read", time::Date::of(2027, 6, 15))) << "a grant ends after 12 months";
    EXPECT_FAULT(give(office.siti, { "assessor", office.kota_jambi, office.dewi, {}, {}, {}, {} }), Conflict);
    EXPECT_FAULT(give(office.siti, { "area_owner", office.kota_jambi, office.dewi, {}, {}, {}, {} }), Invalid);  // which area
    EXPECT_FAULT(give(office.siti, { "staff", office.kota_jambi, office.dewi, {}, {}, {}, {} }), Invalid);  // staff is derived
}

TEST_P(People, an_administrator_counts_only_after_a_second_person_confirmed_within_72_hours)
{
    make_administrator(office.siti, "siti.admin", office.kota_jambi);
    make_administrator(office.yuli, "yuli.admin", office.kota_jambi);
    GrantDraft draft { "account_administrator", office.kota_jambi, office.dewi, {}, {}, {}, {} };
    auto asked = give(office.siti, draft);
    ASSERT_TRUE(asked);
    EXPECT_FALSE(may(office.dewi, "people.manage"));
    auto confirm = [&](PersonId who, GrantId grant, time::Date on) { return as(who, [&](auto& t, auto const& act) { return account::confirm_role(t, act, grant); }, on); };
    EXPECT_FAULT(confirm(office.siti, *asked, day), Forbidden);
    EXPECT_FAULT(confirm(office.andreas, *asked, day), Forbidden);
    ASSERT_TRUE(confirm(office.yuli, *asked, day));
    EXPECT_TRUE(may(office.dewi, "people.manage"));
    EXPECT_FAULT(confirm(office.yuli, *asked, day), Conflict);
    auto late = give(office.siti, { "account_administrator", office.kota_jambi, office.maria, {}, {}, {}, {} });
    EXPECT_FAULT(confirm(office.yuli, *late, time::Date::of(2026, 6, 19)), Conflict);
    EXPECT_FAULT(give(office.siti, { "account_administrator", office.kota_jambi, {}, office.head_of_hukum, {}, {}, {} }), Invalid);
}

TEST_P(People, the_last_administrator_cannot_be_removed)
{
    make_administrator(office.siti, "siti.admin", office.kota_jambi);
    make_administrator(office.yuli, "yuli.admin", office.kota_jambi);
    auto grant_of = [&](PersonId person) {
        return database->read([&](Reader& reader) -> Result<GrantId> {
            for (auto const& grant : account::grants_and_account(reader, person, day).grants)
                if (grant.role == "account_administrator")
                    return grant.id;
            return not_found();
        }).value();
    };
    auto end = [&](PersonId actor, PersonId person) {
        auto grant = grant_of(person);
        return as(actor, [&](auto& t, auto const& act) { return account::end_role(t, act, grant); });
    };
    EXPECT_FAULT(as(office.yuli, [&](auto& t, auto const& act) { return account::block_account(t, act, office.yuli); }), Forbidden);
    ASSERT_TRUE(end(office.yuli, office.siti));
    EXPECT_FALSE(may(office.siti, "people.manage"));
    EXPECT_FAULT(end(office.yuli, office.yuli), Conflict);
    EXPECT_FAULT(as({}, [&](auto& t, auto const& act) { return account::block_account(t, act, office.yuli); }), Conflict);
}

TEST_P(People, a_plt_inherits_the_roles_of_the_post_and_loses_them_when_it_ends)
{
    EXPECT_FALSE(may(office.siti, "plan.verify"));
    ASSERT_TRUE(as({}, [&](auto& t, auto const& act) { return appoint(t, act, { office.siti, office.head_of_rendatin, "plt", day, time::Date::of(2026, 7, 31) }); }));
    EXPECT_TRUE(may(office.siti, "plan.verify"));
    EXPECT_TRUE(may(office.siti, "plan.verify", time::Date::of(2026, 7, 31)));
    EXPECT_FALSE(may(office.siti, "plan.verify", time::Date::of(2026, 8, 1)));
    ASSERT_TRUE(as({}, [&](auto& t, auto const& act) { return end_appointment(t, act, office.siti, office.head_of_rendatin, time::Date::of(2026, 6, 14)); }));
    EXPECT_FALSE(may(office.siti, "plan.verify"));
    EXPECT_FAULT(as({}, [&](auto& t, auto const& act) { return appoint(t, act, { office.siti, office.head_of_rendatin, "definitive", day }); }), Conflict);
}

TEST_P(People, what_is_read_together_is_what_is_read_apart)
{
    make_administrator(office.siti, "siti.admin", office.kota_jambi);
    ASSERT_TRUE(database->read([&](Reader& reader) -> Result<bool> {
        auto const posts = posts_of(reader, office.siti, office.kota_jambi, day);
        for (auto const& post : posts) {
            auto const [all, hanging] = posts_and_hanging_on(reader, office.siti, office.kota_jambi, day, post.id);
            EXPECT_EQ(all.size(), posts.size());
            for (std::size_t i = 0; i < std::min(all.size(), posts.size()); ++i) {
                EXPECT_EQ(all[i].id, posts[i].id);
                EXPECT_EQ(all[i].holders.size(), posts[i].holders.size());
            }
            auto const apart = hanging_on(reader, { post.id, {} }, day, {});
            EXPECT_EQ(hanging.size(), apart.size());
            for (std::size_t i = 0; i < std::min(hanging.size(), apart.size()); ++i)
                EXPECT_EQ(hanging[i].kind + hanging[i].title + hanging[i].detail, apart[i].kind + apart[i].title + apart[i].detail);
        }
        std::vector<PostId> vacant, found;
        for (auto const& post : posts)
            if (post.vacant())
                vacant.push_back(post.id);
        for (auto const& post : account::gaps_of(reader, office.siti, day, office.kota_jambi, 7).vacant)
            found.push_back(post.id);
        EXPECT_EQ(found, vacant);
        EXPECT_FALSE(posts.empty());
        EXPECT_TRUE(posts_and_hanging_on(reader, office.budi, office.kota_jambi, day, posts.front().id).posts.empty()) << "another office";
        EXPECT_TRUE(account::gaps_of(reader, office.budi, day, office.kota_jambi, 7).vacant.empty());
        EXPECT_EQ(account::gaps_of(reader, office.budi, day, office.kota_jambi, 7).without_account.total, 0);
        return true;
    }));
}

TEST_P(People, an_office_comes_with_the_rights_in_it)
{
    ASSERT_TRUE(database->read([&](Reader& reader) -> Result<bool> {
        auto const own = unit_with_rights(reader, office.andreas, day, "1571", { "plan.read", "plan.manage", "" });
        EXPECT_TRUE(own);
        EXPECT_EQ(own->may, (std::array { true, true, false }));
        auto const staff = unit_for(reader, office.siti, day, "1571", { "plan.read", "plan.manage", "people.read" });
        EXPECT_TRUE(staff);
        EXPECT_EQ(staff->may, (std::array { true, false, true }));
        EXPECT_EQ(unit_with_rights(reader, office.budi, day, "1571", { "plan.read", "plan.manage", "" })->may, (std::array { false, false, false }));
        EXPECT_EQ(unit_for(reader, office.budi, day, "1571", { "plan.read", "plan.manage", "" }).error().kind, FaultKind::NotFound);
        EXPECT_EQ(unit_with_rights(reader, office.siti, day, "9999", { "plan.read", "", "" }).error().kind, FaultKind::NotFound);
        return true;
    }));
}

TEST_P(People, a_superior_stands_above_the_post_and_above_a_vacant_one)
{
    auto superiors = database->read([&](Reader& reader) -> Result<std::vector<Superior>> { return superiors_of(reader, office.siti, day); });
    ASSERT_EQ(superiors->size(), 1U);
    EXPECT_EQ((*superiors)[0].person, office.maria);
    ASSERT_TRUE(as({}, [&](auto& t, auto const& act) { return end_appointment(t, act, office.maria, office.head_of_rendatin, time::Date::of(2026, 6, 14)); }));
    superiors = database->read([&](Reader& reader) -> Result<std::vector<Superior>> { return superiors_of(reader, office.siti, day); });
    ASSERT_EQ(superiors->size(), 1U);
    EXPECT_EQ((*superiors)[0].person, office.sekretaris);
}

TEST_P(People, a_list_is_taken_in_once_and_a_second_time_changes_nothing)
{
    make_administrator(office.siti, "siti.admin", office.kota_jambi);
    Table table { { "Nama", "Status", "NIP", "Telepon" }, { "Budi Santoso", "PNS", "19850217 201012 1 003", "0812" }, { "Rini", "PPNPN", "", "" },
        { "Salah Nomor", "PNS", "123", "" }, { "", "", "", "" } };
    auto preview = [&] { return database->read([&](Reader& reader) { return preview_people(reader, act_of(office.siti, day), office.kota_jambi, table); }); };
    auto apply = [&] { return as(office.siti, [&](auto& t, auto const& act) { return apply_people(t, act, office.kota_jambi, table, 2, 99); }); };
    using Change = ImportedPerson::Change;
    ASSERT_TRUE(preview());
    EXPECT_EQ(preview()->count(Change::Added), 2);
    EXPECT_EQ(preview()->count(Change::Wrong), 1);
    EXPECT_EQ(preview()->lines[2].line, 4);
    EXPECT_EQ(preview()->lines[2].faults[0].field, "nip");
    EXPECT_EQ(*apply(), 2);
    EXPECT_EQ(*apply(), 0);
    EXPECT_EQ(preview()->count(Change::Unchanged), 2);
    table[1][3] = "0813";
    EXPECT_EQ(preview()->lines[0].changed, std::vector<std::string> { "phone" });
    EXPECT_EQ(*apply(), 1);
    EXPECT_EQ(*apply(), 0);
    EXPECT_FAULT(database->read([&](Reader& reader) { return preview_people(reader, act_of(office.andreas, day), office.kota_jambi, table); }), Forbidden);
}

TEST_P(People, a_handover_moves_posts_and_roles_and_a_second_one_takes_it_back)
{
    account::GrantHandover roles;
    HandoverParticipants participants { &roles };
    ASSERT_TRUE(give({}, { "assessor", office.kota_jambi, office.maria, {}, {}, {}, {} }, time::Date::of(2026, 6, 1)));
    HandoverDraft draft { office.kota_jambi, office.maria, office.siti, "definitive", day, {}, "ST 12/2026", {} };
    auto previewed = database->read([&](Reader& reader) { return preview_handover(reader, act_of(office.andreas, day), draft, participants); });
    ASSERT_TRUE(previewed);
    EXPECT_EQ(previewed->size(), 2U);
    auto made = as(office.andreas, [&](auto& t, auto const& act) { return hand_over(t, act, draft, participants); });
    ASSERT_TRUE(made) << made.error().message_key;
    EXPECT_TRUE(may(office.siti, "plan.verify"));
    EXPECT_TRUE(may(office.siti, "journal.read"));
    EXPECT_FALSE(may(office.maria, "plan.verify"));
    EXPECT_FALSE(may(office.maria, "journal.read"));
    auto read = database->read([&](Reader& reader) { return handover_by_id(reader, office.andreas, day, office.kota_jambi, *made); });
    ASSERT_TRUE(read);
    EXPECT_EQ(read->items.size(), 2U);
    std::swap(draft.from, draft.to);
    draft.since = day;
    ASSERT_TRUE(as(office.andreas, [&](auto& t, auto const& act) { return hand_over(t, act, draft, participants); }));
    EXPECT_TRUE(may(office.maria, "plan.verify"));
    EXPECT_TRUE(may(office.maria, "journal.read"));
    EXPECT_FALSE(may(office.siti, "plan.verify"));
    EXPECT_TRUE(may(office.siti, "plan.work")) << "her own post stays hers";
    draft.to = office.andreas;
    EXPECT_FAULT(as(office.andreas, [&](auto& t, auto const& act) { return hand_over(t, act, draft, participants); }), Forbidden);
}

TEST_P(People, a_link_sets_a_password_once_within_thirty_minutes)
{
    make_administrator(office.siti, "siti.admin", office.kota_jambi);
    auto made = act_of({}, day).at;
    auto set = [&](std::string const& token, std::int64_t later) { return account::set_password_by_link(*database, { token, "gunung kerinci tinggi", "gunung kerinci tinggi" }, made.plus(std::chrono::milliseconds { later })); };
    EXPECT_FAULT(set("siti.admin", account::link_life_ms), NotFound);
    EXPECT_FAULT(account::set_password_by_link(*database, { "siti.admin", "pendek", "pendek" }, made), Invalid);
    EXPECT_FAULT(account::set_password_by_link(*database, { "siti.admin", "kpupassword2026", "kpupassword2026" }, made), Invalid);  // a common password
    ASSERT_TRUE(set("siti.admin", 60'000));
    EXPECT_FAULT(set("siti.admin", 61'000), NotFound);
}

TEST_P(People, moving_and_splitting_a_unit_leaves_last_year_as_it_was)
{
    auto last_year = time::Date::of(2025, 12, 31);
    auto rename = as({}, [&](auto& t, auto const& act) { return rename_unit(t, act, office.kota_jambi, "KPU Kota Jambi Raya", time::Zone::Wib, day); });
    ASSERT_TRUE(rename);
    ASSERT_TRUE(as({}, [&](auto& t, auto const& act) { return move_unit(t, act, office.kota_jambi, office.national, day, "penataan"); }));
    ASSERT_TRUE(as({}, [&](auto& t, auto const& act) {
        return split_unit(t, act, office.kerinci, { { "1572", "regency", "KPU Kota Sungai Penuh", "15", time::Zone::Wib } }, day, "pemekaran");
    }));
    (void)database->read([&](Reader& reader) -> Result<void> {
        EXPECT_EQ(unit_by_id(reader, office.kota_jambi, last_year)->name, "KPU Kota Jambi");
        EXPECT_EQ(unit_by_id(reader, office.kota_jambi, day)->name, "KPU Kota Jambi Raya");
        EXPECT_EQ(path_to(reader, office.kota_jambi, last_year).size(), 3U);
        EXPECT_EQ(path_to(reader, office.kota_jambi, day).size(), 2U);
        EXPECT_EQ(lower_units(reader, office.province, last_year).size(), 2U);
        EXPECT_EQ(lower_units(reader, office.province, day).size(), 2U) << "Kerinci and the new city; Kota Jambi has gone";
        return {};
    });
}
