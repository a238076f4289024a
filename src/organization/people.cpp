#include "organization/people.hpp"
#include "organization/access.hpp"
#include <algorithm>

namespace kpuhub::organization {

using storage::Query;

constexpr Query posts_with_holders { "organization.posts", R"sql(
    SELECT o.id, o.title, o.kind, o.subdivision_id, COALESCE(s.name, ''), o.superior_id, COALESCE(v.title, ''),
           p.id, p.name, a.capacity, a.valid_from, a.valid_to
      FROM post o LEFT JOIN subdivision s ON s.id = o.subdivision_id LEFT JOIN post v ON v.id = o.superior_id
      LEFT JOIN appointment a ON a.post_id = o.id AND a.valid_from <= $2 AND a.valid_to >= $2
      LEFT JOIN person p ON p.id = a.person_id
     WHERE o.unit_id = $3 AND o.valid_from <= $2 AND o.valid_to >= $2 AND )sql" KPUHUB_MAY("$3", "'people.read'") R"sql(
     ORDER BY CASE o.kind WHEN 'chair' THEN 1 WHEN 'member' THEN 2 WHEN 'secretary' THEN 3 WHEN 'head' THEN 4 ELSE 5 END,
              o.id, a.capacity, p.name )sql" };
constexpr Query holders { "organization.holders", R"sql(
    SELECT p.id, p.name, a.capacity, a.valid_from, a.valid_to FROM appointment a JOIN person p ON p.id = a.person_id
     WHERE a.post_id = $1 AND a.valid_from <= $2 AND a.valid_to >= $2 ORDER BY a.capacity, p.name )sql" };
constexpr Query names { "organization.names", R"sql(
    SELECT p.id, p.name FROM person p WHERE p.unit_id = $3 AND (p.left_on IS NULL OR p.left_on >= $2)
       AND )sql" KPUHUB_MAY("$3", "'people.read'") " ORDER BY p.name, p.id" };
constexpr Query tenures { "organization.tenures", R"sql(
    SELECT o.id, o.title, o.unit_id, a.capacity, a.valid_from, a.valid_to FROM appointment a JOIN post o ON o.id = a.post_id
     WHERE a.person_id = $1 AND a.valid_from <= a.valid_to ORDER BY a.valid_from DESC, o.id )sql" };

std::string title_in(std::string const& capacity, std::string const& title)
{
    if (capacity == "plt")
        return "Plt. " + title;
    if (capacity == "plh")
        return "Plh. " + title;
    return title;
}

bool PostLine::vacant() const
{
    return std::none_of(holders.begin(), holders.end(), [](Holder const& holder) { return holder.capacity == "definitive"; });
}

std::vector<PostLine> posts_of(storage::Reader& reader, PersonId asking, UnitId unit, time::Date today)
{
    std::vector<PostLine> posts;
    for (auto const& row : reader.query(posts_with_holders, asking, today, unit)) {
        auto id = row.id<PostTag>(0);
        if (posts.empty() || posts.back().id != id)
            posts.push_back({ id, row.text(1), row.text(2), row.id<SubdivisionTag>(3), row.text(4), row.id<PostTag>(5), row.text(6), {} });
        if (!row.is_null(7))
            posts.back().holders.push_back({ row.id<PersonTag>(7), row.text(8), row.text(9), row.date(10), row.date(11) });
    }
    return posts;
}

std::vector<Holder> holders_of(storage::Reader& reader, PostId post, time::Date on)
{
    std::vector<Holder> found;
    for (auto const& row : reader.query(holders, post, on))
        found.push_back({ row.id<PersonTag>(0), row.text(1), row.text(2), row.date(3), row.date(4) });
    return found;
}

std::vector<PostLine> vacant_posts(storage::Reader& reader, PersonId asking, UnitId unit, time::Date today)
{
    auto posts = posts_of(reader, asking, unit, today);
    std::erase_if(posts, [](PostLine const& post) { return !post.vacant(); });
    return posts;
}

std::vector<PersonName> names_of(storage::Reader& reader, PersonId asking, UnitId unit, time::Date today)
{
    std::vector<PersonName> found;
    for (auto const& row : reader.query(names, asking, today, unit))
        found.push_back({ row.id<PersonTag>(0), row.text(1) });
    return found;
}

std::vector<Tenure> tenures_of(storage::Reader& reader, PersonId person)
{
    std::vector<Tenure> found;
    for (auto const& row : reader.query(tenures, person))
        found.push_back({ row.id<PostTag>(0), row.text(1), row.id<UnitTag>(2), row.text(3), row.date(4), row.date(5) });
    return found;
}

}
