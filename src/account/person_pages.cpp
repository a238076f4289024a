#include "account/accounts.hpp"
#include "account/grant_form.hpp"
#include "account/password.hpp"
#include "account/people_pages.hpp"
#include "organization/appointment.hpp"
#include "organization/people.hpp"
#include "organization/person.hpp"
#include <algorithm>

namespace kpuhub::account {

using organization::Person;

struct PersonRow {
    std::string title;
    view::Choice capacity;
    time::Date from;
    std::optional<time::Date> to;
    bool now = false;
    std::string through;                ///< of a role: the post that holds it
    std::optional<view::Sentence> note {};
    std::optional<Action> end {};

    void describe(view::Visitor& v) const
    {
        v.field("title", title);
        v.field("capacity", capacity);
        v.field("from", from);
        v.field("to", to);
        v.field("now", now);
        v.field("through", through);
        v.field("note", note);
        v.field("end", end);
    }
};

struct PersonPage {
    std::string name;
    view::Choice employment;
    std::optional<std::string> nip, pppk_number, email, phone;
    std::optional<time::Date> left_on;
    view::Choice account;
    std::string user_name;
    std::vector<std::string> superiors;
    std::vector<PersonRow> tenures;
    std::vector<PersonRow> roles;
    std::vector<Action> account_actions;
    bool manage = false;
    view::Link edit, appoint, give, depart, create_account;
    bool without_account = false;

    void describe(view::Visitor& v) const
    {
        v.field("name", name);
        v.field("employment", employment);
        v.field("nip", nip);
        v.field("pppk_number", pppk_number);
        v.field("email", email);
        v.field("phone", phone);
        v.field("left_on", left_on);
        v.field("account", account);
        v.field("user_name", user_name);
        v.list("superiors", superiors);
        v.list("tenures", tenures);
        v.list("roles", roles);
        v.list("account_actions", account_actions);
        v.field("manage", manage);
        v.field("edit", edit);
        v.field("appoint", appoint);
        v.field("give", give);
        v.field("depart", depart);
        v.field("create_account", create_account);
        v.field("without_account", without_account);
    }
};

static std::string address_of(PeopleRights const& rights, PersonId person, std::string_view below = {})
{
    return people_address(rights, "/" + std::to_string(person.value) + std::string { below });
}

/// The person of the address. A person of another office is found only where he holds a post of this one.
static Result<organization::PersonWithTenures> person_in(Visit& visit, storage::Reader& reader, PeopleRights const& rights)
{
    auto found = TRY(organization::person_with_tenures(reader, { number_of(visit.request.parameter("person")) }));
    bool const of_office = found.person.unit == rights.unit
        || std::ranges::any_of(found.tenures, [&](organization::Tenure const& tenure) { return tenure.unit == rights.unit; });
    if (!of_office)
        return not_found();
    return found;
}

static Result<Person> person_of(Visit& visit, PeopleRights const& rights)
{
    return visit.database.read([&](storage::Reader& reader) -> Result<Person> { return TRY(person_in(visit, reader, rights)).person; });
}

static std::optional<time::Date> unless_open(time::Date day)
{
    return day == organization::open_end ? std::nullopt : std::optional { day };
}

static std::optional<std::string> if_shown(bool shown, std::string const& text)
{
    return shown && !text.empty() ? std::optional { text } : std::nullopt;
}

static void add_tenures(Visit& visit, PersonPage& page, PeopleRights const& rights, PersonId person, std::vector<organization::Tenure> const& tenures)
{
    for (auto const& tenure : tenures) {
        bool now = tenure.from <= visit.reader.today && tenure.to >= visit.reader.today;
        PersonRow row { tenure.title, choice_of("capacity", tenure.capacity), tenure.from, unless_open(tenure.to), now, {} };
        if (rights.manage && tenure.unit == rights.unit && tenure.to >= visit.reader.today)
            row.end = Action { { address_of(rights, person, "/appointments/" + std::to_string(tenure.post.value) + "/end") }, { "people.appoint.end", {} }, true };
        page.tenures.push_back(std::move(row));
    }
}

static void add_roles(Visit& visit, PersonPage& page, PeopleRights const& rights, PersonId person, std::vector<GrantLine> const& grants)
{
    for (auto const& grant : grants) {
        PersonRow row { role_title(visit, grant), {}, grant.from, grant.to, grant.from <= visit.reader.today && !grant.waits, grant.post_title };
        if (grant.waits)
            row.note = view::Sentence { "people.grant.waits", { grant.given_by } };
        if (rights.manage && grant.person && grant.unit == rights.unit)
            row.end = Action { { address_of(rights, person, "/roles/" + std::to_string(grant.id.value) + "/end") }, { "people.grant.end", {} }, true };
        page.roles.push_back(std::move(row));
    }
}

static void add_account(PersonPage& page, PeopleRights const& rights, PersonId person, std::optional<AccountLine> const& account, bool own)
{
    page.without_account = !account;
    page.account = choice_of("account_state", !account ? "none" : account->state == "blocked" ? "blocked" : account->waits_for_password ? "waiting" : "active");
    if (!account)
        return;
    page.user_name = account->user_name;
    if (!rights.manage || own)
        return;
    if (account->state == "blocked")
        page.account_actions.push_back({ { address_of(rights, person, "/account/opening") }, { "people.account.unblock", {} } });
    else {
        page.account_actions.push_back({ { address_of(rights, person, "/account/link") }, { "people.account.reset", {} } });
        page.account_actions.push_back({ { address_of(rights, person, "/account/block") }, { "people.account.block", {} }, true });
    }
}

static Result<http::Response> show(Visit& visit)
{
    auto rights = TRY(rights_in(visit));
    PersonPage page;
    TRY_VOID(visit.database.read([&](storage::Reader& reader) -> Result<void> {
        auto const [person, tenures] = TRY(person_in(visit, reader, rights));
        bool own = person.id == visit.reader.person;
        bool shown = rights.manage || own;
        page.name = person.facts.name;
        page.employment = choice_of("employment", person.facts.employment);
        page.nip = if_shown(shown, person.facts.nip);
        page.pppk_number = if_shown(shown, person.facts.pppk_number);
        page.email = if_shown(shown, person.facts.email);
        page.phone = if_shown(shown, person.facts.phone);
        page.left_on = person.left_on;
        for (auto const& superior : organization::superiors_of(reader, person.id, visit.reader.today))
            page.superiors.push_back(superior.person_name + ", " + organization::title_in(superior.capacity, superior.title));
        add_tenures(visit, page, rights, person.id, tenures);
        auto const [grants, account] = grants_and_account(reader, person.id, visit.reader.today);
        add_roles(visit, page, rights, person.id, grants);
        add_account(page, rights, person.id, account, own);
        page.manage = rights.manage && !own && !person.left_on;
        page.edit = { address_of(rights, person.id, "/edit") };
        page.appoint = { address_of(rights, person.id, "/appointments/new") };
        page.give = { address_of(rights, person.id, "/roles/new") };
        page.depart = { address_of(rights, person.id, "/departure") };
        page.create_account = { address_of(rights, person.id, "/account/new") };
        return {};
    }));
    auto name = page.name;
    return visit.page("people/person", page, people_frame(visit, view::plain(name), rights));
}

static std::vector<Field> person_fields(organization::PersonDraft const& facts)
{
    return {
        { .name = "name", .label = { "people.name_full", {} }, .value = facts.name },
        { .name = "employment", .label = { "people.employment", {} }, .options = chosen(employment_options(), facts.employment) },
        { .name = "nip", .label = { "people.nip", {} }, .value = facts.nip, .may_be_empty = true, .hint = view::Sentence { "people.nip.hint", {} } },
        { .name = "pppk_number", .label = { "people.pppk_number", {} }, .value = facts.pppk_number, .may_be_empty = true, .hint = view::Sentence { "people.pppk_number.hint", {} } },
        { .name = "email", .label = { "people.email", {} }, .value = facts.email, .type = "email", .may_be_empty = true },
        { .name = "phone", .label = { "people.phone", {} }, .value = facts.phone, .type = "tel", .may_be_empty = true },
    };
}

static organization::PersonDraft draft_in(http::Request const& request)
{
    auto const& form = request.form;
    return { form.text("name"), form.text("employment"), form.text("nip"), form.text("pppk_number"), form.text("email"), form.text("phone") };
}

static FormPage new_person_form(PeopleRights const& rights)
{
    return { .title = { "people.add", {} }, .lead = view::Sentence { "people.add.lead", { rights.name } }, .action = { people_address(rights, "/new") },
        .button = { "people.add.button", {} }, .fields = person_fields({ {}, "pns" }), .cancel = { people_address(rights) } };
}

static Result<http::Response> ask_new(Visit& visit)
{
    return form_page(visit, new_person_form(TRY(managing_in(visit))), "people");
}

static Result<http::Response> add(Visit& visit)
{
    auto rights = TRY(managing_in(visit));
    auto act = visit.act();
    return submit(visit, new_person_form(rights), [&](storage::Transaction& transaction) -> Result<std::string> {
        auto person = TRY(organization::add_person(transaction, act, rights.unit, draft_in(visit.request)));
        return address_of(rights, person);
    });
}

static FormPage edit_form(PeopleRights const& rights, Person const& person)
{
    return { .title = { "people.edit.title", { person.facts.name } }, .action = { address_of(rights, person.id, "/edit") },
        .button = { "people.save", {} }, .fields = person_fields(person.facts), .version = person.version, .cancel = { address_of(rights, person.id) } };
}

static Result<http::Response> ask_edit(Visit& visit)
{
    auto rights = TRY(managing_in(visit));
    return form_page(visit, edit_form(rights, TRY(person_of(visit, rights))), "people");
}

static Result<http::Response> edit(Visit& visit)
{
    auto rights = TRY(managing_in(visit));
    auto person = TRY(person_of(visit, rights));
    auto act = visit.act();
    return submit(visit, edit_form(rights, person), [&](storage::Transaction& transaction) -> Result<std::string> {
        TRY_VOID(organization::change_person(transaction, act, person.id, visit.request.form.integer("version").value_or(0), draft_in(visit.request)));
        return address_of(rights, person.id);
    });
}

static FormPage departure_form(Visit& visit, PeopleRights const& rights, Person const& person)
{
    return { .title = { "people.leave.title", { person.facts.name } }, .lead = view::Sentence { "people.leave.lead", {} },
        .action = { address_of(rights, person.id, "/departure") }, .button = { "people.leave.button", {} },
        .fields = { { .name = "last_day", .label = { "people.leave.last_day", {} }, .value = visit.reader.today.iso(), .type = "date" } },
        .version = person.version, .cancel = { address_of(rights, person.id) } };
}

static Result<http::Response> ask_departure(Visit& visit)
{
    auto rights = TRY(managing_in(visit));
    return form_page(visit, departure_form(visit, rights, TRY(person_of(visit, rights))), "people");
}

static Result<http::Response> take_leave(Visit& visit)
{
    auto rights = TRY(managing_in(visit));
    auto person = TRY(person_of(visit, rights));
    auto act = visit.act();
    return submit(visit, departure_form(visit, rights, person), [&](storage::Transaction& transaction) -> Result<std::string> {
        auto last_day = TRY(day_in(visit.request, "last_day"));
        TRY_VOID(depart(transaction, act, person.id, visit.request.form.integer("version").value_or(0), last_day));
        return address_of(rights, person.id);
    });
}

static Result<http::Response> end_held(Visit& visit)
{
    auto rights = TRY(managing_in(visit));
    auto person = TRY(person_of(visit, rights));
    auto act = visit.act();
    return visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
        TRY_VOID(organization::end_appointment(transaction, act, person.id, { number_of(visit.request.parameter("post")) },
            act.today.plus(std::chrono::days { -1 })));
        return address_of(rights, person.id);
    });
}

static FormPage appoint_form(Visit& visit, PeopleRights const& rights, Person const& person)
{
    std::vector<Option> posts { { "", { "people.choose", {} } } };
    (void)visit.database.read([&](storage::Reader& reader) -> Result<void> {
        for (auto const& post : organization::posts_of(reader, visit.reader.person, rights.unit, visit.reader.today))
            posts.push_back({ std::to_string(post.id.value), view::plain(post.title) });
        return {};
    });
    return { .title = { "people.appoint.title", { person.facts.name } }, .lead = view::Sentence { "people.appoint.lead", {} },
        .action = { address_of(rights, person.id, "/appointments/new") }, .button = { "people.appoint.button", {} },
        .fields = { { .name = "post", .label = { "people.post", {} }, .options = posts },
            { .name = "capacity", .label = { "people.capacity", {} }, .options = chosen(capacity_options(), "definitive") },
            { .name = "from", .label = { "people.from", {} }, .value = visit.reader.today.iso(), .type = "date" },
            { .name = "to", .label = { "people.to", {} }, .type = "date", .may_be_empty = true } },
        .cancel = { address_of(rights, person.id) } };
}

static Result<http::Response> ask_appointment(Visit& visit)
{
    auto rights = TRY(managing_in(visit));
    return form_page(visit, appoint_form(visit, rights, TRY(person_of(visit, rights))), "people");
}

static Result<http::Response> appoint_person(Visit& visit)
{
    auto rights = TRY(managing_in(visit));
    auto person = TRY(person_of(visit, rights));
    auto act = visit.act();
    return submit(visit, appoint_form(visit, rights, person), [&](storage::Transaction& transaction) -> Result<std::string> {
        PostId post { visit.request.form.integer("post").value_or(0) };
        if (!post)
            return invalid("people.wrong", { { "post", "people.post.choose" } });
        auto const from = TRY(day_in(visit.request, "from"));
        auto const to = TRY(day_in(visit.request, "to", organization::open_end));
        TRY_VOID(organization::appoint(transaction, act, { person.id, post, visit.request.form.text("capacity"), from, to }));
        return address_of(rights, person.id);
    });
}

void register_person_pages(Door const& door, http::Router& router)
{
    door.get<PersonPage>(router, "/units/{unit}/people/{person}", "people.read", show);
    door.get<FormPage>(router, "/units/{unit}/people/new", "people.manage", ask_new);
    door.post(router, "/units/{unit}/people/new", "people.manage", add);
    door.get<FormPage>(router, "/units/{unit}/people/{person}/edit", "people.manage", ask_edit);
    door.post(router, "/units/{unit}/people/{person}/edit", "people.manage", edit);
    door.get<FormPage>(router, "/units/{unit}/people/{person}/departure", "people.manage", ask_departure);
    door.post(router, "/units/{unit}/people/{person}/departure", "people.manage", take_leave);
    door.get<FormPage>(router, "/units/{unit}/people/{person}/appointments/new", "people.manage", ask_appointment);
    door.post(router, "/units/{unit}/people/{person}/appointments/new", "people.manage", appoint_person);
    door.post(router, "/units/{unit}/people/{person}/appointments/{post}/end", "people.manage", end_held);
}

}
