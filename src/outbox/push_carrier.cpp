#include "outbox/push.hpp"
#include <curl/curl.h>
#include <memory>
#include <sys/socket.h>

namespace kpuhub::outbox {

namespace {

struct CurlEnd {
    void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

/// Whether the carrier may connect there, and whether it was kept from it.
struct Gate {
    bool loopback = false;
    bool refused = false;
};

/// Asked by curl with the very address that it is about to connect to: what a name gave before does not matter.
curl_socket_t open_socket(void* with, curlsocktype, curl_sockaddr* to)
{
    auto& gate = *static_cast<Gate*>(with);
    if (gate.loopback ? !is_loopback_address(to->addr) : !is_public_address(to->addr)) {
        gate.refused = true;
        return CURL_SOCKET_BAD;
    }
    return ::socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

std::size_t leave(char*, std::size_t size, std::size_t count, void* left)
{
    constexpr std::size_t most = 65'536;
    auto& all = *static_cast<std::size_t*>(left);
    all += size * count;
    return all > most ? 0 : size * count;
}

PushDelivery judge(CURLcode code, long status, bool all_sent, bool refused)
{
    constexpr long taken = 200, not_taken = 300, not_there = 404, gone = 410, too_many = 429, their_fault = 500;
    if (refused)
        return { Outcome::Refused, "outbox.push_private" };
    if (status == not_there || status == gone)
        return { Outcome::Refused, "outbox.push_gone", true };
    if (status >= taken && status < not_taken)
        return { Outcome::Sent };
    if (status == too_many || status >= their_fault)
        return { Outcome::TryAgain, "outbox.refused_for_now" };
    if (status >= taken)
        return { Outcome::Refused, "outbox.refused" };
    if (all_sent)
        return { Outcome::Unknown, "outbox.broke_off" };
    return { Outcome::TryAgain, code == CURLE_PEER_FAILED_VERIFICATION ? "outbox.not_secure" : "outbox.not_reached" };
}

}

PushDelivery HttpPushCarrier::deliver(PushRequest const& push)
{
    std::unique_ptr<CURL, CurlEnd> const curl { curl_easy_init() };
    if (!curl || !push_origin(m_places, push.endpoint))
        return { Outcome::Refused, "outbox.push_service" };
    std::unique_ptr<curl_slist, CurlEnd> headers;
    for (auto const& header : { "Authorization: " + push.authorization, "TTL: " + std::to_string(push.useful_seconds), std::string { "Urgency: normal" },
             std::string { "Content-Encoding: aes128gcm" }, std::string { "Content-Type: application/octet-stream" }, std::string { "Expect:" } })
        headers.reset(curl_slist_append(headers.release(), header.c_str()));
    Gate gate { m_places.loopback, false };
    std::size_t left = 0;
    curl_easy_setopt(curl.get(), CURLOPT_URL, push.endpoint.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_PROTOCOLS_STR, m_places.loopback ? "http,https" : "https");
    curl_easy_setopt(curl.get(), CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl.get(), CURLOPT_PROXY, "");
    curl_easy_setopt(curl.get(), CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(curl.get(), CURLOPT_OPENSOCKETDATA, &gate);
    curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(curl.get(), CURLOPT_USERAGENT, "KPU-HUB");
    curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDS, push.body.data());
    curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDSIZE, static_cast<long>(push.body.size()));
    curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, leave);
    curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &left);
    curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT_MS, m_timeout_ms);
    auto const code = curl_easy_perform(curl.get());
    long status = 0;
    curl_off_t sent = 0;
    curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(curl.get(), CURLINFO_SIZE_UPLOAD_T, &sent);
    return judge(code, status, sent >= static_cast<curl_off_t>(push.body.size()), gate.refused);
}

}
