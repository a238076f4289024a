#include "report/offices.hpp"
#include "report/request.hpp"
#include "support/office.hpp"
#include "support/test_database.hpp"
#include <gmock/gmock.h>

using namespace kpuhub;
using namespace kpuhub::report;
using namespace kpuhub::testing;

class RequestStore : public ForBothEngines {
protected:
    Office office = make_office(*database);
    time::Date today = time::Date::of(2026, 7, 3);
    RequestId id {};

    template<typename Action>
    auto write(PersonId person, Action action)
    {
        auto act = act_of(person, today);
        return database->write([&](storage::Transaction& transaction) { return action(transaction, act); });
    }
    Result<RequestId> ask_for(PersonId who, Wants wants, Scope scope = Scope::Direct, std::vector<UnitId> chosen = {})
    {
        return write(who, [&](auto& t, auto const& act) { return ask(t, act, office.province, { "Jumlah pegawai", "", wants, "orang", today.plus(std::chrono::days { 7 }), scope, chosen }); });
    }
    std::vector<Answer> answers(PersonId who)
    {
        return *database->read([&](storage::Reader& reader) -> Result<std::vector<Answer>> { return answers_of(reader, who, today, id); });
    }
    Answer of(UnitId unit)
    {
        for (auto const& each : answers(office.ratna))
            if (each.unit == unit)
                return each;
        return {};
    }
    Result<void> reply(PersonId who, UnitId unit, Reply const& with)
    {
        auto const there = of(unit);
        return write(who, [&](auto& t, auto const& act) { return answer(t, act, there.id, there.version, with); });
    }
};

FOR_BOTH_ENGINES(RequestStore);

TEST_P(RequestStore, each_office_answers_a_share_and_zero_is_not_the_same_as_not_available)
{
    id = *ask_for(office.ratna, Wants::Share);
    ASSERT_EQ(answers(office.ratna).size(), 2U);
    EXPECT_EQ(reply(office.andreas, office.kota_jambi, { .numerator = 0, .denominator = 0 }).error().kind, FaultKind::Invalid);
    EXPECT_EQ(reply(office.andreas, office.kota_jambi, { .denominator = 40 }).error().kind, FaultKind::Invalid);
    ASSERT_TRUE(reply(office.andreas, office.kota_jambi, { .numerator = 0, .denominator = 40 }));
    EXPECT_EQ(of(office.kota_jambi).state, AnswerState::Answered);
    EXPECT_EQ(of(office.kota_jambi).reply.numerator, 0);
    EXPECT_EQ(reply(office.andreas, office.kota_jambi, { .not_available = true }).error().kind, FaultKind::Invalid) << "a reason is asked for";
    ASSERT_TRUE(reply(office.andreas, office.kota_jambi, { .not_available = true, .numerator = 3, .note = "belum didata" }));
    EXPECT_EQ(of(office.kota_jambi).state, AnswerState::NotAvailable);
    EXPECT_EQ(of(office.kota_jambi).reply.numerator, std::nullopt);
}

TEST_P(RequestStore, who_is_not_asked_or_may_not_answer_is_refused)
{
    EXPECT_EQ(ask_for(office.andreas, Wants::Number).error().kind, FaultKind::NotFound) << "Kota Jambi knows nothing of the province's desk";
    id = *ask_for(office.ratna, Wants::Number, Scope::Chosen, { office.kota_jambi });
    ASSERT_EQ(answers(office.ratna).size(), 1U);
    EXPECT_TRUE(answers(office.andreas).empty()) << "the matrix is the supervisor's";
    EXPECT_EQ(reply(office.siti, office.kota_jambi, { .numerator = 1 }).error().kind, FaultKind::Forbidden);
    EXPECT_EQ(reply(office.ratna, office.kota_jambi, { .numerator = 1 }).error().kind, FaultKind::Forbidden) << "a supervisor never answers for an office";
    EXPECT_EQ(reply(office.budi, office.kota_jambi, { .numerator = 1 }).error().kind, FaultKind::NotFound);
    EXPECT_EQ(ask_for(office.ratna, Wants::Number, Scope::Chosen, { office.national }).error().kind, FaultKind::NotFound) << "only lower offices are asked";
    EXPECT_EQ(ask_for(office.ratna, Wants::Number, Scope::Chosen, {}).error().kind, FaultKind::Invalid);
    EXPECT_EQ(write(office.andreas, [&](auto& t, auto const& act) { return close(t, act, id, 1); }).error().kind, FaultKind::NotFound);
}

TEST_P(RequestStore, a_reminder_is_a_comment_at_each_open_answer_and_a_closed_request_takes_none)
{
    id = *ask_for(office.ratna, Wants::Paper);
    EXPECT_EQ(reply(office.andreas, office.kota_jambi, {}).error().kind, FaultKind::Invalid);
    EXPECT_EQ(reply(office.andreas, office.kota_jambi, { .address = "javascript:alert(1)" }).error().kind, FaultKind::Invalid);
    EXPECT_EQ(reply(office.andreas, office.kota_jambi, { .paper = PaperId { 999 } }).error().kind, FaultKind::Invalid);
    ASSERT_TRUE(reply(office.andreas, office.kota_jambi, { .address = "jdih.kpu.go.id/x" }));
    EXPECT_EQ(of(office.kota_jambi).reply.address, "https://jdih.kpu.go.id/x");
    auto const reminded = write(office.ratna, [&](auto& t, auto const& act) { return remind(t, act, id, version_of(*database, subject_of(id)), "Mohon segera"); });
    ASSERT_TRUE(reminded) << reminded.error().message_key;
    EXPECT_EQ(*reminded, 1);
    ASSERT_TRUE(write(office.ratna, [&](auto& t, auto const& act) { return close(t, act, id, version_of(*database, subject_of(id))); }));
    EXPECT_EQ(reply(office.andreas, office.kota_jambi, { .address = "jdih.kpu.go.id/y" }).error().message_key, "report.request.closed_already");
}

TEST_P(RequestStore, satker_saya_shows_plan_package_and_open_requests_to_who_supervises)
{
    make_plan(*database, office, 2026, time::Date::of(2026, 1, 5));
    id = *ask_for(office.ratna, Wants::Number);
    auto const rows = *database->read([&](storage::Reader& reader) -> Result<std::vector<OfficeStand>> { return offices_below(reader, office.ratna, today, office.province, 2026, "Q2"); });
    ASSERT_EQ(rows.size(), 2U);
    for (auto const& row : rows) {
        EXPECT_EQ(row.fixed, row.unit == office.kota_jambi ? 1 : 0);
        EXPECT_EQ(row.requests, 1);
        EXPECT_EQ(row.received, 0);
    }
    auto const own = *database->read([&](storage::Reader& reader) -> Result<std::vector<OfficeStand>> { return offices_below(reader, office.andreas, today, office.province, 2026, "Q2"); });
    ASSERT_EQ(own.size(), 1U) << "others see only what they may read";
    EXPECT_EQ(own.front().unit, office.kota_jambi);
}
