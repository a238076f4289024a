#include "account/grant_form.hpp"
#include "account/grant_handover.hpp"
#include "account/people_pages.hpp"
#include "account/place_model.hpp"
#include "organization/people.hpp"
#include "organization/place_closing.hpp"
#include "organization/post.hpp"
#include "organization/unit.hpp"
#include <algorithm>

namespace kpuhub::account {

using organization::HandoverParticipants;
using organization::Place;

void PlaceItem::describe(view::Visitor& v) const
{
    v.field("kind", kind);
    v.field("title", title);
    v.field("detail", detail);
}

void PostRole::describe(view::Visitor& v) const
{
    v.field("title", title);
    v.field("from", from);
    v.field("to", to);
    v.field("given_by", given_by);
    v.field("end", end);
}

void PostHolder::describe(view::Visitor& v) const
{
    v.field("name", name);
    v.field("link", link);
    v.field("capacity", capacity);
}

void PostPage::describe(view::Visitor& v) const
{
    v.field("title", title);
    v.field("kind", kind);
    v.field("subdivision", subdivision);
    v.field("superior", superior);
    v.list("holders", holders);
    v.list("roles", roles);
    v.list("items", items);
    v.field("items_in_all", static_cast<std::int64_t>(items.size()));
    v.field("manage", manage);
    v.field("edit", edit);
    v.field("give", give);
    v.field("closing", closing);
}

void ClosingPlace::describe(view::Visitor& v) const
{
    v.field("title", title);
    v.field("lead", lead);
    v.list("items", items);
    v.field("items_in_all", static_cast<std::int64_t>(items.size()));
    v.field("held", held);
    v.list("fields", fields);
    v.field("action", action);
    v.field("back", back);
    v.field("errors", errors);
    v.field("wrong", wrong);
}

namespace {

std::string posts_address(PeopleRights const& rights) { return "/units/" + rights.code + "/posts"; }

/// A post or sub-division of this office, by what the address names.
struct Found {
    Place place {};
    std::string title;
    std::string address;
    organization::PostLine post {};
    std::vector<organization::PostLine> posts;          ///< all of the office, when the address names one
    std::vector<organization::Subdivision> parts;       ///< the same of sub-divisions
    std::vector<organization::HandoverItem> hanging;    ///< what hangs on the post or sub-division, without the participants
};

Result<Found> find(Visit& visit, PeopleRights const& rights, bool is_post)
{
    return visit.database.read([&](storage::Reader& reader) -> Result<Found> {
        Found found;
        if (is_post) {
            auto const id = PostId { number_of(visit.request.parameter("post")) };
            auto [posts, hanging] = organization::posts_and_hanging_on(reader, visit.reader.person, rights.unit, visit.reader.today, id);
            found.posts = std::move(posts);
            found.hanging = std::move(hanging);
            auto post = std::ranges::find(found.posts, id, &organization::PostLine::id);
            if (post == found.posts.end())
                return not_found();
            found.post = *post;
            found.place.post = id;
            found.title = post->title;
            found.address = posts_address(rights) + "/" + std::to_string(id.value);
        } else {
            auto const id = SubdivisionId { number_of(visit.request.parameter("subdivision")) };
            found.parts = organization::subdivisions(reader, rights.unit, visit.reader.today);
            auto part = std::ranges::find(found.parts, id, &organization::Subdivision::id);
            if (part == found.parts.end())
                return not_found();
            found.place.subdivision = id;
            found.title = part->name;
            found.address = "/units/" + rights.code + "/subdivisions/" + std::to_string(id.value);
        }
        return found;
    });
}

std::vector<PlaceItem> items_on(Visit& visit, Found const& found, HandoverParticipants const& participants)
{
    constexpr std::size_t longest = 200;
    std::vector<PlaceItem> items;
    (void)visit.database.read([&](storage::Reader& reader) -> Result<void> {
        auto const hanging = found.place.post ? organization::with_what_hangs_on(reader, found.place, visit.reader.today, participants, found.hanging)
                                              : organization::hanging_on(reader, found.place, visit.reader.today, participants);
        for (auto const& item : hanging)
            items.push_back({ choice_of("handover_kind", item.kind), item.title.substr(0, longest), item.kind == "holder" ? std::string {} : item.detail });
        return {};
    });
    return items;
}

/// The page of a post lists its roles by themselves.
HandoverParticipants without_roles(HandoverParticipants participants)
{
    std::erase_if(participants, [](auto const* each) { return dynamic_cast<GrantHandover const*>(each) != nullptr; });
    return participants;
}

Result<http::Response> show_post(Visit& visit, HandoverParticipants const& participants)
{
    auto const rights = TRY(rights_in(visit));
    auto const found = TRY(find(visit, rights, true));
    PostPage page;
    page.title = found.title;
    page.kind = choice_of("post_kind", found.post.kind);
    page.subdivision = found.post.subdivision_name;
    page.superior = found.post.superior_title;
    for (auto const& holder : found.post.holders)
        page.holders.push_back({ holder.name, { people_address(rights, "/" + std::to_string(holder.person.value)) }, choice_of("capacity", holder.capacity) });
    auto const grants = TRY(visit.database.read([&](storage::Reader& reader) -> Result<std::vector<GrantLine>> {
        return grants_at(reader, visit.reader.person, rights.unit, visit.reader.today);
    }));
    for (auto const& grant : grants) {
        if (grant.post != found.place.post)
            continue;
        PostRole role { role_title(visit, grant), grant.from, grant.to, grant.given_by, {} };
        if (rights.manage)
            role.end = Action { { found.address + "/roles/" + std::to_string(grant.id.value) + "/end" }, { "people.grant.end", {} }, true };
        page.roles.push_back(std::move(role));
    }
    for (auto& item : items_on(visit, found, without_roles(participants)))
        if (item.kind.code != "holder")
            page.items.push_back(std::move(item));
    page.manage = rights.manage;
    page.edit = { found.address + "/edit" };
    page.give = { found.address + "/roles/new" };
    page.closing = { found.address + "/closing" };
    auto frame = people_frame(visit, view::plain(found.title), rights);
    frame.crumbs.push_back({ { "people.posts.title", {} }, { posts_address(rights) } });
    return visit.page("people/post", page, frame);
}

Result<http::Response> ask_role(Visit& visit)
{
    auto const rights = TRY(managing_in(visit));
    auto const found = TRY(find(visit, rights, true));
    return form_page(visit, role_form(visit, found.title, found.address), "people");
}

Result<http::Response> give(Visit& visit)
{
    auto const rights = TRY(managing_in(visit));
    auto const found = TRY(find(visit, rights, true));
    auto const act = visit.act();
    return submit(visit, role_form(visit, found.title, found.address), [&](storage::Transaction& transaction) -> Result<std::string> {
        auto draft = TRY(grant_in(visit.request, rights.unit));
        draft.post = found.place.post;
        TRY(give_role(transaction, act, draft));
        return found.address;
    });
}

Result<http::Response> end(Visit& visit)
{
    auto const rights = TRY(managing_in(visit));
    auto const found = TRY(find(visit, rights, true));
    auto const act = visit.act();
    return visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
        TRY_VOID(end_role(transaction, act, { number_of(visit.request.parameter("grant")) }));
        return found.address;
    });
}

ClosingPlace closing_form(Visit& visit, PeopleRights const& rights, Found const& found, HandoverParticipants const& participants)
{
    ClosingPlace page;
    page.title = { found.place.post ? "people.place.close_post" : "people.place.close_subdivision", { found.title } };
    page.items = items_on(visit, found, participants);
    page.held = std::ranges::any_of(page.items, [](PlaceItem const& item) { return item.kind.code == "holder"; });
    page.lead = { page.held ? "people.place.held_lead" : page.items.empty() ? "people.place.free_lead" : "people.place.hangs_lead" };
    std::vector<Option> successors { { "", { "people.place.no_successor", {} } } };
    if (found.place.post) {
        for (auto const& post : found.posts)
            if (post.id != found.place.post)
                successors.push_back({ std::to_string(post.id.value), view::plain(post.title) });
    } else {
        for (auto const& part : found.parts)
            if (part.id != found.place.subdivision)
                successors.push_back({ std::to_string(part.id.value), view::plain(part.name) });
    }
    page.fields = { { .name = "successor", .label = { "people.place.successor", {} }, .hint = view::Sentence { "people.place.successor_hint", {} }, .options = std::move(successors) },
        { .name = "last_day", .label = { "people.place.last_day", {} }, .value = visit.reader.today.iso(), .type = "date" } };
    page.action = { found.address + "/closing" };
    page.back = { found.place.post ? found.address : posts_address(rights) };
    return page;
}

Result<http::Response> ask_closing(Visit& visit, HandoverParticipants const& participants, bool is_post)
{
    auto const rights = TRY(managing_in(visit));
    auto const page = closing_form(visit, rights, TRY(find(visit, rights, is_post)), participants);
    return visit.page("people/closing", page, people_frame(visit, page.title, rights));
}

Result<http::Response> close(Visit& visit, HandoverParticipants const& participants, bool is_post)
{
    auto const rights = TRY(managing_in(visit));
    auto const found = TRY(find(visit, rights, is_post));
    auto const act = visit.act();
    auto const& form = visit.request.form;
    auto outcome = visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
        auto const successor = form.integer("successor").value_or(0);
        Place const next { is_post ? PostId { successor } : PostId {}, is_post ? SubdivisionId {} : SubdivisionId { successor } };
        TRY_VOID(organization::close_place(transaction, act, found.place, next, TRY(day_in(visit.request, "last_day")), participants));
        return posts_address(rights);
    });
    if (outcome || visit.request.wants_json || (outcome.error().kind != FaultKind::Invalid && outcome.error().kind != FaultKind::Conflict))
        return outcome;
    auto page = closing_form(visit, rights, found, participants);
    put_back(page.fields, visit.request);
    page.errors = view::field_errors(outcome.error());
    for (auto& field : page.fields)
        field.error = view::error_of(page.errors, field.name);
    if (!page.errors)
        page.wrong = view::sentence_of(outcome.error());
    return visit.page("people/closing", page, people_frame(visit, page.title, rights), http::status_of(outcome.error().kind));
}

}

void register_place_pages(Door const& door, http::Router& router, HandoverParticipants participants)
{
    std::string const post = "/units/{unit}/posts/{post}";
    door.get<PostPage>(router, post, "people.read", [participants](Visit& visit) { return show_post(visit, participants); });
    door.get<FormPage>(router, post + "/roles/new", "people.manage", ask_role);
    door.post(router, post + "/roles/new", "people.manage", give);
    door.post(router, post + "/roles/{grant}/end", "people.manage", end);
    for (bool is_post : { true, false }) {
        auto const pattern = is_post ? post + "/closing" : std::string { "/units/{unit}/subdivisions/{subdivision}/closing" };
        door.get<ClosingPlace>(router, pattern, "people.manage", [participants, is_post](Visit& visit) { return ask_closing(visit, participants, is_post); });
        door.post(router, pattern, "people.manage", [participants, is_post](Visit& visit) { return close(visit, participants, is_post); });
    }
}

}
