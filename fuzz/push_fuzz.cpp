#include "input.hpp"
#include "outbox/push_address.hpp"
#include <sstream>

using namespace kpuhub::outbox;

/// What a browser tells of itself, a line each: endpoint, p256dh, auth. What is taken has a place that messages may go to, and can be sealed for.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    std::istringstream lines { std::string { input_text(data, size) } };
    std::string endpoint, point, auth;
    std::getline(lines, endpoint);
    std::getline(lines, point);
    std::getline(lines, auth);
    for (bool const loopback : { false, true }) {
        PushPlaces const places { { "fcm.googleapis.com", "*.notify.windows.com" }, loopback };
        if (auto const made = read_push_device(places, endpoint, point, auth)) {
            auto const origin = push_origin(places, made->endpoint);
            must(origin && (loopback || *origin == "https://fcm.googleapis.com" || (origin->starts_with("https://") && origin->ends_with(".notify.windows.com"))));
            must(seal_push(made->keys, endpoint.substr(0, 500)).has_value());
        }
    }
    return 0;
}
