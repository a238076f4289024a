#include "account/sign_in_pages.hpp"
#include "account/demo.hpp"
#include "account/session.hpp"
#include "account/sign_in.hpp"
#include "http/cookie.hpp"
#include "http/url.hpp"
#include <algorithm>

namespace kpuhub::account {

void DemoPerson::describe(view::Visitor& v) const
{
    v.field("user_name", user_name);
    v.field("name", name);
    v.field("post", post);
}

struct SignInPage {
    std::string user_name;
    std::string next;
    std::optional<view::Sentence> wrong;
    std::vector<DemoPerson> demo;
    std::string demo_password;
    view::Link action { "/sign-in" };

    void describe(view::Visitor& v) const
    {
        v.field("user_name", user_name);
        v.field("next", next);
        v.field("wrong", wrong);
        v.list("demo", demo);
        v.field("demo_password", demo_password);
        v.field("action", action);
    }
};

static std::string place_after(std::string_view next)
{
    auto target = http::local_target(next);
    return target && !target->starts_with("/sign-in") ? *target : "/";
}

static http::Response sign_in_page(Visit& visit, SignInPage page, int status)
{
    if (visit.door.settings().demo) {
        page.demo_password = visit.door.settings().demo_password;
        for (auto const& each : demo_sign_ins())
            page.demo.push_back({ each.user_name, each.name, each.holds });
    }
    auto frame = visit.public_frame({ "account.sign_in.title", {} });
    frame.layout = view::Layout::Office;
    return visit.page("account/sign_in", page, frame, status);
}

static Result<http::Response> show_sign_in(Visit& visit)
{
    if (visit.reader.signed_in())
        return http::see_other("/");
    SignInPage page;
    page.next = visit.request.query.text("next");
    return sign_in_page(visit, std::move(page), 200);
}

static std::string lower(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char sign) { return std::tolower(sign); });
    return text;
}

constexpr std::string_view device_cookie = "kpuhub-device";

/// Over TLS with the prefix that keeps neighbouring hosts from planting one.
static std::string device_cookie_name(bool secure) { return (secure ? "__Host-" : "") + std::string { device_cookie }; }

static std::string device_token(http::Request const& request)
{
    auto found = request.cookies.find(device_cookie_name(request.secure));
    return found == request.cookies.end() ? std::string {} : found->second;
}

static std::string kept_device(http::Request const& request, std::string const& token)
{
    auto seconds = sign_in_limits().known_device_ms / 1000;
    return device_cookie_name(request.secure) + "=" + token + "; Path=/; Max-Age=" + std::to_string(seconds) + "; HttpOnly; SameSite=Lax"
        + (request.secure ? "; Secure" : "");
}

static http::Response refused(Visit& visit, Fault const& fault)
{
    SignInPage page;
    page.user_name = visit.request.form.text("user_name");
    page.next = visit.request.form.text("next");
    page.wrong = view::Sentence { fault.message_key, { fault.argument } };
    auto answer = sign_in_page(visit, std::move(page), http::status_of(fault.kind));
    if (fault.kind == FaultKind::Unavailable && !fault.argument.empty())
        answer.with("Retry-After", fault.argument);
    return answer;
}

static Result<http::Response> start(Visit& visit)
{
    auto const& form = visit.request.form;
    constexpr std::size_t longest_name = 64;    // no account has more; a failure is counted under the name
    SignIn attempt { lower(form.text("user_name").substr(0, longest_name)), std::string { form.find("password").value_or("") },
        visit.request.client_network, device_of(visit.request.header("user-agent")), device_token(visit.request) };
    auto entered = sign_in(visit.database, attempt, visit.now);
    if (!entered && entered.error().kind == FaultKind::Broken)
        return fail(entered.error());
    if (!entered)
        return refused(visit, entered.error());
    auto answer = http::see_other(place_after(form.text("next")));
    answer.with("Set-Cookie", http::session_cookie(entered->token, visit.request.secure));
    answer.with("Set-Cookie", kept_device(visit.request, entered->device_token));
    return answer;
}

static Result<http::Response> leave(Visit& visit)
{
    TRY_VOID(visit.database.write([&](storage::Transaction& transaction) -> Result<void> {
        end_session(transaction, visit.act(), visit.reader.account, visit.reader.token_hash);
        return {};
    }));
    auto answer = http::see_other("/sign-in");
    // Shared office computers: nothing of the session stays in the browser.
    answer.with("Set-Cookie", http::ended_session_cookie(visit.request.secure)).with("Clear-Site-Data", "\"cache\", \"storage\"");
    return answer;
}

static std::string kept_cookie(http::Request const& request, std::string const& name, std::string const& value)
{
    constexpr auto a_year = "31536000";
    return name + "=" + value + "; Path=/; Max-Age=" + a_year + "; SameSite=Lax" + (request.secure ? "; Secure" : "");
}

/// GET changes nothing on the server: the choice lives in the visitor's own cookie.
static Result<http::Response> choose_language(Visit& visit)
{
    auto answer = http::see_other(http::local_target(visit.request.query.text("back")).value_or("/"));
    auto language = visit.request.query.text("to") == "en" ? "en" : "id";
    answer.with("Set-Cookie", kept_cookie(visit.request, "kpuhub-language", language));
    return answer;
}

static Result<http::Response> choose_appearance(Visit& visit)
{
    auto theme = visit.request.form.text("theme");
    if (theme != "light" && theme != "dark")
        theme.clear();
    auto answer = http::see_other(http::local_target(visit.request.form.text("back")).value_or("/"));
    answer.with("Set-Cookie", kept_cookie(visit.request, "kpuhub-theme", theme));
    return answer;
}

void register_sign_in_pages(Door const& door, http::Router& router)
{
    door.get<SignInPage>(router, "/sign-in", "public", show_sign_in);
    door.post(router, "/sign-in", "public", start, http::Pool::Passwords);
    door.post(router, "/session/end", "signed_in", leave);
    door.get(router, "/language", "public", choose_language);
    door.post(router, "/preference", "signed_in", choose_appearance);
}

}
