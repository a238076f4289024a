#include "record/record_links.hpp"
#include "record/record_sql.hpp"
#include "subject/subject.hpp"
#include <algorithm>

namespace kpuhub::record {

using definition::Field;
using definition::Register;
using storage::Query;

namespace {

constexpr std::size_t most_asked = 200;

/// Rows of the link list with what is known of the other end: `near` is the column of the speaking end, `far` of the other one.
std::string select_links(Register const& made, Field const& list, std::string const& near, std::string const& far)
{
    auto const& links = *list.links;
    auto name = made.name.empty() ? std::string { "''" } : "COALESCE(n.f_" + made.name + ", '')";
    return "SELECT c." + near + " AS near_id, COALESCE(c." + far + ", 0) AS far_id, c.f_" + links.by + " AS link_kind, "
        + (links.outside.empty() ? std::string { "''" } : "COALESCE(c.f_" + links.outside + ", '')") + " AS outside_name, " + name
        + " AS far_name, COALESCE(n.number, '') AS far_number, COALESCE(s.state, '') AS far_state, COALESCE(s.unit_id, 0) AS far_unit, COALESCE(u.code, '') AS far_code,"
          " COALESCE(un.name, '') AS far_office, COALESCE(n.created_by, 0) AS far_maker FROM " + made.table() + "__" + list.id + " c LEFT JOIN " + made.table() + " n ON n.subject_id = c."
        + far + " LEFT JOIN subject s ON s.id = c." + far
        + " LEFT JOIN unit u ON u.id = s.unit_id LEFT JOIN unit_name un ON un.unit_id = s.unit_id"
          " AND un.valid_from = (SELECT max(valid_from) FROM unit_name WHERE unit_id = s.unit_id)";
}

bool may_see(Place const& place, RecordLink const& link, UnitId unit, PersonId maker)
{
    if (!link.to.value)
        return true;
    if (link.other_state.empty() || link.other_state == definition::draft_state)
        return false;
    auto const& open = place.made->counts.records;
    bool here = unit == place.unit.id && (place.rights.reads() || maker == place.asker.person);
    return here || std::ranges::find(open, link.other_state) != open.end();
}

RecordLink link_from(storage::Row const& row, Place const& place)
{
    RecordLink link { row.id<SubjectTag>(0), row.id<SubjectTag>(1), row.text_or_empty(2), true, row.text_or_empty(3), row.text_or_empty(4), row.text_or_empty(5),
        row.text_or_empty(6), row.text_or_empty(8), row.text_or_empty(9), row.id<UnitTag>(7) == place.unit.id };
    return link;
}

/// Of two rows that say the same one stays: that of the speaking end.
void take(std::vector<RecordLink>& links, RecordLink link)
{
    auto same = [&](RecordLink const& other) { return other.from == link.from && other.to == link.to && other.kind == link.kind && other.outside == link.outside; };
    if (std::ranges::none_of(links, same))
        links.push_back(std::move(link));
}

}

definition::FieldOption const* link_kind(Register const& made, std::string_view kind)
{
    auto const* list = made.link_list();
    if (!list)
        return nullptr;
    auto by = std::ranges::find(list->children, list->links->by, &Field::id);
    return by == list->children.end() ? nullptr : by->option(kind);
}

std::vector<RecordLink> links_of(storage::Reader& reader, Place const& place, std::vector<SubjectId> const& records)
{
    auto const& made = *place.made;
    auto const* list = made.link_list();
    if (!list || records.empty())
        return {};
    auto to = "f_" + list->links->to;
    SqlText asked { "" };
    for (std::size_t at = 0; at < std::min(records.size(), most_asked); ++at)
        asked.add(at ? ", " : "(").bind(records[at].value);
    asked.add(")");
    auto text = "SELECT w.*, 1 AS written_here FROM (" + select_links(made, *list, "subject_id", to) + " WHERE c.subject_id IN " + asked.text()
        + ") w UNION ALL SELECT w.*, 0 AS written_here FROM (" + select_links(made, *list, to, "subject_id") + " WHERE c." + to + " IN " + asked.text()
        + ") w ORDER BY written_here DESC, far_id LIMIT 2000";
    std::vector<RecordLink> links;
    for (auto const& row : reader.query_values(Query { "record.links", text }, asked.values())) {
        auto link = link_from(row, place);
        link.written_here = row.integer(11) == 1;
        auto const* kind = link_kind(made, link.kind);
        if (!kind || !may_see(place, link, row.id<UnitTag>(7), row.id<PersonTag>(10)))
            continue;
        if (!link.written_here)
            link.kind = kind->inverse;
        take(links, std::move(link));
    }
    return links;
}

std::vector<RecordLink> links_in_office(storage::Reader& reader, Place const& place, int limit)
{
    auto const& made = *place.made;
    auto const* list = made.link_list();
    if (!list)
        return {};
    auto values = seen_values(place);
    SqlText sql { select_links(made, *list, "subject_id", "f_" + list->links->to)
            + " WHERE c.subject_id IN (SELECT s.id FROM subject s JOIN " + made.table() + " t ON t.subject_id = s.id WHERE s.unit_id = $3 AND " + seen_predicate(made)
            + ") ORDER BY c.id DESC LIMIT ",
        values };
    sql.bind(std::int64_t { limit });
    std::vector<RecordLink> links;
    for (auto const& row : reader.query_values(Query { "record.office_links", sql.text() }, sql.values())) {
        auto link = link_from(row, place);
        if (link_kind(made, link.kind) && may_see(place, link, row.id<UnitTag>(7), row.id<PersonTag>(10)))
            take(links, std::move(link));
    }
    return links;
}

std::map<std::int64_t, SpeakingEnd> names_of(storage::Reader& reader, Register const& made, std::vector<SubjectId> const& records)
{
    constexpr std::size_t most = 300;
    std::map<std::int64_t, SpeakingEnd> names;
    if (records.empty())
        return names;
    auto number = std::string { "COALESCE(t.number, '#' || t.subject_id)" };
    SqlText sql { "SELECT t.subject_id, " + (made.name.empty() ? number : "COALESCE(t.f_" + made.name + ", " + number + ")") + ", s.state FROM " + made.table()
        + " t JOIN subject s ON s.id = t.subject_id WHERE t.subject_id IN (" };
    for (std::size_t at = 0; at < std::min(records.size(), most); ++at)
        sql.add(at ? ", " : "").bind(records[at].value);
    auto text = sql.add(")").text();
    for (auto const& row : reader.query_values(Query { "record.names", text }, sql.values()))
        names[row.integer(0)] = { row.text(1), row.text(2) };
    return names;
}

std::int64_t count_seen(storage::Reader& reader, Place const& place)
{
    auto const& made = *place.made;
    SqlText sql { "SELECT count(*) FROM subject s JOIN " + made.table() + " t ON t.subject_id = s.id WHERE s.unit_id = $3 AND s.state <> 'draft' AND " + seen_predicate(made)
            + " AND s.kind = ",
        seen_values(place) };
    sql.bind(made.table());
    return reader.query_values(Query { "record.count_seen", sql.text() }, sql.values()).front().integer(0);
}

/// A kind that is not its own inverse leads one way: it may not stand both ways between two records.
static bool stands_against(storage::Reader& reader, Register const& made, Field const& list, SubjectId here, SubjectId there, std::string const& kind)
{
    auto const* option = link_kind(made, kind);
    if (!option || option->inverse == kind)
        return false;
    auto const& links = *list.links;
    auto text = "SELECT 1 FROM " + made.table() + "__" + list.id + " WHERE (subject_id = $1 AND f_" + links.to + " = $2 AND f_" + links.by
        + " = $3) OR (subject_id = $2 AND f_" + links.to + " = $1 AND f_" + links.by + " = $4) LIMIT 1";
    return reader.first(Query { "record.link_against", text }, there, here, kind, option->inverse).has_value();
}

Result<void> check_link(storage::Transaction& transaction, Place const& place, Field const& list, SubjectId id, Content const& content)
{
    auto const& links = *list.links;
    auto const* to = std::get_if<std::int64_t>(&content.value(links.to));
    bool outside = !links.outside.empty() && !std::holds_alternative<std::monostate>(content.value(links.outside));
    if (!to)
        return outside ? Result<void> {} : invalid("record.wrong", { { "c." + links.to, "record.wrong.link_nowhere" } });
    SubjectId there { *to };
    if (there == id)
        return invalid("record.wrong", { { "c." + links.to, "record.wrong.link_itself" } });
    constexpr Query unit_of { "record.unit_of_link", "SELECT unit_id FROM subject WHERE id = $1" };
    auto row = transaction.first(unit_of, there);
    if (row && row->id<UnitTag>(0) == place.unit.id)
        TRY_VOID(subject::lock_all(transaction, { there }));
    auto kind = std::get<std::string>(content.value(links.by));
    if (stands_against(transaction, *place.made, list, id, there, kind))
        return invalid("record.wrong", { { "c." + links.to, "record.wrong.link_ring" } });
    return {};
}

void LinkLine::describe(view::Visitor& v) const
{
    v.field("kind", kind);
    v.field("kind_code", kind_code);
    v.field("name", name);
    v.field("outside", outside);
    v.field("office", office);
    v.field("link", link);
}

std::string public_address(std::string const& unit_code, Register const& made, SubjectId id)
{
    return "/public/units/" + unit_code + "/registers/" + made.id + "/records/" + std::to_string(id.value);
}

LinkLine link_line(RecordLink const& link, Register const& made, text::Language language, bool outward)
{
    auto const* kind = link_kind(made, link.kind);
    LinkLine line { kind ? kind->label.in(language) : link.kind, link.other_name.empty() ? link.other_number : link.other_name, link.outside,
        link.other_is_here ? std::string {} : link.other_unit_name, {}, link.kind };
    if (link.to.value && link.other_is_here && !outward)
        line.link = { "/records/" + std::to_string(link.to.value) };
    else if (link.to.value)
        line.link = { public_address(link.other_unit_code, made, link.to) };
    return line;
}

}
