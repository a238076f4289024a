#include "http/cookie.hpp"
#include "http/csrf.hpp"
#include "http/gzip.hpp"
#include "http/network.hpp"
#include "http/url.hpp"
#include "input.hpp"

using namespace kpuhub::http;

/// Paths, cookies, tokens, proxy and encoding headers. An accepted path never climbs.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size)
{
    auto text = input_text(bytes, size);
    if (auto path = read_path(text)) {
        must(path->starts_with('/') && path->find("/../") == std::string::npos && !path->ends_with("/..")
            && path->find("//") == std::string::npos && path->find('\0') == std::string::npos);
    }
    if (auto target = local_target(text))
        must(target->starts_with('/') && !target->starts_with("//"));
    if (auto decoded = percent_decode(text))
        must(percent_decode(percent_encode(*decoded)) == decoded);
    for (auto const& [name, value] : read_cookies(text))
        must(!name.empty() && value.find(';') == std::string::npos && value.find('\n') == std::string::npos);
    must(!csrf_token_valid("secret", text));
    (void)accepts_gzip(text);
    (void)Network::from(text);
    (void)client_of(Address {}, text, { *Network::from("::/0") });
    return 0;
}
