#include "outbox/mail.hpp"
#include <chrono>
#include <gtest/gtest.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

using namespace kpuhub::outbox;

namespace {

/// A mail server of one conversation on loopback. It answers as asked, up to where it breaks off.
class FakeServer {
public:
    enum class Mood { Takes, RefusesRecipient, BusyRecipient, RefusesMessage, BreaksOffBefore, BreaksOffAfter, Silent };
    explicit FakeServer(Mood mood) : m_mood(mood), m_listener(::socket(AF_INET, SOCK_STREAM, 0))
    {
        sockaddr_in address {};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t length = sizeof address;
        ::bind(m_listener, reinterpret_cast<sockaddr*>(&address), length);
        ::listen(m_listener, 1);
        ::getsockname(m_listener, reinterpret_cast<sockaddr*>(&address), &length);
        m_port = ntohs(address.sin_port);
        m_thread = std::thread { [this] { talk(); } };
    }
    ~FakeServer()
    {
        ::shutdown(m_listener, SHUT_RDWR);
        m_thread.join();
        ::close(m_listener);
    }
    [[nodiscard]] std::string url() const { return "smtp://127.0.0.1:" + std::to_string(m_port); }
    std::string received;

private:
    void say(int client, std::string const& line) { (void)::send(client, (line + "\r\n").data(), line.size() + 2, MSG_NOSIGNAL); }
    bool hear(int client, std::string& line)
    {
        line.clear();
        for (char c = 0; ::recv(client, &c, 1, 0) == 1;) {
            line += c;
            if (line.ends_with("\r\n"))
                return true;
        }
        return false;
    }
    void talk()
    {
        int const client = ::accept(m_listener, nullptr, nullptr);
        if (client < 0)
            return;
        say(client, "220 hub");
        for (std::string line; hear(client, line);)
            if (!answer(client, line))
                break;
        ::close(client);
    }
    bool answer(int client, std::string const& line)
    {
        if (line.starts_with("RCPT") && m_mood == Mood::RefusesRecipient)
            say(client, "550 no such user");
        else if (line.starts_with("RCPT") && m_mood == Mood::BusyRecipient)
            say(client, "451 later");
        else if (line.starts_with("DATA"))
            return take_message(client);
        else
            say(client, line.starts_with("QUIT") ? "221 bye" : "250 ok");
        return true;
    }
    bool take_message(int client)
    {
        if (m_mood == Mood::BreaksOffBefore)
            return false;
        say(client, "354 go on");
        for (std::string line; hear(client, line) && line != ".\r\n";)
            received += line;
        if (m_mood == Mood::BreaksOffAfter)
            return false;
        if (m_mood == Mood::Silent) {
            std::string rest;
            return hear(client, rest);
        }
        say(client, m_mood == Mood::RefusesMessage ? "554 spam" : "250 taken");
        return true;
    }

    Mood m_mood;
    int m_listener;
    std::uint16_t m_port = 0;
    std::thread m_thread;
};

Delivery send_to(FakeServer const& server)
{
    SmtpCarrier carrier { { server.url(), "kpuhub@kpu.go.id", {}, {}, true, 1500 } };
    return carrier.deliver({ "kpuhub@kpu.go.id", "siti@kpu.go.id", "Subject: x\r\n\r\nisi\r\n" });
}

}

TEST(Smtp, a_message_that_the_server_took_is_sent)
{
    FakeServer server { FakeServer::Mood::Takes };
    EXPECT_EQ(send_to(server).outcome, Outcome::Sent);
    EXPECT_NE(server.received.find("isi"), std::string::npos);
}

TEST(Smtp, a_clear_no_is_no_and_a_no_for_now_is_later)
{
    FakeServer no { FakeServer::Mood::RefusesRecipient }, busy { FakeServer::Mood::BusyRecipient }, spam { FakeServer::Mood::RefusesMessage };
    EXPECT_EQ(send_to(no).outcome, Outcome::Refused);
    EXPECT_EQ(send_to(busy).outcome, Outcome::TryAgain);
    EXPECT_EQ(send_to(spam).outcome, Outcome::Refused);
}

TEST(Smtp, broken_off_before_the_last_byte_is_not_sent_and_after_it_unknown)
{
    FakeServer before { FakeServer::Mood::BreaksOffBefore }, after { FakeServer::Mood::BreaksOffAfter }, silent { FakeServer::Mood::Silent };
    EXPECT_EQ(send_to(before).outcome, Outcome::TryAgain);
    EXPECT_EQ(send_to(after).outcome, Outcome::Unknown);
    auto const start = std::chrono::steady_clock::now();
    EXPECT_EQ(send_to(silent).outcome, Outcome::Unknown);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds { 20 }) << "the farewell waits no longer than the mail";
}

TEST(Smtp, where_nobody_listens_or_tls_is_missing_nothing_is_sent)
{
    SmtpCarrier nobody { { "smtp://127.0.0.1:9", "kpuhub@kpu.go.id", {}, {}, true, 1500 } };
    EXPECT_EQ(nobody.deliver({ "a@b", "c@d", "x" }).outcome, Outcome::TryAgain);
    FakeServer server { FakeServer::Mood::Takes };
    SmtpCarrier strict { { server.url(), "kpuhub@kpu.go.id", {}, {}, false, 1500 } };
    EXPECT_EQ(strict.deliver({ "a@b", "c@d", "x" }).fault, "outbox.not_secure");
    EXPECT_TRUE(server.received.empty());
}
