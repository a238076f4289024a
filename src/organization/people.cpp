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
constexpr Query person_and_tenures { "organization.person_with_tenures", "SELECT " KPUHUB_PERSON_COLUMNS R"sql(,
           o.id, o.title, o.unit_id, a.capacity, a.valid_from, a.valid_to
      FROM person p LEFT JOIN appointment a ON a.person_id = p.id AND a.valid_from <= a.valid_to LEFT JOIN post o ON o.id = a.post_id
     WHERE p.id = $1 ORDER BY a.valid_from DESC, o.id )sql" };
// The posts of an office with their holders (0), then what hangs on one of them ($4): who holds it (1), the posts below it (2).
constexpr Query posts_and_hanging { "organization.posts_and_hanging", R"sql(
    SELECT 0, CASE o.kind WHEN 'chair' THEN 1 WHEN 'member' THEN 2 WHEN 'secretary' THEN 3 WHEN 'head' THEN 4 ELSE 5 END,
           o.id, o.title, o.kind, o.subdivision_id, COALESCE(s.name, ''), o.superior_id, COALESCE(v.title, ''),
           p.id, COALESCE(p.name, ''), COALESCE(a.capacity, ''), a.valid_from, a.valid_to
      FROM post o LEFT JOIN subdivision s ON s.id = o.subdivision_id LEFT JOIN post v ON v.id = o.superior_id
      LEFT JOIN appointment a ON a.post_id = o.id AND a.valid_from <= $2 AND a.valid_to >= $2
      LEFT JOIN person p ON p.id = a.person_id
     WHERE o.unit_id = $3 AND o.valid_from <= $2 AND o.valid_to >= $2 AND )sql" KPUHUB_MAY("$3", "'people.read'") R"sql(
    UNION ALL SELECT 1, 0, 0, h.name, 'holder', NULL, '', NULL, '', NULL, h.name, b.capacity, NULL, NULL
      FROM appointment b JOIN person h ON h.id = b.person_id WHERE b.post_id = $4 AND b.valid_to > $2 AND b.valid_from <= b.valid_to
    UNION ALL SELECT 2, 0, 0, w.title, 'below', NULL, '', NULL, '', NULL, w.title, '', NULL, NULL
      FROM post w WHERE w.superior_id = $4 AND w.valid_to > $2
     ORDER BY 1, 2, 3, 12, 11 )sql" };

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

/// One row of a post and a holder, whose columns begin at `first`.
static void add_post(std::vector<PostLine>& posts, storage::Row const& row, std::size_t first)
{
    auto id = row.id<PostTag>(first);
    if (posts.empty() || posts.back().id != id)
        posts.push_back({ id, row.text(first + 1), row.text(first + 2), row.id<SubdivisionTag>(first + 3), row.text(first + 4), row.id<PostTag>(first + 5),
            row.text(first + 6), {} });
    if (!row.is_null(first + 7))
        posts.back().holders.push_back({ row.id<PersonTag>(first + 7), row.text(first + 8), row.text(first + 9), row.date(first + 10), row.date(first + 11) });
}

std::vector<PostLine> posts_of(storage::Reader& reader, PersonId asking, UnitId unit, time::Date today)
{
    std::vector<PostLine> posts;
    for (auto const& row : reader.query(posts_with_holders, asking, today, unit))
        add_post(posts, row, 0);
    return posts;
}

PostsAndHanging posts_and_hanging_on(storage::Reader& reader, PersonId asking, UnitId unit, time::Date today, PostId post)
{
    PostsAndHanging found;
    for (auto const& row : reader.query(posts_and_hanging, asking, today, unit, post)) {
        if (row.integer(0) == 0)
            add_post(found.posts, row, 2);
        else
            found.hanging.push_back({ row.text(4), row.text(3), row.text(11), {} });
    }
    return found;
}

std::vector<Holder> holders_of(storage::Reader& reader, PostId post, time::Date on)
{
    std::vector<Holder> found;
    for (auto const& row : reader.query(holders, post, on))
        found.push_back({ row.id<PersonTag>(0), row.text(1), row.text(2), row.date(3), row.date(4) });
    return found;
}

std::vector<PersonName> names_of(storage::Reader& reader, PersonId asking, UnitId unit, time::Date today)
{
    std::vector<PersonName> found;
    for (auto const& row : reader.query(names, asking, today, unit))
        found.push_back({ row.id<PersonTag>(0), row.text(1) });
    return found;
}

Result<PersonWithTenures> person_with_tenures(storage::Reader& reader, PersonId id)
{
    auto const rows = reader.query(person_and_tenures, id);
    if (rows.empty())
        return not_found("people.not_found");
    PersonWithTenures found { read_person(rows.front()), {} };
    constexpr auto post = person_columns;
    for (auto const& row : rows)
        if (!row.is_null(post))
            found.tenures.push_back({ row.id<PostTag>(post), row.text(post + 1), row.id<UnitTag>(post + 2), row.text(post + 3), row.date(post + 4), row.date(post + 5) });
    return found;
}

}
