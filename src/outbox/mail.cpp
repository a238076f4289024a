#include "outbox/mail.hpp"
#include "storage/checksum.hpp"
#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <sodium.h>

namespace kpuhub::outbox {

namespace {

std::string base64(std::string_view bytes)
{
    std::string text(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
    sodium_bin2base64(text.data(), text.size(), reinterpret_cast<unsigned char const*>(bytes.data()), bytes.size(), sodium_base64_VARIANT_ORIGINAL);
    text.pop_back();
    return text;
}

/// RFC 2047: words of at most 45 bytes, never cut within a character; also keeps line breaks of a text out of the headers.
std::string header_words(std::string_view text)
{
    constexpr std::size_t most = 45;
    std::string words;
    while (!text.empty()) {
        auto length = std::min(most, text.size());
        while (length < text.size() && length > 1 && (static_cast<unsigned char>(text[length]) & 0xC0) == 0x80)
            --length;
        words += (words.empty() ? "" : "\r\n ") + fmt::format("=?UTF-8?B?{}?=", base64(text.substr(0, length)));
        text.remove_prefix(length);
    }
    return words;
}

std::string lines_of(std::string const& encoded)
{
    constexpr std::size_t line = 76;
    std::string text;
    for (std::size_t at = 0; at < encoded.size(); at += line)
        text += encoded.substr(at, line) + "\r\n";
    return text;
}

std::string date_header(time::Instant at)
{
    static constexpr std::array days { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
    static constexpr std::array months { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    constexpr std::size_t clock_at = 11, clock_length = 8;
    auto const iso = at.iso();
    auto const date = time::Date::from_iso(std::string_view { iso }.substr(0, clock_at - 1)).value();
    return fmt::format("{}, {:02} {} {} {} +0000", days[date.weekday() - 1], date.day(), months[date.month() - 1], date.year(), iso.substr(clock_at, clock_length));
}

}

bool is_mail_address(std::string_view text)
{
    constexpr std::size_t longest = 254;
    auto const at = text.find('@');
    auto const good = [](char c) { return c > ' ' && c < '\x7f' && c != '<' && c != '>' && c != '"' && c != '\\' && c != ','; };
    return text.size() <= longest && at != std::string_view::npos && at > 0 && at + 1 < text.size() && text.find('@', at + 1) == std::string_view::npos
        && std::ranges::all_of(text, good);
}

Mail compose(Claimed const& claimed, std::string const& from, time::Instant now)
{
    std::string keys, body;
    for (auto const& message : claimed.messages) {
        keys += message.key + "\n";
        body += (body.empty() ? "" : "\n\n") + message.body;
    }
    auto heading = "[KPU HUB] " + claimed.messages.front().heading;
    if (claimed.messages.size() > 1)
        heading += fmt::format(" (+{})", claimed.messages.size() - 1);
    auto const domain = from.substr(from.find('@') + 1);
    Mail mail { from, claimed.messages.front().address, {} };
    mail.text = fmt::format("From: KPU HUB <{}>\r\nTo: <{}>\r\nSubject: {}\r\nDate: {}\r\nMessage-ID: <{}@{}>\r\nAuto-Submitted: auto-generated\r\n"
                            "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n{}",
        from, mail.to, header_words(heading), date_header(now), storage::sha256_hex(keys).substr(0, 40), domain, lines_of(base64(body)));
    return mail;
}

bool Post::send_once()
{
    auto const claimed = m_database.write([&](storage::Transaction& transaction) -> Result<std::optional<Claimed>> { return claim(transaction, m_clock.now()); });
    if (!claimed || !*claimed)
        return false;
    Delivery delivery { Outcome::Refused, "outbox.address_wrong" };
    if (is_mail_address((*claimed)->messages.front().address))
        delivery = m_carrier.deliver(compose(**claimed, m_from, m_clock.now()));
    (void)m_database.write([&](storage::Transaction& transaction) -> Result<bool> { return finish(transaction, **claimed, delivery.outcome, delivery.fault, m_clock.now()); });
    return true;
}

}
