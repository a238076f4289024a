#include "attendance/attendance.hpp"
#include "subject/subject.hpp"
#include "support/campaigns.hpp"
#include "support/registers.hpp"
#include <atomic>
#include <chrono>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>
#include <thread>

using namespace kpuhub;
using namespace kpuhub::testing;
using ::testing::HasSubstr;
using ::testing::Not;

namespace {

using Form = std::vector<std::pair<std::string, std::string>>;

/// An event of Kota Jambi that siti holds; its list is open.
class Attendance : public ::testing::TestWithParam<storage::Engine> {
protected:
    Hub hub { GetParam(), true };
    std::string record, list, screen;

    void SetUp() override
    {
        load_campaign_definitions(*hub.database);
        switch_on(*hub.database, "event_attendance", hub.office.kota_jambi);
        record = record_of(post(hub, hub.siti, "/units/1571/registers/event_attendance/records",
            { { "form", "1" }, { "f.name", "Sosialisasi gratifikasi" }, { "f.event_kind", "socialisation" }, { "f.held_on", "2026-04-18" }, { "f.place", "Aula" } }));
        list = record + "/attendance";
        screen = "/units/1571/events/" + record.substr(9) + "/screen";
        EXPECT_THAT(get(hub, hub.siti, record).body, HasSubstr(list));
        EXPECT_EQ(post(hub, hub.siti, list, {}).header("Location"), screen);
    }

    /// "/a/7/K2M4PQRS": what the code on the wall says now, from the page's data.
    std::string address()
    {
        auto const page = nlohmann::json::parse(get(hub, hub.siti, screen, true).body);
        auto const whole = page["address"].get<std::string>();
        return whole.substr(whole.find("/a/"));
    }
    static std::string ticket_of(http::Response const& page)
    {
        auto const at = page.body.find("name=\"ticket\" value=\"");
        if (at == std::string::npos)
            return {};
        auto const from = at + std::string_view { "name=\"ticket\" value=\"" }.size();
        return page.body.substr(from, page.body.find('"', from) - from);
    }
    http::Response tap(CookieJar& as, Form form = {})
    {
        auto const at = address();
        auto const page = get(hub, as, at);
        EXPECT_EQ(page.status, 200) << page.body.substr(0, 500);
        form.emplace_back("ticket", ticket_of(page));
        if (auto const token = page.body.find("name=\"csrf\" value=\""); token != std::string::npos) {
            auto const from = token + std::string_view { "name=\"csrf\" value=\"" }.size();
            if (as.count("kpuhub-session") == 0 && as.count("__Host-kpuhub-session") == 0)
                form.emplace_back("csrf", page.body.substr(from, page.body.find('"', from) - from));
        }
        return post(hub, as, at, form);
    }
    std::int64_t came() { return hub.count("SELECT count(*) FROM r_event_attendance__attendees"); }
    void later(std::int64_t seconds) { hub.clock.set(hub.clock.now().plus(std::chrono::milliseconds { seconds * 1000 })); }
};
FOR_BOTH_ENGINES(Attendance);

}

TEST_P(Attendance, staff_scan_and_tap_once_and_are_listed_once)
{
    EXPECT_EQ(tap(hub.yuli).status, 303);
    EXPECT_EQ(tap(hub.yuli).status, 303);
    EXPECT_EQ(tap(hub.budi).status, 303) << "from another office";
    EXPECT_EQ(came(), 2);
    auto const page = get(hub, hub.siti, list).body;
    EXPECT_THAT(page, HasSubstr("Yuliana Sari"));
    EXPECT_THAT(page, HasSubstr("2 orang hadir"));
    auto const wall = nlohmann::json::parse(get(hub, hub.siti, screen, true).body);
    EXPECT_EQ(wall["came"], 2);
    auto const since = nlohmann::json::parse(run(hub.site(), { .name = "since", .path = screen + "?since=" + std::to_string(wall["newest"].get<int>()), .as = &hub.siti, .headers = { { "accept", "application/json" } } }).body);
    EXPECT_TRUE(since["rows"].empty()) << "nothing new since";
}

TEST_P(Attendance, guests_type_a_name_and_an_institution_without_an_account)
{
    CookieJar guest;
    EXPECT_EQ(tap(guest, { { "guest", "Budi Tamu" }, { "institution", "Dinas Kominfo" } }).status, 303);
    EXPECT_EQ(tap(guest, { { "guest", "budi  tamu" }, { "institution", "Dinas Kominfo" } }).status, 303) << "the same person again";
    EXPECT_EQ(came(), 1);
    EXPECT_EQ(tap(guest, { { "guest", "" }, { "institution", "" } }).status, 422);
    EXPECT_EQ(came(), 1);
    EXPECT_THAT(get(hub, hub.siti, list).body, HasSubstr("Budi Tamu"));
    CookieJar other;
    EXPECT_THAT(get(hub, other, address()).body, Not(HasSubstr("Budi Tamu"))) << "guests are told no names";
}

TEST_P(Attendance, an_old_code_is_refused_in_clear_words_and_a_ticket_lasts_some_minutes)
{
    auto const old = address();
    auto const page = get(hub, hub.yuli, old);
    later(attendance::rules().code_seconds * (attendance::rules().codes_valid + 1));
    auto const refused = get(hub, hub.dewi, old);
    EXPECT_EQ(refused.status, 409);
    EXPECT_THAT(refused.body, HasSubstr("Kode ini sudah berganti"));
    EXPECT_THAT(refused.body, Not(HasSubstr("Sosialisasi"))) << "nothing of the event is told";
    EXPECT_EQ(post(hub, hub.yuli, old, { { "ticket", ticket_of(page) } }).status, 303) << "who scanned in time may still tap";
    later(attendance::rules().ticket_seconds + 1);
    EXPECT_EQ(post(hub, hub.dewi, old, { { "ticket", ticket_of(page) } }).status, 409);
    EXPECT_EQ(post(hub, hub.dewi, old, { { "ticket", "9999999999999.AAAA" } }).status, 409);
    EXPECT_EQ(get(hub, hub.dewi, "/a/999999/ABCDEFGH").status, 409) << "an event that is not there looks the same";
    EXPECT_EQ(came(), 1);
}

TEST_P(Attendance, the_host_adds_and_strikes_out_with_a_reason_and_nobody_else_does)
{
    EXPECT_EQ(tap(hub.yuli).status, 303);
    auto const row = std::to_string(hub.count("SELECT max(id) FROM r_event_attendance__attendees"));
    EXPECT_EQ(post(hub, hub.dewi, list + "/rows/" + row + "/end", { { "reason", "x" } }).status, 403);
    EXPECT_EQ(post(hub, hub.dewi, list + "/rows", { { "guest", "X" }, { "institution", "Y" } }).status, 403);
    EXPECT_EQ(post(hub, hub.dewi, list, {}).status, 403);
    EXPECT_EQ(post(hub, hub.dewi, list + "/closing", {}).status, 403);
    EXPECT_EQ(get(hub, hub.dewi, screen).status, 403);
    EXPECT_EQ(get(hub, hub.budi, list).status, 404);
    EXPECT_EQ(post(hub, hub.siti, list + "/rows/" + row + "/end", {}).status, 422) << "a reason is asked";
    EXPECT_EQ(post(hub, hub.siti, list + "/rows/" + row + "/end", { { "reason", "tidak hadir" } }).status, 303);
    EXPECT_EQ(came(), 0);
    EXPECT_THAT(get(hub, hub.siti, list).body, HasSubstr("tidak hadir"));
    EXPECT_EQ(tap(hub.yuli).status, 409) << "struck out: only the host takes him in again";
    auto const yuli = std::to_string(hub.office.yuli.value);
    EXPECT_EQ(post(hub, hub.siti, list + "/rows", { { "guest", "Yuliana Sari" } }).status, 303) << "known by her name";
    EXPECT_EQ(post(hub, hub.siti, list + "/rows", { { "person", yuli } }).header("Location"), list + "?before=1");
    EXPECT_EQ(came(), 1);
    EXPECT_EQ(post(hub, hub.siti, list + "/rows", { { "person", std::to_string(hub.office.budi.value + 100) } }).status, 422);
}

TEST_P(Attendance, closing_writes_the_number_into_the_record_and_ends_the_signing)
{
    EXPECT_EQ(tap(hub.yuli).status, 303);
    EXPECT_EQ(tap(hub.maria).status, 303);
    auto const at = address();
    auto const waiting = ticket_of(get(hub, hub.dewi, at));
    auto const closed = post(hub, hub.siti, list + "/closing", {});
    ASSERT_EQ(closed.status, 303) << closed.body.substr(0, 1500);
    EXPECT_EQ(hub.count("SELECT f_came FROM r_event_attendance"), 2);
    EXPECT_EQ(hub.count("SELECT count(*) FROM subject WHERE kind = 'r_event_attendance' AND state = 'held'"), 1);
    EXPECT_EQ(post(hub, hub.dewi, at, { { "ticket", waiting } }).status, 409);
    EXPECT_THAT(get(hub, hub.dewi, at).body, HasSubstr("sudah ditutup"));
    EXPECT_EQ(came(), 2);
    EXPECT_EQ(post(hub, hub.siti, list, {}).status, 303) << "opened again";
    EXPECT_EQ(tap(hub.dewi).status, 303);
    EXPECT_EQ(post(hub, hub.siti, list + "/closing", {}).status, 303);
    EXPECT_EQ(hub.count("SELECT f_came FROM r_event_attendance"), 3);
}

TEST_P(Attendance, whose_row_is_gone_may_sign_again)
{
    EXPECT_EQ(tap(hub.yuli).status, 303);
    hub.run_sql("DELETE FROM r_event_attendance__attendees");
    EXPECT_EQ(tap(hub.yuli).status, 303);
    EXPECT_EQ(came(), 1) << "the mark of a row that was taken away keeps nobody off";
    EXPECT_EQ(tap(hub.yuli).status, 303);
    EXPECT_EQ(came(), 1);
}

TEST_P(Attendance, a_ticket_is_carried_on_and_never_made_longer)
{
    CookieJar guest;
    auto const at = address();
    auto const scanned = get(hub, guest, at);
    auto const token = ticket_of(scanned);
    ASSERT_FALSE(token.empty());
    auto const csrf_at = scanned.body.find("name=\"csrf\" value=\"") + std::string_view { "name=\"csrf\" value=\"" }.size();
    auto const csrf = scanned.body.substr(csrf_at, scanned.body.find('"', csrf_at) - csrf_at);
    auto send = [&](std::string const& name, std::string const& with) {
        return post(hub, guest, at, { { "guest", name }, { "institution", "Dinas" }, { "ticket", with }, { "csrf", csrf } });
    };
    later(attendance::rules().ticket_seconds - 10);
    auto const wrong = send("", token);
    EXPECT_EQ(wrong.status, 422);
    EXPECT_EQ(ticket_of(wrong), token);
    EXPECT_EQ(send("Ani", token).status, 303);
    auto const done = get(hub, guest, at + "?done=1&ticket=" + token, true);
    EXPECT_EQ(nlohmann::json::parse(done.body)["ticket"], token);
    later(20);
    EXPECT_EQ(send("Budi", token).status, 409);
    EXPECT_EQ(send("Budi", ticket_of(wrong)).status, 409);
    EXPECT_EQ(get(hub, guest, at + "?done=1&ticket=" + token).status, 409);
    EXPECT_EQ(came(), 1);
}

TEST_P(Attendance, nobody_signs_for_an_event_that_was_reported_or_cancelled_and_its_list_is_closed)
{
    for (auto const* state : { "reported", "cancelled" }) {
        hub.run_sql("UPDATE subject SET state = 'planned' WHERE kind = 'r_event_attendance'");
        EXPECT_EQ(post(hub, hub.siti, list, {}).status, 303);
        auto const at = address();
        auto const waiting = ticket_of(get(hub, hub.dewi, at));
        hub.run_sql("UPDATE subject SET state = '" + std::string { state } + "' WHERE kind = 'r_event_attendance'");
        auto const late = post(hub, hub.dewi, at, { { "ticket", waiting } });
        EXPECT_EQ(late.status, 409);
        EXPECT_THAT(late.body, HasSubstr("sudah dilaporkan atau dibatalkan"));
        EXPECT_EQ(get(hub, hub.dewi, at).status, 409);
        EXPECT_EQ(post(hub, hub.siti, list + "/rows", { { "guest", "X" }, { "institution", "Y" } }).status, 403);
        EXPECT_EQ(post(hub, hub.siti, list, {}).status, 403) << "nor is it opened again";
        EXPECT_EQ(came(), 0);
        EXPECT_THAT(get(hub, hub.siti, list).body, HasSubstr(list + "/closing"));
        EXPECT_THAT(get(hub, hub.dewi, list).body, Not(HasSubstr(list + "/closing")));
        EXPECT_EQ(post(hub, hub.dewi, list + "/closing", {}).status, 403);
        EXPECT_EQ(post(hub, hub.siti, list + "/closing", {}).status, 303);
        EXPECT_EQ(hub.count("SELECT count(*) FROM attendance_list WHERE closed_at IS NOT NULL"), 1);
        EXPECT_EQ(hub.count("SELECT count(*) FROM r_event_attendance WHERE f_came IS NOT NULL"), 0) << "what was reported stays";
        EXPECT_THAT(get(hub, hub.siti, list).body, Not(HasSubstr(list + "/closing")));
    }
}

TEST_P(Attendance, a_signature_waits_for_who_is_changing_the_record)
{
    auto const at = address();
    auto const waiting = ticket_of(get(hub, hub.dewi, at));
    std::atomic<bool> held = false, let_go = false;
    std::jthread other([&] {                            // as a striking-out does, whose figures are counted while the row goes
        (void)hub.database->write([&](storage::Transaction& transaction) -> Result<void> {
            TRY_VOID(subject::lock_all(transaction, { { std::stoll(record.substr(9)) } }));
            held = true;
            std::this_thread::sleep_for(std::chrono::milliseconds { 400 });
            let_go = true;
            return {};
        });
    });
    while (!held)
        std::this_thread::yield();
    auto const version = hub.count("SELECT version FROM subject WHERE kind = 'r_event_attendance'");
    EXPECT_EQ(post(hub, hub.dewi, at, { { "ticket", waiting } }).status, 303);
    EXPECT_TRUE(let_go) << "signed beside it: both would count the figures without the other's row";
    EXPECT_EQ(came(), 1);
    other.join();
    EXPECT_EQ(hub.count("SELECT version FROM subject WHERE kind = 'r_event_attendance'"), version + 1) << "of the other one: a signature makes no form stale";
}

TEST_P(Attendance, who_stands_on_the_list_already_without_having_signed_by_code_stands_there_once)
{
    auto const id = record.substr(9);
    hub.run_sql(fmt::format("INSERT INTO r_event_attendance__attendees (subject_id, f_person) VALUES ({}, {})", id, hub.office.yuli.value));
    hub.run_sql("INSERT INTO r_event_attendance__attendees (subject_id, f_guest, f_institution) VALUES (" + id + ", 'BUDI  Tamu', 'Dinas Kominfo')");
    auto const answer = tap(hub.yuli);
    EXPECT_EQ(answer.status, 303);
    EXPECT_THAT(answer.header("Location"), HasSubstr("done=before"));
    EXPECT_THAT(get(hub, hub.yuli, answer.header("Location")).body, HasSubstr("sudah"));
    CookieJar guest;
    EXPECT_THAT(tap(guest, { { "guest", "Budi Tamu" }, { "institution", "dinas kominfo" } }).header("Location"), HasSubstr("done=before"));
    EXPECT_EQ(came(), 2);
    EXPECT_EQ(tap(guest, { { "guest", "Budi Tamu" }, { "institution", "Bawaslu" } }).status, 303) << "another person of that name";
    EXPECT_EQ(came(), 3);
    EXPECT_EQ(post(hub, hub.siti, list + "/rows", { { "guest", "Yuliana Sari" } }).header("Location"), list + "?before=1") << "the host does not write her down a second time";
    auto const row = std::to_string(hub.count("SELECT min(id) FROM r_event_attendance__attendees"));
    EXPECT_EQ(post(hub, hub.siti, list + "/rows/" + row + "/end", { { "reason", "tidak hadir" } }).status, 303);
    EXPECT_EQ(tap(hub.yuli).status, 409) << "struck out like any other";
    EXPECT_EQ(came(), 2);
}

TEST_P(Attendance, a_row_struck_out_without_a_mark_leaves_who_when_and_why)
{
    auto const id = record.substr(9);
    hub.run_sql("INSERT INTO r_event_attendance__attendees (subject_id, f_guest, f_institution) VALUES (" + id + ", 'Budi Tamu', 'Dinas Kominfo')");
    auto const row = std::to_string(hub.count("SELECT max(id) FROM r_event_attendance__attendees"));
    EXPECT_EQ(post(hub, hub.siti, list + "/rows/" + row + "/end", { { "reason", "salah tulis" } }).status, 303);
    EXPECT_EQ(hub.count(fmt::format("SELECT count(*) FROM attendance_mark WHERE struck_by = {} AND struck_at IS NOT NULL AND struck_why = 'salah tulis' AND row_id IS NULL", hub.office.siti.value)), 1);
    EXPECT_THAT(get(hub, hub.siti, list).body, HasSubstr("salah tulis (Siti"));
    auto const page = get(hub, hub.siti, record).body;
    EXPECT_THAT(page, HasSubstr("mencoret Budi Tamu dari daftar hadir"));
    EXPECT_THAT(page, HasSubstr("<q>salah tulis</q>"));
    CookieJar guest;
    EXPECT_EQ(tap(guest, { { "guest", "Budi Tamu" }, { "institution", "dinas kominfo" } }).status, 409) << "struck out like any other";
    EXPECT_EQ(post(hub, hub.siti, list + "/rows/" + row + "/end", { { "reason", "lagi" } }).status, 404) << "the row is gone";
}

TEST_P(Attendance, the_history_of_the_record_calls_each_act_on_the_list_by_its_name)
{
    EXPECT_EQ(post(hub, hub.siti, list + "/closing", {}).status, 303);
    auto const page = get(hub, hub.siti, record).body;
    EXPECT_THAT(page, HasSubstr("membuka daftar hadir"));
    EXPECT_THAT(page, HasSubstr("menutup daftar hadir"));
    auto const made = page.find("membuat catatan");
    ASSERT_NE(made, std::string::npos);
    EXPECT_EQ(page.find("membuat catatan", made + 1), std::string::npos) << "the record was made once";
}

TEST_P(Attendance, many_taps_at_once_leave_one_row_for_each_person)
{
    constexpr int at_once = 8;
    auto const id = record.substr(9);
    hub.run_sql(fmt::format("INSERT INTO r_event_attendance__attendees (subject_id, f_person) VALUES ({}, {})", id, hub.office.dewi.value));
    auto const at = address();
    CookieJar guest;
    auto const page = get(hub, guest, at);
    auto const from = page.body.find("name=\"csrf\" value=\"") + std::string_view { "name=\"csrf\" value=\"" }.size();
    Form const typed { { "guest", "Budi Tamu" }, { "institution", "Dinas Kominfo" }, { "ticket", ticket_of(page) }, { "csrf", page.body.substr(from, page.body.find('"', from) - from) } };
    Form const staff { { "ticket", ticket_of(get(hub, hub.yuli, at)) } };
    std::atomic<int> answered = 0, now = 0;
    {
        std::vector<std::jthread> people;
        for (int count = 0; count < at_once; ++count)
            for (auto const& [jar, form] : { std::pair { guest, typed }, std::pair { hub.yuli, staff }, std::pair { hub.dewi, staff } })
                people.emplace_back([&, jar = jar, form = form]() mutable {
                    auto const answer = post(hub, jar, at, form);
                    answered += answer.status == 303 ? 1 : 0;
                    now += answer.header("Location").find("done=1") != std::string::npos ? 1 : 0;
                });
    }
    EXPECT_EQ(answered, 3 * at_once) << "everybody gets a friendly answer";
    EXPECT_EQ(came(), 3);
    EXPECT_EQ(now, 2) << "the guest and Yuli now, once; Dewi stood there before";
}

TEST_P(Attendance, the_list_is_printed_with_places_to_sign)
{
    EXPECT_EQ(tap(hub.yuli).status, 303);
    auto const paper = get(hub, hub.siti, list + ".pdf");
    EXPECT_EQ(paper.status, 200);
    EXPECT_TRUE(paper.body.starts_with("%PDF"));
    auto const code = get(hub, hub.siti, "/units/1571/events/" + record.substr(9) + "/code");
    EXPECT_EQ(code.status, 200);
    EXPECT_THAT(code.body, HasSubstr("<svg"));
}

TEST_P(Attendance, guests_of_one_network_are_limited)
{
    hub.run_sql(fmt::format("INSERT INTO rate (name, window_at, hits) VALUES ('attendance.network:127.0.0.0/24', {}, {})", hub.clock.now().milliseconds / 600'000 * 600'000, attendance::rules().guests_per_network));
    CookieJar guest;
    EXPECT_EQ(tap(guest, { { "guest", "Budi" }, { "institution", "Dinas" } }).status, 503);
    EXPECT_EQ(came(), 0);
}

TEST_P(Attendance, no_page_costs_more_than_six_statements)
{
    EXPECT_EQ(tap(hub.yuli).status, 303);
    for (auto const& path : { list, screen }) {
        get(hub, hub.siti, path);
        auto const before = hub.database->counters().statements;
        get(hub, hub.siti, path);
        EXPECT_LE(hub.database->counters().statements - before, 6) << path;
    }
}

TEST(AttendanceCode, a_code_is_good_for_its_list_and_its_time_only)
{
    using namespace attendance;
    time::Instant const now { 1'776'500'000'000 };
    auto const code = code_at("key", { 7 }, now);
    EXPECT_EQ(code.size(), 8U);
    EXPECT_TRUE(code_is_good("key", { 7 }, code, now));
    EXPECT_TRUE(code_is_good("key", { 7 }, code, now.plus(std::chrono::milliseconds { rules().code_seconds * 1000 })));
    EXPECT_FALSE(code_is_good("key", { 7 }, code, now.plus(std::chrono::milliseconds { rules().code_seconds * 1000 * rules().codes_valid })));
    EXPECT_FALSE(code_is_good("key", { 8 }, code, now));
    EXPECT_FALSE(code_is_good("other", { 7 }, code, now));
    EXPECT_FALSE(code_is_good("", { 7 }, code_at("", { 7 }, now), now));
    auto const good = ticket("key", { 7 }, now);
    EXPECT_TRUE(ticket_is_good("key", { 7 }, good, now));
    EXPECT_FALSE(ticket_is_good("key", { 8 }, good, now));
    EXPECT_FALSE(ticket_is_good("key", { 7 }, "9" + good, now)) << "a later end needs another mac";
    for (auto const* broken : { "", ".", "x.y", "1776500000000", "99999999999999999999999.A" })
        EXPECT_FALSE(ticket_is_good("key", { 7 }, broken, now)) << broken;
}
