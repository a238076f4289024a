#include "organization/post.hpp"
#include "journal/journal.hpp"
#include "organization/person.hpp"
#include <algorithm>
#include <array>

namespace kpuhub::organization {

using storage::Query;

constexpr Query insert_subdivision { "organization.insert_subdivision", R"sql(
    INSERT INTO subdivision (unit_id, code, name, short_name, valid_from) VALUES ($1, $2, $3, $4, $5) RETURNING id )sql" };
constexpr Query subdivision_in_force { "organization.subdivision_in_force", R"sql(
    SELECT 1 FROM subdivision WHERE unit_id = $1 AND code = $2 AND valid_to >= $3 )sql" };
constexpr Query lock_subdivision { "organization.lock_subdivision", R"sql(
    UPDATE subdivision SET code = code WHERE id = $1 RETURNING unit_id, code, valid_from, valid_to )sql" };
constexpr Query update_subdivision { "organization.rename_subdivision",
    "UPDATE subdivision SET name = $2, short_name = $3 WHERE id = $1" };
constexpr Query end_subdivision { "organization.close_subdivision", "UPDATE subdivision SET valid_to = $2 WHERE id = $1" };
constexpr Query posts_of_subdivision { "organization.posts_of_subdivision",
    "SELECT 1 FROM post WHERE subdivision_id = $1 AND valid_to > $2" };
constexpr Query select_post { "organization.post", R"sql(
    SELECT id, unit_id, title, kind, subdivision_id, superior_id, valid_from, valid_to FROM post WHERE id = $1 )sql" };
constexpr Query lock_post { "organization.lock_post", "UPDATE post SET title = title WHERE id = $1" };
constexpr Query insert_post { "organization.insert_post", R"sql(
    INSERT INTO post (unit_id, subdivision_id, title, kind, superior_id, valid_from) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id )sql" };
constexpr Query update_post { "organization.update_post", R"sql(
    UPDATE post SET title = $2, kind = $3, subdivision_id = $4, superior_id = $5 WHERE id = $1 )sql" };
constexpr Query end_post { "organization.close_post", "UPDATE post SET valid_to = $2 WHERE id = $1" };
constexpr Query held_after { "organization.post_held_after", "SELECT 1 FROM appointment WHERE post_id = $1 AND valid_to > $2 AND valid_from <= valid_to" };
constexpr Query place_of_subdivision { "organization.place_of_subdivision", "SELECT unit_id FROM subdivision WHERE id = $1" };
// all posts above $1, with themselves
constexpr Query line_above { "organization.line_above", R"sql(
    WITH RECURSIVE above (id) AS (
        SELECT CAST($1 AS BIGINT) UNION SELECT p.superior_id FROM post p JOIN above ON above.id = p.id WHERE p.superior_id IS NOT NULL)
    SELECT p.id, p.unit_id FROM above JOIN post p ON p.id = above.id )sql" };

static bool is_code(std::string_view code)
{
    auto letter = [](char sign) { return sign >= 'a' && sign <= 'z'; };
    return !code.empty() && code.size() <= 41 && letter(code.front())
        && std::all_of(code.begin(), code.end(), [&](char sign) { return letter(sign) || (sign >= '0' && sign <= '9') || sign == '_'; });
}

static constexpr std::size_t longest_title = 200;

static void check_text(std::vector<FieldFault>& faults, char const* field, std::string const& text)
{
    if (text.empty())
        faults.push_back({ field, "people.text.empty" });
    else if (text.size() > longest_title)
        faults.push_back({ field, "people.text.long" });
}

Result<SubdivisionId> add_subdivision(storage::Transaction& transaction, journal::Act const& act, UnitId unit, SubdivisionDraft const& draft, time::Date from)
{
    TRY_VOID(require_people(transaction, act, unit, "people.manage"));
    std::vector<FieldFault> faults;
    if (!is_code(draft.code))
        faults.push_back({ "code", "people.subdivision.code_wrong" });
    else if (transaction.first(subdivision_in_force, unit, draft.code, from))
        faults.push_back({ "code", "people.subdivision.code_taken" });
    check_text(faults, "name", draft.name);
    check_text(faults, "short_name", draft.short_name);
    if (!faults.empty())
        return invalid("people.wrong", faults);
    auto id = transaction.insert<SubdivisionTag>(insert_subdivision, unit, draft.code, draft.name, draft.short_name, from);
    journal::write(transaction, act, { "subdivision.opened", {}, unit, { { "code", draft.code }, { "name", draft.name }, { "from", from.iso() } } });
    return id;
}

static Result<storage::Row> locked_subdivision(storage::Transaction& transaction, journal::Act const& act, SubdivisionId id)
{
    auto row = transaction.first(lock_subdivision, id);
    if (!row)
        return not_found();
    TRY_VOID(require_people(transaction, act, row->id<UnitTag>(0), "people.manage"));
    return *row;
}

Result<void> rename_subdivision(storage::Transaction& transaction, journal::Act const& act, SubdivisionId id, std::string name, std::string short_name)
{
    auto row = TRY(locked_subdivision(transaction, act, id));
    std::vector<FieldFault> faults;
    check_text(faults, "name", name);
    check_text(faults, "short_name", short_name);
    if (!faults.empty())
        return invalid("people.wrong", faults);
    transaction.execute(update_subdivision, id, name, short_name);
    journal::write(transaction, act, { "subdivision.renamed", {}, row.id<UnitTag>(0), { { "code", row.text(1) }, { "name", name } } });
    return {};
}

Result<void> close_subdivision(storage::Transaction& transaction, journal::Act const& act, SubdivisionId id, time::Date last_day)
{
    auto row = TRY(locked_subdivision(transaction, act, id));
    if (transaction.first(posts_of_subdivision, id, last_day))
        return conflict("people.subdivision.in_use");
    transaction.execute(end_subdivision, id, last_day);
    journal::write(transaction, act, { "subdivision.closed", {}, row.id<UnitTag>(0), { { "code", row.text(1) }, { "last_day", last_day.iso() } } });
    return {};
}

Result<Post> post_by_id(storage::Reader& reader, PostId id)
{
    auto row = reader.first(select_post, id);
    if (!row)
        return not_found("people.post.not_found");
    return Post { id, row->id<UnitTag>(1), { row->text(2), row->text(3), row->id<SubdivisionTag>(4), row->id<PostTag>(5) }, row->date(6), row->date(7) };
}

/// A post and what stands around it belong to one office; a superior of another office is that of the unit above
/// (the Ketua of the province) and is derived from the tree, not written here.
static Result<void> check(storage::Transaction& transaction, UnitId unit, PostId self, PostDraft const& draft)
{
    constexpr std::array<std::string_view, 5> kinds { "chair", "member", "secretary", "head", "staff" };
    std::vector<FieldFault> faults;
    check_text(faults, "title", draft.title);
    if (std::find(kinds.begin(), kinds.end(), draft.kind) == kinds.end())
        faults.push_back({ "kind", "people.post.kind_unknown" });
    if (draft.subdivision) {
        auto row = transaction.first(place_of_subdivision, draft.subdivision);
        if (!row || row->id<UnitTag>(0) != unit)
            faults.push_back({ "subdivision", "people.post.subdivision_unknown" });
    }
    if (draft.superior) {
        auto above = transaction.query(line_above, draft.superior);
        bool known = std::any_of(above.begin(), above.end(), [&](auto const& row) { return row.template id<PostTag>(0) == draft.superior && row.template id<UnitTag>(1) == unit; });
        bool ring = self && std::any_of(above.begin(), above.end(), [&](auto const& row) { return row.template id<PostTag>(0) == self; });
        if (!known || ring)
            faults.push_back({ "superior", ring ? "people.post.superior_below" : "people.post.superior_unknown" });
    }
    if (!faults.empty())
        return invalid("people.wrong", faults);
    return {};
}

Result<PostId> add_post(storage::Transaction& transaction, journal::Act const& act, UnitId unit, PostDraft const& draft, time::Date from)
{
    TRY_VOID(require_people(transaction, act, unit, "people.manage"));
    TRY_VOID(check(transaction, unit, {}, draft));
    auto id = transaction.insert<PostTag>(insert_post, unit, draft.subdivision, draft.title, draft.kind, draft.superior, from);
    journal::write(transaction, act, { "post.opened", {}, unit, { { "post", std::to_string(id.value) }, { "title", draft.title }, { "from", from.iso() } } });
    return id;
}

static Result<Post> locked_post(storage::Transaction& transaction, journal::Act const& act, PostId id)
{
    transaction.execute(lock_post, id);
    auto post = TRY(post_by_id(transaction, id));
    TRY_VOID(require_people(transaction, act, post.unit, "people.manage"));
    return post;
}

Result<void> change_post(storage::Transaction& transaction, journal::Act const& act, PostId id, PostDraft const& draft)
{
    auto post = TRY(locked_post(transaction, act, id));
    TRY_VOID(check(transaction, post.unit, id, draft));
    transaction.execute(update_post, id, draft.title, draft.kind, draft.subdivision, draft.superior);
    journal::write(transaction, act, { "post.changed", {}, post.unit,
        { { "post", std::to_string(id.value) }, { "title", draft.title }, { "before", post.facts.title },
            { "superior", std::to_string(draft.superior.value) } } });
    return {};
}

Result<void> close_post(storage::Transaction& transaction, journal::Act const& act, PostId id, time::Date last_day)
{
    auto post = TRY(locked_post(transaction, act, id));
    if (transaction.first(held_after, id, last_day))
        return conflict("people.post.held");
    transaction.execute(end_post, id, last_day);
    journal::write(transaction, act, { "post.closed", {}, post.unit, { { "post", std::to_string(id.value) }, { "last_day", last_day.iso() } } });
    return {};
}

}
