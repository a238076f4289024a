#include "flow/clock_advance.hpp"
#include "record/record_actions.hpp"
#include "record/record_list.hpp"
#include "support/office.hpp"
#include "support/registers.hpp"
#include "support/test_database.hpp"
#include <gmock/gmock.h>

namespace kpuhub::record {

using namespace kpuhub::testing;
using time::Date;
using time::Instant;

namespace {

Date day(int year, unsigned month, unsigned date) { return Date::of(year, month, date); }

Instant at(Date date, int hour = 10) { return time::start_of_day(date, time::Zone::Wib).plus(std::chrono::hours { hour }); }

journal::Act act_at(PersonId actor, Instant when)
{
    auto act = journal::Act { .actor = actor, .at = when, .today = time::date_at(when, time::Zone::Wib) };
    for (std::size_t i = 0; i < 8; ++i)
        act.seed[i] = static_cast<std::uint8_t>(when.milliseconds >> (8 * i));
    return act;
}

/// Hears which limits passed; a rerun tells the same again.
class LateTally final : public RecordListener {
public:
    Result<void> changed(storage::Transaction&, journal::Act const&, RecordChange const& change) override
    {
        for (std::size_t at = 0; at < change.clocks_after.size(); ++at)
            if (change.before == change.after && change.step.empty() && change.clocks_after[at].passed && !change.clocks_before[at].passed)
                passed.insert(change.clocks_after[at].name);
        ++calls;
        return {};
    }
    std::set<std::string> passed;
    int calls = 0;
};

}

class RecordClocksStore : public ForBothEngines {
protected:
    Office office = make_office(*database);
    definition::Shelf shelf;
    flow::CalendarShelf calendars;
    flow::Clocks clocks { calendars };
    RecordClocks record_clocks { clocks };
    Listeners listeners;
    Desk desk { shelf, listeners, &record_clocks };
    text::Messages messages = text::Messages::embedded();

    void SetUp() override
    {
        ASSERT_TRUE(flow::load_calendar(*database));
        ASSERT_TRUE(flow::load_clock_rules(*database));
        publish_registers(*database);
        for (auto const* id : { "ppid_request", "gratification_report" })
            switch_on(*database, id, office.kota_jambi);
        give_role(*database, "ppid_officer", office.kota_jambi, office.siti);
        give_role(*database, "ppid_superior", office.kota_jambi, office.dewi);
        give_role(*database, "upg_officer", office.kota_jambi, office.yuli);
    }

    Typed request(std::string const& received, std::string const& regime = "general")
    {
        return { { "received_at", { received } }, { "regime", { regime } }, { "channel", { "counter" } }, { "applicant_kind", { "person" } }, { "name", { "Budi Contoh" } },
            { "address", { "Jl. Contoh 1" } }, { "information", { "Rekap DPB" } }, { "aim", { "Penelitian" } }, { "obtaining", { "look" } } };
    }
    Typed gift(std::string const& received)
    {
        return { { "received_on", { received } }, { "report_kind", { "received" } }, { "form", { "goods" } }, { "description", { "Parsel" } }, { "estimate", { "450000" } },
            { "giver", { "CV Contoh" } }, { "giver_relation", { "supplier" } }, { "chronology", { "Diantar" } } };
    }
    SubjectId make(std::string const& id, Typed typed, PersonId who, Instant when)
    {
        auto made = database->write([&](storage::Transaction& transaction) { return create(transaction, act_at(who, when), desk, { "1571", id, typed }); });
        if (!made)
            throw std::runtime_error(made.error().message_key + (made.error().fields.empty() ? "" : " " + made.error().fields[0].field));
        return *made;
    }
    Result<void> step(SubjectId id, std::string const& name, PersonId who, Instant when, Typed typed = {}, std::string reason = {})
    {
        return database->write([&](storage::Transaction& transaction) -> Result<void> {
            auto const version = transaction.first(storage::Query { "test.version", "SELECT version FROM subject WHERE id = $1" }, id)->integer(0);
            return do_step(transaction, act_at(who, when), desk, { id, version, name, typed, reason });
        });
    }
    flow::Clock clock(SubjectId id, std::string const& name)
    {
        auto all = database->read([&](storage::Reader& reader) -> Result<std::vector<flow::Clock>> { return flow::clocks_of(reader, id); }).value();
        auto const found = std::ranges::find(all, name, &flow::Clock::name);
        return found == all.end() ? flow::Clock { .name = "missing", .state = "missing" } : *found;
    }
    std::string due(SubjectId id, std::string const& name)
    {
        auto const found = clock(id, name);
        return found.due_at ? time::date_at(found.due_at->plus(std::chrono::milliseconds { -1 }), time::Zone::Wib).iso() : found.state;
    }
    void pass_time(Instant now)
    {
        flow::PassedListeners passed;
        passed.emplace("r_*", passed_listener(shelf, listeners));
        ASSERT_TRUE(database->write([&](storage::Transaction& transaction) { return flow::advance(transaction, clocks, messages, passed, "https://hub", now, 100); }));
    }
    Typed accepted() { return { { "regime", { "general" } }, { "held_here", { "yes" } } }; }
    Typed answered(std::string const& on) { return { { "notice_on", { on } }, { "answer", { "Terlampir" } } }; }
};
FOR_BOTH_ENGINES(RecordClocksStore);

TEST_P(RecordClocksStore, a_request_is_due_by_the_vectors_of_both_regimes)
{
    struct Vector {
        char const *received, *regime, *due, *extended;
    };
    for (auto const& [received, regime, due_on, extended] : { Vector { "2026-02-02T09:00", "general", "2026-02-18", "2026-02-27" },
             Vector { "2024-11-25T09:00", "election", "2024-11-29", "2024-12-03" }, Vector { "2026-12-21T09:00", "general", "2027-01-08", "2027-01-19" } }) {
        auto const when = at(*Date::from_iso(std::string_view { received }.substr(0, 10)));
        auto const id = make("ppid_request", request(received, regime), office.siti, when);
        EXPECT_EQ(due(id, "notice"), due_on);
        auto typed = accepted();
        typed["regime"] = { regime };
        ASSERT_TRUE(step(id, "accept", office.siti, when.plus(std::chrono::hours { 1 }), typed));
        ASSERT_TRUE(step(id, "extend", office.siti, when.plus(std::chrono::hours { 2 }), { { "extension_reason", { "data masih dihimpun" } } }));
        EXPECT_EQ(due(id, "extended_notice"), extended);
        EXPECT_EQ(clock(id, "notice").state, "stopped");
        EXPECT_FALSE(clock(id, "notice").passed);
        auto const again = step(id, "extend", office.siti, when.plus(std::chrono::hours { 3 }), { { "extension_reason", { "lagi" } } });
        ASSERT_FALSE(again) << "once only";
        EXPECT_EQ(again.error().message_key, "record.conflict.state");
    }
}

TEST_P(RecordClocksStore, what_arrives_on_a_day_without_work_counts_from_the_next_working_day)
{
    auto const saturday = make("ppid_request", request("2026-01-31T11:00"), office.siti, at(day(2026, 2, 2)));
    EXPECT_EQ(due(saturday, "notice"), "2026-02-18") << "as if on Monday, 2 February";
    auto const evening = make("ppid_request", request("2026-01-30T20:00"), office.siti, at(day(2026, 2, 2)));
    EXPECT_EQ(due(evening, "notice"), "2026-02-18");
}

TEST_P(RecordClocksStore, the_limit_stands_still_while_the_applicant_completes_and_an_extension_keeps_the_pause)
{
    auto const id = make("ppid_request", request("2026-02-02T09:00"), office.siti, at(day(2026, 2, 2)));
    ASSERT_FALSE(step(id, "ask_completion", office.siti, at(day(2026, 2, 4)))) << "it has to say what is missing";
    ASSERT_TRUE(step(id, "ask_completion", office.siti, at(day(2026, 2, 4)), {}, "Lampirkan surat kuasa"));
    EXPECT_EQ(clock(id, "notice").state, "paused");
    EXPECT_EQ(clock(id, "completeness_check").state, "stopped");
    EXPECT_EQ(due(id, "completion"), "2026-02-09");
    ASSERT_TRUE(step(id, "complete", office.siti, at(day(2026, 2, 6)), { { "completion", { "surat kuasa" } } }));
    EXPECT_EQ(due(id, "notice"), "2026-02-20") << "two working days later";
    ASSERT_TRUE(step(id, "extend", office.siti, at(day(2026, 2, 9)), { { "extension_reason", { "x" } } }));
    EXPECT_EQ(due(id, "extended_notice"), "2026-03-03") << "17 working days and the two of the pause";
    ASSERT_TRUE(step(id, "fulfil", office.siti, at(day(2026, 3, 4)), answered("2026-03-04")));
    EXPECT_TRUE(clock(id, "extended_notice").passed) << "answered a day late";
    EXPECT_EQ(clock(id, "extended_notice").state, "stopped");
}

TEST_P(RecordClocksStore, an_extension_after_the_limit_is_refused_and_silence_may_be_objected_to)
{
    auto const id = make("ppid_request", request("2026-02-02T09:00"), office.siti, at(day(2026, 2, 2)));
    ASSERT_TRUE(step(id, "accept", office.siti, at(day(2026, 2, 3)), accepted()));
    Typed const objection { { "objection_ground", { "c_no_answer" } }, { "objection_case", { "tidak dijawab" } } };
    auto const early = step(id, "object_to_silence", office.siti, at(day(2026, 2, 10)), objection);
    ASSERT_FALSE(early);
    EXPECT_EQ(early.error().message_key, "record.conflict.too_early");
    pass_time(at(day(2026, 2, 19)));
    EXPECT_TRUE(clock(id, "notice").passed);
    auto const late = step(id, "extend", office.siti, at(day(2026, 2, 19)), { { "extension_reason", { "x" } } });
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().message_key, "record.conflict.too_late");
    ASSERT_TRUE(step(id, "object_to_silence", office.siti, at(day(2026, 2, 20)), objection));
    EXPECT_EQ(clock(id, "notice").state, "stopped");
    EXPECT_EQ(clock(id, "answer_to_objection").state, "running");
}

TEST_P(RecordClocksStore, objection_and_dispute_have_the_limits_of_the_regime_and_the_superior_is_another_person)
{
    auto const id = make("ppid_request", request("2026-02-02T09:00"), office.siti, at(day(2026, 2, 2)));
    give_role(*database, "ppid_superior", office.kota_jambi, office.siti);
    ASSERT_TRUE(step(id, "accept", office.siti, at(day(2026, 2, 3)), accepted()));
    auto refusal = answered("2026-02-10");
    ASSERT_FALSE(step(id, "refuse", office.siti, at(day(2026, 2, 10)), refusal)) << "without its ground";
    refusal["refusal_ground"] = { "article_17_h" };
    ASSERT_TRUE(step(id, "refuse", office.siti, at(day(2026, 2, 10)), refusal));
    EXPECT_EQ(clock(id, "objection_period").state, "running");
    EXPECT_EQ(clock(id, "objection_period").officer, PersonId {}) << "it is the applicant's";
    ASSERT_TRUE(step(id, "object", office.siti, at(day(2026, 3, 13)), { { "objection_ground", { "a_exemption" } }, { "objection_case", { "keliru" } } }));
    EXPECT_EQ(clock(id, "objection_period").state, "stopped");
    EXPECT_EQ(clock(id, "answer_to_objection").rule.text.rule.amount, 30);
    EXPECT_EQ(clock(id, "answer_to_objection").officer, office.siti) << "the lowest number of those who may; nobody had a step before";
    Typed const answer { { "superior_answer", { "ditolak" } }, { "superior_decision", { "rejected" } } };
    auto const own = step(id, "answer_objection", office.siti, at(day(2026, 3, 16)), answer);
    ASSERT_FALSE(own);
    EXPECT_EQ(own.error().message_key, "record.forbidden.own");
    ASSERT_TRUE(step(id, "answer_objection", office.dewi, at(day(2026, 3, 16)), answer));
    EXPECT_EQ(due(id, "dispute_period"), "2026-04-13") << "14 working days after 16 March, over the holidays";
    ASSERT_TRUE(step(id, "bring_dispute", office.siti, at(day(2026, 4, 1)), { { "dispute_number", { "1/KI" } }, { "dispute_on", { "2026-04-01" } } }));
    EXPECT_EQ(clock(id, "settlement_ends").rule.text.rule.amount, 100);
    ASSERT_TRUE(step(id, "rule", office.siti, at(day(2026, 4, 20)), { { "ruling", { "granted" } }, { "ruling_on", { "2026-04-20" } } }));
    EXPECT_EQ(clock(id, "settlement_ends").state, "stopped");
    auto const number = database->read([&](storage::Reader& reader) -> Result<std::string> {
        return reader.first(storage::Query { "test.number", "SELECT f_objection_number FROM r_ppid_request WHERE subject_id = $1" }, id)->text(0);
    });
    EXPECT_EQ(number.value(), "KB-1571-2026-001");
}

TEST_P(RecordClocksStore, the_regime_is_changed_by_the_officer_and_the_limit_follows)
{
    auto const id = make("ppid_request", request("2026-02-02T09:00"), office.siti, at(day(2026, 2, 2)));
    EXPECT_EQ(due(id, "notice"), "2026-02-18");
    auto typed = accepted();
    typed["regime"] = { "election" };
    ASSERT_TRUE(step(id, "accept", office.siti, at(day(2026, 2, 3)), typed));
    EXPECT_EQ(due(id, "notice"), "2026-02-05");
    EXPECT_EQ(clock(id, "notice").rule.text.family, "ppid_election");
}

TEST_P(RecordClocksStore, gifts_are_counted_by_the_set_of_their_day_of_receipt)
{
    auto const id = make("gratification_report", gift("2026-03-13"), office.siti, at(day(2026, 3, 16)));
    EXPECT_EQ(due(id, "report_to_upg"), "2026-04-06");
    EXPECT_EQ(clock(id, "report_to_upg").state, "stopped") << "it was reported by being made";
    EXPECT_FALSE(clock(id, "report_to_upg").passed);
    EXPECT_EQ(due(id, "upg_to_kpk"), "2026-04-07");
    EXPECT_EQ(clock(id, "complete_report").rule.text.rule.amount, 20);
    EXPECT_EQ(clock(id, "upg_to_kpk").officer, office.yuli);
    EXPECT_EQ(clock(id, "upg_to_kpk").reader, office.siti) << "who made the report reads the page of its limit";

    auto const direct = make("gratification_report", gift("2026-03-16"), office.siti, at(day(2026, 3, 17)));
    EXPECT_EQ(due(direct, "report_to_kpk"), "2026-05-06");

    auto const before = make("gratification_report", gift("2026-01-15"), office.siti, at(day(2026, 2, 2)));
    EXPECT_EQ(clock(before, "complete_report").rule.text.rule.amount, 30) << "received before the change of 20 January 2026";
    EXPECT_TRUE(clock(before, "report_to_upg").passed) << "12 working days after the gift";
}

TEST_P(RecordClocksStore, a_limit_of_state_property_runs_only_for_state_property)
{
    for (auto const* decision : { "state_property", "receiver_property" }) {
        auto const id = make("gratification_report", gift("2026-03-13"), office.siti, at(day(2026, 3, 16)));
        ASSERT_TRUE(step(id, "ask_more", office.yuli, at(day(2026, 3, 17)), {}, "foto"));
        EXPECT_EQ(clock(id, "complete_report").officer, office.siti) << "the maker has to do the next step";
        ASSERT_TRUE(step(id, "complete", office.siti, at(day(2026, 3, 25))));
        ASSERT_TRUE(step(id, "verify", office.yuli, at(day(2026, 3, 26))));
        EXPECT_EQ(clock(id, "complete_report").state, "stopped");
        ASSERT_TRUE(step(id, "assess", office.yuli, at(day(2026, 3, 26), 11), { { "assessment", { "wajib" } } }));
        ASSERT_TRUE(step(id, "forward", office.yuli, at(day(2026, 3, 27)), { { "sent_to_kpk_on", { "2026-03-27" } } }));
        EXPECT_EQ(clock(id, "upg_to_kpk").state, "stopped");
        ASSERT_TRUE(step(id, "decide", office.yuli, at(day(2026, 4, 20)), { { "decision", { decision } }, { "decided_on", { "2026-04-20" } } }));
        EXPECT_EQ(clock(id, "kpk_decision").state, "stopped");
        EXPECT_EQ(clock(id, "hand_over").state, std::string { decision } == "state_property" ? "running" : "missing");
    }
}

TEST_P(RecordClocksStore, a_corrected_day_of_receipt_counts_anew)
{
    auto const id = make("gratification_report", gift("2026-03-13"), office.siti, at(day(2026, 3, 16)));
    ASSERT_TRUE(database->write([&](storage::Transaction& transaction) {
        return correct(transaction, act_at(office.siti, at(day(2026, 3, 17))), desk, { id, 1, gift("2026-01-15") });
    }));
    EXPECT_EQ(clock(id, "report_to_kpk").started_at, at(day(2026, 1, 15), 0));
    EXPECT_TRUE(clock(id, "report_to_upg").passed);
    EXPECT_EQ(clock(id, "report_to_upg").state, "stopped");
    EXPECT_EQ(clock(id, "complete_report").rule.text.rule.amount, 30) << "and by the set of that day";
}

TEST_P(RecordClocksStore, the_listeners_hear_a_limit_pass_once_and_lists_find_what_is_late)
{
    LateTally tally;
    auto const id = make("ppid_request", request("2026-02-02T09:00"), office.siti, at(day(2026, 2, 2)));
    (void)make("ppid_request", request("2026-03-02T09:00"), office.siti, at(day(2026, 3, 2)));
    auto listed = [&](std::string const& query) {
        return database->read([&](storage::Reader& reader) -> Result<std::size_t> {
            auto const place = TRY(place_of(reader, shelf, { office.siti, day(2026, 2, 20) }, "1571", "ppid_request"));
            http::Fields fields;
            if (!query.empty())
                fields.add(query, "1");
            auto const found = TRY(list(reader, place, TRY(question_of(fields, place))));
            EXPECT_EQ(count_states(reader, place).late, std::ranges::count_if(found.records, &Record::late));
            return found.records.size();
        }).value();
    };
    EXPECT_EQ(listed(""), 2U);
    EXPECT_EQ(listed("late"), 0U);
    listeners.push_back(&tally);
    pass_time(at(day(2026, 2, 6)));
    pass_time(at(day(2026, 2, 19)));
    EXPECT_EQ(listed("late"), 1U);
    EXPECT_THAT(tally.passed, ::testing::ElementsAre("completeness_check", "notice"));
    auto const calls = tally.calls;
    pass_time(at(day(2026, 2, 20)));
    EXPECT_EQ(tally.calls, calls) << "never twice";
    listeners.clear();
    ASSERT_TRUE(step(id, "accept", office.siti, at(day(2026, 2, 20)), accepted()));
    ASSERT_TRUE(step(id, "fulfil", office.siti, at(day(2026, 2, 20), 11), answered("2026-02-20")));
    EXPECT_EQ(listed("late"), 0U) << "answered late is no longer waiting";
    EXPECT_TRUE(clock(id, "notice").passed);
}

TEST_P(RecordClocksStore, a_draft_has_no_limit_until_it_is_sent)
{
    auto const id = database->write([&](storage::Transaction& transaction) {
        return create(transaction, act_at(office.siti, at(day(2026, 3, 16))), desk, { "1571", "gratification_report", gift("2026-03-13"), Completeness::Draft });
    }).value();
    EXPECT_EQ(clock(id, "upg_to_kpk").state, "missing");
    ASSERT_TRUE(database->write([&](storage::Transaction& transaction) {
        return correct(transaction, act_at(office.siti, at(day(2026, 3, 17))), desk, { id, 1, gift("2026-03-13") });
    }));
    EXPECT_EQ(clock(id, "upg_to_kpk").started_at, at(day(2026, 3, 17))) << "the UPG received it when it was sent";
}

}
