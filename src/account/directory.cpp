#include "account/directory.hpp"
#include "organization/access.hpp"
#include "organization/people.hpp"
#include <algorithm>

namespace kpuhub::account {

using storage::Query;

constexpr Query people { "account.directory", R"sql(
    SELECT p.id, p.name, p.employment, COALESCE(o.title, ''), COALESCE(t.capacity, ''), COALESCE(a.user_name, ''),
           CASE WHEN a.id IS NULL THEN 'none' WHEN a.state = 'blocked' THEN 'blocked' WHEN a.password_hash = '' THEN 'waiting' ELSE 'active' END
      FROM person p
      LEFT JOIN account a ON a.person_id = p.id
      LEFT JOIN appointment t ON t.person_id = p.id AND t.valid_from <= $2 AND t.valid_to >= $2
      LEFT JOIN post o ON o.id = t.post_id
     WHERE (p.unit_id = $3 OR o.unit_id = $3) AND (p.left_on IS NULL OR p.left_on >= $2) AND )sql" KPUHUB_MAY("$3", "'people.read'")
    " ORDER BY p.name, p.id, CASE t.capacity WHEN 'definitive' THEN 1 ELSE 2 END, o.id" };
constexpr Query rights_at { "account.people_rights", "SELECT u.id, u.code, n.name,"
    " CASE WHEN " KPUHUB_MAY("u.id", "'people.manage'") " THEN 1 ELSE 0 END,"
    " CASE WHEN " KPUHUB_MAY("u.id", "'handover.make'") " THEN 1 ELSE 0 END"
    " FROM unit u JOIN unit_name n ON n.unit_id = u.id AND n.valid_from = (SELECT max(m.valid_from) FROM unit_name m"
    "   WHERE m.unit_id = u.id AND (m.valid_from <= $2 OR m.valid_from = u.opened_on))"
    " WHERE u.code = $3 AND " KPUHUB_MAY("u.id", "'people.read'") };

std::vector<DirectoryLine> directory(storage::Reader& reader, PersonId asking, UnitId unit, time::Date today)
{
    std::vector<DirectoryLine> lines;
    for (auto const& row : reader.query(people, asking, today, unit)) {
        auto id = row.id<PersonTag>(0);
        if (lines.empty() || lines.back().id != id)
            lines.push_back({ id, row.text(1), row.text(2), {}, row.text(5), row.text(6) });
        auto title = row.text(3).empty() ? std::string {} : organization::title_in(row.text(4), row.text(3));
        auto& posts = lines.back().posts;
        if (!title.empty() && std::find(posts.begin(), posts.end(), title) == posts.end())
            posts.push_back(std::move(title));
    }
    return lines;
}

std::vector<DirectoryLine> without_account(storage::Reader& reader, PersonId asking, UnitId unit, time::Date today)
{
    auto lines = directory(reader, asking, unit, today);
    std::erase_if(lines, [](DirectoryLine const& line) { return line.account_state != "none"; });
    return lines;
}

std::optional<PeopleRights> people_rights(storage::Reader& reader, PersonId asking, std::string_view code, time::Date today)
{
    auto row = reader.first(rights_at, asking, today, code);
    if (!row)
        return std::nullopt;
    return PeopleRights { row->id<UnitTag>(0), row->text(1), row->text(2), row->yes(3), row->yes(4) };
}

}
