#include "outbox/mail.hpp"
#include <curl/curl.h>
#include <memory>

namespace kpuhub::outbox {

namespace {

/// What is still to be read by curl; at its end the server may hold the whole message.
struct Upload {
    std::string_view left;
    bool ended = false;
};

std::size_t give(char* buffer, std::size_t size, std::size_t count, void* upload)
{
    auto& rest = *static_cast<Upload*>(upload);
    auto const length = std::min(size * count, rest.left.size());
    rest.left.copy(buffer, length);
    rest.left.remove_prefix(length);
    rest.ended = length == 0;
    return length;
}

struct CurlEnd {
    void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

/// A definite no (4xx: later, 5xx: never), a break before the last byte (nothing was taken), or after it (unknown).
Delivery judge(CURLcode code, long response, bool ended)
{
    constexpr long temporary = 400, permanent = 500;
    if (code == CURLE_OK)
        return { Outcome::Sent, {} };
    if (code == CURLE_LOGIN_DENIED)
        return { Outcome::TryAgain, "outbox.sign_in_refused" };      // the settings are wrong, not the message
    if (response >= permanent)
        return { Outcome::Refused, "outbox.refused" };
    if (response >= temporary)
        return { Outcome::TryAgain, "outbox.refused_for_now" };
    if (ended)
        return { Outcome::Unknown, "outbox.broke_off" };
    return { Outcome::TryAgain, code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_USE_SSL_FAILED ? "outbox.not_secure" : "outbox.not_reached" };
}

}

Delivery SmtpCarrier::deliver(Mail const& mail)
{
    std::unique_ptr<CURL, CurlEnd> curl { curl_easy_init() };
    if (!curl)
        return { Outcome::TryAgain, "outbox.not_reached" };
    std::unique_ptr<curl_slist, CurlEnd> to { curl_slist_append(nullptr, ("<" + mail.to + ">").c_str()) };
    auto const from = "<" + mail.from + ">";
    Upload upload { mail.text };
    curl_easy_setopt(curl.get(), CURLOPT_URL, m_settings.url.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl.get(), CURLOPT_PROXY, "");
    curl_easy_setopt(curl.get(), CURLOPT_USE_SSL, static_cast<long>(m_settings.plain_allowed ? CURLUSESSL_TRY : CURLUSESSL_ALL));
    if (!m_settings.user.empty()) {
        curl_easy_setopt(curl.get(), CURLOPT_USERNAME, m_settings.user.c_str());
        curl_easy_setopt(curl.get(), CURLOPT_PASSWORD, m_settings.password.c_str());
    }
    curl_easy_setopt(curl.get(), CURLOPT_MAIL_FROM, from.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_MAIL_RCPT, to.get());
    curl_easy_setopt(curl.get(), CURLOPT_READFUNCTION, give);
    curl_easy_setopt(curl.get(), CURLOPT_READDATA, &upload);
    curl_easy_setopt(curl.get(), CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT_MS, m_settings.timeout_ms);
    constexpr long second = 1000;       // the farewell as well: else a silent server holds the thread for two minutes more
    curl_easy_setopt(curl.get(), CURLOPT_SERVER_RESPONSE_TIMEOUT, (m_settings.timeout_ms + second - 1) / second);
    auto const code = curl_easy_perform(curl.get());
    long response = 0;
    curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &response);
    return judge(code, response, upload.ended);
}

}
