#include "http/fault_page.hpp"
#include "http/json_text.hpp"
#include <exception>

namespace kpuhub::http {

namespace {

bool worth_a_look(int status) { return status >= 500; }

Response not_modified(Response const& full)
{
    Response response;
    response.status = 304;
    for (auto const* name : { "ETag", "Cache-Control", "Vary", "Last-Modified" })
        if (auto value = full.header(name); !value.empty())
            response.with(name, std::move(value));
    return response;
}

}

std::string FaultPages::words(std::string_view key, std::string_view argument, std::string_view language) const
{
    return m_words ? m_words(key, argument, language) : std::string(key);
}

std::string FaultPages::problem(int status, Fault const& fault, Request const& request) const
{
    std::string body = R"({"type":"about:blank","status":)" + std::to_string(status) + R"(,"code":)" + json_text(fault.message_key)
        + R"(,"title":)" + json_text(words(fault.message_key, fault.argument, request.language));
    if (!fault.fields.empty()) {
        body += R"(,"fields":[)";
        for (auto const& field : fault.fields) {
            body += (&field == &fault.fields.front() ? "" : ",") + (R"({"field":)" + json_text(field.field)) + R"(,"code":)"
                + json_text(field.message_key) + R"(,"title":)"
                + json_text(words(field.message_key, field.argument, request.language)) + "}";
        }
        body += "]";
    }
    if (!request.id.empty())
        body += R"(,"request":)" + json_text(request.id);
    return body + "}";
}

Response FaultPages::answer(Fault const& fault, Request const& request) const
{
    return answer(status_of(fault.kind), fault, request);
}

Response FaultPages::answer(int status, Fault const& fault, Request const& request) const
{
    if (worth_a_look(status))
        m_log.fault(request.id, "-", status, fault);
    Response response;
    if (request.wants_json) {
        response = json(status, problem(status, fault, request));
        response.headers.front().second = "application/problem+json";
    } else if (m_page) {
        response = html(status, m_page(status, fault, request));
    } else {
        response = text(status, words(fault.message_key, fault.argument, request.language) + "\n");
    }
    if (status == 503)
        response.with("Retry-After", "5");
    return response;
}

Handler FaultPages::guard(std::function<Result<Response>(Request&)> handler) const
{
    return [pages = *this, handler = std::move(handler)](Request& request) {
        auto result = handler(request);
        return result ? std::move(*result) : pages.answer(result.error(), request);
    };
}

namespace {

Response run_handler(Route const& route, Request& request, FaultPages const& pages)
{
    try {
        return route.handler(request);
    } catch (std::exception const& error) {
        return pages.answer({ FaultKind::Broken, "fault.broken", route.pattern + ": " + error.what() }, request);
    } catch (...) {
        return pages.answer({ FaultKind::Broken, "fault.broken", route.pattern + ": unknown exception" }, request);
    }
}

}

Response answer_route(Route const& route, Request& request, FaultPages const& pages)
{
    auto response = run_handler(route, request, pages);
    if (request.method == Method::Get && response.status == 200 && etag_matches(request.header("if-none-match"), response.header("ETag")))
        return not_modified(response);
    return response;
}

std::variant<Route const*, Router::WrongMethod, Router::Nothing> find_route(Router const& router, Request& request)
{
    constexpr std::string_view ending = ".json";
    auto try_path = [&](std::string_view path) -> std::variant<Route const*, Router::WrongMethod, Router::Nothing> {
        auto found = router.find(request.method, path);
        if (auto* match = std::get_if<Router::Found>(&found)) {
            request.parameters = std::move(match->parameters);
            return match->route;
        }
        if (auto* wrong = std::get_if<Router::WrongMethod>(&found))
            return *wrong;
        return Router::Nothing {};
    };
    if (request.path.ends_with(ending) && request.path.size() > ending.size() + 1) {
        auto without = request.path.substr(0, request.path.size() - ending.size());
        auto found = try_path(without);
        if (!std::holds_alternative<Router::Nothing>(found)) {
            request.path = without;
            request.wants_json = true;
            return found;
        }
    }
    return try_path(request.path);
}

bool etag_matches(std::string_view if_none_match, std::string_view etag)
{
    auto plain = [](std::string_view tag) { return tag.starts_with("W/") ? tag.substr(2) : tag; };
    if (etag.empty() || if_none_match.empty())
        return false;
    if (if_none_match == "*")
        return true;
    while (!if_none_match.empty()) {
        auto comma = if_none_match.find(',');
        auto tag = if_none_match.substr(0, comma);
        while (!tag.empty() && tag.front() == ' ')
            tag.remove_prefix(1);
        while (!tag.empty() && tag.back() == ' ')
            tag.remove_suffix(1);
        if (plain(tag) == plain(etag))
            return true;
        if_none_match = comma == std::string_view::npos ? "" : if_none_match.substr(comma + 1);
    }
    return false;
}

Response dispatch(Router const& router, Request& request, FaultPages const& pages)
{
    auto found = find_route(router, request);
    if (auto* wrong = std::get_if<Router::WrongMethod>(&found)) {
        auto response = pages.answer(405, { FaultKind::Invalid, "http.method" }, request);
        response.with("Allow", wrong->allow);
        return response;
    }
    auto* route = std::get_if<Route const*>(&found);
    if (!route)
        return pages.answer({ FaultKind::NotFound, "fault.not_found" }, request);
    return answer_route(**route, request, pages);
}

}
