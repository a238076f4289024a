#include "account/grant_form.hpp"
#include "account/people_pages.hpp"
#include "text/normal.hpp"
#include <algorithm>
#include <map>

namespace kpuhub::account {

struct DirectoryRow {
    std::string name;
    view::Link link;
    view::Choice employment;
    std::vector<std::string> posts;
    std::vector<std::string> roles;
    view::Choice account;
    std::string user_name;

    void describe(view::Visitor& v) const
    {
        v.field("name", name);
        v.field("link", link);
        v.field("employment", employment);
        v.list("posts", posts);
        v.list("roles", roles);
        v.field("account", account);
        v.field("user_name", user_name);
    }
};

struct WaitingGrant {
    std::string person;
    std::string role;
    std::string given_by;
    view::Link confirm;
    bool mine = false;                  ///< given by the reader, who therefore cannot confirm it
    std::int64_t version = 0;

    void describe(view::Visitor& v) const
    {
        v.field("person", person);
        v.field("role", role);
        v.field("given_by", given_by);
        v.field("confirm", confirm);
        v.field("mine", mine);
        v.field("version", version);
    }
};

struct DirectoryPage {
    view::Sentence lead;
    std::string text;                   ///< searched for
    std::vector<Option> sorts, shows;
    view::Link action;
    bool nothing = false;
    std::vector<DirectoryRow> rows;
    std::vector<WaitingGrant> waiting;
    bool manage = false;
    bool hand_over = false;
    view::Link add, import, posts, handovers, handover;

    void describe(view::Visitor& v) const
    {
        v.field("lead", lead);
        v.field("text", text);
        v.list("sorts", sorts);
        v.list("shows", shows);
        v.field("action", action);
        v.field("nothing", nothing);
        v.list("rows", rows);
        v.list("waiting", waiting);
        v.field("manage", manage);
        v.field("hand_over", hand_over);
        v.field("add", add);
        v.field("import", import);
        v.field("posts", posts);
        v.field("handovers", handovers);
        v.field("handover", handover);
    }
};

static std::vector<Option> choices(std::string const& family, std::initializer_list<char const*> codes, std::string const& now)
{
    std::vector<Option> options;
    for (auto const* code : codes)
        options.push_back({ code, { family + code, {} }, now == code });
    return options;
}

/// What the address asks: a text in name, post or user name, a kind of person, an order. One form, without script.
static void narrow(DirectoryPage& page, http::Fields const& query)
{
    auto const show = query.text("show"), sort = query.text("sort");
    constexpr std::size_t longest = 100;
    page.text = query.text("q").substr(0, longest);
    page.shows = choices("people.list.show.", { "all", "no_account", "no_post", "with_role" }, show);
    page.sorts = choices("people.list.sort.", { "name", "post", "account" }, sort);
    auto const wanted = text::normal(page.text);
    std::erase_if(page.rows, [&](DirectoryRow const& row) {
        auto whole = row.name + " " + row.user_name;
        for (auto const& post : row.posts)
            whole += " " + post;
        return (!wanted.empty() && text::normal(whole).find(wanted) == std::string::npos) || (show == "no_account" && row.account.code == "active")
            || (show == "no_post" && !row.posts.empty()) || (show == "with_role" && row.roles.empty());
    });
    if (sort == "post")
        std::ranges::stable_sort(page.rows, {}, [](DirectoryRow const& row) { return row.posts.empty() ? std::string { "~" } : text::normal(row.posts.front()); });
    else if (sort == "account")
        std::ranges::stable_sort(page.rows, {}, [](DirectoryRow const& row) { return row.account.code; });
    page.nothing = page.rows.empty();
}

static Result<http::Response> show(Visit& visit)
{
    auto rights = TRY(rights_in(visit));
    std::vector<DirectoryLine> lines;
    std::vector<GrantLine> grants;
    TRY_VOID(visit.database.read([&](storage::Reader& reader) -> Result<void> {
        lines = directory(reader, visit.reader.person, rights.unit, visit.reader.today);
        grants = grants_at(reader, visit.reader.person, rights.unit, visit.reader.today);
        return {};
    }));
    DirectoryPage page;
    page.manage = rights.manage;
    page.hand_over = rights.hand_over;
    page.add = { people_address(rights, "/new") };
    page.import = { people_address(rights, "/import") };
    page.posts = { "/units/" + rights.code + "/posts" };
    page.handovers = { "/units/" + rights.code + "/handovers" };
    page.handover = { "/units/" + rights.code + "/handovers/new" };
    std::map<PersonId, std::vector<std::string>> roles;
    for (auto const& grant : grants) {
        if (grant.waits && rights.manage)
            page.waiting.push_back({ grant.person_name, role_title(visit, grant), grant.given_by,
                { people_address(rights, "/" + std::to_string(grant.person.value) + "/roles/" + std::to_string(grant.id.value) + "/confirmation") },
                grant.given_by_id == visit.reader.person || grant.person == visit.reader.person });
        else if (!grant.waits && grant.person && grant.from <= visit.reader.today)
            roles[grant.person].push_back(role_title(visit, grant));
    }
    std::int64_t without = 0;
    for (auto const& line : lines) {
        without += line.account_state == "none" ? 1 : 0;
        page.rows.push_back({ line.name, { people_address(rights, "/" + std::to_string(line.id.value)) }, choice_of("employment", line.employment),
            line.posts, roles[line.id], choice_of("account_state", line.account_state), line.user_name });
    }
    page.action = { people_address(rights) };
    narrow(page, visit.request.query);
    page.lead = { "people.lead", { static_cast<std::int64_t>(lines.size()), without } };
    return visit.page("people/list", page, people_frame(visit, { "people.title", {} }, rights));
}

void register_directory_pages(Door const& door, http::Router& router)
{
    door.get<DirectoryPage>(router, "/units/{unit}/people", "people.read", show);
}

}
