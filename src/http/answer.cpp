#include "http/exchange.hpp"
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <unistd.h>

namespace kpuhub::http {

FileDescriptor::~FileDescriptor()
{
    if (m_number >= 0)
        ::close(m_number);
}

FileDescriptor& FileDescriptor::operator=(FileDescriptor&& other) noexcept
{
    std::swap(m_number, other.m_number);
    return *this;
}

std::string_view reason_phrase(int status)
{
    switch (status) {
    case 200: return "OK";
    case 201: return "Created";
    case 202: return "Accepted";
    case 204: return "No Content";
    case 301: return "Moved Permanently";
    case 302: return "Found";
    case 303: return "See Other";
    case 304: return "Not Modified";
    case 308: return "Permanent Redirect";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 410: return "Gone";
    case 411: return "Length Required";
    case 413: return "Content Too Large";
    case 414: return "URI Too Long";
    case 415: return "Unsupported Media Type";
    case 417: return "Expectation Failed";
    case 421: return "Misdirected Request";
    case 422: return "Unprocessable Content";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 503: return "Service Unavailable";
    case 505: return "HTTP Version Not Supported";
    default: return "Status";
    }
}

std::string chunk_of(std::string_view piece, std::vector<std::pair<std::string, std::string>> const& trailer)
{
    auto chunk = fmt::format("{:x}\r\n", piece.size());
    if (!piece.empty())
        return chunk.append(piece).append("\r\n");
    for (auto const& [name, value] : trailer)
        chunk += name + ": " + value + "\r\n";
    return chunk + "\r\n";
}

std::string const& date_header(time::Instant now)
{
    thread_local std::int64_t second = -1;
    thread_local std::string text;
    if (now.milliseconds / 1000 != second) {
        second = now.milliseconds / 1000;
        text = fmt::format("{:%a, %d %b %Y %H:%M:%S} GMT", fmt::gmtime(static_cast<std::time_t>(second)));
    }
    return text;
}

Answer plain_answer(int status, std::string body, std::string_view type, bool close, time::Clock const& clock)
{
    Answer answer;
    answer.head = fmt::format("HTTP/1.1 {} {}\r\nDate: {}\r\nContent-Type: {}\r\nContent-Length: {}\r\nX-Content-Type-Options: nosniff\r\n"
                              "Cache-Control: no-store\r\n{}{}\r\n",
        status, reason_phrase(status), date_header(clock.now()), type, body.size(), close ? "Connection: close\r\n" : "",
        status == 503 ? "Retry-After: 5\r\n" : "");
    answer.body = std::move(body);
    answer.close = close;
    return answer;
}

Answer bare_answer(int status, time::Clock const& clock)
{
    return plain_answer(status, fmt::format("{} {}\n", status, reason_phrase(status)), "text/plain; charset=utf-8", true, clock);
}

}
