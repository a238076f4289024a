#include "outbox/push.hpp"
#include "support/office.hpp"
#include "support/push_service.hpp"
#include "support/test_database.hpp"
#include <gmock/gmock.h>

using namespace kpuhub;
using namespace kpuhub::testing;
using namespace kpuhub::outbox;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// Siti has a browser at a push service of this machine; whoever else is named in a test.
class PushStore : public ForBothEngines {
protected:
    Office office { make_office(*database) };
    time::FixedClock clock { { 1'776'500'000'000 } };
    FakePushService service;
    FakeBrowser phone, laptop;
    PushPlaces const places { {}, true };
    P256Key const key = P256Key::generate().value();
    HttpPushCarrier carrier { places, 2'000 };
    PushPost post { *database, clock, carrier, { key, places, "mailto:kpuhub@kpu.go.id" } };

    Result<void> add(PersonId person, FakeBrowser const& browser, std::string const& name)
    {
        auto const made = read_push_device(places, service.endpoint(name), browser.p256dh(), browser.auth()).value();
        return database->write([&](storage::Transaction& transaction) { return add_device(transaction, person, made, "Chrome, Android", clock.now()); });
    }
    bool put(PersonId person, std::string const& message_key, std::string const& link = "/clocks/7", Holding holding = {})
    {
        return database->write([&](storage::Transaction& transaction) -> Result<bool> {
            return outbox::put(transaction, { message_key, "warning:" + std::to_string(person.value), person, {}, "Batas waktu " + message_key, "isi rahasia", link }, clock.now(), holding);
        }).value();
    }
    void pass(std::int64_t minutes) { clock.set(clock.now().plus(std::chrono::minutes { minutes })); }
    std::vector<KnownDevice> devices(PersonId person)
    {
        return database->read([&](storage::Reader& reader) -> Result<std::vector<KnownDevice>> { return devices_of(reader, person); }).value();
    }
    std::string states()
    {
        return database->read([](storage::Reader& reader) -> Result<std::string> {
            std::string text;
            for (auto const& row : reader.query({ "test.pushes", "SELECT state, fault, count(*) FROM push_message GROUP BY state, fault ORDER BY state, fault" }))
                text += row.text(0) + " " + row.text(1) + " " + std::to_string(row.integer(2)) + ";";
            return text;
        }).value();
    }
};
FOR_BOTH_ENGINES(PushStore);

TEST_P(PushStore, a_message_goes_to_each_browser_of_its_person_and_only_they_can_read_it)
{
    ASSERT_TRUE(add(office.siti, phone, "phone"));
    ASSERT_TRUE(add(office.siti, laptop, "laptop"));
    FakeBrowser other;
    ASSERT_TRUE(add(office.maria, other, "maria"));
    EXPECT_TRUE(put(office.siti, "clock:17:1:75:4"));
    EXPECT_FALSE(put(office.siti, "clock:17:1:75:4")) << "one row for each clock, threshold and person";
    EXPECT_TRUE(post.send_once());
    EXPECT_TRUE(post.send_once());
    EXPECT_FALSE(post.send_once());
    auto const taken = service.taken();
    ASSERT_EQ(taken.size(), 2U);
    EXPECT_THAT(std::vector({ taken[0].path, taken[1].path }), ElementsAre("/push/phone", "/push/laptop"));
    auto const read = phone.open(taken[0].body);
    EXPECT_EQ(read, R"({"body":"","tag":"clock:17:1:75:4","title":"Batas waktu clock:17:1:75:4","url":"/clocks/7"})") << "heading and link, never the text of the mail";
    EXPECT_THAT(laptop.open(taken[1].body), HasSubstr("/clocks/7"));
    EXPECT_EQ(laptop.open(taken[0].body), "") << "sealed for the other browser";
    EXPECT_EQ(other.open(taken[0].body), "");
    EXPECT_EQ(taken[0].body.find("Batas"), std::string::npos);
    EXPECT_EQ(taken[0].headers.at("content-encoding"), "aes128gcm");
    EXPECT_EQ(taken[0].headers.at("ttl"), std::to_string(3 * 86'400));
    auto const claims = claims_of(taken[0].headers.at("authorization"), base64url(key.public_point()));
    EXPECT_EQ(claims, R"({"aud":")" + service.url() + R"(","exp":)" + std::to_string(clock.now().milliseconds / 1000 + 43'200) + R"(,"sub":"mailto:kpuhub@kpu.go.id"})");
    EXPECT_EQ(states(), "sent  2;");
    EXPECT_EQ(devices(office.siti).front().told_at, clock.now());
}

TEST_P(PushStore, what_waits_together_is_shown_once)
{
    ASSERT_TRUE(add(office.siti, phone, "phone"));
    put(office.siti, "a", "/clocks/1", { 600'000 });
    pass(9);
    put(office.siti, "b", "/clocks/2", { 600'000 });
    EXPECT_FALSE(post.send_once());
    pass(1);
    EXPECT_TRUE(post.send_once());
    EXPECT_FALSE(post.send_once());
    ASSERT_EQ(service.taken().size(), 1U);
    EXPECT_EQ(phone.open(service.taken()[0].body), R"({"body":"Batas waktu b","tag":"a","title":"Batas waktu a","url":"/"})");
}

TEST_P(PushStore, a_browser_that_has_ended_it_is_forgotten)
{
    for (int const status : { 404, 410 }) {
        ASSERT_TRUE(add(office.siti, phone, "phone"));
        service.answer_with(status);
        put(office.siti, "m" + std::to_string(status));
        EXPECT_TRUE(post.send_once());
        EXPECT_THAT(devices(office.siti), IsEmpty()) << status;
        EXPECT_EQ(states(), "");
        EXPECT_FALSE(post.send_once());
    }
}

TEST_P(PushStore, a_service_that_is_busy_is_tried_again_and_then_given_up)
{
    ASSERT_TRUE(add(office.siti, phone, "phone"));
    put(office.siti, "a", "/", { 0, 10 * 86'400'000LL });
    service.answer_with(503);
    EXPECT_TRUE(post.send_once());
    EXPECT_FALSE(post.send_once()) << "not before a minute has passed";
    EXPECT_EQ(states(), "waiting outbox.refused_for_now 1;");
    for (int const minutes : { 1, 5, 30, 120, 360 }) {
        pass(minutes);
        EXPECT_TRUE(post.send_once()) << minutes;
    }
    EXPECT_EQ(states(), "failed outbox.refused_for_now 1;");
    EXPECT_EQ(service.taken().size(), 6U);
    EXPECT_EQ(devices(office.siti).size(), 1U) << "busy is not gone";
}

TEST_P(PushStore, what_was_refused_or_may_have_arrived_is_never_sent_again)
{
    ASSERT_TRUE(add(office.siti, phone, "phone"));
    put(office.siti, "a");
    service.answer_with(400);
    EXPECT_TRUE(post.send_once());
    EXPECT_EQ(states(), "failed outbox.refused 1;");
    put(office.siti, "b");
    service.hang_up();
    EXPECT_TRUE(post.send_once());
    EXPECT_EQ(states(), "failed outbox.refused 1;unknown outbox.broke_off 1;");
    pass(600);
    EXPECT_FALSE(post.send_once());
}

TEST_P(PushStore, a_redirect_is_not_followed)
{
    ASSERT_TRUE(add(office.siti, phone, "phone"));
    service.answer_with(307, "Location: " + service.endpoint("elsewhere") + "\r\n");
    put(office.siti, "a");
    EXPECT_TRUE(post.send_once());
    EXPECT_EQ(service.taken().size(), 1U);
    EXPECT_EQ(states(), "failed outbox.refused 1;");
}

TEST_P(PushStore, no_message_leaves_for_a_closed_network_or_another_host)
{
    ASSERT_TRUE(add(office.siti, phone, "phone"));
    HttpPushCarrier strict { { { "localhost", "127.0.0.1" } }, 2'000 };
    PushPost guarded { *database, clock, strict, { key, { { "localhost" } }, "mailto:kpuhub@kpu.go.id" } };
    put(office.siti, "a");
    EXPECT_TRUE(guarded.send_once()) << "by http to this machine, which is no push service";
    EXPECT_EQ(states(), "failed outbox.push_service 1;");
    auto const delivery = strict.deliver({ "https://localhost/push/phone", "vapid x", "body", 60 });
    EXPECT_EQ(delivery.fault, "outbox.push_private") << "a name that is allowed and leads to this machine";
    EXPECT_EQ(delivery.outcome, Outcome::Refused);
    EXPECT_THAT(service.taken(), IsEmpty());
}

TEST_P(PushStore, what_came_too_late_is_not_sent)
{
    ASSERT_TRUE(add(office.siti, phone, "phone"));
    put(office.siti, "a", "/", { 0, 3'600'000 });
    pass(61);
    EXPECT_FALSE(post.send_once());
    EXPECT_EQ(states(), "failed outbox.expired 1;");
}

TEST_P(PushStore, a_browser_belongs_to_who_asked_last_and_five_are_enough)
{
    ASSERT_TRUE(add(office.siti, phone, "shared"));
    put(office.siti, "a");
    ASSERT_TRUE(add(office.maria, laptop, "shared")) << "another person at the same computer";
    EXPECT_THAT(devices(office.siti), IsEmpty());
    EXPECT_EQ(states(), "") << "what was on its way to siti is not shown to maria";
    EXPECT_FALSE(post.send_once());
    for (int number = 1; number < most_push_devices; ++number)
        ASSERT_TRUE(add(office.maria, laptop, std::to_string(number)));
    auto const more = add(office.maria, laptop, "one-too-many");
    EXPECT_EQ(more.error().message_key, "outbox.push_many");
    EXPECT_TRUE(add(office.maria, laptop, "shared")) << "one that is there is no further one";
    EXPECT_EQ(devices(office.maria).size(), 5U);
    auto const id = devices(office.maria).front().id;
    auto drop = [&](PersonId person) { return database->write([&](storage::Transaction& transaction) { return drop_device(transaction, person, id); }); };
    EXPECT_EQ(drop(office.siti).error().kind, FaultKind::NotFound) << "not hers";
    EXPECT_TRUE(drop(office.maria));
    EXPECT_EQ(devices(office.maria).size(), 4U);
}

TEST_P(PushStore, finished_rows_are_forgotten)
{
    ASSERT_TRUE(add(office.siti, phone, "phone"));
    put(office.siti, "a");
    EXPECT_TRUE(post.send_once());
    put(office.siti, "b");
    auto forget = [&](time::Instant before) {
        return database->write([&](storage::Transaction& transaction) -> Result<std::int64_t> { return forget_pushes(transaction, before, 10); }).value();
    };
    EXPECT_EQ(forget(clock.now()), 0);
    pass(1);
    EXPECT_EQ(forget(clock.now()), 1);
    EXPECT_EQ(states(), "waiting  1;");
}
