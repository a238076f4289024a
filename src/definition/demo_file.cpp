#include "definition/demo_file.hpp"
#include <algorithm>

namespace kpuhub::definition {

static constexpr auto far_end = "9999-12-31";

static time::Date date_in(Node const& map, std::string_view key, std::string const& fallback, Faults& faults)
{
    auto text = map.has(key) ? map[key].text : fallback;
    auto date = time::Date::from_iso(text);
    if (!date)
        faults.add(map[key].line, "definition.date_wrong", text);
    return date.value_or(time::Date {});
}

Result<std::vector<SubdivisionEntry>> load_subdivision_set(std::string_view file, std::string_view text, std::string_view level, time::Date on)
{
    auto root = TRY(parse(file, text));
    Faults faults(file);
    std::vector<SubdivisionEntry> entries;
    for (auto const& set : faults.required_list(root, "sets")) {
        auto from = date_in(set, "from", far_end, faults);
        auto to = date_in(set, "to", far_end, faults);
        if (set["level"].text != level || on < from || on > to)
            continue;
        for (auto const& entry : faults.required_list(set, "subdivisions"))
            entries.push_back({ faults.required_text(entry, "key"), faults.required_text(entry, "name"), faults.required_text(entry, "short") });
    }
    if (!faults.none())
        return faults.failure();
    return entries;
}

static std::vector<DemoOwnership> read_ownership(Node const& office, Faults& faults)
{
    std::vector<DemoOwnership> owners;
    for (auto const& line : office["ownership"].items) {
        faults.only_keys(line, { "area", "subdivision", "exceptions" });
        DemoOwnership owner { faults.required_number(line, "area", 1, 8), faults.required_text(line, "subdivision"), {} };
        for (auto const& exception : line["exceptions"].items)
            owner.exceptions.push_back({ faults.optional_texts(exception, "words"), faults.required_text(exception, "subdivision") });
        owners.push_back(std::move(owner));
    }
    return owners;
}

static std::vector<DemoPost> read_posts(Node const& office, Faults& faults)
{
    std::vector<DemoPost> posts;
    for (auto const& line : faults.required_list(office, "posts")) {
        faults.only_keys(line, { "key", "title", "kind", "subdivision", "superior" });
        posts.push_back({ faults.required_text(line, "key"), faults.required_text(line, "title"), faults.required_text(line, "kind"),
            faults.optional_text(line, "subdivision"), faults.optional_text(line, "superior") });
    }
    return posts;
}

static std::vector<DemoPostRole> read_post_roles(Node const& office, Faults& faults)
{
    std::vector<DemoPostRole> roles;
    for (auto const& line : office["post_roles"].items) {
        faults.only_keys(line, { "post", "role", "areas" });
        DemoPostRole role { faults.required_text(line, "post"), faults.required_text(line, "role"), {} };
        for (auto const& area : line["areas"].items)
            role.areas.push_back(std::atoll(area.text.c_str()));
        roles.push_back(std::move(role));
    }
    return roles;
}

static std::vector<DemoPerson> read_people(Node const& office, std::string const& appointed_from, Faults& faults)
{
    std::vector<DemoPerson> people;
    for (auto const& line : faults.required_list(office, "people")) {
        faults.only_keys(line, { "user", "name", "employment", "nip", "pppk_number", "posts", "roles", "holds" });
        DemoPerson person { faults.required_text(line, "user"), faults.required_text(line, "name"), faults.required_text(line, "employment"),
            faults.optional_text(line, "nip"), faults.optional_text(line, "pppk_number"), {}, faults.optional_texts(line, "roles"),
            faults.optional_text(line, "holds") };
        for (auto const& held : line["posts"].items) {
            faults.only_keys(held, { "post", "capacity", "from", "to" });
            auto capacity = faults.optional_text(held, "capacity");
            person.posts.push_back({ faults.required_text(held, "post"), capacity.empty() ? "definitive" : capacity,
                date_in(held, "from", appointed_from, faults), date_in(held, "to", far_end, faults) });
        }
        people.push_back(std::move(person));
    }
    return people;
}

static void check_posts(Node const& node, DemoOffice const& office, Faults& faults)
{
    auto check = [&](std::string const& key) {
        if (std::none_of(office.posts.begin(), office.posts.end(), [&](auto const& post) { return post.key == key; }))
            faults.add(node.line, "definition.reference_missing", key);
    };
    for (auto const& post : office.posts)
        if (!post.superior.empty())
            check(post.superior);
    for (auto const& role : office.post_roles)
        check(role.post);
    for (auto const& person : office.people)
        for (auto const& held : person.posts)
            check(held.post);
}

Result<DemoFile> load_demo(std::string_view file, std::string_view text)
{
    auto root = TRY(parse(file, text));
    Faults faults(file);
    read_heading(root, faults);
    auto const& dates = root["dates"];
    DemoFile demo { date_in(dates, "posts_from", {}, faults), date_in(dates, "roles_from", {}, faults), date_in(dates, "roles_to", {}, faults), {} };
    auto appointed_from = faults.required_text(dates, "appointed_from");
    for (auto const& node : faults.required_list(root, "offices")) {
        faults.only_keys(node, { "unit", "subdivisions", "plan", "ownership", "posts", "post_roles", "people", "campaign" });
        DemoOffice office { faults.required_text(node, "unit"), faults.required_text(node, "subdivisions"), faults.optional_text(node, "plan"),
            read_ownership(node, faults), read_posts(node, faults), read_post_roles(node, faults), read_people(node, appointed_from, faults) };
        office.campaign = faults.optional_text(node, "campaign");
        check_posts(node, office, faults);
        demo.offices.push_back(std::move(office));
    }
    if (!faults.none())
        return faults.failure();
    return demo;
}

}
