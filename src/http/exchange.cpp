#include "http/exchange.hpp"
#include "http/cookie.hpp"
#include "http/form.hpp"
#include "http/gzip.hpp"
#include "http/security_headers.hpp"
#include "http/text_check.hpp"
#include "http/url.hpp"
#include <algorithm>
#include <cctype>
#include <ctime>
#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

namespace kpuhub::http {

namespace {

constexpr std::size_t worth_packing = 860;      // below it the answer fits one packet anyway

std::int64_t thread_cpu_microseconds()
{
    timespec spent {};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &spent);
    return std::int64_t { spent.tv_sec } * 1'000'000 + spent.tv_nsec / 1000;
}

std::string lowered(std::string_view text)
{
    std::string answer { text };
    std::ranges::transform(answer, answer.begin(), [](unsigned char sign) { return static_cast<char>(std::tolower(sign)); });
    return answer;
}

std::string media_type(std::string_view content_type)
{
    auto type = lowered(content_type.substr(0, content_type.find(';')));
    while (!type.empty() && type.back() == ' ')
        type.pop_back();
    return type;
}

std::string fresh_id()
{
    std::uint64_t number = 0;
    randombytes_buf(&number, sizeof number);
    return fmt::format("{:016x}", number);
}

bool prefers_json(std::string_view accept)
{
    auto json = accept.find("application/json");
    auto html = accept.find("text/html");
    return json != std::string_view::npos && (html == std::string_view::npos || json < html);
}

int body_fault_status(Fault const& fault)
{
    if (fault.kind != FaultKind::Invalid)
        return status_of(fault.kind);
    return fault.message_key == "http.form.too_large" ? 413 : 400;
}

bool bodyless(int status) { return status == 204 || status == 304; }

bool sound_header(std::pair<std::string, std::string> const& header)
{
    return acceptable_line(header.second) && acceptable_line(header.first);
}

}

Exchange::Exchange(Shared& shared, Head head, Address const& peer)
    : m_shared(shared), m_head(std::move(head)), m_files(shared.folder), m_started(std::chrono::steady_clock::now())
{
    m_request.head = m_head.method == "HEAD";
    m_request.method = m_head.method == "POST" ? Method::Post : Method::Get;
    m_request.headers = m_head.fields;
    m_request.cookies = read_cookies(m_head.field("cookie"));
    m_request.wants_json = prefers_json(m_head.field("accept"));
    if (auto language = m_request.cookies.find("kpuhub-language"); language != m_request.cookies.end() && language->second == "en")
        m_request.language = "en";
    m_request.id = fresh_id();
    read_client(peer);
}

void Exchange::read_client(Address const& peer)
{
    auto client = client_of(peer, m_head.field("x-forwarded-for"), m_shared.trusted);
    m_request.client_network = block_of(client);
    m_request.secure = m_shared.public_url.starts_with("https://")
        || (any_holds(m_shared.trusted, peer) && m_head.field("x-forwarded-proto") == "https");
}

bool Exchange::admit_head()
{
    if (!read_target() || !read_body_kind()) {
        m_body_read = !m_head.has_body();
        return false;
    }
    return true;
}

/// Host, path, query, route and method.
bool Exchange::read_target()
{
    auto host = lowered(m_head.field("host"));
    if (m_shared.aliases.contains(host) && m_request.method == Method::Get) {
        m_refusal = Response { 308, { { "Location", m_shared.public_url + m_head.target } }, {}, {} };
        return false;
    }
    if (!m_shared.hosts.contains(host)) {
        refuse(421, "http.host");
        m_close = true;
        return false;
    }
    std::string_view target = m_head.target;
    auto question = target.find('?');
    auto path = read_path(target.substr(0, question));
    if (!path) {
        refuse(400, "http.address");
        return false;
    }
    m_request.path = std::move(*path);
    auto query = read_urlencoded(question == std::string_view::npos ? "" : target.substr(question + 1), m_shared.settings.limits);
    if (!query) {
        refuse(query.error(), 400);
        return false;
    }
    m_request.query = std::move(*query);
    auto found = find_route(m_shared.router, m_request);
    bool known_method = m_head.method == "GET" || m_head.method == "HEAD" || m_head.method == "POST";
    if (std::holds_alternative<Router::Nothing>(found)) {
        refuse({ FaultKind::NotFound, "fault.not_found" }, 404);
        return false;
    }
    auto* wrong = std::get_if<Router::WrongMethod>(&found);
    if (wrong || !known_method) {
        auto allow = wrong ? wrong->allow : std::string("GET, HEAD");
        refuse(405, "http.method");
        m_refusal->with("Allow", std::move(allow));
        return false;
    }
    m_route = std::get<Route const*>(found);
    if (m_route->traceless) {
        m_request.id.clear();
        m_request.client_network.clear();
    }
    return true;
}

/// Whether a body may come, of which type and length.
bool Exchange::read_body_kind()
{
    auto const& limits = m_shared.settings.limits;
    if (m_request.method == Method::Get) {
        if (!m_head.has_body())
            return true;
        refuse(400, "http.body");
        return false;
    }
    if (!m_head.chunked && !m_head.content_length) {
        refuse(411, "http.length");
        return false;
    }
    auto expectation = lowered(m_head.field("expect"));
    if (!expectation.empty() && expectation != "100-continue") {
        refuse(417, "http.expect");
        return false;
    }
    bool large = m_route->body == BodyKind::Upload || m_route->body == BodyKind::Raw;
    m_body_limit = m_route->body_bytes > 0 ? m_route->body_bytes
                                           : static_cast<std::int64_t>(large ? limits.upload_bytes : limits.form_bytes);
    if (m_route->body == BodyKind::Upload)
        m_body_limit += static_cast<std::int64_t>(limits.form_bytes);        // the fields and delimiters around the files
    if (m_head.content_length.value_or(0) > m_body_limit) {
        refuse(413, "http.form.too_large");
        return false;
    }
    if (m_route->body == BodyKind::Raw || (!m_head.has_body() && m_head.field("content-type").empty()))
        return true;
    auto type = media_type(m_head.field("content-type"));
    if (type == "multipart/form-data") {
        auto boundary = multipart_boundary(m_head.field("content-type"));
        if (!boundary) {
            refuse(400, "http.form");
            return false;
        }
        bool files = m_route->body == BodyKind::Upload;
        m_multipart.emplace(std::move(*boundary), limits, [this, files]() -> Result<std::unique_ptr<FileSink>> {
            if (!files)
                return invalid("http.form.no_files");
            return m_files.open();
        });
        return true;
    }
    if (type != "application/x-www-form-urlencoded" && type != "application/json") {
        refuse(415, "http.type");
        return false;
    }
    m_body_limit = std::min(m_body_limit, static_cast<std::int64_t>(limits.form_bytes));
    return true;
}

bool Exchange::needs_admission() const
{
    bool const large = m_route && (m_route->body == BodyKind::Upload || m_route->body == BodyKind::Raw)
        && m_body_limit > static_cast<std::int64_t>(m_shared.settings.limits.form_bytes);     // fields without files are as small as any form
    return large && m_shared.settings.admit && m_head.has_body();
}

bool Exchange::admit_upload()
{
    try {
        m_refusal = m_shared.settings.admit(*m_route, m_request);
    } catch (std::exception const& error) {
        refuse({ FaultKind::Broken, "fault.broken", m_route->pattern + ": " + error.what() }, 500);
    }
    if (m_refusal)
        m_body_read = false;
    return !m_refusal;
}

bool Exchange::expects_continue() const { return m_head.minor_version == 1 && !m_head.field("expect").empty(); }

bool Exchange::take(std::string_view piece)
{
    if (!m_multipart) {
        m_body += piece;
        return true;
    }
    auto taken = m_multipart->feed(piece);
    if (taken)
        return true;
    refuse(taken.error(), body_fault_status(taken.error()));
    m_body_read = false;
    return false;
}

void Exchange::refuse(int status, std::string_view key)
{
    refuse({ FaultKind::Invalid, std::string(key) }, status);
    if (status == 408 || status == 413)
        m_body_read = false;
}

void Exchange::refuse(Fault const& fault, int status)
{
    m_refusal.emplace();
    m_refusal->status = status;
    m_fault = fault;
}

bool Exchange::read_form()
{
    auto keep = [this](Result<Fields> form) {
        if (form)
            m_request.form = std::move(*form);
        else
            refuse(form.error(), 400);
        return form.has_value();
    };
    if (m_multipart) {
        if (auto ended = m_multipart->finish(); !ended) {
            refuse(ended.error(), 400);
            return false;
        }
        m_request.form = std::move(m_multipart->fields);
        m_request.uploads = std::move(m_multipart->uploads);
        return true;
    }
    if (m_route->body == BodyKind::Raw) {
        m_request.body = std::move(m_body);
        return true;
    }
    if (media_type(m_head.field("content-type")) == "application/json") {
        m_request.wants_json = m_request.wants_json || m_head.field("accept").find("text/html") == std::string_view::npos;
        return keep(read_json_form(m_body, m_shared.settings.limits));
    }
    return keep(read_urlencoded(m_body, m_shared.settings.limits));
}

Answer Exchange::answer()
{
    auto cpu = thread_cpu_microseconds();
    auto const& count = m_shared.settings.statements;
    auto statements = count ? count() : 0;
    auto const& faults = m_shared.settings.faults;
    if (!m_refusal && m_request.method == Method::Post)
        read_form();
    Response response;
    if (m_refusal && m_fault) {
        response = faults.answer(m_refusal->status, *m_fault, m_request);
        for (auto& [name, value] : m_refusal->headers)
            response.with(std::move(name), std::move(value));
    } else if (m_refusal) {
        response = std::move(*m_refusal);
    } else {
        response = answer_route(*m_route, m_request, faults);
    }
    auto status = response.status;
    auto answer = serialize(std::move(response));
    report(answer, status, thread_cpu_microseconds() - cpu, count ? count() - statements : 0);
    return answer;
}

Answer Exchange::serialize(Response response)
{
    if (!std::ranges::all_of(response.headers, sound_header))
        response = m_shared.settings.faults.answer({ FaultKind::Broken, "fault.broken", "control sign in a header" }, m_request);
    Answer answer;
    if (!response.file.empty() && !open_file(response, answer))
        response = m_shared.settings.faults.answer({ FaultKind::Broken, "fault.broken", "file to send cannot be opened" }, m_request);
    add_security_headers(response, m_route ? m_route->policy : PagePolicy::App);
    if (!response.stream && response.body.size() >= worth_packing && response.header("Content-Encoding").empty()
        && packs_well(response.header("Content-Type")) && accepts_gzip(m_head.field("accept-encoding"))) {
        response.body = gzip(response.body, Packing::Fast);
        response.with("Content-Encoding", "gzip");
    }
    answer.close = m_close || !m_body_read || !m_head.keeps_alive() || m_shared.draining || (response.stream && m_head.minor_version == 0);
    std::string head;
    auto out = std::back_inserter(head);
    fmt::format_to(out, "HTTP/1.1 {} {}\r\nDate: {}\r\n", response.status, reason_phrase(response.status),
        date_header(m_shared.clock.now()));
    for (auto const& [name, value] : response.headers)
        fmt::format_to(out, "{}: {}\r\n", name, value);
    write_body_length(response, answer, head);
    if (!m_request.id.empty())
        fmt::format_to(out, "X-Request-Id: {}\r\n", m_request.id);
    if (answer.close)
        fmt::format_to(out, "Connection: close\r\n");
    else if (m_head.minor_version == 0)
        fmt::format_to(out, "Connection: keep-alive\r\n");
    fmt::format_to(out, "\r\n");
    answer.head = std::move(head);
    if (m_request.head || bodyless(response.status)) {
        answer.file = FileDescriptor {};
        answer.file_bytes = 0;
        return answer;
    }
    answer.body = answer.chunked && !response.body.empty() ? chunk_of(response.body) : std::move(response.body);
    answer.stream = std::move(response.stream);
    return answer;
}

/// What tells the reader where the body ends. An HTTP/1.0 reader knows no chunks: there the connection ends with the body.
void Exchange::write_body_length(Response const& response, Answer& answer, std::string& head) const
{
    if (bodyless(response.status) || (response.stream && m_head.minor_version == 0))
        return;
    answer.chunked = response.stream != nullptr;
    head += answer.chunked ? std::string { "Transfer-Encoding: chunked\r\n" }
                           : fmt::format("Content-Length: {}\r\n", answer.file_bytes > 0 ? answer.file_bytes : std::int64_t(response.body.size()));
}

bool Exchange::open_file(Response& response, Answer& answer)
{
    FileDescriptor file { ::open(response.file.c_str(), O_RDONLY | O_CLOEXEC) };
    struct stat about {};
    if (file.number() < 0 || ::fstat(file.number(), &about) != 0 || !S_ISREG(about.st_mode))
        return false;
    answer.file = std::move(file);
    answer.file_bytes = about.st_size;
    response.body.clear();
    return true;
}

void Exchange::report(Answer const& answer, int status, std::int64_t cpu_microseconds, std::int64_t statements) const
{
    if (m_route && m_route->traceless)
        return;
    std::chrono::duration<double> took = std::chrono::steady_clock::now() - m_started;
    auto route = m_route ? std::string_view(m_route->pattern) : std::string_view("-");
    bool known_method = m_head.method == "GET" || m_head.method == "HEAD" || m_head.method == "POST";
    m_shared.settings.log.access({ m_request.id, route, known_method ? std::string_view(m_head.method) : "-", status,
        took.count() * 1000, cpu_microseconds, answer.bytes(), statements, m_request.client_network });
    m_shared.metrics.answered(route, status, took.count());
}

}
