#pragma once
#include <atomic>
#include <memory>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace kpuhub::testing {

/// A browser with its keys, made and read by the library alone (no code of the program): what it gives its form, and what it opens.
class FakeBrowser {
public:
    FakeBrowser();
    ~FakeBrowser();
    FakeBrowser(FakeBrowser const&) = delete;
    FakeBrowser& operator=(FakeBrowser const&) = delete;

    [[nodiscard]] std::string p256dh() const;              ///< base64url
    [[nodiscard]] std::string auth() const;
    /// Opens a body of aes128gcm (RFC 8291, 8188), step by step as a browser does; empty when it does not open.
    [[nodiscard]] std::string open(std::string const& body) const;

private:
    struct Keys;
    std::unique_ptr<Keys> m_keys;
};

/// What the service was sent.
struct PushedMessage {
    std::string path;
    std::map<std::string, std::string> headers;            ///< names in small letters
    std::string body;
};

/// A push service on loopback; answers each request with the status of now, and notes it.
class FakePushService {
public:
    FakePushService();
    ~FakePushService();
    FakePushService(FakePushService const&) = delete;
    FakePushService& operator=(FakePushService const&) = delete;

    [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(m_port); }
    [[nodiscard]] std::string endpoint(std::string const& name) const { return url() + "/push/" + name; }
    void answer_with(int status, std::string header = {});
    /// Takes the whole request and hangs up without an answer.
    void hang_up() { m_status = 0; }
    [[nodiscard]] std::vector<PushedMessage> taken() const;

private:
    void serve();
    void talk(int client);

    int m_listener = -1;
    int m_port = 0;
    std::atomic<int> m_status { 201 };
    mutable std::mutex m_mutex;             // guards below
    std::string m_header;
    std::vector<PushedMessage> m_taken;
    std::thread m_thread;
};

/// Whether an Authorization header of VAPID (RFC 8292) is signed by the key that it names; gives its claims as text, empty when not.
std::string claims_of(std::string const& authorization, std::string const& public_key);

}
