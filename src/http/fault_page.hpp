#pragma once
#include "core/result.hpp"
#include "http/log.hpp"
#include "http/router.hpp"
#include <functional>
#include <string>
#include <string_view>

namespace kpuhub::http {

/// Turns a Fault into an answer: an RFC 9457 problem for machines, a page in the same words for people. The words and the
/// page come from hooks that main sets, so that http needs neither catalogue nor templates; without them the answer is
/// the message key as plain text. The detail of a fault goes to the log only.
class FaultPages {
public:
    /// The sentence of a message key in a language, with {0} filled in.
    using Words = std::function<std::string(std::string_view key, std::string_view argument, std::string_view language)>;
    /// The body of the HTML page.
    using Page = std::function<std::string(int status, Fault const&, Request const&)>;

    FaultPages() = default;
    FaultPages(Words words, Page page, Log log = Log {}) : m_words(std::move(words)), m_page(std::move(page)), m_log(std::move(log)) {}

    /// With the status of the fault's kind.
    [[nodiscard]] Response answer(Fault const&, Request const&) const;
    /// With another status, for what the protocol itself refuses (405, 413, ...).
    [[nodiscard]] Response answer(int status, Fault const&, Request const&) const;

    /// A handler out of one that gives a Result.
    [[nodiscard]] Handler guard(std::function<Result<Response>(Request&)>) const;

private:
    [[nodiscard]] std::string problem(int status, Fault const&, Request const&) const;
    [[nodiscard]] std::string words(std::string_view key, std::string_view argument, std::string_view language) const;

    Words m_words;
    Page m_page;
    Log m_log;
};

/// Runs the handler of a found route with its wall: an escaped exception becomes a 500 answer and a log line, a matching
/// If-None-Match a 304.
Response answer_route(Route const&, Request&, FaultPages const&);

/// Finds the route and runs its handler: what the server does between the last byte of a request and the first of its
/// answer, without a socket. Unknown paths give 404, other methods 405 with Allow.
Response dispatch(Router const&, Request&, FaultPages const&);

/// The route of a request, by its path with and then without ".json"; sets parameters, path and wants_json.
std::variant<Route const*, Router::WrongMethod, Router::Nothing> find_route(Router const&, Request&);

/// Whether If-None-Match names this ETag (weak comparison, RFC 9110, 13.1.2).
bool etag_matches(std::string_view if_none_match, std::string_view etag);

}
