#include "account/accounts.hpp"
#include "account/password.hpp"
#include "account/people_pages.hpp"
#include "account/session.hpp"
#include "account/sign_in.hpp"

namespace kpuhub::account {

struct OwnSession {
    std::string device;
    view::Moment created, seen;
    bool this_one = false;
    Action end;

    void describe(view::Visitor& v) const
    {
        v.field("device", device);
        v.field("created", created);
        v.field("seen", seen);
        v.field("this_one", this_one);
        v.field("end", end);
    }
};

struct OwnAccountPage {
    std::string name;
    std::string user_name;
    std::vector<OwnSession> sessions;
    view::Link password;
    view::Link person;

    void describe(view::Visitor& v) const
    {
        v.field("name", name);
        v.field("user_name", user_name);
        v.list("sessions", sessions);
        v.field("password", password);
        v.field("person", person);
    }
};

// A session is named by the first half of its hash: enough to end it, useless as a cookie.
static constexpr std::size_t short_name = 32;

static Result<http::Response> show(Visit& visit)
{
    OwnAccountPage page { visit.reader.name, {}, {}, { "/account/password" },
        { "/units/" + visit.reader.unit_code + "/people/" + std::to_string(visit.reader.person.value) } };
    TRY_VOID(visit.database.read([&](storage::Reader& reader) -> Result<void> {
        if (auto account = account_of(reader, visit.reader.person))
            page.user_name = account->user_name;
        for (auto const& session : sessions_of(reader, visit.reader.account, visit.now))
            page.sessions.push_back({ session.device, { session.created_at, visit.reader.zone }, { session.seen_at, visit.reader.zone },
                session.token_hash == visit.reader.token_hash,
                { { "/account/sessions/" + session.token_hash.substr(0, short_name) + "/end" }, { "people.own.end_session", {} }, true } });
        return {};
    }));
    return visit.page("people/own", page, visit.frame({ "people.own.title", {} }, "account"));
}

static Result<http::Response> end_one(Visit& visit)
{
    auto name = visit.request.parameter("session");
    auto act = visit.act();
    return visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
        for (auto const& session : sessions_of(transaction, visit.reader.account, visit.now))
            if (name.size() == short_name && session.token_hash.starts_with(name))
                end_session(transaction, act, visit.reader.account, session.token_hash);
        return "/account";
    });
}

static std::vector<Field> new_password_fields()
{
    return { { .name = "new_password", .label = { "people.password.new", {} }, .type = "password", .hint = view::Sentence { "people.password.hint", {} }, .autocomplete = "new-password" },
        { .name = "repeated", .label = { "people.password.repeated", {} }, .type = "password", .autocomplete = "new-password" } };
}

static FormPage password_form(Visit const& visit)
{
    auto fields = new_password_fields();
    fields.insert(fields.begin(), { .name = "old_password", .label = { "people.password.old", {} }, .type = "password", .autocomplete = "current-password" });
    FormPage page { .title = { "people.password.title", {} }, .action = { "/account/password" }, .button = { "people.password.button", {} }, .fields = std::move(fields), .cancel = { "/account" } };
    if (visit.reader.must_change_password)
        page.lead = view::Sentence { "people.password.must", {} };
    return page;
}

static std::string typed(Visit const& visit, std::string_view field)
{
    return std::string { visit.request.form.find(field).value_or("") };
}

static Result<http::Response> ask_password(Visit& visit) { return form_page(visit, password_form(visit), "account"); }

static Result<http::Response> set_password(Visit& visit)
{
    auto changed = change_password(visit.database, visit.act(), visit.reader, { typed(visit, "old_password"), typed(visit, "new_password"), typed(visit, "repeated") });
    if (!changed)
        return form_page(visit, password_form(visit), "account", changed.error());
    return http::see_other("/account");
}

static FormPage link_form(std::string const& token, LinkHolder const& holder)
{
    return { .title = { "people.link.set", {} }, .lead = view::Sentence { "people.link.set_lead", { holder.name, holder.user_name } },
        .action = { "/account/link/" + token }, .button = { "people.password.button", {} }, .fields = new_password_fields() };
}

static Result<LinkHolder> holder_of(Visit& visit)
{
    return visit.database.read([&](storage::Reader& reader) -> Result<LinkHolder> {
        auto holder = link_holder(reader, token_hash(visit.request.parameter("token")), visit.now);
        if (!holder)
            return not_found("account.link.gone");
        return *holder;
    });
}

static Result<http::Response> ask_by_link(Visit& visit)
{
    return form_page(visit, link_form(visit.request.parameter("token"), TRY(holder_of(visit))), "");
}

static Result<http::Response> set_by_link(Visit& visit)
{
    auto holder = TRY(holder_of(visit));
    auto const& token = visit.request.parameter("token");
    auto set = set_password_by_link(visit.database, { token, typed(visit, "new_password"), typed(visit, "repeated") }, visit.now);
    if (!set)
        return form_page(visit, link_form(token, holder), "", set.error());
    return http::see_other("/sign-in");
}

void register_own_account_pages(Door const& door, http::Router& router)
{
    door.get<OwnAccountPage>(router, "/account", "signed_in", show);
    door.post(router, "/account/sessions/{session}/end", "signed_in", end_one);
    door.get<FormPage>(router, "/account/password", "signed_in", ask_password);
    door.post(router, "/account/password", "signed_in", set_password, http::Pool::Passwords);
    door.get<FormPage>(router, "/account/link/{token}", "public", ask_by_link);
    door.post(router, "/account/link/{token}", "public", set_by_link, http::Pool::Passwords);
}

}
