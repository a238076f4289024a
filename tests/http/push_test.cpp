#include "outbox/push.hpp"
#include "portal/reminder_pages.hpp"
#include "subject/subject.hpp"
#include "support/hub.hpp"
#include "support/push_service.hpp"
#include <gmock/gmock.h>

using namespace kpuhub;
using namespace kpuhub::testing;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

namespace {

using Form = std::vector<std::pair<std::string, std::string>>;

/// The program with push on, sending to a service of this machine; `hub` is the same database with push off.
class PushPages : public ::testing::Test {
protected:
    Hub hub { storage::Engine::Sqlite, false };
    TestFolder folder;
    outbox::P256Key const key = outbox::P256Key::generate().value();
    std::unique_ptr<command::Application> application;
    FakePushService service;
    FakeBrowser browser;
    outbox::PushPlaces const places { {}, true };
    outbox::HttpPushCarrier carrier { places, 2'000 };
    outbox::PushPost post_office { *hub.database, hub.clock, carrier, { key, places, "mailto:kpuhub@kpu.go.id" } };

    void SetUp() override
    {
        ASSERT_TRUE(flow::load_calendar(*hub.database));
        ASSERT_TRUE(flow::load_clock_rules(*hub.database));
        account::DoorSettings settings { "http://127.0.0.1:8080" };
        settings.push_key = outbox::base64url(key.public_point());
        settings.push_loopback = true;
        application = std::make_unique<command::Application>(*hub.database, hub.clock, folder.path().string(), settings);
    }
    Site site() { return { application->router(), application->faults(), hub.site().prepare }; }
    http::Response see(CookieJar& who, std::string const& path = "/account/reminders") { return run(site(), { .name = path, .path = path, .as = &who }); }
    http::Response send(CookieJar& who, std::string const& path, Form form = {}) { return run(site(), { .name = path, .method = http::Method::Post, .path = path, .form = std::move(form), .as = &who }); }
    Form asked(std::string const& name = "phone") { return { { "endpoint", service.endpoint(name) }, { "p256dh", browser.p256dh() }, { "auth", browser.auth() } }; }
    std::string device() { return std::to_string(hub.count("SELECT max(id) FROM push_device")); }
};

}

TEST_F(PushPages, a_browser_is_asked_for_warned_by_a_limit_and_ended)
{
    EXPECT_THAT(see(hub.siti).body, AllOf(HasSubstr("<kpu-push data-key=\"" + outbox::base64url(key.public_point())), HasSubstr("Nyalakan di peramban ini"), Not(HasSubstr("Peramban yang menampilkan"))));
    auto const taken = send(hub.siti, "/account/push", asked());
    ASSERT_EQ(taken.status, 303) << taken.body.substr(0, 500);
    EXPECT_THAT(see(hub.siti).body, AllOf(HasSubstr("Peramban yang menampilkan"), HasSubstr("/account/push/" + device() + "/end")));
    EXPECT_THAT(see(hub.siti).body, Not(HasSubstr(service.endpoint("phone")))) << "the address is a secret";
    EXPECT_THAT(see(hub.maria).body, Not(HasSubstr("/account/push/" + device())));

    auto const began = hub.clock.now();
    ASSERT_TRUE(hub.database->write([&](storage::Transaction& transaction) -> Result<ClockId> {
        auto const subject = subject::create(transaction, "request", hub.office.kota_jambi, std::nullopt, "open", began);
        return application->clocks().start(transaction, act_of(hub.office.siti, hub.clock.today()), { subject, "notice", hub.office.kota_jambi, "ppid_general", "notice", began, hub.office.siti, "plan.read", "/tasks?list=mine" });
    }));
    for (int quarter_of_a_day = 0; quarter_of_a_day < 80; ++quarter_of_a_day) {
        hub.clock.set(hub.clock.now().plus(std::chrono::hours { 6 }));
        (void)application->tick();
        while (post_office.send_once()) { }
    }
    auto const messages = hub.count("SELECT count(*) FROM outbox WHERE person_id = " + std::to_string(hub.office.siti.value) + " AND message_key LIKE 'clock:%'");
    EXPECT_EQ(messages, 2) << "at 75 and at 90 % of the limit";
    EXPECT_EQ(hub.count("SELECT count(*) FROM push_message p JOIN outbox o ON o.id = p.message_id WHERE o.message_key LIKE 'clock:%' AND p.state = 'sent'"), messages);
    auto const received = service.taken();
    ASSERT_FALSE(received.empty());
    EXPECT_THAT(browser.open(received.front().body), AllOf(HasSubstr("Pemberitahuan tertulis"), HasSubstr("\"url\":\"/tasks?list=mine\"")));
    EXPECT_FALSE(claims_of(received.front().headers.at("authorization"), outbox::base64url(key.public_point())).empty());

    auto maria = hub.sign_in(hub.office.maria), siti = hub.sign_in(hub.office.siti);       // the sessions of a month ago have ended
    EXPECT_EQ(send(maria, "/account/push/" + device() + "/end").status, 404) << "not hers";
    EXPECT_EQ(send(siti, "/account/push/" + device() + "/end").status, 303);
    EXPECT_THAT(see(siti).body, Not(HasSubstr("Peramban yang menampilkan")));
    EXPECT_EQ(hub.count("SELECT count(*) FROM push_message"), 0);
}

TEST_F(PushPages, wrong_addresses_and_keys_are_refused_and_nothing_is_written)
{
    auto with = [&](std::string const& field, std::string const& value) {
        auto form = asked();
        for (auto& [name, old] : form)
            if (name == field)
                old = value;
        return form;
    };
    for (auto const* endpoint : { "", "https://evil.example/push", "http://10.0.0.1/push", "http://127.0.0.1@evil.example/", "file:///etc/passwd" })
        EXPECT_EQ(send(hub.siti, "/account/push", with("endpoint", endpoint)).status, 422) << endpoint;
    for (auto const* point : { "", "AAAA", "not base64!" })
        EXPECT_EQ(send(hub.siti, "/account/push", with("p256dh", point)).status, 422) << point;
    EXPECT_THAT(send(hub.siti, "/account/push", with("auth", "AAAA")).body, HasSubstr("tidak lengkap"));
    for (auto const* number : { "0", "999999", "x", "99999999999999999999" })
        EXPECT_EQ(send(hub.siti, std::string { "/account/push/" } + number + "/end").status, 404) << number;
    for (int number = 0; number < 5; ++number)
        EXPECT_EQ(send(hub.siti, "/account/push", asked(std::to_string(number))).status, 303);
    EXPECT_THAT(send(hub.siti, "/account/push", asked("sixth")).body, HasSubstr("Sudah ada 5 peramban"));
    EXPECT_EQ(hub.count("SELECT count(*) FROM push_device"), 5);
}

TEST_F(PushPages, an_installation_with_push_off_says_so_and_takes_no_browser)
{
    EXPECT_THAT(get(hub, hub.siti, "/account/reminders").body, AllOf(HasSubstr("tidak mengirim pemberitahuan ke peramban"), Not(HasSubstr("<kpu-push"))));
    EXPECT_EQ(post(hub, hub.siti, "/account/push", asked()).status, 404);
    EXPECT_EQ(hub.count("SELECT count(*) FROM push_device"), 0);
    EXPECT_EQ(run(site(), { .name = "guest", .method = http::Method::Post, .path = "/account/push", .form = asked(), .as = &hub.nobody }).status, 303) << "to the sign-in page";
    EXPECT_EQ(hub.count("SELECT count(*) FROM push_device"), 0);
}

TEST_F(PushPages, every_name_of_the_template_is_in_its_model)
{
    auto const& renderer = application->door().renderer();
    EXPECT_THAT(renderer.unknown_names<portal::ReminderPage>("portal/reminders"), IsEmpty());
}

TEST_F(PushPages, the_worker_of_the_browser_stands_at_the_root)
{
    auto const worker = see(hub.nobody, "/push.js");
    EXPECT_EQ(worker.status, 200);
    EXPECT_THAT(worker.header("Content-Type"), HasSubstr("text/javascript"));
    EXPECT_THAT(worker.body, HasSubstr("showNotification"));
}
