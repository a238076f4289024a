#include "account/accounts.hpp"
#include "account/grant_form.hpp"
#include "account/grants.hpp"
#include "account/password.hpp"
#include "account/people_pages.hpp"
#include "organization/people.hpp"
#include "organization/person.hpp"

namespace kpuhub::account {

static PersonId person_of(Visit const& visit) { return { number_of(visit.request.parameter("person")) }; }

static std::string page_of(Visit const& visit, PeopleRights const& rights, std::string_view below = {})
{
    return people_address(rights, "/" + std::to_string(person_of(visit).value) + std::string { below });
}

/// The name of a person of this office. Errors: NotFound.
static Result<std::string> name_of(Visit& visit, PeopleRights const& rights)
{
    return visit.database.read([&](storage::Reader& reader) -> Result<std::string> {
        auto person = TRY(organization::person_by_id(reader, person_of(visit)));
        if (person.unit != rights.unit)
            return not_found();
        return person.facts.name;
    });
}

static Result<http::Response> ask_role(Visit& visit)
{
    auto rights = TRY(managing_in(visit));
    return form_page(visit, role_form(visit, TRY(name_of(visit, rights)), page_of(visit, rights)), "people");
}

static Result<http::Response> give(Visit& visit)
{
    auto rights = TRY(managing_in(visit));
    auto name = TRY(name_of(visit, rights));
    auto act = visit.act();
    return submit(visit, role_form(visit, name, page_of(visit, rights)), [&](storage::Transaction& transaction) -> Result<std::string> {
        auto draft = TRY(grant_in(visit.request, rights.unit));
        draft.person = person_of(visit);
        TRY(give_role(transaction, act, draft));
        return page_of(visit, rights);
    });
}

static Result<http::Response> end(Visit& visit)
{
    auto rights = TRY(managing_in(visit));
    auto act = visit.act();
    return visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
        TRY_VOID(end_role(transaction, act, { number_of(visit.request.parameter("grant")) }));
        return page_of(visit, rights);
    });
}

static Result<http::Response> confirm(Visit& visit)
{
    auto rights = TRY(managing_in(visit));
    auto act = visit.act();
    return visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
        TRY_VOID(confirm_role(transaction, act, { number_of(visit.request.parameter("grant")) }));
        return people_address(rights);
    });
}

static FormPage account_form(Visit& visit, PeopleRights const& rights, std::string const& name)
{
    return { .title = { "people.account.new.title", { name } }, .lead = view::Sentence { "people.account.new.lead", {} },
        .action = { page_of(visit, rights, "/account/new") }, .button = { "people.account.new.button", {} },
        .fields = { { .name = "user_name", .label = { "people.user_name", {} }, .value = propose_user_name(name), .hint = view::Sentence { "people.user_name.hint", {} } } },
        .cancel = { page_of(visit, rights) } };
}

static Result<http::Response> ask_account(Visit& visit)
{
    auto rights = TRY(managing_in(visit));
    return form_page(visit, account_form(visit, rights, TRY(name_of(visit, rights))), "people");
}

static Result<http::Response> create(Visit& visit)
{
    auto rights = TRY(managing_in(visit));
    auto name = TRY(name_of(visit, rights));
    auto act = visit.act();
    auto token = random_token();
    // Not once per request key: that would keep the link, which stands nowhere in clear.
    auto created = visit.database.write([&](storage::Transaction& transaction) {
        return create_account(transaction, act, person_of(visit), visit.request.form.text("user_name"), token_hash(token));
    });
    if (!created)
        return form_page(visit, account_form(visit, rights, name), "people", created.error());
    return http::see_other(page_of(visit, rights, "/account/link/" + token));
}

static Result<http::Response> reset(Visit& visit)
{
    auto rights = TRY(managing_in(visit));
    auto act = visit.act();
    auto token = random_token();
    TRY_VOID(visit.database.write([&](storage::Transaction& transaction) {
        return reset_account(transaction, act, person_of(visit), token_hash(token));
    }));
    return http::see_other(page_of(visit, rights, "/account/link/" + token));
}

using AccountStep = Result<void> (*)(storage::Transaction&, journal::Act const&, PersonId);

static PageHandler stepping(AccountStep step)
{
    return [step](Visit& visit) -> Result<http::Response> {
        auto rights = TRY(managing_in(visit));
        auto act = visit.act();
        return visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
            TRY_VOID(step(transaction, act, person_of(visit)));
            return page_of(visit, rights);
        });
    };
}

/// The link to hand over. It stands here once; who opens this address later finds a used or ended link.
struct LinkPage {
    std::string name;
    std::string user_name;
    std::string link;
    view::Moment until;
    view::Link back;

    void describe(view::Visitor& v) const
    {
        v.field("name", name);
        v.field("user_name", user_name);
        v.field("link", link);
        v.field("until", until);
        v.field("back", back);
    }
};

static Result<http::Response> show_link(Visit& visit)
{
    auto rights = TRY(managing_in(visit));
    auto token = visit.request.parameter("token");
    auto holder = TRY(visit.database.read([&](storage::Reader& reader) -> Result<LinkHolder> {
        auto found = link_holder(reader, token_hash(token), visit.now);
        if (!found || found->person != person_of(visit))
            return not_found("account.link.gone");
        return *found;
    }));
    LinkPage page { holder.name, holder.user_name, visit.door.settings().public_url + "/account/link/" + token, { holder.expires_at, visit.reader.zone }, { page_of(visit, rights) } };
    return visit.page("people/link", page, people_frame(visit, { "people.link.title", {} }, rights));
}

void register_grant_pages(Door const& door, http::Router& router)
{
    std::string const person = "/units/{unit}/people/{person}";
    door.get<FormPage>(router, person + "/roles/new", "people.manage", ask_role);
    door.post(router, person + "/roles/new", "people.manage", give);
    door.post(router, person + "/roles/{grant}/end", "people.manage", end);
    door.post(router, person + "/roles/{grant}/confirmation", "people.manage", confirm);
    door.get<FormPage>(router, person + "/account/new", "people.manage", ask_account);
    door.post(router, person + "/account/new", "people.manage", create);
    door.post(router, person + "/account/link", "people.manage", reset);
    door.get<LinkPage>(router, person + "/account/link/{token}", "people.manage", show_link);
    door.post(router, person + "/account/block", "people.manage", stepping(block_account));
    door.post(router, person + "/account/opening", "people.manage", stepping(unblock_account));
}

}
