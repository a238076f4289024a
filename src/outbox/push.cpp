#include "outbox/push.hpp"
#include "outbox/push_store.hpp"
#include <algorithm>
#include <nlohmann/json.hpp>

namespace kpuhub::outbox {

namespace {

constexpr std::size_t longest_title = 300, longest_body = 1'500;

/// At most so many bytes, never cut within a sign.
std::string cut(std::string text, std::size_t most)
{
    if (text.size() <= most)
        return text;
    auto length = most;
    while (length > 0 && (static_cast<unsigned char>(text[length]) & 0xC0) == 0x80)
        --length;
    text.resize(length);
    return text + "…";
}

}

std::string push_text(std::vector<Message> const& messages)
{
    auto title = cut(messages.front().heading, longest_title);
    std::string body;
    for (std::size_t at = 1; at < messages.size(); ++at)
        body += (body.empty() ? "" : "\n") + messages[at].heading;
    auto const one_place = std::ranges::all_of(messages, [&](auto const& each) { return each.link == messages.front().link; });
    nlohmann::json const text { { "title", title }, { "body", cut(body, longest_body) },
        { "url", one_place && !messages.front().link.empty() ? messages.front().link : "/" }, { "tag", messages.front().key } };
    return text.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

bool PushPost::send_once()
{
    auto const now = m_clock.now();
    auto const claimed = m_database.write([&](storage::Transaction& transaction) -> Result<std::optional<ClaimedPush>> { return claim_push(transaction, now); });
    if (!claimed || !*claimed)
        return false;
    auto const& push = **claimed;
    auto const delivery = [&]() -> PushDelivery {
        constexpr std::int64_t second_ms = 1'000;
        auto const origin = push_origin(m_sender.places, push.endpoint);
        auto const point = bytes_of_base64url(push.public_point), auth = bytes_of_base64url(push.auth);
        if (!origin || !point || !auth)
            return { Outcome::Refused, "outbox.push_service" };
        auto body = seal_push({ *point, *auth }, push_text(push.messages));
        auto authorization = vapid_authorization(m_sender.key, *origin, m_sender.subject, now);
        if (!body || !authorization)
            return { Outcome::Refused, "outbox.push_wrong" };
        return m_carrier.deliver({ push.endpoint, std::move(*authorization), std::move(*body), std::max<std::int64_t>(0, (push.expires_at - now.milliseconds) / second_ms) });
    }();
    (void)m_database.write([&](storage::Transaction& transaction) -> Result<bool> { return finish_push(transaction, push, delivery, m_clock.now()); });
    return true;
}

}
