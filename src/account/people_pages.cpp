#include "account/people_pages.hpp"
#include "organization/people.hpp"

namespace kpuhub::account {

void register_people_pages(Door const& door, http::Router& router, organization::HandoverParticipants participants)
{
    register_directory_pages(door, router);
    register_person_pages(door, router);
    register_grant_pages(door, router);
    register_post_pages(door, router);
    register_place_pages(door, router, participants);
    register_import_pages(door, router);
    register_handover_pages(door, router, std::move(participants));
    register_own_account_pages(door, router);
}

Result<PeopleRights> rights_in(Visit& visit)
{
    return visit.database.read([&](storage::Reader& reader) -> Result<PeopleRights> {
        auto rights = people_rights(reader, visit.reader.person, visit.request.parameter("unit"), visit.reader.today);
        if (!rights)
            return not_found();
        return *rights;
    });
}

Result<PeopleRights> managing_in(Visit& visit)
{
    auto rights = TRY(rights_in(visit));
    if (!rights.manage)
        return forbidden("people.forbidden");
    return rights;
}

std::string people_address(PeopleRights const& rights, std::string_view below)
{
    return "/units/" + rights.code + "/people" + std::string { below };
}

view::Frame people_frame(Visit& visit, view::Sentence title, PeopleRights const& rights)
{
    auto frame = visit.frame(std::move(title), "people");
    frame.crumbs = { { view::plain(rights.name), { "/units/" + rights.code + "/dashboard" } }, { { "people.title", {} }, { people_address(rights) } } };
    return frame;
}

Result<http::Response> submit(Visit& visit, FormPage page, std::function<Result<std::string>(storage::Transaction&)> const& action)
{
    auto answer = visit.once(action);
    if (answer)
        return answer;
    return form_page(visit, std::move(page), "people", answer.error());
}

view::Choice choice_of(std::string_view family, std::string const& code)
{
    return { code, code.empty() ? std::string {} : "people." + std::string { family } + "." + code };
}

static std::vector<Option> options_of(std::string_view family, std::initializer_list<char const*> codes)
{
    std::vector<Option> options;
    for (auto const* code : codes)
        options.push_back({ code, { choice_of(family, code).message_key, {} } });
    return options;
}

std::vector<Option> employment_options() { return options_of("employment", { "pns", "pppk", "ppnpn", "commissioner" }); }
std::vector<Option> capacity_options() { return options_of("capacity", { "definitive", "plt", "plh", "delegate" }); }

std::vector<Option> people_options(Visit& visit, UnitId unit)
{
    std::vector<Option> options { { "", { "people.choose", {} } } };
    auto names = visit.database.read([&](storage::Reader& reader) -> Result<std::vector<organization::PersonName>> {
        return organization::names_of(reader, visit.reader.person, unit, visit.reader.today);
    });
    if (names)
        for (auto const& name : *names)
            options.push_back({ std::to_string(name.id.value), view::plain(name.name) });
    return options;
}

}
