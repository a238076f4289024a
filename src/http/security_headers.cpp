#include "http/security_headers.hpp"
#include <array>
#include <string_view>

namespace kpuhub::http {

namespace {

#define KPUHUB_CONTENT_POLICY \
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " \
    "font-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

struct Header {
    std::string_view name;
    std::array<std::string_view, 3> values;     ///< by PagePolicy: App, Public, Traceless
};

constexpr std::string_view app_policy = KPUHUB_CONTENT_POLICY;
constexpr std::string_view public_policy = KPUHUB_CONTENT_POLICY "; require-trusted-types-for 'script'";
constexpr std::string_view no_devices
    = "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), midi=(), payment=(), usb=()";

constexpr std::array<Header, 8> headers { {
    { "Content-Security-Policy", { app_policy, public_policy, public_policy } },
    { "X-Content-Type-Options", { "nosniff", "nosniff", "nosniff" } },
    { "Referrer-Policy", { "same-origin", "same-origin", "no-referrer" } },
    { "Permissions-Policy", { no_devices, no_devices, no_devices } },
    { "Cross-Origin-Opener-Policy", { "same-origin", "same-origin", "same-origin" } },
    { "Cross-Origin-Resource-Policy", { "same-origin", "same-origin", "same-origin" } },
    { "Cache-Control", { "no-store", "no-store", "no-store" } },
    { "Vary", { "Accept, Accept-Encoding, Cookie", "Accept, Accept-Encoding, Cookie", "Accept, Accept-Encoding, Cookie" } },
} };

}

std::string policy_framed_by(std::string_view origins)
{
    constexpr std::string_view nobody = "frame-ancestors 'none'";
    std::string policy { public_policy };
    return policy.replace(policy.find(nobody), nobody.size(), "frame-ancestors " + std::string(origins));
}

void add_security_headers(Response& response, PagePolicy policy)
{
    for (auto const& header : headers)
        if (response.header(header.name).empty())
            response.with(std::string(header.name), std::string(header.values.at(static_cast<std::size_t>(policy))));
}

}
