#include "record/saved_view.hpp"
#include "http/form.hpp"
#include "http/limits.hpp"
#include "journal/journal.hpp"
#include "record/record_list.hpp"
#include "text/utf8.hpp"
#include <algorithm>

namespace kpuhub::record {

using storage::Query;

namespace {

constexpr std::size_t longest_name = 80, longest_query = 2000, most_fields = 100;
constexpr std::int64_t most_views = 30;

constexpr Query select_views { "record.views", R"sql(
    SELECT v.id, v.name, v.query, v.shared_unit_id, v.person_id, p.name FROM record_view v JOIN person p ON p.id = v.person_id
     WHERE v.register = $2 AND ((v.person_id = $1 AND (v.shared_unit_id IS NULL OR v.shared_unit_id = $3)) OR v.shared_unit_id = $3)
     ORDER BY CASE WHEN v.shared_unit_id IS NULL THEN 0 ELSE 1 END, v.name, v.id )sql" };
constexpr Query count_views { "record.count_views", R"sql(
    SELECT count(*) FROM record_view WHERE register = $2 AND name <> $4
       AND ((person_id = $1 AND shared_unit_id IS NULL AND $3 = 0) OR shared_unit_id = $3) )sql" };
constexpr Query write_view { "record.save_view", R"sql(
    INSERT INTO record_view (person_id, register, name, query, shared_unit_id) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (person_id, register, name) DO UPDATE SET query = excluded.query, shared_unit_id = excluded.shared_unit_id )sql" };
constexpr Query find_view { "record.view", R"sql(
    SELECT name, person_id, shared_unit_id FROM record_view WHERE id = $1 AND register = $2 AND (person_id = $3 OR shared_unit_id = $4) )sql" };
constexpr Query delete_view { "record.end_view", "DELETE FROM record_view WHERE id = $1" };

/// Whether the asker can open the list of that address.
bool opens(std::string const& query, Place const& place)
{
    http::Limits limits;
    limits.form_fields = most_fields;
    auto const fields = http::read_urlencoded(query, limits);
    return fields && question_of(*fields, place);
}

}

std::vector<SavedView> saved_views(storage::Reader& reader, Place const& place)
{
    std::vector<SavedView> views;
    for (auto const& row : reader.query(select_views, place.asker.person, place.made->id, place.unit.id)) {
        SavedView view { row.integer(0), row.text(1), row.text(2), !row.is_null(3), row.id<PersonTag>(4) == place.asker.person, {} };
        if (!view.own)
            view.made_by = row.text(5);
        if (view.own || opens(view.query, place))
            views.push_back(std::move(view));
    }
    return views;
}

Result<void> save_view(storage::Transaction& transaction, journal::Act const& act, Place const& place, std::string const& name, std::string const& query, Sharing sharing)
{
    bool const shared = sharing == Sharing::Office;
    if (!place.lists())
        return forbidden("record.forbidden.read");
    auto const& made = place.made->id;
    auto const office = shared ? place.unit.id : UnitId {};
    if (name.empty() || text::sign_count(name) > longest_name || query.size() > longest_query || !opens(query, place)
        || transaction.first(count_views, place.asker.person, made, office.value, name)->integer(0) >= most_views)
        return invalid("record.wrong", { { "name", "record.wrong.view" } });
    transaction.execute(write_view, place.asker.person, made, name, query, office);
    if (shared)
        journal::write(transaction, act, { "record.view_shared", {}, place.unit.id, { { "register", made }, { "view", name } } });
    return {};
}

Result<void> end_view(storage::Transaction& transaction, journal::Act const& act, Place const& place, std::int64_t id)
{
    auto const view = transaction.first(find_view, id, place.made->id, place.asker.person, place.unit.id);
    if (!view)
        return not_found();
    bool const own = view->id<PersonTag>(1) == place.asker.person;
    if (!own && !place.rights.holds("unit.set"))
        return forbidden("record.forbidden.view");
    transaction.execute(delete_view, id);
    if (!view->is_null(2))
        journal::write(transaction, act, { "record.view_ended", {}, place.unit.id, { { "register", place.made->id }, { "view", view->text(0) } } });
    return {};
}

}
