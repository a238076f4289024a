#pragma once
#include "outbox/mail.hpp"
#include "outbox/push_address.hpp"

namespace kpuhub {
using PushDeviceId = Id<struct PushDeviceTag>;
}

namespace kpuhub::outbox {

// Messages to browsers (Web Push: RFC 8030, 8291, 8292), a way beside the mail: each message that is put goes to every browser that its
// person has asked it for. A message is still written once; here stands how it fares on its way to each browser.

inline constexpr std::int64_t most_push_devices = 5;       ///< of one person

struct KnownDevice {
    PushDeviceId id {};
    std::string device;                     ///< in words
    std::string mark;                       ///< by which its browser knows itself again; tells nothing of the endpoint
    time::Instant made_at {};
    std::optional<time::Instant> told_at {};
};
/// Oldest first.
std::vector<KnownDevice> devices_of(storage::Reader&, PersonId);

/// Takes a browser for a person. One that was another's before is his alone from now on (shared computers).
/// Errors: Invalid "outbox.push_many" beyond the most.
Result<void> add_device(storage::Transaction&, PersonId, PushDevice const&, std::string const& device, time::Instant now);
/// With what was on its way there. Errors: NotFound when it is not one of that person.
Result<void> drop_device(storage::Transaction&, PersonId, PushDeviceId);

/// Puts a message that was just written on its way to the browsers of its person. For put() alone.
void send_to_devices(storage::Transaction&, std::string const& message_key);

/// Forgets what was finished before that moment, at most `most`. Returns how many.
std::int64_t forget_pushes(storage::Transaction&, time::Instant before, std::int64_t most);

/// What stands in one message, before it is sealed: {"title", "body", "url", "tag"}; title and body are headings of messages, as they stand
/// in the mail. Cut to what a push service takes.
std::string push_text(std::vector<Message> const&);

struct PushRequest {
    std::string endpoint, authorization;
    std::string body;                       ///< sealed
    std::int64_t useful_seconds = 0;        ///< TTL
};
struct PushDelivery {
    Outcome outcome = Outcome::Unknown;
    std::string fault {};
    bool gone = false;                      ///< the browser has ended it
};

/// Who carries messages to push services; tests have their own.
class PushCarrier {
public:
    virtual ~PushCarrier() = default;
    virtual PushDelivery deliver(PushRequest const&) = 0;
};

/// By libcurl: no redirect, no proxy, the answer is not read, and only to addresses of the internet (or, for `loopback`, of this machine).
class HttpPushCarrier final : public PushCarrier {
public:
    explicit HttpPushCarrier(PushPlaces places, long timeout_ms = 20'000) : m_places(std::move(places)), m_timeout_ms(timeout_ms) {}
    PushDelivery deliver(PushRequest const&) override;

private:
    PushPlaces m_places;
    long m_timeout_ms;
};

/// Who sends, and where it may be sent.
struct PushSender {
    P256Key const& key;
    PushPlaces places;
    std::string subject;                    ///< "mailto:..." or an https address
};

/// Takes messages out of the table and carries them away, one browser at a time.
class PushPost {
public:
    PushPost(storage::Database& database, time::Clock const& clock, PushCarrier& carrier, PushSender sender)
        : m_database(database), m_clock(clock), m_carrier(carrier), m_sender(std::move(sender))
    {
    }
    /// False when nothing was ready.
    bool send_once();

private:
    storage::Database& m_database;
    time::Clock const& m_clock;
    PushCarrier& m_carrier;
    PushSender m_sender;
};

}
