#include "account/people_pages.hpp"
#include "account/place_model.hpp"
#include "organization/people.hpp"
#include "organization/post.hpp"
#include "organization/unit.hpp"

namespace kpuhub::account {

struct PostRow {
    std::string title;
    std::string subdivision;
    std::string superior;
    std::vector<PostHolder> holders;
    bool vacant = false;
    view::Link link;
    void describe(view::Visitor& v) const
    {
        v.field("title", title);
        v.field("subdivision", subdivision);
        v.field("superior", superior);
        v.list("holders", holders);
        v.field("vacant", vacant);
        v.field("link", link);
    }
};

struct SubdivisionRow {
    std::string name;
    std::string short_name;
    view::Link edit;
    void describe(view::Visitor& v) const
    {
        v.field("name", name);
        v.field("short_name", short_name);
        v.field("edit", edit);
    }
};

struct PostsPage {
    view::Sentence lead;
    bool manage = false;
    bool only_vacant = false;
    std::vector<PostRow> rows;
    std::vector<SubdivisionRow> subdivisions;
    view::Link add_post, add_subdivision, all, vacant;
    void describe(view::Visitor& v) const
    {
        v.field("lead", lead);
        v.field("manage", manage);
        v.field("only_vacant", only_vacant);
        v.list("rows", rows);
        v.list("subdivisions", subdivisions);
        v.field("add_post", add_post);
        v.field("add_subdivision", add_subdivision);
        v.field("all", all);
        v.field("vacant", vacant);
    }
};

static std::string posts_address(PeopleRights const& rights, std::string_view below = {})
{
    return "/units/" + rights.code + "/posts" + std::string { below };
}

struct Shape {
    std::vector<organization::PostLine> posts;
    std::vector<organization::Subdivision> subdivisions;
};

static Shape shape_of(Visit& visit, UnitId unit)
{
    Shape shape;
    (void)visit.database.read([&](storage::Reader& reader) -> Result<void> {
        shape.posts = organization::posts_of(reader, visit.reader.person, unit, visit.reader.today);
        shape.subdivisions = organization::subdivisions(reader, unit, visit.reader.today);
        return {};
    });
    return shape;
}

static Result<http::Response> show(Visit& visit)
{
    auto rights = TRY(rights_in(visit));
    auto shape = shape_of(visit, rights.unit);
    PostsPage page;
    page.manage = rights.manage;
    page.only_vacant = visit.request.query.text("show") == "vacant";
    page.add_post = { posts_address(rights, "/new") };
    page.add_subdivision = { "/units/" + rights.code + "/subdivisions/new" };
    page.all = { posts_address(rights) };
    page.vacant = { posts_address(rights, "?show=vacant") };
    std::int64_t vacant = 0;
    for (auto const& post : shape.posts) {
        vacant += post.vacant() ? 1 : 0;
        if (page.only_vacant && !post.vacant())
            continue;
        PostRow row { post.title, post.subdivision_name, post.superior_title, {}, post.vacant(), { posts_address(rights, "/" + std::to_string(post.id.value)) } };
        for (auto const& holder : post.holders)
            row.holders.push_back({ holder.name, { people_address(rights, "/" + std::to_string(holder.person.value)) }, choice_of("capacity", holder.capacity) });
        page.rows.push_back(std::move(row));
    }
    for (auto const& part : shape.subdivisions)
        page.subdivisions.push_back({ part.name, part.short_name, { "/units/" + rights.code + "/subdivisions/" + std::to_string(part.id.value) + "/edit" } });
    page.lead = { "people.posts.lead", { static_cast<std::int64_t>(shape.posts.size()), vacant } };
    return visit.page("people/posts", page, people_frame(visit, { "people.posts.title", {} }, rights));
}

static std::vector<Field> post_fields(Shape const& shape, organization::PostDraft const& facts, PostId self)
{
    std::vector<Option> kinds, parts { { "", { "people.posts.whole_office", {} } } }, superiors { { "", { "people.posts.no_superior", {} } } };
    for (auto const* kind : { "chair", "member", "secretary", "head", "staff" })
        kinds.push_back({ kind, { choice_of("post_kind", kind).message_key, {} } });
    for (auto const& part : shape.subdivisions)
        parts.push_back({ std::to_string(part.id.value), view::plain(part.name) });
    for (auto const& post : shape.posts)
        if (post.id != self)
            superiors.push_back({ std::to_string(post.id.value), view::plain(post.title) });
    auto id_text = [](std::int64_t id) { return id == 0 ? std::string {} : std::to_string(id); };
    return { { .name = "title", .label = { "people.posts.name", {} }, .value = facts.title },
        { .name = "kind", .label = { "people.posts.kind", {} }, .options = chosen(kinds, facts.kind) },
        { .name = "subdivision", .label = { "people.posts.subdivision", {} }, .options = chosen(parts, id_text(facts.subdivision.value)) },
        { .name = "superior", .label = { "people.posts.superior", {} }, .options = chosen(superiors, id_text(facts.superior.value)) } };
}

static organization::PostDraft draft_in(http::Request const& request)
{
    return { request.form.text("title"), request.form.text("kind"), { request.form.integer("subdivision").value_or(0) }, { request.form.integer("superior").value_or(0) } };
}

static FormPage new_post_form(Visit& visit, PeopleRights const& rights)
{
    return { .title = { "people.posts.add", {} }, .action = { posts_address(rights, "/new") }, .button = { "people.save", {} },
        .fields = post_fields(shape_of(visit, rights.unit), { {}, "staff" }, {}), .cancel = { posts_address(rights) } };
}

static Result<http::Response> ask_new(Visit& visit)
{
    auto rights = TRY(managing_in(visit));
    return form_page(visit, new_post_form(visit, rights), "people");
}

static Result<http::Response> add(Visit& visit)
{
    auto rights = TRY(managing_in(visit));
    auto act = visit.act();
    return submit(visit, new_post_form(visit, rights), [&](storage::Transaction& transaction) -> Result<std::string> {
        TRY(organization::add_post(transaction, act, rights.unit, draft_in(visit.request), act.today));
        return posts_address(rights);
    });
}

static Result<organization::Post> post_of(Visit& visit, PeopleRights const& rights)
{
    return visit.database.read([&](storage::Reader& reader) -> Result<organization::Post> {
        auto post = TRY(organization::post_by_id(reader, { number_of(visit.request.parameter("post")) }));
        if (post.unit != rights.unit)
            return not_found();
        return post;
    });
}

static FormPage edit_form(Visit& visit, PeopleRights const& rights, organization::Post const& post)
{
    return { .title = { "people.posts.edit", { post.facts.title } }, .action = { posts_address(rights, "/" + std::to_string(post.id.value) + "/edit") },
        .button = { "people.save", {} }, .fields = post_fields(shape_of(visit, rights.unit), post.facts, post.id), .cancel = { posts_address(rights) } };
}

static Result<http::Response> ask_edit(Visit& visit)
{
    auto rights = TRY(managing_in(visit));
    return form_page(visit, edit_form(visit, rights, TRY(post_of(visit, rights))), "people");
}

static Result<http::Response> edit(Visit& visit)
{
    auto rights = TRY(managing_in(visit));
    auto post = TRY(post_of(visit, rights));
    auto act = visit.act();
    return submit(visit, edit_form(visit, rights, post), [&](storage::Transaction& transaction) -> Result<std::string> {
        TRY_VOID(organization::change_post(transaction, act, post.id, draft_in(visit.request)));
        return posts_address(rights);
    });
}

static std::vector<Field> subdivision_fields(organization::Subdivision const& part)
{
    return { { .name = "name", .label = { "people.subdivision.name", {} }, .value = part.name },
        { .name = "short_name", .label = { "people.subdivision.short_name", {} }, .value = part.short_name } };
}

static FormPage new_subdivision_form(PeopleRights const& rights)
{
    auto fields = subdivision_fields({});
    fields.push_back({ .name = "code", .label = { "people.subdivision.code", {} }, .hint = view::Sentence { "people.subdivision.code_hint", {} } });
    return { .title = { "people.subdivision.add", {} }, .action = { "/units/" + rights.code + "/subdivisions/new" }, .button = { "people.save", {} },
        .fields = std::move(fields), .cancel = { posts_address(rights) } };
}

static Result<http::Response> ask_subdivision(Visit& visit) { return form_page(visit, new_subdivision_form(TRY(managing_in(visit))), "people"); }

static Result<http::Response> add_subdivision(Visit& visit)
{
    auto rights = TRY(managing_in(visit));
    auto act = visit.act();
    return submit(visit, new_subdivision_form(rights), [&](storage::Transaction& transaction) -> Result<std::string> {
        auto const& form = visit.request.form;
        TRY(organization::add_subdivision(transaction, act, rights.unit, { form.text("code"), form.text("name"), form.text("short_name") }, act.today));
        return posts_address(rights);
    });
}

static Result<FormPage> subdivision_form(Visit& visit, PeopleRights const& rights)
{
    for (auto const& part : shape_of(visit, rights.unit).subdivisions)
        if (part.id.value == number_of(visit.request.parameter("subdivision")))
            return FormPage { .title = { "people.subdivision.edit", { part.name } }, .lead = view::Sentence { "people.subdivision.edit_lead", {} },
                .action = { "/units/" + rights.code + "/subdivisions/" + std::to_string(part.id.value) + "/edit" }, .button = { "people.save", {} },
                .fields = subdivision_fields(part), .cancel = { posts_address(rights) },
                .extra = { "/units/" + rights.code + "/subdivisions/" + std::to_string(part.id.value) + "/closing" }, .extra_label = { "people.place.close", {} } };
    return not_found();
}

static Result<http::Response> ask_rename(Visit& visit)
{
    auto rights = TRY(managing_in(visit));
    return form_page(visit, TRY(subdivision_form(visit, rights)), "people");
}

static Result<http::Response> rename(Visit& visit)
{
    auto rights = TRY(managing_in(visit));
    auto act = visit.act();
    return submit(visit, TRY(subdivision_form(visit, rights)), [&](storage::Transaction& transaction) -> Result<std::string> {
        TRY_VOID(organization::rename_subdivision(transaction, act, { number_of(visit.request.parameter("subdivision")) },
            visit.request.form.text("name"), visit.request.form.text("short_name")));
        return posts_address(rights);
    });
}

void register_post_pages(Door const& door, http::Router& router)
{
    door.get<PostsPage>(router, "/units/{unit}/posts", "people.read", show);
    door.get<FormPage>(router, "/units/{unit}/posts/new", "people.manage", ask_new);
    door.post(router, "/units/{unit}/posts/new", "people.manage", add);
    door.get<FormPage>(router, "/units/{unit}/posts/{post}/edit", "people.manage", ask_edit);
    door.post(router, "/units/{unit}/posts/{post}/edit", "people.manage", edit);
    door.get<FormPage>(router, "/units/{unit}/subdivisions/new", "people.manage", ask_subdivision);
    door.post(router, "/units/{unit}/subdivisions/new", "people.manage", add_subdivision);
    door.get<FormPage>(router, "/units/{unit}/subdivisions/{subdivision}/edit", "people.manage", ask_rename);
    door.post(router, "/units/{unit}/subdivisions/{subdivision}/edit", "people.manage", rename);
}

}
