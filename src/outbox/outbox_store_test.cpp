#include "outbox/mail.hpp"
#include "outbox/quarantine.hpp"
#include "support/test_database.hpp"
#include <gmock/gmock.h>

using namespace kpuhub;
using namespace kpuhub::testing;
using namespace kpuhub::outbox;

namespace {

class FakeCarrier final : public Carrier {
public:
    std::vector<Mail> carried;
    std::vector<Delivery> answers;          ///< in turn; the last one stays
    Delivery deliver(Mail const& mail) override
    {
        carried.push_back(mail);
        return answers.empty() ? Delivery { Outcome::Sent, {} } : answers[std::min(carried.size() - 1, answers.size() - 1)];
    }
};

}

class Outbox : public ForBothEngines {
protected:
    time::FixedClock clock { { 1'000'000'000 } };
    FakeCarrier carrier;
    Post post { *database, clock, carrier, "kpuhub@kpu.go.id" };

    bool put(std::string const& key, std::string const& bundle = "b", std::string const& address = "siti@kpu.go.id", Holding holding = {})
    {
        return database->write([&](storage::Transaction& transaction) -> Result<bool> {
            return outbox::put(transaction, { key, bundle, {}, address, "Batas waktu " + key, "isi " + key }, clock.now(), holding);
        }).value();
    }
    void pass(std::int64_t minutes) { clock.set(clock.now().plus(std::chrono::minutes { minutes })); }
    std::string states()
    {
        return database->read([](storage::Reader& reader) -> Result<std::string> {
            std::string text;
            for (auto const& each : count_by_state(reader))
                text += each.state + " " + std::to_string(each.rows) + ";";
            return text;
        }).value();
    }
};
FOR_BOTH_ENGINES(Outbox);

TEST_P(Outbox, the_same_key_is_one_message)
{
    EXPECT_TRUE(put("a"));
    EXPECT_FALSE(put("a"));
    EXPECT_TRUE(post.send_once());
    EXPECT_FALSE(post.send_once());
    EXPECT_EQ(carrier.carried.size(), 1u);
    EXPECT_FALSE(put("a")) << "also after it was sent";
    EXPECT_EQ(states(), "sent 1;");
}

TEST_P(Outbox, what_falls_within_ten_minutes_goes_out_together)
{
    put("a", "warning:1", "siti@kpu.go.id", { 600'000 });
    EXPECT_FALSE(post.send_once());
    pass(9);
    put("b", "warning:1", "siti@kpu.go.id", { 600'000 });
    put("c", "warning:2", "dewi@kpu.go.id", { 600'000 });
    pass(1);
    EXPECT_TRUE(post.send_once());
    EXPECT_FALSE(post.send_once()) << "another person's still waits";
    ASSERT_EQ(carrier.carried.size(), 1u);
    EXPECT_EQ(states(), "sent 2;waiting 1;");
}

TEST_P(Outbox, a_refusal_for_now_is_tried_again_later_and_then_given_up)
{
    carrier.answers = { { Outcome::TryAgain, "outbox.not_reached" } };
    put("a", "b", "siti@kpu.go.id", { 0, 30LL * 86'400'000 });
    for (int minutes : { 0, 1, 5, 30, 120, 360 }) {
        pass(minutes);
        EXPECT_TRUE(post.send_once()) << minutes;
        EXPECT_FALSE(post.send_once());
    }
    EXPECT_EQ(states(), "failed 1;");
    EXPECT_EQ(carrier.carried.size(), 6u);
    EXPECT_EQ(carrier.carried.front().text.substr(carrier.carried.front().text.find("Message-ID")).substr(0, 60), carrier.carried.back().text.substr(carrier.carried.back().text.find("Message-ID")).substr(0, 60));
}

TEST_P(Outbox, what_may_have_happened_is_never_repeated)
{
    carrier.answers = { { Outcome::Unknown, "outbox.broke_off" } };
    put("a");
    EXPECT_TRUE(post.send_once());
    pass(10'000);
    EXPECT_FALSE(post.send_once());
    EXPECT_EQ(states(), "unknown 1;");
}

TEST_P(Outbox, a_post_that_died_while_sending_leaves_it_unknown)
{
    put("a");
    auto claim_one = [&] {
        return database->write([&](storage::Transaction& transaction) -> Result<std::optional<Claimed>> { return claim(transaction, clock.now()); }).value();
    };
    auto const dead = claim_one();
    ASSERT_TRUE(dead);
    EXPECT_FALSE(claim_one()) << "one post at a time";
    pass(3);
    EXPECT_FALSE(claim_one());
    EXPECT_EQ(states(), "unknown 1;");
    auto const late = database->write([&](storage::Transaction& transaction) -> Result<bool> { return finish(transaction, *dead, Outcome::Sent, "", clock.now()); });
    EXPECT_TRUE(*late) << "it was only slow";
    EXPECT_EQ(states(), "sent 1;");
}

TEST_P(Outbox, without_address_or_after_its_time_it_has_failed)
{
    put("a", "b", "");
    put("c", "d", "siti@kpu.go.id", { 0, 60'000 });
    pass(2);
    EXPECT_FALSE(post.send_once());
    put("e", "f", "siti@kpu.go.id>\r\nRCPT TO:<x@y.z");
    EXPECT_TRUE(post.send_once());
    EXPECT_TRUE(carrier.carried.empty());
    EXPECT_EQ(states(), "failed 3;");
}

TEST(MailText, headers_hold_no_line_of_others_and_the_body_is_readable)
{
    Claimed const claimed { {}, 1, 1, { { "k", "b", {}, "siti@kpu.go.id", "Batas\r\nBcc: x@y.z waktu é lewat dengan judul yang panjang sekali sampai dua baris", "Baris satu\nBaris dua" } } };
    auto const mail = compose(claimed, "kpuhub@kpu.go.id", { 1'795'140'605'000 });
    EXPECT_EQ(mail.text.find("Bcc:"), std::string::npos);
    EXPECT_NE(mail.text.find("Date: Fri, 20 Nov 2026 02:10:05 +0000\r\n"), std::string::npos) << mail.text;
    EXPECT_NE(mail.text.find("Auto-Submitted: auto-generated\r\n"), std::string::npos);
    for (auto const* wrong : { "siti", "a@b@c", "a b@c", "@c", "a@", "a@b>\r\n", "<a@b" })
        EXPECT_FALSE(is_mail_address(wrong)) << wrong;
}

TEST_P(Outbox, after_a_restore_nothing_leaves_until_somebody_has_looked)
{
    put("clock:1:1:75:9", "warning:9");
    put("clock:2:1:75:9", "warning:9");
    put("plan_digest:9:2026-04-20", "digest:9");
    auto const write = [&](auto action) { return database->write([&](storage::Transaction& transaction) { return action(transaction); }); };
    auto const held = [&] { return database->read([](storage::Reader& reader) -> Result<std::vector<Held>> { return held_messages(reader, {}, 10); }).value(); };
    EXPECT_EQ(write([&](storage::Transaction& transaction) { return end_quarantine(transaction); }).error().message_key, "outbox.not_held");
    EXPECT_EQ(write([&](storage::Transaction& transaction) { return drop_held(transaction, {}, clock.now()); }).error().message_key, "outbox.not_held") << "nothing is dropped in passing";
    for (int times = 0; times < 2; ++times) {
        ASSERT_TRUE(write([&](storage::Transaction& transaction) -> Result<void> {
            begin_quarantine(transaction, clock.now());
            return {};
        }));
        pass(1);
    }
    EXPECT_EQ(database->read([](storage::Reader& reader) -> Result<std::optional<time::Instant>> { return quarantined_since(reader); }).value(), time::Instant { 1'000'000'000 }) << "since it began";
    EXPECT_FALSE(post.send_once());
    put("clock:3:1:75:9", "warning:9");
    EXPECT_FALSE(post.send_once()) << "nor what is written meanwhile";
    EXPECT_EQ(carrier.carried.size(), 0u);
    ASSERT_EQ(held().size(), 4u);
    EXPECT_EQ(held().front().kind, "clock");

    EXPECT_EQ(write([&](storage::Transaction& transaction) { return drop_held(transaction, { held().front().id, MessageId { 999 } }, clock.now()); }).error().message_key, "outbox.no_such");
    EXPECT_EQ(held().size(), 4u) << "all or none";
    EXPECT_EQ(write([&](storage::Transaction& transaction) { return drop_held(transaction, { held().front().id }, clock.now()); }).value(), 1);
    EXPECT_FALSE(put("clock:1:1:75:9", "warning:9")) << "it is not written anew";
    EXPECT_EQ(states(), "failed 1;waiting 3;");
    EXPECT_FALSE(post.send_once());
    EXPECT_EQ(write([&](storage::Transaction& transaction) { return end_quarantine(transaction); }).value(), 3);
    while (post.send_once()) {
    }
    EXPECT_EQ(states(), "failed 1;sent 3;");
    EXPECT_EQ(carrier.carried.size(), 2u) << "two bundles";
}

TEST_P(Outbox, all_that_is_held_can_be_dropped_and_what_was_under_way_is_never_sent_again)
{
    put("a");
    ASSERT_TRUE(database->write([&](storage::Transaction& transaction) -> Result<void> {
        (void)claim(transaction, clock.now());
        begin_quarantine(transaction, clock.now());
        return {};
    }));
    put("b");
    EXPECT_EQ(database->write([&](storage::Transaction& transaction) { return drop_held(transaction, {}, clock.now()); }).value(), 1);
    EXPECT_TRUE(database->write([&](storage::Transaction& transaction) { return end_quarantine(transaction); }));
    pass(10);
    EXPECT_FALSE(post.send_once());
    EXPECT_EQ(states(), "failed 1;unknown 1;");
}
