#include "account/door.hpp"
#include "account/password.hpp"
#include "account/session.hpp"
#include "http/cookie.hpp"
#include "http/csrf.hpp"
#include "http/url.hpp"
#include "view/parts.hpp"

namespace kpuhub::account {

using storage::Query;

constexpr Query answered_before { "account.answered_before", R"sql(
    SELECT location FROM request_key WHERE account_id = $1 AND request_key = $2 )sql" };
constexpr Query remember_answer { "account.remember_answer", R"sql(
    INSERT INTO request_key (account_id, request_key, location, written_at) VALUES ($1, $2, $3, $4)
    ON CONFLICT (account_id, request_key) DO NOTHING )sql" };

constexpr auto visitor_cookie = "kpuhub-visitor";

static std::string_view cookie(http::Request const& request, std::string_view name)
{
    auto found = request.cookies.find(name);
    return found == request.cookies.end() ? std::string_view {} : std::string_view { found->second };
}

static text::Language language_of(http::Request const& request, Reader const& reader)
{
    auto chosen = cookie(request, "kpuhub-language");
    auto code = !chosen.empty() ? std::string { chosen } : reader.signed_in() ? reader.language : request.language;
    return code == "en" ? text::Language::English : text::Language::Indonesian;
}

journal::Act Visit::act() const { return journal::make_act(reader.person, now, reader.today); }

std::string Visit::csrf_secret() const
{
    return reader.signed_in() ? reader.csrf_secret : std::string { cookie(request, visitor_cookie) };
}

view::Frame Visit::public_frame(view::Sentence title) const
{
    view::Frame frame;
    frame.language = language_of(request, reader);
    frame.layout = view::Layout::Public;
    frame.title = std::move(title);
    frame.theme = std::string { cookie(request, "kpuhub-theme") };
    frame.home = { "/" };
    frame.here = request.path;
    frame.other_language = { "/language?to=" + std::string(frame.language == text::Language::English ? "id" : "en")
        + "&back=" + http::percent_encode(request.path) };
    if (door.settings().demo)
        frame.demo = reader.signed_in() ? reader.today : time::date_at(now, time::Zone::Wib);
    if (auto secret = csrf_secret(); !secret.empty())
        frame.csrf = http::csrf_token(secret);
    return frame;
}

view::Frame Visit::frame(view::Sentence title, std::string_view current) const
{
    auto frame = public_frame(std::move(title));
    frame.layout = view::Layout::Office;
    frame.request_key = random_token();
    if (!reader.signed_in())
        return frame;
    frame.office = reader.unit_name;
    frame.office_code = reader.unit_code;
    frame.person = reader.name;
    frame.post = reader.post_title();
    frame.account = { "/account" };
    if (door.m_navigation) {
        auto items = database.read([&](storage::Reader& statements) -> Result<std::vector<view::NavItem>> {
            return door.m_navigation(statements, reader);
        });
        if (items)
            frame.nav = std::move(*items);
        for (auto& item : frame.nav)
            item.current = item.code == current;
    }
    auto board = "/units/" + reader.unit_code + "/plans/" + std::to_string(reader.today.year());
    frame.dock = view::Dock { { "/" }, { board }, { "/evidence/new" }, std::string { current } };
    frame.footer = { { { "layout.public_page", {} }, { "/public/units/" + reader.unit_code } } };
    return frame;
}

/// One page may hold several forms with the same request key: what is remembered covers address and fields too, so that
/// only the very same form counts as sent twice. Empty without a key.
static std::string form_key(http::Request const& request)
{
    if (request.form.text("request_key").empty())
        return {};
    std::string covered = request.path;
    for (auto const& [name, value] : request.form.pairs())
        if (name != "csrf")
            covered += '\n' + name + '=' + value;
    return token_hash(covered);
}

Result<http::Response> Visit::once(std::function<Result<std::string>(storage::Transaction&)> const& action) const
{
    auto const key = form_key(request);
    auto place = database.write([&](storage::Transaction& transaction) -> Result<std::string> {
        auto location = TRY(action(transaction));
        if (!key.empty() && transaction.execute(remember_answer, reader.account, key, location, now) == 0)
            return conflict("request.sent_twice");      // what the action did a second time is rolled back
        return location;
    });
    if (!place && !key.empty()) {
        // A form that was sent before gets the answer that it got then, whatever stands in its way now.
        auto const row = database.read([&](storage::Reader& statements) -> Result<std::optional<storage::Row>> {
            return statements.first(answered_before, reader.account, key);
        });
        if (row && *row)
            return http::see_other((*row)->text(0));
    }
    return http::see_other(TRY(std::move(place)));
}

Door::Door(storage::Database& database, time::Clock const& clock, view::Renderer const& renderer, DoorSettings settings)
    : m_database(database), m_clock(clock), m_renderer(renderer), m_settings(std::move(settings))
{
}

void Door::add_page(http::Router& router, std::string pattern, std::string permission, PageHandler handler, http::PagePolicy policy,
    std::string (*schema)(), FormSecret secret) const
{
    http::Route route { http::Method::Get, std::move(pattern), permission,
        [this, permission, secret, handler = std::move(handler)](http::Request& request) { return open(request, permission, handler, secret); } };
    route.policy = policy;
    route.schema = schema;
    if (policy != http::PagePolicy::App)
        route.pool = http::Pool::Public;
    router.add(std::move(route));
}

void Door::get(http::Router& router, std::string pattern, std::string permission, PageHandler handler) const
{
    add_page(router, std::move(pattern), std::move(permission), std::move(handler), http::PagePolicy::App, nullptr);
}

void Door::get_public(http::Router& router, std::string pattern, PageHandler handler) const
{
    add_page(router, std::move(pattern), "public", std::move(handler), http::PagePolicy::Public, nullptr);
}

void Door::post_public(http::Router& router, std::string pattern, PageHandler handler, http::BodyKind body, http::PagePolicy policy) const
{
    auto const secret = policy == http::PagePolicy::Traceless ? FormSecret::Traceless : FormSecret::Given;
    http::Route route { http::Method::Post, std::move(pattern), "public",
        [this, secret, handler = std::move(handler)](http::Request& request) { return open(request, "public", handler, secret); }, body };
    route.pool = http::Pool::Public;
    route.policy = policy;
    router.add(std::move(route));
}

void Door::post(http::Router& router, std::string pattern, std::string permission, PageHandler handler, http::BodyKind body) const
{
    router.add({ http::Method::Post, std::move(pattern), permission,
        [this, permission, handler = std::move(handler)](http::Request& request) { return open(request, permission, handler); }, body });
}

void Door::post(http::Router& router, std::string pattern, std::string permission, PageHandler handler, http::Pool pool) const
{
    http::Route route { http::Method::Post, std::move(pattern), permission,
        [this, permission, handler = std::move(handler)](http::Request& request) { return open(request, permission, handler); },
        http::BodyKind::Form };
    route.pool = pool;
    router.add(std::move(route));
}

static http::Response to_sign_in(http::Request const& request)
{
    if (request.wants_json)
        return http::json(401, R"({"type":"about:blank","status":401,"title":"Unauthorized"})");
    auto next = request.method == http::Method::Get ? "?next=" + http::percent_encode(request.path) : std::string {};
    return http::see_other("/sign-in" + next);
}

std::optional<http::Response> Door::admit(http::Route const& route, http::Request const& request) const
{
    if (route.permission == "public")
        return std::nullopt;
    auto token = cookie(request, http::session_cookie_name(request.secure));
    auto reader = m_database.read([&](storage::Reader& statements) -> Result<Reader> { return reader_of(statements, token, m_clock.now()); });
    if (!reader)
        return m_faults->answer(reader.error(), request);
    if (!reader->signed_in())
        return to_sign_in(request);
    return std::nullopt;
}

std::string Door::fault_page(int status, Fault const& fault, http::Request const& request) const
{
    auto copy = request;
    Reader nobody;
    Visit visit { copy, nobody, m_database, *this, m_clock.now() };
    auto frame = visit.public_frame({ "fault.title", {} });
    frame.layout = view::Layout::Office;
    auto page = view::fault_page(fault, status);
    return m_renderer.page("fault", page, frame);
}

/// A visitor without a session gets a secret of his own before he fills in a form (sign-in).
static void give_visitor_secret(http::Request& request, http::Response& answer, std::string const& secret)
{
    answer.with("Set-Cookie", std::string { visitor_cookie } + "=" + secret + "; Path=/; HttpOnly; SameSite=Lax"
            + (request.secure ? "; Secure" : ""));
}

static bool may_visit_with_old_password(std::string_view path)
{
    return path == "/account/password" || path == "/session/end" || path == "/language";
}

/// Public pages with a form: signing in, setting a password, comparing a file with an issued paper, signing an attendance list as a guest.
static bool has_visitor_form(std::string_view path)
{
    return path == "/sign-in" || path.starts_with("/account/link/") || path.starts_with("/a/") || (path.starts_with("/verify/") && path.ends_with("/file"));
}

http::Response Door::open(http::Request& request, std::string const& permission, PageHandler const& handler, FormSecret secret) const
{
    auto now = m_clock.now();
    auto token = cookie(request, http::session_cookie_name(request.secure));
    Reader reader;
    reader.today = time::date_at(now, time::Zone::Wib);
    if (!token.empty()) {
        auto found = m_database.read([&](storage::Reader& statements) -> Result<Reader> { return reader_of(statements, token, now); });
        if (!found)
            return m_faults->answer(found.error(), request);
        if (found->signed_in())
            reader = std::move(*found);
    }
    if (needs_touch(reader, now))
        (void)m_database.write([&](storage::Transaction& transaction) -> Result<void> {
            touch_session(transaction, reader.token_hash, now);
            return {};
        });
    if (!reader.signed_in() && permission != "public")
        return to_sign_in(request);
    if (reader.must_change_password && permission != "public" && !may_visit_with_old_password(request.path))
        return http::see_other("/account/password");

    std::string fresh_secret;
    if (!reader.signed_in() && cookie(request, visitor_cookie).empty() && (secret != FormSecret::None || has_visitor_form(request.path))) {
        fresh_secret = random_token();
        request.cookies[visitor_cookie] = fresh_secret;
    }
    Visit visit { request, reader, m_database, *this, now };
    if (request.method == http::Method::Post) {
        std::string const own[] = { m_settings.public_url };
        auto const unnamed = secret == FormSecret::Traceless ? http::UnnamedOrigin::Taken : http::UnnamedOrigin::Refused;
        if (auto allowed = http::check_csrf(request, visit.csrf_secret(), own, unnamed); !allowed)
            return m_faults->answer(allowed.error(), request);
        if (auto sound = m_may_write ? m_may_write() : Result<void> {}; !sound)
            return m_faults->answer(sound.error(), request);
    }
    auto answer = handler(visit);
    auto response = answer ? std::move(*answer) : m_faults->answer(answer.error(), request);
    if (!fresh_secret.empty())
        give_visitor_secret(request, response, fresh_secret);
    return response;
}

}
