#include "record/record_facts.hpp"
#include "flow/standing.hpp"
#include "record/record_sql.hpp"

namespace kpuhub::record {

using definition::FieldKind;
using definition::IndicatorPart;
using definition::Register;
using definition::Requirement;
using storage::Query;

namespace {

void add_needs(Register const& counted, IndicatorPart const& part, Needs& needs)
{
    if (!part.of_records() || part.of != counted.id)
        return;
    if (part.kind == definition::PartKind::Count && !part.field.empty())
        needs.children.insert(part.field);
    if (!part.time_to.empty() || part.on.starts_with("state:") || part.time_from.starts_with("state:"))
        needs.states = true;
    for (auto const& wanted : part.where) {
        needs.clocks = needs.clocks || wanted.of == Requirement::Of::Clock;
        auto const* field = wanted.of == Requirement::Of::Field ? counted.field(wanted.name) : nullptr;
        if (field && field->kind == FieldKind::ManyChoice)
            needs.choices.insert(field->id);
    }
}

/// "IN ($1, $2)" with the ids bound.
SqlText for_ids(std::string text, std::vector<SubjectId> const& ids)
{
    SqlText sql { std::move(text) };
    for (std::size_t at = 0; at < ids.size(); ++at)
        sql.add(at == 0 ? " IN (" : ", ").bind(ids[at].value);
    return std::move(sql.add(")"));
}

storage::Rows ask(storage::Reader& reader, std::string_view name, SqlText const& sql)
{
    return reader.query_values(Query { name, sql.text() }, sql.values());
}

std::string_view standing_word(flow::ClockStanding const& clock)
{
    if (clock.open)
        return clock.passed ? definition::clock_overdue : definition::clock_running;
    return clock.passed ? definition::clock_missed : definition::clock_kept;
}

}

Needs needs_of(Register const& counted, IndicatorRefs const& indicators)
{
    Needs needs;
    for (auto const& made : indicators) {
        add_needs(counted, made->numerator, needs);
        if (made->denominator)
            add_needs(counted, *made->denominator, needs);
    }
    return needs;
}

void add_facts(storage::Reader& reader, Register const& counted, Needs const& needs, std::vector<CountedRecord>& records)
{
    if (records.empty())
        return;
    std::vector<SubjectId> ids;
    std::map<SubjectId, CountedRecord*> by_id;
    for (auto& each : records) {
        ids.push_back(each.record.id);
        by_id[each.record.id] = &each;
    }
    for (auto const& list : needs.children) {
        auto sql = for_ids("SELECT subject_id, count(*) FROM " + counted.table() + "__" + list + " WHERE subject_id", ids);
        for (auto const& row : ask(reader, "record.count_children_of", sql.add(" GROUP BY subject_id")))
            by_id.at(row.id<SubjectTag>(0))->facts.children[list] = row.integer(1);
    }
    if (needs.clocks)
        for (auto const& clock : flow::clock_standings(reader, ids))
            by_id.at(clock.subject)->facts.clocks[clock.name] = standing_word(clock);
    if (needs.states)
        for (auto const& reached : flow::reached_states(reader, ids))
            by_id.at(reached.subject)->facts.reached[reached.state] = reached.at;
}

void add_zones(storage::Reader& reader, std::vector<CountedRecord>& records)
{
    std::map<UnitId, time::Zone> zones;
    for (auto& each : records) {
        auto zone = zones.find(each.record.unit);
        if (zone == zones.end()) {
            auto const unit = organization::unit_by_id(reader, each.record.unit, time::Date::of(9999, 12, 31));
            zone = zones.emplace(each.record.unit, unit ? unit->zone : time::Zone::Wib).first;
        }
        each.facts.zone = zone->second;
    }
}

std::vector<CountedRecord> counted_records(storage::Reader& reader, Register const& counted, Needs const& needs, std::vector<SubjectId> const& ids)
{
    std::vector<CountedRecord> records;
    if (ids.empty())
        return records;
    RecordSql const made { counted };
    auto const fields = made.columns();
    auto sql = for_ids(made.select(fields) + " WHERE s.state <> 'draft' AND s.id", ids);
    for (auto const& row : ask(reader, "record.counted", sql))
        records.push_back({ made.read(row, fields), {} });
    for (auto const& field : needs.choices) {
        std::map<SubjectId, std::vector<std::string>> chosen;
        for (auto const& row : ask(reader, "record.choices_of", for_ids("SELECT subject_id, choice FROM " + counted.table() + "__" + field + " WHERE subject_id", ids)))
            chosen[row.id<SubjectTag>(0)].push_back(row.text(1));
        for (auto& each : records)
            each.record.content.choices[field] = chosen[each.record.id];
    }
    add_zones(reader, records);
    add_facts(reader, counted, needs, records);
    return records;
}

std::vector<SubjectId> record_ids(storage::Reader& reader, Register const& counted, UnitId unit, SubjectId after, int limit)
{
    std::vector<SubjectId> ids;
    auto const sql = unit ? "SELECT id FROM subject WHERE kind = $3 AND unit_id = $4 AND id > $1 AND state NOT IN ('draft', 'discarded') ORDER BY id LIMIT $2"
                          : "SELECT t.subject_id FROM " + counted.table() + " t WHERE t.subject_id > $1 AND t.kind = $3 AND CAST($4 AS BIGINT) IS NULL ORDER BY t.subject_id LIMIT $2";
    for (auto const& row : reader.query(Query { "record.ids", sql }, after.value, limit, counted.table(), unit))
        ids.push_back(row.id<SubjectTag>(0));
    return ids;
}

std::vector<indicator::Contributed> contributions(IndicatorRefs const& indicators, Register const& counted, std::vector<CountedRecord> const& records)
{
    std::vector<indicator::Contributed> all;
    for (auto const& each : records)
        for (auto const& made : indicators) {
            auto const more = contributions(*made, counted, each.record, each.facts);
            all.insert(all.end(), more.begin(), more.end());
        }
    return all;
}

}
