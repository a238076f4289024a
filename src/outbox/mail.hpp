#pragma once
#include "outbox/outbox.hpp"
#include <string>

namespace kpuhub::outbox {

/// A mail ready to be handed to a server.
struct Mail {
    std::string from, to;
    std::string text;               ///< RFC 5322 with CRLF: headers and body
};

/// Whether it can stand between < and > of SMTP: one @, no blank, no control byte, ASCII, at most 254 bytes.
bool is_mail_address(std::string_view);

/// One mail out of a bundle: the heading of the first, how many more, the bodies one after another. The Message-ID follows
/// from the keys and is the same in every try, so that a server or reader may drop a copy. services.md 11.1.
Mail compose(Claimed const&, std::string const& from, time::Instant now);

/// Where mail is sent: one configured host, nothing else.
struct SmtpSettings {
    std::string url;                ///< "smtp://mail.kpu.go.id:587", "smtps://..."; empty = no mail is sent
    std::string from;               ///< "kpuhub@kpu.go.id"
    std::string user;               ///< empty = no sign-in
    std::string password;           ///< read from a file, never from the settings
    bool plain_allowed = false;     ///< without TLS: loopback only
    long timeout_ms = 60'000;
};

struct Delivery {
    Outcome outcome = Outcome::Unknown;
    std::string fault;              ///< message key
};

/// Who carries mail away; tests have their own.
class Carrier {
public:
    virtual ~Carrier() = default;
    virtual Delivery deliver(Mail const&) = 0;
};

class SmtpCarrier final : public Carrier {
public:
    explicit SmtpCarrier(SmtpSettings settings) : m_settings(std::move(settings)) {}
    /// Sent only after the server has said yes to the whole message. Unknown when it broke off after the last byte.
    Delivery deliver(Mail const&) override;

private:
    SmtpSettings m_settings;
};

/// Takes bundles out of the table and carries them away, one at a time.
class Post {
public:
    Post(storage::Database& database, time::Clock const& clock, Carrier& carrier, std::string from)
        : m_database(database), m_clock(clock), m_carrier(carrier), m_from(std::move(from))
    {
    }
    /// False when nothing was ready.
    bool send_once();

private:
    storage::Database& m_database;
    time::Clock const& m_clock;
    Carrier& m_carrier;
    std::string m_from;
};

}
