#include "http/session.hpp"

namespace kpuhub::http {

std::optional<Answer> answer_probe(Shared& shared, Door door, Head const& head)
{
    constexpr std::string_view plain = "text/plain; charset=utf-8";
    bool reads = head.method == "GET" || head.method == "HEAD";
    std::optional<Answer> answer;
    bool close = shared.draining || !head.keeps_alive();
    auto reply = [&](int status, std::string body, std::string_view type) {
        answer = plain_answer(status, std::move(body), type, close, shared.clock);
        if (head.method == "HEAD")
            answer->body.clear();
    };
    if (reads && head.target == "/healthz") {
        reply(200, "ok\n", plain);
    } else if (door == Door::Internal) {
        if (reads && head.target == "/readyz") {
            auto readiness = shared.settings.ready ? shared.settings.ready() : Readiness {};
            reply(readiness.ready && !shared.draining ? 200 : 503, std::move(readiness.json), "application/json");
        } else if (reads && head.target == "/metrics") {
            reply(200, shared.metrics.exposition(), "text/plain; version=0.0.4; charset=utf-8");
        } else {
            reply(404, "not found\n", plain);
        }
    }
    return answer;
}

}
