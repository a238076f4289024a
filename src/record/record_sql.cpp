#include "record/record_sql.hpp"
#include <algorithm>

namespace kpuhub::record {

using definition::Field;
using definition::FieldKind;

bool has_name(Field const& field)
{
    return field.kind == FieldKind::Person || field.kind == FieldKind::Unit || field.kind == FieldKind::Reference;
}

bool RecordSql::is_column(Field const& field) { return field.kind != FieldKind::ManyChoice && field.kind != FieldKind::Children; }

std::vector<Field const*> RecordSql::columns() const
{
    std::vector<Field const*> found;
    for (auto const& field : m_made.fields)
        if (is_column(field))
            found.push_back(&field);
    return found;
}

namespace {

/// The column and, for what has one, its name; the tables of the names go to `tables`.
void add_column(Field const& field, std::string& columns, std::string& tables)
{
    auto column = "t.f_" + field.id;
    auto other = "n_" + field.id;
    columns += ", " + column;
    if (!has_name(field))
        return;
    if (field.kind == FieldKind::Person) {
        columns += ", COALESCE(" + other + ".name, '')";
        tables += " LEFT JOIN person " + other + " ON " + other + ".id = " + column;
    } else if (field.kind == FieldKind::Unit) {
        columns += ", COALESCE(" + other + ".name, '')";
        tables += " LEFT JOIN unit_name " + other + " ON " + other + ".unit_id = " + column + " AND " + other
            + ".valid_from = (SELECT max(valid_from) FROM unit_name WHERE unit_id = " + column + ")";
    } else {
        columns += ", COALESCE(" + other + ".number, '')";
        tables += " LEFT JOIN r_" + field.refers_to + " " + other + " ON " + other + ".subject_id = " + column;
    }
}

}

RecordSql& RecordSql::with_due()
{
    if (m_made.may_be_late())
        m_more = ", (SELECT min(c.due_at)" + std::string { open_limits } + "), (SELECT max(c.passed)" + std::string { open_limits } + ")";
    return *this;
}

RecordSql& RecordSql::with_choices(std::string_view id)
{
    std::string choices;
    for (auto const& field : m_made.fields)
        if (field.kind == FieldKind::ManyChoice)
            choices += std::string(choices.empty() ? "" : " UNION ALL ") + "SELECT '" + field.id + "' AS field, x.choice AS choice FROM " + m_made.table() + "__"
                + field.id + " x WHERE x.subject_id = " + std::string { id };
    if (!choices.empty()) {
        m_last = ", chosen.field, chosen.choice";
        m_joined = " LEFT JOIN (" + choices + ") chosen ON 1 = 1";
    }
    return *this;
}

std::string RecordSql::select(std::vector<Field const*> const& fields) const
{
    std::string columns = "SELECT s.id, s.unit_id, s.state, s.version, COALESCE(t.number, ''), t.created_by, COALESCE(maker.name, ''), s.created_at" + m_more;
    std::string tables = " FROM " + m_made.table() + " t JOIN subject s ON s.id = t.subject_id LEFT JOIN person maker ON maker.id = t.created_by";
    for (auto const* field : fields)
        add_column(*field, columns, tables);
    return columns + m_last + tables + m_joined;
}

Record RecordSql::read(storage::Row const& row, std::vector<Field const*> const& fields) const
{
    Record record;
    record.id = row.id<SubjectTag>(0);
    record.unit = row.id<UnitTag>(1);
    record.state = row.text(2);
    record.version = row.integer(3);
    record.number = row.text(4);
    record.created_by = row.id<PersonTag>(5);
    record.created_by_name = row.text(6);
    record.created_at = row.instant(7);
    std::size_t column = 8;
    if (!m_more.empty()) {
        record.due = row.optional_instant(column);
        record.late = !row.is_null(column + 1) && row.yes(column + 1);
        column += 2;
    }
    record.content.values.reserve(fields.size());
    record.names.reserve(static_cast<std::size_t>(std::ranges::count_if(fields, [](auto const* field) { return has_name(*field); })));
    for (auto const* field : fields) {
        if (!row.is_null(column))
            record.content.values[field->id] = row.value(column);
        ++column;
        if (has_name(*field)) {
            if (!row.text(column).empty())
                record.names[field->id] = row.text(column);
            ++column;
        }
    }
    return record;
}

std::string RecordSql::select_children(Field const& list, std::string_view after_id) const
{
    auto columns = "SELECT t.id" + std::string { after_id };
    std::string tables = " FROM " + m_made.table() + "__" + list.id + " t";
    for (auto const& child : list.children)
        add_column(child, columns, tables);
    return columns + tables;
}

}
