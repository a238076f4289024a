#include "campaign/campaign_job.hpp"
#include "campaign/campaign_store.hpp"
#include "definition/duty_file.hpp"
#include "organization/duty.hpp"
#include "support/campaigns.hpp"
#include "support/registers.hpp"
#include "support/test_database.hpp"
#include <gmock/gmock.h>

namespace kpuhub::campaign {

using namespace kpuhub::testing;
using time::Date;

class CampaignStore : public ForBothEngines {
protected:
    Office office = make_office(*database);
    Date today = Date::of(2026, 2, 10);
    time::FixedClock clock { act_of({}, Date::of(2026, 2, 10)).at };
    definition::Shelf shelf;
    record::Listeners listeners;
    flow::CalendarShelf calendars;
    Asking asking { *database, { shelf, listeners }, calendars, clock };
    text::Messages messages = text::Messages::embedded();

    void SetUp() override
    {
        load_campaign_definitions(*database);
        fill_office(*database, office);
    }

    journal::Act act(PersonId person) const { return act_of(person, today); }

    Result<std::optional<SubjectId>> begin(PersonId person, UnitId unit, NewCampaign const& wanted)
    {
        return database->write([&](storage::Transaction& transaction) { return start(transaction, act(person), unit, wanted); });
    }
    /// A campaign of Kota Jambi in which everybody was asked.
    SubjectId lhkan()
    {
        auto const id = begin(office.andreas, office.kota_jambi, { "lhkan", "2026", Date::of(2026, 4, 30) }).value().value();
        ask(id);
        return id;
    }
    std::int64_t ask(SubjectId id)
    {
        std::int64_t all = 0;
        for (std::int64_t asked = 4; asked == 4; all += asked)
            asked = database->write([&](storage::Transaction& transaction) { return ask_some(transaction, act(office.andreas), asking, id, 4); }).value();
        return all;
    }
    std::vector<Person> people(PersonId reader, SubjectId id)
    {
        return database->read([&](storage::Reader& r) -> Result<std::vector<Person>> { return people_of(r, reader, today, id); }).value();
    }
    Person one(SubjectId id, PersonId person)
    {
        for (auto& each : people(office.andreas, id))
            if (each.id == person)
                return each;
        throw std::runtime_error("was not asked");
    }
    Result<void> step(PersonId by, Person const& of, std::string const& name, std::string const& reason = {})
    {
        record::Typed typed;
        if (name == "file")
            typed = { { "filed_on", { "2026-02-09" } }, { "receipt_number", { "BPE-1" } } };
        return database->write([&](storage::Transaction& transaction) { return record::do_step(transaction, act(by), asking.desk, { of.record, of.version, name, typed, reason }); });
    }
    void file(SubjectId id, std::initializer_list<PersonId> whom)
    {
        for (auto const person : whom)
            ASSERT_TRUE(step(person, one(id, person), "file"));
    }
    Counts counts(SubjectId id)
    {
        return database->read([&](storage::Reader& r) -> Result<Counts> { return count_people(r, today, id); }).value();
    }
    std::vector<Branch> branches(PersonId reader, UnitId unit)
    {
        return database->read([&](storage::Reader& r) -> Result<std::vector<Branch>> { return branches_of(r, reader, today, unit, "lhkan", "2026"); }).value();
    }
    void run(std::string const& sql)
    {
        ASSERT_TRUE(database->write([&](storage::Transaction& transaction) -> Result<void> {
            transaction.execute(storage::Query { "test.run", sql });
            return {};
        }));
    }
};

TEST_P(CampaignStore, six_of_fifteen_is_forty_percent_and_the_others_are_named)
{
    auto const id = lhkan();
    file(id, { office.siti, office.yuli, office.dewi, office.maria, office.sekretaris, office.andreas });
    EXPECT_EQ(counts(id).share(), (Ratio { 6, 15 }));
    EXPECT_EQ(counts(id).complete(), (Ratio { 0, 15 }));
    auto const all = people(office.andreas, id);
    EXPECT_EQ(counts_of(all).share(), (Ratio { 6, 15 }));
    EXPECT_EQ(std::ranges::count_if(all, [](auto const& each) { return each.missing(); }), 9);
}

TEST_P(CampaignStore, nobody_is_asked_twice_however_often_it_is_asked)
{
    auto const id = lhkan();
    EXPECT_EQ(ask(id), 0);
    EXPECT_EQ(people(office.andreas, id).size(), 15U);
}

TEST_P(CampaignStore, one_campaign_of_a_kind_and_year_is_open_in_an_office)
{
    auto const id = lhkan();
    auto const again = begin(office.andreas, office.kota_jambi, { "lhkan", "2026", Date::of(2026, 4, 30) });
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().message_key, "campaign.open_already");
    EXPECT_TRUE(begin(office.andreas, office.kota_jambi, { "lhkan", "2027", Date::of(2027, 4, 30) }));
    EXPECT_TRUE(begin(office.andreas, office.kota_jambi, { "lhkpn", "2026", Date::of(2026, 3, 31) }));
    ASSERT_TRUE(database->write([&](storage::Transaction& transaction) { return close(transaction, act(office.andreas), id, version_of(*database, id)); }));
    EXPECT_TRUE(begin(office.andreas, office.kota_jambi, { "lhkan", "2026", Date::of(2026, 4, 30) }));
}

TEST_P(CampaignStore, only_who_runs_campaigns_starts_one_and_only_a_supervisor_starts_them_below)
{
    NewCampaign const own { "lhkan", "2026", Date::of(2026, 4, 30) };
    EXPECT_EQ(begin(office.siti, office.kota_jambi, own).error().kind, FaultKind::Forbidden);
    EXPECT_EQ(begin(office.sekretaris, office.kota_jambi, own).error().kind, FaultKind::Forbidden);
    EXPECT_EQ(begin(office.budi, office.kota_jambi, own).error().kind, FaultKind::NotFound);
    NewCampaign const below { "lhkan", "2026", Date::of(2026, 4, 30), false, true };
    EXPECT_EQ(begin(office.andreas, office.kota_jambi, below).error().kind, FaultKind::Forbidden);
    EXPECT_TRUE(begin(office.ratna, office.province, below));
    EXPECT_EQ(begin(office.ratna, office.province, own).error().kind, FaultKind::Forbidden);
    EXPECT_EQ(begin(office.ratna, office.national, below).error().kind, FaultKind::NotFound);
}

TEST_P(CampaignStore, what_is_wrong_with_a_new_campaign_is_told_by_field)
{
    auto const wrong = begin(office.andreas, office.kota_jambi, { "lhkan", "2026", Date::of(2026, 4, 30), false, false });
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().fields.size(), 1U) << "neither here nor below";
    EXPECT_EQ(begin(office.siti, office.kota_jambi, { "lhkan", "2026", Date::of(2026, 4, 30), false, false }).error().kind, FaultKind::Forbidden);
    auto const fields = begin(office.andreas, office.kota_jambi, { "lhkasn", "20x6", Date::of(2026, 2, 9) });
    ASSERT_FALSE(fields);
    EXPECT_EQ(fields.error().fields.size(), 3U);
}

TEST_P(CampaignStore, a_supervisor_asks_all_lower_offices_and_their_sums_move)
{
    ASSERT_TRUE(begin(office.ratna, office.province, { "lhkan", "2026", Date::of(2026, 4, 30), false, true }));
    job::Workshop workshop { *database, clock };
    register_asking(workshop, asking);
    while (workshop.work_once()) { }
    auto const before = branches(office.ratna, office.province);
    ASSERT_EQ(before.size(), 3U) << "the province itself and two offices";
    EXPECT_EQ(before[1].counts.share(), (Ratio { 0, 1 })) << "Kerinci: budi";
    EXPECT_EQ(before[2].counts.share(), (Ratio { 0, 15 }));
    file(before[2].campaign, { office.siti, office.yuli, office.dewi, office.maria, office.sekretaris, office.andreas });
    EXPECT_EQ(branches(office.ratna, office.province)[2].counts.share(), (Ratio { 6, 15 }));
    run("INSERT INTO role_grant (role, unit_id, person_id, valid_from, valid_to, written_at) SELECT 'supervisor', id, " + std::to_string(office.ratna.value)
        + ", '2000-01-01', '2099-12-31', 0 FROM unit WHERE code = '00'");
    auto const nation = branches(office.ratna, office.national);
    ASSERT_EQ(nation.size(), 2U);
    EXPECT_EQ(nation[1].counts.share(), (Ratio { 6, 16 }));
    EXPECT_EQ(nation[1].running, 2);
    EXPECT_EQ(nation[1].units, 3);
    ASSERT_EQ(branches(office.budi, office.province).size(), 1U) << "who may not read the plans of an office is told no number of it";
    EXPECT_EQ(branches(office.budi, office.province)[0].unit, office.kerinci);
}

TEST_P(CampaignStore, names_are_read_by_whom_the_register_gives_them_and_everybody_sees_himself)
{
    auto const id = lhkan();
    EXPECT_EQ(people(office.andreas, id).size(), 15U);
    EXPECT_EQ(people(office.sekretaris, id).size(), 15U);
    EXPECT_EQ(people(office.ratna, id).size(), 15U) << "the supervisor reads below";
    ASSERT_EQ(people(office.siti, id).size(), 1U);
    EXPECT_EQ(people(office.siti, id).front().id, office.siti);
    EXPECT_TRUE(people(office.budi, id).empty());
    auto const found = database->read([&](storage::Reader& r) { return find_campaign(r, office.budi, today, id); });
    EXPECT_EQ(found.error().kind, FaultKind::NotFound);
}

TEST_P(CampaignStore, many_are_accepted_at_once_but_nobody_accepts_his_own)
{
    auto const id = lhkan();
    file(id, { office.siti, office.yuli, office.andreas });
    auto const take = [&](PersonId by, std::initializer_list<PersonId> whom) {
        std::vector<Accepted> items;
        for (auto const person : whom)
            items.push_back({ one(id, person).record, one(id, person).version });
        return database->write([&](storage::Transaction& transaction) { return accept(transaction, act(by), asking.desk, id, items); });
    };
    EXPECT_EQ(take(office.siti, { office.yuli }).error().kind, FaultKind::Forbidden);
    EXPECT_EQ(take(office.andreas, { office.siti, office.andreas }).error().message_key, "record.forbidden.own");
    EXPECT_EQ(counts(id).accepted, 0) << "all or nothing";
    EXPECT_EQ(take(office.andreas, { office.siti, office.yuli }).value(), 2);
    EXPECT_EQ(take(office.sekretaris, { office.andreas }).value(), 1);
    EXPECT_EQ(counts(id).complete(), (Ratio { 3, 15 }));
    EXPECT_EQ(take(office.andreas, {}).error().kind, FaultKind::Invalid);
}

TEST_P(CampaignStore, a_record_of_another_campaign_is_not_accepted_here)
{
    auto const id = lhkan();
    auto const other = begin(office.andreas, office.kota_jambi, { "integrity_pact", "2026", Date::of(2026, 3, 31) }).value().value();
    ask(other);
    auto const wrong = database->write([&](storage::Transaction& transaction) { return accept(transaction, act(office.andreas), asking.desk, id, { { one(other, office.siti).record, 1 } }); });
    EXPECT_EQ(wrong.error().kind, FaultKind::NotFound);
}

TEST_P(CampaignStore, who_left_or_is_exempt_counts_apart)
{
    auto const id = lhkan();
    file(id, { office.dewi });
    run("UPDATE appointment SET valid_to = '2026-02-01' WHERE person_id = " + std::to_string(office.dewi.value));
    ASSERT_TRUE(step(office.andreas, one(id, office.siti), "exempt", "tugas belajar"));
    EXPECT_FALSE(step(office.siti, one(id, office.siti), "file")) << "nothing is asked of him any more";
    auto const now = counts(id);
    EXPECT_EQ(now.asked, 13);
    EXPECT_EQ(now.filed, 0);
    EXPECT_EQ(now.left, 1);
    EXPECT_EQ(now.exempt, 1);
}

TEST_P(CampaignStore, a_closed_campaign_keeps_its_numbers_when_people_leave_afterwards)
{
    auto const id = lhkan();
    file(id, { office.dewi });
    ASSERT_TRUE(database->write([&](storage::Transaction& transaction) { return close(transaction, act(office.andreas), id, version_of(*database, id)); }));
    run("UPDATE appointment SET valid_to = '2026-03-01' WHERE person_id = " + std::to_string(office.dewi.value));
    today = Date::of(2026, 6, 1);
    EXPECT_EQ(counts(id).share(), (Ratio { 1, 15 }));
    auto const late = database->write([&](storage::Transaction& transaction) { return remind(transaction, act(office.andreas), id, { messages, "http://x" }); });
    EXPECT_EQ(late.error().message_key, "campaign.closed_already");
    EXPECT_TRUE(step(office.siti, one(id, office.siti), "file")) << "late, but it counts";
}

TEST_P(CampaignStore, a_closing_is_undone_and_nobody_is_asked_anew)
{
    auto const id = lhkan();
    file(id, { office.dewi });
    auto again = [&](PersonId person, SubjectId campaign, std::int64_t version) {
        return database->write([&](storage::Transaction& transaction) { return reopen(transaction, act(person), campaign, version); });
    };
    auto shut = [&](SubjectId campaign) {
        return database->write([&](storage::Transaction& transaction) { return close(transaction, act(office.andreas), campaign, version_of(*database, campaign)); });
    };
    EXPECT_EQ(again(office.andreas, id, version_of(*database, id)).error().message_key, "campaign.open_now");
    ASSERT_TRUE(shut(id));
    EXPECT_EQ(again(office.siti, id, version_of(*database, id)).error().kind, FaultKind::Forbidden);
    EXPECT_EQ(again(office.budi, id, version_of(*database, id)).error().kind, FaultKind::NotFound);
    EXPECT_EQ(again(office.andreas, id, version_of(*database, id) - 1).error().message_key, "subject.changed");
    auto const other = begin(office.andreas, office.kota_jambi, { "lhkan", "2026", Date::of(2026, 4, 30) }).value().value();
    EXPECT_EQ(again(office.andreas, id, version_of(*database, id)).error().message_key, "campaign.open_already");
    ASSERT_TRUE(shut(other));
    ASSERT_TRUE(again(office.andreas, id, version_of(*database, id)));
    EXPECT_EQ(ask(id), 0) << "nobody is asked anew";
    EXPECT_EQ(people(office.andreas, id).size(), 15U);
    EXPECT_EQ(counts(id).share(), (Ratio { 1, 15 }));
    EXPECT_TRUE(database->write([&](storage::Transaction& transaction) { return remind(transaction, act(office.andreas), id, { messages, "http://x" }); }));
    auto const lines = database->read([&](storage::Reader& r) -> Result<std::int64_t> {
        return r.first({ "test.reopened", "SELECT count(*) FROM event WHERE kind = 'campaign.reopened'" })->integer(0);
    });
    EXPECT_EQ(*lines, 1);
    ASSERT_TRUE(again(office.andreas, other, version_of(*database, other)).error().message_key == "campaign.open_already");
}

TEST_P(CampaignStore, an_asking_that_the_closing_broke_off_goes_on_after_it_is_undone)
{
    auto const id = begin(office.andreas, office.kota_jambi, { "lhkan", "2026", Date::of(2026, 4, 30) }).value().value();
    ASSERT_TRUE(database->write([&](storage::Transaction& transaction) { return close(transaction, act(office.andreas), id, version_of(*database, id)); }));
    EXPECT_EQ(ask(id), 0);
    ASSERT_TRUE(database->write([&](storage::Transaction& transaction) { return reopen(transaction, act(office.andreas), id, version_of(*database, id)); }));
    auto const jobs = database->read([&](storage::Reader& r) -> Result<std::int64_t> {
        return r.first({ "test.asking", "SELECT count(*) FROM job WHERE kind = 'campaign.ask'" })->integer(0);
    });
    EXPECT_EQ(*jobs, 2);
    EXPECT_EQ(ask(id), 15);
}

TEST_P(CampaignStore, who_was_missing_last_year_is_carried_into_the_next_campaign)
{
    auto const id = lhkan();
    file(id, { office.siti, office.dewi });
    ASSERT_TRUE(database->write([&](storage::Transaction& transaction) { return close(transaction, act(office.andreas), id, version_of(*database, id)); }));
    auto const next = begin(office.andreas, office.kota_jambi, { "lhkan", "2027", Date::of(2027, 4, 30) }).value().value();
    auto const found = database->read([&](storage::Reader& r) { return find_campaign(r, office.andreas, today, next); }).value();
    EXPECT_EQ(found.before, id);
    EXPECT_EQ(found.left_over, 13);
}

TEST_P(CampaignStore, who_takes_office_later_is_proposed_and_has_three_months_for_his_first_lhkpn)
{
    run("UPDATE post SET kind = 'chair' WHERE unit_id = " + std::to_string(office.kota_jambi.value) + " AND title = 'Sekretaris'");
    auto const id = begin(office.andreas, office.kota_jambi, { "lhkpn", "2026", Date::of(2026, 3, 31) }).value().value();
    EXPECT_EQ(ask(id), 1);
    auto const fresh = add_staff(*database, office.kota_jambi, "Baru", Date::of(2026, 2, 2));
    run("UPDATE post SET kind = 'member' WHERE id = (SELECT post_id FROM appointment WHERE person_id = " + std::to_string(fresh.value) + ")");
    auto const proposed = database->read([&](storage::Reader& r) -> Result<std::vector<Newcomer>> {
        return newcomers(r, TRY(find_campaign(r, office.andreas, today, id)), people_of(r, office.andreas, today, id), today);
    });
    ASSERT_EQ(proposed->size(), 1U);
    ASSERT_TRUE(database->write([&](storage::Transaction& transaction) { return ask_newcomers(transaction, act(office.andreas), id); }));
    EXPECT_EQ(ask(id), 1);
    EXPECT_EQ(one(id, fresh).due_on, Date::of(2026, 5, 2));
    EXPECT_EQ(one(id, office.sekretaris).due_on, Date::of(2026, 3, 31));
}

TEST_P(CampaignStore, reminders_go_to_who_is_missing_and_not_twice_a_day)
{
    auto const id = lhkan();
    run("UPDATE person SET email = 'orang' || id || '@example.go.id' WHERE unit_id = " + std::to_string(office.kota_jambi.value) + " AND name <> 'Agus'");
    file(id, { office.siti });
    auto const again = [&](PersonId by) { return database->write([&](storage::Transaction& transaction) { return remind(transaction, act(by), id, { messages, "http://hub" }); }); };
    EXPECT_EQ(again(office.siti).error().kind, FaultKind::Forbidden);
    auto const first = again(office.andreas).value();
    EXPECT_EQ(first.mailed, 13);
    EXPECT_EQ(first.without_address, 1);
    EXPECT_EQ(again(office.andreas).value().today_already, 13);
    today = Date::of(2026, 2, 11);
    EXPECT_EQ(again(office.andreas).value().mailed, 13);
}

TEST_P(CampaignStore, an_office_notes_who_is_obliged_and_the_rest_of_the_year_goes_by_it)
{
    using namespace organization;
    auto const count = [&](Date on) { return database->read([&](storage::Reader& r) -> Result<std::size_t> { return duty_holders(r, office.kota_jambi, "lhkpn", on).size(); }).value(); };
    EXPECT_EQ(count(today), 1U) << "the secretary by rule";
    DutyChoice const choice { "lhkpn", { office.maria, office.siti }, today, "Keputusan KPU" };
    auto const note = [&](PersonId by, DutyChoice const& wanted) { return database->write([&](storage::Transaction& transaction) { return note_duties(transaction, act(by), office.kota_jambi, wanted); }); };
    EXPECT_EQ(note(office.siti, choice).error().kind, FaultKind::Forbidden);
    EXPECT_EQ(note(office.budi, choice).error().kind, FaultKind::NotFound);
    EXPECT_EQ(note(office.andreas, { "lhkpn", {}, today, "" }).error().kind, FaultKind::Invalid);
    EXPECT_EQ(note(office.andreas, { "lhkpn", { office.budi }, today, "x" }).error().kind, FaultKind::Invalid) << "of another office";
    EXPECT_EQ(note(office.andreas, choice).value(), 3);
    EXPECT_EQ(note(office.andreas, choice).value(), 0) << "nothing more to change";
    EXPECT_EQ(count(today), 2U);
    EXPECT_EQ(count(Date::of(2026, 1, 1)), 1U) << "before it was noted";
    auto const units = database->read([&](storage::Reader& r) -> Result<std::map<UnitId, std::int64_t>> { return count_duty_holders(r, office.province, "lhkpn", today); });
    EXPECT_EQ(units->at(office.kota_jambi), 2);
}

FOR_BOTH_ENGINES(CampaignStore);

TEST(CampaignFiles, each_shipped_campaign_asks_for_a_known_duty_in_a_known_register)
{
    EXPECT_GE(definition::embedded_duties().size(), 4U);
    ASSERT_GE(definition::embedded_campaigns().size(), 4U);
    for (auto const& kind : definition::embedded_campaigns())
        EXPECT_TRUE(definition::duty_named(kind.duty)) << kind.matter;
}

TEST(CampaignFiles, a_campaign_that_names_what_its_register_lacks_is_refused_with_its_line)
{
    auto const& good = *definition::campaign_of("lhkpn");
    std::string const text = "id: x\nversion: 1\nvalid_from: 2026-01-01\nmatter: x\ntitle: {id: X, en: X}\nlead: {id: X, en: X}\nasks: {id: X, en: X}\nsource: t\nregister: wealth_declaration\n"
                             "fields: {person: nobody, period: period}\nduty: none\nfile: file\naccept: accept\nmeans: {requested: open}\ndeadline: {family: a, rule: b}\n";
    auto const refused = definition::load_campaign("x.yaml", text, { *good.made });
    ASSERT_FALSE(refused);
    std::vector<std::string> places;
    for (auto const& each : refused.error().fields)
        places.push_back(each.field + " " + each.message_key);
    EXPECT_THAT(places, ::testing::IsSupersetOf({ std::string { "x.yaml:10 definition.name_unknown" }, std::string { "x.yaml:11 definition.name_unknown" }, std::string { "x.yaml:14 definition.text_missing" } }));
}

TEST(DutyFiles, a_holder_of_an_unknown_kind_is_refused)
{
    auto const refused = definition::load_duties("d.yaml",
        "id: duties\nversion: 1\nvalid_from: 2026-01-01\ntitle: {id: X, en: X}\nsource: t\nduties:\n  x:\n    title: {id: X, en: X}\n    hint: {id: X, en: X}\n    valid_from: 2026-01-01\n"
        "    source: t\n    confidence: memory\n    holders: [{post_kind: king}, {title_word: Bendahara}]\n");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().fields.size(), 2U);
}

}
