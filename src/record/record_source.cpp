#include "record/record_source.hpp"
#include "organization/access.hpp"
#include "record/place.hpp"
#include "record/record_sql.hpp"
#include "record/record_store.hpp"
#include <algorithm>

namespace kpuhub::record {

using definition::FieldKind;
using definition::Register;
using storage::Query;

namespace {

constexpr int chunk = 200;
using RegisterRefs = std::vector<std::shared_ptr<Register const>>;

constexpr Query hold_records { "record.hold_records_of_unit", "UPDATE subject SET version = version WHERE unit_id = $1 AND kind = $2" };
constexpr Query built_versions { "record.built_versions", "SELECT indicator, version FROM indicator_build" };

/// All records of the unit, piece by piece.
void each_piece(storage::Reader& reader, Register const& counted, UnitId unit, std::function<void(std::vector<SubjectId> const&)> const& each)
{
    for (SubjectId last {};;) {
        auto const ids = record_ids(reader, counted, unit, last, chunk);
        if (ids.empty())
            return;
        each(ids);
        last = ids.back();
    }
}

/// A short text of the record that all its readers see; of a register without one the person whom it is about.
std::string title_expression(Register const& counted)
{
    auto const first = [&](FieldKind kind) {
        return std::ranges::find_if(counted.columns, [&](auto const& id) { auto const* field = counted.field(id); return field && field->kind == kind && field->seen_by.empty(); });
    };
    if (auto const text = first(FieldKind::Text); text != counted.columns.end())
        return "COALESCE(t.f_" + *text + ", '')";
    if (auto const person = first(FieldKind::Person); person != counted.columns.end())
        return "COALESCE((SELECT whom.name FROM person whom WHERE whom.id = t.f_" + *person + "), '')";
    return "''";
}

/// From the contributions of the branch to their records: $1 person, $2 day, $3 node, $4 with lower units, $5 indicator, $6 part, $7 period,
/// $8 permission to read, $9 makers read their own.
std::string tables_behind(Register const& counted)
{
    return " FROM unit_scope g JOIN contribution c ON c.unit_id = g.unit_id AND c.indicator = $5 AND (c.part = $6 OR c.part LIKE $6 || '.%') AND c.period = $7"
           " JOIN subject s ON s.id = c.subject_id JOIN " + counted.table() + " t ON t.subject_id = s.id"
           " WHERE g.ancestor_id = $3 AND (g.depth = 0 OR CAST($4 AS BIGINT) = 1)"
           " AND g.tree_version = (SELECT max(v.version) FROM unit_tree v WHERE v.valid_from <= $2)"
           " AND " KPUHUB_MAY("s.unit_id", "'plan.read'");
}

/// The rule of every other list: makers, who stands in the owner field and superiors read theirs.
std::string readable(Register const& counted) { return seen_predicate(counted, { "s.unit_id", "$8", "CAST($9 AS BIGINT)" }); }

std::vector<storage::Value> bound(PersonId person, time::Date today, indicator::Figure const& figure, std::string_view indicator, Register const& counted)
{
    auto const& access = counted.access.read;
    bool const own = std::ranges::find(access, definition::creator) != access.end();
    return { storage::to_value(person), storage::to_value(today), storage::to_value(figure.unit), storage::to_value(figure.with_lower_units),
        storage::to_value(indicator), figure.part, figure.period, permission_name(counted.id, "read"), std::int64_t { own } };
}

}

RegisterRefs RecordSource::registers(storage::Reader& reader) const
{
    auto all = m_shelf.registers().newest(reader);
    std::erase_if(all, [&](auto const& each) { return !counts(*m_made, each->id); });
    return all;
}

std::shared_ptr<Register const> RecordSource::register_behind(std::string_view part) const
{
    auto const& part_counted = part.starts_with(indicator::denominator_part) && m_made->denominator ? *m_made->denominator : m_made->numerator;
    auto found = std::ranges::find_if(m_made->counted, [&](auto const& each) { return part_counted.of_records() && each->id == part_counted.of; });
    return found == m_made->counted.end() ? nullptr : *found;
}

std::vector<indicator::Contributed> RecordSource::contributed(storage::Reader& reader, UnitId unit) const
{
    std::vector<indicator::Contributed> all;
    for (auto const& counted : registers(reader)) {
        auto const needs = needs_of(*counted, { m_made });
        each_piece(reader, *counted, unit, [&](auto const& ids) {
            auto const more = contributions({ m_made }, *counted, counted_records(reader, *counted, needs, ids));
            all.insert(all.end(), more.begin(), more.end());
        });
    }
    return all;
}

std::int64_t RecordSource::contributions_wrong(storage::Reader& reader, UnitId unit) const
{
    auto kept = indicator::contributions_kept(reader, m_made->id, unit), right = contributed(reader, unit);
    std::ranges::sort(kept);
    std::ranges::sort(right);
    std::vector<indicator::Contributed> differ;
    std::ranges::set_symmetric_difference(kept, right, std::back_inserter(differ));
    return static_cast<std::int64_t>(differ.size());
}

std::vector<indicator::Contribution> RecordSource::contributions_of(storage::Reader& reader, UnitId unit) const
{
    std::vector<indicator::Contribution> sums;
    for (auto const& [key, amount] : indicator::amounts_of(contributed(reader, unit)))
        sums.push_back({ key.first, key.second, amount });
    return sums;
}

void RecordSource::hold(storage::Transaction& transaction, UnitId unit) const
{
    for (auto const& counted : registers(transaction))
        transaction.execute(hold_records, unit, counted->table());
}

std::vector<indicator::SourceRow> RecordSource::rows_behind(storage::Reader& reader, PersonId person, time::Date today, indicator::Figure const& figure,
    std::int64_t skip, std::int64_t limit) const
{
    auto const counted = register_behind(figure.part);
    if (!counted)
        return {};
    auto sql = SqlText { "SELECT s.id, s.unit_id, (SELECT n.name FROM unit_name n WHERE n.unit_id = s.unit_id ORDER BY n.valid_from DESC LIMIT 1), COALESCE(t.number, ''), "
            + title_expression(*counted) + ", s.state, s.created_at, CASE WHEN t.created_by = $1" + (counted->access.owner.empty() ? "" : " OR t.f_" + counted->access.owner + " = $1") + " THEN 1 ELSE 0 END" + tables_behind(*counted) + " AND " + readable(*counted) + " ORDER BY s.created_at, s.id LIMIT ",
        bound(person, today, figure, m_made->id, *counted) };
    sql.bind(limit).add(" OFFSET ").bind(skip);
    std::vector<indicator::SourceRow> rows;
    for (auto const& row : reader.query_values(Query { "record.rows_behind", sql.text() }, sql.values()))
        rows.push_back({ row.id<SubjectTag>(0), row.id<UnitTag>(1), row.text_or_empty(2), row.text(3), row.text(4), row.text(5),
            time::date_at(row.instant(6), time::Zone::Wib), {}, row.yes(7) });
    return rows;
}

RecordSource::Behind RecordSource::count_behind(storage::Reader& reader, PersonId person, time::Date today, indicator::Figure const& figure) const
{
    auto const counted = register_behind(figure.part);
    if (!counted)
        return {};
    auto const sql = "SELECT count(*), COALESCE(CAST(sum(CASE WHEN " + readable(*counted) + " THEN 1 ELSE 0 END) AS BIGINT), 0)" + tables_behind(*counted);
    auto const rows = reader.query_values(Query { "record.count_behind", sql }, bound(person, today, figure, m_made->id, *counted));
    return { rows.front().integer(0), rows.front().integer(1) };
}

std::vector<RecordSource> built_sources(storage::Reader& reader, definition::IndicatorShelf& shelf)
{
    std::map<std::string, std::int64_t> built;
    for (auto const& row : reader.query(built_versions))
        built[row.text(0)] = row.integer(1);
    std::vector<RecordSource> sources;
    for (auto const& made : shelf.newest(reader))
        if (built[made->id] == made->version && (made->numerator.of_records() || (made->denominator && made->denominator->of_records())))
            sources.emplace_back(shelf, made);
    return sources;
}

}
