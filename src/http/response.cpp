#include "http/response.hpp"
#include <algorithm>

namespace kpuhub::http {

namespace {

bool same_name(std::string_view a, std::string_view b)
{
    auto lower = [](char sign) { return sign >= 'A' && sign <= 'Z' ? static_cast<char>(sign + 32) : sign; };
    return std::ranges::equal(a, b, {}, lower, lower);
}

Response typed(int status, std::string body, char const* type)
{
    Response response;
    response.status = status;
    response.body = std::move(body);
    response.with("Content-Type", type);
    return response;
}

}

std::string Response::header(std::string_view name) const
{
    for (auto const& [each, value] : headers)
        if (same_name(each, name))
            return value;
    return {};
}

Response see_other(std::string location)
{
    Response response;
    response.status = 303;
    response.with("Location", std::move(location));
    return response;
}

Response text(int status, std::string body) { return typed(status, std::move(body), "text/plain; charset=utf-8"); }
Response html(int status, std::string body) { return typed(status, std::move(body), "text/html; charset=utf-8"); }
Response json(int status, std::string body) { return typed(status, std::move(body), "application/json"); }

int status_of(FaultKind kind)
{
    switch (kind) {
    case FaultKind::Invalid: return 422;
    case FaultKind::Forbidden: return 403;
    case FaultKind::NotFound: return 404;
    case FaultKind::Conflict: return 409;
    case FaultKind::Unavailable: return 503;
    case FaultKind::Broken: return 500;
    }
    return 500;
}

}
